"""Values of the aids: what a rule finds, and what an editor says of it. Nothing here changes a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from foundation.text import Text


class Kind(StrEnum):
    """What a finding is about."""

    PUNCTUATION = "punctuation"
    NUMBERS = "numbers"
    WIDTH = "width"
    NAMES = "names"
    REPEATS = "repeats"
    FIGURES = "figures"
    LEFTOVERS = "leftovers"
    TERMS = "terms"
    CHARACTERS = "characters"
    FACTS = "facts"


class Seriousness(StrEnum):
    """MUST: wrong by a standard. SHOULD: the standard or the house wants it otherwise. LOOK: somebody who
    knows has to look."""

    MUST = "must"
    SHOULD = "should"
    LOOK = "look"


class Role(StrEnum):
    """What a line is in the book."""

    TITLE = "title"
    UNIT = "unit"
    AUTHOR = "author"
    SUMMARY = "summary"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    CELL = "cell"
    CAPTION = "caption"
    SOURCE = "source"
    SIGNOFF = "signoff"


PROSE = frozenset({Role.SUMMARY, Role.PARAGRAPH, Role.ITEM, Role.QUOTE})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a manuscript; `place` is its address in the text (`casebook.aids.rules.reading`)."""

    place: str
    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of a manuscript: where its caption would stand, its pixels, its printed width (mm)."""

    place: str
    src: str
    caption: str
    width: int = 0
    height: int = 0
    printed: float = 0.0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as rows of lines; `header` says whether its first row is one."""

    place: str
    caption: str
    header: bool
    rows: tuple[tuple[Line, ...], ...]
    regular: bool = True


@dataclass(frozen=True, slots=True)
class Script:
    """A manuscript as the rules read it."""

    lines: tuple[Line, ...]
    photos: tuple[Photo, ...] = ()
    tables: tuple[Grid, ...] = ()


@dataclass(frozen=True, slots=True)
class Slip:
    """What a rule says of the characters [start, end) at a place. `proposal` is what should stand there
    instead, None where that is not certain; `others` are related places (entry's id, place, words)."""

    kind: Kind
    rule: str
    seriousness: Seriousness
    place: str
    start: int
    end: int
    message: Text
    proposal: str | None = None
    others: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A slip in an entry as it stands. `key` names it as long as the words and what is around them stay."""

    key: str
    entry_id: str
    slip: Slip
    passage: str
    before: str
    after: str

    @property
    def kind(self) -> Kind:
        return self.slip.kind

    @property
    def can_accept(self) -> bool:
        return self.slip.proposal is not None

    @property
    def can_replace(self) -> bool:
        """Whether there are characters that other characters can stand for."""
        return self.slip.end > self.slip.start


class Scope(StrEnum):
    """How far an ignoring reaches: this place, or the same words in the whole book."""

    PLACE = "place"
    BOOK = "book"


@dataclass(frozen=True, slots=True)
class Ignoring:
    """An editor's word that a finding is none. `entry_id` is empty where it holds in the whole book."""

    id: str
    scope: Scope
    entry_id: str
    rule: str
    passage: str
    before: str
    after: str
    reason: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class OpenFindings:
    """What is open in a book: numbers by kind and seriousness, and by entry."""

    by_kind: Mapping[Kind, Mapping[Seriousness, int]] = field(default_factory=dict)
    by_entry: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.by_entry.values())

    def of(self, seriousness: Seriousness) -> int:
        """How many are as serious as this."""
        return sum(counts.get(seriousness, 0) for counts in self.by_kind.values())


class TermKind(StrEnum):
    """REPLACE: write `better` instead. FORBID: must not stand in a book. ALLOW: is right as it is, findings
    inside of it are not shown."""

    REPLACE = "replace"
    FORBID = "forbid"
    ALLOW = "allow"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermWish:
    """A line of the house's list as somebody wants it; `why` names the source."""

    written: str
    better: str = ""
    kind: TermKind = TermKind.REPLACE
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A line of the house's list as it is kept; `revision` grows with each change of any line."""

    id: str
    wish: TermWish
    revision: int = 0
    changed_by: str = ""
    deleted: bool = False

    @property
    def written(self) -> str:
        return self.wish.written


class Step(StrEnum):
    """What importing a line would do."""

    ADD = "add"
    CHANGE = "change"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTerm:
    """One line of an imported table; `before` is the line that it changes or that it is already."""

    number: int
    wish: TermWish
    step: Step
    before: Term | None = None
