"""Builds `reference.docx`, the one source of the book's styles, page geometry, numbering and settings.

Run after a change here or in `styles`: `python -m casebook.docx.make_reference`. The built file, 大16开 in
our colours and fonts, is committed beside this script; a test fails when the two have drifted apart. Other
looks are built when they are asked for. A house may edit the styles in Word instead and upload its own file
(`casebook.docx.template`).
"""

from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from casebook.book import FontRole
from casebook.docx import zipped
from casebook.docx.elements import escaped
from casebook.docx.look import FONTS, SANS, Look
from casebook.docx.numbering import BULLET_NUM, BULLETS, HANGING, ORDERED, TABLE_STYLE, list_indent
from casebook.docx.sections import GRID
from casebook.docx.style_forms import border
from casebook.docx.styles import ALTERNATIVES, CHARACTER_STYLES, STYLES

REFERENCE = Path(__file__).with_name("reference.docx")
_OURS = Look()

_W = nsdecls("w")
_ORDERED_LEVELS = (
    ("decimal", "%{}."),
    ("decimal", "(%{})"),
    ("decimalEnclosedCircle", "%{}"),
    ("lowerLetter", "%{}."),
)
_BULLET_SIGNS = ("●", "○", "■", "□")


def build(look: Look = _OURS) -> bytes:
    """The reference document of this look as bytes, the same each time."""
    document = Document()
    _styles(document, look)
    _numbering(document, look)
    _page(document, look)
    _settings(document)
    _fonts(document, look)
    _prune(document)
    properties = document.core_properties
    properties.author, properties.title, properties.comments, properties.keywords = "", "", "", ""
    raw = BytesIO()
    document.save(raw)
    return zipped.normalised(raw.getvalue())


_DEFAULTS = (
    f"<w:docDefaults {_W}>"
    '<w:rPrDefault><w:rPr><w:rFonts w:ascii="{latin_body}" w:hAnsi="{latin_body}" w:eastAsia="{han_body}" '
    'w:cs="{latin_body}"/><w:kern w:val="2"/><w:sz w:val="24"/><w:szCs w:val="24"/>'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/>'
    "</w:docDefaults>"
)


def _styles(document: DocumentObject, look: Look) -> None:
    root = document.styles.element
    defaults = root.find(qn("w:docDefaults"))
    root.replace(
        defaults,
        parse_xml(look.filled(_DEFAULTS)),
    )
    for style in root.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in {"Normal", "DefaultParagraphFont", "TableNormal", "NoList"}:
            root.remove(style)
        elif style.get(qn("w:styleId")) == "Normal":
            for part in [*style.findall(qn("w:pPr")), *style.findall(qn("w:rPr"))]:
                style.remove(part)
    for each in STYLES:
        root.append(parse_xml(each.xml(look)))
    for identity, name, form in CHARACTER_STYLES:
        built_in = ("Hyperlink", "Strong", "Emphasis", "FootnoteReference")
        custom = "" if identity in built_in else ' w:customStyle="1"'
        root.append(
            parse_xml(
                f'<w:style {_W} w:type="character"{custom} w:styleId="{identity}"><w:name w:val="{name}"/>'
                f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/>{look.filled(form)}</w:style>'
            )
        )
    root.append(parse_xml(look.filled(_table_style())))


def _table_style() -> str:
    """三线表: heavy rules above and below, a rule under the head, hair lines between."""
    edges = (
        border("top", 12, "{ink}")
        + border("bottom", 12, "{ink}")
        + border("insideH", 4, "{hair}")
        + border("insideV", 2, "{hair}")
    )
    return (
        f'<w:style {_W} w:type="table" w:customStyle="1" w:styleId="{TABLE_STYLE}">'
        '<w:name w:val="Case Table"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders>'
        '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr>"
        '<w:tblStylePr w:type="firstRow"><w:tcPr>'
        "<w:tcBorders>" + border("bottom", 8, "{ink}") + "</w:tcBorders>"
        '<w:shd w:val="clear" w:color="auto" w:fill="{paper}"/></w:tcPr></w:tblStylePr></w:style>'
    )


