"""Scores by criterion: spreads over cases of calls whose results are public; no single read, no juror."""

from __future__ import annotations

from casebook.reports.figures import Column, Figure, Measure, Row, Small
from casebook.reports.rules.measures import five_numbers
from casebook.reports.values import Facts
from casebook.research import ChartKind
from foundation.text import _


def scores(facts: Facts) -> Figure | None:
    """Five numbers a criterion, in percent of its highest mark; None where nothing is public."""
    by_criterion: dict[str, list[float]] = {}
    for case in facts.cases:
        for criterion, value in case.scores:
            by_criterion.setdefault(criterion, []).append(value)
    if not by_criterion:
        return None
    marked = sum(1 for case in facts.cases if case.scores)
    return Figure(
        key="scores",
        name=_("评分"),
        title=_("各评分标准的得分分布"),
        head=_("评分标准"),
        columns=(
            Column(_("最低"), Measure.PERCENT),
            Column(_("下四分位"), Measure.PERCENT),
            Column(_("中位数"), Measure.PERCENT),
            Column(_("上四分位"), Measure.PERCENT),
            Column(_("最高"), Measure.PERCENT),
            Column(_("案例")),
        ),
        rows=tuple(
            Row(name, (*five_numbers(values), len(values)), len(values))
            for name, values in by_criterion.items()
        ),
        base=marked,
        base_name=_("个有评分的案例"),
        definition=_(
            "每个案例先取计入总分的各份评分的平均，换算成该项满分的百分数；名称相同的标准合在一起。"
            "只统计结果已经公布的征集，不涉及任何一位评委。"
        ),
        chart=ChartKind.BOX,
        drawn=(0, 1, 2, 3, 4),
        missing=len(facts.cases) - marked,
        treated=_("没有进入评审、评分不足或结果没有公布的案例不计入。"),
        small=Small.DROP,
    )
