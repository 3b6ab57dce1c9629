"""The tables of submissions; private to the package."""

from submissions.models.calls import (
    Call,
    Extension,
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

__all__ = [
    "Attachment",
    "Call",
    "Case",
    "CaseStep",
    "CaseVersion",
    "Draft",
    "Extension",
    "Recommendation",
    "UnitEntry",
]
