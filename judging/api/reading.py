"""The juror's operations, standings for the organiser, awards for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from pydantic import BaseModel, Field

from foundation.api import Operation
from foundation.errors import NotFound, Refused
from foundation.text import _
from foundation.web import Rq
from judging import queries, service
from judging.forms import CommentBody, MarkBody, ReasonForm, VerdictBody
from judging.pages.scoring import body_shown, typed_mark
from judging.statistics.standing import rounded
from judging.values import BlindClaim, CommentKind, InvitationState
from judging.views import Desk, ReadView, Scorecard
from submissions import queries as submissions
from submissions.rules.criteria import plain

TAG = "judging"


class ReadReply(BaseModel):
    """One case of the juror's queue. `status` is todo, part, ready, handed_in or recused."""

    id: str
    round_id: str
    label: str = Field(description="anonymous number")
    title: str = Field(description="masked where the judging is blind")
    category: str
    status: str
    marked: int = Field(description="criteria with a mark")
    criteria: int = Field(description="criteria in all")
    total: str | None = Field(description="weighted score of this read, two decimals")
    skipped: bool
    flag: str


class LevelReply(BaseModel):
    """A level of a rubric: marks from `lowest` up."""

    lowest: str
    name: str
    text: str


class CriterionReply(BaseModel):
    """One criterion as the call lays it down."""

    key: str
    name: str
    weight: int
    lowest: int
    highest: int
    step: str
    rubric: str
    graded: bool = Field(description="only the marks of the levels are taken, by mark or by name")
    levels: list[LevelReply] = Field(description="lowest first")


class BlindSourceReply(BaseModel):
    """Evidence for a claim: `kind` is photo, file or link. No `url` where jurors do not get it."""

    kind: str
    note: str
    url: str | None


class BlindClaimReply(BaseModel):
    """A claim with its evidence, and the juror's own verdict: verified, doubtful, unsupported or null."""

    number: int
    words: str
    sources: list[BlindSourceReply]
    verdict: str | None
    remark: str


class FileReply(BaseModel):
    """A photo or file under its neutral name."""

    name: str
    kind: str
    media_type: str
    caption: str
    url: str


class ScorecardReply(BaseModel):
    """The marks that count. `total` is exact, `shown` the same to two decimals."""

    marks: dict[str, str]
    total: str | None
    shown: str | None
    missing: list[str]
    state: str
    saved_at: datetime | None


class BlindCaseReply(BaseModel):
    """A case as the call's rule lets jurors read it, with its scorecard. Where the judging is blind it is
    masked, and `unit` and `authors` are empty."""

    id: str
    label: str
    blind: bool
    unit: str
    authors: list[str]
    title: str
    summary: str
    body_html: str
    category: str
    word_count: int
    files: list[FileReply]
    claims: list[BlindClaimReply]
    criteria: list[CriterionReply]
    scorecard: ScorecardReply
    comment: str = Field(description="to the authors")
    jury_comment: str
    note: str
    closed: str | None = Field(description="why nothing can be changed")


class StandingReply(BaseModel):
    """One line of the standings; `rank` is null below the required reads."""

    case_id: str
    label: str
    title: str
    unit: str
    category: str
    rank: int | None
    tied: bool
    score: str | None = Field(description="exact fraction")
    shown: str | None
    reads: int
    reads_required: int
    spread: str | None


class AwardReply(BaseModel):
    """An award in force."""

    case_id: str
    prize_key: str
    prize: str
    rank: int = Field(description="1 is the highest prize")
    title: str
    unit: str
    category: str
    granted_at: datetime


