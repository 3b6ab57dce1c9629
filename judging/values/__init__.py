"""Values of judging that other packages and pages may hold: frozen, plain Python, no database behind them."""

from judging.values.assignment import (
    CaseSeat,
    JurorSeat,
    Plan,
    Shortfall,
)
from judging.values.awards import (
    AwardView,
)
from judging.values.blind import (
    BlindClaim,
    BlindCopy,
    BlindSource,
)
from judging.values.conflicts import (
    ConflictFinding,
    ConflictKind,
)
from judging.values.reads import (
    AssignmentState,
    CommentKind,
    Mark,
    ReviewRow,
    Verdict,
)
from judging.values.rounds import (
    ON_PANEL,
    InvitationState,
    RoundState,
)
from judging.values.standing import (
    ChoiceReview,
    PrizeProposal,
    PrizeShare,
    Standing,
    TieAtCut,
)

__all__ = [
    "ON_PANEL",
    "AssignmentState",
    "AwardView",
    "BlindClaim",
    "BlindCopy",
    "BlindSource",
    "CaseSeat",
    "ChoiceReview",
    "CommentKind",
    "ConflictFinding",
    "ConflictKind",
    "InvitationState",
    "JurorSeat",
    "Mark",
    "Plan",
    "PrizeProposal",
    "PrizeShare",
    "ReviewRow",
    "RoundState",
    "Shortfall",
    "Standing",
    "TieAtCut",
    "Verdict",
]
