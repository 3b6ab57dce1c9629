"""What comes out of a document that somebody handed in."""

from __future__ import annotations

from dataclasses import dataclass

from foundation.text import Text
from submissions.values import Author


@dataclass(frozen=True, slots=True)
class ParsedPicture:
    """One picture, re-encoded: no metadata, turned upright, at most 2,560 pixels wide or high.

    The body shows it as `attachment:` + `id` until it is stored as an attachment of a case.
    """

    id: str
    name: str
    data: bytes
    media_type: str
    caption: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ParsedCase:
    """What was understood. What was not found is empty; `findings` say so in sentences for the author.

    `body_html` is in the canonical subset of `foundation.richtext`; `category` is the author's own word.
    """

    title: str = ""
    unit: str = ""
    authors: tuple[Author, ...] = ()
    summary: str = ""
    body_html: str = ""
    pictures: tuple[ParsedPicture, ...] = ()
    source_line: str = ""
    signoff_line: str = ""
    category: str = ""
    findings: tuple[Text, ...] = ()
