"""Numbers and figures inside a report's text.

`{数:案例数}` is the number as it is now, `{数:类别·农村·获奖}` a cell of a figure, `{图:类别}` alone in a
paragraph is where the figure stands. English reports write `{number:cases}` and `{figure:categories}`.

The text keeps the token, so that a rebuild prints the numbers of that day.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from casebook.reports.figures import Figure, Number, shown
from casebook.reports.rules.counting import Counted
from foundation import richtext
from foundation.richtext import Block, ListBlock, Paragraph, Quote, Run, Table
from foundation.text import current_translations

_TOKEN = re.compile(r"\{\s*(数|图|number|figure)\s*[:：]\s*([^{}\n]{1,60}?)\s*\}")
_WORDS = {"数": "number", "图": "figure", "number": "number", "figure": "figure"}
NUMBER, FIGURE = "number", "figure"


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is NUMBER or FIGURE; `written` is the token as it stands in the text."""

    kind: str
    name: str
    written: str


def tokens(text: str) -> tuple[Token, ...]:
    """All tokens of a text in their order."""
    return tuple(Token(_WORDS[each[1]], each[2], each[0]) for each in _TOKEN.finditer(text))


def written(kind: str, each: Figure | Number) -> str:
    """The token as it is offered: in Chinese words, or by its key where another language is in use."""
    chinese = current_translations().gettext(each.name.msgid) == each.name.msgid
    word = {NUMBER: "数", FIGURE: "图"}[kind] if chinese else kind
    return f"{{{word}:{each.name.msgid if chinese else each.key}}}"


def unknown(text: str, known: Names) -> tuple[tuple[str, str], ...]:
    """(token, nearest known one or "") of tokens that name nothing."""
    found = []
    for token in tokens(text):
        names = known.names(token.kind)
        if token.name not in names:
            near = difflib.get_close_matches(token.name, names, n=1, cutoff=0.3)
            found.append((token.written, token.written.replace(token.name, near[0]) if near else ""))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Names:
    """What tokens may name: by key, by its Chinese name and by its name in the language in use."""

    numbers: Mapping[str, str]
    figures: Mapping[str, str]

    @classmethod
    def of(cls, counted: Counted) -> Names:
        return cls(_named((*counted.numbers, *counted.cells)), _named(counted.figures))

    def names(self, kind: str) -> Mapping[str, str]:
        """Name -> key."""
        return self.numbers if kind == NUMBER else self.figures


def _named(things: Sequence[Figure | Number]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in things:
        found |= {each.key: each.key, each.name.msgid: each.key, str(each.name): each.key}
    return found


# --- filling in -------------------------------------------------------------------------------------------


Piece = Block | Figure
"""A block of text with its numbers filled in, or a figure that stands between blocks."""


def filled(blocks: Sequence[Block], counted: Counted) -> Iterator[Piece]:
    """The blocks with numbers in place of tokens; a paragraph that is one figure's token becomes the figure.

    A token that names nothing (any more) stays as it is written.
    """
    names = Names.of(counted)
    for block in blocks:
        figure = _figure(block, counted, names) if isinstance(block, Paragraph) else None
        yield figure if figure is not None else _in_block(block, lambda text: _numbers(text, counted, names))


def _figure(block: Paragraph, counted: Counted, names: Names) -> Figure | None:
    text = richtext.text(block.runs).strip()
    match = _TOKEN.fullmatch(text)
    if match is None or _WORDS[match[1]] != FIGURE:
        return None
    return counted.figure(names.figures.get(match[2], ""))


def _numbers(text: str, counted: Counted, names: Names) -> str:
    def value(match: re.Match[str]) -> str:
        number = counted.number(names.numbers.get(match[2], "")) if _WORDS[match[1]] == NUMBER else None
        return shown(number.value, number.measure) if number is not None else match[0]

    return _TOKEN.sub(value, text)


def _in_block(block: Block, change: Callable[[str], str]) -> Block:
    match block:
        case Paragraph() | richtext.Heading():
            return replace(block, runs=_joined(block.runs, change))
        case Quote(blocks=inner):
            return replace(block, blocks=tuple(_in_block(each, change) for each in inner))
        case ListBlock(items=items):
            return replace(
                block, items=tuple(tuple(_in_block(each, change) for each in item) for item in items)
            )
        case Table(rows=rows):
            changed = tuple(
                tuple(replace(cell, blocks=tuple(_in_block(b, change) for b in cell.blocks)) for cell in row)
                for row in rows
            )
            return replace(block, rows=changed)
        case _:
            return block


def _joined(runs: Sequence[Run], change: Callable[[str], str]) -> tuple[Run, ...]:
    """Changed run by run; a token that is spread over runs (half of it bold) gives all the first's format."""
    text = richtext.text(tuple(runs))
    if len(tokens(text)) == sum(len(tokens(run.text)) for run in runs):
        return tuple(run.saying(change(run.text)) for run in runs)
    return (runs[0].saying(change(text)),)
