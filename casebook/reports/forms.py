"""What people send: forms and JSON alike."""

from __future__ import annotations

import re
from datetime import datetime

from pydantic import BaseModel, Field

from casebook.reports.rules.counting import Counted
from casebook.reports.values import BuildView, Definition, ReportView, Scope
from foundation.forms import Form

_ID = re.compile(r"[0-9A-Za-z_-]{16}")
_NUMBER = re.compile(r"/c/([0-9A-Za-z-]{3,40})")


class DefinitionForm(Form):
    """Which cases. `cases` are ids or addresses, one a line."""

    scope: Scope = Scope.AWARDED
    calls: list[str] = Field(default_factory=list, max_length=50)
    query: str = Field("", max_length=2000)
    cases: str = Field("", max_length=60_000)

    def definition(self) -> Definition:
        """What the chosen scope needs and nothing else."""
        by_call = self.scope in (Scope.SUBMITTED, Scope.AWARDED)
        return Definition(
            self.scope,
            call_ids=tuple(dict.fromkeys(self.calls)) if by_call else (),
            query=_query(self.query) if self.scope is Scope.SEARCH else "",
        )

    def numbers(self) -> list[str]:
        """The receipt numbers among the hand-picked lines."""
        return list(dict.fromkeys(_NUMBER.findall(self.cases)))

    def ids(self) -> list[str]:
        """The ids among them, also inside an address of the library."""
        return list(dict.fromkeys(_ID.findall(self.cases)))


def _query(typed: str) -> str:
    """The query of a pasted address of the library; other words are what to search for."""
    if "?" in typed:
        return typed.partition("?")[2].partition("#")[0]
    return typed if typed.startswith("q=") else f"q={typed}" if typed else ""


class OpenForm(DefinitionForm):
    title: str = Field("", max_length=400)


class SectionForm(Form):
    base: int = Field(0, ge=0)
    heading: str = Field("", max_length=400)
    body: str = Field("", max_length=400_000)
    in_brief: bool = False


class TitleForm(Form):
    title: str = Field("", max_length=400)
    byline: str = Field("", max_length=400)


class QuotationForm(Form):
    case: str = Field("", max_length=40)
    text: str = Field("", max_length=5_000)


# --- answers of the API -----------------------------------------------------------------------------------


class ReportReply(BaseModel):
    id: str
    title: str
    scope: Scope
    calls: list[str]
    round: int
    changed_at: datetime

    @classmethod
    def of(cls, view: ReportView) -> ReportReply:
        return cls(
            id=view.id,
            title=view.title,
            scope=view.definition.scope,
            calls=list(view.definition.call_ids),
            round=view.ordinal,
            changed_at=view.changed_at,
        )


class NumberReply(BaseModel):
    key: str
    name: str
    value: float | None
    base: int
    measure: str


class RowReply(BaseModel):
    label: str
    values: list[float | None]
    n: int


class FigureReply(BaseModel):
    key: str
    title: str
    columns: list[str]
    rows: list[RowReply]
    base: int
    missing: int
    definition: str


class FiguresReply(BaseModel):
    """The figures of a report at this moment, as its dashboard shows them."""

    numbers: list[NumberReply]
    figures: list[FigureReply]

    @classmethod
    def of(cls, counted: Counted) -> FiguresReply:
        return cls(
            numbers=[
                NumberReply(
                    key=each.key,
                    name=str(each.name),
                    value=each.value,
                    base=each.base,
                    measure=each.measure.value,
                )
                for each in counted.numbers
            ],
            figures=[
                FigureReply(
                    key=each.key,
                    title=str(each.title),
                    columns=[str(column.name) for column in each.columns],
                    rows=[
                        RowReply(label=str(row.label), values=list(row.values), n=row.n) for row in each.rows
                    ],
                    base=each.base,
                    missing=each.missing,
                    definition=str(each.definition),
                )
                for each in counted.figures
            ],
        )


class BuildReply(BaseModel):
    number: int
    state: str
    round: int
    requested_at: datetime
    finished_at: datetime | None
    files: list[str]

    @classmethod
    def of(cls, view: BuildView) -> BuildReply:
        return cls(
            number=view.number,
            state=view.state.value,
            round=view.ordinal,
            requested_at=view.requested_at,
            finished_at=view.finished_at,
            files=[kind.value for kind in view.files],
        )
