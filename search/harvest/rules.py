"""What is to be recorded when the shelf is compared with what is remembered of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from foundation.audience import Audience
from search.harvest.values import Recorded, Seen

_MEMBERS = (Audience.PUBLIC, Audience.MEMBERS)


def recorded(before: Recorded | None, seen: Seen, *, at: datetime, number: int) -> Recorded | None:
    """What to remember from now on; None when nothing has changed.

    `at` is cut to seconds, the granularity in which others ask. A case that has left the shelf keeps what
    was known of it: a deleted record still belongs to its sets.
    """
    if before is None and seen.audience is None:
        return None
    known = before or Recorded(
        case_id=seen.case_id, audience=None, mark="", year=0, call_id="", category="",
        public_at=None, number=0, members_since=0, trainers_since=0,
    )  # fmt: skip
    after = replace(known, audience=seen.audience)
    if seen.audience is not None:
        after = replace(after, mark=seen.mark, year=seen.year, call_id=seen.call_id, category=seen.category)
    if after == known:
        return None
    return replace(
        after,
        public_at=at.replace(microsecond=0) if known.public or after.public else known.public_at,
        number=number,
        members_since=_since(known.members_since, after.audience in _MEMBERS, number),
        trainers_since=_since(known.trainers_since, after.audience is not None, number),
    )


def _since(before: int, there: bool, number: int) -> int:
    if not there:
        return 0
    return before or number
