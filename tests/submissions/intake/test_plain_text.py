"""Texts as offices leave them: encodings, web debris, names where they stand or nowhere."""

from __future__ import annotations

import time

import pytest

from foundation.richtext import Heading, ListBlock, Paragraph, Table, blocks, plain, text
from submissions.intake import ParsedCase, Unreadable, read_document
from submissions.intake.naming import authors_of, labelled, title_in, unit_in
from submissions.intake.plain_text import decoded
from submissions.values import Author

LONG = (
    "支部坚持把学习教育同业务工作结合起来，每月安排一次集中学习和一次现场研讨，党员轮流主讲，群众可以旁听。"
    * 2
)
CASE = f"夜校开在直播间\n某某局企业审计二处党支部\n\n一、背景\n{LONG}\n二、做法\n{LONG}\n"
TRADITIONAL = "黨建創新案例：支部堅持把學習教育同業務工作結合起來，每月安排一次集中學習。" * 3


def read(content: str, name: str = "case.txt") -> ParsedCase:
    return read_document(name, content.encode())


def outline(case: ParsedCase) -> list[str]:
    return [
        f"h{each.level} {text(each.runs)}" for each in blocks(case.body_html) if isinstance(each, Heading)
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_simplified_text_in_any_encoding(encoding: str) -> None:
    case = read_document("案例.txt", CASE.encode(encoding))
    assert (case.title, case.unit) == ("夜校开在直播间", "某某局企业审计二处党支部")
    assert outline(case) == ["h2 一、背景", "h2 二、做法"]


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "utf-16"])
def test_traditional_text_in_any_encoding(encoding: str) -> None:
    assert decoded(TRADITIONAL.encode(encoding)).content == TRADITIONAL


@pytest.mark.parametrize("data", [b"", b"  \n ", bytes(range(256)) * 4, b"\x00\x01\x02" * 50])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_document("x.txt", data)


