"""Manuscripts as lines with addresses, and the way back: exactly there and nowhere else."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from casebook.aids.rules import keys
from casebook.aids.rules.checking import slips
from casebook.aids.rules.reading import Change, changed, read
from casebook.aids.rules.terms import Glossary
from casebook.aids.values import Ignoring, Role, Scope
from casebook.values import PlacedPhoto
from foundation import richtext
from tests.casebook.aids.reading import manuscript, mended

BODY = (
    "<h2>一、背景</h2><p>支部有<strong>党员12</strong>名,其中女党员5名。</p>"
    "<ul><li>第一项<ul><li>里面的一项</li></ul></li><li>第二项</li></ul>"
    "<table><caption>表题</caption><tr><td>甲</td><td>乙<p>丙</p></td></tr></table>"
    '<blockquote><p>引文</p></blockquote><figure><img src="attachment:a1" alt=""></figure><p>尾</p>'
)


def test_every_holder_of_characters_has_an_address() -> None:
    text = manuscript(BODY, authors=("王强",), summary="摘要。", photos=(PlacedPhoto("p", "图注"),))
    lines = {line.place: (line.role, line.text) for line in read(text).lines}
    assert lines["title"] == (Role.TITLE, "案例之一")
    assert lines["author.0"] == (Role.AUTHOR, "王强")
    assert lines["photo.0"] == (Role.CAPTION, "图注")
    assert lines["body.1"] == (Role.PARAGRAPH, "支部有党员12名,其中女党员5名。")
    assert [lines[f"body.{number}"][1] for number in (2, 3, 4)] == ["第一项", "里面的一项", "第二项"]
    assert lines["body.5"] == (Role.CAPTION, "表题")
    assert lines["body.6"] == (Role.CELL, "甲")
    assert lines["body.9"] == (Role.QUOTE, "引文")
    assert "body.10" not in lines  # a caption that is not there
    assert lines["body.11"] == (Role.PARAGRAPH, "尾")


def test_a_change_stands_exactly_there_in_the_format_of_what_it_replaces() -> None:
    text = manuscript(richtext.clean(BODY))
    after = changed(text, [Change("body.1", 3, 7, "党员十二"), Change("body.1", 8, 9, "，")])
    assert after.body == text.body.replace("<strong>党员12</strong>名,", "<strong>党员十二</strong>名，")
    crossing = changed(text, [Change("body.1", 2, 4, "有老党")])
    assert "支部有老党<strong>员12</strong>" in crossing.body
    caption = changed(text, [Change("body.5", 0, 1, "总表")])
    assert "<caption>总表题</caption>" in caption.body
    assert changed(text, [Change("title", 0, 2, "故事")]).title == "故事之一"
    assert changed(text, []) == text


def test_of_two_changes_in_one_another_the_first_counts() -> None:
    text = manuscript("<p>一二三四</p>")
    assert changed(text, [Change("body.0", 0, 3, "甲"), Change("body.0", 1, 4, "乙")]).body == "<p>甲四</p>"


@given(
    st.lists(st.sampled_from('支部党员，。,;“”"（）() …3-5%名'), min_size=1, max_size=40), st.integers(0, 9)
)
def test_taking_every_proposal_leaves_the_rest_as_it_was(characters: list[str], bold: int) -> None:
    """Whatever is proposed, only the passages change; and what was mended once is not found again there."""
    written = "".join(characters).strip()
    body = f"<p>前文{written[:bold]}<strong>{written[bold:]}</strong></p><p>后文不变</p>"
    text = manuscript(richtext.clean(body))
    found = [slip for slip in slips(read(text), Glossary()) if slip.place == "body.0"]
    after = mended(text, found)
    assert after.body.endswith("<p>后文不变</p>")
    assert replace(after, body="") == replace(text, body="")


def test_a_finding_is_known_again_after_other_edits() -> None:
    def found(body: str) -> list[str]:
        text = read(manuscript(body))
        return [each.key for each in keys.findings("e", slips(text, Glossary()), text.lines)]

    (key,) = found("<p>支部带头,群众参与。</p>")
    assert found("<p>新的一段。</p><p>支部带头,群众参与。</p>") == [key]
    assert found("<p>支部带头，群众参与。</p>") == []
    assert key not in found("<p>党员带头,居民参与。</p>")


def test_an_ignoring_holds_as_long_as_the_passage_stands_there() -> None:
    def said(body: str, *ignorings: Ignoring) -> list[bool]:
        text = read(manuscript(body))
        found = keys.findings("e", slips(text, Glossary()), text.lines)
        known = keys.ignored(found, ignorings)
        return [each.key in known for each in found]

    here = Ignoring("i", Scope.PLACE, "e", "punctuation.half", ",", "支部带头", "群众参与。")
    everywhere = Ignoring("i", Scope.BOOK, "", "punctuation.half", ",", "", "")
    body = "<p>支部带头,群众参与。</p>"
    assert said(body, here) == [True]
    assert said("<p>前言。</p>" + body, here) == [True]
    assert said("<p>党员带头,群众参与。</p>", here) == [True]  # what stands after it is the same
    assert said("<p>党员带头,居民参与。</p>", here) == [False]
    assert said(body + body, here) == [True, False]
    assert said(body + body, everywhere) == [True, True]
    assert said(body, replace(here, entry_id="other")) == [False]
