"""A whole text looked at: its concrete elements, and the sentences that have none or stand everywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from foundation.folding import HAN, fold
from foundation.wordcount import word_count
from submissions.concreteness import chinese, english
from submissions.originality import sentences
from submissions.originality.reading import Line, read, without_glosses
from submissions.values.concreteness import Concreteness, Element, Sentence

SHORTEST = 10
"""Words (as Word counts them) of the shortest sentence that is expected to say something concrete."""
MANY = 3
"""Other texts in which a sentence must stand to be called common."""
_HAN = re.compile(f"[{HAN}]")


def fingerprints(lines: Sequence[Line], formulae: tuple[str, ...] = ()) -> dict[tuple[int, int], int]:
    """The fingerprints of the sentences, for asking in how many other texts each stands."""
    return sentences.fingerprints(read(lines, formulae))


def look(
    lines: Sequence[Line], counts: Mapping[tuple[int, int], int], *, compared: bool = True
) -> Concreteness:
    """Look at a text. `counts` are the other texts in which a sentence stands, by its place."""
    reading = read(lines)
    is_english = len(_HAN.findall(reading.original)) < len(reading.codes) * 0.3
    headings = {line.text for line in lines if line.heading}
    found = []
    for start, end in sentences.sentences(reading.original):
        written = reading.original[start:end]
        words = word_count(written)
        heading = written in headings
        elements = () if heading else _elements(written, start, is_english=is_english)
        expected = not heading and words >= SHORTEST
        found.append(Sentence(start, end, elements, counts.get((start, end), 0) >= MANY, expected))
    return Concreteness(
        text=reading.original,
        words=sum(word_count(line.text) for line in lines if not line.heading),
        sentences=tuple(found),
        is_english=is_english,
        compared=compared,
    )


def _elements(written: str, start: int, *, is_english: bool) -> tuple[Element, ...]:
    found = english.elements(written) if is_english else chinese.elements(fold(without_glosses(written)))
    placed = (Element(each.kind, start + each.start, start + each.end) for each in found)
    return tuple(sorted(placed, key=lambda each: each.start))