def operations() -> list[Operation]:
    """All operations of the package."""
    return [
        Operation("GET", "/judging/reads", my_reads, "Cases assigned to me", TAG, ReadReply, many=True),
        Operation("GET", "/judging/reads/{read_id}", blind_case, "One masked case", TAG, BlindCaseReply),
        Operation(
            "PUT",
            "/judging/reads/{read_id}/marks/{criterion}",
            put_mark,
            "Give or take back one mark",
            TAG,
            ScorecardReply,
            body=MarkBody,
        ),
        Operation(
            "PUT",
            "/judging/reads/{read_id}/comments/{kind}",
            put_comment,
            "Write a comment to the authors (author) or to the jury (jury), or a private note (note)",
            TAG,
            body=CommentBody,
        ),
        Operation(
            "PUT",
            "/judging/reads/{read_id}/claims/{claim}",
            put_verdict,
            "Say what one found of a claim; it never changes a mark",
            TAG,
            body=VerdictBody,
        ),
        Operation(
            "POST", "/judging/reads/{read_id}/hand-in", hand_in, "Hand in a scorecard", TAG, ScorecardReply
        ),
        Operation(
            "POST",
            "/judging/reads/{read_id}/reopen",
            reopen,
            "Take a handed-in scorecard back",
            TAG,
            ScorecardReply,
            body=ReasonForm,
        ),
        Operation(
            "POST",
            "/judging/reads/{read_id}/recuse",
            recuse,
            "Step back for a conflict of interest",
            TAG,
            body=ReasonForm,
        ),
        Operation(
            "GET",
            "/calls/{slug}/standings",
            standings,
            "Standings by the published rule (organiser)",
            TAG,
            StandingReply,
            many=True,
        ),
        Operation(
            "GET",
            "/calls/{slug}/awards",
            awards,
            "Awards in force",
            TAG,
            AwardReply,
            many=True,
            public=True,
        ),
    ]


def my_reads(rq: Rq, _body: None) -> Sequence[ReadReply]:
    """All open rounds of the juror, one after the other."""
    found = []
    for invitation in queries.invitations(rq.db, rq.actor):
        if invitation.seat.state is InvitationState.ACCEPTED:
            view, lines = queries.queue(rq.db, rq.actor, invitation.round.id)
            found += [_read(view.id, line) for line in lines]
    return found


def _read(round_id: str, line: ReadView) -> ReadReply:
    return ReadReply(
        id=line.id,
        round_id=round_id,
        label=line.label,
        title=line.title,
        category=line.category_name,
        status=line.status,
        marked=line.marked,
        criteria=line.of,
        total=str(rounded(line.total)) if line.total is not None else None,
        skipped=line.skipped,
        flag=line.flag,
    )


def blind_case(rq: Rq, _body: None) -> BlindCaseReply:
    desk = _desk(rq)
    return BlindCaseReply(
        id=desk.id,
        label=desk.copy.label,
        blind=desk.copy.blind,
        unit=desk.copy.unit_name,
        authors=[each.name for each in desk.copy.authors],
        title=desk.copy.title,
        summary=desk.copy.summary,
        body_html=str(body_shown(desk)),
        category=desk.copy.category_name,
        word_count=desk.copy.word_count,
        files=[
            FileReply(
                name=each.name,
                kind=each.kind,
                media_type=each.media_type,
                caption=each.caption,
                url=f"/judging/reads/{desk.id}/files/{quote(each.name)}",
            )
            for each in desk.copy.attachments
        ],
        claims=[_claim(desk, each) for each in desk.copy.claims],
        criteria=[
            CriterionReply(
                key=each.key,
                name=each.name,
                weight=each.weight,
                lowest=each.lowest,
                highest=each.highest,
                step=plain(each.step),
                rubric=each.rubric,
                graded=each.graded,
                levels=[
                    LevelReply(lowest=plain(level.lowest), name=level.name, text=level.text)
                    for level in each.levels
                ],
            )
            for each in desk.round.call.rules.criteria
        ],
        scorecard=_card(desk.scorecard),
        comment=desk.comment,
        jury_comment=desk.to_jury,
        note=desk.note,
        closed=str(desk.closed) if desk.closed is not None else None,
    )


def _claim(desk: Desk, claim: BlindClaim) -> BlindClaimReply:
    kept = desk.verdicts.get(claim.number)
    return BlindClaimReply(
        number=claim.number,
        words=claim.words,
        sources=[
            BlindSourceReply(
                kind=each.kind,
                note=each.note,
                url=f"/judging/reads/{desk.id}/files/{quote(each.name)}" if each.name else None,
            )
            for each in claim.sources
        ],
        verdict=kept.verdict.value if kept is not None and kept.verdict is not None else None,
        remark=kept.remark if kept is not None else "",
    )


