"""The calibration case: chosen by the organiser, scored by every juror before his queue opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation import richtext
from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.text import _
from judging import rules
from judging.errors import ScoringOver
from judging.events import CalibrationHandedIn, CalibrationSet
from judging.models import Award, Calibration, CalibrationMark, CalibrationRead, RoundCase
from judging.queries import calibrations, conflicts, marks
from judging.queries.jurors import accepted_round
from judging.queries.organisers import cases
from judging.queries.rounds import panel
from judging.service.loading import checked_reason, open_round, share_round
from judging.service.rounds import check_deadline
from judging.values import ON_PANEL
from judging.views import RoundView
from judging.views.calibration import CalibrationView
from submissions.rules.criteria import plain

SHORTEST_TEXT = 50
LONGEST_COMMENTARY = 10_000
LONGEST_REMARK = 1_000


@dataclass(frozen=True, slots=True)
class Choice:
    """What is scored: a case of the round (`case_id`), one with an award of any year (`award_id`), or a text
    of the organiser's own."""

    case_id: str = ""
    award_id: str = ""
    title: str = ""
    body_html: str = ""


def set_calibration(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    round_id: str,
    choice: Choice,
    due_at: datetime | None = None,
    commentary: str = "",
) -> str:
    """Choose the calibration case. One that was there before ends, its marks stay on record. Returns its id.

    Raises:
        NotFound, Forbidden, ScoringOver
        Refused: a juror may not read that case.
        Invalid: nothing to score, or a deadline that has passed.
    """
    _row, view = open_round(db, actor, round_id)
    check_due(due_at, now)
    row = Calibration(id=new_id(), round_id=round_id, set_at=now, set_by=actor.user_id)
    _fill(db, view, row, choice)
    row.due_at, row.commentary = due_at, _checked_commentary(commentary)
    before = _running(db, round_id)
    if before is not None:
        before.ended_at, before.end_reason = now, str(_("换了一个校准案例"))
    db.add(row)
    event = CalibrationSet(calibration_id=row.id, round_id=round_id, ended=False)
    record(db, actor=actor, now=now, event=event)
    return row.id


def check_due(due_at: datetime | None, now: datetime) -> None:
    """Raises Invalid for a deadline that has passed."""
    try:
        check_deadline(due_at, now)
    except Invalid as refusal:
        raise Invalid([FieldError("due_at", _("校准的截止时间应晚于现在。"))]) from refusal


def _fill(db: Session, view: RoundView, row: Calibration, choice: Choice) -> None:
    if choice.case_id:
        case = db.scalar(
            select(RoundCase).where(RoundCase.round_id == view.id, RoundCase.case_id == choice.case_id)
        )
        if case is None:
            raise NotFound
        _refuse_conflicts(db, view, choice.case_id)
        row.case_id, row.version_id = case.case_id, case.version_id
    elif choice.award_id:
        award = db.scalar(select(Award).where(Award.id == choice.award_id, Award.revoked_at.is_(None)))
        if award is None:
            raise NotFound
        row.case_id, row.version_id = award.case_id, award.version_id
    else:
        _fill_text(row, choice)


def _refuse_conflicts(db: Session, view: RoundView, case_id: str) -> None:
    """Every juror reads it: so nobody may be in conflict with it."""
    lines = [line for line in cases(db, view.id) if line.case_id == case_id]
    seats = panel(db, view.id, states=ON_PANEL)
    names = {seat.user_id: seat.name for seat in seats}
    barred = conflicts.blocking(db, view, lines, seats)
    if barred:
        found = "、".join(sorted({names[juror_id] for juror_id, _case_id in barred}))
        raise Refused(_("%(names)s 须回避这个案例，不能用它校准。请换一个案例。", names=found))


def _fill_text(row: Calibration, choice: Choice) -> None:
    title, body = choice.title.strip(), richtext.clean(choice.body_html)
    errors = []
    if not title:
        errors.append(FieldError("title", _("请填写标题。")))
    if len(richtext.plain(body).strip()) < SHORTEST_TEXT:
        errors.append(
            FieldError("text", _("文字太短，评委无法评分：至少 %(limit)s 个字。", limit=SHORTEST_TEXT))
        )
    if errors:
        raise Invalid(errors)
    row.title, row.body_html = title, body


def _checked_commentary(words: str) -> str:
    if len(words) > LONGEST_COMMENTARY:
        limit = LONGEST_COMMENTARY
        raise Invalid([FieldError("commentary", _("不能超过 %(limit)s 个字", limit=limit))])
    return words.strip()


def _running(db: Session, round_id: str) -> Calibration | None:
    return db.scalar(
        select(Calibration).where(Calibration.round_id == round_id, Calibration.ended_at.is_(None))
    )


