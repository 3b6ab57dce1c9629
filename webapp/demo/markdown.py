"""The Markdown in which the demonstration's texts are kept -> the HTML subset of a case's body.

Headings, paragraphs, two kinds of lists, tables, quotes, bold text and pictures on a line of their own: what
the content uses, nothing more.
"""

import html
import re
from collections.abc import Callable, Mapping
from itertools import groupby

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_PICTURE = re.compile(r"!\[\]\(([^)\s]+)\)")
_HEADING = re.compile(r"(#{2,4}) +(.+)")
_NUMBERED = re.compile(r"\d+\. +")
_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")


def to_html(text: str, figures: Mapping[str, str] | None = None) -> str:
    """The HTML of `text`; `figures` gives the HTML of a picture by its file name.

    Raises:
        KeyError: the text shows a picture that `figures` does not know.
    """
    lines = text.strip().splitlines()
    blocks = [list(group) for kept, group in groupby(lines, key=lambda line: bool(line.strip())) if kept]
    return "".join(_block(block, figures or {}) for block in blocks)


def _block(block: list[str], figures: Mapping[str, str]) -> str:
    heading = _HEADING.fullmatch(block[0])
    if heading:
        level = len(heading[1])
        return f"<h{level}>{_inline(heading[2])}</h{level}>"
    picture = _PICTURE.fullmatch(block[0].strip())
    if picture:
        return figures[picture[1]]
    for starts, write in _WRITERS:
        if starts(block[0]):
            return write(block)
    return _paragraph(block)


def _inline(text: str) -> str:
    return _BOLD.sub(r"<strong>\1</strong>", html.escape(text, quote=False))


def _paragraph(block: list[str]) -> str:
    return f"<p>{_inline(_joined(block))}</p>"


def _joined(block: list[str]) -> str:
    """Lines of one paragraph in one: a blank between Latin words, none between Chinese characters."""
    text = block[0]
    for line in block[1:]:
        text += ("" if _is_wide(text[-1:]) or _is_wide(line[:1]) else " ") + line.strip()
    return text


def _is_wide(character: str) -> bool:
    return character >= "\u2e80"


def _bullets(block: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{_inline(line[2:])}</li>" for line in block) + "</ul>"


def _numbers(block: list[str]) -> str:
    return (
        "<ol>" + "".join(f"<li>{_inline(_NUMBERED.sub('', line, count=1))}</li>" for line in block) + "</ol>"
    )


def _quote(block: list[str]) -> str:
    return f"<blockquote>{_paragraph([line[1:].strip() for line in block])}</blockquote>"


def _table(block: list[str]) -> str:
    rows = [_cells(line) for line in block if not _RULE.fullmatch(line.strip())]
    head = "".join(f"<th>{cell}</th>" for cell in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows[1:])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cells(line: str) -> list[str]:
    return [_inline(cell.strip()) for cell in line.strip().strip("|").split("|")]


_WRITERS: tuple[tuple[Callable[[str], bool], Callable[[list[str]], str]], ...] = (
    (lambda line: line.startswith("- "), _bullets),
    (lambda line: bool(_NUMBERED.match(line)), _numbers),
    (lambda line: line.startswith(">"), _quote),
    (lambda line: line.startswith("|"), _table),
)
