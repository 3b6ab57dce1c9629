"""Two copies of one text: what is offered, and which side is picked beforehand."""

from __future__ import annotations

import pytest

from foundation.merging import NOTHING, Choice, Passage, choice, choices


def passages(*texts: str) -> list[Passage]:
    return [Passage(text, f"<p>{text}</p>") for text in texts]


def taken(found: list[Choice]) -> list[str]:
    """The text that comes out when nobody changes what is picked."""
    sides = [each.mine if each.picked == "mine" else each.theirs for each in found]
    return [each.text for each in sides if each is not NOTHING]


A, B, C = "第一段写背景。", "第二段写做法。", "第三段写成效。"
B_MINE, B_THEIRS = "第二段写具体做法。", "第二段写主要做法。"


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected"),
    [
        ([A, B, C], [A, B_MINE, C], [A, B, C], [A, B_MINE, C]),
        ([A, B, C], [A, B, C], [A, B_THEIRS, C], [A, B_THEIRS, C]),
        ([A, B, C], [A, B_MINE, C], [A, B_THEIRS, C], [A, B_MINE, C]),
        (
            [A, B],
            [A, B, "我新写的一段。"],
            ["他们新写的一句话", A, B],
            ["他们新写的一句话", A, B, "我新写的一段。"],
        ),
        ([A, B, C], [A, C], [A, B, C], [A, C]),
        ([A, B, C], [A, B, C], [A, C], [A, C]),
        ([A, B, C], [A, C], [A, B_THEIRS, C], [A, B_THEIRS, C]),
        ([], [A], [B], [A]),
    ],
)
def test_who_changed_it_is_picked(
    base: list[str], mine: list[str], theirs: list[str], expected: list[str]
) -> None:
    assert taken(choices(passages(*mine), passages(*theirs), passages(*base))) == expected


def test_without_a_common_beginning_mine_is_picked() -> None:
    found = choices(passages(A, B_MINE), passages(A, B_THEIRS))
    assert [(each.same, each.picked) for each in found] == [(True, "mine"), (False, "mine")]
    assert [(piece.text, piece.marked) for piece in found[1].mine_marked][1] == ("具体", True)
    assert [(piece.text, piece.marked) for piece in found[1].theirs_marked][1] == ("主要", True)


def test_another_form_of_the_same_words_is_a_choice() -> None:
    (found,) = choices([Passage(A, f"<p><strong>{A}</strong></p>")], passages(A), passages(A))
    assert (found.same, found.only_format, found.picked) == (False, True, "mine")


@pytest.mark.parametrize(
    ("mine", "theirs", "base", "picked"),
    [
        ("甲", "乙", "甲", "theirs"),
        ("甲", "乙", "乙", "mine"),
        ("甲", "乙", "丙", "mine"),
        ("甲", "乙", None, "mine"),
    ],
)
def test_a_field_is_taken_whole(mine: str, theirs: str, base: str | None, picked: str) -> None:
    known = None if base is None else Passage(base, base)
    assert choice(Passage(mine, mine), Passage(theirs, theirs), known).picked == picked
