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
from judging.values.notices import (
    CalendarDay,
    ChosenPrize,
    DayKind,
    DecisionKind,
    DecisionState,
    LineState,
    Move,
    ObjectionState,
    Outcome,
    RulingState,
    WorkCalendar,
)
from judging.values.reads import (
    AssignmentState,
    CommentKind,
    Mark,
    ReviewRow,
    Verdict,
)
from judging.values.reliability import (
    FavourHint,
    Favours,
    Interval,
    JurorFigures,
    JurorFlag,
    Pool,
    ScoredRead,
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
    "CalendarDay",
    "CaseSeat",
    "ChoiceReview",
    "ChosenPrize",
    "CommentKind",
    "ConflictFinding",
    "ConflictKind",
    "DayKind",
    "DecisionKind",
    "DecisionState",
    "FavourHint",
    "Favours",
    "Interval",
    "InvitationState",
    "JurorFigures",
    "JurorFlag",
    "JurorSeat",
    "LineState",
    "Mark",
    "Move",
    "ObjectionState",
    "Outcome",
    "Plan",
    "Pool",
    "PrizeProposal",
    "PrizeShare",
    "ReviewRow",
    "RoundState",
    "RulingState",
    "ScoredRead",
    "Shortfall",
    "Standing",
    "TieAtCut",
    "Verdict",
    "WorkCalendar",
]
