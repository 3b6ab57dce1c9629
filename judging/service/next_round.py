"""A further round of judging: chosen cases, jurors of its own, perhaps another form."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.text import _
from foundation.visibility import as_system
from judging.events import NextRoundOpened, RoundCancelled
from judging.models import Assignment, Conflict, ConflictRuling, Round
from judging.queries.rounds import panel, round_view
from judging.queries.standings import Material, loaded
from judging.selection import best, form_errors, own_weights
from judging.service.loading import checked_reason, organised_round
from judging.service.panel import invite_juror
from judging.service.rounds import check_deadline, take
from judging.values import InvitationState, RoundState
from judging.views import RoundView
from submissions import queries as submissions
from submissions.values import Criterion

MOST_READS = 50
MOST_WEIGHT = 90


@dataclass(frozen=True, slots=True)
class NextRound:
    """What a round announces. Cases: the `best` of the round before (of each category, where `each`), or
    `case_ids` for the reasons in `selection`. `weights`: criterion key -> percent, {}: as the call.
    `earlier_weight`: percent of the score that the rounds before count. `juror_ids`: of the panel before."""

    reads: int
    best: int | None = None
    each: bool = False
    case_ids: Sequence[str] = ()
    selection: str = ""
    weights: Mapping[str, int] = field(default_factory=dict)
    earlier_weight: int = 0
    fresh_readers: bool = False
    closes_at: datetime | None = None
    with_files: bool = False
    juror_ids: Sequence[str] = ()


def open_next_round(
    db: Session, *, actor: Actor, now: datetime, round_id: str, asked: NextRound, address: str = ""
) -> RoundView:
    """Open a further round after the one named, which must be closed and not decided.

    Declared conflicts and what was ruled about possible ones go with the cases; jurors named are invited
    anew. What it announces does not change any more.

    Raises:
        NotFound, Forbidden, Invalid
        Refused: the round before runs still, is decided, or was followed already.
    """
    before, view = organised_round(db, actor, round_id)
    if view.state is not RoundState.CLOSED:
        raise Refused(_("请先结束这一轮评审；奖项评定之后不能再开新的一轮。"))
    call = submissions.call(db, before.call_id)
    with as_system(db):
        found = loaded(db, view, frozenset())
    _check(asked, call.rules.criteria, now)
    chosen = _chosen(found, view, asked)
    selection = "" if asked.best else _how(asked)
    row = Round(
        id=new_id(),
        call_id=call.id,
        ordinal=(db.scalar(select(func.max(Round.ordinal)).where(Round.call_id == call.id)) or 0) + 1,
        state=RoundState.OPEN.value,
        seed=secrets.token_hex(16),
        reads_required=asked.reads,
        reads_per_case=asked.reads,
        weights=own_weights(call.rules.criteria, asked.weights) if asked.weights else None,
        earlier_weight=asked.earlier_weight,
        fresh_readers=asked.fresh_readers,
        best=asked.best,
        best_each=asked.each,
        selection=selection,
        with_files=asked.with_files,
        closes_at=asked.closes_at,
        opened_at=now,
        opened_by=actor.user_id,
    )
    db.add(row)
    db.flush()
    _record_opening(db, actor, now, before, row)
    with as_system(db):  # cases from which this organiser is shut out go on with the others
        take(db, actor, now, row, call, newcomers=chosen)
        _carry_conflicts(db, before, row, chosen)
    _invite(db, actor, now, before, row, asked.juror_ids, address)
    return round_view(row, call)


def _how(asked: NextRound) -> str:
    return checked_reason(asked.selection, _("请写明这些案例是怎样选出的。"), "selection")


def _record_opening(db: Session, actor: Actor, now: datetime, before: Round, row: Round) -> None:
    event = NextRoundOpened(
        round_id=row.id,
        before_id=before.id,
        call_id=row.call_id,
        ordinal=row.ordinal,
        reads=row.reads_per_case,
        weights=dict(row.weights) if row.weights else None,
        earlier_weight=row.earlier_weight,
        best=row.best,
        reason=row.selection,
    )
    record(db, actor=actor, now=now, event=event)


def _check(asked: NextRound, criteria: Sequence[Criterion], now: datetime) -> None:
    check_deadline(asked.closes_at, now)
    errors = []
    if not 1 <= asked.reads <= MOST_READS:
        errors.append(FieldError("reads", _("应在 1 到 %(most)s 之间。", most=MOST_READS)))
    if not 0 <= asked.earlier_weight <= MOST_WEIGHT:
        errors.append(FieldError("earlier_weight", _("应在 0 到 %(most)s 之间。", most=MOST_WEIGHT)))
    if asked.best is not None and asked.best < 1:
        errors.append(FieldError("best", _("不能小于 %(limit)s", limit=1)))
    if asked.weights:
        errors += form_errors(criteria, asked.weights)
    if errors:
        raise Invalid(errors)


def _chosen(found: Material, view: RoundView, asked: NextRound) -> tuple[str, ...]:
    """The cases of the new round.

    Raises:
        Invalid: none, unknown ones, or such without a score that is to count.
    """
    rows = found.standings(view.call.rules, view.reads_required)
    if asked.best:
        chosen: Collection[str] = best(rows, found.categories(), asked.best, each=asked.each)
    else:
        chosen = sorted(set(asked.case_ids))
    if not chosen:
        raise Invalid([FieldError("case_ids", _("请至少选择一个案例。"))])
    if not set(chosen) <= found.lines.keys():
        raise Invalid([FieldError("case_ids", _("所选的案例有变化，请刷新页面后重新选择。"))])
    scores = {row.case_id: row.score for row in rows}
    without = sorted(found.lines[each].label for each in chosen if scores[each] is None)
    if asked.earlier_weight and without:
        message = _(
            "前一轮的得分要计入，但这些案例没有得分：%(cases)s。请不选它们，或让本轮单独决定。",
            cases="、".join(without),
        )
        raise Invalid([FieldError("case_ids", message)])
    return tuple(chosen)


def _carry_conflicts(db: Session, before: Round, row: Round, chosen: Sequence[str]) -> None:
    """What is known of conflicts holds in the next round too."""
    wanted = set(chosen)
    for model in (Conflict, ConflictRuling):
        columns = [each.key for each in model.__mapper__.column_attrs if each.key not in ("id", "round_id")]
        for known in db.scalars(select(model).where(model.round_id == before.id)):
            values = {name: getattr(known, name) for name in columns}
            if values["case_id"] in wanted and values.get("lifted_at") is None:
                db.add(model(id=new_id(), round_id=row.id, **values))
    db.flush()


def _invite(
    db: Session,
    actor: Actor,
    now: datetime,
    before: Round,
    row: Round,
    juror_ids: Sequence[str],
    address: str,
) -> None:
    seats = {seat.user_id: seat for seat in panel(db, before.id, states=[InvitationState.ACCEPTED])}
    for juror_id in dict.fromkeys(juror_ids):
        seat = seats.get(juror_id)
        if seat is None:
            raise Refused(_("所选的人不在已接受邀请的评委中，请刷新页面后重新选择。"))
        invite_juror(
            db,
            actor=actor,
            now=now,
            round_id=row.id,
            user_id=juror_id,
            category_keys=seat.category_keys,
            load_limit=seat.load_limit,
            group_key=seat.group_key,
            address=address,
        )


def cancel_round(db: Session, *, actor: Actor, now: datetime, round_id: str, reason: str) -> None:
    """Give up a further round: the one before is the last again. What was marked stays on record.

    Raises:
        NotFound, Forbidden, Invalid
        Refused: it is the first round, is decided, or was cancelled.
    """
    row, view = organised_round(db, actor, round_id)
    if view.ordinal == 1 or view.state not in (RoundState.OPEN, RoundState.CLOSED):
        raise Refused(_("只有尚未评定奖项的第二轮及以后的评审可以取消。"))
    row.close_reason = checked_reason(reason, _("请写明取消这一轮评审的理由。"))
    row.state = RoundState.CANCELLED.value
    row.closed_at = now
    with as_system(db):
        marked = db.scalar(
            select(func.count(Assignment.id)).where(
                Assignment.round_id == row.id, Assignment.marked_at.is_not(None)
            )
        )
    event = RoundCancelled(round_id=row.id, call_id=row.call_id, marked=marked or 0, reason=row.close_reason)
    record(db, actor=actor, now=now, event=event)
