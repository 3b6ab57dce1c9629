"""Reads of judging. Other packages call `awards` and its kin; the rest serves judging's own pages."""

from judging.queries.awards import award_of_version, awards, revoked, winners
from judging.queries.distribution import preview_even
from judging.queries.jurors import attachment, desk, invitations, queue
from judging.queries.organisers import assignment_board, board, count_cases, decision, progress, version_ids
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
    "desk",
    "has_begun",
    "invitations",
    "judged_version",
    "organised",
    "panel",
    "preview_even",
    "progress",
    "queue",
    "revoked",
    "round_by_id",
    "round_of_call",
    "rounds",
    "tallies",
    "users_named",
    "version_ids",
    "winners",
]
