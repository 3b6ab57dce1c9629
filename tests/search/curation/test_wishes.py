"""A unit asks that its case be limited or taken off; whoever looks after the library decides."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from foundation.actor import ANONYMOUS, SYSTEM
from foundation.audience import Audience
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound, Refused
from foundation.mail import OutgoingMail
from search import shelf
from search.curation.queries.wishes import open_wishes
from search.curation.service.wishes import answer_wish, wish_for_case
from search.curation.values.wishes import Wish
from tests.search.factories import award
from tests.support.factories import NOW, ORGANISER, make_call, make_entry, make_submitter


@pytest.mark.parametrize(
    ("wish", "audience"),
    [(Wish.MEMBERS, Audience.MEMBERS), (Wish.TRAINERS, Audience.TRAINERS), (Wish.OFF, None)],
)
def test_a_granted_wish_is_done_at_once_and_the_unit_is_told(
    sqlite_database: Database, wish: Wish, audience: Audience | None
) -> None:
    with sqlite_database.write() as db:
        branch, stranger = make_submitter(db), make_submitter(db)
        case = make_entry(db, call=make_call(db), actor=branch)
        award(db, case)
    common = {"actor": branch, "now": NOW, "case_id": case.case_id, "wish": wish}
    with sqlite_database.write(branch) as db, pytest.raises(Invalid):
        wish_for_case(db, **common, reason="")  # type: ignore[arg-type]  # keywords of one call
    with sqlite_database.write(branch) as db:
        made = wish_for_case(db, **common, reason="有居民个人信息")  # type: ignore[arg-type]  # keywords of one call
    with sqlite_database.write(branch) as db, pytest.raises(Refused):
        wish_for_case(db, **common, reason="再说一次")  # type: ignore[arg-type]  # keywords of one call
    with sqlite_database.read(stranger) as db:
        assert open_wishes(db) == []
    with sqlite_database.write(branch) as db, pytest.raises(Forbidden):
        answer_wish(db, actor=branch, now=NOW, wish_id=made, granted=True)
    with sqlite_database.write(ORGANISER) as db:
        answer_wish(db, actor=ORGANISER, now=NOW, wish_id=made, granted=True)
        assert open_wishes(db) == []
    with sqlite_database.read() as db:
        (standing,) = shelf.standings(db, [case.case_id])
        assert (standing.audience, standing.placement and standing.placement.reason) == (
            audience,
            "有居民个人信息",
        )
        letters = [each for each in db.scalars(select(OutgoingMail)) if "入库" in each.subject]
        assert len(letters) == 1


def test_a_refused_wish_needs_a_reason_and_changes_nothing(sqlite_database: Database) -> None:
    with sqlite_database.write() as db:
        branch, stranger = make_submitter(db), make_submitter(db)
        case = make_entry(db, call=make_call(db), actor=branch)
        award(db, case)
    with sqlite_database.write(stranger) as db, pytest.raises(NotFound):
        wish_for_case(db, actor=stranger, now=NOW, case_id=case.case_id, wish=Wish.OFF, reason="不喜欢")
    with sqlite_database.write(branch) as db:
        made = wish_for_case(
            db, actor=branch, now=NOW, case_id=case.case_id, wish=Wish.OFF, reason="想改一改"
        )
    with sqlite_database.write(ORGANISER) as db, pytest.raises(Invalid):
        answer_wish(db, actor=ORGANISER, now=NOW, wish_id=made, granted=False)
    with sqlite_database.write(ORGANISER) as db:
        answer_wish(db, actor=ORGANISER, now=NOW, wish_id=made, granted=False, answer="没有涉密内容")
    for actor in (ANONYMOUS, SYSTEM):
        with sqlite_database.read(actor) as db:
            assert shelf.place(db, case.case_id).audience is Audience.PUBLIC
