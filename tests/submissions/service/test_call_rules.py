"""What a call lays down, obeyed where cases are started, filled and handed in."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from foundation import journal, people
from foundation.actor import SYSTEM
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound, Refused
from foundation.files import StoredFile
from submissions import queries, service
from submissions.errors import WindowClosed
from submissions.rules.fingerprints import is_genuine, sign
from submissions.rules.windows import GRACE, SETTLED
from submissions.values import (
    MEGABYTE,
    AttachmentKind,
    Category,
    EarlierAwards,
    Eligibility,
    FileKind,
    FileRules,
    Part,
    Pledge,
)
from tests.submissions import factories
from tests.submissions.factories import (
    BEFORE,
    BODY,
    CLOSES,
    DURING,
    MILLISECOND,
    PLEDGE,
    World,
    hand_in,
    proposal,
    rules,
    submit,
    world,
    write,
)

DAY = timedelta(days=1)
EARLY, LATE = CLOSES - 5 * DAY, CLOSES + 5 * DAY
CATEGORIES = (
    Category("rural", "农村"),
    Category("school", "高等院校和学校", closes_at=EARLY),
    Category("mobile", "流动党员", closes_at=LATE),
)


def extend(
    database: Database, here: World, closes_at: datetime, *, unit_id: str | None = None, category: str = ""
) -> None:
    with database.write(here.organiser) as db:
        service.extend_window(
            db,
            actor=here.organiser,
            now=DURING,
            call_id=here.call.id,
            unit_id=unit_id,
            category_key=category,
            closes_at=closes_at,
            reason="汛期停电",
        )


# --- deadlines of categories ----------------------------------------------------------------------------


@pytest.mark.parametrize(("category", "closes_at"), [("rural", CLOSES), ("school", EARLY), ("mobile", LATE)])
@pytest.mark.parametrize("extension", [timedelta(0), 9 * DAY])
def test_each_category_closes_at_its_own_instant(
    sqlite_database: Database, category: str, closes_at: datetime, extension: timedelta
) -> None:
    here = world(sqlite_database, categories=CATEGORIES)
    if extension:
        closes_at += extension
        extend(sqlite_database, here, closes_at, category=category)
    late, exact, in_time = (
        write(sqlite_database, here.branch, here.call, category_key=category) for _number in range(3)
    )
    assert not submit(sqlite_database, here.branch, in_time, now=closes_at - MILLISECOND).provisional
    assert submit(sqlite_database, here.branch, exact, now=closes_at).provisional
    with pytest.raises(WindowClosed):
        submit(sqlite_database, here.branch, late, now=closes_at + GRACE)


def test_a_closed_category_is_named_and_another_can_be_chosen(database: Database) -> None:
    here = world(database, categories=CATEGORIES)
    case_id = write(database, here.branch, here.call, category_key="school")
    with pytest.raises(WindowClosed) as refused:
        submit(database, here.branch, case_id, now=CLOSES - DAY)
    assert "“高等院校和学校”类已于 2026年3月26日 18:00（北京时间） 截止" in str(refused.value.reason)
    with database.write(here.branch) as db:
        anew = factories.text(category_key="rural")
        service.save_draft(db, actor=here.branch, now=CLOSES - DAY, case_id=case_id, revision=2, text=anew)
    assert not submit(database, here.branch, case_id, now=CLOSES - DAY).provisional


def test_what_was_handed_in_does_not_leave_its_closed_category(sqlite_database: Database) -> None:
    here = world(sqlite_database, categories=CATEGORIES)
    case_id = hand_in(sqlite_database, here.branch, here.call, category_key="school").case_id
    with sqlite_database.write(here.branch) as db:
        anew = factories.text(category_key="mobile")
        service.save_draft(db, actor=here.branch, now=DURING, case_id=case_id, revision=2, text=anew)
    with pytest.raises(WindowClosed):
        submit(sqlite_database, here.branch, case_id, now=EARLY + DAY, key="k2")
    with pytest.raises(WindowClosed), sqlite_database.write(here.branch) as db:
        service.withdraw_case(db, actor=here.branch, now=EARLY + DAY, case_id=case_id, reason="不报了")


def test_a_case_can_be_started_until_the_last_category_closes(sqlite_database: Database) -> None:
    here = world(sqlite_database, categories=CATEGORIES)
    factories.start(sqlite_database, here.branch, here.call, now=LATE - MILLISECOND)
    with pytest.raises(WindowClosed):
        factories.start(sqlite_database, here.branch, here.call, now=LATE)


def test_an_extension_of_one_category_or_unit_is_for_no_other(sqlite_database: Database) -> None:
    here = world(sqlite_database, categories=CATEGORIES)
    extend(sqlite_database, here, CLOSES - DAY, category="school", unit_id=here.branch.unit_id)
    with sqlite_database.read(here.branch) as db:
        mine = queries.category_deadlines(db, here.call, here.branch.unit_id)
        others = queries.category_deadlines(db, here.call, here.neighbour.unit_id)
    assert mine == {"": LATE, "rural": CLOSES, "school": CLOSES - DAY, "mobile": LATE}
    assert others == {"": LATE, "rural": CLOSES, "school": EARLY, "mobile": LATE}
    with pytest.raises(Invalid):
        extend(sqlite_database, here, CLOSES + DAY, category="unknown")


def test_every_closing_is_on_record_and_none_opens_again(database: Database) -> None:
    here = world(database, categories=CATEGORIES)
    extend(database, here, CLOSES + DAY, unit_id=here.branch.unit_id)
    case_id = write(database, here.branch, here.call, category_key="school")
    instants = [EARLY, CLOSES, CLOSES + DAY, LATE]
    with database.write() as db:
        counts = [service.close_due(db, now=each + SETTLED) for each in instants]
        assert (counts, service.close_due(db, now=LATE + SETTLED)) == ([1, 1, 1, 1], 0)
        assert queries.closings_due(db, LATE + DAY) == []
        closed = [each.detail for each in journal.history(db, here.call.id) if each.action == "call.closed"]
    assert [datetime.fromisoformat(each["closes_at"]) for each in closed] == instants
    assert [each["category_key"] for each in closed] == ["school", "", "", "mobile"]
    assert [bool(each["extension_id"]) for each in closed] == [False, False, True, False]
    with pytest.raises(WindowClosed):  # the clock was set back
        submit(database, here.branch, case_id, now=EARLY - DAY)


def test_own_deadlines_follow_the_rules_until_the_window_opens(sqlite_database: Database) -> None:
    here = world(sqlite_database, categories=CATEGORIES)
    rural, school, mobile = CATEGORIES
    moved = (rural, replace(school, closes_at=EARLY - DAY), replace(mobile, closes_at=None))
    with sqlite_database.write(here.organiser) as db:
        service.update_call(
            db,
            actor=here.organiser,
            now=BEFORE,
            call_id=here.call.id,
            revision=1,
            proposal=proposal(rules=rules(categories=moved)),
        )
        assert queries.closings_due(db, EARLY - DAY + SETTLED) == [here.call.id]
        assert queries.call(db, here.call.id).rules.categories == moved
    with sqlite_database.write() as db:
        assert service.close_due(db, now=LATE + SETTLED) == 2


# --- who and what may take part -------------------------------------------------------------------------


def test_only_admitted_kinds_of_unit_start_and_hand_in(sqlite_database: Database) -> None:
    here = world(sqlite_database, eligibility=Eligibility(unit_kinds=("rural",)))
    with sqlite_database.write() as db:
        people.unit(db, here.branch.unit_id or "").category_key = "rural"
        people.unit(db, here.neighbour.unit_id or "").category_key = "school"
    case_id = write(sqlite_database, here.branch, here.call)
    with pytest.raises(Refused, match=r"不面向.*类单位"):
        factories.start(sqlite_database, here.neighbour, here.call)
    with sqlite_database.write() as db:
        people.unit(db, here.branch.unit_id or "").category_key = "organ"
    with pytest.raises(Refused):
        submit(sqlite_database, here.branch, case_id)


def test_the_practice_and_the_parts_are_asked_for(sqlite_database: Database) -> None:
    here = world(
        sqlite_database,
        eligibility=Eligibility(practice_earliest=date(2025, 6, 1)),
        parts=(Part("background", "背景"), Part("practice", "做法")),
    )
    case_id = write(sqlite_database, here.branch, here.call, practice_from=date(2025, 5, 31))
    with pytest.raises(Invalid) as refused:
        submit(sqlite_database, here.branch, case_id)
    assert [each.field for each in refused.value.errors] == ["practice_from", "body"]
    with sqlite_database.read(here.branch) as db:
        found = service.check_draft(db, actor=here.branch, now=DURING, case_id=case_id)
    assert [each.field for each in found if each.blocking] == ["practice_from", "body"]


def awarded(database: Database, here: World) -> str:
    """A handed-in case of the branch that has an award; returns its version's id."""
    receipt = hand_in(database, here.branch, here.call)
    with database.write() as db:
        version = queries.version(db, receipt.version_id)
        service.keep_award(db, award_id="award-1", version=version)
        service.keep_award(db, award_id="award-1", version=version)
    return receipt.version_id


