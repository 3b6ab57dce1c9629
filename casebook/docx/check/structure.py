"""Rules of what stands in what: body, paragraphs, runs, tables; and the order that the schema asks for."""

from collections.abc import Iterator
from itertools import pairwise
from typing import cast

from lxml import etree

from casebook.docx.check.opened import Opened, W
from casebook.docx.tables import MOST_COLUMNS

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PARENTS = {
    "p": {"body", "tc", "footnote", "hdr", "ftr", "txbxContent"},
    "r": {"p", "hyperlink", "fldSimple", "ins", "smartTag", "sdtContent", "rubyBase", "rt"},
    "t": {"r"},
    "tbl": {"body", "tc", "hdr", "ftr", "footnote", "txbxContent"},
    "tr": {"tbl"},
    "tc": {"tr"},
    "sectPr": {"body", "pPr"},
}
_ORDERS = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd "
        "tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi "
        "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc "
        "textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
        "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd "
        "fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath"
    ),
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
        "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
    ),
    "tcPr": (
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign "
        "hideMark"
    ),
    "sectPr": (
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
        "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid "
        "printerSettings"
    ),
}
_PLACES = {
    name: {W + tag: place for place, tag in enumerate(order.split())} for name, order in _ORDERS.items()
}
_REPEATS = {W + "headerReference", W + "footerReference"}


def _body(opened: Opened) -> Iterator[str]:
    body = opened.document.find(W + "body")
    if body is None or not len(body):
        yield "no body"
    elif body[-1].tag != W + "sectPr":
        yield "the body does not end with its section"
    elif len(body.findall(W + "sectPr")) > 1:
        yield "two sections end the body"


_ASTRAY = {
    name: etree.XPath(
        f"//w:{name}[not({' or '.join(f'parent::w:{each}' for each in sorted(allowed))})]",
        namespaces={"w": W.strip("{}")},
    )
    for name, allowed in _PARENTS.items()
}


def _parents(opened: Opened) -> Iterator[str]:
    for part in opened.texts:
        for name, astray in _ASTRAY.items():
            for each in cast("list[etree._Element]", astray(opened.tree(part))):
                parent = each.getparent()
                outer = "nothing" if parent is None else etree.QName(parent).localname
                yield f"{part}: {name} inside {outer}"


def _orders(opened: Opened) -> Iterator[str]:
    for part in (*opened.texts, "word/styles.xml", "word/numbering.xml"):
        for name, places in _PLACES.items():
            for each in opened.tree(part).iter(W + name):
                yield from (f"{part}: {name}: {fault}" for fault in _out_of_order(each, places))


def _out_of_order(properties: etree._Element, places: dict[str, int]) -> Iterator[str]:
    known = [each.tag for each in properties if each.tag in places]
    for one, other in pairwise(known):
        if places[str(one)] > places[str(other)]:
            yield f"{etree.QName(other).localname} after {etree.QName(one).localname}"
        elif one == other and one not in _REPEATS:
            yield f"{etree.QName(one).localname} twice"
    for each in properties:
        if str(each.tag).startswith(W) and each.tag not in places:
            yield f"{etree.QName(each).localname} does not belong there"


def _texts(opened: Opened) -> Iterator[str]:
    for part in opened.texts:
        for each in opened.tree(part).iter(W + "t", W + "instrText"):
            written = each.text or ""
            if written != written.strip(" ") and each.get(_SPACE) != "preserve":
                yield f"{part}: blanks of a text are lost: {written.strip()[:20]}"


def _tables(opened: Opened) -> Iterator[str]:
    for cell in opened.document.iter(W + "tc"):
        if not len(cell) or cell[-1].tag != W + "p":
            yield "a cell does not end with a paragraph"
    for table in opened.document.iter(W + "tbl"):
        yield from _table(table)


def _table(table: etree._Element) -> Iterator[str]:
    columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
    if columns > MOST_COLUMNS:
        yield f"a table of {columns} columns"
    rows = table.findall(W + "tr")
    if not rows:
        yield "a table without rows"
    above: set[int] = set()
    for row in rows:
        column, below = 0, set()
        for cell in row.findall(W + "tc"):
            span, merge = cell.find(f"{W}tcPr/{W}gridSpan"), cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None:
                below.add(column)
                if merge.get(W + "val") in (None, "continue") and column not in above:
                    yield "a merged cell goes on from nothing"
            column += 1 if span is None else int(span.get(W + "val", "1"))
        if column != columns:
            yield f"a row covers {column} of {columns} columns"
        above = below


RULES = (_body, _parents, _orders, _texts, _tables)
