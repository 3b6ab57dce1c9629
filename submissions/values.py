"""Values of submissions that other packages may hold: frozen, plain Python, no database behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

AttachmentKind = Literal["photo", "file"]


@dataclass(frozen=True, slots=True)
class Category:
    """One category of a call. `quota` is the greatest number of cases one unit may hand in to it."""

    key: str
    name: str
    quota: int | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One scoring criterion. `weight` is in percent; the weights of a call add up to 100."""

    key: str
    name: str
    weight: int
    lowest: int
    highest: int
    step: Decimal = Decimal(1)
    rubric: str = ""


@dataclass(frozen=True, slots=True)
class Prize:
    """One prize. The order in `CallRules.prizes` is the rank, the first being the highest."""

    key: str
    name: str
    quota: int


class StandingRule(StrEnum):
    """How a case's reads become one score."""

    MEAN = "mean"
    TRIMMED_MEAN = "trimmed_mean"


class CaseStatus(StrEnum):
    """Where a case stands in its life in submissions. Awards are a fact of judging, not a status."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    CHECKED = "checked"
    REJECTED = "rejected"


class WindowState(StrEnum):
    """The collection window seen from one instant and one unit."""

    UNPUBLISHED = "unpublished"
    NOT_YET = "not_yet"
    OPEN = "open"
    GRACE = "grace"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class CallRules:
    """What a call lays down; frozen once its window opens."""

    categories: tuple[Category, ...]
    criteria: tuple[Criterion, ...]
    prizes: tuple[Prize, ...]
    standing_rule: StandingRule
    cases_per_unit: int | None
    words_lowest: int
    words_highest: int
    pledge_text: str
    needs_recommendation: bool
    reads_per_case: int
    title_highest: int = 60

    def category(self, key: str) -> Category | None:
        """The category with this key, or None."""
        return next((each for each in self.categories if each.key == key), None)


@dataclass(frozen=True, slots=True)
class CallView:
    """A call as everybody may hold it. Instants are aware UTC datetimes; `timezone` is an IANA name."""

    id: str
    slug: str
    title: str
    theme: str
    notice_html: str
    opens_at: datetime
    closes_at: datetime
    timezone: str
    rules: CallRules
    published_at: datetime | None
    year: int


@dataclass(frozen=True, slots=True)
class Author:
    """One author of a case and the post he or she holds."""

    name: str
    post: str


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """One uploaded file of a case. `width` and `height` in pixels are known for photos only."""

    id: str
    kind: AttachmentKind
    name: str
    media_type: str
    size: int
    sha256: str
    caption: str
    width: int | None
    height: int | None
    position: int


@dataclass(frozen=True, slots=True)
class VersionView:
    """One handed-in, immutable version of a case. `number` is the receipt number, `ordinal` counts from 1."""

    id: str
    case_id: str
    number: str
    call_id: str
    unit_id: str
    unit_name: str
    ordinal: int
    title: str
    summary: str
    body_html: str
    category_key: str
    authors: tuple[Author, ...]
    word_count: int
    attachments: tuple[AttachmentView, ...]
    content_hash: str
    received_at: datetime
    source_line: str
    signoff_line: str

    @property
    def photos(self) -> tuple[AttachmentView, ...]:
        """The photos, in the order the authors gave them."""
        return tuple(each for each in self.attachments if each.kind == "photo")
