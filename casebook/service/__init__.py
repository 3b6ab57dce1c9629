"""Writes of the casebook: each function loads, permits, decides, writes, records."""

from casebook.service.arranging import (
    add_chapter,
    move_chapter,
    move_entries,
    move_entry,
    regroup,
    remove_chapter,
    remove_entry,
    rename_chapter,
    reorder,
)
from casebook.service.editions import add_call, change_details, follow_awards, open_edition, take_up_awards
from casebook.service.keeping import archive_edition, delete_edition, unarchive_edition
from casebook.service.manuscripts import (
    TakenBack,
    discard_draft,
    restore_round,
    save_draft,
    take_back,
    write_manuscript,
)
from casebook.service.taking_in import TopicsOf
from casebook.service.terms import change_terms, fill_topics

__all__ = [
    "TakenBack",
    "TopicsOf",
    "add_call",
    "add_chapter",
    "archive_edition",
    "change_details",
    "change_terms",
    "delete_edition",
    "discard_draft",
    "fill_topics",
    "follow_awards",
    "move_chapter",
    "move_entries",
    "move_entry",
    "open_edition",
    "regroup",
    "remove_chapter",
    "remove_entry",
    "rename_chapter",
    "reorder",
    "restore_round",
    "save_draft",
    "take_back",
    "take_up_awards",
    "unarchive_edition",
    "write_manuscript",
]