def change_calibration(
    db: Session, *, actor: Actor, now: datetime, round_id: str, due_at: datetime | None, commentary: str
) -> None:
    """Move the deadline, write the commentary that all read beside the marks.

    Raises:
        NotFound, Forbidden, ScoringOver, Invalid
    """
    open_round(db, actor, round_id)
    row = _running(db, round_id)
    if row is None:
        raise NotFound
    if due_at != row.due_at:
        check_due(due_at, now)
    row.due_at, row.commentary = due_at, _checked_commentary(commentary)
    record(
        db,
        actor=actor,
        now=now,
        event=CalibrationSet(calibration_id=row.id, round_id=round_id, ended=False),
    )


def end_calibration(db: Session, *, actor: Actor, now: datetime, round_id: str, reason: str) -> None:
    """Take the calibration case away: queues open without it.

    Raises:
        NotFound, Forbidden, ScoringOver, Invalid
    """
    open_round(db, actor, round_id)
    row = _running(db, round_id)
    if row is None:
        raise NotFound
    row.end_reason = checked_reason(reason, _("请写明取消校准的理由。"))
    row.ended_at = now
    record(
        db,
        actor=actor,
        now=now,
        event=CalibrationSet(calibration_id=row.id, round_id=round_id, ended=True),
    )


def score_calibration(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    round_id: str,
    given: Mapping[str, Decimal | None],
    remark: str = "",
    hand_in: bool = False,
) -> None:
    """The juror's marks on the calibration case; handed in they are final, because others are shown them.

    Raises:
        NotFound: there is none for him.
        Forbidden, ScoringOver
        Invalid: a mark outside its scale; handed in: a criterion without a mark. The field is "mark-KEY".
    """
    share_round(db, round_id)
    view = accepted_round(db, actor, round_id)
    found = _own_calibration(db, actor, view, now)
    _refuse_marks(view, given)
    if len(remark) > LONGEST_REMARK:
        raise Invalid([FieldError("remark", _("不能超过 %(limit)s 个字", limit=LONGEST_REMARK))])
    before = calibrations.own(db, actor, view, found).marks
    for key, value in given.items():
        if before.get(key) != value:
            db.add(_mark(db, actor, now, found, key, value))
    db.flush()
    if hand_in:
        _hand_in(db, actor, now, view, found, remark)


def _own_calibration(db: Session, actor: Actor, view: RoundView, now: datetime) -> CalibrationView:
    refusal = rules.round_refusal(view.state, view.closes_at, now)
    if refusal is not None:
        raise ScoringOver(refusal)
    found = calibrations.calibration(db, view, now)
    if found is None or actor.user_id not in found.judges:
        raise NotFound
    if actor.user_id in found.handed_in:
        raise ScoringOver(_("校准评分已经提交，不能再改。"))
    if found.shown:
        raise ScoringOver(_("校准已经截止，各位评委的打分已公布，不能再评。"))
    return found


def _refuse_marks(view: RoundView, given: Mapping[str, Decimal | None]) -> None:
    by_key = {each.key: each for each in view.call.rules.criteria}
    errors = []
    for key, value in given.items():
        if key not in by_key:
            raise NotFound
        refusal = rules.mark_refusal(by_key[key], value) if value is not None else None
        if refusal is not None:
            errors.append(FieldError(f"mark-{key}", refusal))
    if errors:
        raise Invalid(errors)


def _mark(
    db: Session, actor: Actor, now: datetime, found: CalibrationView, key: str, value: Decimal | None
) -> CalibrationMark:
    last = db.scalar(
        select(func.max(CalibrationMark.ordinal)).where(
            CalibrationMark.calibration_id == found.id,
            CalibrationMark.juror_id == actor.user_id,
            CalibrationMark.criterion_key == key,
        )
    )
    return CalibrationMark(
        id=new_id(),
        calibration_id=found.id,
        round_id=found.round_id,
        juror_id=actor.user_id,
        criterion_key=key,
        ordinal=(last or 0) + 1,
        value=plain(value) if value is not None else None,
        given_at=now,
    )


def _hand_in(
    db: Session, actor: Actor, now: datetime, view: RoundView, found: CalibrationView, remark: str
) -> None:
    given = marks.as_marks(calibrations.own(db, actor, view, found).marks)
    left = rules.missing(view.call.rules.criteria, given)
    if left:
        errors = [
            FieldError(f"mark-{each.key}", _("“%(name)s”还没有打分。", name=each.name)) for each in left
        ]
        raise Invalid(errors)
    db.add(
        CalibrationRead(
            id=new_id(),
            calibration_id=found.id,
            round_id=found.round_id,
            juror_id=actor.user_id,
            remark=remark.strip(),
            handed_in_at=now,
        )
    )
    event = CalibrationHandedIn(calibration_id=found.id, round_id=found.round_id, juror_id=actor.user_id)
    record(db, actor=actor, now=now, event=event)
