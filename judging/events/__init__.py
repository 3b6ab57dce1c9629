"""What happened in judging: past tense, ids only; a reason only where the audit must show it."""

from judging.events.deciding import (
    AwardGranted,
    AwardRevoked,
    PrizesDecided,
)
from judging.events.discussion import (
    DiscussionClosed,
    DiscussionOpened,
    MarksRevised,
    SheetApplied,
)
from judging.events.notices import (
    AwardsFinal,
    CalendarChanged,
    DecisionTakenBack,
    NoticeEnded,
    NoticePublished,
    ObjectionConfirmed,
    ObjectionRaised,
    RulingAnswered,
    RulingProposed,
    StatementAsked,
    StatementGiven,
)
from judging.events.panel import (
    ConflictDeclared,
    InvitationAnswered,
    JurorInvited,
    JurorRemoved,
    JurorsReminded,
)
from judging.events.reads import (
    ReadFlagged,
    ReadRecused,
    ReadRemoved,
    ReadsAssigned,
    ScorecardHandedIn,
    ScorecardReopened,
)
from judging.events.rounds import (
    CasesTaken,
    JudgingChanged,
    JudgingClosed,
    JudgingOpened,
    JudgingReopened,
)

__all__ = [
    "AwardGranted",
    "AwardRevoked",
    "AwardsFinal",
    "CalendarChanged",
    "CasesTaken",
    "ConflictDeclared",
    "DecisionTakenBack",
    "DiscussionClosed",
    "DiscussionOpened",
    "InvitationAnswered",
    "JudgingChanged",
    "JudgingClosed",
    "JudgingOpened",
    "JudgingReopened",
    "JurorInvited",
    "JurorRemoved",
    "JurorsReminded",
    "MarksRevised",
    "NoticeEnded",
    "NoticePublished",
    "ObjectionConfirmed",
    "ObjectionRaised",
    "PrizesDecided",
    "ReadFlagged",
    "ReadRecused",
    "ReadRemoved",
    "ReadsAssigned",
    "RulingAnswered",
    "RulingProposed",
    "ScorecardHandedIn",
    "ScorecardReopened",
    "SheetApplied",
    "StatementAsked",
    "StatementGiven",
]
