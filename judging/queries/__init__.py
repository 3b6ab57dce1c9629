"""Reads of judging. Other packages call `awards` and its kin; the rest serves judging's own pages."""

from judging.queries.awards import award_of_version, awards, revoked, winners
from judging.queries.discussions import discussion, talks
from judging.queries.distribution import preview_even
from judging.queries.jurors import attachment, desk, invitations, queue
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
from judging.queries.organisers import assignment_board, board, count_cases, progress, version_ids
from judging.queries.rounds import (
    has_begun,
    judged_version,
    organised,
    panel,
    round_by_id,
    round_of_call,
    rounds,
    users_named,
)
from judging.queries.verdicts import tallies

__all__ = [
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
    "frozen",
    "has_begun",
    "invitations",
    "judged_version",
    "line",
    "notice",
    "notices",
    "notices_due",
    "open_objections",
    "organised",
    "own_days",
    "panel",
    "period_preview",
    "preview_even",
    "progress",
    "queue",
    "revoked",
    "round_by_id",
    "round_of_call",
    "rounds",
    "talks",
    "tallies",
    "users_named",
    "version_ids",
    "winners",
    "work_calendar",
]
