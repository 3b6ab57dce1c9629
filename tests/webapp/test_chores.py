"""What the worker does by the clock."""

from datetime import timedelta
from typing import Any

from foundation import journal
from foundation.clock import FixedClock
from submissions.rules.windows import SETTLED
from tests.submissions.factories import CLOSES, world
from webapp.chores import record_closings


def test_a_closing_is_recorded_by_the_worker_once(product: Any, clock: FixedClock) -> None:
    here = world(product.database)
    assert record_closings(product.database, CLOSES + SETTLED - timedelta(seconds=1)) == 0
    clock.set(CLOSES + SETTLED)
    product.worker.run_once()
    assert record_closings(product.database, clock.now()) == 0
    with product.database.read() as db:
        actions = [entry.action for entry in journal.history(db, here.call.id)]
    assert actions == ["call.created", "call.published", "call.closed"]
