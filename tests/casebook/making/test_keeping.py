"""A book's values as bytes and back."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.book import BoardLine, FontRole, Format, IndexKind, Matter, Photo, Profile, Trim, Typeface
from casebook.making.keeping import packed, unpacked
from foundation.richtext import blocks
from tests.casebook.factories import make_book, make_entry

BODY = (
    "<h2>一、背景</h2><p>支部<strong>有</strong>党员<sup>[1]</sup>。</p><ul><li>一<ol><li>二</li></ol></li></ul>"
    "<table><tr><th colspan='2'>甲</th></tr><tr><td>1</td><td>2</td></tr></table>"
    "<figure><img src='attachment:300x200' alt='图'><figcaption>图注</figcaption></figure>"
    "<blockquote><p class='ta-right'>引</p></blockquote>"
)


def test_everything_comes_back() -> None:
    entry = replace(
        make_entry(body=BODY), id="1", photos=(Photo("attachment:10x10", "照片"),), topics=("养老",)
    )
    book = make_book(
        entry,
        format=Format(
            Profile.INTERNAL,
            Trim.A4,
            reference=b"PK\x00\xff",
            fonts=((FontRole.BODY, Typeface("宋体", "Times New Roman")),),
        ),
        board=(BoardLine("主编", ("甲", "乙")),),
        back=(Matter("后记", blocks("<p>谢谢。</p>")),),
        indexes=(IndexKind.PLACES,),
        mark="校样",
    )
    assert unpacked(packed(book)) == book
    assert packed(book) == packed(unpacked(packed(book)))


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"])))
def test_any_words_come_back(words: str) -> None:
    book = make_book(make_entry(title=words, summary=words))
    assert unpacked(packed(book)) == book


@pytest.mark.parametrize("kept", [b"", b"no gzip", packed(make_book())[:-9]])
def test_what_is_no_book_says_so(kept: bytes) -> None:
    with pytest.raises((ValueError, EOFError)):
        unpacked(kept)
