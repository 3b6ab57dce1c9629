"""What an organiser sends about a call."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic import Field

from foundation.forms import Form
from submissions.forms.rows import ROW_GROUPS
from submissions.rules.windows import from_wall_clock, known_zone
from submissions.values import (
    CallProposal,
    CallRules,
    CallView,
    Category,
    Criterion,
    Prize,
    StandingRule,
)


class CategoryRow(Form):
    """A category; without a key it gets one."""

    key: str = Field("", max_length=40)
    name: str = Field("", max_length=40)
    quota: int | None = None


class CriterionRow(Form):
    """A scoring criterion; `weight` in percent."""

    key: str = Field("", max_length=40)
    name: str = Field("", max_length=40)
    weight: int = 0
    lowest: int = 0
    highest: int = 100
    step: Decimal = Decimal(1)
    rubric: str = Field("", max_length=3000)


class PrizeRow(Form):
    """A prize; the first row is the highest."""

    key: str = Field("", max_length=40)
    name: str = Field("", max_length=40)
    quota: int = 0


class CallForm(Form):
    """A call as an organiser types it. Times without a zone are those of a clock in `timezone`."""

    title: str = Field("", max_length=300)
    theme: str = Field("", max_length=300)
    slug: str = Field("", max_length=60)
    notice_html: str = Field("", max_length=200_000)
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    timezone: str = Field("Asia/Shanghai", max_length=60)
    categories: list[CategoryRow] = Field(default_factory=list, max_length=60)
    criteria: list[CriterionRow] = Field(default_factory=list, max_length=60)
    prizes: list[PrizeRow] = Field(default_factory=list, max_length=60)
    standing_rule: StandingRule = StandingRule.MEAN
    cases_per_unit: int | None = None
    words_lowest: int = 0
    words_highest: int = 3000
    title_highest: int = 60
    summary_highest: int = 300
    reads_per_case: int = 3
    pledge_text: str = Field("", max_length=4000)
    needs_recommendation: bool = False
    recommendations_per_unit: int | None = None
    needs_check: bool = False

    def proposal(self) -> CallProposal:
        """As the rules judge it."""
        return CallProposal(
            title=self.title,
            theme=self.theme,
            notice_html=self.notice_html,
            slug=self.slug,
            opens_at=_instant(self.opens_at, self.timezone),
            closes_at=_instant(self.closes_at, self.timezone),
            timezone=self.timezone,
            rules=self.rules(),
        )

    def rules(self) -> CallRules:
        """The rules alone."""
        keys = {group: _keys(getattr(self, group)) for group in ROW_GROUPS}
        return CallRules(
            categories=tuple(
                Category(key, row.name, row.quota)
                for key, row in zip(keys["categories"], self.categories, strict=True)
            ),
            criteria=tuple(
                Criterion(key, row.name, row.weight, row.lowest, row.highest, row.step, row.rubric)
                for key, row in zip(keys["criteria"], self.criteria, strict=True)
            ),
            prizes=tuple(
                Prize(key, row.name, row.quota) for key, row in zip(keys["prizes"], self.prizes, strict=True)
            ),
            standing_rule=self.standing_rule,
            cases_per_unit=self.cases_per_unit,
            words_lowest=self.words_lowest,
            words_highest=self.words_highest,
            pledge_text=self.pledge_text,
            needs_recommendation=self.needs_recommendation,
            reads_per_case=self.reads_per_case,
            title_highest=self.title_highest,
            summary_highest=self.summary_highest,
            needs_check=self.needs_check,
            recommendations_per_unit=self.recommendations_per_unit,
        )


class ExtensionForm(Form):
    """A later deadline; `extension_unit` empty is for all."""

    extension_unit: str = Field("", max_length=20)
    extension_closes_at: datetime | None = None
    extension_reason: str = Field("", max_length=4000)


def values_of(call: CallView | CallProposal) -> dict[str, Any]:
    """What the call form shows for a call: names of fields and their values, rows as lists."""
    rules = call.rules
    return {
        "title": call.title,
        "theme": call.theme,
        "slug": call.slug,
        "notice_html": call.notice_html,
        "opens_at": call.opens_at,
        "closes_at": call.closes_at,
        "timezone": call.timezone,
        "categories": [
            {"key": each.key, "name": each.name, "quota": each.quota} for each in rules.categories
        ],
        "criteria": [
            {
                "key": each.key,
                "name": each.name,
                "weight": each.weight,
                "lowest": each.lowest,
                "highest": each.highest,
                "step": each.step,
                "rubric": each.rubric,
            }
            for each in rules.criteria
        ],
        "prizes": [{"key": each.key, "name": each.name, "quota": each.quota} for each in rules.prizes],
        "standing_rule": rules.standing_rule.value,
        "cases_per_unit": rules.cases_per_unit,
        "words_lowest": rules.words_lowest,
        "words_highest": rules.words_highest,
        "title_highest": rules.title_highest,
        "summary_highest": rules.summary_highest,
        "reads_per_case": rules.reads_per_case,
        "pledge_text": rules.pledge_text,
        "needs_recommendation": rules.needs_recommendation,
        "recommendations_per_unit": rules.recommendations_per_unit,
        "needs_check": rules.needs_check,
    }


def _instant(typed: datetime | None, zone: str) -> datetime | None:
    if typed is None or typed.tzinfo is not None:
        return typed
    return from_wall_clock(typed, zone if known_zone(zone) else "UTC")


def _keys(rows: Iterable[CategoryRow | CriterionRow | PrizeRow]) -> list[str]:
    """The rows' keys; a new row gets the first free one."""
    given = [row.key for row in rows]
    taken = set(given)
    free = (f"k{number}" for number in range(1, 1000) if f"k{number}" not in taken)
    return [key or next(free) for key in given]
