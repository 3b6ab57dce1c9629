"""Notes of a text, and links between the cases of a book."""

import pytest

from casebook.crossing import crossed
from casebook.notes import noted
from foundation.richtext import Figure, Paragraph, Run, blocks, html


def test_notes_are_taken_from_the_end_of_the_text() -> None:
    found = noted(
        blocks(
            "<p>甲<sup>[1]</sup>乙</p><ul><li>丙<sup>[2]</sup></li></ul><p><b>注释</b></p><ol><li>一<li>二</ol>"
        )
    )
    assert html(found.blocks) == "<p>甲<sup>[1]</sup>乙</p><ul><li>丙<sup>[2]</sup></li></ul>"
    assert found.notes == ((Run("一"),), (Run("二"),))


def test_pictures_at_the_end_are_no_hindrance() -> None:
    picture = "<figure><img src='attachment:a'></figure>"
    found = noted(blocks(f"<p>甲<sup>[1]</sup></p><p>注释：</p>{picture}<ol><li>一</ol>{picture}"))
    assert [type(each) for each in found.blocks] == [Paragraph, Figure, Figure]
    assert found.notes == ((Run("一"),),)


@pytest.mark.parametrize(
    "text",
    [
        "<p>甲<sup>[1]</sup></p><p>结语</p><ol><li>一</ol>",
        "<p>甲<sup>[1]</sup></p><p>注释</p><ol><li>一<li>没有标注的</ol>",
        "<p>甲<sup>[1]</sup>乙<sup>[1]</sup></p><p>注释</p><ol><li>一</ol>",
        "<p>甲<sup>[2]</sup>乙<sup>[1]</sup></p><p>注释</p><ol><li>一<li>二</ol>",
        "<p>甲[1]</p><p>注释</p><ol><li>一</ol>",
        "<p>甲<sup>[1]</sup></p><p>注释</p><ul><li>一</ul>",
        "<p>甲</p>",
        "",
    ],
)
def test_what_does_not_agree_stays_as_it_was_written(text: str) -> None:
    assert noted(blocks(text)).blocks == blocks(text)
    assert noted(blocks(text)).notes == ()


def test_links_to_cases_of_the_book_lead_to_their_entries() -> None:
    body = blocks(
        "<p>见<a href='https://a.example/library/01HCASE000000001#top'>甲案</a>、"
        "<a href='https://a.example/library/01HOTHER00000001'>乙案</a></p>"
        "<table><tr><td><a href='https://a.example/x/01HCASE000000001'>表</a></table>"
    )
    found = crossed(body, {"01HCASE000000001": "entry1"})
    assert found[0] == Paragraph(
        (
            Run("见"),
            Run("甲案", href="entry:entry1"),
            Run("、"),
            Run("乙案", href="https://a.example/library/01HOTHER00000001"),
        )
    )
    assert "entry:entry1" in html(found[1:])
    assert crossed(body, {}) == body
