"""Who presents when: turns go round in the roster's order; who is away is passed over and keeps his place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from search.teaching.sessions.values import PresenterView


def turns(roster: Sequence[PresenterView], days: Sequence[date], *, last: str = "") -> list[str]:
    """The presenter's id for each day, "" where everybody is away. `last` had the turn before the first day.

    Who was passed over is the first to be asked for the next day.
    """
    queue = _after(roster, last)
    found = []
    for day in days:
        free = next((each for each in queue if not each.away(day)), None)
        found.append(free.id if free else "")
        if free is not None:
            queue.remove(free)
            queue.append(free)
    return found


def _after(roster: Sequence[PresenterView], last: str) -> list[PresenterView]:
    place = next((index for index, each in enumerate(roster) if each.id == last), -1)
    return [*roster[place + 1 :], *roster[: place + 1]]
