"""Writing a case: saving, conflicts, files, discarding; on SQLite and PostgreSQL."""

from datetime import timedelta

import pytest

from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound, Refused
from submissions import queries, service
from submissions.errors import EditedMeanwhile, WindowClosed
from submissions.values import Author, CaseText, Pledge
from tests.submissions.factories import (
    BEFORE,
    CLOSES,
    DURING,
    hand_in,
    start,
    stored_photo,
    text,
    world,
    write,
)


def test_a_draft_is_started_for_ones_own_unit(database: Database) -> None:
    here = world(database)
    case_id = start(database, here.branch, here.call)
    with database.read(here.colleague) as db:
        draft = queries.draft(db, case_id)
        assert [each.id for each in queries.cases_of_unit(db, here.branch.unit_id or "")] == [case_id]
    assert (draft.text, draft.revision, draft.saved_by) == (CaseText(), 1, "李秀英")


def test_who_may_not_start(database: Database) -> None:
    here = world(database)
    for other in (here.juror, here.organiser, here.superior):
        with pytest.raises(Forbidden):
            start(database, other, here.call)
    with pytest.raises(WindowClosed):
        start(database, here.branch, here.call, now=CLOSES)
    assert start(database, here.branch, here.call, now=BEFORE)


def test_an_unpublished_call_is_not_there(database: Database) -> None:
    here = world(database, published=False)
    with pytest.raises(NotFound):
        start(database, here.branch, here.call)


def test_saving_cleans_the_body_and_counts_as_word_does(database: Database) -> None:
    here = world(database)
    case_id = start(database, here.branch, here.call)
    dirty = text(
        body_html='<p onclick="x()">化解 23 件</p><script>alert(1)</script>',
        authors=(Author("李秀英", "支部书记"), Author("", "")),
    )
    with database.write(here.branch) as db:
        draft = service.save_draft(db, actor=here.branch, now=DURING, case_id=case_id, revision=1, text=dirty)
    assert (draft.text.body_html, draft.word_count, draft.revision) == ("<p>化解 23 件</p>", 4, 2)
    assert draft.text.authors == (Author("李秀英", "支部书记"),)


def test_two_people_never_overwrite_each_other(database: Database) -> None:
    here = world(database)
    case_id = write(database, here.branch, here.call)
    with database.write(here.colleague) as db:
        service.save_draft(
            db, actor=here.colleague, now=DURING, case_id=case_id, revision=2, text=text(title="周明的题目")
        )
    with pytest.raises(EditedMeanwhile) as refused, database.write(here.branch) as db:
        service.save_draft(
            db, actor=here.branch, now=DURING, case_id=case_id, revision=2, text=text(title="李秀英的题目")
        )
    assert refused.value.revision == 3
    assert "周明" in str(refused.value.reason)
    with database.read(here.branch) as db:
        assert queries.draft(db, case_id).text.title == "周明的题目"


def test_the_same_words_twice_are_no_conflict(database: Database) -> None:
    """A reply that was lost, or a button pressed while the page was saving by itself."""
    here = world(database)
    case_id = write(database, here.branch, here.call)
    with database.write(here.branch) as db:
        again = service.save_draft(
            db, actor=here.branch, now=DURING, case_id=case_id, revision=1, text=text()
        )
    assert again.revision == 2


def test_what_was_handed_in_can_be_edited_until_the_deadline(database: Database) -> None:
    here = world(database)
    receipt = hand_in(database, here.branch, here.call)
    with database.write(here.branch) as db:
        service.save_draft(
            db, actor=here.branch, now=DURING, case_id=receipt.case_id, revision=2, text=text(title="新")
        )
        assert queries.differs(db, queries.case(db, receipt.case_id), queries.draft(db, receipt.case_id))
    with pytest.raises(WindowClosed), database.write(here.branch) as db:
        service.save_draft(
            db, actor=here.branch, now=CLOSES, case_id=receipt.case_id, revision=3, text=text(title="晚")
        )


def test_an_endless_text_is_not_kept(database: Database) -> None:
    here = world(database)
    case_id = start(database, here.branch, here.call)
    with pytest.raises(Invalid) as refused, database.write(here.branch) as db:
        service.save_draft(
            db,
            actor=here.branch,
            now=DURING,
            case_id=case_id,
            revision=1,
            text=text(title="题" * 2001, body_html="<p>" + "字" * 400_000 + "</p>"),
        )
    assert [each.field for each in refused.value.errors] == ["title", "body"]


def test_files_keep_their_order(database: Database) -> None:
    here = world(database)
    case_id = start(database, here.branch, here.call)

    def names() -> list[tuple[str, str]]:
        with database.read(here.branch) as db:
            return [(each.name, each.caption) for each in queries.attachments(db, case_id)]

    with database.write(here.branch) as db:
        one, two, three = (
            service.attach_file(
                db, actor=here.branch, now=DURING, case_id=case_id, file=stored_photo(f"{name}.jpg")
            ).id
            for name in "123"
        )
        deed = {"actor": here.branch, "now": DURING, "case_id": case_id}
        service.move_attachment(db, **deed, attachment_id=three, by=-1)  # type: ignore[arg-type]  # one deed's keywords
        service.move_attachment(db, **deed, attachment_id=one, by=-1)  # type: ignore[arg-type]  # the same
        service.caption_attachment(db, **deed, attachment_id=two, caption="二")  # type: ignore[arg-type]  # the same
    assert names() == [("1.jpg", ""), ("3.jpg", ""), ("2.jpg", "二")]
    with database.write(here.branch) as db:
        service.remove_attachment(db, actor=here.branch, now=DURING, case_id=case_id, attachment_id=three)
    assert names() == [("1.jpg", ""), ("2.jpg", "二")]