def _numbering(document: DocumentObject, look: Look) -> None:
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    ordered = "".join(_level(level, *_filled(_ORDERED_LEVELS[min(level, 3)], level)) for level in range(9))
    bullets = "".join(_level(level, "bullet", _BULLET_SIGNS[min(level, 3)], size=14) for level in range(9))
    for identity, levels in ((ORDERED, ordered), (BULLETS, bullets)):
        root.append(
            parse_xml(
                f'<w:abstractNum {_W} w:abstractNumId="{identity}"><w:multiLevelType w:val="multilevel"/>'
                f"{look.filled(levels)}</w:abstractNum>"
            )
        )
    root.append(parse_xml(f'<w:num {_W} w:numId="{BULLET_NUM}"><w:abstractNumId w:val="{BULLETS}"/></w:num>'))


def _filled(form: tuple[str, str], level: int) -> tuple[str, str]:
    return form[0], form[1].format(level + 1)


def _level(level: int, form: str, sign: str, size: int = 0) -> str:
    face = '<w:rPr><w:rFonts w:ascii="{han_body}" w:hAnsi="{han_body}" w:eastAsia="{han_body}" '
    face += 'w:hint="eastAsia"/>'
    face += f'<w:color w:val="{{accent}}"/><w:sz w:val="{size}"/></w:rPr>' if size else "</w:rPr>"
    left = list_indent(level)
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="tab"/>'
        f'<w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs>'
        f'<w:ind w:left="{left}" w:hanging="{HANGING}"/>'
        f"</w:pPr>{face if size else ''}</w:lvl>"
    )


def _page(document: DocumentObject, look: Look) -> None:
    section = document.sections[0]._sectPr
    for name in ("w:pgSz", "w:pgMar", "w:cols", "w:docGrid"):
        for part in section.findall(qn(name)):
            section.remove(part)
    form = parse_xml(f"<w:sectPr {_W}>{look.geometry.xml()}{GRID}</w:sectPr>")
    for part in list(form):
        section.append(part)


def _settings(document: DocumentObject) -> None:
    root = document.settings.element
    for child in list(root):
        root.remove(child)
    for xml in (
        '<w:zoom {} w:percent="100"/>',
        "<w:mirrorMargins {}/>",
        '<w:defaultTabStop {} w:val="420"/>',
        "<w:evenAndOddHeaders {}/>",
        '<w:characterSpacingControl {} w:val="doNotCompress"/>',
        '<w:footnotePr {}><w:numFmt w:val="decimalEnclosedCircle"/><w:numRestart w:val="eachPage"/>'
        '<w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>',
        "<w:compat {}><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/>"
        "<w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
        '<w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        "</w:compat>",
        '<w:themeFontLang {} w:val="en-US" w:eastAsia="zh-CN"/>',
    ):
        root.append(parse_xml(xml.format(_W)))


def _fonts(document: DocumentObject, look: Look) -> None:
    """A font table that gives each Chinese family its English name, so that either is found."""
    table = next(rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/fontTable"))
    faces = [*FONTS.values(), *(look.face(role) for role in FontRole)]
    han = dict.fromkeys([*ALTERNATIVES, *(face.han for face in faces)])
    latin = dict.fromkeys(face.latin for face in faces)
    families = "".join(_font(name, "86", "auto", ALTERNATIVES.get(name, "")) for name in han)
    families += "".join(
        _font(name, "00", "swiss" if name == SANS else "roman") for name in latin if name not in han
    )
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {_W}>{families}</w:fonts>'
    etree.fromstring(xml.encode())
    table._blob = xml.encode()


def _font(name: str, charset: str, family: str, other: str = "") -> str:
    alternative = f'<w:altName w:val="{escaped(other)}"/>' if other else ""
    return (
        f'<w:font w:name="{escaped(name)}">{alternative}<w:charset w:val="{charset}"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
    )


def _prune(document: DocumentObject) -> None:
    """python-docx's own template carries a thumbnail, a theme, custom XML and a second copy of the styles."""
    unwanted = ("/stylesWithEffects", "/customXml", "/theme", "/webSettings")
    for rels, endings in ((document.part.rels, unwanted), (document.part.package.rels, ("/thumbnail",))):
        for identity, rel in list(rels.items()):
            if rel.reltype.endswith(endings):
                del rels[identity]


if __name__ == "__main__":
    REFERENCE.write_bytes(build())
