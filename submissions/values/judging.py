"""How a call is judged and its prizes are given; frozen with the other rules once the window opens."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a criterion's rubric: marks from `lowest` up to the next level, its name and what it asks.

    Where the criterion is graded, `lowest` is the mark that the grade stands for.
    """

    lowest: Decimal
    name: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class JuryGroup:
    """A group of jurors (experts, the public) whose mean counts `weight` percent of a case's score."""

    key: str
    name: str
    weight: int


class TiePolicy(StrEnum):
    """What becomes of cases of one rank that do not all fit into a prize.

    REPORT: a person decides, with a reason. EXPAND: all of them get the higher prize. LOWER: none of them
    does; all get the next lower prize.
    """

    REPORT = "report"
    EXPAND = "expand"
    LOWER = "lower"


class PrizePools(StrEnum):
    """Among whom a prize's quota is given: all cases of the call, or each category by itself (each category's
    part of the quota by largest remainder of its ranked cases, Hamilton's method)."""

    WHOLE = "whole"
    BY_CATEGORY = "by_category"


@dataclass(frozen=True, slots=True)
class JudgingRules:
    """What a call announces of its judging, beside criteria, prizes and the standing rule.

    `blind`: jurors read masked copies under numbers; otherwise they see unit and authors. `discussion`: after
    all have handed in, jurors see each other's marks without names and may change their own; both are kept.
    `extremes_need_comment`: a mark in the lowest or highest tenth of a scale needs a word to the jury.
    `tie_break`: criterion keys; between equal scores the higher mean on the first that differs comes first.
    `jury_groups`: for StandingRule.WEIGHTED. `prizes_per_unit`: how many prizes one unit may have, None: no
    limit. `notice_days`: working days of the public notice before awards are final, 0: no notice.
    """

    blind: bool = True
    discussion: bool = False
    extremes_need_comment: bool = False
    tie_break: tuple[str, ...] = ()
    tie_policy: TiePolicy = TiePolicy.REPORT
    jury_groups: tuple[JuryGroup, ...] = ()
    prize_pools: PrizePools = PrizePools.WHOLE
    prizes_per_unit: int | None = None
    notice_days: int = 0


USUAL_JUDGING = JudgingRules()
