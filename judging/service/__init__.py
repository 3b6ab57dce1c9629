"""Writes of judging: a function is a verb; it loads, permits, decides, writes, records."""

from judging.service.assigning import assign_by_hand, assign_evenly, declare_conflict, unassign
from judging.service.deciding import decide_prizes, revoke_award
from judging.service.panel import (
    change_terms,
    invite_juror,
    remind,
    remove_juror,
    respond_to_invitation,
)
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
    "close_round",
    "decide_prizes",
    "declare_conflict",
    "drop_cases",
    "flag",
    "hand_in_all",
    "hand_in_case",
    "invite_juror",
    "open_judging",
    "recuse",
    "remind",
    "remove_juror",
    "reopen_round",
    "reopen_scorecard",
    "respond_to_invitation",
    "return_scorecard",
    "revoke_award",
    "save_comment",
    "save_mark",
    "save_verdict",
    "skip",
    "take_cases",
    "unassign",
]
