"""Reads of reviews and proofs, for the room's pages and for other rooms."""

from casebook.reviewing.queries.clearing import clearance, cleared, colophon_lines, signoff_lines
from casebook.reviewing.queries.files import (
    acts,
    draft,
    duties,
    file,
    files,
    neighbours,
    people,
    proofs_read,
    read_digests,
    snapshot,
    subject,
    task,
    waiting_for,
)

__all__ = [
    "acts",
    "clearance",
    "cleared",
    "colophon_lines",
    "draft",
    "duties",
    "file",
    "files",
    "neighbours",
    "people",
    "proofs_read",
    "read_digests",
    "signoff_lines",
    "snapshot",
    "subject",
    "task",
    "waiting_for",
]
