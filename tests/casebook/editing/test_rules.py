"""Words found again, other wording put in, and how consent stands."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from casebook.editing.rules import anchored, consent, placed, with_wording
from casebook.editing.values import Anchoring, LetterKind, LetterView, Standing, Verdict
from casebook.values import ManuscriptText
from foundation.errors import Refused

BODY = (
    "<h2>一、背景</h2><p>支部有党员12名，分布在3个班组。</p><p>每周召开<strong>一次</strong>例会，讲评安全。</p>"
    "<table><tbody><tr><td>参加人数</td><td>四十五人</td></tr></tbody></table>"
)
TEXT = ManuscriptText("标题", "某支部", ("甲",), "摘要一句话。", BODY, (), "", "")
AT = datetime(2026, 4, 1, tzinfo=UTC)


def edited(old: str, new: str) -> ManuscriptText:
    return replace(TEXT, body=BODY.replace(old, new))


def test_an_anchor_needs_the_words() -> None:
    assert anchored(TEXT, "没有这句话") is None
    whole = anchored(TEXT, "")
    assert whole is not None
    assert placed(TEXT, whole).state is Anchoring.WHOLE
    assert anchored(TEXT, "每周召开 一次例会") is not None


@pytest.mark.parametrize(
    ("text", "state", "words"),
    [
        (TEXT, Anchoring.EXACT, "每周召开一次例会"),
        (edited("<h2>一、背景</h2>", ""), Anchoring.EXACT, "每周召开一次例会"),
        (edited("<strong>一次</strong>例会", "两次例会"), Anchoring.CHANGED, "每周召开两次例会"),
        (edited("<p>每周召开<strong>一次</strong>例会，讲评安全。</p>", ""), Anchoring.LOST, ""),
    ],
)
def test_words_are_found_again(text: ManuscriptText, state: Anchoring, words: str) -> None:
    anchor = anchored(TEXT, "每周召开一次例会")
    assert anchor is not None
    found = placed(text, anchor)
    assert (found.state, found.words) == (state, words)


@pytest.mark.parametrize(
    ("quote", "words", "expected"),
    [
        ("党员12名", "党员15名", BODY.replace("12", "15")),
        ("一次例会", "两次例会", BODY.replace("一次</strong>例会", "两次例会</strong>")),
        ("四十五人", "45人", BODY.replace("四十五人", "45人")),
    ],
)
def test_a_wording_is_put_in_its_place(quote: str, words: str, expected: str) -> None:
    anchor = anchored(TEXT, quote)
    assert anchor is not None
    changed = with_wording(TEXT, placed(TEXT, anchor), words)
    assert changed.body.replace("<td><p>", "<td>").replace("</p></td>", "</td>") == expected


def test_the_summary_can_be_worded_anew_but_two_paragraphs_not() -> None:
    anchor, wide = anchored(TEXT, "摘要一句话"), anchored(TEXT, "3个班组。每周召开")
    assert anchor is not None
    assert wide is not None
    assert with_wording(TEXT, placed(TEXT, anchor), "新的摘要").summary == "新的摘要。"
    with pytest.raises(Refused):
        with_wording(TEXT, placed(TEXT, wide), "别的话")


def letter(kind: LetterKind, verdict: Verdict | None, digest: str, days: int = 0) -> LetterView:
    sent = AT + timedelta(days=days)
    return LetterView(
        id=f"{days}",
        edition_id="e",
        entry_id="n",
        case_id="c",
        unit_id="u",
        kind=kind,
        note="",
        round=1,
        digest=digest,
        sent_at=sent,
        sender_name="",
        due_on=date(2026, 5, 1),
        reminded_at=None,
        answered_at=sent if verdict else None,
        answerer_name="",
        verdict=verdict,
        reason="",
        closed_at=None,
        questions=(),
    )


@pytest.mark.parametrize(
    ("letters", "standing"),
    [
        ([], Standing.NOT_ASKED),
        ([letter(LetterKind.QUESTIONS, None, "now")], Standing.NOT_ASKED),
        ([letter(LetterKind.CONSENT, None, "now")], Standing.WAITING),
        ([letter(LetterKind.CONSENT, Verdict.AGREED, "now")], Standing.AGREED),
        ([letter(LetterKind.CONSENT, Verdict.AGREED, "before")], Standing.OUTDATED),
        ([letter(LetterKind.CONSENT, Verdict.OBJECTED, "now")], Standing.OBJECTED),
        (
            [
                letter(LetterKind.CONSENT, Verdict.AGREED, "before"),
                letter(LetterKind.CONSENT, None, "now", 1),
            ],
            Standing.WAITING,
        ),
    ],
)
def test_consent_holds_for_one_text(letters: list[LetterView], standing: Standing) -> None:
    assert consent(letters, "now") is standing
