"""Marking claims and linking evidence in a working copy; what a version keeps of it."""

import pytest

from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound, Refused
from submissions import queries, service
from submissions.values import AttachmentView, Claim, Source
from tests.submissions.factories import DURING, World, stored_photo, submit, text, world, write

SAID = "半年化解积案23件，群众满意度由92%升至97%"
BODY = text().body_html + f"<p>支部逐户上门。{SAID}。</p>"
LINK = Source(url="https://www.example.cn/news/1", note="第 2 段")


@pytest.fixture
def here(sqlite_database: Database) -> World:
    return world(sqlite_database)


@pytest.fixture
def case_id(sqlite_database: Database, here: World) -> str:
    return write(sqlite_database, here.branch, here.call, body_html=BODY)


def mark(database: Database, here: World, case_id: str, quote: str = SAID, *sources: Source) -> Claim:
    with database.write(here.branch) as db:
        return service.mark_claim(
            db, actor=here.branch, now=DURING, case_id=case_id, quote=quote, sources=sources
        )


def attach(database: Database, here: World, case_id: str) -> AttachmentView:
    with database.write(here.branch) as db:
        return service.attach_file(db, actor=here.branch, now=DURING, case_id=case_id, file=stored_photo())


def claims(database: Database, here: World, case_id: str) -> tuple[Claim, ...]:
    with database.read(here.branch) as db:
        return queries.claims(db, case_id)


def test_a_claim_keeps_its_words_surroundings_and_evidence(
    sqlite_database: Database, here: World, case_id: str
) -> None:
    photo = attach(sqlite_database, here, case_id)
    made = mark(sqlite_database, here, case_id, SAID, Source(attachment_id=photo.id, note="第 3 页"), LINK)
    assert claims(sqlite_database, here, case_id) == (made,)
    assert (made.quote, made.before.endswith("支部逐户上门。"), made.after) == (SAID, True, "。")
    assert made.sources == (Source(attachment_id=photo.id, note="第 3 页"), LINK)


def test_the_same_words_are_one_claim_whose_evidence_grows(
    sqlite_database: Database, here: World, case_id: str
) -> None:
    first = mark(sqlite_database, here, case_id)
    again = mark(sqlite_database, here, case_id, SAID, LINK)
    renoted = mark(sqlite_database, here, case_id, SAID, Source(url=LINK.url, note="第 5 段"))
    assert first.id == again.id == renoted.id
    assert renoted.sources == (Source(url=LINK.url, note="第 5 段"),)


def test_an_address_without_a_scheme_gets_one(sqlite_database: Database, here: World, case_id: str) -> None:
    made = mark(sqlite_database, here, case_id, SAID, Source(url="www.example.cn/1"))
    assert made.sources == (Source(url="https://www.example.cn/1"),)