@pytest.mark.parametrize(
    ("changes", "by_neighbour", "refused"),
    [
        ({}, False, True),
        ({"body_html": BODY + "<p>另一件事。</p>"}, False, True),  # the unit's own title again
        ({"title": "换了题目"}, True, True),  # the same text
        ({"body_html": BODY + "<p>另一件事。</p>"}, True, False),  # another unit's text of this title
        ({"title": "换了题目", "body_html": BODY + "<p>另一件事。</p>"}, False, False),
    ],
)
def test_a_text_with_an_award_is_known_again(
    sqlite_database: Database, changes: dict[str, Any], by_neighbour: bool, refused: bool
) -> None:
    refuses = Eligibility(earlier_awards=EarlierAwards.REFUSED)
    here = world(sqlite_database, eligibility=refuses, cases_per_unit=None)
    awarded(sqlite_database, here)
    author = here.neighbour if by_neighbour else here.branch
    case_id = write(sqlite_database, author, here.call, **changes)
    with sqlite_database.read(author) as db:
        found = service.check_draft(db, actor=author, now=DURING, case_id=case_id)
    assert [each.field for each in found if each.blocking] == (["title"] if refused else [])


def test_a_revoked_award_is_forgotten(sqlite_database: Database) -> None:
    here = world(sqlite_database)
    awarded(sqlite_database, here)
    title = factories.text().title

    def known() -> tuple[str, ...]:
        unit_id = here.branch.unit_id or ""
        return queries.earlier_awards(db, unit_id=unit_id, title=title, body_html="", but_case="")

    with sqlite_database.write() as db:
        assert known() == (title,)
        service.forget_award(db, award_id="award-1")
        assert known() == ()
        assert service.rebuild_awards(db) == 0


