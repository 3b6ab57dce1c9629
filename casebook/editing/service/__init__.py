"""Writes of this room: each function loads, permits, decides, writes, records."""

from casebook.editing.service.answering import answer_questions, give_consent
from casebook.editing.service.asking import (
    ask_consent,
    ask_unit,
    close_letter,
    remind,
    take_wording,
)
from casebook.editing.service.comments import add_remark, open_thread, resolve_thread

__all__ = [
    "add_remark",
    "answer_questions",
    "ask_consent",
    "ask_unit",
    "close_letter",
    "give_consent",
    "open_thread",
    "remind",
    "resolve_thread",
    "take_wording",
]
