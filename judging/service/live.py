"""The live review: prepared, put on the screen step by step, moderated, ended."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import _
from foundation.visibility import as_system
from judging import policy
from judging.errors import Outdated
from judging.events.live import LiveEnded, LiveMoved, LivePrepared, LiveStarted, QuestionModerated
from judging.live.shown import put_together
from judging.live.steps import NOT_YET, back, forward, stages_of
from judging.models import LiveItem, LiveQuestion, LiveSession, Round
from judging.queries.live import live_cases, live_questions, vote_result
from judging.queries.organisers import cases
from judging.queries.rounds import sits_on_panel
from judging.service.loading import organised_round
from judging.statistics.standing import rounded
from judging.values import RoundState
from judging.values.live import JURY_STAGES, Figures, LiveState, QuestionState, Stage, Step

MOST_CASES = 200
LONGEST_TITLE = 100
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Letters and digits that cannot be taken for one another, for an address that is typed."""


def prepare_live(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    round_id: str,
    title: str,
    case_ids: Sequence[str],
    stages: Sequence[str],
    questions_open: bool,
) -> str:
    """Prepare a live review of these cases in this order; returns its id. Nothing is public but its title.

    Raises:
        NotFound, Forbidden
        Invalid: no title, no case, too many, or one that does not stand.
    """
    row, _view = organised_round(db, actor, round_id)
    lines = {line.case_id: line for line in cases(db, round_id)}
    title = _checked_title(title)
    _refuse_unknown(case_ids, lines)
    session = LiveSession(
        id=new_id(),
        round_id=row.id,
        call_id=row.call_id,
        token="".join(secrets.choice(_ALPHABET) for _n in range(10)),
        title=title,
        state=LiveState.PREPARED.value,
        stages=[stage.value for stage in stages_of(stages)],
        cursor=0,
        version=0,
        shown={},
        questions_open=questions_open,
        created_at=now,
        created_by=actor.user_id,
    )
    db.add(session)
    db.flush()
    for position, case_id in enumerate(dict.fromkeys(case_ids)):
        line = lines[case_id]
        db.add(
            LiveItem(
                id=new_id(),
                session_id=session.id,
                round_id=row.id,
                case_id=case_id,
                position=position,
                title=line.title,
                unit_name=line.unit_name,
                stage=NOT_YET,
                figures={},
                revealed=[],
            )
        )
    db.flush()
    _publish(db, session)
    event = LivePrepared(session_id=session.id, round_id=row.id, call_id=row.call_id)
    record(db, actor=actor, now=now, event=event)
    return session.id


def _checked_title(title: str) -> str:
    title = title.strip()
    if not title:
        raise Invalid([FieldError("title", _("请填写大屏幕上显示的标题。"))])
    if len(title) > LONGEST_TITLE:
        raise Invalid([FieldError("title", _("不能超过 %(limit)s 个字", limit=LONGEST_TITLE))])
    return title


def _refuse_unknown(case_ids: Sequence[str], known: Mapping[str, object]) -> None:
    if not case_ids:
        raise Invalid([FieldError("cases", _("请至少选择一个案例。"))])
    if len(case_ids) > MOST_CASES:
        raise Invalid([FieldError("cases", _("一场最多 %(limit)s 个案例。", limit=MOST_CASES))])
    if any(case_id not in known for case_id in case_ids):
        raise Invalid([FieldError("cases", _("有案例已撤回或不在本轮评审中，请重新选择。"))])


def start_live(db: Session, *, actor: Actor, now: datetime, session_id: str) -> None:
    """Open the review: the title of the first case is on the screen.

    Raises:
        NotFound, Forbidden
        Refused: it has begun, or is over.
    """
    session = _own_session(db, actor, session_id)
    if session.state != LiveState.PREPARED.value:
        raise Refused(_("这场现场评审已经开始过。"))
    session.state = LiveState.RUNNING.value
    session.started_at = now
    _reach(db, session, Step(0, 0), {}, now)
    _publish(db, session)
    record(db, actor=actor, now=now, event=LiveStarted(session_id=session.id))


