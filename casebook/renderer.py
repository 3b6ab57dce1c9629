"""The port between a book's values and a file: what a renderer needs, what it answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Protocol

from casebook.book import Book
from foundation.text import Text


@dataclass(frozen=True, slots=True)
class Picture:
    """Facts of a picture that are known without reading it. `width` and `height` are pixels, above 0."""

    media_type: str
    width: int
    height: int


class Pictures(Protocol):
    """Where a renderer finds the pictures that a book names."""

    def find(self, src: str) -> Picture | None:
        """The facts, or None when there is no such picture or it cannot be printed."""
        ...

    def read(self, src: str) -> bytes:
        """The bytes of a picture that `find` knows."""
        ...


class NoPictures:
    """A source of pictures that has none."""

    def find(self, src: str) -> Picture | None:
        return None

    def read(self, src: str) -> bytes:
        raise FileNotFoundError(src)


EMU_PER_INCH = 914_400


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture where it is printed: the pixels it was given with, and its width on paper in EMU."""

    src: str
    width: int
    height: int
    cx: int

    @property
    def dpi(self) -> int:
        """Dots to an inch."""
        return self.width * EMU_PER_INCH // max(1, self.cx)


Progress = Callable[[int, Text], None]
"""Told the share done in percent and the step that begins, a sentence for the person who waits."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What came out beside the file.

    `pages` is the number of pages of the laid-out book, None when nothing here could lay it out; then the
    contents carry no page numbers and say so. `layout_failure` is why, where it should have been possible.
    `missing` are the `src` of pictures that were not found, `shown` the pictures in reading order.
    """

    pages: int | None
    entries: int
    pictures: int
    missing: tuple[str, ...] = ()
    layout_failure: str = ""
    shown: tuple[Shown, ...] = ()


class Renderer(Protocol):
    """Writes a book. The same book and pictures give the same bytes on the same installation."""

    @property
    def media_type(self) -> str: ...

    @property
    def suffix(self) -> str:
        """The file name's ending with its dot."""
        ...

    def render(self, book: Book, pictures: Pictures, out: IO[bytes], progress: Progress) -> Rendered:
        """Write the whole file to `out`, which must be seekable."""
        ...
