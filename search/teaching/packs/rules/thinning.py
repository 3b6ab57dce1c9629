"""Which saved states of a pack are kept: what has a name or is shared for ever, what was saved on the way
less and less densely."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from search.teaching.packs.values import VersionLine

DENSE = timedelta(hours=1)
"""Within this time every save is kept: a lost connection or a second window finds what it began with."""
DAY = timedelta(days=1)


def superfluous(history: Sequence[VersionLine], now: datetime) -> tuple[int, ...]:
    """Revisions that may go: of the unnamed ones older than an hour the last of each ten minutes stays, of
    those older than a day the last of each hour. `history` may be in any order; the newest always stays."""
    last: dict[tuple[int, int], int] = {}
    for line in sorted(history, key=lambda each: each.revision):
        last[_slot(line, now)] = line.revision
    newest = max((line.revision for line in history), default=0)
    return tuple(
        line.revision
        for line in history
        if not line.name
        and not line.shared
        and line.revision != newest
        and now - line.saved_at > DENSE
        and last[_slot(line, now)] != line.revision
    )


def _slot(line: VersionLine, now: datetime) -> tuple[int, int]:
    width = 3600 if now - line.saved_at > DAY else 600
    return width, int(line.saved_at.timestamp()) // width
