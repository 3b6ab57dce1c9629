"""Passages of cases: found by words, and checked to stand in the version exactly as they are quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from casebook.reports.values import Content, Flag, Quotation

SHORTEST, LONGEST = 4, 500
_SENTENCE = re.compile(r"[^。！？!?\n\t]+(?:[。！？!?]+[”’」』）)]*|$)")


def flat(text: str) -> str:
    """Lines as one: what was copied from a page or a PDF has other breaks than the text."""
    return re.sub(r"\s+", " ", text).strip()


def stands_in(quote: str, text: str) -> bool:
    """Whether the quote is in the text, line breaks and runs of blanks aside."""
    wanted = flat(quote)
    return bool(wanted) and wanted in flat(text)


def passages(text: str, words: Sequence[str]) -> tuple[str, ...]:
    """The sentences of a text that hold all the words, in their order."""
    wanted = [each.casefold() for each in words if each]
    found = (match[0].strip() for match in _SENTENCE.finditer(text))
    return tuple(
        each
        for each in found
        if SHORTEST <= len(each) <= LONGEST and all(word in each.casefold() for word in wanted)
    )


def flags(
    quotations: Iterable[Quotation],
    *,
    awards: Mapping[str, str],
    on_shelf: frozenset[str],
    members: frozenset[str],
    texts: Mapping[str, str],
) -> dict[str, Flag]:
    """Quotation id -> why it cannot simply be printed.

    `awards`: case -> version of its award in force; `members`: the cases that the report is about; `texts`:
    version -> its text.
    """
    found = {}
    for each in quotations:
        version = awards.get(each.case_id)
        if version is None:
            found[each.id] = Flag.REVOKED
        elif each.case_id not in on_shelf:
            found[each.id] = Flag.OFF_SHELF
        elif each.case_id not in members:
            found[each.id] = Flag.LEFT
        elif version != each.version_id and not stands_in(each.text, texts.get(version, "")):
            found[each.id] = Flag.CHANGED
    return found


def open_flags(content: Content, found: Mapping[str, Flag]) -> tuple[Quotation, ...]:
    """Quotations that have to be dropped or confirmed before files are made."""
    return tuple(
        each for each in quotations(content) if each.id in found and each.confirmed is not found[each.id]
    )


def quotations(content: Content) -> tuple[Quotation, ...]:
    return tuple(each for section in content.sections for each in section.quotations)
