"""Writes of reviews and proofs: each function loads, permits, decides, writes, records."""

from casebook.reviewing.service.assigning import assign
from casebook.reviewing.service.listing import (
    correct_errors,
    dismiss_error,
    list_error,
    mark_corrected,
    strike_error,
    verify_error,
)
from casebook.reviewing.service.signing import mark_read, return_text, save_draft, sign, sign_several

__all__ = [
    "assign",
    "correct_errors",
    "dismiss_error",
    "list_error",
    "mark_corrected",
    "mark_read",
    "return_text",
    "save_draft",
    "sign",
    "sign_several",
    "strike_error",
    "verify_error",
]
