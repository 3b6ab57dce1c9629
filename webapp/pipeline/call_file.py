"""`call.toml`: what a person lays down for a folder, over what its documents say (docs/pipeline.md)."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from submissions.values import (
    Category,
    Criterion,
    JudgingRules,
    Level,
    Prize,
    PrizePools,
    StandingRule,
    TiePolicy,
)
from webapp.pipeline.values import CannotRun, Supplement

NAME = "call.toml"


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CategoryRow(_Table):
    key: str = ""
    name: str
    quota: int | None = Field(None, ge=1)


class LevelRow(_Table):
    lowest: Decimal
    name: str
    text: str = ""


class CriterionRow(_Table):
    key: str
    name: str
    weight: int
    lowest: int = 0
    highest: int = 100
    step: Decimal = Decimal(1)
    rubric: str = ""
    levels: tuple[LevelRow, ...] = ()
    graded: bool = False

    def value(self) -> Criterion:
        """The criterion, its levels from the lowest up."""
        levels = [Level(each.lowest, each.name, each.text) for each in self.levels]
        plain = self.model_dump(exclude={"levels"})
        return Criterion(**plain, levels=tuple(sorted(levels, key=lambda level: level.lowest)))


class PrizeRow(_Table):
    key: str
    name: str
    quota: int = Field(ge=1)
    threshold: Decimal | None = None


class JudgingTable(_Table):
    """`[call.judging]`: what becomes of ties, how prizes are shared out, the notice."""

    tie_break: tuple[str, ...] = ()
    tie_policy: TiePolicy = TiePolicy.REPORT
    prize_pools: PrizePools = PrizePools.WHOLE
    prizes_per_unit: int | None = Field(None, ge=1)
    notice_days: int = Field(0, ge=0)

    def value(self) -> JudgingRules:
        return JudgingRules(**self.model_dump())


class CallTable(_Table):
    """`[call]`: everything may be left out where a call document says it or a default serves."""

    document: str = ""
    title: str = ""
    theme: str = ""
    notice: str = ""
    slug: str = ""
    first_day: date | None = None
    last_day: date | None = None
    time_zone: str = ""
    categories: tuple[str | CategoryRow, ...] = ()
    criteria: tuple[CriterionRow, ...] = ()
    prizes: tuple[PrizeRow, ...] = ()
    judging: JudgingTable = JudgingTable()
    standing_rule: StandingRule = StandingRule.MEAN
    shows_recommenders: bool = False
    words_lowest: int | None = Field(None, ge=0)
    words_highest: int | None = Field(None, ge=1)
    title_highest: int = Field(120, ge=1)
    summary_highest: int = Field(300, ge=1)
    cases_per_unit: int | None = Field(None, ge=1)
    pledge: str = ""


class BookTable(_Table):
    title: str = ""
    subtitle: str = ""
    publisher: str = ""
    compiler: str = ""
    foreword: str = ""


class LibraryTable(_Table):
    queries: tuple[str, ...] = ()


class CaseTable(_Table):
    title: str = ""
    unit: str = ""
    category: str = ""
    authors: tuple[str, ...] = ()
    summary: str = ""
    practice_from: date | None = None


class CallFile(_Table):
    """The whole file."""

    call: CallTable = CallTable()
    book: BookTable = BookTable()
    library: LibraryTable = LibraryTable()
    cases: dict[str, CaseTable] = Field(default_factory=dict)

    def supplements(self) -> dict[str, Supplement]:
        return {name: Supplement(**each.model_dump()) for name, each in self.cases.items()}

    def categories(self) -> tuple[Category, ...]:
        """Names alone get the keys c1, c2 ..."""
        rows = [CategoryRow(name=each) if isinstance(each, str) else each for each in self.call.categories]
        return tuple(
            Category(row.key or f"c{place}", row.name, row.quota) for place, row in enumerate(rows, start=1)
        )

    def criteria(self) -> tuple[Criterion, ...]:
        return tuple(row.value() for row in self.call.criteria)

    def prizes(self) -> tuple[Prize, ...]:
        return tuple(Prize(**row.model_dump()) for row in self.call.prizes)


def read_call_file(folder: Path) -> CallFile:
    """The folder's `call.toml`; an empty one where there is none.

    Raises:
        CannotRun: it is not TOML, or says something that is not known.
    """
    file = folder / NAME
    if not file.is_file():
        return CallFile()
    try:
        return CallFile.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CannotRun(f"{NAME} is not valid TOML: {error}") from error
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()]
        raise CannotRun(f"{NAME}: " + "; ".join(lines)) from error