# --- files, pledge, copyright ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "size"), [("a.mp4", 10), ("b.jpg", 2 * MEGABYTE + 1), ("c.jpg", MEGABYTE + 1)]
)
def test_only_files_that_the_call_takes(sqlite_database: Database, name: str, size: int) -> None:
    allowed = FileRules(kinds=(FileKind.PHOTO,), size_highest=2, number_highest=9, total_highest=3)
    here = world(sqlite_database, files=allowed)
    case_id = write(sqlite_database, here.branch, here.call)

    def attach(stored: StoredFile, called: str) -> None:
        with sqlite_database.write(here.branch) as db:
            kind: AttachmentKind = "photo" if called.endswith("jpg") else "file"
            file = service.NewFile(stored, kind, called, "image/jpeg")
            service.attach_file(db, actor=here.branch, now=DURING, case_id=case_id, file=file)

    attach(StoredFile("ab" * 32, 2 * MEGABYTE), "first.jpg")
    with pytest.raises(Refused):
        attach(StoredFile("cd" * 32, size), name)


def test_pledge_and_copyright_are_both_accepted_and_recorded(sqlite_database: Database) -> None:
    here = world(sqlite_database, copyright_text="同意汇编出版。")
    case_id = write(sqlite_database, here.branch, here.call)
    with pytest.raises(Invalid) as refused:
        submit(sqlite_database, here.branch, case_id)
    assert [each.field for each in refused.value.errors] == ["copyright"]
    both = replace(PLEDGE, copyright_accepted=True)
    with sqlite_database.write(here.branch) as db:
        receipt = service.submit_case(
            db, actor=here.branch, now=DURING, case_id=case_id, key="k", pledge=both, signing_key=b"secret"
        )
    assert (receipt.pledge_name, receipt.copyright_text) == (PLEDGE.name, "同意汇编出版。")
    assert receipt.pledge_text == here.call.rules.pledge_text
    assert is_genuine(receipt, b"secret")
    assert not is_genuine(replace(receipt, copyright_text=""), b"secret")
    with sqlite_database.read(here.branch) as db:
        assert sign(queries.receipt(db, receipt.version_id), b"secret") == receipt


