"""Awards are followed from the journal, and what is known of them can be built anew."""

from typing import Any

from foundation.actor import SYSTEM
from foundation.clock import FixedClock
from foundation.journal import record
from judging.events import AwardGranted, AwardRevoked
from submissions import queries, service
from tests.submissions import factories
from tests.submissions.factories import DURING, hand_in, world


def test_what_was_granted_is_known_until_it_is_revoked(product: Any, clock: FixedClock) -> None:
    clock.set(DURING)
    here = world(product.database)
    receipt = hand_in(product.database, here.branch, here.call)
    ids = {"award_id": "award-1", "call_id": here.call.id, "case_id": receipt.case_id}

    def known() -> tuple[str, ...]:
        with product.database.read() as db:
            return queries.earlier_awards(
                db,
                unit_id=here.branch.unit_id or "",
                title=factories.text().title,
                body_html="",
                but_case="",
            )

    with product.database.write() as db:
        granted = AwardGranted(**ids, version_id=receipt.version_id, prize_key="first")
        record(db, actor=SYSTEM, now=DURING, event=granted)
    product.worker.run_once()
    assert known() == (factories.text().title,)
    with product.database.write() as db:
        assert service.rebuild_awards(db) == 1
    assert known() == (factories.text().title,)
    with product.database.write() as db:
        revoked = AwardRevoked(**ids, version_id=receipt.version_id, reason="不实")
        record(db, actor=SYSTEM, now=DURING, event=revoked)
    product.worker.run_once()
    assert known() == ()
