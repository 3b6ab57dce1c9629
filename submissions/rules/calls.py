"""What makes the rules of a call sound, and what may still change once its window has opened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from foundation.errors import FieldError
from foundation.text import Text, _
from submissions.rules.judging import check_judging
from submissions.rules.requirements import check_pledge_text, check_requirements, named_rows
from submissions.rules.windows import known_zone
from submissions.values import CallProposal, CallRules, CallView, Category, Criterion, FieldChange, Prize

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")
RESERVED_SLUGS = frozenset({"new", "preview", "feed", "edit"})
WORDS_CEILING = 100_000
READS_CEILING = 50
MARK_CEILING = 100_000
FINEST_STEP = Decimal("0.0001")
"""Marks are typed with up to four decimals."""


def check_call(proposal: CallProposal) -> tuple[FieldError, ...]:
    """Everything that is wrong with a call, in the order of the form."""
    return (
        *_heading(proposal),
        *_window(proposal),
        *_categories(proposal.rules.categories, proposal.opens_at),
        *_limits(proposal.rules),
        *_recommendations(proposal.rules),
        *check_requirements(proposal.rules),
        *_criteria(proposal.rules.criteria),
        *_prizes(proposal.rules.prizes),
        *check_judging(proposal.rules),
        *check_pledge_text(proposal.rules),
    )


def frozen_changes(call: CallView, proposal: CallProposal, *, now: datetime) -> tuple[FieldError, ...]:
    """What the proposal would change although the window has opened; title, theme and notice stay free."""
    if not is_frozen(call, now=now):
        return ()
    fixed: tuple[tuple[str, object, object], ...] = (
        ("slug", call.slug, proposal.slug),
        ("opens_at", call.opens_at, proposal.opens_at),
        ("closes_at", call.closes_at, proposal.closes_at),
        ("timezone", call.timezone, proposal.timezone),
        ("categories", call.rules.categories, proposal.rules.categories),
        ("criteria", call.rules.criteria, proposal.rules.criteria),
        ("prizes", call.rules.prizes, proposal.rules.prizes),
        ("parts", call.rules.parts, proposal.rules.parts),
        ("rules", _remaining(call.rules), _remaining(proposal.rules)),
    )
    return tuple(FieldError(field, _frozen(field)) for field, old, new in fixed if old != new)


def is_frozen(call: CallView, *, now: datetime) -> bool:
    """Whether the rules can no longer change, and every change of the wording needs a reason."""
    return call.published_at is not None and now >= call.opens_at


def wording_changes(call: CallView, proposal: CallProposal) -> tuple[FieldChange, ...]:
    """What the proposal words anew: the record that everybody may read afterwards."""
    worded = (
        ("title", call.title, proposal.title),
        ("theme", call.theme, proposal.theme),
        ("notice_html", call.notice_html, proposal.notice_html),
    )
    return tuple(FieldChange(field, before, after) for field, before, after in worded if before != after)


def _frozen(field: str) -> Text:
    if field == "closes_at":
        return _("征集已经开始，截止时间只能通过“延长截止时间”更改，并需写明理由。")
    return _("征集已经开始，规则不能再更改。仍可修改标题、主题和通知正文。")


def _remaining(rules: CallRules) -> CallRules:
    """The rules without those that have a field of their own above."""
    return replace(rules, categories=(), criteria=(), prizes=(), parts=())


def _heading(proposal: CallProposal) -> list[FieldError]:
    found = []
    if not proposal.title:
        found.append(FieldError("title", _("请填写征集活动的标题。")))
    elif len(proposal.title) > 100:
        found.append(
            FieldError(
                "title",
                _(
                    "标题不能超过 %(limit)s 个字，现在是 %(count)s 个字。",
                    limit=100,
                    count=len(proposal.title),
                ),
            )
        )
    if not _SLUG.fullmatch(proposal.slug) or proposal.slug in RESERVED_SLUGS:
        found.append(
            FieldError("slug", _("网址名称只能用小写英文字母、数字和连字符，如 2026-branch-cases。"))
        )
    if not proposal.notice_html.strip():
        found.append(FieldError("notice_html", _("请填写征集通知的正文。")))
    return found


def _window(proposal: CallProposal) -> list[FieldError]:
    found = []
    if not known_zone(proposal.timezone):
        found.append(FieldError("timezone", _("没有这个时区，请从列表中选择。")))
    if proposal.opens_at is None:
        found.append(FieldError("opens_at", _("请填写征集开始的日期和时间。")))
    if proposal.closes_at is None:
        found.append(FieldError("closes_at", _("请填写征集截止的日期和时间。")))
    elif proposal.opens_at is not None and proposal.closes_at <= proposal.opens_at:
        found.append(FieldError("closes_at", _("截止时间必须晚于开始时间。")))
    return found


def _categories(rows: Sequence[Category], opens_at: datetime | None) -> list[FieldError]:
    if not rows:
        return [FieldError("categories-0-name", _("请至少设一个类别。"))]
    found = named_rows("categories", [(each.key, each.name) for each in rows])
    found.extend(
        FieldError(f"categories-{index}-closes_at", _("这个类别的截止时间必须晚于征集开始的时间。"))
        for index, each in enumerate(rows)
        if each.closes_at is not None and opens_at is not None and each.closes_at <= opens_at
    )
    found.extend(
        FieldError(f"categories-{index}-quota", _("名额必须是大于 0 的整数；不限名额请留空。"))
        for index, each in enumerate(rows)
        if each.quota is not None and each.quota < 1
    )
    return found


def _limits(rules: CallRules) -> list[FieldError]:
    bounds: tuple[tuple[str, int | None, Text], ...] = (
        ("cases_per_unit", rules.cases_per_unit, _("每单位案例数必须是大于 0 的整数；不限请留空。")),
        (
            "recommendations_per_unit",
            rules.recommendations_per_unit,
            _("推荐名额必须是大于 0 的整数；不限请留空。"),
        ),
        ("title_highest", rules.title_highest, _("标题字数上限必须是大于 0 的整数。")),
        ("summary_highest", rules.summary_highest, _("摘要字数上限必须是大于 0 的整数。")),
        ("reads_per_case", rules.reads_per_case, _("每个案例的评阅人数必须是大于 0 的整数。")),
    )
    found = [
        FieldError(field, message) for field, value, message in bounds if value is not None and value < 1
    ]
    if rules.reads_per_case > READS_CEILING:
        sentence = _("每个案例的评阅人数不能超过 %(ceiling)s。", ceiling=READS_CEILING)
        found.append(FieldError("reads_per_case", sentence))
    if rules.words_lowest < 0:
        found.append(FieldError("words_lowest", _("正文字数下限不能小于 0。")))
    if not max(rules.words_lowest, 1) <= rules.words_highest <= WORDS_CEILING:
        sentence = _("正文字数上限必须不小于下限，并且不超过 %(ceiling)s。", ceiling=WORDS_CEILING)
        found.append(FieldError("words_highest", sentence))
    return found


def _recommendations(rules: CallRules) -> list[FieldError]:
    found = []
    share, floor, number = (
        rules.recommendations_share,
        rules.recommendations_floor,
        rules.recommendations_per_unit,
    )
    if share is not None and not 1 <= share <= 100:
        found.append(FieldError("recommendations_share", _("推荐比例必须是 1 到 100 之间的整数（百分数）。")))
    if floor < 0:
        found.append(FieldError("recommendations_floor", _("保底名额不能小于 0。")))
    elif floor and share is None:
        sentence = _("保底名额只在按比例推荐时使用，请填写推荐比例，或清空保底名额。")
        found.append(FieldError("recommendations_floor", sentence))
    elif floor and number is not None and floor > number:
        found.append(FieldError("recommendations_floor", _("保底名额不能超过推荐名额。")))
    return found


def _criteria(rows: Sequence[Criterion]) -> list[FieldError]:
    if not rows:
        return [FieldError("criteria-0-name", _("请至少设一条评分标准。"))]
    found = named_rows("criteria", [(each.key, each.name) for each in rows])
    for index, each in enumerate(rows):
        if each.weight < 1:
            found.append(FieldError(f"criteria-{index}-weight", _("权重必须是大于 0 的整数（百分数）。")))
        if max(abs(each.lowest), abs(each.highest)) > MARK_CEILING:
            sentence = _("分数的绝对值不能超过 %(ceiling)s。", ceiling=MARK_CEILING)
            found.append(FieldError(f"criteria-{index}-highest", sentence))
        elif each.highest <= each.lowest:
            found.append(FieldError(f"criteria-{index}-highest", _("最高分必须大于最低分。")))
        elif each.step < FINEST_STEP or (each.highest - each.lowest) % each.step != 0:
            found.append(
                FieldError(f"criteria-{index}-step", _("分值间隔必须大于 0，并能整除最高分与最低分之差。"))
            )
    total = sum(each.weight for each in rows)
    if total != 100:
        sentence = _("各条评分标准的权重之和必须是 100%%，现在是 %(total)s%%。", total=total)
        found.append(FieldError("criteria-0-weight", sentence))
    return found


def _prizes(rows: Sequence[Prize]) -> list[FieldError]:
    if not rows:
        return [FieldError("prizes-0-name", _("请至少设一个奖项。"))]
    found = named_rows("prizes", [(each.key, each.name) for each in rows])
    found.extend(
        FieldError(f"prizes-{index}-quota", _("获奖名额必须是大于 0 的整数。"))
        for index, each in enumerate(rows)
        if each.quota < 1
    )
    return found
