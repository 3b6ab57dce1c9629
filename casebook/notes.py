"""Notes of a text: numbers in square brackets raised in the text, and a list of notes at its end.

Word import keeps a document's footnotes and endnotes so (`<sup>[1]</sup>` where the note is called, a line
注释 and a numbered list after the text), the editor's page shows them so, and whoever types them so means the
same. In print they stand at the foot of their pages.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from foundation.richtext import Block, Figure, Heading, ListBlock, Paragraph, Quote, Run, Table, text

MARK = re.compile(r"\[([0-9]{1,4})\]")
"""A call for a note inside a raised run."""
_HEADS = frozenset({"注释", "注釋", "注", "註", "脚注", "腳注", "尾注", "notes", "footnotes", "endnotes"})


@dataclass(frozen=True, slots=True)
class Noted:
    """A text without its list of notes; note n is `notes[n - 1]`. Without notes the text is as it was."""

    blocks: tuple[Block, ...]
    notes: tuple[tuple[Run, ...], ...] = ()


def noted(blocks: tuple[Block, ...]) -> Noted:
    """The text and its notes apart. Only where every note is called exactly once and in order: otherwise
    the list stays in its place, as it was written. Pictures may stand before and after the list."""
    words = [block for block in blocks if not isinstance(block, Figure)]
    match words[-2:]:
        case [Heading(runs=head) | Paragraph(runs=head), ListBlock(ordered=True, items=items)]:
            notes = tuple(_note(item) for item in items)
            if _is_head(text(head)) and all(notes) and _calls(words[:-2]) == list(range(1, len(notes) + 1)):
                ends = (id(words[-2]), id(words[-1]))
                return Noted(tuple(block for block in blocks if id(block) not in ends), notes)
    return Noted(blocks)


def _is_head(line: str) -> bool:
    return "".join(line.split()).rstrip(":：").casefold() in _HEADS


def _note(item: tuple[Block, ...]) -> tuple[Run, ...]:
    match item:
        case (Paragraph(runs=runs),):
            return runs
        case _:
            return ()


def _calls(blocks: Iterable[Block]) -> list[int]:
    return [int(found[1]) for run in _runs(blocks) if run.sup for found in MARK.finditer(run.text)]


def _runs(blocks: Iterable[Block]) -> Iterator[Run]:
    for block in blocks:
        match block:
            case Heading(runs=runs) | Paragraph(runs=runs):
                yield from runs
            case ListBlock(items=items):
                yield from _runs(chain.from_iterable(items))
            case Quote(blocks=inner):
                yield from _runs(inner)
            case Table(rows=rows):
                yield from _runs(inner for row in rows for cell in row for inner in cell.blocks)
