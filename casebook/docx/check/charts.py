"""Charts of a Word file: what makes Word drop one, or refuse to edit its data."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from casebook.docx.check.opened import Opened, R

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_PART = re.compile(r"word/charts/[^/]+\.xml")
_PLOTS = (C + "barChart", C + "lineChart")


def _charts(opened: Opened) -> Iterator[str]:
    for name, chart in opened.trees.items():
        if _PART.fullmatch(name):
            found = (*_workbook(opened, name, chart), *_series(chart), *_axes(chart))
            yield from (f"{name}: {each}" for each in found)


def _workbook(opened: Opened, name: str, chart: etree._Element) -> Iterator[str]:
    relations = opened.tree(f"word/charts/_rels/{posixpath.basename(name)}.rels")
    targets = {each.get("Id"): str(each.get("Target")) for each in relations}
    data = chart.find(C + "externalData")
    target = targets.get(data.get(R + "id"), "") if data is not None else ""
    part = posixpath.normpath(posixpath.join("word/charts", target))
    if part not in opened.names or not part.endswith(".xlsx"):
        yield "no workbook behind the chart"
    elif not opened.heads.get(part, b"").startswith(b"PK"):
        yield "the workbook behind the chart is none"


def _series(chart: etree._Element) -> Iterator[str]:
    series = list(chart.iter(C + "ser"))
    if not series:
        yield "no series"
    numbers = Counter(index.get("val") for each in series for index in each.findall(C + "idx"))
    yield from (f"series {number} occurs {count} times" for number, count in numbers.items() if count > 1)
    for each in series:
        counts = {
            count.get("val") for kind in ("cat", "val") for count in each.iterfind(f"{C}{kind}//{C}ptCount")
        }
        if len(counts) != 1:
            yield "categories and values are not as many"


def _axes(chart: etree._Element) -> Iterator[str]:
    there = {
        axis.get("val")
        for kind in ("catAx", "valAx")
        for each in chart.iter(C + kind)
        for axis in each.findall(C + "axId")
    }
    used = {axis.get("val") for plot in chart.iter(*_PLOTS) for axis in plot.findall(C + "axId")}
    if there != used:
        yield "axes do not fit the plot"


RULES = (_charts,)