@pytest.mark.parametrize(
    ("quote", "source", "field"),
    [
        ("正文里没有的话", LINK, "quote"),
        ("", LINK, "quote"),
        ("长" * 401, LINK, "quote"),
        (SAID, Source(url="javascript:alert(1)"), "url"),
        (SAID, Source(url="没有地址"), "url"),
        (SAID, Source(attachment_id="0123456789abcdef"), "files"),
        (SAID, Source(url=LINK.url, note="长" * 201), "note"),
    ],
)
def test_what_cannot_be_marked(
    sqlite_database: Database, here: World, case_id: str, quote: str, source: Source, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        mark(sqlite_database, here, case_id, quote, source)
    assert [each.field for each in refusal.value.errors] == [field]
    assert claims(sqlite_database, here, case_id) == ()


def test_a_file_of_another_case_is_no_evidence(sqlite_database: Database, here: World, case_id: str) -> None:
    other = write(sqlite_database, here.branch, here.call)
    photo = attach(sqlite_database, here, other)
    with pytest.raises(Invalid):
        mark(sqlite_database, here, case_id, SAID, Source(attachment_id=photo.id))


def test_link_unlink_confirm_remove(sqlite_database: Database, here: World, case_id: str) -> None:
    made = mark(sqlite_database, here, case_id)
    named = {"actor": here.branch, "now": DURING, "case_id": case_id, "claim_id": made.id}
    with sqlite_database.write(here.branch) as db:
        linked = service.link_evidence(db, **named, sources=[LINK])  # type: ignore[arg-type]  # by name
        unlinked = service.unlink_evidence(db, **named, number=1)  # type: ignore[arg-type]  # by name
        with pytest.raises(NotFound):
            service.unlink_evidence(db, **named, number=1)  # type: ignore[arg-type]  # by name
        with pytest.raises(Invalid):
            service.link_evidence(db, **named, sources=[])  # type: ignore[arg-type]  # by name
        revised = text(body_html=BODY.replace("97%", "96%"))
        revision = queries.draft(db, case_id).revision
        service.save_draft(
            db, actor=here.branch, now=DURING, case_id=case_id, revision=revision, text=revised
        )
        confirmed = service.confirm_claim(db, **named)  # type: ignore[arg-type]  # by name
        service.remove_claim(db, **named)  # type: ignore[arg-type]  # by name
    assert (linked.sources, unlinked.sources) == ((LINK,), ())
    assert confirmed.quote == SAID.replace("97%", "96%")
    assert claims(sqlite_database, here, case_id) == ()


def test_words_that_are_gone_cannot_be_confirmed(
    sqlite_database: Database, here: World, case_id: str
) -> None:
    made = mark(sqlite_database, here, case_id)
    with sqlite_database.write(here.branch) as db:
        service.save_draft(db, actor=here.branch, now=DURING, case_id=case_id, revision=2, text=text())
        with pytest.raises(Refused):
            service.confirm_claim(db, actor=here.branch, now=DURING, case_id=case_id, claim_id=made.id)


def test_others_do_not_reach_the_claims(sqlite_database: Database, here: World, case_id: str) -> None:
    mark(sqlite_database, here, case_id)
    for other in (here.neighbour, here.superior, here.organiser, here.juror):
        with sqlite_database.write(other) as db:
            assert queries.claims(db, case_id) == ()
            with pytest.raises((NotFound, Forbidden)):
                service.mark_claim(db, actor=other, now=DURING, case_id=case_id, quote=SAID)


def test_a_version_freezes_the_claims_and_its_hash_names_them(
    sqlite_database: Database, here: World, case_id: str
) -> None:
    photo = attach(sqlite_database, here, case_id)
    made = mark(sqlite_database, here, case_id, SAID, Source(attachment_id=photo.id), LINK)
    first = submit(sqlite_database, here.branch, case_id)
    with sqlite_database.write(here.branch) as db:
        service.link_evidence(
            db,
            actor=here.branch,
            now=DURING,
            case_id=case_id,
            claim_id=made.id,
            sources=[Source(url="https://www.example.cn/2")],
        )
    second = submit(sqlite_database, here.branch, case_id, key="k2")
    with sqlite_database.write(here.branch) as db:
        service.remove_attachment(db, actor=here.branch, now=DURING, case_id=case_id, attachment_id=photo.id)
        service.remove_claim(db, actor=here.branch, now=DURING, case_id=case_id, claim_id=made.id)
    with sqlite_database.read(here.organiser) as db:
        versions = {each.ordinal: each for each in queries.versions(db, case_id)}
    assert first.content_hash != second.content_hash
    assert (first.claims, second.claims) == (1, 1)
    assert [each.sources for each in versions[1].claims] == [(Source(attachment_id=photo.id), LINK)]
    assert [len(each.sources) for each in versions[2].claims] == [3]


def test_a_call_may_insist_on_evidence(sqlite_database: Database) -> None:
    strict = world(sqlite_database, needs_evidence=True)
    case_id = write(sqlite_database, strict.branch, strict.call, body_html=BODY)
    with pytest.raises(Invalid) as refusal:
        submit(sqlite_database, strict.branch, case_id)
    assert [each.field for each in refusal.value.errors] == ["claims"]
    mark(sqlite_database, strict, case_id, SAID, LINK)
    assert submit(sqlite_database, strict.branch, case_id).claims == 1


def test_a_discarded_case_takes_its_claims_along(
    sqlite_database: Database, here: World, case_id: str
) -> None:
    mark(sqlite_database, here, case_id)
    with sqlite_database.write(here.branch) as db:
        service.discard_draft(db, actor=here.branch, now=DURING, case_id=case_id)
    with sqlite_database.read() as db:
        assert queries.claims(db, case_id) == ()
