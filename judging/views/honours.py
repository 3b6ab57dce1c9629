"""What follows a decision, as its pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from judging.values.honours import Feedback, HolderKind, LetterKind, Sheet
from judging.views.organiser import CaseLine


@dataclass(frozen=True, slots=True)
class TermsView:
    """What is set for feedback letters."""

    fewest_reads: int
    greeting: str


@dataclass(frozen=True, slots=True)
class JurorWords:
    """One juror's comment to the authors; `read`: an organiser has decided on it as it is now."""

    assignment_id: str
    original: str
    words: str
    withheld: bool
    read: bool


@dataclass(frozen=True, slots=True)
class ReleasedFeedback:
    """A release: the words as they went out."""

    round_id: str
    ordinal: int
    released_at: datetime
    released_by_name: str
    content: Feedback


@dataclass(frozen=True, slots=True)
class FeedbackLine:
    """A case on the feedback page: `draft` is what would be released now."""

    case: CaseLine
    prize_name: str
    comments: tuple[JurorWords, ...]
    draft: Feedback
    released: ReleasedFeedback | None

    @property
    def unread(self) -> int:
        return sum(1 for each in self.comments if not each.read)

    @property
    def due(self) -> bool:
        """Whether a release would tell the unit something new."""
        return self.released is None or self.released.content != self.draft


@dataclass(frozen=True, slots=True)
class WordingView:
    """Subject and body of a letter, with placeholders."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A result letter that is still to be written. `outcome` is the prize's key or ""."""

    case: CaseLine
    kind: LetterKind
    outcome: str
    prize_name: str
    prize_rank: int
    recipient_name: str
    recipient: str
    commendation: str


@dataclass(frozen=True, slots=True)
class DesignView:
    """How certificates are worded and who gets one."""

    language: str
    heading: str
    unit_words: str
    author_words: str
    issuers: tuple[str, ...]
    for_units: bool
    for_authors: bool


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """An issued certificate. `revoked`: its award is no longer in force."""

    id: str
    case_id: str
    title: str
    unit_name: str
    prize_name: str
    holder_kind: HolderKind
    holder: str
    sheet: Sheet
    issued_at: datetime
    voided_at: datetime | None
    void_reason: str
    revoked: bool


@dataclass(frozen=True, slots=True)
class DueCertificate:
    """One that can be issued: the holder has an award in force and no certificate that stands."""

    award_id: str
    case_id: str
    unit_id: str
    holder_kind: HolderKind
    holder: str
    title: str
    unit_name: str
    prize_name: str
