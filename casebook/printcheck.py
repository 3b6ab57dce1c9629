"""What somebody should look at before a book goes to the printer: found in the book's values and, where there
is one, in the pages of its PDF. Nothing here is refused; the values can be stored as they are."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import median
from typing import IO

import pypdfium2

from casebook.book import Book, Entry
from casebook.docx.elements import dropped
from casebook.docx.figures import own_number
from casebook.docx.media import PRINT_DPI
from casebook.docx.sections import lying
from casebook.docx.tables import grid, setting
from casebook.docx.trims import GEOMETRIES, SHEET_PAGES
from casebook.notes import MARK, noted
from casebook.renderer import Rendered
from foundation.richtext import Block, Heading, ListBlock, Paragraph, Quote, Table, figures, lines
from foundation.text import Text, _, n_

PDFIUM = threading.Lock()
"""PDFium draws and reads one page at a time: it is not made for threads."""


class PrintKind(StrEnum):
    """What is found."""

    COARSE = "coarse"
    MISSING = "missing"
    NO_CAPTION = "no_caption"
    OWN_NUMBER = "own_number"
    CROWDED = "crowded"
    DROPPED = "dropped"
    RARE = "rare"
    NOTES = "notes"
    LONG = "long"
    SHORT = "short"
    LONE = "lone"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class PrintFinding:
    """`entry` is the title of the case, "" for the book; `words` and `number` what the sentence says."""

    kind: PrintKind
    entry: str = ""
    words: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a PDF shows: its blank pages, and those where a paragraph ends in one lone character, from 1."""

    pages: int
    blank: tuple[int, ...] = ()
    lone: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintReport:
    """`pages` of the file, None when nothing laid it out; `coarse` pictures have too few dots for print."""

    pages: int | None
    pictures: int
    coarse: int
    findings: tuple[PrintFinding, ...]

    @property
    def sheets(self) -> str:
        """Sheets of 16 pages (印张), to three places."""
        return f"{(self.pages or 0) / SHEET_PAGES:.3f}".rstrip("0").rstrip(".")


def print_report(book: Book, rendered: Rendered, seen: PageFacts | None = None) -> PrintReport:
    """Everything that is found; `seen` is what its PDF shows, where there is one."""
    titles = _titles(book)
    pictures = [*_coarse(rendered, titles), *_missing(rendered, titles)]
    found = [
        *pictures,
        *(each for entry in book.entries for each in _of_entry(entry, book)),
        *_lengths(book.entries),
        *_of_pages(seen),
    ]
    coarse = sum(each.kind is PrintKind.COARSE for each in pictures)
    pages = seen.pages if seen else rendered.pages
    return PrintReport(pages, len(rendered.shown), coarse, tuple(found))


# --- the book's values -----------------------------------------------------------------------------


def _titles(book: Book) -> dict[str, str]:
    return {
        src: entry.title
        for entry in book.entries
        for src in (*(each.src for each in entry.photos), *(each.src for each in figures(entry.blocks)))
    }


def _coarse(rendered: Rendered, titles: dict[str, str]) -> Iterator[PrintFinding]:
    low = {each.src: each.dpi for each in rendered.shown if each.dpi < PRINT_DPI}
    for src, dpi in low.items():
        yield PrintFinding(PrintKind.COARSE, titles.get(src, ""), src, dpi)


def _missing(rendered: Rendered, titles: dict[str, str]) -> Iterator[PrintFinding]:
    for src in rendered.missing:
        yield PrintFinding(PrintKind.MISSING, titles.get(src, ""), src)


def _of_entry(entry: Entry, book: Book) -> Iterator[PrintFinding]:
    bare = _captions(entry).count("")
    if bare:
        yield PrintFinding(PrintKind.NO_CAPTION, entry.title, number=bare)
    yield from (PrintFinding(PrintKind.OWN_NUMBER, entry.title, each) for each in _own_numbers(entry))
    for table in _tables(entry.blocks):
        if _crowded(table, book):
            yield PrintFinding(PrintKind.CROWDED, entry.title, table.caption)
    written = "".join((entry.title, entry.unit, *entry.authors, entry.summary, *lines(entry.blocks)))
    if lost := dropped(written):
        names = " ".join(f"U+{ord(each):04X}" for each in lost)
        yield PrintFinding(PrintKind.DROPPED, entry.title, names, len(lost))
    if rare := list(dict.fromkeys(_RARE.findall(written))):
        yield PrintFinding(PrintKind.RARE, entry.title, "".join(rare[:_SHOWN]), len(rare))
    if not noted(entry.blocks).notes and _calls_for_notes(entry.blocks):
        yield PrintFinding(PrintKind.NOTES, entry.title)


_RARE = re.compile("[\ue000-\uf8ff\U00010000-\U000e00ff\U000e01f0-\U0010fffd]")
"""Beyond the fonts that an office has: rare characters of names, emoji, characters of somebody's own."""
_SHOWN = 20


def _own_numbers(entry: Entry) -> Iterator[str]:
    """Captions whose own numbers are not those that counting gives."""
    counted = 0
    for caption in filter(None, _captions(entry)):
        own = own_number(caption)
        if own is not None and own != counted + 1:
            yield caption
            counted = max(counted, own)
        else:
            counted += 1


def _captions(entry: Entry) -> list[str]:
    """Of all pictures in the order in which they are printed, "" for those without one."""
    return [*(each.caption for each in figures(entry.blocks)), *(each.caption for each in entry.photos)]


