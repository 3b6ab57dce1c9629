"""Rules of the desk, pure: the order of a book, the texts of its manuscripts and what changed in them."""

from casebook.rules.ordering import (
    Candidate,
    Order,
    chapter_moved,
    checked_order,
    gathered,
    grouped,
    moved,
    read_order,
    with_photos,
)
from casebook.rules.terms import TERM_LONGEST, TERMS_HIGHEST, read_terms
from casebook.rules.texts import text_digest

__all__ = [
    "TERMS_HIGHEST",
    "TERM_LONGEST",
    "Candidate",
    "Order",
    "chapter_moved",
    "checked_order",
    "gathered",
    "grouped",
    "moved",
    "read_order",
    "read_terms",
    "text_digest",
    "with_photos",
]