def move_live(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    session_id: str,
    backwards: bool,
    version: int,
    figures: Mapping[str, Figures],
) -> None:
    """Reveal the next thing, or take the last one off the screen.

    Args:
        version: what the organiser saw: who presses on an outdated desk moves nothing.
        figures: case id -> what the marks say now; only what this step reveals of it is kept.

    Raises:
        NotFound, Forbidden
        Outdated: somebody else has moved the screen.
        Refused: not running, nothing further, or marks while jurors still score.
    """
    session = _running(_own_session(db, actor, session_id))
    if session.version != version:
        raise Outdated(_("屏幕已由其他工作人员翻动，请看清现在的画面后再继续。"))
    stages = stages_of(session.stages)
    items = _items(db, session.id)
    reached = [each.stage for each in items]
    step = back(reached, session.cursor) if backwards else forward(stages, reached, session.cursor)
    if step is None:
        raise Refused(_("已经到头了。") if not backwards else _("已经是第一步。"))
    if backwards:
        _leave(items, session.cursor, step)
        session.cursor = step.cursor
    else:
        _refuse_while_scoring(db, session, stages[step.stage])
        _refuse_if_shut_out(db, session, stages[step.stage], items[step.cursor], figures)
        _reach(db, session, step, figures, now)
    _publish(db, session)
    event = LiveMoved(
        session_id=session.id,
        case_id=items[step.cursor].case_id,
        stage=stages[max(step.stage, 0)].value,
        back=backwards,
    )
    record(db, actor=actor, now=now, event=event)


def _refuse_while_scoring(db: Session, session: LiveSession, stage: Stage) -> None:
    """The screen is for everybody, also for jurors, who learn of no marks before they have handed in."""
    state = db.scalar(select(Round.state).where(Round.id == session.round_id))
    if stage in JURY_STAGES and state == RoundState.OPEN.value:
        raise Refused(_("评委还在评分，不能公布分数和名次。请先结束评审。"))


def _refuse_if_shut_out(
    db: Session, session: LiveSession, stage: Stage, item: LiveItem, figures: Mapping[str, Figures]
) -> None:
    """Who is shut out of a case reveals none of its marks. A case that was withdrawn has none to reveal."""
    if stage not in JURY_STAGES or item.case_id in figures:
        return
    with as_system(db):
        stands = any(line.case_id == item.case_id for line in cases(db, session.round_id))
    if stands:
        raise Refused(_("您在这个案例上需要回避，看不到它的评分。请由其他工作人员公布。"))


def _leave(items: Sequence[LiveItem], cursor: int, step: Step) -> None:
    """Take what was revealed last away again, from the public value and from the times."""
    left = items[cursor]
    left.stage = step.stage if step.cursor == cursor else NOT_YET
    left.revealed = left.revealed[: left.stage + 1]


def _reach(
    db: Session, session: LiveSession, step: Step, figures: Mapping[str, Figures], now: datetime
) -> None:
    """Put a stage of a case on the screen, with the figures of this moment."""
    item = _items(db, session.id)[step.cursor]
    session.cursor = step.cursor
    if step.stage <= item.stage:
        return
    stage = stages_of(session.stages)[step.stage]
    item.stage = step.stage
    item.figures = {**item.figures, **_revealed_figures(db, item, stage, figures.get(item.case_id))}
    item.revealed = [*item.revealed, [stage.value, now.isoformat()]]
    db.flush()


