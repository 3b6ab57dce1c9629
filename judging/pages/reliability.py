"""How far the jury can be relied on, juror by juror; and where one more read helps most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import Route

from foundation.downloads import download
from foundation.errors import NotFound
from foundation.sheets import FORMATS, Cell, Table
from foundation.text import Text, _, n_
from foundation.web import Rq, get, post, with_query
from judging import queries, service
from judging.charts import Estimate, histogram, interval_chart
from judging.pages.analysis import subpages
from judging.pages.common import category_names, home, organiser_round, tabs
from judging.statistics import flags as limits
from judging.statistics.analysis import Analysis
from judging.statistics.reliability import TARGET, Coefficient
from judging.values import JurorFlag, RoundState
from judging.views import RoundView
from judging.views.analysis import AnalysisView, NextReadsView

BASE = "/organise/calls/{call_id}/judging"
RELIABLE, TENTATIVE = 0.8, 0.667
"""Krippendorff's lines: reliable, and good enough for tentative conclusions."""
BUDGET = 20
MOST_BUDGET = 2_000

FLAGS: Mapping[JurorFlag, Text] = {
    JurorFlag.SEVERE: _("偏严"),
    JurorFlag.LENIENT: _("偏宽"),
    JurorFlag.NARROW: _("拉不开差距"),
    JurorFlag.ERRATIC: _("与他人出入大"),
    JurorFlag.UNCORRELATED: _("与他人不相关"),
    JurorFlag.IDENTICAL: _("分数雷同"),
    JurorFlag.FAST: _("评得过快"),
    JurorFlag.HALO: _("各项同高同低"),
}
CAREFUL = (JurorFlag.UNCORRELATED, JurorFlag.IDENTICAL, JurorFlag.FAST)
"""What may be carelessness: shown in red; the others are differences that calibration takes care of."""


def routes() -> list[Route]:
    return [
        get(BASE + "/reliability", reliability),
        get(BASE + "/reliability.{format}", export),
        get(BASE + "/next-reads", next_reads),
        get(BASE + "/next-reads.{format}", export_next),
        post(BASE + "/next-reads", assign, again=next_reads),
    ]


@dataclass(frozen=True, slots=True)
class Reading:
    """A coefficient in words."""

    found: Coefficient | None
    sentence: Text


def reading(found: Coefficient | None) -> Reading:
    """What the agreement of single reads says."""
    if found is None:
        return Reading(None, _("评分太少，还算不出来。"))
    if found.value >= RELIABLE:
        return Reading(found, _("评委之间一致程度高，结果可靠。"))
    if found.value >= TENTATIVE:
        return Reading(found, _("评委之间大体一致，边界附近的名次要谨慎。"))
    return Reading(found, _("评委之间分歧较大，单看一次评分不可靠，要靠多次评审和校准。"))


def reading_of_mean(found: Coefficient | None) -> Reading:
    """What the reliability of the means says."""
    if found is None:
        return Reading(None, _("评分太少，还算不出来。"))
    if found.value >= RELIABLE:
        return Reading(found, _("取平均之后，名次可靠。"))
    if found.value >= TENTATIVE:
        return Reading(found, _("取平均之后大体可靠，边界附近的名次要谨慎。"))
    return Reading(found, _("取平均之后仍不够可靠，边界附近的案例最好再评一次。"))


