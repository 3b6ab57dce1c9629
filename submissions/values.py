"""Values of submissions that other packages may hold: frozen, plain Python, no database behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from foundation.text import Text

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
    """What a call lays down; frozen once its window opens.

    `words_lowest` and `words_highest` bound the body as Word counts it, both included. `cases_per_unit` and
    `recommendations_per_unit` (what one superior may forward) are None where there is no limit.
    `needs_check` keeps a case out of judging until the organiser's formal check has passed it.
    """

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
    summary_highest: int = 300
    needs_check: bool = False
    recommendations_per_unit: int | None = None

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


@dataclass(frozen=True, slots=True)
class CallProposal:
    """What an organiser has typed for a call, before anybody has judged it. Instants are aware or missing."""

    title: str
    theme: str
    notice_html: str
    slug: str
    opens_at: datetime | None
    closes_at: datetime | None
    timezone: str
    rules: CallRules


@dataclass(frozen=True, slots=True)
class ExtensionView:
    """A later deadline with its reason; `unit_id` None is for everybody."""

    id: str
    call_id: str
    unit_id: str | None
    unit_name: str
    closes_at: datetime
    reason: str
    granted_at: datetime
    granted_by: str


@dataclass(frozen=True, slots=True)
class CaseText:
    """What authors write. The working copy and a version hold the same; `None` dates are not given yet."""

    title: str = ""
    summary: str = ""
    body_html: str = ""
    category_key: str = ""
    authors: tuple[Author, ...] = ()
    practice_from: date | None = None
    practice_to: date | None = None
    source_line: str = ""
    signoff_line: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a working copy that its authors should know; `blocking` ones must go before handing in.

    `field` is the form's name of the place, which is also its id on the page.
    """

    field: str
    message: Text
    blocking: bool = True


@dataclass(frozen=True, slots=True)
class Pledge:
    """The pledge of authenticity as somebody gives it: whether it is accepted, and by whom in writing."""

    accepted: bool
    name: str


@dataclass(frozen=True, slots=True)
class DraftView:
    """The working copy of a case as its own unit sees it. `revision` counts saves from 1."""

    case_id: str
    text: CaseText
    revision: int
    saved_at: datetime
    saved_by: str
    word_count: int
    attachments: tuple[AttachmentView, ...]


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case without its text: where it stands, whose it is, which version counts."""

    id: str
    call_id: str
    unit_id: str
    unit_name: str
    unit_path: str
    number: str
    title: str
    category_key: str
    status: CaseStatus
    version_id: str | None
    ordinal: int
    pending_version_id: str | None
    received_at: datetime | None
    return_due_at: datetime | None
    created_at: datetime
    changed_at: datetime


class StepKind(StrEnum):
    """What happened to a case, as its history names it."""

    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    RECOMMENDED = "recommended"
    RECOMMENDATION_WITHDRAWN = "recommendation_withdrawn"
    CHECKED = "checked"
    REJECTED = "rejected"
    REOPENED = "reopened"
    LATE_ACCEPTED = "late_accepted"
    LATE_REFUSED = "late_refused"


@dataclass(frozen=True, slots=True)
class StepView:
    """One line of a case's history."""

    id: str
    case_id: str
    version_id: str | None
    ordinal: int
    kind: StepKind
    at: datetime
    by_name: str
    reason: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class RecommendationView:
    """A superior's opinion on one version when it forwards the case."""

    id: str
    case_id: str
    version_id: str
    unit_id: str
    unit_name: str
    opinion: str
    by_name: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class ReceiptFile:
    """One file named by a receipt."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that a version was taken in. `signature` is a hex HMAC-SHA-256 over everything else here."""

    number: str
    case_id: str
    version_id: str
    ordinal: int
    call_title: str
    unit_name: str
    title: str
    received_at: datetime
    timezone: str
    content_hash: str
    files: tuple[ReceiptFile, ...]
    provisional: bool
    signature: str = ""
