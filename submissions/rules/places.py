"""Limits on how many: cases of a unit, cases of a unit in a category, recommendations of a superior."""

from __future__ import annotations

from collections.abc import Mapping

from foundation.text import Text, _
from submissions.values import CallRules


def no_place_left(rules: CallRules, *, category_key: str, taken: Mapping[str, int]) -> Text | None:
    """Why the unit cannot hand in one more, or None. `taken` counts its other cases by category."""
    total = sum(taken.values())
    if rules.cases_per_unit is not None and total >= rules.cases_per_unit:
        return _(
            "每个单位最多提交 %(limit)s 个案例，贵单位已提交 %(count)s 个。撤回其中一个后可以再提交。",
            limit=rules.cases_per_unit,
            count=total,
        )
    category = rules.category(category_key)
    if category is None or category.quota is None or taken.get(category_key, 0) < category.quota:
        return None
    return _(
        "“%(category)s”类每个单位最多提交 %(limit)s 个案例，贵单位已提交 %(count)s 个，请改选类别。",
        category=category.name,
        limit=category.quota,
        count=taken.get(category_key, 0),
    )


def recommendations_allowed(rules: CallRules, *, handed_in_below: int) -> int | None:
    """How many cases one superior may recommend, None without a limit.

    A share is that percentage of the cases handed in below the superior, rounded up (so a share never leaves
    a unit with one case without a recommendation), at least the floor and at most the number, where given.
    It grows with what is handed in; a recommendation that was given stays when it shrinks again.
    """
    if rules.recommendations_share is None:
        return rules.recommendations_per_unit
    share = -(-handed_in_below * rules.recommendations_share // 100)
    allowed = max(share, rules.recommendations_floor)
    return allowed if rules.recommendations_per_unit is None else min(allowed, rules.recommendations_per_unit)


def no_recommendation_left(rules: CallRules, *, given: int, handed_in_below: int) -> Text | None:
    """Why a superior unit cannot recommend one more, or None."""
    limit = recommendations_allowed(rules, handed_in_below=handed_in_below)
    if limit is None or given < limit:
        return None
    return _("贵单位最多推荐 %(limit)s 个案例，名额已用完。撤回一个推荐后可以再推荐。", limit=limit)
