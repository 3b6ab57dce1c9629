"""Year over year, where the set has cases of several calls."""

from __future__ import annotations

from casebook.reports.figures import Column, Figure, Measure, Row, percent
from casebook.reports.rules.measures import median
from casebook.reports.values import CallFacts, CaseFacts, Facts
from casebook.research import ChartKind
from foundation.text import _, verbatim


def years(facts: Facts) -> Figure | None:
    """A row a call, the earliest first; None for one call."""
    calls = sorted(facts.calls, key=lambda call: (call.year, call.call_id))
    if len(calls) < 2:
        return None
    rows = [
        _row(call, [case for case in facts.cases if case.call_id == call.call_id], calls) for call in calls
    ]
    return Figure(
        key="years",
        name=_("历次征集"),
        title=_("历次征集的比较"),
        head=_("征集"),
        columns=(
            Column(_("案例")),
            Column(_("参与单位")),
            Column(_("获奖案例")),
            Column(_("有证明材料的比例"), Measure.PERCENT),
            Column(_("篇幅中位数"), Measure.NUMBER),
        ),
        rows=tuple(rows),
        base=len(facts.cases),
        base_name=_("个案例"),
        definition=_("按征集活动比较。各次征集的范围和条件可能不同，请结合通知阅读。"),
        chart=ChartKind.LINE,
        drawn=(0, 1, 2),
        treated=_("结果没有公布的征集，获奖案例不显示。"),
    )


def _row(call: CallFacts, cases: list[CaseFacts], calls: list[CallFacts]) -> Row:
    same_year = [each.call_id for each in calls if each.year == call.year]
    label = f"{call.year}-{same_year.index(call.call_id) + 1}" if len(same_year) > 1 else str(call.year)
    evident = sum(1 for case in cases if case.claims)
    return Row(
        label,
        (
            len(cases),
            len({case.unit_id for case in cases}),
            sum(1 for case in cases if case.awarded) if call.decided else None,
            percent(evident, len(cases)),
            median([case.words for case in cases]),
        ),
        len(cases),
        verbatim(call.title),
    )
