"""The organiser's formal check beyond one decision: the sheet of a version, many cases at once, reminders."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation import mail
from foundation.actor import Actor
from foundation.display import moment_in_zone
from foundation.errors import FieldError, Invalid, Problem, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.people import Unit, User
from foundation.permission import require
from foundation.text import Text, _, n_
from foundation.visibility import as_system
from submissions import policy, queries
from submissions.events import BranchesReminded
from submissions.models import Case, CheckSheet, Draft, UnitEntry
from submissions.rules.formal_check import CHECKLIST
from submissions.rules.lifecycle import Deed, deadline_of
from submissions.service.calls import REASON_HIGHEST
from submissions.service.decisions import check_case, refuse_unseen, return_case
from submissions.service.handing_in import check_reason
from submissions.service.loading import load_case, lock_case, standing_category, take_part
from submissions.values import BulkOutcome, CallView, CaseStatus, Chosen, NotDone

MOST_AT_ONCE = 500
"""Cases of one bulk action: its transaction keeps other writers waiting."""
REMIND_AGAIN = timedelta(hours=24)


@dataclass(slots=True)
class _Unfinished:
    """A unit with cases begun or given back, until when each of them can be handed in, who wrote them."""

    unit: Unit
    deadlines: set[datetime] = field(default_factory=set)
    count: int = 0
    writers: set[str] = field(default_factory=set)


def note_check(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    case_id: str,
    ticks: Iterable[str],
    note: str,
    seen: str = "",
) -> None:
    """Keep what the organiser ticked and noted about the version that counts; for the organiser alone.

    Args:
        seen: the id of the version that was looked at, "" where nobody looked.

    Raises:
        NotFound, Forbidden
        Refused: there is no version to check, or there is a newer one than the one seen.
        Invalid: the note is too long.
    """
    loaded = load_case(db, case_id)
    require(policy.may_check(actor))
    loaded = lock_case(db, loaded)
    version_id = loaded.row.version_id
    if version_id is None:
        raise Refused(_("这个案例没有可以审查的版本。"))
    refuse_unseen(loaded, seen)
    if len(note) > REASON_HIGHEST:
        raise Invalid([FieldError("note", _("备注不能超过 %(limit)s 个字。", limit=REASON_HIGHEST))])
    row = db.scalar(select(CheckSheet).where(CheckSheet.version_id == version_id))
    known = {key for key, _label in CHECKLIST}
    ticked = sorted(known.intersection(ticks))
    if row is None and not ticked and not note:
        return
    if row is None:
        row = CheckSheet(id=new_id(), case_id=case_id, version_id=version_id)
        db.add(row)
    row.ticks, row.note = ticked, note
    row.changed_at, row.changed_by_name = now, actor.name
    db.flush()


def decide_many(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    call_id: str,
    chosen: Sequence[Chosen],
    deed: Deed,
    reason: str = "",
    due_at: datetime | None = None,
) -> BulkOutcome:
    """Pass, return or reject many cases of a call: each permitted and decided alone, in one transaction.

    A case that cannot be decided so (or has a newer version than was chosen) is left, with the reason.

    Raises:
        Forbidden, NotFound
        Refused: none or too many are chosen, or it is none of these deeds.
        Invalid: a return or rejection without a reason.
    """
    require(policy.may_check(actor))
    queries.call(db, call_id)
    if not chosen:
        raise Refused(_("请先选择要处理的案例。"))
    if len(chosen) > MOST_AT_ONCE:
        raise Refused(
            _("一次最多处理 %(limit)s 个案例，请先用筛选缩小范围，分几次处理。", limit=MOST_AT_ONCE)
        )
    decide = _decider(db, actor, now, deed, reason, due_at)
    done: list[str] = []
    left: list[NotDone] = []
    views = {case.id: case for case in queries.cases_named(db, [each.case_id for each in chosen])}
    for each in chosen:
        case = views.get(each.case_id)
        if case is None or case.call_id != call_id:
            left.append(NotDone(each.case_id, each.case_id, _("没有这个案例，或它不属于这次征集。")))
            continue
        name = f"{case.number} {case.title}"
        try:
            with db.begin_nested():
                decide(each)
        except Problem as problem:
            left.append(NotDone(case.id, name, _why(problem)))
        else:
            done.append(name)
    return BulkOutcome(tuple(done), tuple(left))


def _decider(
    db: Session, actor: Actor, now: datetime, deed: Deed, reason: str, due_at: datetime | None
) -> Callable[[Chosen], None]:
    def check(each: Chosen) -> None:
        check_case(
            db,
            actor=actor,
            now=now,
            case_id=each.case_id,
            outcome=deed,
            reason=reason,
            seen=each.version_id,
        )

    def give_back(each: Chosen) -> None:
        return_case(
            db,
            actor=actor,
            now=now,
            case_id=each.case_id,
            reason=reason,
            due_at=due_at,
            seen=each.version_id,
        )

    if deed not in (Deed.CHECK, Deed.REJECT, Deed.RETURN):
        raise Refused(_("不能批量进行这项操作。"))
    if deed is not Deed.CHECK:
        check_reason(reason, "reason", _("请写明理由，申报单位将看到。"))
    if due_at is not None and due_at <= now:
        raise Invalid([FieldError("due_at", _("重新提交的期限必须晚于现在。"))])
    return give_back if deed is Deed.RETURN else check


def _why(problem: Problem) -> Text:
    """What is wrong with one case: its first field's sentence where there is one."""
    return problem.errors[0].message if isinstance(problem, Invalid) and problem.errors else problem.reason


