"""A text as it is compared: units with their places, and which of them count.

A unit is one Chinese character or one word or number of another script; punctuation and space are dropped,
traditional and simplified, full and half width, upper and lower case are the same (`foundation.folding`).
Not counted, so that nobody is reproached with them: headings, 《titles》, quotations with an attribution, and
set phrases (`formulae`, and what organisers add).
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

import numpy as np
from numpy.typing import NDArray

from foundation.folding import GLOSS, HAN, folding

_WORD = 1 << 31
"""Set in the code of a unit that is a word: a Chinese character's code point never reaches it."""

_HEADING = re.compile(r"<h[234]\b[^>]*>")
_NEW_LINE = re.compile(r"</(?:p|h[234]|li|tr|figcaption|caption)>|<br/?>|<(?:p|li|ul|ol)\b[^>]*>")
_END_OF_CELL = re.compile("</t[dh]>")
_TAG = re.compile("<[^>]*>")

_GLOSS = re.compile(GLOSS, re.IGNORECASE)
_TITLE = re.compile("《[^《》\n]{1,60}》")
_QUOTED = re.compile('“([^“”\n]{2,300})”|「([^「」\n]{2,300})」|"([^"\n]{2,300})"')
_SAID_BEFORE = re.compile(
    r"(指出|强调|要求|提出|说道?|写道|讲到|讲道|谈到|提到|规定|明确|引用|常说|所言|讲话|回信|批示|号召|嘱托"
    r"|[Ss]aid|[Ww]rites?|[Ww]rote|[Ss]tates?|[Ss]tated)[^。！？；\n“”「」\"]{0,8}$"
)
_SAID_AFTER = re.compile(
    r"^[，,。]?\s*(——|—|\(|（|这是|出自|引自|是.{0,12}(说|讲|提出)|[^。！？\n]{0,6}(说|写道|指出|强调))"
)
_ATTRIBUTED_LINE = re.compile("(——|—)\\s*(《|[^。！？\n]{2,30}$)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text: a paragraph, list item, table row or caption."""

    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """Unit i of a text is `original[starts[i]:ends[i]]`; units with the same code read the same."""

    original: str
    codes: NDArray[np.uint64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    counts: NDArray[np.bool_]

    @property
    def length(self) -> int:
        """Units that count."""
        return int(self.counts.sum())


def lines_of(body_html: str) -> list[Line]:
    """The lines of a stored body, headings marked: a paragraph, list item, table row or caption each.

    Reads canonical HTML (`foundation.richtext`) only, and so in a fortieth of a parser's time.
    """
    marked = _HEADING.sub("\0", body_html)
    broken = _END_OF_CELL.sub("\t", _NEW_LINE.sub("\n", marked))
    listed = (each.strip() for each in unescape(_TAG.sub("", broken)).split("\n"))
    return [Line(each.lstrip("\0"), heading=each.startswith("\0")) for each in listed if each.strip("\0")]


def plain_lines(written: str) -> list[Line]:
    """The lines of a plain text; a short line without an end mark is a heading."""
    return [
        Line(line, heading=len(line) <= 30 and line[-1] not in "。！？；：，、”’…!?;:,.)）")
        for line in (each.strip() for each in written.split("\n"))
        if line
    ]


def read(parts: Iterable[Line], formulae: tuple[str, ...] = ()) -> Reading:
    """The units of a text. `formulae` are set phrases as their owners write them."""
    kept = list(parts)
    original = unicodedata.normalize("NFC", "\n".join(line.text for line in kept))
    codes, starts, ends = _units(without_glosses(original))
    left_out = np.zeros(len(original) + 1, dtype=bool)
    for start, end in (*_headings(kept), *_quotations(original)):
        left_out[start:end] = True
    counts = ~left_out[starts]
    for start, end in _set_phrases(codes, formulae):
        counts[start:end] = False
    return Reading(original, codes, starts, ends, counts)


def without_glosses(written: str) -> str:
    """Spaces instead of pinyin in brackets: the length stays."""
    return _GLOSS.sub(lambda found: " " * len(found.group()), written)


def _units(written: str) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]:
    """Codes, starts and ends of the units of a text in NFC."""
    tables = _tables()
    points = tables.folds[np.frombuffer(written.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)]
    kinds = tables.kinds[points]
    other = kinds == _OTHER
    first = (kinds == _HAN) | other
    first[1:] &= ~(other[1:] & other[:-1])
    starts = np.flatnonzero(first)
    ends = starts + 1
    codes = points[starts].astype(np.uint64)
    for unit in np.flatnonzero(other[starts]):
        start = int(starts[unit])
        rest = other[start : start + _LONGEST_WORD]
        size = int(rest.argmin()) or len(rest)
        ends[unit] = start + size
        codes[unit] = _WORD | zlib.crc32(points[start : start + size].tobytes())
    return codes, starts, ends


_HAN, _OTHER = 1, 2
_LONGEST_WORD = 64


@dataclass(frozen=True, slots=True)
class _Tables:
    """For each code point: what it is folded to, and whether that is Chinese, another letter or neither."""

    folds: NDArray[np.uint32]
    kinds: NDArray[np.uint8]


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    folds = np.arange(0x110000, dtype=np.uint32)
    for point, character in folding().items():
        folds[point] = ord(character)
    kinds = np.zeros(0x110000, dtype=np.uint8)
    kinds[[point for point in range(0x20000) if chr(point).isalnum()]] = _OTHER
    kinds[[ord(each) for each in re.findall(f"[{HAN}]", "".join(map(chr, range(0x3000, 0x323B0))))]] = _HAN
    return _Tables(folds, kinds)


def _headings(parts: list[Line]) -> Iterator[tuple[int, int]]:
    place = 0
    for line in parts:
        size = len(unicodedata.normalize("NFC", line.text))
        if line.heading:
            yield place, place + size
        place += size + 1


def _quotations(original: str) -> Iterator[tuple[int, int]]:
    for title in _TITLE.finditer(original):
        yield title.span()
    for quoted in _QUOTED.finditer(original):
        before = original[max(0, quoted.start() - 24) : quoted.start()]
        after = original[quoted.end() : quoted.end() + 24]
        if _SAID_BEFORE.search(before) or _SAID_AFTER.search(after):
            yield quoted.span()


def _set_phrases(codes: NDArray[np.uint64], formulae: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where the phrases stand, as ranges of units; the longest one at each place."""
    if formulae:
        for found in _finder(formulae).finditer(_spelled(codes)):
            yield found.span()


@lru_cache(maxsize=64)
def _finder(formulae: tuple[str, ...]) -> re.Pattern[str]:
    spelled = {_spelled(_units(unicodedata.normalize("NFC", each))[0]) for each in formulae}
    longest_first = sorted(spelled - {""}, key=lambda each: (-len(each), each))
    return re.compile("|".join(map(re.escape, longest_first)) or "(?!)")


def _spelled(codes: NDArray[np.uint64]) -> str:
    """One character a unit: words become characters of a private plane."""
    private = 0xF0000 + codes % 0xFFFD
    return (
        np.where(codes < _WORD, codes, private).astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    )
