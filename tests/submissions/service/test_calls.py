"""Calls: written, published, frozen, extended, closed; on SQLite and PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

import pytest

from foundation import journal
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound, Refused
from submissions import queries, service
from submissions.errors import EditedMeanwhile
from submissions.rules.windows import SETTLED
from tests.submissions.factories import BEFORE, CLOSES, DURING, OPENS, proposal, rules, world


def test_a_call_keeps_what_was_written(database: Database) -> None:
    here = world(database, published=False)
    with database.read(here.organiser) as db:
        call = queries.call(db, here.call.id)
        assert queries.call_by_slug(db, "2026-branch-cases") == call
    assert (call.rules, call.opens_at, call.closes_at, call.year) == (rules(), OPENS, CLOSES, 2026)
    assert call.published_at is None


def test_the_year_is_that_of_the_calls_zone(database: Database) -> None:
    here = world(database)
    new_year = OPENS.replace(year=2026, month=12, day=31, hour=17)
    with database.write(here.organiser) as db:
        made = service.create_call(
            db,
            actor=here.organiser,
            now=BEFORE,
            proposal=proposal(slug="y", opens_at=new_year, closes_at=new_year + timedelta(days=9)),
        )
    assert made.year == 2027


def test_the_notice_is_cleaned(database: Database) -> None:
    here = world(database)
    with database.write(here.organiser) as db:
        made = service.create_call(
            db,
            actor=here.organiser,
            now=BEFORE,
            proposal=proposal(slug="x", notice_html='<p onclick="x()">好</p><script>x</script>'),
        )
    assert made.notice_html == "<p>好</p>"


def test_only_sound_calls_with_an_address_of_their_own(database: Database) -> None:
    here = world(database)
    with pytest.raises(Invalid) as refused, database.write(here.organiser) as db:
        service.create_call(db, actor=here.organiser, now=BEFORE, proposal=proposal(title=""))
    assert [each.field for each in refused.value.errors] == ["title", "slug"]


def test_others_neither_write_nor_see_unpublished_calls(database: Database) -> None:
    here = world(database, published=False)
    for other in (here.branch, here.superior, here.juror):
        with pytest.raises(Forbidden), database.write(other) as db:
            service.create_call(db, actor=other, now=BEFORE, proposal=proposal(slug="x"))
        with database.read(other) as db:
            assert queries.calls(db) == []
            with pytest.raises(NotFound):
                queries.call(db, here.call.id)


def test_publishing_happens_once_and_before_the_deadline(database: Database) -> None:
    here = world(database, published=False)
    with pytest.raises(Refused), database.write(here.organiser) as db:
        service.publish_call(db, actor=here.organiser, now=CLOSES, call_id=here.call.id)
    with database.write(here.organiser) as db:
        service.publish_call(db, actor=here.organiser, now=BEFORE, call_id=here.call.id)
    with pytest.raises(Refused), database.write(here.organiser) as db:
        service.publish_call(db, actor=here.organiser, now=BEFORE, call_id=here.call.id)
    with database.read(here.branch) as db:
        assert [each.published_at for each in queries.calls(db)] == [BEFORE]


def test_changes_compare_the_revision_and_freeze_with_the_window(database: Database) -> None:
    here = world(database)
    longer = proposal(closes_at=CLOSES + timedelta(days=1))

    def change(revision: int, now: object, **what: object) -> None:
        with database.write(here.organiser) as db:
            service.update_call(
                db,
                actor=here.organiser,
                now=now,  # type: ignore[arg-type]  # an instant
                call_id=here.call.id,
                revision=revision,
                proposal=replace(longer, **what),  # type: ignore[arg-type]  # keyword names are the dataclass's
                reason="更正文字",
            )

    change(1, BEFORE)
    with pytest.raises(EditedMeanwhile):
        change(1, BEFORE)
    change(2, DURING, title="新标题")
    with pytest.raises(Invalid) as refused:
        change(3, DURING, closes_at=CLOSES + timedelta(days=9))
    assert [each.field for each in refused.value.errors] == ["closes_at"]
    with database.read(here.organiser) as db:
        call = queries.call(db, here.call.id)
    assert (call.title, call.closes_at) == ("新标题", CLOSES + timedelta(days=1))


@pytest.mark.parametrize(
    ("days", "reason", "field"),
    [(0, "停电", "extension_closes_at"), (2, "", "extension_reason"), (2, "长" * 501, "extension_reason")],
)
def test_an_extension_is_later_and_has_a_reason(
    database: Database, days: int, reason: str, field: str
) -> None:
    here = world(database)
    with pytest.raises(Invalid) as refused, database.write(here.organiser) as db:
        service.extend_window(
            db,
            actor=here.organiser,
            now=DURING,
            call_id=here.call.id,
            unit_id=None,
            closes_at=CLOSES + timedelta(days=days),
            reason=reason,
        )
    assert [each.field for each in refused.value.errors] == [field]


def test_closing_is_on_record_once(database: Database) -> None:
    here = world(database)
    at = CLOSES + SETTLED
    with database.write() as db:
        assert [service.close_due(db, now=each) for each in (at - timedelta(seconds=1), at, at)] == [0, 1, 0]
    with database.read() as db:
        assert [each.action for each in journal.history(db, here.call.id)] == [
            "call.created",
            "call.published",
            "call.closed",
        ]