def test_a_word_file_with_another_name_is_read_as_what_it_is() -> None:
    with pytest.raises(Unreadable) as refused:
        read_document("x.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64)
    assert "Word 文件" in str(refused.value.reason)


def test_web_debris_goes_and_lines_below_are_kept_apart() -> None:
    page = (
        "Submission email:\nOn site search:\nSite >> Topic >> Cases\n\nNight School\n\nNight School\n\n"
        "Party Branch of the Second Bureau\nSource: Banner net 10:11, April 11, 2022\nText zoom:\n\n"
        f"{'In recent years the branch has met each week. ' * 5}\n\n"
        "What we did\n\n"
        f"{'The rotating anchor speaks for ten minutes and takes questions. ' * 5}"
        "(Editor: A B Signed by: C D).\n\nRelated Post\nAnother title\n"
    )
    case = read(page)
    assert (case.title, case.unit) == ("Night School", "Party Branch of the Second Bureau")
    assert case.source_line == "Source: Banner net 10:11, April 11, 2022"
    assert case.signoff_line == "Editor: A B Signed by: C D"
    assert outline(case) == ["h2 What we did"]
    assert "Related" not in plain(case.body_html)
    assert "Another title" not in plain(case.body_html)


def test_chinese_debris_glosses_and_names_in_brackets() -> None:
    page = (
        "近年來,某某市(shì)審計局機關黨支部不斷探索推進(jìn)支部規范化建設,成效明顯。\n"
        f"{TRADITIONAL}(劉陽、陳正杰)\n責(zé)任編輯:蔡波濤 |\n【關閉】 【打印】 |\n"
    )
    case = read(page)
    assert (case.title, case.unit) == ("探索推進支部規范化建設", "某某市審計局機關黨支部")
    assert case.authors == (Author("劉陽", ""), Author("陳正杰", ""))
    assert case.signoff_line == "責任編輯:蔡波濤"
    body = plain(case.body_html)
    assert "市(shì)審計局" in body
    assert body.endswith("每月安排一次集中學習。")


def test_buttons_at_the_end_of_a_paragraph_go() -> None:
    for buttons in ("【关闭】 【打印】 |", "【關(guān)閉】 【打印】 |", " Sharing let more people see this."):
        assert plain(read(f"标题在这里\n{LONG}{buttons}").body_html) == LONG


@pytest.mark.parametrize(
    "hostile",
    [
        "甲" + " " * 200_000 + "乙",
        "（甲乙" + " \t" * 100_000,
        "|" * 200_000 + "x",
        "【" * 100_000,
        "- " * 100_000 + "x",
        "--" + " |" * 100_000 + "x",
        "**" * 100_000,
        "[" * 100_000,
        "（来源：" * 30_000,
        "Party Branch of " * 20_000,
    ],
)
@pytest.mark.parametrize("name", ["case.txt", "case.md"])
def test_hostile_lines_take_no_time(hostile: str, name: str) -> None:
    started = time.process_time()
    read(f"标题在这里\n{hostile}\n{LONG}", name)
    assert time.process_time() - started < 5


def test_labels_name_everything() -> None:
    case = read(
        f"案例名称：早班车\n申报单位：公交三场党支部\n案例类别：国有企业\n作者：张三（书记）、李四\n摘要：一句话。\n{LONG}"
    )
    assert (case.title, case.unit, case.category, case.summary) == (
        "早班车",
        "公交三场党支部",
        "国有企业",
        "一句话。",
    )
    assert case.authors == (Author("张三", "书记"), Author("李四", ""))


def test_lines_broken_by_a_program_are_joined() -> None:
    line = "支部把早班车司机的难处一条条记下来逐条商量办法办成一件划掉一件三个月办成"
    content = "标题在这里\n\n" + "\n".join(["　　" + line] + [line] * 4) + "\n\n" + "\n".join([line] * 5)
    case = read(content)
    paragraphs = [each for each in blocks(case.body_html) if isinstance(each, Paragraph)]
    assert [len(text(each.runs)) for each in paragraphs] == [5 * len(line), 5 * len(line)]


def test_markdown_with_front_matter() -> None:
    case = read(
        "---\ntitle: 红色早班车\nunit: 公交三场党支部\nauthors: 张三\nsummary: 摘。\n---\n"
        f"## 背景\n{LONG}\n\n### 细节\n- 甲\n  - 子\n- 乙\n\n1. 一\n2. 二\n\n> 引文\n\n"
        "| 年 | 数 |\n|---|---|\n| 2025 | **41** |\n\n"
        "见[网页](https://example.org/a)和 *斜* ~~删~~ `码` [坏](javascript:x)\n",
        "case.md",
    )
    assert (case.title, case.unit, case.authors, case.summary) == (
        "红色早班车",
        "公交三场党支部",
        (Author("张三", ""),),
        "摘。",
    )
    assert case.body_html == (
        f"<h2>背景</h2><p>{LONG}</p><h3>细节</h3><ul><li>甲<ul><li>子</li></ul></li><li>乙</li></ul>"
        "<ol><li>一</li><li>二</li></ol><blockquote><p>引文</p></blockquote>"
        "<table><thead><tr><th>年</th><th>数</th></tr></thead>"
        "<tbody><tr><td>2025</td><td><strong>41</strong></td></tr></tbody></table>"
        '<p>见<a href="https://example.org/a" rel="nofollow noopener noreferrer">网页</a>和 <em>斜</em> '
        "<s>删</s> 码 坏</p>"
    )


def test_a_first_heading_is_the_title_of_a_markdown_text() -> None:
    case = read(f"# 早班车\n\n## 背景\n\n{LONG}\n\n## 做法\n\n{LONG}\n", "case.md")
    assert (case.title, outline(case)) == ("早班车", ["h2 背景", "h2 做法"])


def test_bullets_of_plain_texts_are_lists() -> None:
    case = read(f"标题在这里\n{LONG}\n● 甲\n● 乙\n")
    assert [type(each) for each in blocks(case.body_html)] == [Paragraph, ListBlock]
    assert not [each for each in blocks(case.body_html) if isinstance(each, Table)]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("申报单位：甲", ("unit", "甲")),
        ("【摘要】 一二", None),
        ("【摘要】：一二", ("summary", "一二")),
        ("作 者: 张三", ("authors", "张三")),
        ("单位工作很忙", None),
    ],
)
def test_labelled(written: str, expected: tuple[str, str] | None) -> None:
    assert labelled(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("近年来，甲乙县税务局机关党支部坚持党建引领。", "甲乙县税务局机关党支部"),
        ("In 2021, the Party Branch of the Second Bureau was awarded.", "Party Branch of the Second Bureau"),
        ("天气很好。", ""),
    ],
)
def test_unit_in(written: str, expected: str) -> None:
    assert unit_in([written]) == expected


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("近年来，甲局立足实际，用好微信群，打造“三个微平台”，成效好。", "用好微信群 打造“三个微平台”"),
        ("甲局不断探索服务群众新办法。", "探索服务群众新办法"),
        ("天气很好", "天气很好"),
    ],
)
def test_title_in(first: str, expected: str) -> None:
    assert title_in(first, "甲局") == expected


def test_authors_of() -> None:
    assert authors_of("张三（党支部书记）、李四；王五") == (
        Author("张三", "党支部书记"),
        Author("李四", ""),
        Author("王五", ""),
    )
