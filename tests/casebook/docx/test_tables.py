from casebook.docx.tables import (
    MOST_COLUMNS,
    PADDING,
    Setting,
    grid,
    head_rows,
    needed,
    setting,
    table_xml,
    widths,
)
from foundation.richtext import Table, blocks


def table(html: str) -> Table:
    found = blocks(f"<table>{html}</table>")[0]
    assert isinstance(found, Table)
    return found


def shape(html: str) -> list[list[tuple[int, int, bool]]]:
    """Column, width and whether a cell begins here, of each slot."""
    rows, _ = grid(table(html))
    return [[(slot.column, slot.width, slot.cell is not None) for slot in row] for row in rows]


def test_a_plain_grid() -> None:
    assert shape("<tr><td>a<td>b<tr><td>c<td>d") == [
        [(0, 1, True), (1, 1, True)],
        [(0, 1, True), (1, 1, True)],
    ]


def test_spans_reach_right_and_down() -> None:
    assert shape("<tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d") == [
        [(0, 1, True), (1, 2, True)],
        [(0, 1, False), (1, 1, True), (2, 1, True)],
    ]


def test_a_short_row_is_filled() -> None:
    assert shape("<tr><td>a<td>b<tr><td>c") == [[(0, 1, True), (1, 1, True)], [(0, 1, True), (1, 1, True)]]


def test_a_cell_is_cut_where_another_reaches_down_into_its_way() -> None:
    assert shape("<tr><td>a<td rowspan=2>b<tr><td colspan=2>c") == [
        [(0, 1, True), (1, 1, True)],
        [(0, 1, True), (1, 1, False)],
    ]


def test_a_gap_before_a_reaching_cell_is_filled() -> None:
    assert shape("<tr><td>a<td>b<td rowspan=2>c<tr><td>d") == [
        [(0, 1, True), (1, 1, True), (2, 1, True)],
        [(0, 1, True), (1, 1, True), (2, 1, False)],
    ]


def test_more_columns_than_word_has_join_the_last() -> None:
    rows, columns = grid(table("<tr>" + "".join(f"<td>{n}" for n in range(70))))
    assert columns == MOST_COLUMNS
    assert len(rows[0][-1].blocks) == 70 - MOST_COLUMNS + 1


def test_widths_add_up_and_follow_the_text() -> None:
    rows, columns = grid(table(f"<tr><td>短<td>{'长' * 60}<tr><td>短<td>长"))
    found = widths(rows, columns, 9185)
    assert sum(found) == 9185
    assert found[1] > found[0]


def test_head_rows_repeat_unless_they_are_all() -> None:
    assert head_rows(table("<tr><th>a<th>b<tr><td>c<td>d")) == 1
    assert head_rows(table("<tr><th>a<tr><th>b")) == 0
    assert head_rows(table("<tr><th>a<td>b<tr><td>c<td>d")) == 0


def written(html: str, room: int = 9185) -> str:
    made = table(html)
    rows, columns = grid(made)
    return table_xml(made, rows, columns, setting(rows, columns, room), lambda *_: "<w:p/>")


def fitted(columns: int, word: str, turned: int = 0) -> Setting:
    return setting(*grid(table(f"<tr>{f'<td>{word}' * columns}" * 2)), 9185, turned)


def test_a_table_is_set_in_the_largest_type_that_fits() -> None:
    assert fitted(4, "很长的一句话" * 20) == Setting("TableText", 210, 9185)
    assert fitted(8, "完成情况") == Setting("TableText", 210, 9185)
    assert fitted(10, "完成情况") == Setting("TableSmall", 180, 9185)
    assert fitted(11, "完成情况") == Setting("TableFine", 150, 9185)
    assert fitted(13, "完成情况", turned=13438) == Setting("TableText", 210, 13438, turned=True)
    assert fitted(30, "完成情况", turned=13438) == Setting("TableFine", 150, 13438, True, crowded=True)
    assert fitted(30, "完成情况") == Setting("TableFine", 150, 9185, crowded=True)


def test_every_column_gets_the_words_that_it_holds() -> None:
    rows, columns = grid(table(f"<tr><td>2024-11-05<td>{'长' * 300}<td>件<td>件<td>件"))
    needs = needed(rows, columns)
    found = widths(rows, columns, 9185)
    assert sum(found) == 9185
    assert [width >= need * 210 + PADDING - 2 for width, need in zip(found, needs, strict=True)] == [True] * 5


def test_rows_are_not_torn_unless_they_are_tall() -> None:
    assert written(f"<tr><td>{'短' * 100}<td>乙").count("<w:cantSplit/>") == 1
    assert written(f"<tr><td>{'长' * 900}<td>乙").count("<w:cantSplit/>") == 0
    narrow = "<tr>" + f"<td>{'长' * 90}" + "<td>甲乙丙丁" * 9
    assert written(narrow, 7000).count("<w:cantSplit/>") == 0


def test_a_head_that_would_fill_the_page_is_not_repeated() -> None:
    assert "<w:tblHeader/>" in written("<tr><th>甲<th>乙<tr><td>丙<td>丁")
    assert "<w:tblHeader/>" not in written(f"<tr><th>{'长' * 500}<th>乙<tr><td>丙<td>丁")
