"""The tables of submissions; private to the package."""

from submissions.models.avoiding import PersonToAvoid
from submissions.models.calls import (
    AwardedText,
    Call,
    CallChange,
    CategoryDeadline,
    Extension,
    Question,
    UnitEntry,
)
from submissions.models.cases import (
    Attachment,
    Case,
    CaseStep,
    CaseVersion,
    Draft,
    Recommendation,
)
from submissions.models.deciding import CheckSheet, RecommendationScan
from submissions.models.evidence import CaseClaim, IdentityReview
from submissions.models.mailed import MailedCase
from submissions.models.originality import (
    OriginalityMatch,
    OriginalityReport,
    OriginalityRound,
    PhotoMatch,
    ReferenceText,
    SentencePrint,
    SetPhrase,
    TextPrint,
)
from submissions.models.writing import CoAuthor, PartialUpload, Presence

__all__ = [
    "Attachment",
    "AwardedText",
    "Call",
    "CallChange",
    "Case",
    "CaseClaim",
    "CaseStep",
    "CaseVersion",
    "CategoryDeadline",
    "CheckSheet",
    "CoAuthor",
    "Draft",
    "Extension",
    "IdentityReview",
    "MailedCase",
    "OriginalityMatch",
    "OriginalityReport",
    "OriginalityRound",
    "PartialUpload",
    "PersonToAvoid",
    "PhotoMatch",
    "Presence",
    "Question",
    "Recommendation",
    "RecommendationScan",
    "ReferenceText",
    "SentencePrint",
    "SetPhrase",
    "TextPrint",
    "UnitEntry",
]
