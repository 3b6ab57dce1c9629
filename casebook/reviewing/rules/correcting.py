"""Putting one correction of an error list into a text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from casebook.values import ManuscriptText
from foundation import richtext
from foundation.errors import Refused
from foundation.richtext import Block, Cell, Figure, Heading, ListBlock, Paragraph, Quote, Run, Table
from foundation.text import _


@dataclass(slots=True)
class _Swap:
    """Replaces a passage wherever it stands, and counts how often it did."""

    before: str
    after: str
    times: int = 0

    def words(self, text: str) -> str:
        self.times += text.count(self.before)
        return text.replace(self.before, self.after)

    def runs(self, runs: tuple[Run, ...]) -> tuple[Run, ...]:
        """A passage may run over several formats: the correction takes that of its first character."""
        whole = richtext.text(runs)
        places = [found.start() for found in re.finditer(re.escape(self.before), whole)]
        self.times += len(places)
        if len(places) != 1:  # nothing to do, or refused later
            return runs
        start, end = places[0], places[0] + len(self.before)
        kept, at = [], 0
        for run in runs:
            head = run.text[: max(0, start - at)]
            tail = run.text[max(0, end - at) :]
            begins_here = at <= start < at + len(run.text)
            kept.append(run.saying(head + (self.after if begins_here else "") + tail))
            at += len(run.text)
        return tuple(run for run in kept if run.text)

    def blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(self.block(block) for block in blocks)

    def block(self, block: Block) -> Block:
        match block:
            case Heading() | Paragraph():
                return replace(block, runs=self.runs(block.runs))
            case ListBlock():
                return replace(block, items=tuple(self.blocks(item) for item in block.items))
            case Quote():
                return replace(block, blocks=self.blocks(block.blocks))
            case Figure():
                return replace(block, caption=self.words(block.caption))
            case Table():
                return self.table(block)

    def table(self, table: Table) -> Table:
        rows = tuple(tuple(self.cell(cell) for cell in row) for row in table.rows)
        return replace(table, rows=rows, caption=self.words(table.caption))

    def cell(self, cell: Cell) -> Cell:
        return replace(cell, blocks=self.blocks(cell.blocks))


def corrected(text: ManuscriptText, before: str, after: str) -> ManuscriptText:
    """The text with the passage replaced; its formats stay.

    Raises:
        Refused: the passage stands nowhere in the text, or more than once.
    """
    swap = _Swap(before, after)
    say: Callable[[str], str] = swap.words
    made = replace(
        text,
        title=say(text.title),
        unit=say(text.unit),
        authors=tuple(say(author) for author in text.authors),
        summary=say(text.summary),
        body=richtext.html(swap.blocks(richtext.blocks(text.body))),
        photos=tuple(replace(photo, caption=say(photo.caption)) for photo in text.photos),
        source_line=say(text.source_line),
    )
    if swap.times == 0:
        raise Refused(_("现在的书稿里没有这段原文，可能已经改过。请在书稿里核对，再记为“已更正”或“不改”。"))
    if swap.times > 1:
        raise Refused(
            _(
                "这段原文在书稿里出现了 %(n)s 次。请把差错的原文引长一些，使它只有一处，或在书稿里更正。",
                n=swap.times,
            )
        )
    return made
