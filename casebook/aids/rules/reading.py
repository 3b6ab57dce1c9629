"""A manuscript as lines with addresses, and the way back: characters replaced exactly at one place.

An address is `title`, `unit`, `author.N`, `summary`, `source`, `signoff`, `photo.N` (the caption of the Nth
photo after the text) or `body.N`: the Nth holder of characters in the body, counted in reading order. A
heading, a paragraph, a table's and a figure's caption hold characters, also when they are empty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from casebook.aids.values import Grid, Line, Photo, Role, Script
from casebook.values import ManuscriptText
from foundation import richtext
from foundation.richtext import Block, Figure, Heading, ListBlock, Paragraph, Quote, Run, Table

Measure = Callable[[str], tuple[int, int, float]]
"""A picture's source -> its pixels and the width it is printed in (mm); zeros where that is not known."""


def unmeasured(_src: str) -> tuple[int, int, float]:
    return 0, 0, 0.0


def read(text: ManuscriptText, measure: Measure = unmeasured) -> Script:
    """Everything that is printed of a manuscript."""
    reader = _Reader(measure)
    reader.blocks(richtext.blocks(text.body), Role.PARAGRAPH)
    head = [
        Line("title", Role.TITLE, text.title),
        Line("unit", Role.UNIT, text.unit),
        *(Line(f"author.{number}", Role.AUTHOR, name) for number, name in enumerate(text.authors)),
        Line("summary", Role.SUMMARY, text.summary),
    ]
    after = [
        Photo(f"photo.{number}", f"attachment:{each.id}", each.caption, *measure(f"attachment:{each.id}"))
        for number, each in enumerate(text.photos)
    ]
    tail = [
        *(Line(photo.place, Role.CAPTION, photo.caption) for photo in after),
        Line("source", Role.SOURCE, text.source_line),
        Line("signoff", Role.SIGNOFF, text.signoff_line),
    ]
    lines = tuple(line for line in chain(head, reader.lines, tail) if line.text)
    return Script(lines, (*reader.photos, *after), tuple(reader.tables))


@dataclass(slots=True)
class _Reader:
    measure: Measure
    lines: list[Line] = field(default_factory=list)
    photos: list[Photo] = field(default_factory=list)
    tables: list[Grid] = field(default_factory=list)
    count: int = 0

    def _next(self, role: Role, text: str) -> Line:
        line = Line(f"body.{self.count}", role, text)
        self.count += 1
        self.lines.append(line)
        return line

    def blocks(self, content: tuple[Block, ...], role: Role) -> None:
        for block in content:
            self._block(block, role)

    def _block(self, block: Block, role: Role) -> None:
        match block:
            case Heading(runs=runs):
                self._next(Role.HEADING, richtext.text(runs))
            case Paragraph(runs=runs):
                self._next(role, richtext.text(runs))
            case ListBlock(items=items):
                self.blocks(tuple(chain.from_iterable(items)), Role.ITEM if role is not Role.CELL else role)
            case Quote(blocks=inner):
                self.blocks(inner, Role.QUOTE if role is not Role.CELL else role)
            case Figure(src=src, caption=caption):
                line = self._next(Role.CAPTION, caption)
                self.photos.append(Photo(line.place, src, caption, *self.measure(src)))
            case Table():
                self._table(block)

    def _table(self, table: Table) -> None:
        caption = self._next(Role.CAPTION, table.caption)
        rows = []
        for row in table.rows:
            cells = []
            for cell in row:
                before = len(self.lines)
                self.blocks(cell.blocks, Role.CELL)
                inside = self.lines[before:]
                cells.append(inside[0] if len(inside) == 1 else Line("", Role.CELL, _joined(inside)))
            rows.append(tuple(cells))
        first = table.rows[0] if table.rows else ()
        header = bool(first) and (
            all(cell.header for cell in first) or all(row[0].header for row in table.rows)
        )
        regular = all(cell.colspan == 1 and cell.rowspan == 1 for row in table.rows for cell in row)
        self.tables.append(Grid(caption.place, table.caption, header, tuple(rows), regular))


