"""The part of Markdown that people write cases in: headings, lists, quotes, tables, emphasis, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from foundation.richtext import Cell, Paragraph, Run, Table
from submissions.intake.elements import Element, ItemPlace, Line

_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*\Z")
_ITEM = re.compile(r"(\s*)(?:([-*+])|(\d{1,3})[.)])\s+(.+)\Z")
_RULE = re.compile(r"\s*(?:[-*_]\s*){3,}\Z")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*\Z")
_INLINE = re.compile(  # bounded everywhere: a row of brackets must not take quadratic time
    r"!\[(?P<alt>[^\[\]]{0,300})\]\([^)]{0,500}\)"
    r"|\[(?P<label>[^\[\]]{1,300})\]\((?P<href>[^)\s]{1,500})[^)]{0,300}\)"
    r"|\*\*(?P<bold>[^*\n]{1,1000})\*\*|__(?P<bold2>[^_\n]{1,1000})__"
    r"|(?<![\w*])\*(?P<italic>[^*\n]{1,1000})\*(?![\w*])"
    r"|~~(?P<strike>[^~\n]{1,1000})~~|`(?P<code>[^`\n]{1,1000})`"
)


def markdown_elements(content: str) -> list[Element]:
    """The elements of a Markdown text; what is no Markdown is read as plain paragraphs."""
    return list(_Reader(content.split("\n")).elements())


class _Reader:
    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._paragraph: list[str] = []

    def elements(self) -> Iterator[Element]:
        index = 0
        while index < len(self._lines):
            line = self._lines[index]
            if "|" in line and index + 1 < len(self._lines) and _TABLE_RULE.match(self._lines[index + 1]):
                yield from self._flushed()
                end = index + 2
                while end < len(self._lines) and "|" in self._lines[end]:
                    end += 1
                yield _table([line, *self._lines[index + 2 : end]])
                index = end
                continue
            yield from self._line(line)
            index += 1
        yield from self._flushed()

    def _line(self, line: str) -> Iterator[Element]:
        heading, item = _HEADING.match(line), _ITEM.match(line)
        if not line.strip() or _RULE.match(line):
            yield from self._flushed()
        elif heading:
            yield from self._flushed()
            depth = len(heading[1])
            yield Line(runs_of(heading[2]), outline=depth - 1, style="title" if depth == 1 else "")
        elif item:
            yield from self._flushed()
            yield Line(
                runs_of(item[4]), item=ItemPlace(item[3] is not None, min(3, len(item[1].expandtabs(4)) // 2))
            )
        elif line.lstrip().startswith(">"):
            yield from self._flushed()
            yield Line(runs_of(line.lstrip(" >")), style="quote")
        else:
            self._paragraph.append(line)

    def _flushed(self) -> Iterator[Element]:
        if self._paragraph:
            joined = self._paragraph[0].strip()
            for line in self._paragraph[1:]:
                blank = " " if joined[-1:].isascii() and line.strip()[:1].isascii() else ""
                joined += blank + line.strip()
            self._paragraph = []
            yield Line(runs_of(joined))


def _table(rows: list[str]) -> Table:
    cells = [
        [part.strip() for part in re.split(r"(?<!\\)\|", row.strip().strip("|"))]
        for row in rows
        if row.strip(" |")
    ]
    return Table(
        tuple(
            tuple(Cell((Paragraph(runs_of(each)),) if each else (), header=index == 0) for each in row)
            for index, row in enumerate(cells)
        )
    )


_PLAIN = Run("")


def runs_of(written: str, form: Run = _PLAIN) -> tuple[Run, ...]:
    """The runs of one line with its emphasis and links; a picture leaves its alternative text."""
    runs: list[Run] = []
    place = 0
    for found in _INLINE.finditer(written):
        runs.append(form.saying(written[place : found.start()]))
        runs.extend(_formed(found, form))
        place = found.end()
    runs.append(form.saying(written[place:]))
    return tuple(run for run in runs if run.text)


def _formed(found: re.Match[str], form: Run) -> tuple[Run, ...]:
    bold = found["bold"] or found["bold2"]
    if bold:
        return runs_of(bold, replace(form, bold=True))
    if found["italic"]:
        return runs_of(found["italic"], replace(form, italic=True))
    if found["strike"]:
        return (replace(form, text=found["strike"], strike=True),)
    if found["label"]:
        return (replace(form, text=found["label"], href=found["href"]),)
    return (form.saying(found["code"] or found["alt"] or ""),)
