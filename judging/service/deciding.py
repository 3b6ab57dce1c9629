"""The prizes: decided once, by the published rule, with a reason wherever a person had to choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple
from datetime import datetime

from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import FieldError, Forbidden, Invalid, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import _
from judging import policy
from judging.errors import AlreadyDecided, Outdated
from judging.events import PrizesDecided
from judging.models import Decision, Round
from judging.prizes import review_choice
from judging.queries.notices import chosen_prizes
from judging.queries.standings import board
from judging.service.loading import checked_reason, organised_round
from judging.values import ChoiceReview, ChosenPrize, RoundState, Standing
from judging.views import Board, RoundView
from submissions import queries as submissions

LONGEST_MINUTES = 20_000


def decide_prizes(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    round_id: str,
    chosen: Mapping[str, str],
    digest: str | None = None,
    reason: str = "",
    minutes: str = "",
) -> list[ChosenPrize]:
    """Decide the prizes. The decision is pending: `publishing` announces it and grants the awards.

    Args:
        chosen: case id -> prize key, of every case that gets a prize.
        digest: of the standings that were looked at (`Board.digest`); None: those of this moment.
        reason: needed where a tie at the cut was decided, a place stays vacant or a quota is exceeded.
        minutes: what the meeting wants on record.

    Raises:
        NotFound, Forbidden
        AlreadyDecided: somebody was first.
        Outdated: the standings are no longer those that were looked at.
        Refused: the choice contradicts the published rule, or a case no longer stands.
        Invalid: a reason is needed.
    """
    row, view = organised_round(db, actor, round_id)
    if view.state is RoundState.DECIDED:
        raise AlreadyDecided(_("奖项已经由其他工作人员评定，请刷新页面查看结果。"))
    require(policy.may_decide(actor, on_panel=False, state=view.state))
    standings = board(db, actor, view)
    _refuse_to_whom_it_concerns(standings)
    if digest is not None and digest != standings.digest:
        raise Outdated(_("您查看之后，评分或排名有了变化，请按新的排名重新确认。"))
    reason = checked_choice(standings, chosen, reason)
    if len(minutes) > LONGEST_MINUTES:
        raise Invalid([FieldError("minutes", _("不能超过 %(limit)s 个字", limit=LONGEST_MINUTES))])
    _refuse_gone(db, view, standings, chosen)
    return _decide(db, actor, now, row, standings, chosen, reason, minutes.strip())


def hold_against_rule(standings: Board, chosen: Mapping[str, str]) -> ChoiceReview:
    """What forbids this choice, and what in it needs a reason."""
    labels = {case_id: f"{line.label}《{line.title}》" for case_id, line in standings.cases.items()}
    prizes = standings.round.call.rules.prizes
    return review_choice(standings.rows, prizes, chosen, labels, standings.terms)


def _refuse_to_whom_it_concerns(standings: Board) -> None:
    """Whoever is shut out of a case does not decide on prizes for which it competes; nobody decides by a rule
    that cannot be applied."""
    if standings.hidden:
        raise Forbidden(
            _("您须回避 %(cases)s，奖项请由其他工作人员评定。", cases="、".join(standings.hidden))
        )
    if standings.obstacle is not None:
        raise Refused(standings.obstacle)
    if standings.without_group:
        raise Refused(
            _(
                "%(names)s 还没有分到评委组，评分不计入得分；请先在“评委”页为他们选择评委组。",
                names="、".join(standings.without_group),
            )
        )


def checked_choice(standings: Board, chosen: Mapping[str, str], reason: str) -> str:
    """The reason as it will be kept.

    Raises:
        Refused: the choice contradicts the published rule.
        Invalid: a reason is needed; one error for each cause.
    """
    outcome = hold_against_rule(standings, chosen)
    if outcome.refusals:
        raise Refused(outcome.refusals[0])
    if outcome.departures and not reason.strip():
        raise Invalid([FieldError("reason", departure) for departure in outcome.departures])
    if reason.strip():
        return checked_reason(reason, _("请写明理由。"))
    return ""


def _refuse_gone(db: Session, view: RoundView, standings: Board, chosen: Mapping[str, str]) -> None:
    """A case withdrawn while the jury met has no prize."""
    standing = {version.id for version in submissions.entries(db, view.call.id)}
    for case_id in chosen:
        line = standings.cases[case_id]
        if line.version_id not in standing:
            raise Refused(
                _(
                    "%(case)s 已撤回或退回修改，不能授奖；请先在评审管理中更新案例。",
                    case=f"{line.label}《{line.title}》",
                )
            )


def _decide(
    db: Session,
    actor: Actor,
    now: datetime,
    row: Round,
    standings: Board,
    chosen: Mapping[str, str],
    reason: str,
    minutes: str,
) -> list[ChosenPrize]:
    prizes = chosen_prizes(
        standings.round.call.rules,
        [(case_id, standings.cases[case_id].version_id, key) for case_id, key in chosen.items()],
    )
    decision = Decision(
        id=new_id(),
        round_id=row.id,
        decided_at=now,
        decided_by=actor.user_id,
        decided_by_name=actor.name,
        reason=reason,
        minutes=minutes,
        digest=standings.digest,
        standings=[_frozen(each) for each in standings.rows],
        chosen=[list(astuple(each)) for each in prizes],
    )
    db.add(decision)
    row.state = RoundState.DECIDED.value
    db.flush()
    event = PrizesDecided(
        decision_id=decision.id,
        round_id=row.id,
        call_id=row.call_id,
        digest=standings.digest,
        reason=reason,
    )
    record(db, actor=actor, now=now, event=event)
    return prizes


def _frozen(row: Standing) -> dict[str, object]:
    """A standing as it is kept with the decision: exact fractions as text."""
    return {
        "case_id": row.case_id,
        "rank": row.rank,
        "score": str(row.score) if row.score is not None else None,
        "reads": [[juror_id, str(value)] for juror_id, value in row.composites],
    }
