"""What the statistics say: the calibrated standing beside the published one, and how it came about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import Route

from foundation.downloads import download
from foundation.errors import NotFound
from foundation.sheets import FORMATS, Cell, Table
from foundation.text import Text, _
from foundation.web import Rq, get
from judging import queries
from judging.charts import Estimate, IntervalChart, interval_chart
from judging.pages.common import category_names, home, organiser_round, tabs
from judging.statistics.analysis import HELPS, NOT_NEEDED, Analysis
from judging.statistics.location_scale import ReadAudit
from judging.statistics.probabilities import cut_line, pool_places
from judging.statistics.reads import Floats
from judging.statistics.standing import rounded
from judging.values import Standing
from judging.views import RoundView
from judging.views.analysis import AnalysisView
from judging.views.organiser import CaseLine

BASE = "/organise/calls/{call_id}/judging"
DRAWN = 30
"""Cases in the chart at most: those nearest to the cut lines."""
HELD_OUT_AT_ONCE = 6_000
"""Up to so many reads the check on held-out reads is made with the page; above, when it is asked for."""
PAGE = 200

METHODS: dict[str, Text] = {
    "location_scale": _("按宽严、尺度和稳定程度校准"),
    "additive": _("只按宽严校准"),
    "mean": _("平均分（未校准）"),
}


def routes() -> list[Route]:
    return [
        get(BASE + "/calibrated", calibrated),
        get(BASE + "/calibrated.{format}", export),
        get(BASE + "/calibrated/reads.{format}", export_reads),
        get(BASE + "/calibrated/cases/{case_id}", audit),
    ]


def subpages(view: RoundView, current: str) -> list[tuple[str, Text, bool]]:
    """The three pages under the tab."""
    pages = (
        ("/reliability", _("评委与信度")),
        ("/calibrated", _("校准排名")),
        ("/next-reads", _("再评一次最有用")),
    )
    return [(home(view.call) + path, label, path == current) for path, label in pages]


@dataclass(frozen=True, slots=True)
class Line:
    """A case with both places. `chances` are the probabilities of the prizes, from the highest down."""

    case: CaseLine
    published: Standing
    rank: int | None
    score: float | None
    low: float | None
    high: float | None
    chances: tuple[float, ...]
    borderline: bool


def lines_of(found: AnalysisView) -> list[Line]:
    """All cases that the organiser may see, by the published standing."""
    rows = []
    prizes = found.board.round.call.rules.prizes
    for standing in found.board.rows:
        estimate = found.analysis.calibrated.cases.get(standing.case_id) if found.analysis else None
        chances = found.analysis.probabilities.get(standing.case_id, {}) if found.analysis else {}
        rows.append(
            Line(
                case=found.cases[standing.case_id],
                published=standing,
                rank=estimate.rank if estimate else None,
                score=estimate.score if estimate else None,
                low=estimate.low if estimate else None,
                high=estimate.high if estimate else None,
                chances=tuple(chances.get(prize.key, 0.0) for prize in prizes) if chances else (),
                borderline=found.analysis is not None and found.analysis.borderline(standing.case_id),
            )
        )
    return rows


def calibrated(rq: Rq) -> Response:
    """The calibrated standing beside the published rule, with intervals and probabilities."""
    actor, view = organiser_round(rq)
    found = queries.analysis(rq.db, actor, view)
    category = rq.query("category")
    lines = [line for line in lines_of(found) if not category or line.case.category_key == category]
    if rq.query("order") == "calibrated":
        lines.sort(key=lambda line: (line.rank is None, line.rank or 0, line.case.label))
    pages = max(1, -(-len(lines) // PAGE))
    typed = rq.query("page")
    page = min(pages, max(1, int(typed))) if typed.isdecimal() and len(typed) < 6 else 1
    return rq.render(
        "judging/calibrated.html",
        round=view,
        tabs=tabs(view, "/reliability"),
        subpages=subpages(view, "/calibrated"),
        found=found,
        lines=lines[(page - 1) * PAGE : page * PAGE],
        page=page,
        pages=pages,
        open_cases=sum(1 for line in lines if line.borderline),
        moved=sum(1 for line in lines if _moved(found, line)),
        category=category,
        order=rq.query("order"),
        names=category_names(view.call),
        chart=_chart(found, category) if found.analysis else None,
        method=METHODS[found.analysis.calibrated.method] if found.analysis else None,
        proof=proof(found.analysis, asked=rq.query("check") == "yes") if found.analysis else None,
    )


def _moved(found: AnalysisView, line: Line) -> bool:
    """Whether the calibrated place would be on the other side of the lowest cut; only where all cases compete
    together is a place a place."""
    places = sum(prize.quota for prize in found.board.round.call.rules.prizes)
    if len(found.pools.cuts) > 1 or line.rank is None or line.published.rank is None:
        return False
    return (line.rank <= places) != (line.published.rank <= places)


@dataclass(frozen=True, slots=True)
class Proof:
    """What the check on held-out reads says in words; `ratio` None: not known, `waiting`: not asked for."""

    ratio: float | None
    sentence: Text
    kind: str
    waiting: bool = False


def proof(analysis: Analysis, *, asked: bool) -> Proof:
    """Whether calibration helps on these very reads."""
    if len(analysis.reads) > HELD_OUT_AT_ONCE and not asked:
        sentence = _("评分很多，检验校准是否有用需要一些时间。")
        return Proof(None, sentence, "info", waiting=True)
    ratio = analysis.calibrated.held_out_ratio
    if ratio is None:
        return Proof(None, _("评分太少，还无法检验校准是否有用。"), "info")
    better = f"{abs(1 - ratio) * 100:.1f}"
    if ratio <= HELPS:
        sentence = _(
            "校准有用：每次留出一部分评分，用其余评分来预测，考虑评委差异后误差减小 %(better)s%%。",
            better=better,
        )
        return Proof(ratio, sentence, "ok")
    if ratio <= NOT_NEEDED:
        sentence = _(
            "校准略有帮助：用其余评分预测留出的评分，考虑评委差异后误差减小 %(better)s%%。", better=better
        )
        return Proof(ratio, sentence, "info")
    return Proof(
        ratio,
        _("不需要校准：考虑评委差异之后，对留出评分的预测并没有变好，各位评委的尺度相近。"),
        "info",
    )


def _chart(found: AnalysisView, category: str) -> IntervalChart | None:
    """The cases nearest to the cut lines, best first; in the category asked for where each has its own."""
    analysis = found.analysis
    if analysis is None or analysis.calibrated.sd is None:
        return None
    model = analysis.calibrated
    places = pool_places(model, found.pools.of_case)
    key = category if category in places else next(iter(sorted(places)), "")
    if key not in places:
        return None
    lines = _cut_lines(found, key, model.theta[places[key]], analysis.calibrated.sd[places[key]])
    shown = [
        (case_id, model.cases[case_id])
        for case_id in (model.table.case_ids[place] for place in places[key])
        if case_id in found.cases and (not category or found.cases[case_id].category_key == category)
    ]
    shown.sort(key=lambda pair: min((abs(pair[1].score - at) for at, _name in lines), default=0.0))
    shown = sorted(shown[:DRAWN], key=lambda pair: (-pair[1].score, found.cases[pair[0]].label))
    return interval_chart(
        [
            Estimate(
                found.cases[case_id].label,
                each.low if each.low is not None else each.score,
                each.score,
                each.high if each.high is not None else each.score,
                marked=analysis.borderline(case_id),
            )
            for case_id, each in shown
        ],
        lines,
    )


def _cut_lines(found: AnalysisView, key: str, theta: Floats, sd: Floats) -> list[tuple[float, str]]:
    names = {prize.key: prize.name for prize in found.board.round.call.rules.prizes}
    lines = []
    total = 0
    for cut in found.pools.cuts.get(key, ()):
        total += cut.places
        if cut.places and total < len(theta):
            lines.append((cut_line(theta, sd, total), names[cut.prize_key]))
    return lines


def audit(rq: Rq) -> Response:
    """One case, read by read: what was marked, what was done to it, and what it counts."""
    actor, view = organiser_round(rq)
    found = queries.analysis(rq.db, actor, view)
    line = found.cases.get(rq.path("case_id"))
    if line is None:
        raise NotFound
    reads = audit_rows(found.analysis, line.case_id)
    return rq.render(
        "judging/calibrated_case.html",
        round=view,
        tabs=tabs(view, "/reliability"),
        found=found,
        line=next(each for each in lines_of(found) if each.case.case_id == line.case_id),
        reads=reads,
        prizes=view.call.rules.prizes,
        method=METHODS[found.analysis.calibrated.method] if found.analysis else None,
        names=category_names(view.call),
        home=home(view.call),
        rounded=rounded,
    )


def audit_rows(analysis: Analysis | None, case_id: str) -> Sequence[ReadAudit]:
    """The reads of one case, heaviest first."""
    if analysis is None:
        return ()
    rows = [read for read in analysis.calibrated.reads if read.case_id == case_id]
    return sorted(rows, key=lambda read: (-read.weight, read.juror_id))


def _format(rq: Rq) -> str:
    if rq.path("format") not in FORMATS:
        raise NotFound
    return rq.path("format")


def export(rq: Rq) -> Response:
    """The calibrated standing as Excel or CSV."""
    actor, view = organiser_round(rq)
    found = queries.analysis(rq.db, actor, view)
    heads = [
        _("公布名次"), _("评审号"), _("标题"), _("单位"), _("类别"), _("公布得分"),
        _("校准名次"), _("校准得分"), _("90% 区间下限"), _("90% 区间上限"),
        *(_("%(prize)s概率", prize=prize.name) for prize in view.call.rules.prizes),
        _("边界案例"), _("有效评分数"), _("校准方法"),
    ]  # fmt: skip
    return download(Table(f"calibrated-{view.call.slug}", heads, _lines(found, view)), _format(rq))


def _lines(found: AnalysisView, view: RoundView) -> Iterator[list[Cell]]:
    names = category_names(view.call)
    method = METHODS[found.analysis.calibrated.method] if found.analysis else None
    for line in lines_of(found):
        yield [
            line.published.rank,
            line.case.label,
            line.case.title,
            line.case.unit_name,
            names.get(line.case.category_key, ""),
            line.published.shown,
            line.rank,
            line.score,
            *(None if end is None else round(end, 4) for end in (line.low, line.high)),
            *(line.chances or (None for _prize in view.call.rules.prizes)),
            _("是") if line.borderline else "",
            line.published.reads,
            method,
        ]


def export_reads(rq: Rq) -> Response:
    """The audit sheet of all cases: one line a read."""
    actor, view = organiser_round(rq)
    found = queries.analysis(rq.db, actor, view)
    heads = [
        _("评审号"), _("标题"), _("评委"), _("评分"), _("评委宽严"), _("评委尺度"), _("权重"),
        _("校准后的评分"),
    ]  # fmt: skip
    return download(Table(f"calibrated-reads-{view.call.slug}", heads, _audit_lines(found)), _format(rq))


def _audit_lines(found: AnalysisView) -> Iterator[list[Cell]]:
    if found.analysis is None:
        return
    for read in sorted(
        (read for read in found.analysis.calibrated.reads if read.case_id in found.cases),
        key=lambda read: (found.cases[read.case_id].label, -read.weight, read.juror_id),
    ):
        line = found.cases[read.case_id]
        figures = (read.mark, read.severity, read.spread, read.weight, read.adjusted)
        yield [
            line.label,
            line.title,
            found.juror_names.get(read.juror_id, ""),
            *(round(figure, 4) for figure in figures),
        ]
