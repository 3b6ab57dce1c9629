"""What an organiser sends about a call."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from pydantic import Field

from foundation.audience import Audience
from foundation.forms import Form
from submissions.forms.judging import CriterionRow, GroupRow, JudgingFields, PrizeRow, judging_values
from submissions.forms.rows import ROW_GROUPS
from submissions.rules.windows import from_wall_clock, known_zone
from submissions.values import (
    USUAL_CONFLICTS,
    USUAL_FILES,
    CallProposal,
    CallRules,
    CallView,
    Category,
    ConflictRule,
    EarlierAwards,
    Eligibility,
    FileKind,
    FileRules,
    Part,
    Prize,
    StandingRule,
)


class CategoryRow(Form):
    """A category; without a key it gets one. `closes_at` is its own deadline, where it has one."""

    key: str = Field("", max_length=40)
    name: str = Field("", max_length=40)
    quota: int | None = None
    closes_at: datetime | None = None


class PartRow(Form):
    """A required part; `headings` are other headings that begin it, between commas."""

    key: str = Field("", max_length=40)
    name: str = Field("", max_length=40)
    headings: str = Field("", max_length=500)
    lowest: int | None = None
    highest: int | None = None

    def accepted(self) -> tuple[str, ...]:
        """The other headings one by one."""
        words = (each.strip() for each in re.split("[、，,；;\n]", self.headings))
        return tuple(dict.fromkeys(each for each in words if each))


class CallForm(JudgingFields):
    """A call as an organiser types it. Times without a zone are those of a clock in `timezone`."""

    title: str = Field("", max_length=300)
    theme: str = Field("", max_length=300)
    slug: str = Field("", max_length=60)
    notice_html: str = Field("", max_length=200_000)
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    timezone: str = Field("Asia/Shanghai", max_length=60)
    categories: list[CategoryRow] = Field(default_factory=list, max_length=60)
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
    recommendations_share: int | None = None
    recommendations_floor: int | None = None
    needs_check: bool = False
    needs_evidence: bool = False
    copyright_text: str = Field("", max_length=4000)
    parts: list[PartRow] = Field(default_factory=list, max_length=60)
    unit_kinds: list[str] = Field(default_factory=list, max_length=30)
    practice_earliest: date | None = None
    practice_latest: date | None = None
    practice_months: int | None = None
    earlier_awards: EarlierAwards = EarlierAwards.ALLOWED
    file_kinds: list[FileKind] = Field(default_factory=lambda: list(FileKind), max_length=30)
    file_size_highest: int = USUAL_FILES.size_highest
    file_number_highest: int = USUAL_FILES.number_highest
    file_total_highest: int | None = None
    conflicts: list[ConflictRule] = Field(default_factory=lambda: list(USUAL_CONFLICTS), max_length=30)
    library_audience: Audience = Audience.PUBLIC
    shows_recommenders: bool = False
    change_reason: str = Field("", max_length=4000)

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
                Category(key, row.name, row.quota, _instant(row.closes_at, self.timezone))
                for key, row in zip(keys["categories"], self.categories, strict=True)
            ),
            criteria=tuple(row.value(key) for key, row in zip(keys["criteria"], self.criteria, strict=True)),
            prizes=tuple(
                Prize(key, row.name, row.quota, row.threshold)
                for key, row in zip(keys["prizes"], self.prizes, strict=True)
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
            needs_evidence=self.needs_evidence,
            recommendations_per_unit=self.recommendations_per_unit,
            recommendations_share=self.recommendations_share,
            recommendations_floor=self.recommendations_floor or 0,
            copyright_text=self.copyright_text,
            parts=tuple(
                Part(key, row.name, row.accepted(), row.lowest, row.highest)
                for key, row in zip(keys["parts"], self.parts, strict=True)
            ),
            eligibility=Eligibility(
                unit_kinds=tuple(dict.fromkeys(self.unit_kinds)),
                practice_earliest=self.practice_earliest,
                practice_latest=self.practice_latest,
                practice_months=self.practice_months,
                earlier_awards=self.earlier_awards,
            ),
            files=FileRules(
                kinds=tuple(each for each in FileKind if each in self.file_kinds),
                size_highest=self.file_size_highest,
                number_highest=self.file_number_highest,
                total_highest=self.file_total_highest,
            ),
            conflicts=tuple(each for each in ConflictRule if each in self.conflicts),
            judging=self.judging(keys["criteria"], keys["jury_groups"]),
            library_audience=self.library_audience,
            shows_recommenders=self.shows_recommenders,
        )


class QuestionForm(Form):
    """A question and its answer."""

    question: str = ""
    answer: str = ""


class ExtensionForm(Form):
    """A later deadline; `extension_unit` empty is for all units, `extension_category` for all categories."""

    extension_unit: str = Field("", max_length=20)
    extension_category: str = Field("", max_length=40)
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
            {"key": each.key, "name": each.name, "quota": each.quota, "closes_at": each.closes_at}
            for each in rules.categories
        ],
        "parts": [
            {
                "key": each.key,
                "name": each.name,
                "headings": "、".join(each.headings),
                "lowest": each.lowest,
                "highest": each.highest,
            }
            for each in rules.parts
        ],
        **judging_values(rules.criteria, rules.prizes, rules.judging),
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
        "needs_evidence": rules.needs_evidence,
        "recommendations_share": rules.recommendations_share,
        "recommendations_floor": rules.recommendations_floor or None,
        "copyright_text": rules.copyright_text,
        "unit_kinds": list(rules.eligibility.unit_kinds),
        "practice_earliest": rules.eligibility.practice_earliest,
        "practice_latest": rules.eligibility.practice_latest,
        "practice_months": rules.eligibility.practice_months,
        "earlier_awards": rules.eligibility.earlier_awards.value,
        "file_kinds": [each.value for each in rules.files.kinds],
        "file_size_highest": rules.files.size_highest,
        "file_number_highest": rules.files.number_highest,
        "file_total_highest": rules.files.total_highest,
        "conflicts": [each.value for each in rules.conflicts],
        "library_audience": rules.library_audience.value,
        "shows_recommenders": rules.shows_recommenders,
    }


def _instant(typed: datetime | None, zone: str) -> datetime | None:
    if typed is None or typed.tzinfo is not None:
        return typed
    return from_wall_clock(typed, zone if known_zone(zone) else "UTC")


def _keys(rows: Iterable[CategoryRow | CriterionRow | PrizeRow | PartRow | GroupRow]) -> list[str]:
    """The rows' keys; a new row gets the first free one."""
    given = [row.key for row in rows]
    taken = set(given)
    free = (f"k{number}" for number in range(1, 1000) if f"k{number}" not in taken)
    return [key or next(free) for key in given]
