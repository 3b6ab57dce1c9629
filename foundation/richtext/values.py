"""The typed blocks of a case's body, and walks over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal

Align = Literal["", "center", "right"]
LINE_BREAK = "\n"
"""A line break inside a paragraph is this character inside a run's text."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one format. `text` may hold line breaks (U+000A); `href` is "" or an absolute address."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    sub: bool = False
    sup: bool = False
    href: str = ""

    def saying(self, text: str) -> Run:
        """Other characters in this format."""
        return Run(text, self.bold, self.italic, self.underline, self.strike, self.sub, self.sup, self.href)

    @property
    def form(self) -> tuple[object, ...]:
        """Everything but the characters."""
        return self.bold, self.italic, self.underline, self.strike, self.sub, self.sup, self.href


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` is 2, 3 or 4: level 1 is the case's title, which is not part of its body."""

    level: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: tuple[Run, ...]
    align: Align = ""


@dataclass(frozen=True, slots=True)
class ListBlock:
    ordered: bool
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    blocks: tuple[Block, ...]
    colspan: int = 1
    rowspan: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture. `src` is `attachment:ID`."""

    src: str
    alt: str = ""
    caption: str = ""

    @property
    def attachment_id(self) -> str:
        return self.src.removeprefix("attachment:")


@dataclass(frozen=True, slots=True)
class Quote:
    blocks: tuple[Block, ...]


Block = Heading | Paragraph | ListBlock | Table | Figure | Quote


def lines(content: Iterable[Block]) -> Iterator[str]:
    """The text of blocks, a line each; empty lines are left out."""
    for block in content:
        yield from _lines_of(block)


def _lines_of(block: Block) -> Iterator[str]:
    match block:
        case Heading(runs=runs) | Paragraph(runs=runs):
            yield from (line for line in text(runs).split(LINE_BREAK) if line.strip())
        case ListBlock(items=items):
            yield from lines(chain.from_iterable(items))
        case Quote(blocks=inner):
            yield from lines(inner)
        case Table():
            yield from _table_lines(block)
        case Figure(caption=caption) if caption:
            yield caption


def _table_lines(table: Table) -> Iterator[str]:
    if table.caption:
        yield table.caption
    for row in table.rows:
        line = "\t".join(" ".join(lines(cell.blocks)) for cell in row)
        if line.strip():
            yield line


def figures(content: Iterable[Block]) -> Iterator[Figure]:
    """Every picture in the blocks, also inside lists, tables and quotes, in reading order."""
    for block in content:
        match block:
            case Figure():
                yield block
            case ListBlock(items=items):
                yield from figures(chain.from_iterable(items))
            case Table(rows=rows):
                yield from figures(inner for row in rows for cell in row for inner in cell.blocks)
            case Quote(blocks=inside):
                yield from figures(inside)
            case _:
                pass


def text(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)