def reliability(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    found = queries.analysis(rq.db, actor, view)
    rules = view.call.rules
    analysis = found.analysis
    return rq.render(
        "judging/reliability.html",
        round=view,
        tabs=tabs(view, "/reliability"),
        subpages=subpages(view, "/reliability"),
        found=found,
        analysis=analysis,
        flags=FLAGS,
        careful=CAREFUL,
        limits=limits,
        target=TARGET,
        readings={
            "alpha": reading(analysis.agreement.alpha),
            "icc_single": reading(analysis.agreement.icc_single),
            "icc_mean": reading_of_mean(analysis.agreement.icc_mean),
        }
        if analysis
        else {},
        severity=_severity_chart(found, analysis) if analysis else None,
        marks=histogram(
            [read.value for read in analysis.reads],
            min(criterion.lowest for criterion in rules.criteria),
            found.board.full_score,
        )
        if analysis
        else None,
        favours=_favours(found),
    )


def _severity_chart(found: AnalysisView, analysis: Analysis) -> object:
    ordered = sorted(analysis.figures, key=lambda each: (-each.severity.value, each.juror_id))
    return interval_chart(
        [
            Estimate(
                found.juror_names.get(each.juror_id, ""),
                each.severity.low,
                each.severity.value,
                each.severity.high,
                marked=bool({JurorFlag.SEVERE, JurorFlag.LENIENT} & set(each.flags)),
            )
            for each in ordered
        ],
        [(0.0, "")],
    )


def _favours(found: AnalysisView) -> list[object]:
    """The hints about units whose cases the organiser may see, and about regions."""
    if found.analysis is None:
        return []
    units = {line.unit_id for line in found.cases.values()}
    return [hint for hint in found.analysis.favours.hints if hint.is_region or hint.place_id in units]


def _format(rq: Rq) -> str:
    if rq.path("format") not in FORMATS:
        raise NotFound
    return rq.path("format")


def export(rq: Rq) -> Response:
    """The jurors' figures as Excel or CSV."""
    actor, view = organiser_round(rq)
    found = queries.analysis(rq.db, actor, view)
    heads = [
        _("评委"), _("有效评分数"), _("宽严"), _("宽严下限"), _("宽严上限"),
        _("尺度"), _("尺度下限"), _("尺度上限"), _("波动"), _("加权拟合"), _("未加权拟合"),
        _("与他人相关"), _("同分占比"), _("评分标准差"), _("用时中位数（秒）"), _("各项相关"), _("提示"),
    ]  # fmt: skip
    return download(Table(f"reliability-{view.call.slug}", heads, _jurors(found)), _format(rq))


def _jurors(found: AnalysisView) -> Iterator[list[Cell]]:
    for each in found.analysis.figures if found.analysis else ():
        figures = (
            each.severity.value, each.severity.low, each.severity.high,
            each.spread.value, each.spread.low, each.spread.high,
            each.noise, each.infit, each.outfit, each.correlation, each.same_share, each.deviation,
            each.seconds, each.halo,
        )  # fmt: skip
        yield [
            found.juror_names.get(each.juror_id, ""),
            each.reads,
            *(None if figure is None else round(figure, 4) for figure in figures),
            "、".join(str(FLAGS[flag]) for flag in each.flags),
        ]


# --- where one more read helps ----------------------------------------------------------------------


def _budget(rq: Rq) -> int:
    typed = (rq.field("budget") if rq.form else rq.query("budget")).strip()
    if typed.isascii() and typed.isdigit() and len(typed) < 7:
        return min(MOST_BUDGET, max(1, int(typed)))
    return BUDGET


def next_reads(rq: Rq) -> Response:
    """The list for a budget, with boxes; nothing is assigned by looking."""
    actor, view = organiser_round(rq)
    budget = _budget(rq)
    chosen = queries.next_reads(rq.db, actor, view, budget=budget)
    return rq.render(
        "judging/next_reads.html",
        round=view,
        tabs=tabs(view, "/reliability"),
        subpages=subpages(view, "/next-reads"),
        found=chosen.found,
        reads=chosen.reads,
        juror_names=chosen.names,
        loads=chosen.loads,
        load_limits=chosen.limits,
        budget=budget,
        most=max((read.gain for read in chosen.reads), default=1.0) or 1.0,
        posted=set(rq.form.getlist("pairs")) if rq.problem else None,
        names=category_names(view.call),
        open=view.state is RoundState.OPEN,
    )


def assign(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    pairs = [
        (case_id, juror_id)
        for case_id, mark, juror_id in (str(each).partition(":") for each in rq.form.getlist("pairs"))
        if mark
    ]
    count = service.assign_next_reads(rq.db, actor=actor, now=rq.now, round_id=view.id, pairs=pairs)
    return rq.redirect(
        with_query(home(view.call) + "/next-reads", budget=str(_budget(rq))),
        n_("已分配 %(n)s 次评审。", "已分配 %(n)s 次评审。", count),
    )


def export_next(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    chosen = queries.next_reads(rq.db, actor, view, budget=_budget(rq))
    heads = [_("序号"), _("评审号"), _("标题"), _("类别"), _("评委"), _("预期收益"), _("评委现有份数")]
    return download(Table(f"next-reads-{view.call.slug}", heads, _next(chosen, view)), _format(rq))


def _next(chosen: NextReadsView, view: RoundView) -> Iterator[list[Cell]]:
    names = category_names(view.call)
    for number, read in enumerate(chosen.reads, start=1):
        line = chosen.found.cases[read.case_id]
        yield [
            number,
            line.label,
            line.title,
            names.get(line.category_key, ""),
            chosen.names.get(read.juror_id, ""),
            read.gain,
            chosen.loads.get(read.juror_id, 0),
        ]