def _joined(lines: list[Line]) -> str:
    return " ".join(line.text for line in lines)


# --- the way back ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """Other characters for [start, end) at a place."""

    place: str
    start: int
    end: int
    words: str


def changed(text: ManuscriptText, changes: list[Change]) -> ManuscriptText:
    """The text after the changes; places that lie in one another are changed once, the first one counts."""
    by_place: dict[str, list[Change]] = {}
    for change in sorted(changes, key=lambda each: (each.place, each.start, each.end)):
        known = by_place.setdefault(change.place, [])
        if not known or known[-1].end <= change.start:
            known.append(change)

    def plain(place: str, written: str) -> str:
        for change in reversed(by_place.get(place, ())):
            written = written[: change.start] + change.words + written[change.end :]
        return written

    return replace(
        text,
        title=plain("title", text.title),
        unit=plain("unit", text.unit),
        authors=tuple(plain(f"author.{number}", name) for number, name in enumerate(text.authors)),
        summary=plain("summary", text.summary),
        source_line=plain("source", text.source_line),
        signoff_line=plain("signoff", text.signoff_line),
        photos=tuple(
            replace(photo, caption=plain(f"photo.{number}", photo.caption))
            for number, photo in enumerate(text.photos)
        ),
        body=_changed_body(text.body, by_place),
    )


def _changed_body(body: str, by_place: Mapping[str, list[Change]]) -> str:
    if not any(place.startswith("body.") for place in by_place):
        return body
    return richtext.html(rewritten(richtext.blocks(body), _replacing(by_place)))


Rewrite = Callable[[str, tuple[Run, ...]], tuple[Run, ...]]
"""A place with its runs -> the runs that shall stand there."""


def _replacing(by_place: Mapping[str, list[Change]]) -> Rewrite:
    def rewrite(place: str, runs: tuple[Run, ...]) -> tuple[Run, ...]:
        for change in reversed(by_place.get(place, ())):
            runs = _with(runs, change)
        return runs

    return rewrite


def _with(runs: tuple[Run, ...], change: Change) -> tuple[Run, ...]:
    """The new words take the format of the first character that they replace."""
    kept: list[Run] = []
    place, said = 0, False
    for run in runs:
        start, end = max(change.start - place, 0), min(change.end - place, len(run.text))
        place += len(run.text)
        if start >= len(run.text) or end <= 0 or start > end:
            kept.append(run)
            continue
        middle = "" if said else change.words
        said = True
        kept.append(run.saying(run.text[:start] + middle + run.text[end:]))
    return tuple(run for run in kept if run.text)


def rewritten(content: tuple[Block, ...], rewrite: Rewrite) -> tuple[Block, ...]:
    """The blocks with other runs in their holders, each holder asked with its address."""
    return _Writer(rewrite).blocks(content)


@dataclass(slots=True)
class _Writer:
    """Walks as `_Reader` does: the addresses of both are the same."""

    rewrite: Rewrite
    count: int = 0

    def blocks(self, content: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(map(self._block, content))

    def _block(self, block: Block) -> Block:
        match block:
            case Heading(runs=runs) | Paragraph(runs=runs):
                return replace(block, runs=self._said(runs))
            case ListBlock(items=items):
                return replace(block, items=tuple(map(self.blocks, items)))
            case Quote(blocks=inner):
                return replace(block, blocks=self.blocks(inner))
            case Figure(caption=caption):
                return replace(block, caption=self._line(caption))
            case Table():
                return self._table(block)

    def _table(self, table: Table) -> Table:
        caption = self._line(table.caption)
        rows = tuple(
            tuple(replace(cell, blocks=self.blocks(cell.blocks)) for cell in row) for row in table.rows
        )
        return replace(table, rows=rows, caption=caption)

    def _said(self, runs: tuple[Run, ...]) -> tuple[Run, ...]:
        place = f"body.{self.count}"
        self.count += 1
        return self.rewrite(place, runs)

    def _line(self, written: str) -> str:
        return richtext.text(self._said((Run(written),) if written else ()))
