from casebook.docx.tables import MOST_COLUMNS, grid, head_rows, widths
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
