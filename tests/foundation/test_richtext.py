"""The door for HTML: what comes in, what is kept, and that the way back is exact."""

import time

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    attachment_ids,
    blocks,
    clean,
    figures,
    html,
    plain,
)

CLEANED = [
    ("", ""),
    ("散落的字", "<p>散落的字</p>"),
    ("<p>一</p>\n<p>  </p><p><br></p><p>&nbsp;</p><p>　　二</p>", "<p>一</p><p>二</p>"),
    ("<div>一</div><div>二<br>三</div>", "<p>一</p><p>二<br>三</p>"),
    (
        "<h1>甲</h1><h2>乙</h2><h3>丙</h3><h4>丁</h4><h6>戊</h6>",
        "<h2>甲</h2><h2>乙</h2><h3>丙</h3><h4>丁</h4><h4>戊</h4>",
    ),
    ("<h2><strong>一、</strong>背景 <em>x</em></h2>", "<h2>一、背景 x</h2>"),
    (
        "<p><b>粗</b><i>斜</i><ins>下</ins><del>删</del>H<sub>2</sub>x<sup>2</sup></p>",
        "<p><strong>粗</strong><em>斜</em><u>下</u><s>删</s>H<sub>2</sub>x<sup>2</sup></p>",
    ),
    ("<p><b>一</b><b>二</b></p>", "<p><strong>一二</strong></p>"),
    ("<strong><p>一</p><p>二</p></strong>", "<p><strong>一</strong></p><p><strong>二</strong></p>"),
    ('<p style="text-align: center; color: red">中</p>', '<p class="ta-center">中</p>'),
    (
        '<p align="right">右</p><p class="x ta-right y">右</p>',
        '<p class="ta-right">右</p><p class="ta-right">右</p>',
    ),
    ('<p style="text-align:justify" class="MsoNormal">文</p>', "<p>文</p>"),
    ("<center><p>中</p></center>", '<p class="ta-center">中</p>'),
    ("<script>alert(1)</script><p onclick=x>文<style>p{}</style></p>", "<p>文</p>"),
    ("<p>a\x00b\x0bc\ud800&#1;d\u202e</p>", "<p>abcd</p>"),
    ("<p>1 &lt; 2 &amp; 3</p>", "<p>1 &lt; 2 &amp; 3</p>"),
    (
        '<a href="https://example.org/?a=1&b=2" target=_blank>链接</a>',
        '<p><a href="https://example.org/?a=1&amp;b=2" rel="nofollow noopener noreferrer">链接</a></p>',
    ),
    (
        '<a href="mailto:a@b.cn">信</a>',
        '<p><a href="mailto:a@b.cn" rel="nofollow noopener noreferrer">信</a></p>',
    ),
    (
        '<a href="javascript:alert(1)">坏</a><a href=" java\nscript:x">坏</a><a href="/in">内</a>',
        "<p>坏坏内</p>",
    ),
    ('<img src="http://x.cn/a.png"><img src="data:image/png;base64,AA"><img alt="x">', ""),
    ('<img src="attachment:../etc"><img src="attachment:"><img src="attachment:a b">', ""),
    (
        '<p>前<img src="attachment:A1" alt="升旗 &gt;" onerror="x">后</p>',
        '<p>前</p><figure><img src="attachment:A1" alt="升旗 &gt;"></figure><p>后</p>',
    ),
    (
        '<figure><img src="attachment:A1"><figcaption>图1 <b>活动</b></figcaption></figure>',
        '<figure><img src="attachment:A1" alt=""><figcaption>图1 活动</figcaption></figure>',
    ),
    ("<figure><figcaption>只有说明</figcaption></figure>", "<p>只有说明</p>"),
    ("<ul><li>一<ul><li>二</li></ul></li></ul>", "<ul><li>一<ul><li>二</li></ul></li></ul>"),
    ("<ul><li>一</li><ol><li>二</li></ol><li></li></ul>", "<ul><li>一<ol><li>二</li></ol></li></ul>"),
    ("<ol><li><p>一</p><p>二</p></li></ol>", "<ol><li><p>一</p><p>二</p></li></ol>"),
    ("<ul></ul><table></table><table><tr><td></td></tr></table><blockquote> </blockquote>", ""),
    (
        "<table><tr><th>项</th><th>数</th></tr><tr><td>党员</td><td>42</td></tr></table>",
        "<table><thead><tr><th>项</th><th>数</th></tr></thead><tbody><tr><td>党员</td><td>42</td></tr></tbody></table>",
    ),
    (
        "<table><caption>表1</caption><tr><td colspan=999999999 rowspan=9>宽</td></tr>"
        "<tr><td rowspan=x>窄</td></tr></table>",
        '<table><caption>表1</caption><tbody><tr><td colspan="60" rowspan="2">宽</td></tr>'
        "<tr><td>窄</td></tr></tbody></table>",
    ),
    (
        "<figure><table><tr><td>甲</td></tr></table><figcaption>表2</figcaption></figure>",
        "<table><caption>表2</caption><tbody><tr><td>甲</td></tr></tbody></table>",
    ),
    ("<blockquote>引<p>文</p></blockquote>", "<blockquote><p>引</p><p>文</p></blockquote>"),
    ("<p>a  \n b <strong> c</strong></p>", "<p>a b <strong>c</strong></p>"),
    ("<p><br>一 <br> 二<br></p>", "<p>一<br>二</p>"),
    ("<custom-x>未知</custom-x><iframe src=x></iframe><form><input value=y></form>", "<p>未知</p>"),
]


