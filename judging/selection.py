"""Which cases go into the next round, and whether its form is one. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from foundation.errors import FieldError
from foundation.text import _
from judging.values import Standing
from submissions.values import Criterion


def best(
    rows: Sequence[Standing], categories: Mapping[str, str], count: int, *, each: bool
) -> tuple[str, ...]:
    """The cases of the `count` best ranks (of each category), with all that share the last of them."""
    pools: dict[str, list[Standing]] = {}
    for row in rows:
        if row.rank is not None:
            pools.setdefault(categories.get(row.case_id, "") if each else "", []).append(row)
    found: list[str] = []
    for pool in pools.values():
        ranks = sorted(row.rank or 0 for row in pool)
        last = ranks[min(count, len(ranks)) - 1]
        found.extend(row.case_id for row in pool if (row.rank or 0) <= last)
    return tuple(sorted(found))


def form_errors(criteria: Sequence[Criterion], weights: Mapping[str, int]) -> list[FieldError]:
    """What is wrong with a round's own weights: criterion key -> percent, 0 for one that is not asked."""
    known = {each.key for each in criteria}
    if set(weights) - known:
        return [FieldError("weights", _("请从列出的选项中选择"))]
    if any(not 0 <= weight <= 100 for weight in weights.values()):
        return [FieldError("weights", _("每项权重应在 0 到 100 之间，0 表示本轮不评这一项。"))]
    total = sum(weights.values())
    if total != 100:
        return [FieldError("weights", _("各项权重合计应为 100，现在是 %(total)s。", total=total))]
    return []


def own_weights(criteria: Sequence[Criterion], weights: Mapping[str, int]) -> dict[str, int] | None:
    """The weights as a round keeps them, None where they are those of the call."""
    if all(weights.get(each.key, 0) == each.weight for each in criteria):
        return None
    return {each.key: weights[each.key] for each in criteria if weights.get(each.key)}
