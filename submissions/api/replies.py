"""What the JSON API of submissions answers with, and what only it takes in."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict

from foundation.audience import Audience
from foundation.forms import Form
from submissions.forms import CallForm
from submissions.values import (
    AttachmentView,
    CallView,
    CaseView,
    ConflictRule,
    DraftView,
    EarlierAwards,
    FileKind,
    Finding,
    PrizePools,
    Receipt,
    StandingRule,
    TiePolicy,
)


class Reply(BaseModel):
    """Base of replies: made from values."""

    model_config = ConfigDict(from_attributes=True)


class CategoryReply(Reply):
    key: str
    name: str
    quota: int | None
    closes_at: datetime | None


class PartReply(Reply):
    key: str
    name: str
    headings: list[str]
    lowest: int | None
    highest: int | None


class EligibilityReply(Reply):
    unit_kinds: list[str]
    practice_earliest: date | None
    practice_latest: date | None
    practice_months: int | None
    earlier_awards: EarlierAwards


class FileRulesReply(Reply):
    """Sizes in megabytes of 1,000,000 bytes."""

    kinds: list[FileKind]
    size_highest: int
    number_highest: int
    total_highest: int | None


class LevelReply(Reply):
    """Marks from `lowest` up to the next level."""

    lowest: Decimal
    name: str
    text: str


class CriterionReply(Reply):
    key: str
    name: str
    weight: int
    lowest: int
    highest: int
    step: Decimal
    rubric: str
    levels: list[LevelReply]
    graded: bool


class PrizeReply(Reply):
    key: str
    name: str
    quota: int
    threshold: Decimal | None


class JuryGroupReply(Reply):
    """`weight` in percent."""

    key: str
    name: str
    weight: int


class JudgingReply(Reply):
    """How the call is judged; `tie_break` are criterion keys in their order."""

    blind: bool
    discussion: bool
    extremes_need_comment: bool
    tie_break: list[str]
    tie_policy: TiePolicy
    jury_groups: list[JuryGroupReply]
    prize_pools: PrizePools
    prizes_per_unit: int | None
    notice_days: int


class RulesReply(Reply):
    categories: list[CategoryReply]
    criteria: list[CriterionReply]
    prizes: list[PrizeReply]
    standing_rule: StandingRule
    cases_per_unit: int | None
    words_lowest: int
    words_highest: int
    title_highest: int
    summary_highest: int
    pledge_text: str
    needs_recommendation: bool
    recommendations_per_unit: int | None
    recommendations_share: int | None
    recommendations_floor: int
    needs_check: bool
    needs_evidence: bool
    reads_per_case: int
    eligibility: EligibilityReply
    parts: list[PartReply]
    files: FileRulesReply
    copyright_text: str
    conflicts: list[ConflictRule]
    library_audience: Audience
    shows_recommenders: bool
    judging: JudgingReply


class FieldChangeReply(Reply):
    field: str
    before: str
    after: str


class ChangeReply(Reply):
    """What was worded anew after the window had opened."""

    id: str
    at: datetime
    by_name: str
    reason: str
    fields: list[FieldChangeReply]


class ExtensionReply(Reply):
    """A later deadline; `unit_id` null is for all units, `category_key` "" for all categories."""

    id: str
    unit_id: str | None
    category_key: str
    closes_at: datetime
    reason: str
    granted_at: datetime


class QuestionReply(Reply):
    id: str
    question: str
    answer: str
    published_at: datetime
    changed_at: datetime


class CallReply(Reply):
    id: str
    slug: str
    title: str
    theme: str
    notice_html: str
    opens_at: datetime
    closes_at: datetime
    timezone: str
    year: int
    published_at: datetime | None
    rules: RulesReply


class AttachmentReply(Reply):
    id: str
    kind: str
    name: str
    media_type: str
    size: int
    sha256: str
    caption: str
    width: int | None
    height: int | None
    position: int
    released: bool


class AuthorReply(Reply):
    name: str
    post: str


class CaseReply(Reply):
    id: str
    call_id: str
    unit_id: str
    unit_name: str
    number: str
    title: str
    category_key: str
    status: str
    ordinal: int
    version_id: str | None
    pending_version_id: str | None
    received_at: datetime | None
    changed_at: datetime


class DraftReply(Reply):
    case_id: str
    revision: int
    saved_at: datetime
    saved_by: str
    word_count: int
    title: str
    summary: str
    body: str
    category_key: str
    authors: list[AuthorReply]
    practice_from: date | None
    practice_to: date | None
    source_line: str
    signoff_line: str
    attachments: list[AttachmentReply]


class FindingReply(BaseModel):
    field: str
    message: str
    blocking: bool


class ReceiptFileReply(Reply):
    name: str
    size: int
    sha256: str


class ReceiptReply(Reply):
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
    files: list[ReceiptFileReply]
    provisional: bool
    pledge_name: str
    pledge_text: str
    copyright_text: str
    signature: str


class StartForm(Form):
    """Which call a new case is for."""

    call_id: str


class WithdrawForm(Form):
    """Why a case is withdrawn."""

    reason: str = ""


class UpdateCallForm(CallForm):
    """A call with the revision it was read at."""

    revision: int


def call_reply(view: CallView) -> CallReply:
    return CallReply.model_validate(view)


def case_reply(view: CaseView) -> CaseReply:
    return CaseReply.model_validate(view)


def attachment_reply(view: AttachmentView) -> AttachmentReply:
    return AttachmentReply.model_validate(view)


def receipt_reply(receipt: Receipt) -> ReceiptReply:
    return ReceiptReply.model_validate(receipt)


def finding_reply(finding: Finding) -> FindingReply:
    return FindingReply(field=finding.field, message=str(finding.message), blocking=finding.blocking)


def draft_reply(view: DraftView) -> DraftReply:
    text = view.text
    values: dict[str, Any] = {
        "case_id": view.case_id,
        "revision": view.revision,
        "saved_at": view.saved_at,
        "saved_by": view.saved_by,
        "word_count": view.word_count,
        "title": text.title,
        "summary": text.summary,
        "body": text.body_html,
        "category_key": text.category_key,
        "authors": [AuthorReply.model_validate(each) for each in text.authors],
        "practice_from": text.practice_from,
        "practice_to": text.practice_to,
        "source_line": text.source_line,
        "signoff_line": text.signoff_line,
        "attachments": [attachment_reply(each) for each in view.attachments],
    }
    return DraftReply(**values)