def _revealed_figures(
    db: Session, item: LiveItem, stage: Stage, figures: Figures | None
) -> dict[str, object]:
    """Only the figures of this stage leave the marks."""
    if stage is Stage.AUDIENCE:
        count, total = vote_result(db, item.id)
        mean = str(rounded(Fraction(total, count), 1)) if count else ""
        return {"votes": count, "vote": mean}
    if figures is None:
        return {}
    match stage:
        case Stage.CRITERIA:
            return {"criteria": [asdict(each) for each in figures.criteria], "reads": figures.reads}
        case Stage.SCORE:
            return {"score": figures.score, "full": figures.full}
        case Stage.RANK:
            return {"rank": figures.rank, "of": figures.of}
        case _:
            return {}


def end_live(db: Session, *, actor: Actor, now: datetime, session_id: str) -> None:
    """Close the review; what was revealed stays to be read.

    Raises:
        NotFound, Forbidden, Refused
    """
    session = _running(_own_session(db, actor, session_id))
    session.state = LiveState.ENDED.value
    session.ended_at = now
    _publish(db, session)
    record(db, actor=actor, now=now, event=LiveEnded(session_id=session.id))


def arrange_live(db: Session, *, actor: Actor, session_id: str, item_id: str, up: bool) -> None:
    """Move a case that was not on the screen yet one place up or down.

    Raises:
        NotFound, Forbidden
        Refused: it was on the screen, or its neighbour was, or there is none.
    """
    session = _own_session(db, actor, session_id)
    items = _items(db, session.id)
    place = next((n for n, each in enumerate(items) if each.id == item_id), None)
    if place is None:
        raise NotFound
    other = place - 1 if up else place + 1
    if not 0 <= other < len(items) or items[place].stage > NOT_YET or items[other].stage > NOT_YET:
        raise Refused(_("已经展示过的案例不能再调整顺序。"))
    items[place].position, items[other].position = items[other].position, items[place].position
    db.flush()
    _publish(db, session)


def open_questions(db: Session, *, actor: Actor, session_id: str, wanted: bool) -> None:
    """Let the audience ask, or stop it.

    Raises:
        NotFound, Forbidden
    """
    session = _own_session(db, actor, session_id)
    session.questions_open = wanted
    _publish(db, session)


def moderate(db: Session, *, actor: Actor, now: datetime, question_id: str, state: QuestionState) -> str:
    """Let a question through, mark it as answered, or hide it; returns the session's id.

    Raises:
        NotFound, Forbidden
    """
    row = db.scalar(select(LiveQuestion).where(LiveQuestion.id == question_id))
    if row is None:
        raise NotFound
    session = _own_session(db, actor, row.session_id)
    if row.state != state.value:
        row.state = state.value
        row.decided_at = now
        row.decided_by = actor.user_id
        db.flush()
        _publish(db, session)
        event = QuestionModerated(question_id=row.id, session_id=session.id, state=state.value)
        record(db, actor=actor, now=now, event=event)
    return session.id


# --- loading and publishing -------------------------------------------------------------------------


def _own_session(db: Session, actor: Actor, session_id: str) -> LiveSession:
    """The locked session for somebody who runs its round."""
    row = db.scalar(
        select(LiveSession)
        .where(LiveSession.id == session_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound
    require(policy.may_organise(actor, on_panel=sits_on_panel(db, row.round_id, actor)))
    return row


def _running(session: LiveSession) -> LiveSession:
    if session.state != LiveState.RUNNING.value:
        raise Refused(_("现场评审没有在进行。"))
    return session


def _items(db: Session, session_id: str) -> list[LiveItem]:
    return list(
        db.scalars(
            select(LiveItem)
            .where(LiveItem.session_id == session_id)
            .order_by(LiveItem.position, LiveItem.id)
            .execution_options(populate_existing=True)
        )
    )


def _publish(db: Session, session: LiveSession) -> None:
    """Put together anew what the public may see, and number it."""
    db.flush()
    session.shown = put_together(
        title=session.title,
        state=LiveState(session.state),
        stages=stages_of(session.stages),
        cursor=session.cursor,
        cases=live_cases(db, session.id),
        questions=live_questions(db, session.id),
        questions_open=session.questions_open,
    )
    session.version += 1
    db.flush()
