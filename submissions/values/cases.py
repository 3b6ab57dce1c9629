"""A case: its working copy, its versions, what happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from foundation.text import Text
from submissions.values.evidence import Claim

AttachmentKind = Literal["photo", "file"]


class CaseStatus(StrEnum):
    """Where a case stands in its life in submissions. Awards are a fact of judging, not a status."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    CHECKED = "checked"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Author:
    """One author of a case and the post he or she holds."""

    name: str
    post: str


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """One uploaded file of a case. `width` and `height` in pixels are known for photos only.

    `released`: the unit lets the library show it as evidence, once the case has an award.
    """

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
    released: bool = False


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
    claims: tuple[Claim, ...] = ()

    @property
    def photos(self) -> tuple[AttachmentView, ...]:
        """The photos, in the order the authors gave them."""
        return tuple(each for each in self.attachments if each.kind == "photo")


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
    """The pledge of authenticity as somebody gives it: whether it is accepted, and by whom in writing; and
    whether the call's copyright clause is accepted beside it."""

    accepted: bool
    name: str
    copyright_accepted: bool = False


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
    claims: tuple[Claim, ...] = ()


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
    COMMENTED = "commented"
    UNDONE = "undone"


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
    status_before: str = ""


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
    rank: int = 0


@dataclass(frozen=True, slots=True)
class ReceiptFile:
    """One file named by a receipt."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that a version was taken in, and that the pledge and, where the call has one, the copyright
    clause were accepted by `pledge_name`. `signature` is a hex HMAC-SHA-256 over everything else here."""

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
    claims: int = 0
    pledge_name: str = ""
    pledge_text: str = ""
    copyright_text: str = ""
    signature: str = ""
