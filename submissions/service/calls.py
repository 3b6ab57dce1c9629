"""Deeds on calls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation import people, richtext
from foundation.actor import SYSTEM, Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import Text, _
from submissions import codec, policy, queries
from submissions.errors import EditedMeanwhile
from submissions.events import CallClosed, CallCreated, CallPublished, CallUpdated, WindowExtended
from submissions.models import Call, CallChange, CategoryDeadline, Extension
from submissions.rules.calls import check_call, frozen_changes, is_frozen, wording_changes
from submissions.rules.windows import closes_by_rules, has_settled, local
from submissions.values import CallProposal, CallRules, CallView, ExtensionView, FieldChange

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
    db.add(row)
    _fill(db, row, proposal)
    db.flush()
    record(db, actor=actor, now=now, event=CallCreated(call_id=row.id))
    return queries.call_view(row)


def update_call(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    call_id: str,
    revision: int,
    proposal: CallProposal,
    reason: str = "",
) -> CallView:
    """Change a call. Once its window has opened only the wording may change, with a reason; what it said
    before and says now is public from then on.

    Raises:
        Forbidden, NotFound, EditedMeanwhile
        Invalid: the rules are not sound, or frozen, or a reason is missing.
    """
    row = _load(db, call_id)
    require(policy.may_manage_calls(actor))
    if row.revision != revision:
        raise EditedMeanwhile(
            _("您打开页面后，这个征集活动已被其他人修改。您填写的内容还在，请核对后重新保存。"), row.revision
        )
    before = queries.call_view(row)
    proposal = replace(proposal, notice_html=richtext.clean(proposal.notice_html))
    worded = wording_changes(before, proposal) if is_frozen(before, now=now) else ()
    _refuse(
        check_call(proposal),
        _slug_taken(db, proposal.slug, but=row.id),
        frozen_changes(before, proposal, now=now),
        _reason_errors("change_reason", reason, _("征集已经开始，请写明修改的理由，将与修改内容一起公开。"))
        if worded
        else (),
    )
    _fill(db, row, proposal)
    row.revision += 1
    if worded:
        _put_on_record(db, row, actor, now, worded, reason)
    db.flush()
    event = CallUpdated(
        call_id=row.id,
        revision=row.revision,
        fields=tuple(each.field for each in worded),
        reason=reason if worded else "",
    )
    record(db, actor=actor, now=now, event=event)
    return queries.call_view(row)


def _put_on_record(
    db: Session, row: Call, actor: Actor, now: datetime, worded: tuple[FieldChange, ...], reason: str
) -> None:
    db.add(
        CallChange(
            id=new_id(),
            call_id=row.id,
            at=now,
            by=actor.user_id,
            by_name=actor.name,
            reason=reason,
            fields=codec.changes_to_json(worded),
        )
    )


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
    call = queries.call_view(row)
    if closes_by_rules(call.closes_at, call.rules) <= now:
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
    category_key: str = "",
) -> ExtensionView:
    """Grant a later deadline to one unit, or to all, in one category or all, on record with its reason.

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
    wanted = ExtensionView("", row.id, unit_id, "", closes_at, reason, now, actor.name, category_key)
    _refuse(_extension_errors(db, queries.call_view(row), wanted))
    granted = Extension(
        id=new_id(),
        call_id=row.id,
        unit_id=unit_id,
        closes_at=closes_at,
        reason=reason,
        granted_at=now,
        granted_by=actor.user_id,
        granted_by_name=actor.name,
        category_key=category_key,
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
            category_key=category_key,
        ),
    )
    return next(each for each in queries.extensions(db, row.id) if each.id == granted.id)


def close_due(db: Session, *, now: datetime) -> int:
    """Put every closing that is over on record: of calls, of categories with a deadline of their own, of
    later deadlines that were granted. Returns how many. Run by the worker."""
    count = 0
    for call_id in queries.closings_due(db, now):
        row = _load(db, call_id)
        for closing, event in _closings(db, row):
            if closing.closed_at is None and has_settled(closing.closes_at, now=now):
                closing.closed_at = now
                record(db, actor=SYSTEM, now=now, event=event)
                count += 1
    db.flush()
    return count


def _closings(db: Session, row: Call) -> Iterator[tuple[Call | CategoryDeadline | Extension, CallClosed]]:
    """Each deadline of a call with the event of its closing."""
    yield row, CallClosed(call_id=row.id, closes_at=row.closes_at.isoformat())
    for each in db.scalars(select(CategoryDeadline).where(CategoryDeadline.call_id == row.id)):
        at = each.closes_at.isoformat()
        yield each, CallClosed(call_id=row.id, closes_at=at, category_key=each.category_key)
    for granted in db.scalars(select(Extension).where(Extension.call_id == row.id)):
        at = granted.closes_at.isoformat()
        key = granted.category_key
        yield granted, CallClosed(call_id=row.id, closes_at=at, category_key=key, extension_id=granted.id)


def _load(db: Session, call_id: str) -> Call:
    row = db.scalar(select(Call).where(Call.id == call_id).with_for_update())
    if row is None:
        raise NotFound
    return row


def _fill(db: Session, row: Call, proposal: CallProposal) -> None:
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
    db.flush()
    _keep_deadlines(db, row, proposal.rules)


def _keep_deadlines(db: Session, row: Call, rules: CallRules) -> None:
    """The categories' own deadlines as rows, so that their closing can be found and put on record."""
    wanted = {each.key: each.closes_at for each in rules.categories if each.closes_at is not None}
    for there in db.scalars(select(CategoryDeadline).where(CategoryDeadline.call_id == row.id)).all():
        if wanted.get(there.category_key) == there.closes_at:
            del wanted[there.category_key]
        else:
            db.delete(there)
    db.flush()
    db.add_all(
        CategoryDeadline(id=new_id(), call_id=row.id, category_key=key, closes_at=at)
        for key, at in wanted.items()
    )


def _slug_taken(db: Session, slug: str, *, but: str) -> tuple[FieldError, ...]:
    taken = db.scalar(select(Call.id).where(Call.slug == slug, Call.id != but))
    return (FieldError("slug", _("这个网址名称已被另一个征集活动使用。")),) if taken else ()


def _extension_errors(db: Session, call: CallView, wanted: ExtensionView) -> tuple[FieldError, ...]:
    found = []
    if wanted.category_key and call.rules.category(wanted.category_key) is None:
        found.append(FieldError("extension_category", _("本次征集没有所选的类别，请重新选择。")))
    deadlines = queries.category_deadlines(db, call, wanted.unit_id)
    in_force = deadlines.get(wanted.category_key) if wanted.category_key else min(deadlines.values())
    if in_force is not None and wanted.closes_at <= in_force:
        found.append(FieldError("extension_closes_at", _("新的截止时间必须晚于现在的截止时间。")))
    elif wanted.closes_at <= wanted.granted_at:
        found.append(FieldError("extension_closes_at", _("新的截止时间已经过去。")))
    missing = _("请写明延长的理由，将记录在案。")
    return (*found, *_reason_errors("extension_reason", wanted.reason, missing))


def _reason_errors(field: str, reason: str, missing: Text) -> tuple[FieldError, ...]:
    if not reason:
        return (FieldError(field, missing),)
    if len(reason) > REASON_HIGHEST:
        return (FieldError(field, _("理由不能超过 %(limit)s 个字。", limit=REASON_HIGHEST)),)
    return ()


def _refuse(*found: tuple[FieldError, ...]) -> None:
    errors = [each for group in found for each in group]
    if errors:
        raise Invalid(errors)
