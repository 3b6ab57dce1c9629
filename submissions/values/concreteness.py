"""How concrete a text is. For its authors and the organiser, as advice; never a mark, never for jurors."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ElementKind(StrEnum):
    """What makes a sentence concrete."""

    NUMBER = "number"
    DATE = "date"
    PLACE = "place"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Element:
    """Something concrete at characters [start, end)."""

    kind: ElementKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence at [start, end) of the text; `common`: it stands in many other texts.

    `expected`: it is long enough, and no heading, so that something concrete may be expected of it.
    """

    start: int
    end: int
    elements: tuple[Element, ...]
    common: bool
    expected: bool

    @property
    def empty(self) -> bool:
        return self.expected and not self.elements


@dataclass(frozen=True, slots=True)
class Concreteness:
    """A text of `words` words as Word counts them, headings left out.

    `compared`: whether there was anything to look for common sentences in.
    """

    text: str
    words: int
    sentences: tuple[Sentence, ...]
    is_english: bool
    compared: bool

    def count(self, kind: ElementKind) -> int:
        return sum(each.kind is kind for sentence in self.sentences for each in sentence.elements)

    def per_thousand(self, kind: ElementKind) -> float:
        """Elements of this kind in 1,000 words; one decimal."""
        return round(1000 * self.count(kind) / self.words, 1) if self.words else 0.0

    @property
    def all_per_thousand(self) -> float:
        """Elements of all kinds in 1,000 words; one decimal."""
        return round(1000 * sum(map(self.count, ElementKind)) / self.words, 1) if self.words else 0.0

    @property
    def empty_share(self) -> int:
        """Percent of the sentences of some length that have nothing concrete."""
        expected = [each for each in self.sentences if each.expected]
        return round(100 * sum(each.empty for each in expected) / len(expected)) if expected else 0

    @property
    def common_share(self) -> int:
        """Percent of the sentences of some length that stand in many other texts."""
        expected = [each for each in self.sentences if each.expected]
        return round(100 * sum(each.common for each in expected) / len(expected)) if expected else 0
