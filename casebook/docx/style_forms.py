"""What a style is made of: its face, its shape, its borders, as fragments that `Look.filled` completes."""

from dataclasses import dataclass

from docx.oxml.ns import nsdecls

from casebook.book import FontRole
from casebook.docx.look import Look

_W = nsdecls("w")


@dataclass(frozen=True, slots=True)
class Face:
    """Fonts and size of a style. `size` in points, `colour` a colour of the palette or RRGGBB, `spread`
    letter-spacing in twips."""

    role: FontRole
    size: float
    bold: bool = False
    colour: str = "{ink}"
    spread: int = 0

    def xml(self) -> str:
        half_points = round(self.size * 2)
        weight = "<w:b/><w:bCs/>" if self.bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
        spread = f'<w:spacing w:val="{self.spread}"/>' if self.spread else ""
        han, latin = f"{{han_{self.role}}}", f"{{latin_{self.role}}}"
        return (
            f'<w:rPr><w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{han}" '
            f'w:cs="{latin}" w:hint="eastAsia"/>{weight}<w:i w:val="0"/><w:iCs w:val="0"/>'
            f'<w:color w:val="{self.colour}"/>{spread}<w:sz w:val="{half_points}"/>'
            f'<w:szCs w:val="{half_points}"/></w:rPr>'
        )


@dataclass(frozen=True, slots=True)
class Shape:
    """Paragraph form of a style. `line`, `before`, `after` in points, indents in characters of `size`."""

    line: float = 22
    before: float = 0
    after: float = 0
    first: int = 0
    left: float = 0
    right: float = 0
    align: str = "both"
    keep_next: bool = False
    keep_lines: bool = False
    outline: int | None = None
    page_break: bool = False
    tabs: str = ""
    borders: str = ""
    shade: str = ""
    automatic: bool = False
    contextual: bool = False

    def xml(self, size: float) -> str:
        rule = (
            'w:line="240" w:lineRule="auto"'
            if self.automatic
            else f'w:line="{self.line * 20:.0f}" w:lineRule="exact"'
        )
        return (
            "<w:pPr>"
            + ("<w:keepNext/>" if self.keep_next else "")
            + ("<w:keepLines/>" if self.keep_lines or self.keep_next else "")
            + ("<w:pageBreakBefore/>" if self.page_break else "")
            + "<w:widowControl/>"
            + (f"<w:pBdr>{self.borders}</w:pBdr>" if self.borders else "")
            + (f'<w:shd w:val="clear" w:color="auto" w:fill="{self.shade}"/>' if self.shade else "")
            + (f"<w:tabs>{self.tabs}</w:tabs>" if self.tabs else "")
            + '<w:kinsoku/><w:topLinePunct w:val="0"/><w:autoSpaceDE/><w:autoSpaceDN/>'
            + '<w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/>'
            + f'<w:spacing w:before="{self.before * 20:.0f}" w:after="{self.after * 20:.0f}" {rule}/>'
            + self._indent(size)
            + ("<w:contextualSpacing/>" if self.contextual else "")
            + f'<w:jc w:val="{self.align}"/>'
            + ("" if self.outline is None else f'<w:outlineLvl w:val="{self.outline}"/>')
            + "</w:pPr>"
        )

    def _indent(self, size: float) -> str:
        parts = []
        for name, characters in (("left", self.left), ("right", self.right), ("firstLine", self.first)):
            if characters:
                twips = characters * size * 20
                parts.append(f'w:{name}Chars="{characters * 100:.0f}" w:{name}="{twips:.0f}"')
        return f"<w:ind {' '.join(parts)}/>" if parts else ""


@dataclass(frozen=True, slots=True)
class Style:
    id: str
    name: str
    face: Face
    shape: Shape
    follows: str = ""
    based_on: str = "Normal"

    def xml(self, look: Look) -> str:
        custom = "" if self.name in _BUILT_IN else ' w:customStyle="1"'
        follows = f'<w:next w:val="{self.follows}"/>' if self.follows else ""
        return look.filled(
            f'<w:style {_W} w:type="paragraph"{custom} w:styleId="{self.id}"><w:name w:val="{self.name}"/>'
            f'<w:basedOn w:val="{self.based_on}"/>{follows}<w:qFormat/>'
            f"{self.shape.xml(self.face.size)}{self.face.xml()}</w:style>"
        )


_BUILT_IN = {
    *(
        "Body Text",
        "heading 1",
        "heading 2",
        "heading 3",
        "heading 4",
        "heading 5",
        "Title",
        "Subtitle",
        "caption",
    ),
    *(
        "toc 1",
        "toc 2",
        "toc 3",
        "TOC Heading",
        "header",
        "footer",
        "List Number",
        "List Bullet",
        "List Continue",
    ),
    *("Block Text", "footnote text", "index heading", "index 1"),
}


def border(side: str, size: int, colour: str, space: int = 0) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'
