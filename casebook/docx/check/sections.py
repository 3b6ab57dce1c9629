"""Rules of sections: heads, feet, pages, page numbers."""

from collections.abc import Iterator

from lxml import etree

from casebook.docx.check.opened import Opened, W

_KINDS = {"default", "even", "first"}
_SIDES = ("left", "right"), ("top", "bottom")


def _edges(opened: Opened) -> Iterator[str]:
    for number, section in enumerate(opened.document.iter(W + "sectPr"), 1):
        for kind in ("headerReference", "footerReference"):
            named = [each.get(W + "type") for each in section.findall(W + kind)]
            if set(named) != _KINDS:
                yield f"section {number} inherits a {kind.removesuffix('Reference')}"
            elif len(named) > len(_KINDS):
                yield f"section {number} names a {kind.removesuffix('Reference')} twice"


def _pages(opened: Opened) -> Iterator[str]:
    for number, section in enumerate(opened.document.iter(W + "sectPr"), 1):
        size, margins = section.find(W + "pgSz"), section.find(W + "pgMar")
        if size is None or margins is None:
            yield f"section {number} has no page size"
            continue
        width, height = _number(size, "w"), _number(size, "h")
        if (size.get(W + "orient") == "landscape") != (width > height):
            yield f"section {number} lies otherwise than it says"
        for extent, (one, other) in zip((width, height), _SIDES, strict=True):
            if extent - _number(margins, one) - _number(margins, other) < extent // 4:
                yield f"section {number} leaves no room between its margins"


def _columns(opened: Opened) -> Iterator[str]:
    for number, section in enumerate(opened.document.iter(W + "sectPr"), 1):
        start = section.find(W + "pgNumType")
        if start is not None and int(start.get(W + "start", "1")) < 0:
            yield f"section {number} counts its pages from below nothing"


def _settings(opened: Opened) -> Iterator[str]:
    settings = opened.tree("word/settings.xml")
    if settings.find(W + "evenAndOddHeaders") is None:
        yield "left-hand pages have no heads of their own: evenAndOddHeaders is off"
    if settings.find(W + "updateFields") is not None:
        yield "the file asks its reader to update fields"


def _number(element: etree._Element, name: str) -> int:
    return int(element.get(W + name, "0"))


RULES = (_edges, _pages, _columns, _settings)
