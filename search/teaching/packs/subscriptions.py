"""What follows when packs are shared or taken back: the library's index knows which cases have one."""

from __future__ import annotations

from collections.abc import Callable

from foundation.journal import Subscription
from search.teaching.packs.events import PackShared, PackWithdrawn


def index_subscription(catch_up: Callable[[], object]) -> Subscription:
    """`catch_up` brings the index to what is true now."""
    return Subscription(
        "library-packs",
        frozenset({PackShared.action, PackWithdrawn.action}),
        load=lambda _db, _entry: None,
        work=lambda _loaded: catch_up(),
    )
