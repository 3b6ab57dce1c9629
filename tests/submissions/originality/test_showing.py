"""Marked texts: nothing of the text is lost, each passage has its number once."""

from hypothesis import given
from hypothesis import strategies as st

from submissions.originality.reading import Line, read
from submissions.originality.sentences import fingerprints, sentences
from submissions.originality.showing import LONG, shown

LINES = [Line("一、背景", heading=True), Line("修了一条路。"), Line("又修了一座桥。")]


@given(st.lists(st.tuples(st.integers(0, 18), st.integers(0, 18)), max_size=6))
def test_the_text_stays_whole(places: list[tuple[int, int]]) -> None:
    spans = [(min(a, b), max(a, b) + 1, number) for number, (a, b) in enumerate(places, 1)]
    lines = shown(LINES, spans)
    assert ["".join(piece.text for piece in line.pieces) for line in lines] == [line.text for line in LINES]


def test_a_passage_over_two_lines_has_its_number_once() -> None:
    lines = shown(LINES, [(7, 15, 1)])
    marked = [(piece.text, piece.number, piece.first) for line in lines for piece in line.pieces]
    assert marked == [
        ("一、背景", 0, False),
        ("修了", 0, False),
        ("一条路。", 1, True),
        ("又修了", 1, False),
        ("一座桥。", 0, False),
    ]


def test_of_a_long_text_only_the_neighbourhood_is_shown() -> None:
    lines = [Line("修路" * 30)] * (LONG // 60 + 10)
    place = 61 * 100
    found = shown(lines, [(place, place + 20, 1)])
    assert [line.left_out for line in found if line.left_out] == [98, len(lines) - 103]
    assert [piece.number for line in found for piece in line.pieces if piece.number] == [1]


def test_sentences_end_where_they_end() -> None:
    text = "他说：“修路。”路修好了！真的？\n一、背景\nIt cost 3.5 yuan. Then it rained."
    assert [text[start:end] for start, end in sentences(text)] == [
        "他说：“修路。”",
        "路修好了！",
        "真的？",
        "一、背景",
        "It cost 3.5 yuan.",
        " Then it rained.",
    ]


def test_a_sentence_has_the_same_fingerprint_everywhere() -> None:
    one = fingerprints(read([Line("前面还有。每月初五把账贴在村口的墙上。")]))
    other = fingerprints(read([Line("每月初五，把賬貼在村口的牆上！后面还有别的话要说。")]))
    assert len(one) == 1  # the first sentence is too short
    assert set(one.values()) < set(other.values())
