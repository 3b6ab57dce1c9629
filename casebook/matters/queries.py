"""Reads of the texts around the cases."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from casebook.book import Matter
from casebook.matters.models import EditionMatter
from casebook.matters.values import MatterView, Place
from foundation import richtext
from foundation.errors import NotFound


def matters(db: Session, edition_id: str) -> list[MatterView]:
    """All texts of an edition, those before the cases first, in print order."""
    rows = db.scalars(
        select(EditionMatter)
        .where(EditionMatter.edition_id == edition_id)
        .order_by(EditionMatter.position, EditionMatter.id)
    )
    found = [_view(row) for row in rows]
    return [each for place in Place for each in found if each.place is place]


def matter(db: Session, edition_id: str, matter_id: str) -> MatterView:
    """Raises NotFound: also for a text of another edition."""
    return _view(matter_row(db, edition_id, matter_id))


def matter_row(db: Session, edition_id: str, matter_id: str) -> EditionMatter:
    """For the service. Raises NotFound."""
    row = db.scalar(
        select(EditionMatter).where(EditionMatter.id == matter_id, EditionMatter.edition_id == edition_id)
    )
    if row is None:
        raise NotFound
    return row


def printed(db: Session, edition_id: str, place: Place) -> tuple[Matter, ...]:
    """The texts of one place as the book has them."""
    found = (each for each in matters(db, edition_id) if each.place is place)
    return tuple(Matter(each.heading, richtext.blocks(each.body)) for each in found)


def whole_text(db: Session, edition_id: str) -> str:
    """All of them as one clean HTML, headings and texts, as reviewers read it."""
    found = []
    for each in matters(db, edition_id):
        heading = richtext.Heading(2, (richtext.Run(each.heading),))
        found.append(richtext.html((heading, *richtext.blocks(each.body))))
    return "".join(found)


def _view(row: EditionMatter) -> MatterView:
    return MatterView(
        id=row.id,
        edition_id=row.edition_id,
        place=Place(row.place),
        heading=row.heading,
        body=row.body,
        revision=row.revision,
        changed_at=row.changed_at,
    )
