"""Which terms stand in an index, and in which order."""

from casebook.book import Entry, IndexKind
from casebook.indexing import DIGITS, OTHERS, IndexLine, index, letter_of, sort_key


def entries(*units: str) -> list[Entry]:
    return [Entry(title="题", unit=unit) for unit in units]


def words(*units: str) -> list[tuple[str, list[str]]]:
    return [
        (group.letter, [line.words for line in group.lines])
        for group in index(entries(*units), IndexKind.UNITS)
    ]


def test_terms_stand_in_the_order_of_their_sounds_under_their_letters() -> None:
    assert words("重庆市委", "安徽省委", "ABC 公司", "3D 协会", "北京市委", "安吉县委", "🎉") == [
        (DIGITS, ["3D 协会"]),
        ("A", ["ABC 公司", "安徽省委", "安吉县委"]),
        ("B", ["北京市委"]),
        ("C", ["重庆市委"]),
        (OTHERS, ["🎉"]),
    ]


def test_both_scripts_and_widths_are_one_term_in_its_most_frequent_form() -> None:
    found = index(entries("長沙市委", "长沙市委", "长沙市委", "ＡＢ社", "AB社"), IndexKind.UNITS)
    assert [line for group in found for line in group.lines] == [
        IndexLine("ＡＢ社", (3, 4)),
        IndexLine("长沙市委", (0, 1, 2)),
    ]


def test_tones_and_quotation_marks() -> None:
    assert sorted(["马庄", "妈庄", "“麻庄”"], key=sort_key) == ["妈庄", "“麻庄”", "马庄"]
    assert letter_of("“同心”支部") == "T"


def test_a_former_name_leads_to_the_present_one() -> None:
    found = index(entries("清河镇党委（原清水乡党委）"), IndexKind.UNITS)
    assert [line for group in found for line in group.lines] == [
        IndexLine("清河镇党委（原清水乡党委）", (0,)),
        IndexLine("清水乡党委", see="清河镇党委（原清水乡党委）"),
    ]


def test_terms_of_an_entry() -> None:
    book = [
        Entry("题", "甲", topics=("党建", " 人才 "), places=("余杭区",)),
        Entry("题", "乙", topics=("党建",)),
    ]
    topics = [line for group in index(book, IndexKind.TOPICS) for line in group.lines]
    assert topics == [IndexLine("党建", (0, 1)), IndexLine("人才", (0,))]
    assert [line.words for group in index(book, IndexKind.PLACES) for line in group.lines] == ["余杭区"]
    assert index([], IndexKind.UNITS) == ()