def test_a_file_belongs_to_its_case(database: Database) -> None:
    here = world(database)
    mine, other = start(database, here.branch, here.call), start(database, here.branch, here.call)
    with database.write(here.branch) as db:
        photo = service.attach_file(db, actor=here.branch, now=DURING, case_id=mine, file=stored_photo())
    with database.read(here.branch) as db:
        assert queries.attachment(db, mine, photo.id) == photo
        with pytest.raises(NotFound):
            queries.attachment(db, other, photo.id)
    with database.read(here.neighbour) as db, pytest.raises(NotFound):
        queries.attachment(db, mine, photo.id)


def test_files_are_put_into_an_order(sqlite_database: Database) -> None:
    here = world(sqlite_database)
    case_id = start(sqlite_database, here.branch, here.call)
    with sqlite_database.write(here.branch) as db:
        one, two, three = (
            service.attach_file(
                db, actor=here.branch, now=DURING, case_id=case_id, file=stored_photo(f"{name}.jpg")
            ).id
            for name in "123"
        )
        wanted = [three, "gone", one]  # somebody has removed one and added another meanwhile
        service.order_attachments(db, actor=here.branch, now=DURING, case_id=case_id, attachment_ids=wanted)
        found = [(each.id, each.position) for each in queries.attachments(db, case_id)]
    assert found == [(three, 1), (one, 2), (two, 3)]
    with sqlite_database.write(here.neighbour) as db, pytest.raises(NotFound):
        service.order_attachments(db, actor=here.neighbour, now=DURING, case_id=case_id, attachment_ids=[one])


def test_removed_files_stay_in_the_version_that_names_them(database: Database) -> None:
    here = world(database)
    case_id = write(database, here.branch, here.call)
    with database.write(here.branch) as db:
        photo = service.attach_file(db, actor=here.branch, now=DURING, case_id=case_id, file=stored_photo())
        receipt = service.submit_case(
            db, actor=here.branch, now=DURING, case_id=case_id, key="k", pledge=_pledge()
        )
        service.remove_attachment(db, actor=here.branch, now=DURING, case_id=case_id, attachment_id=photo.id)
    with database.read(here.branch) as db:
        assert queries.version(db, receipt.version_id).attachments == (photo,)
        assert queries.attachments(db, case_id) == ()


def test_there_is_an_end_to_files_and_drafts(database: Database) -> None:
    here = world(database)
    case_id = start(database, here.branch, here.call)
    with database.write(here.branch) as db:
        for _number in range(30):
            service.attach_file(db, actor=here.branch, now=DURING, case_id=case_id, file=stored_photo())
        with pytest.raises(Refused):
            service.attach_file(db, actor=here.branch, now=DURING, case_id=case_id, file=stored_photo())
        for _number in range(29):
            service.start_draft(db, actor=here.branch, now=DURING, call_id=here.call.id)
        with pytest.raises(Refused):
            service.start_draft(db, actor=here.branch, now=DURING, call_id=here.call.id)


def test_a_word_file_fills_the_draft(database: Database) -> None:
    here = world(database)
    case_id = write(database, here.branch, here.call, source_line="原来源")
    read = CaseText(
        title="从 Word 来的题目",
        body_html='<p>正文</p><figure><img src="attachment:p1" alt=""></figure>',
    )
    with database.write(here.branch) as db:
        draft = service.import_word(
            db,
            actor=here.branch,
            now=DURING,
            case_id=case_id,
            revision=2,
            text=read,
            pictures=[("p1", stored_photo("图1.png", "图说"))],
        )
    (photo,) = draft.attachments
    assert draft.text.body_html == f'<p>正文</p><figure><img src="attachment:{photo.id}" alt=""></figure>'
    assert (draft.text.title, draft.text.source_line, photo.caption) == ("从 Word 来的题目", "原来源", "图说")
    assert draft.text.summary == text().summary


def test_only_what_was_never_handed_in_can_be_thrown_away(database: Database) -> None:
    here = world(database)
    case_id = write(database, here.branch, here.call)
    with database.write(here.branch) as db:
        service.attach_file(db, actor=here.branch, now=DURING, case_id=case_id, file=stored_photo())
    with database.write(here.branch) as db:
        service.discard_draft(db, actor=here.branch, now=DURING, case_id=case_id)
    with database.read(here.branch) as db, pytest.raises(NotFound):
        queries.case(db, case_id)
    receipt = hand_in(database, here.branch, here.call)
    with pytest.raises(Refused), database.write(here.branch) as db:
        service.discard_draft(db, actor=here.branch, now=DURING, case_id=receipt.case_id)


def test_checking_tells_what_is_missing(database: Database) -> None:
    here = world(database)
    case_id = start(database, here.branch, here.call)
    with database.read(here.branch) as db:
        empty = service.check_draft(db, actor=here.branch, now=DURING, case_id=case_id)
    assert [each.field for each in empty] == [
        "title",
        "category_key",
        "authors-0-name",
        "practice_from",
        "summary",
        "body",
    ]
    done = write(database, here.branch, here.call, now=DURING + timedelta(hours=1))
    with database.read(here.branch) as db:
        assert service.check_draft(db, actor=here.branch, now=DURING, case_id=done) == ()


def _pledge() -> Pledge:
    return Pledge(True, "张建国")