def put_verdict(rq: Rq, body: VerdictBody) -> None:
    number = rq.path("claim")
    if not number.isdecimal() or len(number) > 4:
        raise NotFound
    service.save_verdict(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        assignment_id=rq.path("read_id"),
        claim=int(number),
        verdict=body.verdict,
        remark=body.remark,
    )


def _desk(rq: Rq) -> Desk:
    return queries.desk(rq.db, rq.actor, rq.path("read_id"), rq.now)


def _card(card: Scorecard) -> ScorecardReply:
    return ScorecardReply(
        marks={key: plain(value) for key, value in sorted(card.marks.items())},
        total=str(card.total) if card.total is not None else None,
        shown=str(card.shown) if card.shown is not None else None,
        missing=[criterion.key for criterion in card.missing],
        state=card.state.value,
        saved_at=card.saved_at,
    )


def put_mark(rq: Rq, body: MarkBody) -> ScorecardReply:
    desk = _desk(rq)
    key = rq.path("criterion")
    criterion = next((each for each in desk.round.call.rules.criteria if each.key == key), None)
    if criterion is None:
        raise NotFound
    card = service.save_mark(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        assignment_id=desk.id,
        criterion_key=key,
        value=typed_mark(body.value or "", criterion),
    )
    return _card(card)


def put_comment(rq: Rq, body: CommentBody) -> None:
    kind = rq.path("kind")
    if kind not in {each.value for each in CommentKind}:
        raise NotFound
    service.save_comment(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        assignment_id=rq.path("read_id"),
        kind=CommentKind(kind),
        words=body.words,
    )


def hand_in(rq: Rq, _body: None) -> ScorecardReply:
    service.hand_in_case(rq.db, actor=rq.actor, now=rq.now, assignment_id=rq.path("read_id"))
    return _card(_desk(rq).scorecard)


def reopen(rq: Rq, body: ReasonForm) -> ScorecardReply:
    service.reopen_scorecard(
        rq.db, actor=rq.actor, now=rq.now, assignment_id=rq.path("read_id"), reason=body.reason
    )
    return _card(_desk(rq).scorecard)


def recuse(rq: Rq, body: ReasonForm) -> None:
    service.recuse(rq.db, actor=rq.actor, now=rq.now, assignment_id=rq.path("read_id"), reason=body.reason)


def standings(rq: Rq, _body: None) -> Sequence[StandingReply]:
    call = submissions.call_by_slug(rq.db, rq.path("slug"))
    view = queries.organised(rq.db, rq.actor, call)
    if view is None:
        raise Refused(_("这次征集活动还没有开始评审。"))
    board = queries.board(rq.db, rq.actor, view)
    names = {each.key: each.name for each in call.rules.categories}
    return [
        StandingReply(
            case_id=row.case_id,
            label=board.cases[row.case_id].label,
            title=board.cases[row.case_id].title,
            unit=board.cases[row.case_id].unit_name,
            category=names.get(board.cases[row.case_id].category_key, ""),
            rank=row.rank,
            tied=row.tied,
            score=str(row.score) if row.score is not None else None,
            shown=str(row.shown) if row.shown is not None else None,
            reads=row.reads,
            reads_required=row.reads_required,
            spread=str(rounded(row.spread)) if row.spread is not None else None,
        )
        for row in board.rows
    ]


def awards(rq: Rq, _body: Any) -> Sequence[AwardReply]:
    call = submissions.call_by_slug(rq.db, rq.path("slug"))
    return [
        AwardReply(
            case_id=each.case_id,
            prize_key=each.prize_key,
            prize=each.prize_name,
            rank=each.prize_rank,
            title=each.title,
            unit=each.unit_name,
            category=each.category_name,
            granted_at=each.granted_at,
        )
        for each in queries.winners(rq.db, call)
    ]
