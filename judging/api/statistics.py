"""The organiser's operations on the statistics: the calibrated standing, the jury's figures, next reads."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, Field

from foundation.api import Operation
from foundation.errors import FieldError, Invalid, Refused
from foundation.forms import Form
from foundation.text import _
from foundation.web import Rq
from judging import queries, service
from judging.values import JurorFigures
from judging.views import RoundView
from submissions import queries as submissions

TAG = "judging"
BASE = "/calls/{call_id}/judging"
BUDGET, MOST_BUDGET = 20, 2_000


class CalibratedReply(BaseModel):
    """One case by both standings. `probabilities`: of each prize by key, empty where none can be given."""

    case_id: str
    label: str
    published_rank: int | None
    published_score: str | None = Field(description="rounded to two decimals")
    rank: int | None = Field(description="by the calibrated score; for information only")
    score: float | None
    sd: float | None
    low: float | None = Field(description="lower end of the 90 % interval")
    high: float | None
    probabilities: dict[str, float]
    borderline: bool
    method: str = Field(description="location_scale, additive or mean; empty without a read")


class JurorFiguresReply(BaseModel):
    """A juror's figures; null where the reads are too few. `flags` are hints for a person, not verdicts."""

    juror_id: str
    name: str
    reads: int
    severity: float
    severity_low: float
    severity_high: float
    spread: float
    infit: float | None
    outfit: float | None
    correlation: float | None
    same_share: float | None
    seconds: float | None
    halo: float | None
    flags: list[str]


class ReliabilityReply(BaseModel):
    """How far the marks can be relied on; null where the reads are too few."""

    reads: int
    method: str
    alpha: float | None = Field(description="Krippendorff's alpha, interval")
    icc_single: float | None = Field(description="ICC(1,1)")
    icc_mean: float | None = Field(description="ICC(1,k)")
    generalizability: float | None
    generalizability_corrected: float | None
    reads_needed: int | None = Field(description="a case, for a generalizability of 0.8")
    reads_needed_corrected: int | None
    jurors: list[JurorFiguresReply]


class NextReadReply(BaseModel):
    """A read that would help, the most helpful first."""

    case_id: str
    juror_id: str
    gain: float


class PairsBody(Form):
    """Reads to assign: pairs of case id and juror id."""

    pairs: list[tuple[str, str]] = Field(default_factory=list, max_length=MOST_BUDGET)


class AssignedReply(BaseModel):
    """How many reads are new."""

    added: int


def operations() -> list[Operation]:
    return [
        Operation(
            "GET",
            BASE + "/calibrated",
            calibrated,
            "The calibrated standing beside the published one (organisers)",
            TAG,
            CalibratedReply,
            many=True,
        ),
        Operation(
            "GET",
            BASE + "/reliability",
            reliability,
            "Reliability and the jurors' figures (organisers)",
            TAG,
            ReliabilityReply,
        ),
        Operation(
            "GET",
            BASE + "/next-reads",
            next_reads,
            "Where one more read helps most (organisers)",
            TAG,
            NextReadReply,
            many=True,
            query={"budget": "How many reads can be added, from 1"},
        ),
        Operation(
            "POST",
            BASE + "/next-reads",
            assign,
            "Assign such reads (organisers)",
            TAG,
            AssignedReply,
            body=PairsBody,
        ),
    ]


def _round(rq: Rq) -> RoundView:
    view = queries.organised(rq.db, rq.actor, submissions.call(rq.db, rq.path("call_id")))
    if view is None:
        raise Refused(_("这次征集活动还没有开始评审。"))
    return view


def calibrated(rq: Rq, _body: None) -> Sequence[CalibratedReply]:
    found = queries.analysis(rq.db, rq.actor, _round(rq))
    analysis = found.analysis
    replies = []
    for row in found.board.rows:
        estimate = analysis.calibrated.cases.get(row.case_id) if analysis else None
        replies.append(
            CalibratedReply(
                case_id=row.case_id,
                label=found.cases[row.case_id].label,
                published_rank=row.rank,
                published_score=None if row.shown is None else str(row.shown),
                rank=estimate.rank if estimate else None,
                score=estimate.score if estimate else None,
                sd=estimate.sd if estimate else None,
                low=estimate.low if estimate else None,
                high=estimate.high if estimate else None,
                probabilities=dict(analysis.probabilities.get(row.case_id, {})) if analysis else {},
                borderline=analysis is not None and analysis.borderline(row.case_id),
                method=analysis.calibrated.method if analysis else "",
            )
        )
    return replies


def reliability(rq: Rq, _body: None) -> ReliabilityReply:
    found = queries.analysis(rq.db, rq.actor, _round(rq))
    analysis = found.analysis
    if analysis is None:
        raise Refused(_("评委提交评分表后，这里会显示结果。"))
    agreement, share = analysis.agreement, analysis.generalizability
    return ReliabilityReply(
        reads=len(analysis.reads),
        method=analysis.calibrated.method,
        alpha=agreement.alpha.value if agreement.alpha else None,
        icc_single=agreement.icc_single.value if agreement.icc_single else None,
        icc_mean=agreement.icc_mean.value if agreement.icc_mean else None,
        generalizability=share.raw if share else None,
        generalizability_corrected=share.corrected if share else None,
        reads_needed=share.needed_raw if share else None,
        reads_needed_corrected=share.needed_corrected if share else None,
        jurors=[_figures(each, found.juror_names.get(each.juror_id, "")) for each in analysis.figures],
    )


def _figures(each: JurorFigures, name: str) -> JurorFiguresReply:
    return JurorFiguresReply(
        juror_id=each.juror_id,
        name=name,
        reads=each.reads,
        severity=each.severity.value,
        severity_low=each.severity.low,
        severity_high=each.severity.high,
        spread=each.spread.value,
        infit=each.infit,
        outfit=each.outfit,
        correlation=each.correlation,
        same_share=each.same_share,
        seconds=each.seconds,
        halo=each.halo,
        flags=[flag.value for flag in each.flags],
    )


def next_reads(rq: Rq, _body: None) -> Sequence[NextReadReply]:
    found = queries.next_reads(rq.db, rq.actor, _round(rq), budget=_budget(rq))
    return [NextReadReply(case_id=e.case_id, juror_id=e.juror_id, gain=e.gain) for e in found.reads]


def _budget(rq: Rq) -> int:
    typed = rq.query("budget")
    if not typed:
        return BUDGET
    if not (typed.isascii() and typed.isdigit() and len(typed) < 7 and 0 < int(typed) <= MOST_BUDGET):
        raise Invalid([FieldError("budget", _("请填写整数"))])
    return int(typed)


def assign(rq: Rq, body: PairsBody) -> AssignedReply:
    added = service.assign_next_reads(
        rq.db, actor=rq.actor, now=rq.now, round_id=_round(rq).id, pairs=body.pairs
    )
    return AssignedReply(added=added)
