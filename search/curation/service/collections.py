"""Collections: put together, ordered, published."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from foundation import richtext
from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.journal import Event, record
from foundation.permission import require
from foundation.text import _
from judging import queries as judging
from search.curation.events.collections import (
    CollectionChanged,
    CollectionCreated,
    CollectionDeleted,
    CollectionPublished,
    CollectionUnpublished,
)
from search.curation.models.collections import Collection, CollectionEntry
from search.curation.policy.curating import may_collect
from search.curation.rules.collections import check_collection, once
from search.curation.values.collections import CollectionItem, CollectionProposal


def create_collection(db: Session, *, actor: Actor, now: datetime, proposal: CollectionProposal) -> str:
    """A draft that only those see who put collections together; returns its id."""
    require(may_collect(actor))
    _check(db, proposal, but="")
    row = Collection(id=new_id(), created_at=now, created_by=actor.user_id, published_at=None, revision=1)
    _fill(row, proposal, actor, now)
    db.add(row)
    db.flush()
    _put_cases(db, row, proposal)
    record(db, actor=actor, now=now, event=CollectionCreated(collection_id=row.id))
    return row.id


def save_collection(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    collection_id: str,
    revision: int,
    proposal: CollectionProposal,
) -> None:
    """Makes the collection what is proposed, unless somebody else saved it meanwhile."""
    require(may_collect(actor))
    row = _collection(db, collection_id)
    if row.revision != revision:
        raise Refused(_("别人刚刚保存了这个专题。请重新打开页面，看过新的内容再修改。"))
    _check(db, proposal, but=collection_id)
    _fill(row, proposal, actor, now)
    row.revision += 1
    _put_cases(db, row, proposal)
    _note_change(db, row, actor, now, len(once(proposal.items)))


def add_to_collection(
    db: Session, *, actor: Actor, now: datetime, collection_id: str, case_id: str, note: str = ""
) -> None:
    """Puts a case at the end of a collection; one that is there already stays where it is."""
    require(may_collect(actor))
    row = _collection(db, collection_id)
    if not judging.awards_of(db, [case_id]):
        raise NotFound
    entries = db.scalars(select(CollectionEntry).where(CollectionEntry.collection_id == row.id)).all()
    if any(each.case_id == case_id for each in entries):
        return
    position = max((each.position for each in entries), default=-1) + 1
    db.add(CollectionEntry(collection_id=row.id, case_id=case_id, note=note, position=position))
    row.revision += 1
    row.changed_at, row.changed_by = now, actor.user_id
    db.flush()
    _note_change(db, row, actor, now, len(entries) + 1)


def publish_collection(db: Session, *, actor: Actor, now: datetime, collection_id: str) -> None:
    """Its audience reads it from now on."""
    require(may_collect(actor))
    row = _collection(db, collection_id)
    held = select(CollectionEntry.id).where(CollectionEntry.collection_id == row.id).limit(1)
    if db.scalar(held) is None:
        raise Refused(_("专题里还没有案例，请先加入案例再发布。"))
    if row.published_at is None:
        row.published_at = now
        _record(db, actor, now, CollectionPublished(collection_id=row.id))


def unpublish_collection(db: Session, *, actor: Actor, now: datetime, collection_id: str) -> None:
    """It is a draft again."""
    require(may_collect(actor))
    row = _collection(db, collection_id)
    if row.published_at is not None:
        row.published_at = None
        _record(db, actor, now, CollectionUnpublished(collection_id=row.id))


def delete_collection(db: Session, *, actor: Actor, now: datetime, collection_id: str) -> None:
    """Deletes a draft; a published one is taken back first."""
    require(may_collect(actor))
    row = _collection(db, collection_id)
    if row.published_at is not None:
        raise Refused(_("已发布的专题不能直接删除，请先撤回发布。"))
    title = row.title
    db.execute(delete(CollectionEntry).where(CollectionEntry.collection_id == row.id))
    db.delete(row)
    _record(db, actor, now, CollectionDeleted(collection_id=collection_id, title=title))


def _check(db: Session, proposal: CollectionProposal, *, but: str) -> None:
    errors = check_collection(proposal)
    other = db.scalar(select(Collection.id).where(Collection.slug == proposal.slug, Collection.id != but))
    if other is not None:
        errors.append(FieldError("slug", _("已有专题用了这个网址名称，请换一个。")))
    if errors:
        raise Invalid(errors)


def _fill(row: Collection, proposal: CollectionProposal, actor: Actor, now: datetime) -> None:
    row.title, row.slug = proposal.title, proposal.slug
    row.introduction_html = richtext.clean(proposal.introduction_html)
    row.cover_case_id = proposal.cover_case_id or None
    row.cover_photo_id = proposal.cover_photo_id or None
    row.audience = proposal.audience.value
    row.changed_at, row.changed_by = now, actor.user_id


def _put_cases(db: Session, row: Collection, proposal: CollectionProposal) -> None:
    """The cases in the order given; one without an award in force is left out."""
    items = once(proposal.items)
    awarded = {each.case_id for each in judging.awards_of(db, [item.case_id for item in items])}
    db.execute(delete(CollectionEntry).where(CollectionEntry.collection_id == row.id))
    kept: list[CollectionItem] = [each for each in items if each.case_id in awarded]
    db.add_all(
        CollectionEntry(collection_id=row.id, case_id=each.case_id, note=each.note, position=place)
        for place, each in enumerate(kept)
    )
    db.flush()


def _collection(db: Session, collection_id: str) -> Collection:
    row = db.get(Collection, collection_id)
    if row is None:
        raise NotFound
    return row


def _note_change(db: Session, row: Collection, actor: Actor, now: datetime, cases: int) -> None:
    _record(db, actor, now, CollectionChanged(collection_id=row.id, audience=row.audience, cases=cases))


def _record(db: Session, actor: Actor, now: datetime, event: Event) -> None:
    db.flush()
    record(db, actor=actor, now=now, event=event)
