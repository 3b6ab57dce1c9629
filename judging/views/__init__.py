"""What pages and the API show of judging: frozen, plain Python, no database behind them.

Views for jurors hold no case id, version id or attachment id: those are older than the assignment and would
tell who submitted when.
"""

from judging.views.deciding import (
    Board,
    DecisionView,
    RevokedAward,
    Winner,
)
from judging.views.discussion import (
    DiscussionDesk,
    DiscussionOverview,
    DiscussionView,
    Said,
    Talk,
    TalkLine,
    Voice,
)
from judging.views.juror import (
    Desk,
    InvitationView,
    ReadView,
    Scorecard,
    VerdictView,
)
from judging.views.meeting import (
    JurorsMeeting,
    MeetingDesk,
    MeetingLine,
    MeetingView,
    MotionView,
    NoteView,
)
from judging.views.notices import (
    NoticeLineView,
    NoticeView,
    ObjectionFileView,
    ObjectionView,
    PeriodPreview,
    RulingView,
    StatementView,
)
from judging.views.organiser import (
    AssignedRead,
    AssignmentBoard,
    CaseLine,
    ClaimTally,
    DistributionView,
    EvenPreview,
    HandOverPreview,
    Progress,
    ReminderLetter,
    SheetPreview,
    Tally,
)
from judging.views.rounds import (
    RoundView,
    SeatView,
)
from judging.views.sheets import SheetView

__all__ = [
    "AssignedRead",
    "AssignmentBoard",
    "Board",
    "CaseLine",
    "ClaimTally",
    "DecisionView",
    "Desk",
    "DiscussionDesk",
    "DiscussionOverview",
    "DiscussionView",
    "DistributionView",
    "EvenPreview",
    "HandOverPreview",
    "InvitationView",
    "JurorsMeeting",
    "MeetingDesk",
    "MeetingLine",
    "MeetingView",
    "MotionView",
    "NoteView",
    "NoticeLineView",
    "NoticeView",
    "ObjectionFileView",
    "ObjectionView",
    "PeriodPreview",
    "Progress",
    "ReadView",
    "ReminderLetter",
    "RevokedAward",
    "RoundView",
    "RulingView",
    "Said",
    "Scorecard",
    "SeatView",
    "SheetPreview",
    "SheetView",
    "StatementView",
    "Talk",
    "TalkLine",
    "Tally",
    "VerdictView",
    "Voice",
    "Winner",
]
