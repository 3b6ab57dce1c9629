import zipfile
from io import BytesIO

from lxml import etree

from casebook.docx.make_reference import REFERENCE, build
from casebook.docx.reference import reference
from casebook.docx.styles import ALTERNATIVES, STYLE_IDS

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parts(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(archive)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_built_file_is_what_the_script_builds() -> None:
    assert parts(REFERENCE.read_bytes()) == parts(build())


def test_every_style_the_body_uses_is_there() -> None:
    styles = etree.fromstring(reference().parts["word/styles.xml"])
    assert {each.get(_W + "styleId") for each in styles.iter(_W + "style")} >= STYLE_IDS


def test_every_style_names_its_chinese_font_and_none_a_theme() -> None:
    styles = etree.fromstring(reference().parts["word/styles.xml"])
    fonts = list(styles.iter(_W + "rFonts"))
    assert {each.get(_W + "eastAsia") for each in fonts} <= set(ALTERNATIVES)
    assert [name for each in fonts for name in each.attrib if "Theme" in str(name)] == []
    for style in styles.iter(_W + "style"):
        if style.get(_W + "type") == "paragraph" and style.get(_W + "styleId") != "Normal":
            assert style.find(f"{_W}rPr/{_W}rFonts") is not None, style.get(_W + "styleId")


def test_the_page_is_16mo_with_mirrored_margins() -> None:
    page = reference().geometry
    assert (page.width, page.height, page.measure) == (11906, 16157, 9120)
    assert b"<w:mirrorMargins/>" in reference().parts["word/settings.xml"]
    assert b"<w:updateFields" not in reference().parts["word/settings.xml"]
