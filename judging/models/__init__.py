"""The tables of judging; private to the package.

Nothing a juror says is ever changed in place: marks, comments and hand-ins are rows that are added. Triggers
refuse updates and deletes of `mark`, `review_comment`, `claim_verdict` and `discussion_remark`.
"""

from judging.models.assigning import AssignmentSheet, Distribution
from judging.models.calibration import (
    Calibration,
    CalibrationMark,
    CalibrationRead,
)
from judging.models.conflicts import (
    CaseCustodian,
    ConflictRuling,
    OrganiserRecusal,
)
from judging.models.deciding import (
    Award,
    Decision,
)
from judging.models.discussion import Discussion, Remark
from judging.models.honours import (
    Certificate,
    CertificateDesign,
    Commendation,
    FeedbackComment,
    FeedbackRelease,
    FeedbackTerms,
    ResultLetter,
    ResultWording,
)
from judging.models.jury import (
    InvitationLink,
    JurorInterest,
    JurorProfile,
    JurorRemark,
    JuryStatement,
)
from judging.models.live import (
    LiveItem,
    LiveQuestion,
    LiveSession,
    LiveVote,
)
from judging.models.meeting import Meeting, MeetingNote, MeetingVote, Motion
from judging.models.notices import (
    CalendarEntry,
    NoticeLine,
    Objection,
    ObjectionFile,
    PublicNotice,
    Ruling,
    Statement,
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
from judging.models.sheets import ScoreSheet

__all__ = [
    "APPEND_ONLY",
    "Assignment",
    "AssignmentSheet",
    "Award",
    "CalendarEntry",
    "Calibration",
    "CalibrationMark",
    "CalibrationRead",
    "CaseCustodian",
    "Certificate",
    "CertificateDesign",
    "ClaimVerdict",
    "Commendation",
    "CommentVersion",
    "Conflict",
    "ConflictRuling",
    "Decision",
    "Discussion",
    "Distribution",
    "FeedbackComment",
    "FeedbackRelease",
    "FeedbackTerms",
    "HandIn",
    "InvitationLink",
    "JurorInterest",
    "JurorProfile",
    "JurorRemark",
    "JuryStatement",
    "LiveItem",
    "LiveQuestion",
    "LiveSession",
    "LiveVote",
    "MarkVersion",
    "Meeting",
    "MeetingNote",
    "MeetingVote",
    "Motion",
    "NoticeLine",
    "Objection",
    "ObjectionFile",
    "OrganiserRecusal",
    "PanelMember",
    "PublicNotice",
    "Remark",
    "ResultLetter",
    "ResultWording",
    "Round",
    "RoundCase",
    "Ruling",
    "ScoreSheet",
    "Statement",
]
