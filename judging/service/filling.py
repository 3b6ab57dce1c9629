"""Who moves up after a revocation: a decision of its own, with a reason and a notice of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.text import _
from judging.events import PrizesDecided
from judging.models import Decision, PublicNotice
from judging.prizes import review_choice
from judging.queries.filling import Vacancies, vacancies
from judging.queries.notices import chosen_prizes, decision_view
from judging.queries.standings import board
from judging.service.loading import checked_reason, organised_round
from judging.values import DecisionKind
from judging.views import Board, DecisionView
from submissions import queries as submissions


def fill_vacancies(
    db: Session, *, actor: Actor, now: datetime, round_id: str, chosen: Mapping[str, str], reason: str
) -> DecisionView:
    """Decide who moves up (case id -> prize key); pending until it is published. What nobody is chosen for
    stays vacant.

    Raises:
        NotFound, Forbidden, Invalid
        Refused: nothing is vacant, another such decision waits, or the choice contradicts the published rule.
    """
    row, view = organised_round(db, actor, round_id)
    _refuse_waiting(db, row.id)
    standings = board(db, actor, view)
    if standings.hidden:
        raise Refused(_("有的案例与您有利害关系，递补请由其他组织工作人员办理。"))
    found = vacancies(db, standings)
    if found is None:
        raise Refused(_("没有被撤销的奖项，不需要递补。"))
    if not chosen:
        raise Invalid([FieldError("chosen", _("请选择递补的案例；名额要空缺的话，不用提交。"))])
    _refuse_against_rule(standings, found, chosen)
    reason = checked_reason(reason, _("请写明递补的理由。"))
    standing = {each.case_id: each.id for each in submissions.entries(db, view.call.id)}
    gone = [case_id for case_id in chosen if case_id not in standing]
    if gone:
        title = standings.cases[gone[0]].title
        raise Refused(_("《%(title)s》已撤回或退回修改，不能递补。", title=title))
    prizes = chosen_prizes(
        view.call.rules,
        [(case_id, standings.cases[case_id].version_id, key) for case_id, key in chosen.items()],
    )
    decision = Decision(
        id=new_id(),
        round_id=row.id,
        kind=DecisionKind.FILLING.value,
        decided_at=now,
        decided_by=actor.user_id,
        decided_by_name=actor.name,
        reason=reason,
        digest=standings.digest,
        standings=[],
        chosen=[list(astuple(each)) for each in prizes],
    )
    db.add(decision)
    db.flush()
    event = PrizesDecided(
        decision_id=decision.id,
        round_id=row.id,
        call_id=row.call_id,
        digest=standings.digest,
        reason=reason,
    )
    record(db, actor=actor, now=now, event=event)
    return decision_view(db, decision)


def _refuse_waiting(db: Session, round_id: str) -> None:
    """One decision on who moves up at a time: the next one starts from what this one made of the prizes."""
    going_on = db.scalar(
        select(Decision.id)
        .outerjoin(PublicNotice, PublicNotice.decision_id == Decision.id)
        .where(
            Decision.round_id == round_id,
            Decision.kind == DecisionKind.FILLING.value,
            Decision.taken_back_at.is_(None),
            PublicNotice.final_at.is_(None),
        )
        .limit(1)
    )
    if going_on is not None:
        raise Refused(_("上一次递补还没有公示完毕，请等它生效或撤回以后再递补。"))


def _refuse_against_rule(standings: Board, found: Vacancies, chosen: Mapping[str, str]) -> None:
    """Only upwards, only what the rule allows among the cases that are left."""
    prizes = standings.round.call.rules.prizes
    worth = {prize.key: place for place, prize in enumerate(prizes)}
    for case_id, key in chosen.items():
        if worth.get(key, len(prizes)) >= worth.get(found.held.get(case_id, ""), len(prizes)):
            raise Refused(_("所选的案例或奖项不能递补，请刷新页面后重新选择。"))
    labels = {case_id: f"{line.label}《{line.title}》" for case_id, line in standings.cases.items()}
    outcome = review_choice(found.found.rows, prizes, {**found.held, **chosen}, labels, standings.terms)
    if outcome.refusals:
        raise Refused(outcome.refusals[0])
