"""Writes of judging: a function is a verb; it loads, permits, decides, writes, records."""

from judging.service.assigning import assign_by_hand, assign_evenly, declare_conflict, unassign
from judging.service.deciding import decide_prizes
from judging.service.discussing import close_discussion, open_discussion, revise, say
from judging.service.panel import (
    change_terms,
    invite_juror,
    remind,
    remove_juror,
    respond_to_invitation,
)
from judging.service.publishing import end_notices, publish_decision, take_back_decision
from judging.service.rounds import (
    change_round,
    close_round,
    drop_cases,
    open_judging,
    reopen_round,
    take_cases,
)
from judging.service.scoring import (
    flag,
    hand_in_all,
    hand_in_case,
    recuse,
    reopen_scorecard,
    return_scorecard,
    save_comment,
    save_mark,
    skip,
)
from judging.service.verdicts import save_verdict

__all__ = [
    "assign_by_hand",
    "assign_evenly",
    "change_round",
    "change_terms",
    "close_discussion",
    "close_round",
    "decide_prizes",
    "declare_conflict",
    "drop_cases",
    "end_notices",
    "flag",
    "hand_in_all",
    "hand_in_case",
    "invite_juror",
    "open_discussion",
    "open_judging",
    "publish_decision",
    "recuse",
    "remind",
    "remove_juror",
    "reopen_round",
    "reopen_scorecard",
    "respond_to_invitation",
    "return_scorecard",
    "revise",
    "save_comment",
    "save_mark",
    "save_verdict",
    "say",
    "skip",
    "take_back_decision",
    "take_cases",
    "unassign",
]
