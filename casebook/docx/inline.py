"""Runs of a paragraph: formats, links, notes, and the Chinese way to stress.

Chinese type has no italics and its bold is often a smear: stressed Han characters change their face instead
(黑体 for bold, 楷体 for italic), while Latin letters in the same run are bold or italic proper.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from casebook.crossing import ENTRY_LINK
from casebook.docx.draft import Draft
from casebook.docx.elements import (
    EMPTY,
    Xml,
    field,
    has_han,
    link_out,
    link_to_bookmark,
    note_call,
    note_paragraph,
    run,
)
from casebook.notes import MARK
from foundation.richtext import Run

_BY_SCRIPT = re.compile("[\u2e80-\U0003ffff“”‘’…—·]+|[^\u2e80-\U0003ffff“”‘’…—·]+")
_OPEN_PAGE = re.compile("第(?:…+|\\.{3,}|×+|[xX]+|_+|＿+|\\s*)页")
"""A page that the writer left open: 见本书第…页."""


def runs_xml(draft: Draft, runs: Iterable[Run], spacing: int = 0) -> Xml:
    """`spacing` is letter-spacing in twips for all of them."""
    runs = tuple(runs)
    if len(runs) == 1 and not runs[0].href:
        return _run_xml(draft, runs[0], spacing)
    written = []
    for href, group in groupby(runs, key=lambda each: each.href):
        if href.startswith(ENTRY_LINK):
            written.append(_reference(draft, href.removeprefix(ENTRY_LINK), list(group), spacing))
            continue
        content = "".join(_run_xml(draft, each, spacing) for each in group)
        written.append(link_out(draft.link(href), content) if href else content)
    return Xml("".join(written))


def _reference(draft: Draft, entry_id: str, runs: list[Run], spacing: int) -> str:
    """Words that lead to another case of the book, with its page where pages are known."""
    name = draft.targets.get(entry_id)
    if name is None:
        return "".join(_run_xml(draft, each, spacing) for each in runs)
    if draft.folios is None:
        return link_to_bookmark(name, "".join(_run_xml(draft, each, spacing) for each in runs))
    number = field(f"PAGEREF {name} \\h", draft.folios.get(name, ""))
    pieces = [_run_with_page(draft, each, spacing, number) for each in runs]
    if not any(filled for _xml, filled in pieces):
        before, after = draft.wording.see_page.split("{}")
        pieces.append((run(before) + number + run(after), True))
    return link_to_bookmark(name, "".join(xml for xml, _filled in pieces))


def _run_with_page(draft: Draft, source: Run, spacing: int, number: str) -> tuple[str, bool]:
    """A run whose open page number, if it has one, is filled in; and whether it had one."""
    found = _OPEN_PAGE.search(source.text)
    if found is None:
        return _run_xml(draft, source, spacing), False
    before = _run_xml(draft, source.saying(source.text[: found.start()] + "第"), spacing)
    after = _run_xml(draft, source.saying("页" + source.text[found.end() :]), spacing)
    return before + number + after, True


def _run_xml(draft: Draft, source: Run, spacing: int) -> Xml:
    if not source.text:
        return EMPTY
    if source.sup and draft.notes and MARK.search(source.text):
        return _with_notes(draft, source, spacing)
    after = _after(source, spacing)
    if not (source.bold or source.italic):
        return run(source.text, after)
    style = "Strong" if source.bold else "Emphasis"
    pieces = _BY_SCRIPT.findall(source.text) if has_han(source.text) else [source.text]
    return Xml("".join(run(piece, _stress(source, piece) + after, style) for piece in pieces))


def _with_notes(draft: Draft, source: Run, spacing: int) -> Xml:
    """Raised characters in which `[n]` calls for note n."""
    words_and_numbers = MARK.split(source.text)
    notes, draft.notes = draft.notes, ()
    written = []
    for place, piece in enumerate(words_and_numbers):
        if place % 2:
            content = note_paragraph(runs_xml(draft, notes[int(piece) - 1]))
            written.append(note_call(draft.footnote(content)))
        else:
            written.append(_run_xml(draft, replace(source, text=piece), spacing))
    draft.notes = notes
    return Xml("".join(written))


def _stress(source: Run, piece: str) -> str:
    if has_han(piece) or not piece.strip() or _BY_SCRIPT.match(piece) is None:
        return ""
    return ("<w:b/><w:bCs/>" if source.bold else "") + ("<w:i/><w:iCs/>" if source.italic else "")


def _after(source: Run, spacing: int) -> str:
    """The properties that come after bold and italic, in the schema's order."""
    if not (source.strike or source.underline or source.sub or source.sup):
        return f'<w:spacing w:val="{spacing}"/>' if spacing else ""
    return (
        ("<w:strike/>" if source.strike else "")
        + (f'<w:spacing w:val="{spacing}"/>' if spacing else "")
        + ('<w:u w:val="single"/>' if source.underline else "")
        + ('<w:vertAlign w:val="subscript"/>' if source.sub else "")
        + ('<w:vertAlign w:val="superscript"/>' if source.sup else "")
    )
