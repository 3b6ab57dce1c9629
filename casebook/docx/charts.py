"""Native charts of a Word file: DrawingML parts with the numbers in an embedded workbook.

Word draws them and "Edit data" opens the workbook. The fragments were written after ECMA-376 part 1, 21.2
(order of elements), and are looked at in LibreOffice. Colours differ in lightness and every second series of
a stack is hatched, so that a grey print can be read too.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from casebook.docx import zipped
from casebook.docx.elements import escaped
from casebook.research import Chart, ChartKind, Series

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLOURS = ("1F4E79", "C55A11", "7F7F7F", "BF9000", "548235", "7030A0", "2E9CA6", "A5A5A5")
INK, GRID_LINE = "262626", "D9D9D9"
SHEET = "Sheet1"

_NAMESPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_AXES = '<c:axId val="111111111"/><c:axId val="222222222"/>'
_BOX_PARTS = 3
"""Drawn series of a box chart: up to the lower quartile (unseen), to the median, to the upper quartile."""


def chart_xml(chart: Chart) -> str:
    """The chart part; `rId1` of its relationships is the workbook."""
    plot = _doughnut(chart) if chart.kind is ChartKind.DOUGHNUT else _plot(chart) + _axes(chart)
    legend = len(_drawn(chart)) > 1 or chart.kind is ChartKind.DOUGHNUT
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<c:chartSpace {_NAMESPACES}><c:date1904 val="0"/><c:roundedCorners val="0"/>'
        '<c:chart><c:autoTitleDeleted val="1"/>'
        f"<c:plotArea><c:layout/>{plot}</c:plotArea>{_legend(chart) if legend else ''}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>'
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1000">{_ink()}</a:defRPr></a:pPr>'
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def workbook(chart: Chart) -> bytes:
    """The numbers as Word's data sheet has them: categories down the first column, a series a column."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})  # the same numbers, the same bytes
    sheet = book.add_worksheet(SHEET)
    sheet.set_column(0, 0, 28)
    for row, name in enumerate(chart.categories, start=1):
        sheet.write_string(row, 0, name)
    for column, series in enumerate(chart.series, start=1):
        sheet.write_string(0, column, series.name)
        for row, value in enumerate(series.values, start=1):
            if value is not None:
                sheet.write_number(row, column, value)
    first = len(chart.series) + 1
    for number, series in enumerate(_helpers(chart)):
        sheet.write_string(0, first + number, series.name)
        for row, value in enumerate(series.values, start=1):
            if value is not None:
                sheet.write_number(row, first + number, value)
    book.close()
    return zipped.normalised(out.getvalue())


# --- what is drawn ---------------------------------------------------------------------------------------


def _helpers(chart: Chart) -> tuple[Series, ...]:
    """Differences that a box is stacked from, beside the five numbers themselves."""
    if chart.kind is not ChartKind.BOX:
        return ()
    low, lower, middle, upper, high = (series.values for series in chart.series)
    names = [series.name for series in chart.series]
    return (
        Series(names[1], lower),
        Series(f"{names[1]}–{names[2]}", _between(lower, middle)),
        Series(f"{names[2]}–{names[3]}", _between(middle, upper)),
        Series(f"{names[0]}–{names[1]}", _between(low, lower)),
        Series(f"{names[3]}–{names[4]}", _between(upper, high)),
    )


def _between(below: tuple[float | None, ...], above: tuple[float | None, ...]) -> tuple[float | None, ...]:
    pairs = zip(below, above, strict=True)
    return tuple(None if a is None or b is None else round(b - a, 6) for a, b in pairs)


def _drawn(chart: Chart) -> tuple[Series, ...]:
    return _helpers(chart)[:_BOX_PARTS] if chart.kind is ChartKind.BOX else chart.series


def _plot(chart: Chart) -> str:
    series = "".join(_series(chart, number, each) for number, each in enumerate(_drawn(chart)))
    if chart.kind is ChartKind.LINE:
        return (
            f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}'
            f'<c:marker val="1"/>{_AXES}</c:lineChart>'
        )
    across = chart.kind in (ChartKind.BAR, ChartKind.STACKED)
    stacked = chart.kind in (ChartKind.STACKED, ChartKind.BOX)
    overlap = '<c:overlap val="100"/>' if stacked else ""
    gap = {ChartKind.HISTOGRAM: 4, ChartKind.BOX: 70}.get(chart.kind, 55)
    return (
        f'<c:barChart><c:barDir val="{"bar" if across else "col"}"/>'
        f'<c:grouping val="{"stacked" if stacked else "clustered"}"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="{gap}"/>{overlap}'
        f"{_AXES}</c:barChart>"
    )


