"""One table for the server's and the page's word count."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from foundation.wordcount import word_count

COUNTED: list[tuple[str, int]] = [
    # nothing
    ("", 0),
    (" \t\n　\u00a0", 0),
    ("\u200b\ufeff\u00ad", 0),
    # East Asian characters, one each
    ("党", 1),
    ("基层党组织", 5),
    ("党 建", 2),
    ("党　建", 2),
    ("黨建創新", 4),
    ("第一段\n第二段", 6),
    ("第一段\r\n第二段", 6),
    ("𠮷野家", 3),
    ("葛󠄁城", 2),
    ("㐀䶵龥", 3),
    ("〇一二", 3),
    ("々", 1),
    ("ひらがなカタカナ", 8),
    ("ｶﾀｶﾅ", 4),
    ("ㄅㄆㄇ", 3),
    ("㈠㊣㎡", 3),
    ("Ｐａｒｔｙ２０２２", 9),
    # Chinese punctuation, one each
    ("你好，世界。", 6),
    ("《求是》、【关闭】", 9),
    ("（一）背景", 5),
    ("什么？！", 4),
    ("“三会一课”", 6),
    ("‘双结对’活动", 7),
    ("支部——战斗堡垒", 8),
    ("等等……", 4),
    ("2020—2022年", 4),
    ("卡尔·马克思", 6),
    ("Ⅲ级响应", 4),
    ("①抓学习②抓落实", 8),
    ("■重点→措施", 6),
    ("室温25℃", 4),
    ("3×5米", 4),
    ("第§3条", 4),
    # other scripts by words
    ("hello", 1),
    ("hello world", 2),
    ("  hello   world  ", 2),
    ("well-being", 1),
    ("vis-a-vis June 30, 2003", 4),
    ("06/30/2003", 1),
    ("it's, isn't it?", 3),
    ("It’s a “Night Party School”", 5),
    ("a – b", 3),
    ("café naïve", 2),
    ("cafe\u0301", 1),
    ("Привет, мир", 2),
    ("мир и党", 3),
    ("12,000", 1),
    ("3.14", 1),
    ("72%", 1),
    ("2022-01-29", 1),
    ("+ - =", 3),
    ("##### $$$$$", 2),
    ("http://example.org/a?b=1", 1),
    ("Party\u00a0branch", 2),
    # mixed
    ("使用 Adobe Photoshop 打开图片", 8),
    ("使用Adobe Photoshop打开图片", 8),
    ("2022年3月5日", 6),
    ("参与率由72%升至96%。", 9),
    ("投入12,000.50元", 4),
    ("“互联网+党建”", 8),
    ("“Internet+”模式", 5),
    ("微信H5互动", 5),
    ("A+B与C", 3),
    ("(一)背景", 5),
    ("党建,创新", 5),
    ("@你来敲黑板", 6),
    ("他说It’s OK", 4),
    ("COVID\u201119防控", 3),
    ("习(xí)近平", 4),
    ("認(rèn)真", 3),
    ("第1章 Party building 党建", 7),
    ("“好”\n“good”", 4),
    # Korean by words
    ("안녕하세요", 1),
    ("안녕 하세요", 2),
    ("안녕하세요 世界", 3),
    ("한글abc", 2),
    # emoji, one each
    ("👍", 1),
    ("👍👍", 2),
    ("点赞👍", 3),
    ("great 👍", 2),
    ("👍🏽", 1),
    ("👨‍👩‍👧‍👦", 1),
    ("🇨🇳", 1),
    ("国旗🇨🇳好", 4),
    ("完成✅", 3),
]


@pytest.mark.parametrize(("text", "expected"), COUNTED)
def test_word_count_counts_as_word_does(text: str, expected: int) -> None:
    assert word_count(text) == expected


def test_the_table_is_as_long_as_was_asked() -> None:
    assert len(COUNTED) >= 60
    assert len({text for text, _ in COUNTED}) == len(COUNTED)


_ALPHABET = "党建，。“”’—…（）一①℃Ⅲ\u30003\tab é1.%+- \n👍🏽\u200d👧🇨🇳한글ｶ\ufe0f\u0301𠮷\u2011\u00a0·×"
_MIXED = st.lists(st.text(st.sampled_from(_ALPHABET), max_size=30), min_size=1, max_size=40)


@settings(max_examples=100, deadline=None)
@given(_MIXED)
def test_paragraphs_are_counted_on_their_own(parts: list[str]) -> None:
    assert word_count("\n".join(parts)) == sum(map(word_count, parts))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_the_page_counts_the_same(page: Page) -> None:
    texts = [text for text, _ in COUNTED]
    for start in range(0, len(_ALPHABET) ** 2, 7):
        first, second = divmod(start, len(_ALPHABET))
        texts.append(
            _ALPHABET[first] + _ALPHABET[second] + _ALPHABET[(first + second) % len(_ALPHABET)] + "a"
        )
        texts.append("党" + texts[-1])
    page.add_script_tag(path=Path(__file__).parents[2] / "webapp/static/js/wordcount.js")
    counted = page.evaluate("texts => texts.map(exemplarWordCount)", texts)
    assert counted == [word_count(text) for text in texts]


def test_a_case_is_counted_in_a_blink() -> None:
    text = "支部坚持“三会一课”制度，参与率由72%升至96%，Internet+ 党建。\n" * 200
    started = time.perf_counter()
    assert word_count(text) == 200 * word_count(text.split("\n")[0])
    assert time.perf_counter() - started < 0.2
