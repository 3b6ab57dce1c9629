"""What belongs to a book goes with it when it is deleted."""

from webapp.schema import metadata

STAY = {("inclusion_certificate", "edition_id"), ("published_book", "build_id")}
"""Made of a final file only: a book with one is not deleted."""


def test_all_that_belongs_to_a_book_goes_with_it() -> None:
    below, left, grew = {"edition"}, set(), True
    while grew:
        grew = False
        for table in metadata.tables.values():
            for key in table.foreign_keys:
                if key.column.table.name not in below:
                    continue
                if key.ondelete != "CASCADE":
                    left.add((table.name, key.parent.name))
                elif table.name not in below:
                    below.add(table.name)
                    grew = True
    assert left == STAY
    assert {"manuscript_draft", "unit_question", "editing_remark"} <= below
