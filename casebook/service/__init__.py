"""Writes of the casebook: each function loads, permits, decides, writes, records."""

from casebook.service.arranging import (
    add_chapter,
    move_chapter,
    move_entry,
    regroup,
    remove_chapter,
    remove_entry,
    rename_chapter,
    reorder,
)
from casebook.service.builds import (
    BuildOutcome,
    finish_build,
    note_progress,
    request_build,
)
from casebook.service.editions import change_details, follow_awards, open_edition, take_up_awards
from casebook.service.manuscripts import restore_round, write_manuscript

__all__ = [
    "BuildOutcome",
    "add_chapter",
    "change_details",
    "finish_build",
    "follow_awards",
    "move_chapter",
    "move_entry",
    "note_progress",
    "open_edition",
    "regroup",
    "remove_chapter",
    "remove_entry",
    "rename_chapter",
    "reorder",
    "request_build",
    "restore_round",
    "take_up_awards",
    "write_manuscript",
]