def _tables(blocks: Sequence[Block]) -> Iterator[Table]:
    for block in blocks:
        match block:
            case Table():
                yield block
            case Quote(blocks=inner):
                yield from _tables(inner)
            case ListBlock(items=items):
                yield from (table for item in items for table in _tables(item))
            case _:
                pass


def _crowded(table: Table, book: Book) -> bool:
    page = GEOMETRIES[book.format.trim]
    rows, columns = grid(table)
    return columns > 0 and setting(rows, columns, page.measure, lying(page).measure).crowded


def _calls_for_notes(blocks: Sequence[Block]) -> bool:
    return any(
        run.sup and MARK.search(run.text)
        for block in blocks
        if isinstance(block, Paragraph | Heading)
        for run in block.runs
    )


_MANY, _FEW, _ENOUGH = 3, 3, 4
"""A case three times as long as most, or a third of it, where there are four to compare."""


def _lengths(entries: Sequence[Entry]) -> Iterator[PrintFinding]:
    counts = [sum(len("".join(line.split())) for line in lines(entry.blocks)) for entry in entries]
    if len(counts) < _ENOUGH:
        return
    usual = median(counts)
    for entry, count in zip(entries, counts, strict=True):
        if count > usual * _MANY:
            yield PrintFinding(PrintKind.LONG, entry.title, number=count)
        elif count * _FEW < usual:
            yield PrintFinding(PrintKind.SHORT, entry.title, number=count)


# --- the pages -------------------------------------------------------------------------------------


def _of_pages(seen: PageFacts | None) -> Iterator[PrintFinding]:
    if seen is None:
        return
    if seen.blank:
        yield PrintFinding(PrintKind.BLANK, words=_listed(seen.blank), number=len(seen.blank))
    if seen.lone:
        yield PrintFinding(PrintKind.LONE, words=_listed(seen.lone), number=len(seen.lone))


def _listed(pages: Sequence[int]) -> str:
    return ", ".join(map(str, pages))


_LONE = re.compile(r"\s*[\u3400-\u9fff][。！？；…”’」』）]{0,2}\s*\Z")
_FULL_LINE = 20
"""Characters of a line that a paragraph goes on from: shorter ones stand in cells and captions."""


def read_pages(pdf: IO[bytes]) -> PageFacts:
    """What a PDF of the book shows. Takes about a millisecond a page."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            blank, lone = [], []
            for number in range(1, len(document) + 1):
                page = document[number - 1]
                text = page.get_textpage()
                written = text.get_text_range().splitlines()
                if not any(line.strip() for line in written) and next(page.get_objects(), None) is None:
                    blank.append(number)
                elif _has_lone(written):
                    lone.append(number)
                text.close()
                page.close()
            return PageFacts(len(document), tuple(blank), tuple(lone))
        finally:
            document.close()


def _has_lone(written: Sequence[str]) -> bool:
    return any(_LONE.match(line) and len(before.strip()) >= _FULL_LINE for before, line in pairwise(written))


# --- in words --------------------------------------------------------------------------------------


def sentence(found: PrintFinding) -> Text:
    """What a person is told, without the case's title."""
    return _SENTENCES[found.kind](found.words, found.number)


def _blank_pages(pages: str, n: int) -> Text:
    return n_("有 %(n)s 个空白页：%(pages)s", "有 %(n)s 个空白页：%(pages)s", n, pages=pages)


def _lone_ends(pages: str, n: int) -> Text:
    return n_(
        "有 %(n)s 页可能有段落末行只剩一个字：%(pages)s",
        "有 %(n)s 页可能有段落末行只剩一个字：%(pages)s",
        n,
        pages=pages,
    )


_SENTENCES: Mapping[PrintKind, Callable[[str, int], Text]] = {
    PrintKind.COARSE: lambda _src, n: _(
        "一张图片在书上只有 %(dpi)s dpi，不到 %(least)s dpi。", dpi=n, least=PRINT_DPI
    ),
    PrintKind.MISSING: lambda _src, _n: _("一张图片读不到，书上印“图片缺失”。"),
    PrintKind.NO_CAPTION: lambda _words, n: n_("有 %(n)s 张图片没有图注。", "有 %(n)s 张图片没有图注。", n),
    PrintKind.OWN_NUMBER: lambda caption, _n: _(
        "图注“%(caption)s”自带的编号与顺序不符，照原样印出，请核对。", caption=caption
    ),
    PrintKind.CROWDED: lambda caption, _n: _(
        "表格“%(caption)s”太宽，横排、用小号字也排不下，请拆分。", caption=caption or "—"
    ),
    PrintKind.DROPPED: lambda names, _n: _(
        "有 Word 文件不能容纳的控制字符，没有印出：%(names)s", names=names
    ),
    PrintKind.RARE: lambda rare, _n: _(
        "有常用字库里可能没有的字，请核对印出的字形，并告知印厂：%(rare)s", rare=rare
    ),
    PrintKind.NOTES: lambda _words, _n: _(
        "有注释编号，但文末的注释与编号不能一一对应，没有排成脚注，请核对。"
    ),
    PrintKind.LONG: lambda _words, n: _("这一篇有 %(count)s 字，是多数篇目的三倍以上。", count=n),
    PrintKind.SHORT: lambda _words, n: _("这一篇只有 %(count)s 字，不到多数篇目的三分之一。", count=n),
    PrintKind.LONE: _lone_ends,
    PrintKind.BLANK: _blank_pages,
}