def _series(chart: Chart, number: int, series: Series) -> str:
    column = number + 1 if chart.kind is not ChartKind.BOX else len(chart.series) + 1 + number
    box = chart.kind is ChartKind.BOX
    line = chart.kind is ChartKind.LINE
    marker = _marker(number) if line else ""
    bars = "" if line else '<c:invertIfNegative val="0"/>'
    labels = "" if box else _labels(chart, number)
    smooth = '<c:smooth val="0"/>' if line else ""
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>{_name(series.name, column)}'
        f"{_form(chart, number)}{marker}{bars}{labels}{_whiskers(chart, number)}"
        f"{_categories(chart)}{_values('val', series, column, len(chart.categories))}{smooth}</c:ser>"
    )


def _form(chart: Chart, number: int) -> str:
    if chart.kind is ChartKind.BOX:
        if number == 0:
            return "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        return f"<c:spPr>{_solid(COLOURS[0] if number == 1 else '9DC3E6')}{_outline()}</c:spPr>"
    colour = COLOURS[number % len(COLOURS)]
    if chart.kind is ChartKind.LINE:
        dash = ("solid", "dash", "sysDot", "lgDashDot")[number % 4]
        return (
            f'<c:spPr><a:ln w="28575" cap="rnd">{_solid(colour)}<a:prstDash val="{dash}"/><a:round/></a:ln>'
            "</c:spPr>"
        )
    if number % 2:
        return f"<c:spPr>{_hatched(colour)}{_outline()}</c:spPr>"
    return f"<c:spPr>{_solid(colour)}{_outline()}</c:spPr>"


def _marker(number: int) -> str:
    symbol = ("circle", "square", "triangle", "diamond")[number % 4]
    colour = COLOURS[number % len(COLOURS)]
    return (
        f'<c:marker><c:symbol val="{symbol}"/><c:size val="7"/><c:spPr>{_solid(colour)}</c:spPr></c:marker>'
    )


def _solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def _hatched(colour: str) -> str:
    return (
        f'<a:pattFill prst="dkUpDiag"><a:fgClr><a:srgbClr val="{colour}"/></a:fgClr>'
        '<a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>'
    )


def _outline() -> str:
    return f'<a:ln w="9525">{_solid(INK)}</a:ln>'


def _ink(colour: str = INK) -> str:
    return f'{_solid(colour)}<a:latin typeface="Times New Roman"/><a:ea typeface="宋体"/>'


def _labels(chart: Chart, number: int) -> str:
    form = "0.0&quot;%&quot;" if chart.percent else "General"
    if chart.kind in (ChartKind.STACKED, ChartKind.HISTOGRAM) and not chart.percent:
        form = "#,##0;-#,##0;;"  # a nought is no part of the stack
    position = "" if chart.kind is ChartKind.STACKED else '<c:dLblPos val="outEnd"/>'
    if chart.kind is ChartKind.LINE:
        position = '<c:dLblPos val="t"/>'
    inside = chart.kind is ChartKind.STACKED
    back = f"<c:spPr>{_solid('FFFFFF')}</c:spPr>" if inside and number % 2 else ""
    ink = _ink("FFFFFF") if inside and not number % 2 else _ink()
    return (
        f'<c:dLbls><c:numFmt formatCode="{form}" sourceLinked="0"/>{back}'
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900">{ink}</a:defRPr></a:pPr>'
        f'<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>{position}<c:showLegendKey val="0"/><c:showVal val="1"/>'
        '<c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
        "</c:dLbls>"
    )


def _whiskers(chart: Chart, number: int) -> str:
    """From the box to the lowest and the highest value."""
    if chart.kind is not ChartKind.BOX or number == 1:
        return ""
    helpers = _helpers(chart)
    kind, series, column = ("minus", helpers[3], 3) if number == 0 else ("plus", helpers[4], 4)
    source = _values(kind, series, len(chart.series) + 1 + column, len(chart.categories))
    return (
        f'<c:errBars><c:errBarType val="{kind}"/><c:errValType val="cust"/><c:noEndCap val="0"/>{source}'
        f'<c:spPr><a:ln w="12700">{_solid(INK)}</a:ln></c:spPr></c:errBars>'
    )


