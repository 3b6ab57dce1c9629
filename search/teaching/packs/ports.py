"""Word files and slides are written by the package that knows how; `webapp.wiring` hands these in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from foundation.files import FileStore
from foundation.richtext import Block
from search.holdings import Shelved


@dataclass(frozen=True, slots=True)
class Print:
    """A document of text and tables with cases after it; `byline` stands under the title."""

    title: str
    byline: str
    blocks: tuple[Block, ...]
    cases: tuple[Shelved, ...] = ()


@dataclass(frozen=True, slots=True)
class Deck:
    """Slides: a title with the line under it, then pages of a title and bullets."""

    title: str
    byline: str
    pages: Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class PackWriters:
    """Writers of files. They take time: never inside a write transaction."""

    document: Callable[[Print, FileStore], bytes]
    slides: Callable[[Deck], bytes]
