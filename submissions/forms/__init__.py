"""What people and programs send: the same models for HTML forms and the JSON API."""

from submissions.forms.calls import (
    CallForm,
    CategoryRow,
    CriterionRow,
    ExtensionForm,
    PrizeRow,
    values_of,
)
from submissions.forms.cases import (
    TAGS_HIGHEST,
    AuthorRow,
    DraftForm,
    ReasonForm,
    ReturnForm,
    SubmitForm,
)
from submissions.forms.evidence import ClaimForm
from submissions.forms.rows import (
    ROW_GROUPS,
    change_rows,
    nested,
)

__all__ = [
    "ROW_GROUPS",
    "TAGS_HIGHEST",
    "AuthorRow",
    "CallForm",
    "CategoryRow",
    "ClaimForm",
    "CriterionRow",
    "DraftForm",
    "ExtensionForm",
    "PrizeRow",
    "ReasonForm",
    "ReturnForm",
    "SubmitForm",
    "change_rows",
    "nested",
    "values_of",
]
