"""Who took part: units by region and by kind, against the directory where it tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

from casebook.reports.figures import Column, Figure, Measure, Row, Small, percent
from casebook.reports.values import DirectoryUnit, Facts
from casebook.research import ChartKind
from foundation.text import Text, _

UNITS = _("个单位")
_TOOK, _NOT, _ALL, _SHARE = _("参与"), _("未参与"), _("名录中的单位"), _("参与率")
_DEFINITION = _(
    "参与单位指至少有一个案例在统计范围内的单位。名录中的单位指单位名录里没有下级、且单位类别符合征集条件的单位，"
    "加上实际参与的单位。"
)
_PLAIN = _("参与单位指至少有一个案例在统计范围内的单位。按案例所属单位计，一个单位只计一次。")


def participation(facts: Facts, kinds: Mapping[str, Text]) -> tuple[Figure, ...]:
    """Units by region and by kind."""
    return (
        _units(facts, "regions_units", _("单位（按地区）"), _("参与单位的地区分布"), _("地区或系统"),
               lambda unit: unit.region or _("本级")),
        _units(facts, "kinds_units", _("单位（按类别）"), _("参与单位的类别分布"), _("单位类别"),
               lambda unit: kinds.get(unit.kind, _("未设置类别"))),
    )  # fmt: skip


def units_of(facts: Facts) -> dict[str, DirectoryUnit]:
    """The units that took part."""
    return {each.unit_id: DirectoryUnit(each.unit_id, each.unit_kind, each.region) for each in facts.cases}


def could(facts: Facts) -> dict[str, DirectoryUnit]:
    """The units of the directory, and those that took part; empty where the directory does not tell."""
    if not facts.directory:
        return {}
    return {each.unit_id: each for each in facts.directory} | units_of(facts)


def _units(
    facts: Facts,
    key: str,
    name: Text,
    title: Text,
    head: Text,
    group: Callable[[DirectoryUnit], Text | str],
) -> Figure:
    took = Counter(_label(group(each)) for each in units_of(facts).values())
    everybody = could(facts)
    labels = {_label(group(each)): group(each) for each in (*everybody.values(), *units_of(facts).values())}
    whole = Counter(_label(group(each)) for each in everybody.values()) or took
    rows = [
        Row(labels[label], (took[label], count - took[label], count, percent(took[label], count)), count)
        for label, count in whole.items()
    ]
    columns = (Column(_TOOK), Column(_NOT), Column(_ALL), Column(_SHARE, Measure.PERCENT, (0, 2)))
    rows.sort(key=lambda row: (-(row.values[0] or 0), str(row.label)))
    found = Figure(
        key=key, name=name, title=title, head=head, columns=columns, rows=tuple(rows), base=whole.total(),
        base_name=UNITS, definition=_DEFINITION, chart=ChartKind.STACKED, drawn=(0, 1), small=Small.MERGE,
    )  # fmt: skip
    return found if everybody else _without_directory(found)


def _without_directory(figure: Figure) -> Figure:
    """Only who took part. Who has a prize is public; who sent something in without one is not."""
    rows = tuple(replace(row, values=row.values[:1]) for row in figure.rows)
    return replace(
        figure,
        rows=rows,
        columns=(Column(_("参与单位")),),
        chart=ChartKind.BAR,
        drawn=(0,),
        definition=_PLAIN,
    )


def _label(label: Text | str) -> str:
    return label.msgid if isinstance(label, Text) else label
