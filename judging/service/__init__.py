"""Writes of judging: a function is a verb; it loads, permits, decides, writes, records."""

from judging.service.assigning import assign_by_hand, declare_conflict, unassign
from judging.service.calendar import forget_day, permit_calendar, set_days
from judging.service.deciding import decide_prizes
from judging.service.discussing import close_discussion, open_discussion, revise, say
from judging.service.distributing import (
    apply_distribution_file,
    assign_evenly,
    hand_over,
    keep_distribution_file,
    undo_distribution,
)
from judging.service.filling import fill_vacancies
from judging.service.meeting import add_note, close_motion, hold_meeting, put_motion, vote
from judging.service.next_reads import assign_next_reads
from judging.service.next_round import NextRound, cancel_round, open_next_round
from judging.service.objections import (
    EVIDENCE,
    Sender,
    ask_unit,
    check_number,
    confirm_objection,
    give_statement,
    permit_objection,
    raise_objection,
)
from judging.service.panel import (
    change_terms,
    invite_juror,
    remove_juror,
    respond_to_invitation,
)
from judging.service.publishing import end_notices, publish_decision, take_back_decision
from judging.service.reminding import remind
from judging.service.rounds import (
    change_round,
    close_round,
    drop_cases,
    open_judging,
    reopen_round,
    take_cases,
)
from judging.service.rulings import answer_ruling, propose_ruling
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
from judging.service.sheets import apply_sheet, drop_sheet, keep_sheet
from judging.service.verdicts import save_verdict

__all__ = [
    "EVIDENCE",
    "NextRound",
    "Sender",
    "add_note",
    "answer_ruling",
    "apply_distribution_file",
    "apply_sheet",
    "ask_unit",
    "assign_by_hand",
    "assign_evenly",
    "assign_next_reads",
    "cancel_round",
    "change_round",
    "change_terms",
    "check_number",
    "close_discussion",
    "close_motion",
    "close_round",
    "confirm_objection",
    "decide_prizes",
    "declare_conflict",
    "drop_cases",
    "drop_sheet",
    "end_notices",
    "fill_vacancies",
    "flag",
    "forget_day",
    "give_statement",
    "hand_in_all",
    "hand_in_case",
    "hand_over",
    "hold_meeting",
    "invite_juror",
    "keep_distribution_file",
    "keep_sheet",
    "open_discussion",
    "open_judging",
    "open_next_round",
    "permit_calendar",
    "permit_objection",
    "propose_ruling",
    "publish_decision",
    "put_motion",
    "raise_objection",
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
    "set_days",
    "skip",
    "take_back_decision",
    "take_cases",
    "unassign",
    "undo_distribution",
    "vote",
]
