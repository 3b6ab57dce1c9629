"""Rules of reviews and proofs: what are words, how steps stand, how errors and characters are counted."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.reviewing import policy
from casebook.reviewing.rules.changing import changes
from casebook.reviewing.rules.correcting import corrected
from casebook.reviewing.rules.counting import FAULTS, counted, passes, rate, set_characters
from casebook.reviewing.rules.digests import words_digest, words_of
from casebook.reviewing.rules.standing import next_step, standing
from casebook.reviewing.values import (
    PROOFS,
    REVIEWS,
    Act,
    Duties,
    Duty,
    ErrorState,
    Mark,
    Opinion,
    ProofError,
    Rate,
    Step,
    Subject,
)
from casebook.values import ManuscriptText
from foundation.actor import Actor, Role
from foundation.errors import Refused

AT = datetime(2026, 4, 1, tzinfo=UTC)
TEXT = ManuscriptText("标题", "某支部", ("李强",), "摘要。", "<p>正文有 12 人。</p>", (), "", "")


# --- words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("共 3.5 万人，其中……", "共3.5万人其中"),
        ("“改进”（试行）。", "改进试行"),
        ("下降-3%", "下降-3%"),
        ("10:30—11:00。", "10:30—11:00"),
        ("A-B testing", "ABtesting"),
        ("𠮷林·张三", "𠮷林张三"),
        ("", ""),
    ],
)
def test_words_of(written: str, words: str) -> None:
    assert words_of(written) == words


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({"body": "<p>正文，有 <strong>12</strong> 人！</p>"}, True),
        ({"body": "<p>正文有 1.2 人。</p>"}, False),
        ({"body": "<p>正文有 13 人。</p>"}, False),
        ({"body": "<p>正文有 12 人。</p><figure><img src='attachment:a' alt=''></figure>"}, False),
        ({"authors": ("李 强",)}, True),
        ({"unit": "另一支部"}, False),
        ({"signoff_line": "（编辑：甲）"}, True),
    ],
)
def test_what_a_review_stands_for(changed: dict[str, str], same: bool) -> None:
    assert (words_digest(replace(TEXT, **changed)) == words_digest(TEXT)) is same  # type: ignore[arg-type]  # fields by name


# --- steps -----------------------------------------------------------------------------------------


def subject(words: str = "w", digest: str = "d", editor: str = "") -> Subject:
    return Subject("e", "b", "标题", "单位", 1, TEXT, digest, words, 3000, editor)


def act(number: int, step: Step, by: str = "a", *, returned: Step | None = None, **other: str) -> Act:
    """A sign-off, or with `returned` a return to that step."""
    return Act(
        id=str(number),
        subject_id="e",
        number=number,
        step=step,
        mark=Mark.RETURNED if returned else Mark.SIGNED,
        opinion=Opinion(),
        back_to=returned,
        digest=other.get("digest", "d"),
        words=other.get("words", "w"),
        round=1,
        build=None,
        characters=3000,
        brief=False,
        by_id=by,
        by_name=by,
        at=AT,
    )


def letters(acts: list[Act], found: Subject | None = None) -> str:
    return "".join(state.state.value[0] for state in standing(acts, found or subject()).values())


def signed(*steps: Step) -> list[Act]:
    return [act(number, step) for number, step in enumerate(steps, start=1)]


@pytest.mark.parametrize(
    ("acts", "found", "expected"),
    [
        ([], subject(), "onnnnnn"),
        (signed(Step.FIRST), subject(), "sonnnnn"),
        (signed(*REVIEWS), subject(), "sssonnn"),
        (signed(*REVIEWS), subject(words="x", digest="x"), "cccon" + "nn"),
        (signed(*REVIEWS, Step.PROOF1), subject(words="x", digest="x"), "cccson" + "n"),
        (signed(*REVIEWS, *PROOFS[:3]), subject(digest="x"), "sssssc" + "o"),
        (signed(*REVIEWS, *PROOFS), subject(digest="x"), "ssssssc"),
        (signed(*REVIEWS, *PROOFS), subject(), "sssssss"),
        ([*signed(*REVIEWS[:2]), act(3, Step.FINAL, returned=Step.SECOND)], subject(), "srnnnnn"),
        ([*signed(*REVIEWS[:2]), act(3, Step.SECOND, returned=Step.FIRST)], subject(), "rnnnnnn"),
    ],
)
def test_how_steps_stand(acts: list[Act], found: Subject, expected: str) -> None:
    assert letters(acts, found) == expected


@given(st.lists(st.sampled_from(Step), max_size=12), st.booleans())
def test_no_review_stands_without_those_before_it(steps: list[Step], same: bool) -> None:
    """Whatever was signed in the order that the service allows, a later review never stands alone."""
    acts: list[Act] = []
    for step in steps:
        if standing(acts, subject())[step].turn:
            acts.append(act(len(acts) + 1, step))
    shown = letters(acts, subject() if same else subject(words="x", digest="x"))
    assert "s" not in shown[:3].lstrip("s")
    turn = next_step(standing(acts, subject()))
    assert turn is None or standing(acts, subject())[turn].turn


# --- people ----------------------------------------------------------------------------------------


def editor(key: str) -> Actor:
    return Actor(key, key, frozenset({Role.EDITOR}), None, "")


@pytest.mark.parametrize(
    ("who", "step", "acts", "main", "allowed"),
    [
        ("a", Step.FIRST, [], "a", True),
        ("a", Step.SECOND, [], "a", False),
        ("a", Step.SECOND, signed(Step.FIRST), "", False),
        ("b", Step.SECOND, signed(Step.FIRST), "a", True),
        ("b", Step.FINAL, [act(1, Step.FIRST), act(2, Step.SECOND, "b")], "", False),
        ("a", Step.FIRST, [act(1, Step.FINAL, "a", returned=Step.SECOND)], "", False),
        ("a", Step.PROOF1, signed(*REVIEWS), "", True),
        ("a", Step.PROOF1, signed(*REVIEWS), "a", False),
        ("a", Step.PROOF2, [act(1, Step.PROOF1)], "", False),
        ("a", Step.PROOF3, [act(1, Step.PROOF1)], "", True),
        ("a", Step.PROOF1, [act(1, Step.PROOF2)], "", False),
    ],
)
def test_who_may_sign(who: str, step: Step, acts: list[Act], main: str, allowed: bool) -> None:
    denied = policy.may_sign(editor(who), subject(editor=main), step, acts, Duties())
    assert (denied is None) is allowed


def test_a_step_that_was_given_to_somebody_is_his() -> None:
    given_to = Duties(general={Step.FIRST: Duty("", Step.FIRST, "b", "乙")})
    assert policy.may_sign(editor("b"), subject(), Step.FIRST, [], given_to) is None
    denied = policy.may_sign(editor("a"), subject(), Step.FIRST, [], given_to)
    assert denied is not None
    assert str(denied.reason).startswith("这篇的初审分配给了乙")


# --- counting --------------------------------------------------------------------------------------


def error(fault: str = "character", before: str = "甲", after: str = "乙", **other: object) -> ProofError:
    made = ProofError(
        id="x",
        subject_id="e",
        step=Step.PROOF1,
        turn=1,
        fault=fault,
        before=before,
        after=after,
        place="",
        note="",
        state=ErrorState.OPEN,
        found_by="a",
        found_name="a",
        found_at=AT,
    )
    return replace(made, **other)  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize(
    ("errors", "expected"),
    [
        ([], "0"),
        ([error("knowledge"), error("punctuation", "，", "。")], "2.1"),
        ([error()] * 9, "4"),  # one and the same wrong character
        ([error(before=str(number)) for number in range(9)], "9"),  # nine different ones
        ([error("traditional")] * 4, "1.5"),
        ([error("number_usage", str(number)) for number in range(40)], "1"),
        ([error("few_missing"), error("many_missing")], "6"),
        ([error(state=ErrorState.DISMISSED), error(before="丙")], "1"),
        ([error("term")] * 5, "3"),
    ],
)
def test_errors_are_counted_with_their_caps(errors: list[ProofError], expected: str) -> None:
    assert counted(errors) == Decimal(expected)


@given(st.lists(st.sampled_from([fault.key for fault in FAULTS]), max_size=30))
def test_one_more_error_never_counts_less(keys: list[str]) -> None:
    errors = [error(key) for key in keys]
    assert counted(errors) <= counted([*errors, error()])
    assert counted(errors) <= sum((fault.weight * keys.count(fault.key) for fault in FAULTS), Decimal(0))


def test_the_pass_mark_is_one_in_ten_thousand() -> None:
    assert passes(rate([error()], 10_000))
    assert not passes(rate([error()], 9_999))
    assert rate([error(), error(before="丙")], 40_000).per_10000 == Decimal("0.50")
    assert Rate(Decimal(0), 0, 0).per_10000 is None


def test_set_characters_fill_lines() -> None:
    bare = ManuscriptText("题", "", (), "", "", (), "", "")
    assert set_characters(bare) == 38
    assert set_characters(replace(bare, body=f"<p>{'字' * 37}</p>")) == 38 * 3  # two of indent: a second line
    assert set_characters(replace(bare, title="", body=f"<p>{'word ' * 40}</p>")) == round(38 * 3 * 1.3 + 0.4)


# --- corrections -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "before", "after", "expected"),
    [
        ("<p>党员一二名。</p>", "一二", "十二", "<p>党员十二名。</p>"),
        ("<p>党<strong>员一</strong>二名。</p>", "一二", "十二", "<p>党<strong>员十二</strong>名。</p>"),
        ("<p>多余余的字</p>", "余余", "余", "<p>多余的字</p>"),
        ("<ul><li>甲项</li></ul>", "甲项", "乙项", "<ul><li>乙项</li></ul>"),
        ("<table><tbody><tr><td>12</td></tr></tbody></table>", "12", "13", "13</td>"),
        ("<h2>一、背影</h2><p>x</p>", "背影", "背景", "<h2>一、背景</h2>"),
    ],
)
def test_a_correction_keeps_the_formats(body: str, before: str, after: str, expected: str) -> None:
    assert expected in corrected(replace(TEXT, body=body), before, after).body


def test_a_correction_is_for_one_place() -> None:
    assert corrected(TEXT, "摘要。", "摘录。").summary == "摘录。"
    with pytest.raises(Refused, match="没有这段原文"):
        corrected(TEXT, "没有", "有")
    with pytest.raises(Refused, match="出现了"):
        corrected(replace(TEXT, title="正文"), "正文", "本文")
    with pytest.raises(Refused, match="出现了"):
        corrected(replace(TEXT, body="<p>人人</p>"), "人", "众")


def test_changes_are_the_paragraphs_that_differ() -> None:
    after = replace(TEXT, body="<p>正文有 13 人。</p><p>新的一段</p>")
    found = [[(mark.kind, mark.text) for mark in line] for line in changes(TEXT, after)]
    assert found == [
        [("same", "正文有 "), ("del", "12"), ("ins", "13"), ("same", " 人。")],
        [("ins", "新的一段")],
    ]
    assert changes(TEXT, replace(TEXT, body="<p><strong>正文有 12 人。</strong></p>")) == []
