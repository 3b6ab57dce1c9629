from datetime import date

import pytest

from submissions.rules.texts import check_pledge, check_text, pictures_in
from submissions.values import AttachmentView, Author, CaseText, Pledge
from tests.submissions.factories import attachment, rules, text

TODAY = date(2026, 3, 10)


def found(
    what: CaseText, *, words: int = 1000, attachments: tuple[AttachmentView, ...] = ()
) -> list[tuple[str, str, bool]]:
    findings = check_text(what, rules(), word_count=words, attachments=attachments, today=TODAY)
    return [(each.field, str(each.message), each.blocking) for each in findings]


def test_a_complete_case_has_nothing_to_put_right() -> None:
    assert found(text()) == []


def test_an_empty_draft_lacks_everything_in_the_order_of_the_page() -> None:
    assert [field for field, _sentence, _blocking in found(CaseText(), words=0)] == [
        "title",
        "category_key",
        "authors-0-name",
        "practice_from",
        "summary",
        "body",
    ]


@pytest.mark.parametrize(
    ("changes", "words", "field", "sentence"),
    [
        ({"title": "题" * 61}, 1000, "title", "案例标题不能超过 60 个字，现在是 61 个字。"),
        ({"category_key": "moon"}, 1000, "category_key", "本次征集没有所选的类别，请重新选择。"),
        ({"authors": (Author("", "书记"),)}, 1000, "authors-0-name", "第 1 位作者没有填写姓名。"),
        ({"authors": (Author("甲", ""),) * 11}, 1000, "authors-0-name", "作者不能超过 10 位，现在是 11 位。"),
        ({"practice_from": date(2026, 3, 11)}, 1000, "practice_from", "实践开始的日期不能晚于今天。"),
        ({"practice_to": date(2025, 4, 30)}, 1000, "practice_to", "实践结束的日期不能早于开始的日期。"),
        ({"summary": "摘" * 301}, 1000, "summary", "内容摘要不能超过 300 个字，现在是 301 个字。"),
        ({}, 799, "body", "正文至少要 800 字，现在是 799 字。"),
        ({}, 3001, "body", "正文不能超过 3000 字，现在是 3001 字。"),
        (
            {"body_html": '<figure><img src="attachment:gone" alt=""></figure>'},
            1000,
            "body",
            "正文中有一张图片已被移除，请删去该图片或重新插入。",
        ),
    ],
)
def test_each_lack_is_a_sentence_at_its_field(
    changes: dict[str, object], words: int, field: str, sentence: str
) -> None:
    assert found(text(**changes), words=words) == [(field, sentence, True)]


@pytest.mark.parametrize("words", [800, 3000])
def test_the_limits_belong_to_the_allowed_length(words: int) -> None:
    assert found(text(), words=words) == []


def test_a_photo_without_a_caption_is_only_pointed_out() -> None:
    photos = (
        attachment("a1"),
        attachment("a2", caption="", name="二.jpg"),
        attachment("f", kind="file", caption=""),
    )
    assert found(text(), attachments=photos) == [("caption-a2", "照片“二.jpg”还没有说明文字。", False)]


@pytest.mark.parametrize(("width", "fields"), [(1299, ["file-a1"]), (1300, []), (4000, []), (None, [])])
def test_a_photo_too_small_to_print_is_pointed_out(width: int | None, fields: list[str]) -> None:
    photo, file = attachment(width=width), attachment("a2", kind="file", width=None)
    small = [each for each in found(text(), attachments=(photo, file)) if "300 dpi" in each[1]]
    assert [(field, blocking) for field, _sentence, blocking in small] == [(field, False) for field in fields]


def test_pictures_are_found_once_each_in_order() -> None:
    body = (
        '<figure><img src="attachment:b2" alt=""></figure><img src="attachment:a1"><img src="attachment:b2">'
    )
    assert pictures_in(body) == ("b2", "a1")


@pytest.mark.parametrize(
    ("pledge", "fields"),
    [
        (Pledge(True, "张建国"), []),
        (Pledge(False, "张建国"), ["pledge"]),
        (Pledge(True, " "), ["pledge_name"]),
        (Pledge(False, ""), ["pledge", "pledge_name"]),
    ],
)
def test_the_pledge(pledge: Pledge, fields: list[str]) -> None:
    assert [each.field for each in check_pledge(pledge, rules())] == fields
