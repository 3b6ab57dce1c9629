"""Rules of what refers to something: relationships used in the text, fields, links inside the file."""

import re
from collections.abc import Iterator

from casebook.docx.check.opened import Opened, R, W

_PAGEREF = re.compile(r"\s*(?:PAGEREF|REF|NOTEREF)\s+(\S+)")
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_KINDS = {
    W + "hyperlink": {"id": "hyperlink"},
    W + "headerReference": {"id": "header"},
    W + "footerReference": {"id": "footer"},
    _A + "blip": {"embed": "image", "link": "image"},
    _A + "hlinkClick": {"id": "hyperlink"},
    _C + "chart": {"id": "chart"},
}
"""Elements that refer to other parts: by their attribute the kind that it must be."""
_REFERRING = tuple(_KINDS)


def _relations(opened: Opened) -> Iterator[str]:
    for name in opened.texts:
        kinds = {
            str(each.get("Id")): each.get("Type", "").rsplit("/", 1)[-1] for each in opened.relations(name)
        }
        for element in opened.tree(name).iter(*_REFERRING):
            for attribute, wanted in _KINDS[str(element.tag)].items():
                used = element.get(R + attribute)
                if used and used not in kinds:
                    yield f"{name}: no relationship {used}"
                elif used and kinds[used] != wanted:
                    yield f"{name}: {used} is a {kinds[used]}"


def _targets(opened: Opened) -> Iterator[str]:
    known = {each.get(W + "name") for each in opened.document.iter(W + "bookmarkStart")}
    for part in opened.texts:
        for each in opened.tree(part).iter(W + "instrText"):
            wanted = _PAGEREF.match(each.text or "")
            if wanted and wanted[1] not in known:
                yield f"PAGEREF to no bookmark: {wanted[1]}"
        for each in opened.tree(part).iter(W + "hyperlink"):
            anchor = each.get(W + "anchor")
            if anchor and anchor not in known:
                yield f"link to no bookmark: {anchor}"
            if not anchor and not each.get(R + "id"):
                yield f"{part}: a link that leads nowhere"


def _fields(opened: Opened) -> Iterator[str]:
    for name in opened.texts:
        yield from (f"{name}: {fault}" for fault in _field_faults(opened, name))


_FAULTS = {
    ("", "separate"): "a result without a beginning",
    ("", "end"): "an end without a beginning",
    ("", "instruction"): "an instruction without a beginning",
    ("separated", "separate"): "two results",
    ("separated", "instruction"): "an instruction in its result",
}


def _field_faults(opened: Opened, name: str) -> Iterator[str]:
    states: list[str] = []
    for each in opened.tree(name).iter(W + "fldChar", W + "instrText"):
        kind = each.get(W + "fldCharType") or "instruction"
        fault = _FAULTS.get((states[-1] if states else "", kind))
        if fault is not None:
            yield f"a field has {fault}"
        elif kind == "begin":
            states.append("begun")
        elif kind == "separate":
            states[-1] = "separated"
        elif kind == "end":
            states.pop()
    if states:
        yield f"{len(states)} fields are not closed"


RULES = (_relations, _targets, _fields)
