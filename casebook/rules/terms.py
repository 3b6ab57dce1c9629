"""Index terms as editors write them."""

from __future__ import annotations

TERMS_HIGHEST = 12
TERM_LONGEST = 40


def read_terms(written: str) -> tuple[str, ...]:
    """Terms as an editor writes them: one a line or parted by commas, each once."""
    for mark in "\n，,、；;":
        written = written.replace(mark, "\x00")
    return tuple(dict.fromkeys(filter(None, (" ".join(each.split()) for each in written.split("\x00")))))
