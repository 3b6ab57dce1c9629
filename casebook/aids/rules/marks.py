"""Small tools that several kinds of rules share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import rjieba

from casebook.aids.values import Kind, Line, Seriousness, Slip
from foundation.folding import HAN
from foundation.text import Text

_HAN = re.compile(f"[{HAN}]")
_LETTER = re.compile("[A-Za-z]+")
DIGITS = "〇一二三四五六七八九"


def is_chinese(text: str) -> bool:
    """Whether a line is Chinese, so that Chinese marks belong into it: more characters than foreign words."""
    return len(_HAN.findall(text)) > len(_LETTER.findall(text))


def slip(
    line: Line,
    found: tuple[int, int],
    kind: Kind,
    rule: str,
    seriousness: Seriousness,
    message: Text,
    proposal: str | None = None,
) -> Slip:
    return Slip(kind, rule, seriousness, line.place, *found, message, proposal)


def quoted(text: str) -> list[tuple[int, int]]:
    """What stands in quotation marks, outermost ones, without their marks."""
    found, depth, start = [], 0, 0
    for place, character in enumerate(text):
        if character in "“「":
            depth += 1
            start = place + 1 if depth == 1 else start
        elif character in "”」" and depth:
            depth -= 1
            if not depth:
                found.append((start, place))
        elif character == "\n":
            depth = 0
    return found


def titled(text: str) -> list[tuple[int, int]]:
    """What stands in title marks."""
    return [found.span() for found in re.finditer("《[^《》\n]{1,80}》", text)]


def inside(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(low <= start and end <= high for low, high in spans)


def chinese(number: int) -> str:
    """0 to 99 in Chinese: 12 -> 十二."""
    if number < 10:
        return "零一二三四五六七八九"[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def arabic(written: str) -> int | None:
    """十二 -> 12, 三十 -> 30, 三 -> 3; None for anything else."""
    for number in range(1, 100):
        if chinese(number) == written:
            return number
    return None


def each_match(pattern: re.Pattern[str], text: str) -> Iterator[tuple[re.Match[str], tuple[int, int]]]:
    for found in pattern.finditer(text):
        yield found, found.span()


@lru_cache(maxsize=64)
def word_edges(text: str) -> frozenset[int]:
    """Where words begin and end, as the word cutter sees it."""
    edges, place = {0}, 0
    for word in rjieba.cut(text, hmm=False):
        place += len(word)
        edges.add(place)
    return frozenset(edges)


def whole_words(text: str, start: int, end: int) -> bool:
    """Whether [start, end) does not begin or end inside another word."""
    edges = word_edges(text)
    return start in edges and end in edges
