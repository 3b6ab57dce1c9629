"""What happened in submissions: past tense, ids only; a reason only where the audit must show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CallCreated(Event):
    action: ClassVar[str] = "call.created"
    call_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallUpdated(Event):
    """`fields` and `reason` are given for what was worded anew after the window had opened."""

    action: ClassVar[str] = "call.updated"
    call_id: str
    revision: int
    fields: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPublished(Event):
    action: ClassVar[str] = "call.published"
    call_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowExtended(Event):
    """`unit_id` None: for everybody. `closes_at` is ISO 8601 in UTC."""

    action: ClassVar[str] = "call.window_extended"
    call_id: str
    extension_id: str
    unit_id: str | None
    closes_at: str
    reason: str
    category_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallClosed(Event):
    """One deadline of a call is over: the call's own, a category's, or one that was granted later (for a
    unit, or for all). `closes_at` is ISO 8601 in UTC."""

    action: ClassVar[str] = "call.closed"
    call_id: str
    closes_at: str
    category_key: str = ""
    extension_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnswered(Event):
    """`deed` is published, changed, moved or removed."""

    action: ClassVar[str] = "call.question_answered"
    call_id: str
    question_id: str
    deed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStarted(Event):
    action: ClassVar[str] = "case.started"
    case_id: str
    call_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDiscarded(Event):
    action: ClassVar[str] = "case.discarded"
    case_id: str
    call_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoAuthorInvited(Event):
    action: ClassVar[str] = "case.coauthor_invited"
    case_id: str
    call_id: str
    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoAuthorRemoved(Event):
    action: ClassVar[str] = "case.coauthor_removed"
    case_id: str
    call_id: str
    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSubmitted(Event):
    action: ClassVar[str] = "case.submitted"
    case_id: str
    call_id: str
    version_id: str
    ordinal: int
    content_hash: str
    provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWithdrawn(Event):
    action: ClassVar[str] = "case.withdrawn"
    case_id: str
    call_id: str
    version_id: str | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReturned(Event):
    action: ClassVar[str] = "case.returned"
    case_id: str
    call_id: str
    version_id: str | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRecommended(Event):
    action: ClassVar[str] = "case.recommended"
    case_id: str
    call_id: str
    version_id: str
    unit_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationWithdrawn(Event):
    action: ClassVar[str] = "case.recommendation_withdrawn"
    case_id: str
    call_id: str
    version_id: str
    unit_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationsRanked(Event):
    """`case_ids` in the superior's order, the one it puts first at the front."""

    action: ClassVar[str] = "case.recommendations_ranked"
    call_id: str
    unit_id: str
    case_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationScanned(Event):
    """The stamped form of a recommendation came in; `proof` says how it was matched to the version."""

    action: ClassVar[str] = "case.recommendation_scanned"
    case_id: str
    call_id: str
    version_id: str
    unit_id: str
    sha256: str
    proof: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCommented(Event):
    action: ClassVar[str] = "case.commented"
    case_id: str
    call_id: str
    version_id: str | None
    step_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionUndone(Event):
    """The organiser took a decision back: `undone` is checked, rejected ..., `status` what holds now."""

    action: ClassVar[str] = "case.decision_undone"
    case_id: str
    call_id: str
    version_id: str | None
    undone: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchesReminded(Event):
    action: ClassVar[str] = "call.branches_reminded"
    call_id: str
    unit_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseChecked(Event):
    """The formal check's outcome: `status` is checked, rejected or submitted (taken up again)."""

    action: ClassVar[str] = "case.formally_checked"
    case_id: str
    call_id: str
    version_id: str | None
    status: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LateArrivalRuled(Event):
    action: ClassVar[str] = "case.late_arrival_ruled"
    case_id: str
    call_id: str
    version_id: str
    accepted: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalityRequested(Event):
    """All cases of the call are to be checked for originality again."""

    action: ClassVar[str] = "originality.requested"
    call_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalityReviewed(Event):
    """A person has looked at what was found: `verdict` is fine, problem or "" (taken back)."""

    action: ClassVar[str] = "originality.reviewed"
    case_id: str
    call_id: str
    version_id: str
    verdict: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPhrasesAdded(Event):
    """`call_id` None: for all calls."""

    action: ClassVar[str] = "originality.phrases_added"
    phrase_ids: tuple[str, ...]
    call_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPhraseRemoved(Event):
    action: ClassVar[str] = "originality.phrase_removed"
    phrase_id: str
    call_id: str | None
    phrase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceAdded(Event):
    action: ClassVar[str] = "originality.reference_added"
    reference_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceRemoved(Event):
    action: ClassVar[str] = "originality.reference_removed"
    reference_id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityConfirmed(Event):
    """Somebody looked through the names in a case: how many words are covered, how many photos kept back."""

    action: ClassVar[str] = "case.identity_confirmed"
    case_id: str
    call_id: str
    content_hash: str
    masks: int
    withheld: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMailed(Event):
    """A message with a case came; it is unconfirmed."""

    action: ClassVar[str] = "case.mailed"
    mailed_id: str
    call_id: str
    unit_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailedCaseDecided(Event):
    """Somebody of the unit has taken a mailed case over as a draft, or thrown it away."""

    action: ClassVar[str] = "case.mail_decided"
    mailed_id: str
    case_id: str | None
    accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonNamed(Event):
    """A unit named somebody whom it would not have judge its case, or (`withdrawn`) took that back."""

    action: ClassVar[str] = "case.person_named"
    person_id: str
    case_id: str
    call_id: str
    withdrawn: bool