def unfinished_branches(db: Session, *, actor: Actor, now: datetime, call: CallView) -> BulkOutcome:
    """Who would be reminded: names of units with something begun and not handed in, and those left out.

    Raises:
        Forbidden
    """
    require(policy.may_check(actor))
    to_write, left = _to_remind(db, now, call)
    return BulkOutcome(tuple(each.unit.name for each in to_write), tuple(left))


def remind_unfinished(db: Session, *, actor: Actor, now: datetime, call_id: str) -> BulkOutcome:
    """Write to those who have begun a case and not handed it in, each in one letter; nobody else.

    Nothing of their drafts is told to who reminds. A unit is written to once a day at most.

    Raises:
        Forbidden, NotFound
        Refused: nobody can be reminded.
    """
    require(policy.may_check(actor))
    call = queries.call(db, call_id)
    to_write, left = _to_remind(db, now, call)
    if not to_write:
        raise Refused(_("没有需要提醒的单位：没有未完成的草稿，或者今天已经提醒过。"))
    for each in to_write:
        take_part(db, call_id, each.unit.id)
        db.get_one(UnitEntry, (call_id, each.unit.id), populate_existing=True).reminded_at = now
        for user in _readers(db, each):
            subject = _("请在截止前完成申报：%(call)s", call=call.title)
            mail.queue(db, now=now, to=user.email, subject=subject, body=_reminder(call, each, user))
    db.flush()
    event = BranchesReminded(call_id=call_id, unit_ids=tuple(each.unit.id for each in to_write))
    record(db, actor=actor, now=now, event=event)
    return BulkOutcome(tuple(each.unit.name for each in to_write), tuple(left))


def _reminder(call: CallView, what: _Unfinished, user: User) -> Text:
    said = {
        "name": user.name,
        "unit": what.unit.name,
        "call": call.title,
        "until": moment_in_zone(min(what.deadlines), call.timezone),
    }
    if len(what.deadlines) > 1:
        return n_(
            "%(name)s：\n\n%(unit)s在《%(call)s》中还有 %(n)s 个案例没有提交，"
            "各自的截止时间不同，最早的是 %(until)s。"
            "请登录系统，在“我的申报”中检查并提交；不再申报的草稿可以删除。",
            "%(name)s：\n\n%(unit)s在《%(call)s》中还有 %(n)s 个案例没有提交，"
            "各自的截止时间不同，最早的是 %(until)s。"
            "请登录系统，在“我的申报”中检查并提交；不再申报的草稿可以删除。",
            what.count,
            **said,
        )
    return n_(
        "%(name)s：\n\n%(unit)s在《%(call)s》中还有 %(n)s 个案例没有提交，最晚可以提交到 %(until)s。"
        "请登录系统，在“我的申报”中检查并提交；不再申报的草稿可以删除。",
        "%(name)s：\n\n%(unit)s在《%(call)s》中还有 %(n)s 个案例没有提交，最晚可以提交到 %(until)s。"
        "请登录系统，在“我的申报”中检查并提交；不再申报的草稿可以删除。",
        what.count,
        **said,
    )


def _to_remind(db: Session, now: datetime, call: CallView) -> tuple[list[_Unfinished], list[NotDone]]:
    """Units with drafts (or returned cases) that can still be handed in; those not to be written to now."""
    to_write: list[_Unfinished] = []
    left: list[NotDone] = []
    with as_system(db):  # only that there is something unfinished leaves this function
        for each in _unfinished(db, now, call):
            reason = _not_now(db, now, call, each)
            if reason is None:
                to_write.append(each)
            else:
                left.append(NotDone(each.unit.id, each.unit.name, reason))
    return to_write, left


def _unfinished(db: Session, now: datetime, call: CallView) -> list[_Unfinished]:
    """By unit, by name: what was begun or given back, and can still be handed in."""
    rows = db.execute(
        select(Unit, Case, Draft.saved_by, Draft.category_key)
        .join(Case, Case.unit_id == Unit.id)
        .outerjoin(Draft, Draft.case_id == Case.id)
        .where(
            Case.call_id == call.id,
            Case.status.in_([CaseStatus.DRAFT.value, CaseStatus.RETURNED.value]),
            Case.pending_version_id.is_(None),
        )
        .order_by(Unit.name, Unit.id)
    )
    found: dict[str, _Unfinished] = {}
    deadlines: dict[str, dict[str, datetime]] = {}
    for unit, case, saved_by, drafted in rows:
        if unit.id not in deadlines:
            deadlines[unit.id] = queries.category_deadlines(db, call, unit.id)
        own = deadlines[unit.id]
        closes = own.get(standing_category(db, case) or drafted or "", own[""])
        until = deadline_of(CaseStatus(case.status), closes, case.return_due_at)
        if now < until:
            known = found.setdefault(unit.id, _Unfinished(unit))
            known.deadlines.add(until)
            known.count += 1
            known.writers |= {case.created_by, saved_by or case.created_by}
    return list(found.values())


def _not_now(db: Session, now: datetime, call: CallView, what: _Unfinished) -> Text | None:
    entry = db.get(UnitEntry, (call.id, what.unit.id))
    if entry is not None and entry.reminded_at is not None and now - entry.reminded_at < REMIND_AGAIN:
        return _("24 小时之内已经提醒过。")
    if not _readers(db, what):
        return _("没有可以收信的在用账号。")
    return None


def _readers(db: Session, what: _Unfinished) -> list[User]:
    """Active users who began or last saved one of the unit's unfinished cases."""
    return list(db.scalars(select(User).where(User.id.in_(what.writers), User.active).order_by(User.id)))
