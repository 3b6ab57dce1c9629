"""Cases and calls as plain text or Markdown, in whatever encoding an office has left them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from foundation.richtext import Align, Run
from foundation.text import _
from submissions.intake.assemble import assemble
from submissions.intake.elements import Element, ItemPlace, Line
from submissions.intake.errors import Unreadable
from submissions.intake.markdown import markdown_elements
from submissions.intake.values import ParsedCase

FILE_LIMIT = 2_000_000
_BLANKS = re.compile(r"[ \t\u3000\u00a0]{40,}")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_COMMON = frozenset(
    "的一是不了在有人这這上个個们們中到大为為地和年党黨部员員支学學习習工作案例组組织織建设設"
)
_BULLET = re.compile(r"[●•·■◆▪○◇]\s*|[-*]\s+")
_FRONT = re.compile(r"---\s*\n(.*?)\n---\s*(?:\n|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PlainText:
    """A decoded text and the name of its encoding."""

    content: str
    encoding: str


def read_text(data: bytes, *, markdown: bool = False) -> ParsedCase:
    """Read a case from text.

    Raises:
        Unreadable: empty, too large, or not text.
    """
    content = decoded(data).content
    given, content = _front_matter(content)
    elements = markdown_elements(content) if markdown else list(text_elements(content))
    if not elements:
        raise Unreadable(_("这个文件里没有文字。请检查后重新选择文件。"))
    return assemble(elements, given=given)


def decoded(data: bytes) -> PlainText:
    """Decode: by its mark, else UTF-8 if it is that, else whichever of UTF-16, GB 18030 and Big5 gives the
    most readable Chinese.

    Raises:
        Unreadable
    """
    if not data.strip():
        raise Unreadable(_("这个文件是空的（0 字节）。请检查后重新选择文件。"))
    if len(data) > FILE_LIMIT:
        raise Unreadable(_("文本文件超过 %(limit)s MB，不能接收。", limit=FILE_LIMIT // 1_000_000))
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return PlainText(_tidy(data.decode(encoding, errors="replace")), encoding)
    readable, encoding, content = max(_guesses(data), default=(0.0, "", ""))
    if readable < 0.5:
        raise Unreadable(_("这不是可以读取的文本文件，或者文字编码不明。请另存为 UTF-8 编码的文本后再上传。"))
    return PlainText(_tidy(content), encoding)


def _guesses(data: bytes) -> Iterator[tuple[float, str, str]]:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5"):
        try:
            content = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        certain = encoding == "utf-8" and "\0" not in content  # other encodings are hardly ever valid UTF-8
        yield (2.0 if certain else _readability(content)), encoding, content


def _readability(content: str) -> float:
    """Common characters count for a text, unusual ones, unassigned ones and controls against it."""
    sample = content[:4000]
    good = sum(
        each in _COMMON or (each.isascii() and (each.isprintable() or each in "\r\n\t")) for each in sample
    )
    plain = sum("\u4e00" <= each <= "\u9fff" or each in "，。、；：？！“”‘’（）《》—…　" for each in sample)
    bad = sum(
        each == "\0" or (unicodedata.category(each) in ("Cc", "Cn", "Co") and each not in "\r\n\t")
        for each in sample
    )
    return (good + 0.7 * plain - 5 * bad) / len(sample)


def _tidy(content: str) -> str:
    """One kind of line break, composed characters, no endless rows of blanks: searches there are slow."""
    lines = content.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return unicodedata.normalize("NFC", _BLANKS.sub(" " * 40, lines))


def _front_matter(content: str) -> tuple[dict[str, str], str]:
    """`---` / title: … / unit: … / `---` at the head of a file."""
    found = _FRONT.match(content)
    if not found:
        return {}, content
    given = {}
    for line in found[1].split("\n"):
        key, colon, written = line.partition(":")
        if colon and written.strip():
            given[key.strip().lower()] = written.strip().strip("\"'")
    return given, content[found.end() :]


def text_elements(content: str) -> Iterator[Element]:
    """One paragraph a line, or where a text is broken into lines of one width, one a group of lines."""
    for written in _paragraphs(content.split("\n")):
        bullet = _BULLET.match(written)
        if bullet and len(written) > bullet.end():
            yield Line((Run(written[bullet.end() :]),), item=ItemPlace(ordered=False, depth=0))
        else:
            yield Line((Run(written.strip()),), _align(written))


def _align(written: str) -> Align:
    """Titles of plain texts are centred by blanks."""
    indent = len(written) - len(written.lstrip())
    wide = len(written) - len(written.lstrip("　"))
    return "center" if indent >= 8 or wide >= 4 else ""


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    if not _is_wrapped(lines):
        yield from (line.rstrip() for line in lines if line.strip())
        return
    group: list[str] = []
    for line in [*lines, ""]:
        if line.strip() and not (group and line.startswith(("　　", "    "))):
            group.append(line.rstrip() if not group else line.strip())
            continue
        if group:
            yield _joined(group)
        group = [line.rstrip()] if line.strip() else []
    if group:
        yield _joined(group)


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Many full lines of nearly one width that do not end a sentence: a program broke them, not an author."""
    full = [line.rstrip() for line in lines if len(line.strip()) >= 30]
    if len(full) < 6:
        return False
    width = sorted(len(line) for line in full)[len(full) // 2]
    near = [line for line in full if abs(len(line) - width) <= max(2, width * 0.12)]
    open_ended = [line for line in near if not line.endswith(("。", ".", "！", "？", "!", "?", "”", "："))]
    return width <= 100 and len(near) >= 0.7 * len(full) and len(open_ended) >= 0.6 * len(near)


def _joined(group: Sequence[str]) -> str:
    joined = group[0]
    for line in group[1:]:
        blank = " " if joined[-1:].isascii() and line[:1].isascii() else ""
        joined += blank + line
    return joined