def test_without_a_clause_nobody_is_asked(sqlite_database: Database) -> None:
    here = world(sqlite_database)
    case_id = write(sqlite_database, here.branch, here.call)
    with sqlite_database.write(here.branch) as db:
        receipt = service.submit_case(
            db, actor=here.branch, now=DURING, case_id=case_id, key="k", pledge=Pledge(True, "张建国")
        )
    assert receipt.copyright_text == ""


# --- changes and questions ------------------------------------------------------------------------------


def test_a_change_after_the_opening_is_public_with_its_reason(database: Database) -> None:
    here = world(database)

    def change(reason: str, **what: object) -> None:
        with database.write(here.organiser) as db:
            service.update_call(
                db,
                actor=here.organiser,
                now=DURING,
                call_id=here.call.id,
                revision=queries.revision_of(db, here.call.id),
                proposal=proposal(**what),
                reason=reason,
            )

    with pytest.raises(Invalid) as refused:
        change("", title="新标题")
    assert [each.field for each in refused.value.errors] == ["change_reason"]
    change("")  # nothing is worded anew
    change("标题写错了", title="新标题", theme="")
    with database.read(here.branch) as db:
        told = queries.changes(db, here.call.id)
    assert [(each.reason, each.by_name, each.at) for each in told] == [("标题写错了", "王组织", DURING)]
    assert [(each.field, each.before, each.after) for each in told[0].fields] == [
        ("title", "全国党支部工作创新案例征集", "新标题"),
        ("theme", "小案例，大作用", ""),
    ]
    with database.read() as db:
        last = journal.history(db, here.call.id)[-1]
    assert (last.detail["reason"], last.detail["fields"]) == ("标题写错了", ["title", "theme"])


def test_questions_are_answered_at_any_time(database: Database) -> None:
    here = world(database)

    def answer(question: str, *, question_id: str = "", now: datetime = DURING) -> str:
        with database.write(here.organiser) as db:
            return service.answer_question(
                db,
                actor=here.organiser,
                now=now,
                call_id=here.call.id,
                question=question,
                answer="可以。",
                question_id=question_id,
            ).id

    first, second = answer("可以几个单位合报吗？"), answer("照片要原图吗？")
    answer("照片要不要原图？", question_id=second, now=DURING + DAY)
    with database.write(here.organiser) as db:
        service.move_question(
            db, actor=here.organiser, now=DURING, call_id=here.call.id, question_id=second, by=-1
        )
    with database.read(here.branch) as db:
        told = queries.questions(db, here.call.id)
    assert [(each.id, each.question) for each in told] == [
        (second, "照片要不要原图？"),
        (first, "可以几个单位合报吗？"),
    ]
    assert (told[0].published_at, told[0].changed_at) == (DURING, DURING + DAY)
    with pytest.raises(Invalid) as refused:
        answer("", question_id=second)
    assert [each.field for each in refused.value.errors] == [f"question-{second}"]
    with pytest.raises(Forbidden), database.write(here.branch) as db:
        service.remove_question(db, actor=here.branch, now=DURING, call_id=here.call.id, question_id=first)
    with database.write(here.organiser) as db:
        service.remove_question(db, actor=here.organiser, now=DURING, call_id=here.call.id, question_id=first)
        with pytest.raises(NotFound):
            service.remove_question(
                db, actor=here.organiser, now=DURING, call_id=here.call.id, question_id=first
            )


def test_changes_and_questions_of_an_unpublished_call_are_the_organisers(sqlite_database: Database) -> None:
    here = world(sqlite_database, published=False)
    with sqlite_database.write(here.organiser) as db:
        service.answer_question(
            db, actor=here.organiser, now=BEFORE, call_id=here.call.id, question="问？", answer="答。"
        )
    with sqlite_database.read(here.branch) as db:
        assert queries.questions(db, here.call.id) == []
    with sqlite_database.read(SYSTEM) as db:
        assert len(queries.questions(db, here.call.id)) == 1
