"""Blocks of a text as XHTML, within the content models of EPUB 3."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape

from casebook.crossing import ENTRY_LINK
from casebook.making.epub.picturing import PictureShelf
from casebook.notes import MARK, noted
from foundation.richtext import (
    LINE_BREAK,
    Block,
    Cell,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Run,
    Table,
)

_MARKS = (
    ("bold", "strong"),
    ("italic", "em"),
    ("underline", "u"),
    ("strike", "s"),
    ("sub", "sub"),
    ("sup", "sup"),
)
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ADDRESS = re.compile(r"(https?|mailto):[!-~]+", re.IGNORECASE)


def safe(words: str) -> str:
    """Words between tags."""
    return escape(_NO_XML.sub("", words), quote=False)


def quoted(words: str) -> str:
    """Words in an attribute."""
    return escape(_NO_XML.sub("", words))


def page(title: str, body: str, language: str, *, kind: str) -> str:
    """A whole document; `kind` is what its body is (epub:type)."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'lang="{language}" xml:lang="{language}"><head><title>{safe(title)}</title>'
        '<link rel="stylesheet" type="text/css" href="style.css"/></head>'
        f'<body epub:type="{kind}">{body}</body></html>\n'
    )


@dataclass(slots=True)
class Text:
    """Writes the texts of one document. `places` are the documents of entries by id; `top` is the level of
    the document's own heading."""

    shelf: PictureShelf
    places: Mapping[str, str]
    figure: str
    top: int = 2
    _notes: int = field(default=0)

    def written(self, blocks: tuple[Block, ...]) -> str:
        """A text, its notes after it."""
        found = noted(blocks)
        self._notes = len(found.notes)
        notes = "".join(
            f'<aside epub:type="footnote" role="doc-footnote" id="n{number}"><p><a href="#r{number}">'
            f"[{number}]</a> {self.runs(note, called=False)}</p></aside>"
            for number, note in enumerate(found.notes, start=1)
        )
        return self.blocks(found.blocks) + (f'<section class="notes">{notes}</section>' if notes else "")

    def blocks(self, found: Iterable[Block]) -> str:
        return "".join(map(self._block, found))

    def _block(self, block: Block) -> str:
        match block:
            case Heading(level=level, runs=runs):
                rank = min(6, level - 2 + self.top + 1)
                return f"<h{rank}>{self.runs(runs)}</h{rank}>"
            case Paragraph(runs=runs, align=align):
                placed = f' class="{align}"' if align else ""
                return f"<p{placed}>{self.runs(runs)}</p>"
            case ListBlock(ordered=ordered, items=items):
                tag = "ol" if ordered else "ul"
                return f"<{tag}>{''.join(f'<li>{self.blocks(item)}</li>' for item in items)}</{tag}>"
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case Quote(blocks=inner):
                return f"<blockquote>{self.blocks(inner)}</blockquote>"

    def _figure(self, figure: Figure) -> str:
        return self.picture(figure.src, figure.alt, figure.caption)

    def picture(self, src: str, alt: str, caption: str) -> str:
        """A picture that is not there leaves its caption."""
        legend = f"<figcaption>{safe(caption)}</figcaption>" if caption else ""
        name = self.shelf.place(src)
        if name is None:
            return f"<p>{safe(caption)}</p>" if caption else ""
        said = quoted(alt or caption or self.figure)
        return f'<figure><img src="{name}" alt="{said}"/>{legend}</figure>'

    def _table(self, table: Table) -> str:
        heads = next(
            (number for number, row in enumerate(table.rows) if not row or not all(c.header for c in row)),
            len(table.rows),
        )
        parts = (("thead", table.rows[:heads]), ("tbody", table.rows[heads:]))
        caption = f"<caption>{safe(table.caption)}</caption>" if table.caption else ""
        return f"<table>{caption}{''.join(self._rows(tag, rows) for tag, rows in parts if rows)}</table>"

    def _rows(self, tag: str, rows: tuple[tuple[Cell, ...], ...]) -> str:
        written = "".join(f"<tr>{''.join(map(self._cell, row))}</tr>" for row in rows)
        return f"<{tag}>{written}</{tag}>"

    def _cell(self, cell: Cell) -> str:
        tag = "th" if cell.header else "td"
        spans = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
        spans += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
        return f"<{tag}{spans}>{self.blocks(cell.blocks)}</{tag}>"

    def runs(self, runs: Iterable[Run], *, called: bool = True) -> str:
        return "".join(self._run(run, called=called) for run in runs)

    def _run(self, run: Run, *, called: bool) -> str:
        written = safe(run.text).replace(LINE_BREAK, "<br/>")
        if run.sup and called and self._notes and MARK.search(run.text):
            return f"<sup>{MARK.sub(self._call(), written)}</sup>"
        for name, tag in _MARKS:
            if getattr(run, name):
                written = f"<{tag}>{written}</{tag}>"
        target = self._target(run.href)
        return f'<a href="{quoted(target)}">{written}</a>' if target else written

    def _call(self) -> Callable[[re.Match[str]], str]:
        def call(found: re.Match[str]) -> str:
            number = int(found[1])
            if number > self._notes:
                return found[0]
            return (
                f'<a epub:type="noteref" role="doc-noteref" id="r{number}" href="#n{number}">{found[0]}</a>'
            )

        return call

    def _target(self, href: str) -> str:
        """Where a link leads: into this book, or to an address that every reader understands."""
        if href.startswith(ENTRY_LINK):
            return self.places.get(href.removeprefix(ENTRY_LINK), "")
        return href if _ADDRESS.fullmatch(href) else ""
