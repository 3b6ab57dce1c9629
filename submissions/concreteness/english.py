"""Concrete elements of English text: numbers, dates, names and roles.

Names are words with a capital that do not begin a sentence; whether one is a place, a body or a person is not
told apart without a dictionary: after a title or before a verb of speech it is a person, else a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from submissions.values.concreteness import Element, ElementKind

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_COUNT = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|dozen"
)
_ROLE = (
    "secretary|foreman|nurse|doctor|teacher|driver|welder|electrician|engineer|technician|accountant|clerk|captain"
    "|inspector|supervisor|manager|director|warden|caretaker|cook|farmer|villager|tenant|shopkeeper|courier|rider"
    "|operator|crane operator|judge|lawyer|officer|firefighter|volunteer|apprentice|retiree|resident|student"
    "|cleaner|plumber|fitter|mechanic|headmaster|librarian|pharmacist|dispatcher|committee member"
    "|branch member|party member"
)
_PATTERNS: tuple[tuple[ElementKind, re.Pattern[str]], ...] = (
    (
        ElementKind.DATE,
        re.compile(
            rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:{_MONTH})(?:\s+\d{{1,2}}(?:st|nd|rd|th)?)?(?:,?\s+(?:19|20)\d\d)?\b"
            rf"|\b(?:19|20)\d\d\b|\b(?:every\s+|last\s+)?(?:{_DAY})s?\b|\b\d{{1,2}}(?::\d\d)?\s?[ap]\.?m\b"
            r"|\blast (?:week|month|year|spring|summer|autumn|winter)\b"
        ),
    ),
    (
        ElementKind.NUMBER,
        re.compile(
            r"[£$€¥]?\d[\d,]*(?:\.\d+)?\s?%?"
            rf"|\b(?:{_COUNT})(?:[- ](?:{_COUNT}|one))*\b(?:\s+(?:per cent|percent))?",
            re.IGNORECASE,
        ),
    ),
    (ElementKind.ROLE, re.compile(rf"\b(?:Mr|Mrs|Ms|Dr)\.?\s+[A-Z]\w+|\b(?:{_ROLE})s?\b", re.IGNORECASE)),
    (ElementKind.PLACE, re.compile(r"(?<=[a-z,;:] )(?:[A-Z][a-z]+(?:[-' ](?=[A-Z]))?)+[a-z]*")),
)
_NO_NAMES = frozenset(
    ("I", "Party", "Communist", "Branch", "Committee", "Chinese", "China", "English", "The", "We", "It")
)


def elements(text: str) -> Iterator[Element]:
    """The concrete elements of one sentence; places are character ranges of it."""
    taken = [False] * len(text)
    for kind, pattern in _PATTERNS:
        for found in pattern.finditer(text):
            start, end = found.span()
            if any(taken[start:end]) or found.group() in _NO_NAMES:
                continue
            taken[start:end] = [True] * (end - start)
            yield Element(kind, start, end)
