"""Rules of what stands once: bookmarks, drawings, styles, numberings, notes."""

import re
from collections.abc import Iterator

from lxml import etree

from casebook.docx.check.opened import DOCUMENT, FOOTNOTES, WP, Opened, W, repeated

_BOOKMARK = re.compile(r"[^\W\d]\w{0,39}\Z")


def _bookmarks(opened: Opened) -> Iterator[str]:
    starts = list(opened.document.iter(W + "bookmarkStart"))
    ids = [each.get(W + "id") for each in starts]
    names = [each.get(W + "name") or "" for each in starts]
    yield from repeated(ids, "bookmark id")
    yield from repeated(names, "bookmark")
    yield from (f"bookmark {name} has more than 40 characters" for name in names if len(name) > 40)
    yield from (f"no name for a bookmark: {name}" for name in names if not _BOOKMARK.match(name[:40]))
    ends = [each.get(W + "id") for each in opened.document.iter(W + "bookmarkEnd")]
    if sorted(ids, key=str) != sorted(ends, key=str):
        yield "bookmark starts and ends do not pair"
    begun: set[str | None] = set()
    for each in opened.document.iter(W + "bookmarkStart", W + "bookmarkEnd"):
        if each.tag == W + "bookmarkStart":
            begun.add(each.get(W + "id"))
        elif each.get(W + "id") not in begun:
            yield f"bookmark {each.get(W + 'id')} ends before it begins"


def _drawings(opened: Opened) -> Iterator[str]:
    yield from repeated((each.get("id") for each in opened.document.iter(WP + "docPr")), "drawing id")
    for each in opened.document.iter(WP + "extent"):
        if min(int(each.get("cx", "0")), int(each.get("cy", "0"))) <= 0:
            yield "a drawing without extent"


def _styles(opened: Opened) -> Iterator[str]:
    styles = list(opened.tree("word/styles.xml").iter(W + "style"))
    yield from repeated((each.get(W + "styleId") for each in styles), "style")
    kinds = {each.get(W + "styleId"): each.get(W + "type") for each in styles}
    for part in opened.texts:
        for used, kind in sorted(_used_styles(opened.tree(part)), key=str):
            if used not in kinds:
                yield f"no style {used}"
            elif kinds[used] != kind:
                yield f"style {used} is no {kind} style"
    for style in styles:
        others = [style.find(W + relation) for relation in ("basedOn", "next")]
        for other in others:
            if other is not None and other.get(W + "val") not in kinds:
                name = etree.QName(other).localname
                yield f"style {style.get(W + 'styleId')}: {name} leads to no style"


def _used_styles(part: etree._Element) -> set[tuple[str | None, str]]:
    named = (("pStyle", "paragraph"), ("rStyle", "character"), ("tblStyle", "table"))
    return {(each.get(W + "val"), kind) for name, kind in named for each in part.iter(W + name)}


def _numberings(opened: Opened) -> Iterator[str]:
    numbering = opened.tree("word/numbering.xml")
    numbers = [each.get(W + "numId") for each in numbering.iter(W + "num")]
    used = {each.get(W + "val") for part in opened.texts for each in opened.tree(part).iter(W + "numId")}
    yield from (f"no numbering {number}" for number in used - set(numbers) - {"0"})
    yield from repeated(numbers, "numbering")
    abstract = [each.get(W + "abstractNumId") for each in numbering.iter(W + "abstractNum")]
    yield from repeated(abstract, "abstract numbering")
    for each in numbering.iter(W + "num"):
        base = each.find(W + "abstractNumId")
        if base is None or base.get(W + "val") not in abstract:
            yield f"numbering {each.get(W + 'numId')} has no abstract numbering"
    if any(int(each.get(W + "val", "0")) > 8 for each in opened.document.iter(W + "ilvl")):
        yield "a list deeper than nine levels"


def _notes(opened: Opened) -> Iterator[str]:
    notes = list(opened.tree(FOOTNOTES).iter(W + "footnote"))
    ids = [each.get(W + "id") for each in notes]
    calls = [each.get(W + "id") for each in opened.tree(DOCUMENT).iter(W + "footnoteReference")]
    yield from repeated(ids, "note")
    yield from repeated(calls, "call of note")
    plain = {each.get(W + "id") for each in notes if each.get(W + "type") in (None, "normal")}
    yield from (f"no note {number}" for number in calls if number not in plain)
    yield from (f"note {number} is never called" for number in plain - set(calls))
    kinds = {each.get(W + "type") for each in notes}
    if plain and not {"separator", "continuationSeparator"} <= kinds:
        yield "notes without the rule above them"
    if any(each.find(W + "p") is None for each in notes):
        yield "a note without a paragraph"


RULES = (_bookmarks, _drawings, _styles, _numberings, _notes)
