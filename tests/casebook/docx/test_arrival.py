"""All text of a case arrives in the Word file, in order, whatever it is made of; and the file is sound."""

import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from casebook.book import Book
from casebook.docx.check import findings
from casebook.docx.elements import dropped
from casebook.docx.renderer import render, render_case
from casebook.notes import noted
from foundation.richtext import (
    Block,
    Cell,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Run,
    Table,
    blocks,
    text,
)
from submissions.intake.assemble import assemble
from submissions.intake.word import read_word
from tests.casebook.factories import Photos, make_book, make_entry

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {"br": "\n", "tab": "\t", "p": "\n", "noBreakHyphen": "-"}


def arrived(data: bytes, part: str = "word/document.xml") -> str:
    """The characters of a part as Word shows them, a line a paragraph; instructions of fields are none."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        tree = etree.fromstring(package.read(part))
    names = (_W + "t", *(_W + name for name in _SIGNS))
    return "".join(_SIGNS.get(etree.QName(each).localname, each.text or "") for each in tree.iter(*names))


def said(content: Iterable[Block]) -> Iterator[str]:
    """The words of every paragraph, heading and caption, however deep, in reading order."""
    for block in content:
        match block:
            case Heading(runs=runs) | Paragraph(runs=runs):
                yield text(runs)
            case ListBlock(items=items):
                yield from (words for item in items for words in said(item))
            case Quote(blocks=inner):
                yield from said(inner)
            case Figure(caption=caption):
                yield caption
            case Table(rows=rows, caption=caption):
                yield caption if any(rows) else ""
                yield from (words for row in rows for cell in row for words in said(cell.blocks))


def missing_from(found: str, wanted: Iterable[str]) -> list[str]:
    """The words that do not follow each other in this order."""
    position, lost = 0, []
    for words in wanted:
        place = found.find(words, position)
        if place < 0:
            lost.append(words)
        else:
            position = place + len(words)
    return lost


_ODD = st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1, max_size=24)
_KNOWN = st.sampled_from(
    [
        "𠮷野家𡈽𪚥",
        "🎉党建👩‍👩‍👧‍👦🇨🇳",
        "שלום مرحبا",
        "a\u202eb\u2066c\u2069",
        "=SUM(A1:B2)",
        "∫₀^∞ e^{-x²} dx = √π⁄2",
        'a<b>&amp;"c"\'',
        "\u00a0 \u2003",
        "ﷺé\u0301",
        "铃\x07声\x00\x1b\ufffe",
        "\ue000私用",
        "一\n二\t三",
        "{} %s %(x)s",
        "]]>",
    ]
)
_WORDS = _ODD | _KNOWN
_FLAGS = st.booleans()
_HREFS = st.sampled_from(
    ["", "", "https://example.org/?a=1&b=2", "mailto:a@example.org", "entry:e1", "entry:no"]
)
_RUN = st.builds(Run, _WORDS, _FLAGS, _FLAGS, _FLAGS, _FLAGS, st.just(False), _FLAGS, _HREFS)
_RUNS = st.lists(_RUN | st.builds(Run, _WORDS, sub=st.just(True)), min_size=1, max_size=3).map(tuple)
_LEAVES = st.one_of(
    st.builds(Paragraph, _RUNS, st.sampled_from(["", "center", "right"])),
    st.builds(Heading, st.integers(2, 4), _RUNS),
    st.builds(
        Figure,
        st.sampled_from(["attachment:40x30", "attachment:900x700", "attachment:none"]),
        _WORDS,
        _WORDS | st.just("") | st.sampled_from(["图7　现场", "图 2-1 现场"]),
    ),
)


def _nested(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    some = st.lists(inner, max_size=2).map(tuple)
    cells = st.builds(Cell, some, st.integers(1, 3), st.integers(1, 3), _FLAGS)
    rows = st.lists(st.lists(cells, min_size=1, max_size=3).map(tuple), min_size=1, max_size=3).map(tuple)
    wide = st.builds(Cell, some).map(lambda cell: ((cell,) * 14,) * 2)
    return st.one_of(
        st.builds(ListBlock, _FLAGS, st.lists(some, min_size=1, max_size=3).map(tuple)),
        st.builds(Quote, some),
        st.builds(Table, rows | wide, _WORDS),
    )


_CONTENT = st.lists(st.recursive(_LEAVES, _nested, max_leaves=6), max_size=4).map(tuple)
_NOTES = st.lists(_RUNS, max_size=3)


def _book(content: tuple[Block, ...]) -> Book:
    return make_book(make_entry("甲案", blocks=content, id="e1"), make_entry("乙案", "", id="e2"))


@settings(max_examples=25)
@given(_CONTENT, _NOTES)
def test_every_character_of_every_structure_arrives_in_order(
    content: tuple[Block, ...], notes: list[tuple[Run, ...]]
) -> None:
    plain = tuple(note for note in notes if not any(run.sup for run in note))
    calls = tuple(Paragraph((Run("标"), Run(f"[{number}]", sup=True))) for number in range(1, len(plain) + 1))
    ends: tuple[Block, ...] = ()
    if plain and not any("[" in text for text in said(content)):
        listed = ListBlock(True, tuple((Paragraph(note),) for note in plain))
        ends = (*calls, Paragraph((Run("注释", bold=True),)), listed)
    data = render(_book((*content, *ends)), Photos())

    assert findings(BytesIO(data)) == ()
    found = arrived(data)
    body = found[found.index("摘要文字。") :]
    kept = [words.translate(dict.fromkeys(map(ord, dropped(words)))) for words in said(content)]
    assert missing_from(body, kept) == []
    if ends:
        noted = [text(note).translate(dict.fromkeys(map(ord, dropped(text(note))))) for note in plain]
        assert missing_from(arrived(data, "word/footnotes.xml"), noted) == []
        assert body.count("标") >= len(plain)


def test_what_xml_cannot_hold_is_dropped_and_named() -> None:
    assert dropped("铃\x07声\x00，\x07\ufffe") == "\x07\x00\ufffe"
    assert dropped("一\n二\t三\r\n🎉𠮷") == ""
    data = render(_book((Paragraph((Run("铃\x07声"),)),)))
    assert "铃声" in arrived(data)


def test_notes_stand_at_the_foot_and_their_list_is_gone() -> None:
    content = blocks(
        "<p>数据<sup>[1]</sup>。</p><table><tr><td>甲<sup>[2]</sup><td>乙</table><p><strong>注释</strong></p>"
        "<ol><li>见<a href='https://example.org'>统计年鉴</a>。</li><li>内部资料。</li></ol>"
    )
    data = render(_book(content))
    assert findings(BytesIO(data)) == ()
    assert "注释" not in arrived(data)
    assert "[1]" not in arrived(data)
    assert missing_from(arrived(data, "word/footnotes.xml"), ["见统计年鉴。", "内部资料。"]) == []
    with zipfile.ZipFile(BytesIO(data)) as package:
        tree = etree.fromstring(package.read("word/document.xml"))
        assert b"https://example.org" in package.read("word/_rels/footnotes.xml.rels")
    assert [each.get(_W + "id") for each in tree.iter(_W + "footnoteReference")] == ["1", "2"]


def test_a_link_to_a_case_of_the_book_becomes_a_link_inside_the_book() -> None:
    content = (
        Paragraph((Run("见", href="entry:e2"), Run("，又"), Run("本书第…页", href="entry:e2"))),
        Paragraph((Run("别处", href="entry:elsewhere"),)),
    )
    tree = etree.fromstring(zipfile.ZipFile(BytesIO(render(_book(content)))).read("word/document.xml"))
    anchors = [
        "".join(each.text or "" for each in link.iter(_W + "t"))
        for link in tree.iter(_W + "hyperlink")
        if link.get(_W + "anchor") == "_TocCase00002"
    ]
    assert anchors[-2:] == ["见", "本书第…页"]


def test_captions_keep_the_numbers_that_writers_gave_them() -> None:
    content = blocks(
        "<figure><img src='attachment:90x60'><figcaption>图1　大会</figcaption></figure>"
        "<figure><img src='attachment:90x60'><figcaption>小会</figcaption></figure>"
        "<figure><img src='attachment:90x60'><figcaption>图5 座谈</figcaption></figure>"
        "<figure><img src='attachment:90x60'><figcaption>走访</figcaption></figure>"
        "<table><caption>表1-2：指标</caption><tr><td>甲<td>乙</table>"
        "<table><caption>进度</caption><tr><td>甲<td>乙</table>"
    )
    lines = arrived(render(_book(content), Photos())).splitlines()
    captions = [line for line in lines if line.startswith(("图", "表"))]
    assert captions == ["图1　大会", "图2　小会", "图5 座谈", "图6　走访", "表1-2：指标", "表1　进度"]


def test_headings_go_with_a_table_to_its_turned_page() -> None:
    row = "<tr>" + "<td>Completed-1001" * 15
    wide = f"<table>{row * 2}</table>"
    text = f"<p>甲</p><h2>一、台账</h2><h3>（一）明细</h3>{wide}<p>乙</p>"
    for content in (text, text.replace("<p>乙</p>", "")):
        data = render(_book(blocks(content)))
        assert findings(BytesIO(data)) == ()
        with zipfile.ZipFile(BytesIO(data)) as package:
            tree = etree.fromstring(package.read("word/document.xml"))
        body = list(tree[0])
        turned = next(
            place
            for place, each in enumerate(body)
            if each.find(f"{_W}pPr/{_W}sectPr/{_W}pgSz[@{_W}orient='landscape']") is not None
        )
        before = max(place for place in range(turned) if body[place].find(f"{_W}pPr/{_W}sectPr") is not None)
        words = ["".join(t.text or "" for t in each.iter(_W + "t")) for each in body[before + 1 : turned]]
        assert words[:2] == ["一、台账", "（一）明细"]


def test_footnotes_of_a_printed_case_are_footnotes_again_when_it_is_imported() -> None:
    content = blocks(
        "<p>数据<sup>[1]</sup>，又<sup>[2]</sup>。</p><p>注释</p><ol><li>甲书。</li><li>乙书。</li></ol>"
    )
    entry = make_entry("甲案", blocks=content)
    imported = read_word(render_case(entry, Photos()))
    case = assemble(imported.elements, pictures=imported.pictures, notes=imported.notes)
    assert noted(blocks(case.body_html)).notes == ((Run("甲书。"),), (Run("乙书。"),))
