"""What the library's other rooms and other packages may hold: documents, queries, hits, facets, pages."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from foundation.audience import Audience

DOCUMENT_FORM = 3
"""Raised when the analysis of text or the shape of a document changes: every index is then rebuilt."""

FACETS = ("year", "call", "prize", "category", "region", "unit", "topic", "length", "extras")
"""The fields that can be counted and filtered, in the order in which a page shows them.

A document may have several values of a facet (topics, extras) or none.
"""

HAS_PHOTOS = "photos"
HAS_EVIDENCE = "evidence"
HAS_PACK = "pack"
EXTRAS = (HAS_PHOTOS, HAS_EVIDENCE, HAS_PACK)
"""The values of the facet "extras": what a case shows beside its text."""

LENGTHS = {"under-1500": 0, "1500-3000": 1_500, "3000-5000": 3_000, "over-5000": 5_000}
"""The values of the facet "length", each with the number of words (Chinese characters) where it begins."""


def length_class(words: int) -> str:
    """The value of the facet "length"; "" for a document without words."""
    return [name for name, least in LENGTHS.items() if words >= least][-1] if words > 0 else ""


def fingerprint(
    *,
    version_id: str,
    audience: Audience,
    prize: str,
    prize_rank: int,
    granted_at: int,
    call: str,
    region_id: str,
    region: str,
    topics: tuple[str, ...],
    has_pack: bool,
    evidence_said: tuple[str, ...],
) -> str:
    """16 hexadecimal characters; equal when a document in the index need not be written again.

    Everything else in a document follows from its version, which never changes.
    """
    known = (
        DOCUMENT_FORM, version_id, audience.value, prize, prize_rank, granted_at, call,
        region_id, region, topics, has_pack, evidence_said,
    )  # fmt: skip
    return hashlib.blake2b(repr(known).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryDocument:
    """A published awarded case as the index sees it. `id` is the case, `version_id` the immutable text.

    `granted_at` is in seconds since the epoch; `prize_rank` begins at 1 for the highest prize of its call.
    `body` is plain text: paragraphs are separated by an empty line, so that a single line break inside a
    paragraph can be recognised as debris of copying.
    """

    id: str
    version_id: str
    number: str
    title: str
    body: str = field(repr=False)
    summary: str = ""
    unit: str = ""
    unit_id: str = ""
    category: str = ""
    prize: str = ""
    prize_rank: int = 0
    year: int = 0
    call: str = ""
    call_id: str = ""
    has_photos: bool = False
    words: int = 0
    granted_at: int = 0
    headings: str = ""
    topics: tuple[str, ...] = ()
    region: str = ""
    region_id: str = ""
    has_evidence: bool = False
    has_pack: bool = False
    evidence_said: tuple[str, ...] = ()
    """What its unit has said about evidence after the award; `has_evidence` follows from it."""
    audience: Audience = Audience.PUBLIC

    @property
    def fingerprint(self) -> str:
        return fingerprint(
            version_id=self.version_id,
            audience=self.audience,
            prize=self.prize,
            prize_rank=self.prize_rank,
            granted_at=self.granted_at,
            call=self.call,
            region_id=self.region_id,
            region=self.region,
            topics=self.topics,
            has_pack=self.has_pack,
            evidence_said=self.evidence_said,
        )

    def facets(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """Facet name -> the document's values, each with its label; none where there is no value.

        The labels of "length" and "extras" are their values: a page has words for them.
        """
        length = length_class(self.words)
        has = (self.has_photos, self.has_evidence, self.has_pack)
        return {
            "year": _named(str(self.year) if self.year else "", str(self.year)),
            "call": _named(self.call_id, self.call),
            "prize": _named(self.prize, self.prize),
            "category": _named(self.category, self.category),
            "region": _named(self.region_id, self.region),
            "unit": _named(self.unit_id, self.unit),
            "topic": tuple((topic, topic) for topic in dict.fromkeys(self.topics) if topic),
            "length": _named(length, length),
            "extras": tuple((name, name) for name, there in zip(EXTRAS, has, strict=True) if there),
        }


def _named(value: str, label: str) -> tuple[tuple[str, str], ...]:
    return ((value, label),) if value else ()


# --- questions --------------------------------------------------------------------------------------------


class QueryField(StrEnum):
    """What `name:value` in the search box may ask for."""

    TITLE = "title"
    UNIT = "unit"
    YEAR = "year"
    CATEGORY = "category"
    PRIZE = "prize"
    CALL = "call"
    REGION = "region"
    TOPIC = "topic"
    LENGTH = "length"
    EXTRAS = "extras"


@dataclass(frozen=True, slots=True)
class Synonyms:
    """A word inside a typed text (as it stands there), and what else is written for it.

    Each spelling answers for the word: it covers as one word and scores as one word.
    """

    word: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plain:
    """Words as they were typed, without a blank inside. `synonyms` tells of words inside it."""

    text: str
    synonyms: tuple[Synonyms, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand together in this order."""

    text: str


@dataclass(frozen=True, slots=True)
class FieldText:
    """The named field contains this text; simplified and traditional are equal."""

    field: QueryField
    text: str


@dataclass(frozen=True, slots=True)
class YearRange:
    """Both ends belong to the range; None is open."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Alternatives joined by OR."""

    parts: tuple[Plain | Phrase | FieldText | YearRange, ...]


Part = Plain | Phrase | FieldText | YearRange | AnyOf


class Sign(StrEnum):
    SHOULD = "should"
    MUST = "must"
    MUST_NOT = "must_not"


@dataclass(frozen=True, slots=True)
class Clause:
    sign: Sign
    part: Part


@dataclass(frozen=True, slots=True)
class Query:
    """A question. Without clauses it asks for everything."""

    text: str = ""
    clauses: tuple[Clause, ...] = ()

    @property
    def empty(self) -> bool:
        return not self.clauses


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    PRIZE = "prize"
    MOST_USED = "most_used"


Filters = Mapping[str, frozenset[str]]
"""Facet name -> chosen values: any of the values of a facet, and all of the facets."""


# --- answers ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a hit stands where it stands. The first three add up to the relevance of its text.

    `prize` and `recency` are what the prize and the date add to it, never more than a few percent of it.
    """

    words: float = 0.0
    pairs: float = 0.0
    proximity: float = 0.0
    prize: float = 0.0
    recency: float = 0.0
    missing: tuple[str, ...] = ()
    """Words of the question that the document does not hold, folded."""


@dataclass(frozen=True, slots=True)
class Hit:
    """`complete` tells whether every word of the question was found in the document."""

    id: str
    version_id: str
    score: float
    complete: bool
    reasons: Reasons = Reasons()


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of an answer. `total` counts all hits, `complete` those that hold every word asked for.

    The counts of a facet are those of the question under the filters of all *other* facets: choosing a second
    value of the same facet widens the answer, and the count says by how much.
    """

    hits: tuple[Hit, ...]
    total: int
    complete: int
    facets: tuple[Facet, ...]
    generation: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What the dictionaries for suggestions know of a document."""

    id: str
    title: str
    unit: str
    category: str
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexState:
    """`fingerprints` maps a document's id to the fingerprint under which it was written."""

    generation: int
    fingerprints: Mapping[str, str]
