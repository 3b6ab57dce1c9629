"""Deeds on calls."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation import people, richtext
from foundation.actor import SYSTEM, Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import _
from submissions import codec, policy, queries
from submissions.errors import EditedMeanwhile
from submissions.events import CallClosed, CallCreated, CallPublished, CallUpdated, WindowExtended
from submissions.models import Call, Extension
from submissions.rules.calls import check_call, frozen_changes
from submissions.rules.windows import local
from submissions.values import CallProposal, CallView, ExtensionView

REASON_HIGHEST = 500


def create_call(db: Session, *, actor: Actor, now: datetime, proposal: CallProposal) -> CallView:
    """Write down a new call; nobody but organisers sees it until it is published.

    Raises:
        Forbidden: not an organiser.
        Invalid: the rules are not sound, or the address is taken.
    """
    require(policy.may_manage_calls(actor))
    row = Call(id=new_id(), created_at=now, created_by=actor.user_id)
    _refuse(check_call(proposal), _slug_taken(db, proposal.slug, but=row.id))
    _fill(row, proposal)
    db.add(row)
    db.flush()
    record(db, actor=actor, now=now, event=CallCreated(call_id=row.id))
    return queries.call_view(row)


def update_call(
    db: Session, *, actor: Actor, now: datetime, call_id: str, revision: int, proposal: CallProposal
) -> CallView:
    """Change a call. Once its window has opened only the wording may change.

    Raises:
        Forbidden, NotFound, EditedMeanwhile
        Invalid: the rules are not sound, or frozen.
    """
    row = _load(db, call_id)
    require(policy.may_manage_calls(actor))
    if row.revision != revision:
        raise EditedMeanwhile(
            _("您打开页面后，这个征集活动已被其他人修改。您填写的内容还在，请核对后重新保存。"), row.revision
        )
    frozen = frozen_changes(queries.call_view(row), proposal, now=now)
    _refuse(check_call(proposal), _slug_taken(db, proposal.slug, but=row.id), frozen)
    _fill(row, proposal)
    row.revision += 1
    db.flush()
    record(db, actor=actor, now=now, event=CallUpdated(call_id=row.id, revision=row.revision))
    return queries.call_view(row)


def publish_call(db: Session, *, actor: Actor, now: datetime, call_id: str) -> CallView:
    """Show the call to everybody.

    Raises:
        Forbidden, NotFound
        Refused: published already, or its deadline has passed.
    """
    row = _load(db, call_id)
    require(policy.may_manage_calls(actor))
    if row.published_at is not None:
        raise Refused(_("这个征集活动已经发布。"))
    if row.closes_at <= now:
        raise Refused(_("截止时间已经过去，请先修改征集时间再发布。"))
    row.published_at = now
    db.flush()
    record(db, actor=actor, now=now, event=CallPublished(call_id=row.id))
    return queries.call_view(row)


def extend_window(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    call_id: str,
    unit_id: str | None,
    closes_at: datetime,
    reason: str,
) -> ExtensionView:
    """Grant a later deadline to one unit, or to all, on record with its reason.

    Raises:
        Forbidden, NotFound
        Invalid: no reason, not later than the deadline in force, or already past.
    """
    row = _load(db, call_id)
    require(policy.may_manage_calls(actor))
    if row.published_at is None:
        raise Refused(_("征集活动尚未发布，请直接修改截止时间。"))
    if unit_id is not None:
        people.unit(db, unit_id)
    _refuse(_extension_errors(db, row, unit_id, closes_at, reason, now))
    granted = Extension(
        id=new_id(),
        call_id=row.id,
        unit_id=unit_id,
        closes_at=closes_at,
        reason=reason,
        granted_at=now,
        granted_by=actor.user_id,
        granted_by_name=actor.name,
    )
    db.add(granted)
    db.flush()
    record(
        db,
        actor=actor,
        now=now,
        event=WindowExtended(
            call_id=row.id,
            extension_id=granted.id,
            unit_id=unit_id,
            closes_at=closes_at.isoformat(),
            reason=reason,
        ),
    )
    return next(each for each in queries.extensions(db, row.id) if each.id == granted.id)


def close_due(db: Session, *, now: datetime) -> int:
    """Put the closing of every window that is over on record; returns how many. Run by the worker."""
    due = queries.closings_due(db, now)
    for row in db.scalars(select(Call).where(Call.id.in_(due))):
        row.closed_at = now
        record(db, actor=SYSTEM, now=now, event=CallClosed(call_id=row.id))
    return len(due)


def _load(db: Session, call_id: str) -> Call:
    row = db.scalar(select(Call).where(Call.id == call_id).with_for_update())
    if row is None:
        raise NotFound
    return row


def _fill(row: Call, proposal: CallProposal) -> None:
    if proposal.opens_at is None or proposal.closes_at is None:
        raise Refused(_("请填写征集开始和截止的时间。"))  # check_call has refused before
    row.slug = proposal.slug
    row.title = proposal.title
    row.theme = proposal.theme
    row.notice_html = richtext.clean(proposal.notice_html)
    row.opens_at = proposal.opens_at
    row.closes_at = proposal.closes_at
    row.timezone = proposal.timezone
    row.year = local(proposal.opens_at, proposal.timezone).year
    row.rules = codec.rules_to_json(proposal.rules)


def _slug_taken(db: Session, slug: str, *, but: str) -> tuple[FieldError, ...]:
    taken = db.scalar(select(Call.id).where(Call.slug == slug, Call.id != but))
    return (FieldError("slug", _("这个网址名称已被另一个征集活动使用。")),) if taken else ()


def _extension_errors(
    db: Session, row: Call, unit_id: str | None, closes_at: datetime, reason: str, now: datetime
) -> tuple[FieldError, ...]:
    found = []
    in_force = queries.deadline(db, queries.call_view(row), unit_id)
    if closes_at <= in_force:
        found.append(FieldError("extension_closes_at", _("新的截止时间必须晚于现在的截止时间。")))
    elif closes_at <= now:
        found.append(FieldError("extension_closes_at", _("新的截止时间已经过去。")))
    if not reason:
        found.append(FieldError("extension_reason", _("请写明延长的理由，将记录在案。")))
    elif len(reason) > REASON_HIGHEST:
        found.append(FieldError("extension_reason", _("理由不能超过 %(limit)s 个字。", limit=REASON_HIGHEST)))
    return tuple(found)


def _refuse(*found: tuple[FieldError, ...]) -> None:
    errors = [each for group in found for each in group]
    if errors:
        raise Invalid(errors)
