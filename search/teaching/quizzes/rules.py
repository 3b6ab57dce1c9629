"""Drawing questions, counting attempts, ranking units. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from random import Random

from search.teaching.quizzes.values import Attempt, Counting, PersonStanding, UnitStanding

PRECISION = 6
"""Decimals by which averages are compared: floating point makes no ranks."""


def draw(pool: Sequence[str], count: int, seed: str) -> tuple[str, ...]:
    """`count` questions of the pool in an order of their own; the same seed gives the same."""
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8])
    return tuple(Random(number).sample(sorted(pool), min(count, len(pool))))  # noqa: S311  # nothing secret


def counted(attempts: Iterable[Attempt], counting: Counting) -> dict[str, Attempt]:
    """Participant -> the attempt that counts: the first handed in, or the best (of equals the first)."""
    found: dict[str, Attempt] = {}
    done = [each for each in attempts if each.handed_in_at is not None]
    for each in sorted(done, key=lambda each: each.number):
        before = found.get(each.participant_id)
        if before is None or (counting is Counting.BEST and each.share > before.share):
            found[each.participant_id] = each
    return found


def standings(
    units: Mapping[str, str], people: Mapping[str, str], best: Mapping[str, Attempt], smallest: int
) -> list[UnitStanding]:
    """Units by the mean share of right answers of those who took part; equal ones by the share of people who
    did; still equal ones share a rank and the next is left out. A unit with fewer than `smallest` taking part
    has no rank and stands at the end.

    Args:
        units: unit -> name. people: participant -> unit. best: participant -> the attempt that counts.
    """
    lines = [_line(unit_id, name, people, best) for unit_id, name in units.items()]
    ranked = sorted((each for each in lines if each.took_part >= max(smallest, 1)), key=_key)
    unranked = sorted(
        (each for each in lines if each.took_part < max(smallest, 1)), key=lambda each: each.name
    )
    return [*_ranked(ranked), *unranked]


def _line(unit_id: str, name: str, people: Mapping[str, str], best: Mapping[str, Attempt]) -> UnitStanding:
    own = [person for person, unit in people.items() if unit == unit_id]
    shares = [best[person].share for person in own if person in best]
    average = sum(shares) / len(shares) if shares else 0.0
    part = len(shares) / len(own) if own else 0.0
    return UnitStanding(unit_id, name, len(own), len(shares), average, part, None)


def _key(line: UnitStanding) -> tuple[float, float, str]:
    return (-round(line.average, PRECISION), -round(line.part, PRECISION), line.name)


def _ranked(lines: Sequence[UnitStanding]) -> list[UnitStanding]:
    found: list[UnitStanding] = []
    for place, line in enumerate(lines, start=1):
        rank = found[-1].rank if found and _key(found[-1])[:2] == _key(line)[:2] else place
        found.append(
            UnitStanding(line.unit_id, line.name, line.people, line.took_part, line.average, line.part, rank)
        )
    return found


def named(best: Mapping[str, Attempt], names: Mapping[str, tuple[str, str]]) -> list[PersonStanding]:
    """Those who agreed to be named, by right answers; equal ones share a rank.

    Args:
        names: participant -> name and unit; who was deleted is not in it.
    """
    agreed = [each for each in best.values() if each.shows_name and each.participant_id in names]
    ordered = sorted(agreed, key=lambda each: (-each.share, names[each.participant_id]))
    return [
        PersonStanding(
            *names[each.participant_id],
            right=each.right,
            of=len(each.drawn),
            rank=1 + sum(1 for other in ordered if other.share > each.share),
        )
        for each in ordered
    ]
