"""Passages that stand in two cases of a book, or twice in one.

Across cases: the winnowing marks and exact passages of `submissions.originality`, which leave set phrases,
titles and quotations out. Within a case: a sentence of some length that comes back.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from casebook.aids.values import PROSE, Kind, Role, Script, Seriousness, Slip
from foundation.text import _
from submissions.originality import reading
from submissions.originality.comparing import Prepared, compare
from submissions.originality.formulae import FORMULAE
from submissions.originality.prints import counted_shingles, fingerprints
from submissions.originality.shelf import Marks

LEAST = 40
"""Characters of a passage that two cases share."""
LEAST_WITHIN = 25
"""Characters of a sentence that comes back."""
_FEW = 6
"""Texts that a mark may stand in."""
_MARKS = 3
"""Marks that two texts have in common at least; LEAST characters have about six."""
_MOST_PAIRS = 2_000
_SENTENCE = re.compile("[^。！？\n]+[。！？]?")
_READ = PROSE | {Role.CELL}


@dataclass(frozen=True, slots=True)
class Compared:
    """A text ready to be compared: where each of its lines begins in what is compared."""

    prepared: Prepared
    marks: Marks
    starts: tuple[tuple[int, str, int], ...]


def find(scripts: Mapping[str, Script]) -> Iterator[tuple[str, Slip]]:
    for key, script in scripts.items():
        yield from ((key, slip) for slip in _within(script))
    yield from _across(scripts)


def _within(script: Script) -> Iterator[Slip]:
    seen: dict[str, tuple[str, int]] = {}
    for line in script.lines:
        if line.role not in PROSE or line.role is Role.SUMMARY:
            continue
        for found in _SENTENCE.finditer(line.text):
            words = re.sub(r"\W", "", found[0])
            if len(words) < LEAST_WITHIN:
                continue
            if words in seen:
                place, _start = seen[words]
                message = _("这句话前面已经有了。")
                yield Slip(
                    Kind.REPEATS,
                    "repeats.within",
                    Seriousness.SHOULD,
                    line.place,
                    *found.span(),
                    message,
                    None,
                    (("", place, found[0][:60]),),
                )
            seen.setdefault(words, (line.place, found.start()))


def _across(scripts: Mapping[str, Script]) -> Iterator[tuple[str, Slip]]:
    ready = {key: _ready(script) for key, script in scripts.items()}
    for earlier, later in _candidates(ready):
        yield from _pair(later, ready[later], earlier, ready[earlier])


def _candidates(ready: Mapping[str, Compared]) -> list[tuple[str, str]]:
    """Pairs of texts with marks in common that few texts of the book have; the earlier text first.

    What stands in more texts is a turn of phrase or a form that everybody filled in.
    """
    owners: dict[int, list[str]] = {}
    for key, text in ready.items():
        for mark in text.marks.tolist():
            owners.setdefault(mark, []).append(key)
    shared: Counter[tuple[str, str]] = Counter()
    for keys in owners.values():
        if 2 <= len(keys) <= _FEW:
            shared.update(combinations(keys, 2))
    return [pair for pair, count in shared.most_common(_MOST_PAIRS) if count >= _MARKS]


def _pair(key: str, mine: Compared, other_key: str, other: Compared) -> Iterator[tuple[str, Slip]]:
    """The later case of the two is shown, with where the words stand before."""
    for source in compare(mine.prepared, [other.prepared]).sources:
        for match in source.passages:
            if match.same < LEAST:
                continue
            there = _at(other, match.other_start)
            words = other.prepared.reading.original[match.other_start : match.other_end]
            for place, start, end in _pieces(mine, match.start, match.end):
                message = _("这段话另一篇里也有，两篇放在一本书里会重复。")
                yield (
                    key,
                    Slip(
                        Kind.REPEATS,
                        "repeats.across",
                        Seriousness.LOOK,
                        place,
                        start,
                        end,
                        message,
                        None,
                        ((other_key, there, words[:60]),),
                    ),
                )
                break


@lru_cache(maxsize=400)
def _ready(script: Script) -> Compared:
    lines = [
        line for line in script.lines if line.role in _READ and unicodedata.is_normalized("NFC", line.text)
    ]
    parts = [reading.Line(line.text.replace("\n", " ")) for line in lines]
    read = reading.read(parts, FORMULAE)
    starts, place = [], 0
    for line in lines:
        starts.append((place, line.place, len(line.text)))
        place += len(line.text) + 1
    return Compared(Prepared.of("", read), fingerprints(counted_shingles(read)), tuple(starts))


def _at(text: Compared, offset: int) -> str:
    return next((place for start, place, size in text.starts if start <= offset < start + size + 1), "")


def _pieces(text: Compared, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """A stretch of the compared text as places of its lines, the longest first."""
    pieces = [
        (place, max(start, begin) - begin, min(end, begin + size) - begin)
        for begin, place, size in text.starts
        if begin < end and start < begin + size
    ]
    yield from sorted(pieces, key=lambda piece: piece[1] - piece[2])
