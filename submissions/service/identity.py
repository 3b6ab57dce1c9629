"""Deciding what jurors must not read of a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.actor import Actor, Role
from foundation.errors import FieldError, Invalid, Refused
from foundation.journal import record
from foundation.permission import require
from foundation.text import _
from submissions import codec, policy, queries
from submissions.events import IdentityConfirmed
from submissions.models import IdentityReview
from submissions.rules.lifecycle import can_edit
from submissions.service.loading import Loaded, load_case, lock_case, window_of
from submissions.values import DecidedMask, IdentityDecision, VersionView

MASKS_HIGHEST = 300
WORDS_HIGHEST = 60


def confirm_identity(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    case_id: str,
    seen: str,
    masks: Sequence[DecidedMask],
    kept: Sequence[str] = (),
    withheld: Sequence[str] = (),
) -> IdentityDecision:
    """Confirm the masked copy of a case: what is covered beside the names that always are, which findings may
    stay, which photos jurors do not get. The case itself stays as it is.

    The authors may do so while they can write; the organiser for what was handed in. `seen` is the content
    hash of what was looked at.

    Raises:
        NotFound, Forbidden
        Refused: the case cannot be written in any more, or was changed after it was looked at.
        Invalid: too many words, or words of one character.
    """
    loaded = load_case(db, case_id)
    require(policy.may_confirm_identity(actor, unit_id=loaded.row.unit_id))
    loaded = lock_case(db, loaded)
    subject = _subject(db, actor, loaded, now)
    if subject.content_hash != seen:
        raise Refused(_("您查看之后，这个案例又改过。下面是现在的内容，请重新核对后再确认。"))
    _check(masks)
    photos = {each.id for each in subject.attachments if each.kind == "photo"}
    row = db.scalar(select(IdentityReview).where(IdentityReview.case_id == case_id))
    if row is None:
        row = IdentityReview(case_id=case_id, call_id=loaded.row.call_id, unit_id=loaded.row.unit_id)
        db.add(row)
    row.masks = codec.masks_to_json(masks)
    row.kept = list(dict.fromkeys(each[:WORDS_HIGHEST] for each in kept))[:MASKS_HIGHEST]
    row.withheld = sorted(photos.intersection(withheld))
    row.confirmed_hash = subject.content_hash
    row.confirmed_at = now
    row.confirmed_by = actor.user_id
    row.confirmed_by_name = actor.name
    db.flush()
    event = IdentityConfirmed(
        case_id=case_id,
        call_id=loaded.row.call_id,
        content_hash=subject.content_hash,
        masks=len(row.masks),
        withheld=len(row.withheld),
    )
    record(db, actor=actor, now=now, event=event)
    return queries.identity_decision(db, case_id)


def identity_subject(db: Session, *, actor: Actor, now: datetime, case_id: str) -> VersionView:
    """What the actor looks at: its authors the working copy while they can still write in it, the organiser
    what was handed in.

    Raises:
        NotFound, Forbidden
        Refused: there is nothing that he could confirm now.
    """
    loaded = load_case(db, case_id)
    require(policy.may_confirm_identity(actor, unit_id=loaded.row.unit_id))
    return _subject(db, actor, loaded, now)


def _subject(db: Session, actor: Actor, loaded: Loaded, now: datetime) -> VersionView:
    """What the actor looks at: the organiser what was handed in, its authors the working copy while they can
    still write in it."""
    case = queries.case(db, loaded.row.id)
    writes = policy.may_write(actor, unit_id=loaded.row.unit_id) is None
    if writes and can_edit(loaded.status, window_of(db, loaded, now)):
        return queries.draft_as_version(case, queries.draft(db, case.id))
    if not actor.has(Role.ORGANISER):
        raise Refused(_("征集已截止，遮盖的内容由组织单位核对确认。"))
    if case.version_id is None:
        raise Refused(_("这个案例还没有提交，不能确认遮盖。"))
    return queries.version(db, case.version_id)


def _check(masks: Sequence[DecidedMask]) -> None:
    if len(masks) > MASKS_HIGHEST:
        limit = MASKS_HIGHEST
        raise Invalid([FieldError("own", _("一个案例最多遮盖 %(limit)s 个词，请删减。", limit=limit))])
    for each in masks:
        if len(each.words.strip()) < 2:
            sentence = _("“%(words)s”只有一个字，会遮盖过多内容，请写完整的词。", words=each.words)
            raise Invalid([FieldError("own", sentence)])
        if len(each.words) > WORDS_HIGHEST:
            sentence = _("要遮盖的词不能超过 %(limit)s 个字，请一行写一个。", limit=WORDS_HIGHEST)
            raise Invalid([FieldError("own", sentence)])
