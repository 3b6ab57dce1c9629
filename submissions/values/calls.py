"""A call and what it lays down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from foundation.audience import Audience
from submissions.values.judging import USUAL_JUDGING, JudgingRules, Level
from submissions.values.requirements import (
    EVERYBODY,
    USUAL_CONFLICTS,
    USUAL_FILES,
    ConflictRule,
    Eligibility,
    FileRules,
    Part,
)


@dataclass(frozen=True, slots=True)
class Category:
    """One category of a call. `quota` is the greatest number of cases one unit may hand in to it, `closes_at`
    its own deadline (earlier or later than the call's) where it has one."""

    key: str
    name: str
    quota: int | None = None
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One scoring criterion. `weight` is in percent; the weights of a call add up to 100.

    `levels` is the rubric level by level, lowest first; `graded` criteria take the marks of their levels
    only, shown by the levels' names (A, B, C, D).
    """

    key: str
    name: str
    weight: int
    lowest: int
    highest: int
    step: Decimal = Decimal(1)
    rubric: str = ""
    levels: tuple[Level, ...] = ()
    graded: bool = False


@dataclass(frozen=True, slots=True)
class Prize:
    """One prize. The order in `CallRules.prizes` is the rank, the first being the highest.

    A case whose score is below `threshold` does not get it: the place stays vacant. None: no threshold.
    """

    key: str
    name: str
    quota: int
    threshold: Decimal | None = None


class StandingRule(StrEnum):
    """How a case's reads become one score."""

    MEAN = "mean"
    TRIMMED_MEAN = "trimmed_mean"
    WEIGHTED = "weighted"
    """Means of jury groups, weighted by the groups' percents."""
    ADJUSTED = "adjusted"
    """Mean of marks adjusted for each juror's severity (additive model)."""


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
    `recommendations_share` makes that limit a percentage of the cases handed in below the superior, never
    less than `recommendations_floor`; `recommendations_per_unit` is then its ceiling.
    `needs_check` keeps a case out of judging until the organiser's formal check has passed it. Without a
    `copyright_text` nobody has to accept one. `conflicts` are what keeps a juror from a case. With
    `needs_evidence` no case is handed in whose figures have no evidence linked to them. `library_audience`
    says for whom awarded cases are in the library, where nobody decides otherwise for a case; with
    `shows_recommenders` their pages there name the superiors that recommended them.
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
    recommendations_share: int | None = None
    recommendations_floor: int = 0
    eligibility: Eligibility = EVERYBODY
    parts: tuple[Part, ...] = ()
    files: FileRules = USUAL_FILES
    copyright_text: str = ""
    conflicts: tuple[ConflictRule, ...] = USUAL_CONFLICTS
    needs_evidence: bool = False
    judging: JudgingRules = USUAL_JUDGING
    library_audience: Audience = Audience.PUBLIC
    shows_recommenders: bool = False

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
    """A later deadline with its reason; `unit_id` None is for everybody, `category_key` "" for all
    categories."""

    id: str
    call_id: str
    unit_id: str | None
    unit_name: str
    closes_at: datetime
    reason: str
    granted_at: datetime
    granted_by: str
    category_key: str = ""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a call, as it read before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change of a call after its window had opened, as everybody may read it."""

    id: str
    call_id: str
    at: datetime
    by_name: str
    reason: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question that branches ask, and the organiser's answer."""

    id: str
    call_id: str
    question: str
    answer: str
    position: int
    published_at: datetime
    changed_at: datetime
