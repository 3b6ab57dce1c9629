"""Rules of the desk, pure: the order of a book, the texts of its manuscripts and what changed in them."""

from casebook.rules.ordering import (
    Candidate,
    Order,
    chapter_moved,
    checked_order,
    grouped,
    moved,
    read_order,
    with_photos,
)
from casebook.rules.texts import text_digest

__all__ = [
    "Candidate",
    "Order",
    "chapter_moved",
    "checked_order",
    "grouped",
    "moved",
    "read_order",
    "text_digest",
    "with_photos",
]
