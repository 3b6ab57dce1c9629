"""Builds `reference.docx`, the one source of the book's styles, page geometry, numbering and settings.

Run after a change here or in `styles`: `python -m casebook.docx.make_reference`. The built file is committed
beside this script; a test fails when the two have drifted apart. A house may edit the styles in Word instead
and use its own file: the renderer knows styles by id and asks for `styles.STYLE_IDS` only.

The page is 大16开 (210 x 285 mm) with mirrored margins.
"""

from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from casebook.docx import zipped
from casebook.docx.numbering import BULLET_NUM, BULLETS, HANGING, ORDERED, TABLE_STYLE, list_indent
from casebook.docx.palette import PALETTE
from casebook.docx.styles import ALTERNATIVES, CHARACTER_STYLES, SANS, SERIF, SONG, STYLES, border

REFERENCE = Path(__file__).with_name("reference.docx")

_W = nsdecls("w")
_ORDERED_LEVELS = (
    ("decimal", "%{}."),
    ("decimal", "(%{})"),
    ("decimalEnclosedCircle", "%{}"),
    ("lowerLetter", "%{}."),
)
_BULLET_SIGNS = ("●", "○", "■", "□")


def build() -> bytes:
    """The reference document as bytes, the same each time."""
    document = Document()
    _styles(document)
    _numbering(document)
    _page(document)
    _settings(document)
    _fonts(document)
    _prune(document)
    properties = document.core_properties
    properties.author, properties.title, properties.comments, properties.keywords = "", "", "", ""
    raw = BytesIO()
    document.save(raw)
    return zipped.normalised(raw.getvalue())


def _styles(document: DocumentObject) -> None:
    root = document.styles.element
    defaults = root.find(qn("w:docDefaults"))
    root.replace(
        defaults,
        parse_xml(
            f'<w:docDefaults {_W}><w:rPrDefault><w:rPr><w:rFonts w:ascii="{SERIF}" w:hAnsi="{SERIF}" '
            f'w:eastAsia="{SONG}" w:cs="{SERIF}"/><w:kern w:val="2"/><w:sz w:val="24"/><w:szCs w:val="24"/>'
            '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/>'
            "</w:docDefaults>"
        ),
    )
    for style in root.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in {"Normal", "DefaultParagraphFont", "TableNormal", "NoList"}:
            root.remove(style)
        elif style.get(qn("w:styleId")) == "Normal":
            for part in [*style.findall(qn("w:pPr")), *style.findall(qn("w:rPr"))]:
                style.remove(part)
    for each in STYLES:
        root.append(parse_xml(each.xml()))
    for identity, name, form in CHARACTER_STYLES:
        built_in = ("Hyperlink", "Strong", "Emphasis", "FootnoteReference")
        custom = "" if identity in built_in else ' w:customStyle="1"'
        root.append(
            parse_xml(
                f'<w:style {_W} w:type="character"{custom} w:styleId="{identity}"><w:name w:val="{name}"/>'
                f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/>{form}</w:style>'
            )
        )
    root.append(parse_xml(_table_style()))


def _table_style() -> str:
    """三线表: heavy rules above and below, a rule under the head, hair lines between."""
    edges = (
        border("top", 12, PALETTE.ink)
        + border("bottom", 12, PALETTE.ink)
        + border("insideH", 4, PALETTE.hair)
        + border("insideV", 2, PALETTE.hair)
    )
    return (
        f'<w:style {_W} w:type="table" w:customStyle="1" w:styleId="{TABLE_STYLE}">'
        '<w:name w:val="Case Table"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders>'
        '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr>"
        '<w:tblStylePr w:type="firstRow"><w:tcPr>'
        f"<w:tcBorders>{border('bottom', 8, PALETTE.ink)}</w:tcBorders>"
        f'<w:shd w:val="clear" w:color="auto" w:fill="{PALETTE.paper}"/></w:tcPr></w:tblStylePr></w:style>'
    )


def _numbering(document: DocumentObject) -> None:
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    ordered = "".join(_level(level, *_filled(_ORDERED_LEVELS[min(level, 3)], level)) for level in range(9))
    bullets = "".join(_level(level, "bullet", _BULLET_SIGNS[min(level, 3)], size=14) for level in range(9))
    for identity, levels in ((ORDERED, ordered), (BULLETS, bullets)):
        root.append(
            parse_xml(
                f'<w:abstractNum {_W} w:abstractNumId="{identity}"><w:multiLevelType w:val="multilevel"/>'
                f"{levels}</w:abstractNum>"
            )
        )
    root.append(parse_xml(f'<w:num {_W} w:numId="{BULLET_NUM}"><w:abstractNumId w:val="{BULLETS}"/></w:num>'))


def _filled(form: tuple[str, str], level: int) -> tuple[str, str]:
    return form[0], form[1].format(level + 1)


def _level(level: int, form: str, sign: str, size: int = 0) -> str:
    face = f'<w:rPr><w:rFonts w:ascii="{SONG}" w:hAnsi="{SONG}" w:eastAsia="{SONG}" w:hint="eastAsia"/>'
    face += f'<w:color w:val="{PALETTE.accent}"/><w:sz w:val="{size}"/></w:rPr>' if size else "</w:rPr>"
    left = list_indent(level)
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="tab"/>'
        f'<w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs>'
        f'<w:ind w:left="{left}" w:hanging="{HANGING}"/>'
        f"</w:pPr>{face if size else ''}</w:lvl>"
    )


def _page(document: DocumentObject) -> None:
    section = document.sections[0]._sectPr
    for name in ("w:pgSz", "w:pgMar", "w:cols", "w:docGrid"):
        for part in section.findall(qn(name)):
            section.remove(part)
    for xml in (
        '<w:pgSz {} w:w="11906" w:h="16158"/>',
        '<w:pgMar {} w:top="1588" w:right="1247" w:bottom="1361" w:left="1474" w:header="907" w:footer="737" '
        'w:gutter="0"/>',
        '<w:cols {} w:space="425"/>',
    ):
        section.append(parse_xml(xml.format(_W)))


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
        "</w:footnotePr>",
        "<w:compat {}><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/>"
        "<w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
        '<w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        "</w:compat>",
        '<w:themeFontLang {} w:val="en-US" w:eastAsia="zh-CN"/>',
    ):
        root.append(parse_xml(xml.format(_W)))


def _fonts(document: DocumentObject) -> None:
    """A font table that gives each Chinese family its English name, so that either is found."""
    table = next(rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/fontTable"))
    families = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for name, other in ALTERNATIVES.items()
    )
    latin = "".join(
        f'<w:font w:name="{name}"><w:charset w:val="00"/><w:family w:val="{family}"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for name, family in ((SERIF, "roman"), (SANS, "swiss"))
    )
    xml = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {_W}>{families}{latin}</w:fonts>'
    )
    etree.fromstring(xml.encode())
    table._blob = xml.encode()


def _prune(document: DocumentObject) -> None:
    """python-docx's own template carries a thumbnail, a theme, custom XML and a second copy of the styles."""
    unwanted = ("/stylesWithEffects", "/customXml", "/theme", "/webSettings")
    for rels, endings in ((document.part.rels, unwanted), (document.part.package.rels, ("/thumbnail",))):
        for identity, rel in list(rels.items()):
            if rel.reltype.endswith(endings):
                del rels[identity]


if __name__ == "__main__":
    REFERENCE.write_bytes(build())
