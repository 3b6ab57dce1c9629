"""What the record of the reviews gives the printed book."""

from casebook.assemble import Around, book
from casebook.book import BoardLine
from casebook.details import EditionDetails
from casebook.reviewing.wording import signoff_line


def test_offices_of_the_record_are_printed_unless_the_editor_wrote_them() -> None:
    recorded = (BoardLine("责任编辑", ("乙",)), BoardLine("终审", ("丙", "丁")))
    made = book(EditionDetails(title="书", staff="责任编辑：甲"), (), {}, around=Around(staff=recorded))
    assert made.imprint.staff == (BoardLine("责任编辑", ("甲",)), recorded[1])
    assert book(EditionDetails(title="书"), (), {}, around=Around(staff=recorded)).imprint.staff == recorded


def test_the_line_under_a_case_follows_the_books_language() -> None:
    assert signoff_line("zh", first="甲", second="乙", final="丙") == "（编辑：甲　签审：乙　签发：丙）"
    assert (
        signoff_line("en", first="A", second="B", final="C") == "(Edited by A; reviewed by B; released by C)"
    )
