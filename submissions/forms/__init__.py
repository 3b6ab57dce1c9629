"""What people and programs send: the same models for HTML forms and the JSON API."""

from submissions.forms.calls import (
    CallForm,
    CategoryRow,
    ExtensionForm,
    PartRow,
    QuestionForm,
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
from submissions.forms.deciding import (
    BulkForm,
    CheckForm,
    ChosenForm,
    DecisionForm,
    OpinionForm,
    OrderForm,
)
from submissions.forms.evidence import ClaimForm
from submissions.forms.judging import CriterionRow, GroupRow, LevelRow, PrizeRow
from submissions.forms.rows import (
    CHOICES,
    ROW_GROUPS,
    change_rows,
    nested,
)

__all__ = [
    "CHOICES",
    "ROW_GROUPS",
    "TAGS_HIGHEST",
    "AuthorRow",
    "BulkForm",
    "CallForm",
    "CategoryRow",
    "CheckForm",
    "ChosenForm",
    "ClaimForm",
    "CriterionRow",
    "DecisionForm",
    "DraftForm",
    "ExtensionForm",
    "GroupRow",
    "LevelRow",
    "OpinionForm",
    "OrderForm",
    "PartRow",
    "PrizeRow",
    "QuestionForm",
    "ReasonForm",
    "ReturnForm",
    "SubmitForm",
    "change_rows",
    "nested",
    "values_of",
]
