"""All figures of a set, in the order of the dashboard and the annex."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from casebook.reports.figures import Figure, Number, Row
from casebook.reports.rules.comparing import comparison
from casebook.reports.rules.holdings import holdings
from casebook.reports.rules.marks import scores
from casebook.reports.rules.numbers import numbers
from casebook.reports.rules.participation import participation
from casebook.reports.rules.suppressing import printed
from casebook.reports.rules.years import years
from casebook.reports.values import CaseFacts, Facts
from foundation.text import Text, verbatim

FILTERS = ("call", "category", "region", "prize")
"""What a dashboard may be narrowed by."""
NO_PRIZE = "-"
CELL = "·"


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures and numbers of a set."""

    figures: tuple[Figure, ...]
    numbers: tuple[Number, ...]
    kept_back: tuple[Number, ...] = ()
    """Cells that are known in the house and not printed: they have no value here."""

    def figure(self, key: str) -> Figure | None:
        return next((each for each in self.figures if each.key == key), None)

    def number(self, key: str) -> Number | None:
        """Also a cell, "figure·row·column"."""
        among = self.cells if CELL in key else self.numbers
        return next((each for each in among if each.key == key), None)

    @property
    def cells(self) -> tuple[Number, ...]:
        """Every cell of every figure as a number with a name."""
        found = (
            cell(figure, row, place)
            for figure in self.figures
            for row in figure.rows
            for place in range(len(figure.columns))
        )
        return (*found, *self.kept_back)

    def for_print(self) -> Counted:
        """What may leave the house; a sentence that names a cell which may not gets a dash there."""
        figures = tuple(printed(each) for each in self.figures)
        open_cells = {each.key for each in Counted(figures, ()).cells}
        kept_back = tuple(replace(each, value=None) for each in self.cells if each.key not in open_cells)
        return replace(self, figures=figures, kept_back=kept_back)


def cell(figure: Figure, row: Row, place: int) -> Number:
    """A value of a figure as a number that sentences may name."""
    column = figure.columns[place]
    tail = f"{CELL}{plain(row.label)}{CELL}{plain(column.name)}"
    return Number(
        figure.key + tail, verbatim(figure.name.msgid + tail), row.values[place], figure.base, column.measure
    )


def plain(name: Text | str) -> str:
    """A name as it is called whatever language is in use; what counts parts names them with their number."""
    return name if isinstance(name, str) else name.msgid % name.params if name.params else name.msgid


def counted(facts: Facts, kinds: Mapping[str, Text]) -> Counted:
    """`kinds` are the names of kinds of unit."""
    if not facts.cases:
        return Counted((), numbers(facts))
    found = [
        years(facts),
        *participation(facts, kinds),
        *holdings(facts),
        scores(facts),
        *comparison(facts),
    ]
    return Counted(tuple(each for each in found if each is not None and each.rows), numbers(facts))


def narrowed(facts: Facts, wanted: Mapping[str, Sequence[str]]) -> Facts:
    """Only the cases that a filter lets through. Shares of the directory mean nothing then."""
    chosen = {name: set(values) for name, values in wanted.items() if name in FILTERS and values}
    if not chosen:
        return facts
    cases = tuple(
        case for case in facts.cases if all(value_of(case, name) in values for name, values in chosen.items())
    )
    kept = {case.call_id for case in cases}
    calls = tuple(call for call in facts.calls if call.call_id in kept)
    return replace(facts, cases=cases, calls=calls, directory=())


def value_of(case: CaseFacts, name: str) -> str:
    """What a case has in a filter."""
    match name:
        case "call":
            return case.call_id
        case "category":
            return case.category
        case "region":
            return case.region
        case _:
            return case.prize or NO_PRIZE
