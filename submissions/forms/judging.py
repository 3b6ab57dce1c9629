"""What an organiser types of criteria, prizes and how the call is judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from pydantic import Field, model_validator

from foundation.forms import Form, FormError
from foundation.text import _
from submissions.values import Criterion, JudgingRules, JuryGroup, Level, Prize, PrizePools, TiePolicy


class LevelRow(Form):
    """A level of a criterion's rubric: from which mark on, its name, what it asks. An empty row is none."""

    lowest: Decimal | None = None
    name: str = Field("", max_length=20)
    text: str = Field("", max_length=1000)

    @model_validator(mode="after")
    def _begins_somewhere(self) -> LevelRow:
        if self.lowest is None and (self.name or self.text):
            raise FormError(_("请填写这一档从多少分起。"))
        return self


class CriterionRow(Form):
    """A scoring criterion; `weight` in percent. `tie_place`: where it stands in the tie-break."""

    key: str = Field("", max_length=40)
    name: str = Field("", max_length=40)
    weight: int = 0
    lowest: int = 0
    highest: int = 100
    step: Decimal = Decimal(1)
    rubric: str = Field("", max_length=3000)
    levels: list[LevelRow] = Field(default_factory=list, max_length=30)
    graded: bool = False
    tie_place: int | None = None

    def value(self, key: str) -> Criterion:
        """The criterion, its levels from the lowest up."""
        found = [Level(row.lowest, row.name, row.text) for row in self.levels if row.lowest is not None]
        return Criterion(
            key,
            self.name,
            self.weight,
            self.lowest,
            self.highest,
            self.step,
            self.rubric,
            tuple(sorted(found, key=lambda level: level.lowest)),
            self.graded,
        )


class PrizeRow(Form):
    """A prize; the first row is the highest. Below `threshold` nobody gets it."""

    key: str = Field("", max_length=40)
    name: str = Field("", max_length=40)
    quota: int = 0
    threshold: Decimal | None = None


class GroupRow(Form):
    """A group of jurors; `weight` in percent."""

    key: str = Field("", max_length=40)
    name: str = Field("", max_length=40)
    weight: int = 0


class JudgingFields(Form):
    """The fields of a call's form that say how it is judged."""

    criteria: list[CriterionRow] = Field(default_factory=list, max_length=60)
    prizes: list[PrizeRow] = Field(default_factory=list, max_length=60)
    jury_groups: list[GroupRow] = Field(default_factory=list, max_length=60)
    blind: bool = True
    discussion: bool = False
    extremes_need_comment: bool = False
    tie_policy: TiePolicy = TiePolicy.REPORT
    prize_pools: PrizePools = PrizePools.WHOLE
    prizes_per_unit: int | None = None
    notice_days: int | None = None

    def judging(self, criterion_keys: Sequence[str], group_keys: Sequence[str]) -> JudgingRules:
        """As the rules judge it. Criteria of the same place in the chain follow each other as they stand."""
        chain = [
            (row.tie_place, key)
            for key, row in zip(criterion_keys, self.criteria, strict=True)
            if row.tie_place is not None
        ]
        return JudgingRules(
            blind=self.blind,
            discussion=self.discussion,
            extremes_need_comment=self.extremes_need_comment,
            tie_break=tuple(key for _place, key in sorted(chain, key=lambda pair: pair[0])),
            tie_policy=self.tie_policy,
            jury_groups=tuple(
                JuryGroup(key, row.name, row.weight)
                for key, row in zip(group_keys, self.jury_groups, strict=True)
            ),
            prize_pools=self.prize_pools,
            prizes_per_unit=self.prizes_per_unit,
            notice_days=self.notice_days or 0,
        )


def judging_values(
    criteria: Iterable[Criterion], prizes: Iterable[Prize], judging: JudgingRules
) -> dict[str, Any]:
    """What the form shows of them; levels with the highest on top, as people write rubrics."""
    places = {key: place for place, key in enumerate(judging.tie_break, start=1)}
    return {
        "criteria": [
            {
                "key": each.key,
                "name": each.name,
                "weight": each.weight,
                "lowest": each.lowest,
                "highest": each.highest,
                "step": each.step,
                "rubric": each.rubric,
                "levels": [
                    {"lowest": level.lowest, "name": level.name, "text": level.text}
                    for level in reversed(each.levels)
                ],
                "graded": each.graded,
                "tie_place": places.get(each.key),
            }
            for each in criteria
        ],
        "prizes": [
            {"key": each.key, "name": each.name, "quota": each.quota, "threshold": each.threshold}
            for each in prizes
        ],
        "jury_groups": [
            {"key": each.key, "name": each.name, "weight": each.weight} for each in judging.jury_groups
        ],
        "blind": "yes" if judging.blind else "no",
        "discussion": judging.discussion,
        "extremes_need_comment": judging.extremes_need_comment,
        "tie_policy": judging.tie_policy.value,
        "prize_pools": judging.prize_pools.value,
        "prizes_per_unit": judging.prizes_per_unit,
        "notice_days": judging.notice_days or None,
    }
