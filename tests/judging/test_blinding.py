"""The reading copy: names covered wherever they stand, nothing else changed."""

import pytest

from foundation.richtext import clean
from judging.blinding import Mask, blind_copy, neutral_name
from judging.values import BlindCopy, BlindSource
from submissions.identity import unit_forms
from submissions.intake.cleaning import OFFICE
from submissions.values import (
    UNDECIDED,
    AttachmentView,
    Author,
    Claim,
    DecidedMask,
    IdentityDecision,
    Source,
    VersionView,
)
from tests.judging.factories import version


def masked(text: str, unit: str = "东湖区审计局第二党支部", *authors: str) -> str:
    return Mask((unit,), authors).text(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("东湖区审计局第二党支部的做法", "〔单位〕的做法"),
        ("东湖区 审计局\u200b第二党\u3000支部的做法", "〔单位〕的做法"),
        ("中共东湖区审计局第二党支部", "中共〔单位〕"),
        ("我局党员", "我局党员"),
        (
            "邮箱 abc.d@example.gov.cn，电话010-12345678，手机13800138000",
            "邮箱 〔联系方式〕，电话〔联系方式〕，手机〔联系方式〕",
        ),
        ("见 https://www.example.gov.cn/a?b=1。", "见 〔网址〕。"),
        ("编号 20260101138001380001 不是电话", "编号 20260101138001380001 不是电话"),
    ],
)
def test_units_and_contacts(text: str, expected: str) -> None:
    assert masked(text) == expected


def test_authors_with_blanks_between_their_characters() -> None:
    assert (
        masked("执笔：张　三、李小四，联系张三", "某支部", "张三", "李小四")
        == "执笔：〔作者〕、〔作者〕，联系〔作者〕"
    )


def test_latin_names_are_whole_words_in_any_case() -> None:
    assert masked("LI WEI of acme corp, liweiwei", "ACME Corp", "Li Wei") == "〔作者〕 of 〔单位〕, liweiwei"


def test_the_other_width() -> None:
    assert masked("ＡＢ公司案例", "AB公司") == "〔单位〕案例"


def test_forms_of_a_name() -> None:
    assert unit_forms(["中共东湖区审计局机关委员会"]) == (
        "中共东湖区审计局机关委员会",
        "东湖区审计局机关委员会",
        "中共东湖区审计局机关",
        "东湖区审计局机关",
    )
    assert "幸福社区" in unit_forms(["城东街道幸福社区党支部"])
    assert unit_forms(["机关党委", "甲", " "]) == ("机关党委",)


def test_the_longest_name_wins_and_neighbours_become_one() -> None:
    mask = Mask(("东湖区审计局", "第二党支部"), ())
    assert mask.text("东湖区审计局第二党支部做法") == "〔单位〕做法"
    assert mask.count == 1


def test_names_across_formatting_are_found() -> None:
    body = clean(
        "<p>在<strong>东湖区审计</strong><em>局第二</em>党支部，<a href='https://x.cn/'>链接</a></p>"
    )
    copy = blind_copy(
        version(body=body, unit_name="东湖区审计局第二党支部"),
        label="A01",
        category_name="农村",
        unit_names=(),
    )
    assert copy.body_html == "<p>在<strong>〔单位〕</strong>，链接</p>"


def test_every_part_of_the_body_is_covered() -> None:
    body = clean(
        "<h2>张三</h2><ul><li>张三</li></ul><blockquote><p>张三</p></blockquote>"
        "<table><caption>张三</caption><tr><td>张三</td></tr></table>"
        "<figure><img src='attachment:abc' alt='张三'><figcaption>张三</figcaption></figure>"
    )
    copy = blind_copy(
        version(title="张三", summary="张三", body=body, authors=(Author("张三", "书记"),)),
        label="A01",
        category_name="农村",
        unit_names=(),
    )
    everything = copy.title + copy.summary + copy.body_html
    assert "张三" not in everything
    assert everything.count("〔作者〕") == 9


def test_a_body_without_names_is_unchanged() -> None:
    body = clean(
        "<h2>背景</h2><p>正文<strong>重点</strong><br>换行 &amp; &lt;符号&gt;</p><ol><li>一</li></ol>"
    )
    copy = blind_copy(version(body=body), label="A01", category_name="农村", unit_names=())
    assert (copy.body_html, copy.masked) == (body, 0)


def attachment(key: str, kind: str, name: str, position: int, caption: str = "") -> AttachmentView:
    media_type = "image/jpeg" if kind == "photo" else OFFICE[0]
    return AttachmentView(key, kind, name, media_type, 9, "f" * 64, caption, 1, 1, position)  # type: ignore[arg-type]  # a literal in a variable


