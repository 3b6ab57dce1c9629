from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from casebook.docx.elements import bookmark, escaped, field, paragraph, plain, run, text_xml
from casebook.docx.entry import kept_with_next

_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parsed(fragment: str) -> etree._Element:
    return etree.fromstring(f"<x {_SPACE}>{fragment}</x>".encode("utf-8", "surrogatepass"))


def test_text_is_escaped() -> None:
    assert escaped('A&B <i> "好"') == "A&amp;B &lt;i&gt; &quot;好&quot;"


def test_characters_that_xml_has_not_are_dropped() -> None:
    assert escaped("党\x00\x0b建\ufffe\ud800") == "党建"


def test_line_breaks_and_tabs_become_elements() -> None:
    assert text_xml("一\n二\t三") == (
        '<w:t xml:space="preserve">一</w:t><w:br/><w:t xml:space="preserve">二</w:t><w:tab/>'
        '<w:t xml:space="preserve">三</w:t>'
    )


def test_curly_quotes_take_the_chinese_face_only_in_chinese() -> None:
    assert 'w:hint="eastAsia"' in run("“同心圆”")
    assert "w:hint" not in run("the “inner” circle")
    assert "w:hint" not in run("同心圆")


def test_a_field_carries_its_result() -> None:
    tree = parsed(paragraph("TOC1", field("PAGEREF _Toc1 \\h", "12")))
    kinds = [each.get(_W + "fldCharType") for each in tree.iter(_W + "fldChar")]
    assert kinds == ["begin", "separate", "end"]
    assert [each.text for each in tree.iter(_W + "t")] == ["12"]


def test_a_bookmark_encloses_its_content() -> None:
    tree = parsed(paragraph("Heading2", bookmark("_TocCase00001", 1, run("题"))))
    assert tree[0][1].get(_W + "name") == "_TocCase00001"
    assert tree[0][-1].get(_W + "id") == "1"


def test_the_last_paragraph_is_kept_with_what_follows() -> None:
    one, two = plain("BodyText", "一"), plain("BodyText", "二")
    kept = kept_with_next(one + two)
    assert kept == one + plain("BodyText", "二", "<w:keepNext/>")
    assert kept_with_next(kept) == kept
    assert kept_with_next("") == ""


@given(st.text(st.characters(codec=None)))
def test_any_text_makes_well_formed_xml_and_stays_whole(text: str) -> None:
    tree = parsed(plain("BodyText", text))
    found = "".join(
        {"t": each.text or "", "tab": "\t", "br": "\n"}.get(etree.QName(each).localname, "")
        for each in tree.iter()
    )
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    assert found == "".join(
        c
        for c in kept
        if c in "\n\t" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
