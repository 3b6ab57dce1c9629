"""Finding what gives away whose case it is. Pure: texts and names in, findings with their places out."""

from submissions.identity.finder import Subject, leaks, masks_of
from submissions.identity.names import (
    AUTHOR,
    CONTACT,
    HIDDEN,
    LINK,
    PERSON,
    PLACE,
    UNIT,
    Span,
    author_forms,
    name_pattern,
    spans,
    standing_patterns,
    unit_forms,
)

__all__ = [
    "AUTHOR",
    "CONTACT",
    "HIDDEN",
    "LINK",
    "PERSON",
    "PLACE",
    "UNIT",
    "Span",
    "Subject",
    "author_forms",
    "leaks",
    "masks_of",
    "name_pattern",
    "spans",
    "standing_patterns",
    "unit_forms",
]
