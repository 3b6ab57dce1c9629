"""Writes of submissions: load, permit, decide, write, record. Nothing here commits."""

from submissions.service.calls import (
    close_due,
    create_call,
    extend_window,
    publish_call,
    update_call,
)
from submissions.service.decisions import (
    check_case,
    recommend_case,
    return_case,
    rule_on_late_arrival,
    withdraw_recommendation,
)
from submissions.service.drafts import (
    NewFile,
    attach_file,
    caption_attachment,
    check_draft,
    discard_draft,
    import_word,
    move_attachment,
    remove_attachment,
    save_draft,
    start_draft,
)
from submissions.service.handing_in import submit_case, withdraw_case

__all__ = [
    "NewFile",
    "attach_file",
    "caption_attachment",
    "check_case",
    "check_draft",
    "close_due",
    "create_call",
    "discard_draft",
    "extend_window",
    "import_word",
    "move_attachment",
    "publish_call",
    "recommend_case",
    "remove_attachment",
    "return_case",
    "rule_on_late_arrival",
    "save_draft",
    "start_draft",
    "submit_case",
    "update_call",
    "withdraw_case",
    "withdraw_recommendation",
]
