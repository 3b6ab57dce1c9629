"""What gives away whose case it is, and what a person has decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LeakKind(StrEnum):
    """What sort of words give the unit or a person away."""

    UNIT = "unit"
    AUTHOR = "author"
    PERSON = "person"
    PLACE = "place"
    CONTACT = "contact"
    OWN = "own"


class Where(StrEnum):
    """Where in a case the words stand."""

    TITLE = "title"
    SUMMARY = "summary"
    BODY = "body"
    CAPTION = "caption"
    FILE_NAME = "file_name"
    PROPERTY = "property"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Sighting:
    """One place of the words, with what stands around them. `label` names the file or the property."""

    where: Where
    before: str
    words: str
    after: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Leak:
    """Words that give something away, everywhere they stand.

    `automatic` ones are covered for jurors in any case; of the others `proposed` says whether covering them
    is suggested. `token` is what a juror reads instead.
    """

    kind: LeakKind
    words: str
    token: str
    automatic: bool
    proposed: bool
    sightings: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class DecidedMask:
    """Words that somebody has decided to cover, and what is read instead."""

    words: str
    token: str


@dataclass(frozen=True, slots=True)
class IdentityDecision:
    """What was decided about the names in a case: words to cover, words that may stay, photos kept back.

    `confirmed_hash` is the content hash of the text that was looked at, "" when nobody has confirmed.
    """

    masks: tuple[DecidedMask, ...] = ()
    kept: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    confirmed_hash: str = ""
    confirmed_at: datetime | None = None
    confirmed_by: str = ""

    def confirms(self, content_hash: str) -> bool:
        """Whether exactly this content was looked at and confirmed."""
        return bool(self.confirmed_hash) and self.confirmed_hash == content_hash

    def decided(self, words: str) -> bool:
        """Whether a person has said of these words what becomes of them."""
        return words in self.kept or any(each.words == words for each in self.masks)


UNDECIDED = IdentityDecision()
