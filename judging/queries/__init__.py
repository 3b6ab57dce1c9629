"""Reads of judging. Other packages call `awards` and its kin; the rest serves judging's own pages."""

from judging.queries.awards import award_of_version, awards, winners
from judging.queries.distribution import preview_even
from judging.queries.jurors import attachment, desk, invitations, queue
from judging.queries.organisers import assignment_board, board, decision, progress
from judging.queries.rounds import organised, panel, round_by_id, round_of_call, rounds

__all__ = [
    "assignment_board",
    "attachment",
    "award_of_version",
    "awards",
    "board",
    "decision",
    "desk",
    "invitations",
    "organised",
    "panel",
    "preview_even",
    "progress",
    "queue",
    "round_by_id",
    "round_of_call",
    "rounds",
    "winners",
]
