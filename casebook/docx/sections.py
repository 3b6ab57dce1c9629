"""Sections: page form, running heads, folios. Every section names all its heads and feet, or it would inherit
those of the one before."""

from dataclasses import dataclass, field
from typing import Literal

from casebook.docx.elements import Xml, align, frame, paragraph, plain, run
from casebook.docx.elements import field as field_xml
from casebook.docx.fitting import cut
from casebook.docx.trims import LEADING, Geometry

Start = Literal["nextPage", "oddPage", "evenPage", "continuous"]

GUTTER = 425
"""Twips between columns."""
NOTES = (
    '<w:footnotePr><w:numFmt w:val="decimalEnclosedCircle"/><w:numRestart w:val="eachPage"/></w:footnotePr>'
)
"""Notes are ①②③, counted anew on each page."""
_HEAD_SIZE = 9
_MARK_FROM_TOP = 400
"""Twips from the upper edge of the page."""
_NO_RULE = '<w:pBdr><w:bottom w:val="nil"/></w:pBdr>'
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_KINDS = ("even", "default", "first")
GRID = f'<w:docGrid w:linePitch="{LEADING}"/>'
"""The page's lines as Word's page set-up names them. Lines are exact in the styles: nothing snaps to it."""


@dataclass(frozen=True, slots=True)
class Turned:
    """How a page is turned for a wide table: the properties of the section before it, its own, and the
    width of the text on the turned page in twips."""

    before: str
    own: str
    measure: int


@dataclass(frozen=True, slots=True)
class Edge:
    """A head or foot: a part of its own."""

    relation: str
    name: str
    kind: Literal["header", "footer"]
    xml: str


@dataclass(slots=True)
class Sections:
    """Makes section properties, and keeps the heads and feet they name (each text once).

    `mark` is printed at the top of every page, in a frame of its own, so that it moves nothing.
    """

    geometry: Geometry
    mark: str = ""
    edges: list[Edge] = field(default_factory=list)
    _known: dict[tuple[str, str], str] = field(default_factory=dict)

    def bare(self, start: Start, folio: str = "") -> str:
        """No head, no foot: cover, title page, colophon, dividers."""
        return self._properties(self._references("", "", printed_folio=False), start, folio)

    def running(self, verso: str, recto: str, start: Start, folio: str = "", *, columns: int = 1) -> str:
        """Heads, the higher level on the left-hand page; folios outside."""
        return self._properties(self._references(verso, recto, printed_folio=True), start, folio, columns)

    def turned(self, upright: str) -> Turned:
        """How a page of a section with these properties is turned: its head and foot stay where they are."""
        page = lying(self.geometry)
        return Turned(upright, upright.replace(self.geometry.xml(), page.xml()), page.measure)

    def headless(self, start: Start, folio: str = "") -> str:
        """Folios without heads: the first pages of front matter."""
        return self._properties(self._references("", "", printed_folio=True), start, folio)

    def _properties(self, references: str, start: Start, folio: str, columns: int = 1) -> str:
        number = f'w:num="{columns}" ' if columns > 1 else ""
        return (
            f'<w:sectPr>{references}{NOTES}<w:type w:val="{start}"/>{self.geometry.xml()}{folio}'
            f'<w:cols {number}w:space="{GUTTER}"/>{GRID}</w:sectPr>'
        )

    def _references(self, verso: str, recto: str, *, printed_folio: bool) -> str:
        even, odd = self._header(self._fitting(verso), "left"), self._header(self._fitting(recto), "right")
        even_foot = self._footer("left" if printed_folio else "")
        odd_foot = self._footer("right" if printed_folio else "")
        pairs = (("header", even, odd), ("footer", even_foot, odd_foot))
        return "".join(
            f'<w:{name}Reference w:type="{kind}" r:id="{left if kind == "even" else right}"/>'
            for name, left, right in pairs
            for kind in _KINDS
        )

    def _fitting(self, head: str) -> str:
        return cut(head, _HEAD_SIZE, self.geometry.measure - 240)

    def _header(self, text: str, side: str) -> str:
        key = (f"header {side}", text) if text else ("header", "")
        if key not in self._known:
            content = paragraph("Header", run(text), align(side)) if text else plain("Header", "", _NO_RULE)
            self._known[key] = self._part("header", "hdr", Xml(self._marked() + content))
        return self._known[key]

    def _marked(self) -> str:
        if not self.mark:
            return ""
        place = frame(x=self.geometry.left, y=_MARK_FROM_TOP, width=self.geometry.measure)
        return paragraph("Header", run(self.mark), place + _NO_RULE + align("center"))

    def _footer(self, side: str) -> str:
        key = ("footer", side)
        if key not in self._known:
            content = plain("Footer", "")
            if side:
                folio = run("·  ", style="Folio") + field_xml("PAGE", "1") + run("  ·", style="Folio")
                content = paragraph("Footer", folio, align(side))
            self._known[key] = self._part("footer", "ftr", content)
        return self._known[key]

    def _part(self, kind: Literal["header", "footer"], root: str, content: Xml) -> str:
        number = 1 + sum(edge.kind == kind for edge in self.edges)
        relation = f"rId{kind.capitalize()}{number}"
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        xml = f"{head}<w:{root} {_NAMESPACES}>{content}</w:{root}>"
        self.edges.append(Edge(relation, f"{kind}{number}.xml", kind, xml))
        return relation


def lying(page: Geometry) -> Geometry:
    """The page turned by 90 degrees."""
    return Geometry(
        width=page.height,
        height=page.width,
        top=page.top,
        bottom=page.bottom,
        left=page.right,
        right=page.right,
        header=page.header,
        footer=page.footer,
    )


def closed_by(section: str) -> Xml:
    """The paragraph that ends a section: it takes a twentieth of a line and shows nothing."""
    spacing = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return Xml(f'<w:p><w:pPr><w:pStyle w:val="Spacer"/>{spacing}{section}</w:pPr></w:p>')


def roman_from(start: int | None) -> str:
    return '<w:pgNumType w:fmt="upperRoman"' + (f' w:start="{start}"/>' if start else "/>")


def arabic_from(start: int | None) -> str:
    return f'<w:pgNumType w:fmt="decimal" w:start="{start}"/>' if start else '<w:pgNumType w:fmt="decimal"/>'
