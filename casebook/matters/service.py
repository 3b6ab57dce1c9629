"""Writes of the texts around the cases: each function loads, permits, decides, writes, records."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casebook import policy
from casebook import queries as editions
from casebook.matters import queries
from casebook.matters.events import MatterRemoved, MattersOrdered, MatterWritten
from casebook.matters.models import EditionMatter
from casebook.matters.values import Place
from casebook.service.editions import touch
from foundation import journal, richtext
from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, Refused
from foundation.permission import require
from foundation.text import _

MOST = 40
"""Texts of one edition."""


def add_matter(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    edition_id: str,
    place: Place,
    heading: str,
    body: str = "",
) -> str:
    """Add a text at the end of its place; returns its id.

    Raises:
        Forbidden, NotFound
        Invalid: no heading.
        Refused: there are too many.
    """
    require(policy.may_edit(actor))
    edition = editions.locked_edition(db, edition_id)
    known = queries.matters(db, edition_id)
    if len(known) >= MOST:
        raise Refused(_("一本书的前后文字最多 %(most)s 篇，请先合并或删除。", most=MOST))
    if not heading:
        raise Invalid([FieldError("heading", _("请填写标题"))])
    last = select(func.max(EditionMatter.position)).where(
        EditionMatter.edition_id == edition_id, EditionMatter.place == place.value
    )
    row = EditionMatter(
        edition_id=edition_id,
        place=place.value,
        position=(db.scalar(last) if known else None) or 0,
        heading=heading,
        body=richtext.clean(body),
        changed_at=now,
        changed_by=actor.user_id,
    )
    row.position += 1
    db.add(row)
    db.flush()
    touch(edition, now)
    _written(db, row, actor=actor, now=now)
    return row.id


def write_matter(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    edition_id: str,
    matter_id: str,
    revision: int,
    heading: str,
    body: str,
) -> None:
    """Write a text anew.

    Raises:
        Forbidden, NotFound
        Refused: somebody else wrote it since `revision`.
        Invalid: no heading.
    """
    require(policy.may_edit(actor))
    edition = editions.locked_edition(db, edition_id)
    row = queries.matter_row(db, edition_id, matter_id)
    if row.revision != revision:
        raise Refused(_("这篇文字刚刚被别人改过。请先复制您写的内容，重新打开这一页核对，再保存。"))
    if not heading:
        raise Invalid([FieldError("heading", _("请填写标题"))])
    row.heading, row.body = heading, richtext.clean(body)
    row.revision += 1
    row.changed_at, row.changed_by = now, actor.user_id
    touch(edition, now)
    _written(db, row, actor=actor, now=now)


def move_matter(
    db: Session, *, actor: Actor, now: datetime, edition_id: str, matter_id: str, step: int
) -> None:
    """One place up (-1) or down (+1) among the texts of its place; at the ends nothing changes.

    Raises:
        Forbidden, NotFound
    """
    require(policy.may_edit(actor))
    edition = editions.locked_edition(db, edition_id)
    row = queries.matter_row(db, edition_id, matter_id)
    order = [
        queries.matter_row(db, edition_id, each.id)
        for each in queries.matters(db, edition_id)
        if each.place.value == row.place
    ]
    old = order.index(row)
    new = min(max(old + step, 0), len(order) - 1)
    order.insert(new, order.pop(old))
    for position, each in enumerate(order):
        each.position = position
    if new == old:
        return
    touch(edition, now)
    event = MattersOrdered(edition_id=edition_id, order=tuple(each.id for each in order))
    journal.record(db, actor=actor, now=now, event=event)


def remove_matter(db: Session, *, actor: Actor, now: datetime, edition_id: str, matter_id: str) -> None:
    """Raises Forbidden, NotFound."""
    require(policy.may_edit(actor))
    edition = editions.locked_edition(db, edition_id)
    row = queries.matter_row(db, edition_id, matter_id)
    event = MatterRemoved(edition_id=edition_id, matter_id=row.id, heading=row.heading)
    db.delete(row)
    touch(edition, now)
    journal.record(db, actor=actor, now=now, event=event)


def take_notice(db: Session, *, actor: Actor, now: datetime, edition_id: str, call_id: str) -> str:
    """The call's notice as an appendix that can be edited like any text; returns its id.

    Raises:
        Forbidden, NotFound
        Refused: the book takes no cases of this call, or its notice is empty.
    """
    require(policy.may_edit(actor))
    calls = {call.id: call for call in editions.calls_of(db, edition_id)}
    call = calls.get(call_id)
    if call is None:
        raise Refused(_("请选择这本书收录的征集活动。"))
    if not richtext.blocks(call.notice_html):
        raise Refused(_("这次征集没有通知正文，请直接新增一篇附录。"))
    heading = str(_("附录：%(title)s", title=call.title))
    return add_matter(
        db,
        actor=actor,
        now=now,
        edition_id=edition_id,
        place=Place.BACK,
        heading=heading,
        body=call.notice_html,
    )


def _written(db: Session, row: EditionMatter, *, actor: Actor, now: datetime) -> None:
    event = MatterWritten(edition_id=row.edition_id, matter_id=row.id, revision=row.revision)
    journal.record(db, actor=actor, now=now, event=event)
