"""The numbers that sentences of a report may name."""

from __future__ import annotations

from casebook.reports.figures import Measure, Number, percent
from casebook.reports.rules.measures import median
from casebook.reports.rules.participation import could, units_of
from casebook.reports.values import Facts
from foundation.text import _


def numbers(facts: Facts) -> tuple[Number, ...]:
    """All of them, in the order in which they are offered."""
    cases = facts.cases
    total = len(cases)
    units, directory = units_of(facts), could(facts)
    won = [case for case in cases if case.awarded]
    decided = {call.call_id for call in facts.calls if call.decided}
    judged = [case for case in cases if case.call_id in decided]
    timed = [case.days_before for case in cases if case.days_before is not None]
    evident = sum(1 for case in cases if case.claims)
    pictured = sum(1 for case in cases if case.photos)
    late = sum(1 for days in timed if days < 1)
    regions = {unit.region for unit in units.values()}
    whole = len(directory) or None
    return (
        Number("calls", _("征集次数"), len(facts.calls), len(facts.calls)),
        Number("cases", _("案例数"), total, total),
        Number("units", _("参与单位数"), len(units), len(units)),
        Number("directory", _("名录单位数"), whole, len(directory)),
        Number("participation", _("单位参与率"), percent(len(units), len(directory)), len(directory),
               _PERCENT),
        Number("regions", _("涉及地区数"), len(regions), len(units)),
        Number("awarded", _("获奖案例数"), len(won), total),
        Number("award_share", _("获奖比例"), percent(len([c for c in judged if c.awarded]), len(judged)),
               len(judged), _PERCENT),
        Number("words", _("篇幅中位数"), median([case.words for case in cases]), total, Measure.NUMBER),
        Number("evidence", _("有证明材料的案例数"), evident, total),
        Number("evidence_share", _("有证明材料的比例"), percent(evident, total), total, _PERCENT),
        Number("photo_share", _("有照片的比例"), percent(pictured, total), total, _PERCENT),
        Number("days", _("提前提交天数中位数"), median(timed), len(timed), Measure.NUMBER),
        Number("last_day_share", _("最后一天提交的比例"), percent(late, len(timed)), len(timed), _PERCENT),
        Number("elements", _("每千字具体要素中位数"), median([case.elements for case in cases]), total,
               Measure.NUMBER),
        Number("topics", _("主题数"), len({topic for case in cases for topic in case.topics}), total),
    )  # fmt: skip


_PERCENT = Measure.PERCENT