@pytest.mark.parametrize(("dirty", "expected"), CLEANED)
def test_clean_gives_the_canonical_subset(dirty: str, expected: str) -> None:
    assert clean(dirty) == expected
    assert clean(expected) == expected


def test_blocks_are_typed_values() -> None:
    body = (
        '<h2>一、背景</h2><p class="ta-center">文<strong>粗</strong></p><ol><li>甲</li></ol>'
        "<table><caption>表</caption><tr><th>h</th></tr><tr><td colspan=2>c</td></tr></table>"
        '<figure><img src="attachment:A" alt="b"><figcaption>图</figcaption></figure>'
        "<blockquote>引</blockquote>"
    )
    assert blocks(body) == (
        Heading(2, (Run("一、背景"),)),
        Paragraph((Run("文"), Run("粗", bold=True)), "center"),
        ListBlock(True, ((Paragraph((Run("甲"),)),),)),
        Table(
            (
                (Cell((Paragraph((Run("h"),)),), header=True),),
                (Cell((Paragraph((Run("c"),)),), colspan=2),),
            ),
            "表",
        ),
        Figure("attachment:A", "b", "图"),
        Quote((Paragraph((Run("引"),)),)),
    )


def test_plain_has_one_line_a_paragraph() -> None:
    body = (
        "<h2>题</h2><p>一<br>二</p><ul><li>甲<ul><li>乙</li></ul></li></ul>"
        "<table><caption>表</caption><tr><td>a</td><td>b</td></tr><tr><td></td></tr></table>"
        '<figure><img src="attachment:A" alt="不算"><figcaption>图</figcaption></figure>'
    )
    assert plain(body) == "题\n一\n二\n甲\n乙\n表\na\tb\n图"


def test_pictures_are_found_wherever_they_stand() -> None:
    body = (
        '<ul><li><img src="attachment:A"></li></ul><table><tr><td><img src="attachment:B"></td></tr></table>'
        '<blockquote><img src="attachment:A"></blockquote><img src="attachment:C">'
    )
    assert attachment_ids(body) == ("A", "B", "C")
    assert [figure.attachment_id for figure in figures(blocks(body))] == ["A", "B", "A", "C"]


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 300_000 + "x",
        "<table><tr><td>" * 5_000 + "x",
        "<ul><li>" * 5_000 + "x",
        "<b>" * 50_000 + "x",
        "<blockquote>" * 450 + "x",
    ],
)
def test_nested_bombs_are_flattened_quickly(bomb: str) -> None:
    started = time.perf_counter()
    assert plain(bomb) == "x"
    assert clean(clean(bomb)) == clean(bomb)
    assert time.perf_counter() - started < 2


_TEXTS = st.text(st.sampled_from(list("党建 ab<&>\"'\n　\xa01。🎉")), min_size=0, max_size=8)
_TAG_NAMES = """
    p div h1 h2 h4 ul ol li table thead tr td th caption blockquote figure figcaption
    strong em a b u s sub sup center section script style svg
"""
_OPENING = st.sampled_from(_TAG_NAMES.split())


@st.composite
def _soup(draw: st.DrawFn) -> str:
    parts: list[str] = []
    for _ in range(draw(st.integers(0, 25))):
        kind = draw(st.integers(0, 5))
        if kind == 0:
            parts.append(draw(_TEXTS))
        elif kind == 1:
            parts.append(f"</{draw(_OPENING)}>")
        elif kind == 2:
            parts.append(
                draw(st.sampled_from(["<br>", '<img src="attachment:A1" alt="b">', "<img src=x>", "<hr>"]))
            )
        elif kind == 3:
            parts.append('<a href="https://example.org/a">')
        elif kind == 4:
            parts.append('<td colspan="3" rowspan="2">')
        else:
            parts.append(f"<{draw(_OPENING)}>")
    return "".join(parts)


@settings(max_examples=400, deadline=None)
@given(_soup())
def test_the_way_back_is_exact_and_the_subset_is_safe(dirty: str) -> None:
    found = blocks(dirty)
    written = html(found)
    assert blocks(written) == found
    assert clean(written) == written
    assert nh3.is_html(written) or not found
    assert "<script" not in written
    assert "style=" not in written


def test_a_usual_body_is_cleaned_in_milliseconds() -> None:
    paragraphs = "<p>支部<strong>坚持</strong>把学习教育同业务工作结合起来，参与率由72%升至96%。</p>" * 60
    content: tuple[Block, ...] = blocks(paragraphs)
    started = time.perf_counter()
    clean(paragraphs)
    assert len(content) == 60
    assert time.perf_counter() - started < 0.2
