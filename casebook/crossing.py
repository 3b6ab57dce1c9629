"""Links between the cases of one book: an address of a case becomes a link to its entry."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from foundation.richtext import Block, Cell, Heading, ListBlock, Paragraph, Quote, Run, Table

ENTRY_LINK = "entry:"
"""A run whose `href` is this and an entry's id leads to that entry of the same book, not to an address."""

_KEY = re.compile(r"[0-9A-Za-z]{8,32}")


def crossed(blocks: Iterable[Block], entries: Mapping[str, str]) -> tuple[Block, ...]:
    """The same text, in which links to cases of the book lead to their entries. `entries` are the entries'
    ids by whatever an address may name a case by: its id, its version, the entry itself."""
    return tuple(_block(block, entries) for block in blocks)


def _block(block: Block, entries: Mapping[str, str]) -> Block:
    match block:
        case Paragraph(runs=runs) | Heading(runs=runs):
            if any(run.href for run in runs):
                return replace(block, runs=tuple(_run(run, entries) for run in runs))
            return block
        case ListBlock(items=items):
            return replace(block, items=tuple(crossed(item, entries) for item in items))
        case Quote(blocks=inner):
            return Quote(crossed(inner, entries))
        case Table(rows=rows):
            return replace(block, rows=tuple(tuple(_cell(cell, entries) for cell in row) for row in rows))
        case _:
            return block


def _cell(cell: Cell, entries: Mapping[str, str]) -> Cell:
    return replace(cell, blocks=crossed(cell.blocks, entries))


def _run(run: Run, entries: Mapping[str, str]) -> Run:
    """The last part of the address that names a case of the book decides."""
    named = (entries[key] for key in reversed(_KEY.findall(run.href)) if key in entries)
    found = next(named, None) if run.href else None
    return replace(run, href=f"{ENTRY_LINK}{found}") if found else run
