"""Runs of a paragraph: formats, links, and the Chinese way to stress.

Chinese type has no italics and its bold is often a smear: stressed Han characters change their face instead
(黑体 for bold, 楷体 for italic), while Latin letters in the same run are bold or italic proper.
"""

import re
from collections.abc import Iterable
from itertools import groupby

from casebook.docx.draft import Draft
from casebook.docx.elements import EMPTY, Xml, has_han, link_out, run
from foundation.richtext import Run

_BY_SCRIPT = re.compile("[\u2e80-\U0003ffff“”‘’…—·]+|[^\u2e80-\U0003ffff“”‘’…—·]+")


def runs_xml(draft: Draft, runs: Iterable[Run], spacing: int = 0) -> Xml:
    """`spacing` is letter-spacing in twips for all of them."""
    written = []
    for href, group in groupby(runs, key=lambda each: each.href):
        content = "".join(_run_xml(each, spacing) for each in group)
        written.append(link_out(draft.link(href), content) if href else content)
    return Xml("".join(written))


def _run_xml(source: Run, spacing: int) -> Xml:
    if not source.text:
        return EMPTY
    after = _after(source, spacing)
    if not (source.bold or source.italic):
        return run(source.text, after)
    style = "Strong" if source.bold else "Emphasis"
    pieces = _BY_SCRIPT.findall(source.text) if has_han(source.text) else [source.text]
    return Xml("".join(run(piece, _stress(source, piece) + after, style) for piece in pieces))


def _stress(source: Run, piece: str) -> str:
    if has_han(piece) or not piece.strip() or _BY_SCRIPT.match(piece) is None:
        return ""
    return ("<w:b/><w:bCs/>" if source.bold else "") + ("<w:i/><w:iCs/>" if source.italic else "")


def _after(source: Run, spacing: int) -> str:
    """The properties that come after bold and italic, in the schema's order."""
    return (
        ("<w:strike/>" if source.strike else "")
        + (f'<w:spacing w:val="{spacing}"/>' if spacing else "")
        + ('<w:u w:val="single"/>' if source.underline else "")
        + ('<w:vertAlign w:val="subscript"/>' if source.sub else "")
        + ('<w:vertAlign w:val="superscript"/>' if source.sup else "")
    )
