"""Evidence files for jurors: without the properties that name people and units.

Their visible content cannot be masked, so the organiser decides per round whether jurors see files at all.
"""

from __future__ import annotations

from submissions.intake import CLEANABLE, Unreadable, clean_apart

__all__ = ["CLEANABLE", "NotCleanable", "without_properties"]


class NotCleanable(Exception):
    """The file is damaged or not what its type says; jurors do not get it."""


def without_properties(data: bytes, media_type: str) -> bytes:
    """The file without author, company, dates and other document properties, cleaned in a process apart.

    Raises:
        NotCleanable
    """
    try:
        return clean_apart(data, media_type)
    except Unreadable as error:
        raise NotCleanable(str(error.reason)) from error
