"""A body as the reader's page sets it."""

import pytest

from search.language import language_of
from search.typeset import Section, contents, lead_photo, minutes, set_body
from submissions.values import AttachmentView

BODY = (
    '<h2>一、做法</h2><p>甲&lt;b&gt;</p><figure><img src="attachment:a" alt=""></figure>'
    '<h4>细节</h4><table><tbody><tr><td>1<figure><img src="attachment:b" alt="钟&amp;表"></figure></td></tr>'
    "</tbody></table>"
)


def photo(identity: str, width: int | None = 900, height: int | None = 600) -> AttachmentView:
    return AttachmentView(identity, "photo", "x.jpg", "image/jpeg", 1, "f" * 64, "“墙”<上", width, height, 1)


def test_headings_get_the_anchors_that_the_contents_name() -> None:
    assert contents(BODY) == (Section(2, "一、做法", "s1"), Section(4, "细节", "s2"))
    shown = set_body(BODY, [], "/p")
    assert '<h2 id="s1">一、做法</h2>' in shown
    assert '<h4 id="s2">细节</h4>' in shown


def test_pictures_enlarge_and_have_words_for_those_who_do_not_see_them() -> None:
    shown = set_body(BODY, [photo("a"), photo("b", None, None)], "/p")
    assert (
        '<a class="enlarge" href="/p/a" data-enlarge><img src="/p/a" alt="“墙”&lt;上" width="900" '
        'height="600" loading="lazy"></a>' in shown
    )
    assert '<img src="/p/b" alt="钟&amp;表" loading="lazy">' in shown
    assert "attachment:" not in shown


def test_a_picture_that_is_not_published_is_left_out() -> None:
    assert "<img" not in set_body(BODY, [], "/p")


def test_a_table_scrolls_in_a_box_with_a_name() -> None:
    shown = set_body(BODY, [], "/p")
    assert '<div class="table-box" role="region" tabindex="0" aria-label="表格 1"><table>' in shown
    assert shown.endswith("</table></div>")


@pytest.mark.parametrize(
    ("body", "photos", "expected"),
    [
        ("<p>一</p>" * 5, [photo("small", 400, 300), photo("high", 900, 1200), photo("wide")], "wide"),
        (BODY, [photo("wide")], ""),  # the text begins with a picture of its own
        ("<p>一</p>", [photo("unknown", None, None)], ""),
    ],
)
def test_the_lead_photo(body: str, photos: list[AttachmentView], expected: str) -> None:
    found = lead_photo(body, photos)
    assert (found.id if found else "") == expected


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [(0, "zh-Hans", 1), (390, "zh-Hans", 1), (2000, "zh-Hant", 5), (2200, "en", 10)],
)
def test_minutes(words: int, language: str, expected: int) -> None:
    assert minutes(words, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支部坚持把课堂搬到一线，著名作家于是来了。", "zh-Hans"),
        ("近年來，長沙辦認真貫徹黨建工作要求，搭建黨建微信羣。", "zh-Hant"),
        ("The branch runs a night party school online.", "en"),
        ("WeChat 群里的夜间党校", "zh-Hans"),
        ("", "zh-Hans"),
    ],
)
def test_the_language_of_a_text(text: str, expected: str) -> None:
    assert language_of(text) == expected
