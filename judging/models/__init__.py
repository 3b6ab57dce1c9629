"""The tables of judging; private to the package.

Nothing a juror says is ever changed in place: marks, comments and hand-ins are rows that are added. Triggers
refuse updates and deletes of `mark`, `review_comment` and `claim_verdict`.
"""

from judging.models.deciding import (
    Award,
    Decision,
)
from judging.models.panel import (
    Conflict,
    PanelMember,
)
from judging.models.reads import (
    APPEND_ONLY,
    Assignment,
    ClaimVerdict,
    CommentVersion,
    HandIn,
    MarkVersion,
)
from judging.models.rounds import (
    Round,
    RoundCase,
)

__all__ = [
    "APPEND_ONLY",
    "Assignment",
    "Award",
    "ClaimVerdict",
    "CommentVersion",
    "Conflict",
    "Decision",
    "HandIn",
    "MarkVersion",
    "PanelMember",
    "Round",
    "RoundCase",
]
