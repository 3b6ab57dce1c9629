"""The book as values: what every renderer (Word today, others later) is given. Plain Python, no database."""

from dataclasses import dataclass, field
from typing import Literal

from foundation.richtext import Block

Language = Literal["zh", "en"]
"""The language of the book's own fixed words (目录, 摘要, 图); the entries may be in any language."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture that stands after an entry's text. `src` is the key that the renderer's `Pictures` know."""

    src: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One awarded case as printed. Empty strings and tuples print nothing.

    `authors` are written as they shall be read ("刘某，党支部书记"); `photos` are those that the text itself
    does not show; `signoff_line` is the editors' line (编辑、签审、签发) under the text; `origin` says
    where a copy that goes about by itself is from.
    """

    title: str
    unit: str
    prize: str = ""
    authors: tuple[str, ...] = ()
    summary: str = ""
    blocks: tuple[Block, ...] = ()
    photos: tuple[Photo, ...] = ()
    source_line: str = ""
    signoff_line: str = ""
    category: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the colophon says beyond title, publisher and year; nothing is invented where a field is empty."""

    compiler: str = ""
    isbn: str = ""
    cip: str = ""
    edition: str = ""
    printing: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    title: str
    subtitle: str
    publisher: str
    year: int
    foreword: tuple[Block, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    imprint: Imprint = field(default_factory=Imprint)
    language: Language = "zh"

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry in reading order."""
        return tuple(entry for chapter in self.chapters for entry in chapter.entries)