def _doughnut(chart: Chart) -> str:
    points = "".join(
        f'<c:dPt><c:idx val="{number}"/><c:bubble3D val="0"/><c:spPr>'
        f"{(_hatched if number % 2 else _solid)(COLOURS[number % len(COLOURS)])}{_outline()}</c:spPr></c:dPt>"
        for number in range(len(chart.categories))
    )
    series = chart.series[0]
    return (
        f'<c:doughnutChart><c:varyColors val="1"/><c:ser><c:idx val="0"/><c:order val="0"/>'
        f"{_name(series.name, 1)}{points}{_slices(len(chart.categories))}{_categories(chart)}"
        f"{_values('val', series, 1, len(chart.categories))}</c:ser>"
        '<c:firstSliceAng val="0"/><c:holeSize val="50"/></c:doughnutChart>'
    )


def _slices(count: int) -> str:
    """A label a slice, white on what is dark."""
    shown = (
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )
    each = "".join(
        f'<c:dLbl><c:idx val="{number}"/>'
        + (f"<c:spPr>{_solid('FFFFFF')}</c:spPr>" if number % 2 else "<c:spPr><a:noFill/></c:spPr>")
        + '<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900" b="1">'
        + _ink(INK if number % 2 else "FFFFFF")
        + f'</a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>{shown}</c:dLbl>'
        for number in range(count)
    )
    return f'<c:dLbls>{each}{shown}<c:showLeaderLines val="0"/></c:dLbls>'


# --- references into the workbook ------------------------------------------------------------------------


def _name(name: str, column: int) -> str:
    return (
        f'<c:tx><c:strRef><c:f>{SHEET}!{_cell(0, column)}</c:f><c:strCache><c:ptCount val="1"/>'
        f'<c:pt idx="0"><c:v>{escaped(name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    )


def _cell(row: int, column: int) -> str:
    return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))


def _range(column: int, count: int) -> str:
    return f"{SHEET}!{_cell(1, column)}:{_cell(max(count, 1), column)}"


def _categories(chart: Chart) -> str:
    points = "".join(
        f'<c:pt idx="{number}"><c:v>{escaped(name)}</c:v></c:pt>'
        for number, name in enumerate(chart.categories)
    )
    count = len(chart.categories)
    return (
        f'<c:cat><c:strRef><c:f>{_range(0, count)}</c:f><c:strCache><c:ptCount val="{count}"/>{points}'
        "</c:strCache></c:strRef></c:cat>"
    )


def _values(element: str, series: Series, column: int, count: int) -> str:
    points = "".join(
        f'<c:pt idx="{number}"><c:v>{value:.6g}</c:v></c:pt>'
        for number, value in enumerate(series.values)
        if value is not None
    )
    return (
        f"<c:{element}><c:numRef><c:f>{_range(column, count)}</c:f><c:numCache>"
        f'<c:formatCode>General</c:formatCode><c:ptCount val="{count}"/>{points}</c:numCache></c:numRef>'
        f"</c:{element}>"
    )


# --- around the plot -------------------------------------------------------------------------------------


def _legend(chart: Chart) -> str:
    hidden = (
        '<c:legendEntry><c:idx val="0"/><c:delete val="1"/></c:legendEntry>'
        if chart.kind is ChartKind.BOX
        else ""
    )
    place = "r" if chart.kind is ChartKind.DOUGHNUT else "b"
    return f'<c:legend><c:legendPos val="{place}"/>{hidden}<c:overlay val="0"/></c:legend>'


def _axes(chart: Chart) -> str:
    across = chart.kind in (ChartKind.BAR, ChartKind.STACKED)
    order = "maxMin" if across else "minMax"  # the first category stands on top
    named, measured = ("l", "b") if across else ("b", "l")
    line = f'<c:spPr><a:ln w="9525">{_solid(INK)}</a:ln></c:spPr>'
    grid = f'<c:majorGridlines><c:spPr><a:ln w="6350">{_solid(GRID_LINE)}</a:ln></c:spPr></c:majorGridlines>'
    form = "0&quot;%&quot;" if chart.percent else "General"
    top = '<c:max val="100"/>' if chart.percent and chart.kind is ChartKind.BOX else ""
    crosses = "max" if across else "autoZero"
    return (
        f'<c:catAx><c:axId val="111111111"/><c:scaling><c:orientation val="{order}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{named}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>{line}'
        '<c:crossAx val="222222222"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        f'<c:valAx><c:axId val="222222222"/><c:scaling><c:orientation val="minMax"/>{top}'
        f'<c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="{measured}"/>{grid}'
        f'<c:numFmt formatCode="{form}" sourceLinked="0"/><c:majorTickMark val="out"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{line}<c:crossAx val="111111111"/>'
        f'<c:crosses val="{crosses}"/><c:crossBetween val="between"/></c:valAx>'
    )
