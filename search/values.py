"""What the library's other rooms and other packages may hold: documents, queries, hits, facets, pages."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from foundation.audience import Audience

DOCUMENT_FORM = 2
"""Raised when the analysis of text or the shape of a document changes: every index is then rebuilt."""

FACETS = ("year", "call", "category", "prize", "unit", "extras")
"""The fields that can be counted and filtered, in the order in which a page shows them."""

FacetName = Literal["year", "call", "category", "prize", "unit", "extras"]

HAS_PHOTOS = "photos"
"""The value of the facet "extras" for a case that shows photos."""


def fingerprint(*, version_id: str, prize: str, prize_rank: int, granted_at: int) -> str:
    """16 hexadecimal characters; equal when a document in the index need not be written again.

    Everything else in a document follows from its version, which never changes.
    """
    known = (DOCUMENT_FORM, version_id, prize, prize_rank, granted_at)
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
    audience: Audience = Audience.PUBLIC

    @property
    def fingerprint(self) -> str:
        return fingerprint(
            version_id=self.version_id,
            prize=self.prize,
            prize_rank=self.prize_rank,
            granted_at=self.granted_at,
        )

    def facets(self) -> dict[str, tuple[str, str]]:
        """Facet name -> (value, label). An empty value means that the document has none."""
        return {
            "year": (str(self.year) if self.year else "", str(self.year)),
            "call": (self.call_id, self.call),
            "category": (self.category, self.category),
            "prize": (self.prize, self.prize),
            "unit": (self.unit_id, self.unit),
            "extras": (HAS_PHOTOS if self.has_photos else "", HAS_PHOTOS),
        }


# --- questions --------------------------------------------------------------------------------------------


class QueryField(StrEnum):
    """What `name:value` in the search box may ask for."""

    TITLE = "title"
    UNIT = "unit"
    YEAR = "year"
    CATEGORY = "category"
    PRIZE = "prize"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class Plain:
    """Words as they were typed, without a blank inside."""

    text: str


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


Filters = Mapping[str, frozenset[str]]
"""Facet name -> chosen values: any of the values of a facet, and all of the facets."""


# --- answers ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hit:
    """`complete` tells whether every word of the question was found in the document."""

    id: str
    version_id: str
    score: float
    complete: bool


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


@dataclass(frozen=True, slots=True)
class IndexState:
    """`fingerprints` maps a document's id to the fingerprint under which it was written."""

    generation: int
    fingerprints: Mapping[str, str]
