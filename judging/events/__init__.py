"""What happened in judging: past tense, ids only; a reason only where the audit must show it."""

from judging.events.deciding import (
    AwardGranted,
    AwardRevoked,
    PrizesDecided,
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
    "CasesTaken",
    "ConflictDeclared",
    "InvitationAnswered",
    "JudgingChanged",
    "JudgingClosed",
    "JudgingOpened",
    "JudgingReopened",
    "JurorInvited",
    "JurorRemoved",
    "JurorsReminded",
    "PrizesDecided",
    "ReadFlagged",
    "ReadRecused",
    "ReadRemoved",
    "ReadsAssigned",
    "ScorecardHandedIn",
    "ScorecardReopened",
]
