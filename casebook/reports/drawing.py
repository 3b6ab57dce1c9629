"""Figures as charts and tables of a paper, with their base, their gaps and what they mean said in words."""

from __future__ import annotations

from casebook.reports.figures import Figure, Row, shown
from casebook.research import Chart, Drawing, Grid, Series
from foundation.text import Text, _

SAID = 12
"""Rows that the description of a chart reads out."""


def chart(figure: Figure) -> Chart | None:
    """The chart of a figure, None where it has none or nothing to draw."""
    if figure.chart is None or not figure.rows:
        return None
    return Chart(
        kind=figure.chart,
        title=str(figure.title),
        categories=tuple(str(row.label) for row in figure.rows),
        series=tuple(
            Series(str(figure.columns[place].name), tuple(row.values[place] for row in figure.rows))
            for place in figure.drawn
        ),
        alt=str(said(figure)),
        percent=figure.percent,
    )


def drawing(figure: Figure) -> Drawing | None:
    found = chart(figure)
    return Drawing(found, str(captioned(figure))) if found is not None else None


def captioned(figure: Figure) -> Text:
    return _("%(title)s（n=%(base)s）", title=figure.title, base=figure.base)


def said(figure: Figure) -> Text:
    """What the chart shows, for who cannot see it."""
    rows = figure.rows[:SAID]
    values = str(_("；")).join(f"{row.label} {_read_out(figure, row)}" for row in rows)
    more = len(figure.rows) - len(rows)
    if more:
        return _(
            "%(title)s。%(values)s；另有 %(more)s 项见表。统计基数 %(base)s%(unit)s。",
            title=figure.title, values=values, more=more, base=figure.base, unit=figure.base_name,
        )  # fmt: skip
    return _(
        "%(title)s。%(values)s。统计基数 %(base)s%(unit)s。",
        title=figure.title, values=values, base=figure.base, unit=figure.base_name,
    )  # fmt: skip


def _read_out(figure: Figure, row: Row) -> str:
    pairs = [(figure.columns[place], row.values[place]) for place in figure.drawn]
    if len(pairs) == 1:
        return shown(pairs[0][1], pairs[0][0].measure)
    return str(_("、")).join(f"{column.name} {shown(value, column.measure)}" for column, value in pairs)


def heads(figure: Figure) -> tuple[Text | str, ...]:
    found = (figure.head, *(column.name for column in figure.columns))
    return (*found, _("说明")) if figure.remarks else found


def cells(figure: Figure, row: Row) -> tuple[str, ...]:
    """A row as it is read."""
    pairs = zip(row.values, figure.columns, strict=True)
    values = tuple(shown(value, column.measure) for value, column in pairs)
    found = (str(row.label), *values)
    return (*found, str(row.remark or "")) if figure.remarks else found


def grid(figure: Figure, *, caption: bool = True) -> Grid:
    return Grid(
        caption=str(captioned(figure)) if caption else "",
        head=tuple(str(head) for head in heads(figure)),
        rows=tuple(cells(figure, row) for row in figure.rows),
        note=" ".join(str(note) for note in notes(figure)),
    )


def notes(figure: Figure) -> tuple[Text, ...]:
    """What has to be known to read the figure."""
    found = [figure.definition]
    if figure.missing:
        found.append(_("缺少数据的 %(count)s 个。", count=figure.missing))
    if figure.treated is not None and (figure.missing or figure.remarks):
        found.append(figure.treated)
    if figure.warning is not None:
        found.append(figure.warning)
    if figure.merged:
        found.append(_("为避免对号入座，少于 5 个的 %(count)s 行已合并或略去。", count=figure.merged))
    return tuple(found)