def test_attachments_get_neutral_names_and_masked_captions() -> None:
    given = (
        attachment("b", "photo", "张三在某局.JPG", 2, "张三在现场"),
        attachment("a", "photo", "某局.png", 1),
        attachment("c", "file", "../某局 证明.docx", 3),
    )
    case_version = version(attachments=given, authors=(Author("张三", ""),))
    copy = blind_copy(case_version, label="A01", category_name="农村", unit_names=())
    assert [(each.name, each.caption) for each in copy.attachments] == [
        ("photo-1.png", ""),
        ("photo-2.jpg", "〔作者〕在现场"),
    ]
    with_files = blind_copy(case_version, label="A01", category_name="农村", unit_names=(), with_files=True)
    assert [each.name for each in with_files.attachments] == [
        "photo-1.png",
        "photo-2.jpg",
        "attachment-1.docx",
    ]


def test_names_of_superior_units_are_covered_too() -> None:
    copy = blind_copy(
        version(body="<p>市审计局与局里</p>"),
        label="A01",
        category_name="农村",
        unit_names=("市审计局", "局里"),
    )
    assert copy.body_html == "<p>〔单位〕与〔单位〕</p>"


def test_neutral_names_keep_only_a_plain_ending() -> None:
    assert neutral_name("file", 2, "C:\\文件\\证明.PDF") == "attachment-2.pdf"
    assert neutral_name("file", 1, "证明.某某局") == "attachment-1"
    assert neutral_name("file", 1, "证明") == "attachment-1"


# --- what a person has decided, claims and their evidence --------------------------------------------


def copy_of(
    given: VersionView, *, with_files: bool = False, decision: IdentityDecision = UNDECIDED
) -> BlindCopy:
    return blind_copy(
        given, label="A01", category_name="农村", unit_names=(), with_files=with_files, decision=decision
    )


def test_decided_words_are_covered_on_top_of_the_names() -> None:
    given = version(
        unit_name="东湖区审计局第二党支部",
        title="上河村的水账",
        body="<p>上<strong>河</strong>村与东湖区审计局第二党支部</p>",
    )
    decided = IdentityDecision(masks=(DecidedMask("上河村", "〔地名〕"), DecidedMask("水账", "〔略〕")))
    copy = copy_of(given, decision=decided)
    assert (copy.title, copy.body_html) == ("〔地名〕的〔略〕", "<p>〔地名〕与〔单位〕</p>")
    assert copy.masked == 4


def test_names_that_reach_into_one_another_leave_no_piece() -> None:
    mask = Mask(("上河村党支部",), (), (DecidedMask("青溪镇上河村", "〔地名〕"),))
    assert mask.text("在青溪镇上河村党支部里") == "在〔地名〕里"
    assert "青溪" not in mask.text("青溪镇 上河村党支部的做法")


def test_photos_kept_back_are_gone_from_body_and_list() -> None:
    body = clean(
        "<p>一</p><figure><img src='attachment:a' alt='牌子'><figcaption>牌子</figcaption></figure>"
        "<ul><li><figure><img src='attachment:a' alt=''></figure></li></ul>"
        "<figure><img src='attachment:b' alt='山'></figure>"
    )
    given = version(
        body=body, attachments=(attachment("a", "photo", "a.jpg", 1), attachment("b", "photo", "b.jpg", 2))
    )
    copy = copy_of(given, decision=IdentityDecision(withheld=("a",)))
    assert "attachment:a" not in copy.body_html
    assert "牌子" not in copy.body_html
    assert [(each.id, each.name) for each in copy.attachments] == [("b", "photo-1.jpg")]


def claimed(quote: str, *sources: Source, before: str = "", after: str = "") -> Claim:
    return Claim("c1", quote, before, after, sources)


def test_a_claim_shows_covered_words_and_neutral_evidence() -> None:
    given = version(
        unit_name="东湖区审计局第二党支部",
        body="<p>张三所在的东湖区审计局第二党支部化解矛盾23件。</p>",
        authors=(Author("张三", ""),),
        attachments=(
            attachment("p", "photo", "张三.jpg", 1, "张三在现场"),
            attachment("f", "file", "东湖区审计局台账.docx", 2),
        ),
        claims=(
            claimed(
                "第二党支部化解矛盾23件",
                Source(attachment_id="p", note="左起第二人张三"),
                Source(attachment_id="f", note="第 3 页"),
                Source(url="https://www.donghu-audit.gov.cn/1", note="东湖区审计局第二党支部网站"),
                before="张三所在的东湖区审计局",
                after="。",
            ),
        ),
    )
    claim = copy_of(given).claims[0]
    assert (claim.number, claim.words) == (1, "〔单位〕化解矛盾23件")
    assert claim.sources == (
        BlindSource("photo", "photo-1.jpg", "〔作者〕在现场", "左起第二人〔作者〕"),
        BlindSource("file", "", "", "第 3 页"),
        BlindSource("link", "", "", "〔单位〕网站"),
    )
    opened = copy_of(given, with_files=True).claims[0]
    assert opened.sources[1].name == "attachment-1.docx"


def test_covering_a_claim_does_not_count_twice() -> None:
    given = version(body="<p>张三办结23件。</p>", authors=(Author("张三", ""),))
    with_claim = version(
        body="<p>张三办结23件。</p>", authors=(Author("张三", ""),), claims=(claimed("张三办结23件"),)
    )
    assert copy_of(with_claim).masked == copy_of(given).masked == 1
