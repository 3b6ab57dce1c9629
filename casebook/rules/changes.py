"""What changed in a manuscript between two rounds: block by block with its structure kept, to the character,
with the rounds that brought it; and a change taken back.

Every field is read as blocks (an author is a paragraph, a photo after the text a figure), so that one way
serves all. Blocks are paired and compared by `foundation.differences`; inside a block its rows (a table's
rows, a list's items) are paired the same way, and their cells compared character by character.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from typing import Literal

from casebook.values import ManuscriptText, PlacedPhoto
from foundation import richtext
from foundation.differences import Line, Mark, in_line, lines, words
from foundation.richtext import Block, Figure, Heading, ListBlock, Paragraph, Quote, Run, Table

FIELDS = ("title", "unit", "authors", "summary", "body", "photos", "source_line", "signoff_line")
Kind = Literal["same", "changed", "removed", "added", "form"]
"""`form`: the words agree; the level of a heading, the kind of a list, a picture or bold print does not."""


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph, an item, a row of a table: its cells with what was taken out and put in."""

    kind: Literal["same", "changed", "removed", "added"]
    cells: tuple[tuple[Mark, ...], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One block before and after; `same` ones are there for the reading. `number` counts from 1 over all
    fields; `rounds` brought it; `ahead` is the block before it in the later text."""

    number: int
    field: str
    kind: Kind
    before: Block | None
    after: Block | None
    rows: tuple[Row, ...]
    before_index: int | None
    after_index: int | None
    ahead: Block | None = None
    rounds: tuple[int, ...] = ()

    @property
    def shape(self) -> str:
        """What kind of block it is: paragraph, heading, listblock, table, figure or quote."""
        return type(self.block).__name__.lower()

    @property
    def block(self) -> Block:
        """The one to draw it by."""
        found = self.after if self.after is not None else self.before
        if found is None:
            raise ValueError("a change has a side at least")
        return found


def changes(before: ManuscriptText, after: ManuscriptText) -> tuple[Change, ...]:
    """All blocks of all fields in the order they are printed, those that stayed the same among them."""
    found = chain.from_iterable(
        _compared(name, blocks_of(before, name), blocks_of(after, name)) for name in FIELDS
    )
    return tuple(replace(each, number=number) for number, each in enumerate(found, start=1))


def traced(rounds: Sequence[tuple[int, ManuscriptText]]) -> tuple[Change, ...]:
    """The changes from the first of these rounds to the last, each with the rounds that touched it."""
    brought = {name: _history(name, rounds) for name in FIELDS}
    last = rounds[-1][0]
    return tuple(
        each if each.kind == "same" else replace(each, rounds=_rounds(each, *brought[each.field]) or (last,))
        for each in changes(rounds[0][1], rounds[-1][1])
    )


def taken_back(current: ManuscriptText, change: Change) -> ManuscriptText | None:
    """The text with this change undone; None where its words have been changed again since."""
    blocks = list(blocks_of(current, change.field))
    if change.after is None:
        blocks.insert(_place_of_removed(blocks, change), change.block)
        return with_blocks(current, change.field, blocks)
    found = [place for place, block in enumerate(blocks) if block == change.after]
    if not found:
        return None
    place = min(found, key=lambda each: abs(each - (change.after_index or 0)))
    blocks[place : place + 1] = [] if change.before is None else [change.before]
    return with_blocks(current, change.field, blocks)


# --- fields as blocks ------------------------------------------------------------------------------


def blocks_of(text: ManuscriptText, name: str) -> tuple[Block, ...]:
    """A field as blocks."""
    if name == "body":
        return richtext.blocks(text.body)
    if name == "photos":
        return tuple(Figure(f"attachment:{each.id}", caption=each.caption) for each in text.photos)
    written = text.authors if name == "authors" else (str(getattr(text, name)),)
    return tuple(Paragraph((Run(each),)) for each in written if each)


def with_blocks(text: ManuscriptText, name: str, blocks: Sequence[Block]) -> ManuscriptText:
    """The text with other blocks in a field, as `blocks_of` gave them."""
    if name == "body":
        return replace(text, body=richtext.html(blocks))
    if name == "photos":
        figures = [each for each in blocks if isinstance(each, Figure)]
        return replace(text, photos=tuple(PlacedPhoto(each.attachment_id, each.caption) for each in figures))
    written = tuple(richtext.text(each.runs) for each in blocks if isinstance(each, Paragraph))
    if name == "authors":
        return replace(text, authors=written)
    return replace(text, **{name: "\n".join(written)})  # type: ignore[arg-type]  # the others are strings


# --- comparing -------------------------------------------------------------------------------------


def _compared(name: str, before: Sequence[Block], after: Sequence[Block]) -> Iterable[Change]:
    ahead: Block | None = None
    for line in lines([_key(each) for each in before], [_key(each) for each in after]):
        old = None if line.before_index is None else before[line.before_index]
        new = None if line.after_index is None else after[line.after_index]
        kind: Kind = line.kind if line.kind != "same" or old == new else "form"
        rows = _rows(old, new)
        yield Change(0, name, kind, old, new, rows, line.before_index, line.after_index, ahead)
        ahead = new or ahead


def _key(block: Block) -> str:
    """What a block is known again by: its words, and a picture's name."""
    written = "\n".join("\t".join(row) for row in _cells(block))
    return f"{block.src}\n{written}" if isinstance(block, Figure) else written


def _cells(block: Block) -> list[list[str]]:
    """A block as rows of cells."""
    match block:
        case Heading(runs=runs) | Paragraph(runs=runs):
            return [[richtext.text(runs)]]
        case ListBlock(items=items):
            return [[line] for item in items for line in richtext.lines(item)]
        case Quote(blocks=inner):
            return [[line] for line in richtext.lines(inner)]
        case Figure(caption=caption):
            return [[caption]]
        case Table(rows=rows, caption=caption):
            head = [[caption]] if caption else []
            return head + [[" ".join(richtext.lines(cell.blocks)) for cell in row] for row in rows]


def _rows(before: Block | None, after: Block | None) -> tuple[Row, ...]:
    old = [] if before is None else _cells(before)
    new = [] if after is None else _cells(after)
    found: list[Row] = []
    for line in lines(["\t".join(row) for row in old], ["\t".join(row) for row in new]):
        found += _row(line, old, new)
    return tuple(found)


def _row(line: Line, old: list[list[str]], new: list[list[str]]) -> list[Row]:
    left = [] if line.before_index is None else old[line.before_index]
    right = [] if line.after_index is None else new[line.after_index]
    if line.kind == "same":
        return [Row("same", tuple((Mark(each, "same"),) for each in right))]
    if len(left) == len(right):
        cells = tuple(in_line(*words(one, other)) for one, other in zip(left, right, strict=True))
        return [Row("changed", cells)]
    gone = [Row("removed", tuple((Mark(each, "del"),) for each in left))] if left else []
    come = [Row("added", tuple((Mark(each, "ins"),) for each in right))] if right else []
    return gone + come


# --- who brought it --------------------------------------------------------------------------------

_Touched = dict[int, tuple[int, ...]]


def _history(name: str, rounds: Sequence[tuple[int, ManuscriptText]]) -> tuple[_Touched, _Touched]:
    """Rounds by place in the last text, and rounds by place in the first one for what is gone."""
    start = len(blocks_of(rounds[0][1], name))
    state: list[tuple[int | None, tuple[int, ...]]] = [(origin, ()) for origin in range(start)]
    gone: _Touched = {}
    for (_one, earlier), (ordinal, later) in pairwise(rounds):
        now: list[tuple[int | None, tuple[int, ...]]] = []
        for each in _compared(name, blocks_of(earlier, name), blocks_of(later, name)):
            origin, touched = (None, ()) if each.before_index is None else state[each.before_index]
            if each.kind != "same":
                touched = (*touched, ordinal)
            if each.after is not None:
                now.append((origin, touched))
            elif origin is not None:
                gone[origin] = touched
        state = now
    return {place: touched for place, (_origin, touched) in enumerate(state)}, gone


def _rounds(change: Change, here: _Touched, gone: _Touched) -> tuple[int, ...]:
    found: tuple[int, ...] = ()
    if change.after_index is not None:
        found += here[change.after_index]
    if change.before_index is not None:
        found += gone.get(change.before_index, ())
    return tuple(sorted(set(found)))


def _place_of_removed(blocks: Sequence[Block], change: Change) -> int:
    """Where a block that was taken out belongs: after the one it followed."""
    if change.ahead is None:
        return 0
    found = [place for place, block in enumerate(blocks) if block == change.ahead]
    wanted = change.before_index or 0
    if not found:
        return min(wanted, len(blocks))
    return min(found, key=lambda each: abs(each - wanted)) + 1
