"""Reads of judging. Other packages call `awards` and its kin; the rest serves judging's own pages."""

from judging.queries.awards import award_of_version, awards, revoked, winners
from judging.queries.discussions import discussion
from judging.queries.distribution import (
    last_distribution,
    preview_even,
    preview_hand_over,
    preview_sheet,
)
from judging.queries.filling import vacancies
from judging.queries.jurors import attachment, desk, invitations, queue
from judging.queries.meeting import jurors_meeting, meeting_desk, meeting_motions, open_meetings
from judging.queries.notices import (
    decision,
    decisions,
    frozen,
    line,
    notice,
    notices,
    notices_due,
    open_objections,
    own_days,
    period_preview,
    work_calendar,
)
from judging.queries.objections import (
    email_of,
    file_of,
    files_of,
    is_shut_out,
    objection,
    objection_by_token,
    objections,
    own_objections,
    rulings,
    statement,
    statements_asked,
)
from judging.queries.organisers import assignment_board, count_cases, progress, version_ids
from judging.queries.rounds import (
    has_begun,
    judged_version,
    organised,
    panel,
    round_by_id,
    round_of_call,
    rounds,
    rounds_of_call,
    users_named,
)
from judging.queries.sheets import own_states, sheet, sheet_refusal, sheet_rows, sheets
from judging.queries.standings import board
from judging.queries.statistics import analysis, next_reads
from judging.queries.talks import discussion_overview, my_talk, my_talks
from judging.queries.verdicts import tallies

__all__ = [
    "analysis",
    "assignment_board",
    "attachment",
    "award_of_version",
    "awards",
    "board",
    "count_cases",
    "decision",
    "decisions",
    "desk",
    "discussion",
    "discussion_overview",
    "email_of",
    "file_of",
    "files_of",
    "frozen",
    "has_begun",
    "invitations",
    "is_shut_out",
    "judged_version",
    "jurors_meeting",
    "last_distribution",
    "line",
    "meeting_desk",
    "meeting_motions",
    "my_talk",
    "my_talks",
    "next_reads",
    "notice",
    "notices",
    "notices_due",
    "objection",
    "objection_by_token",
    "objections",
    "open_meetings",
    "open_objections",
    "organised",
    "own_days",
    "own_objections",
    "own_states",
    "panel",
    "period_preview",
    "preview_even",
    "preview_hand_over",
    "preview_sheet",
    "progress",
    "queue",
    "revoked",
    "round_by_id",
    "round_of_call",
    "rounds",
    "rounds_of_call",
    "rulings",
    "sheet",
    "sheet_refusal",
    "sheet_rows",
    "sheets",
    "statement",
    "statements_asked",
    "tallies",
    "users_named",
    "vacancies",
    "version_ids",
    "winners",
    "work_calendar",
]
