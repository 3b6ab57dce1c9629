"""What changed in a text since somebody signed it: only the paragraphs that differ, each in one line."""

from __future__ import annotations

from casebook.values import ManuscriptText
from foundation import richtext
from foundation.differences import Mark, Piece, in_line, lines


def printed_lines(text: ManuscriptText) -> list[str]:
    """Everything printed of a text as paragraphs: head, body, captions, source."""
    found = [text.title, text.unit, *text.authors, text.summary, *richtext.plain(text.body).split("\n")]
    found += [photo.caption for photo in text.photos]
    return [line for line in (*found, text.source_line) if line.strip()]


def changes(before: ManuscriptText, after: ManuscriptText) -> list[tuple[Mark, ...]]:
    """The paragraphs that differ, what was taken out beside what was put in; empty when only formats, or the
    places of pictures, changed."""
    return [
        in_line(*_both(line.before, line.after))
        for line in lines(printed_lines(before), printed_lines(after))
        if line.kind != "same"
    ]


def _both(before: tuple[Piece, ...], after: tuple[Piece, ...]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """A paragraph that is wholly new or gone has one side only, all of it marked."""
    if before and after:
        return before, after
    return tuple(Piece(each.text, True) for each in before), tuple(Piece(each.text, True) for each in after)
