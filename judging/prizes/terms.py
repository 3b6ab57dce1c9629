"""What the prizes are given by, beside the standings and the quotas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from judging.values import Standing
from submissions.values import CallRules, JudgingRules, PrizePools


@dataclass(frozen=True, slots=True)
class Terms:
    """How a call gives its prizes, and the categories and units of the cases that it is asked about.

    `categories` are the call's, in their announced order.
    """

    judging: JudgingRules = field(default_factory=JudgingRules)
    categories: tuple[str, ...] = ()
    category_of: Mapping[str, str] = field(default_factory=dict)
    unit_of: Mapping[str, str] = field(default_factory=dict)

    def pool_of(self, case_id: str) -> str:
        """The category in which the case competes, "" where all compete together."""
        if self.judging.prize_pools is PrizePools.WHOLE:
            return ""
        return self.category_of.get(case_id, "")


def terms(rules: CallRules, category_of: Mapping[str, str], unit_of: Mapping[str, str]) -> Terms:
    """The terms of a call."""
    return Terms(rules.judging, tuple(each.key for each in rules.categories), category_of, unit_of)


def groups(standings: Sequence[Standing]) -> list[tuple[int, tuple[Standing, ...]]]:
    """Eligible cases by rank, best first."""
    ranked = [row for row in standings if row.rank is not None]
    ordered = sorted(ranked, key=lambda row: (row.rank or 0, row.case_id))
    return [(rank or 0, tuple(found)) for rank, found in groupby(ordered, key=lambda row: row.rank)]
