"""A product whose library holds generated cases, awarded as the services leave them.

One case goes through the services; its rows are the pattern for all others, which are written in bulk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

from sqlalchemy import insert, inspect
from sqlalchemy.orm import Session

from bench import shelf
from bench.serving import fill
from foundation import people
from judging.models import Award
from search.values import LibraryDocument
from submissions import queries as submissions
from submissions.call_templates import STANDARD
from submissions.models import Call, Case, CaseVersion
from tests.search.factories import award
from webapp.settings import Settings
from webapp.wiring import Product, build

Columns = dict[str, Any]
CHUNK = 500


@dataclass(frozen=True, slots=True)
class _Pattern:
    call: Columns
    case: Columns
    version: Columns
    award: Columns


def stock(folder: Path, count: int) -> None:
    """A database in `folder` with so many awarded cases of ten calls; the index is not built."""
    fill(folder, 1, handed_in=True)
    product = build(Settings(data_dir=folder))
    with product.database.write() as db:
        pattern = _pattern(db)
        units = [people.add_unit(db, name=f"{name}（{place}）") for place, name in enumerate(_units())]
        years = {year: f"call{year:028d}" for year in range(2016, 2026)}
        db.execute(insert(Call), [_call(pattern.call, year, identity) for year, identity in years.items()])
        for chunk in _chunks(count):
            made = [_rows(pattern, each, years, units[int(each.unit_id[1:])].id) for each in chunk]
            for place, model in enumerate((Case, CaseVersion, Award)):
                db.execute(insert(model), [rows[place] for rows in made])
    product.close()


def case_id(number: int) -> str:
    """The id of the case that was made of `shelf.document(number)`."""
    return f"case{number:028d}"


def opened(folder: Path) -> Product:
    """The product over a stocked folder, with its index built."""
    product = build(Settings(data_dir=folder))
    product.indexer.catch_up()
    return product


def _pattern(db: Session) -> _Pattern:
    version = db.query(CaseVersion).one()
    award(db, submissions.version(db, version.id), now=datetime(2026, 1, 5, tzinfo=UTC))
    return _Pattern(*(_columns(db.query(model).one()) for model in (Call, Case, CaseVersion, Award)))


def _columns(row: object) -> Columns:
    return {attribute.key: getattr(row, attribute.key) for attribute in inspect(type(row)).column_attrs}


def _units() -> Iterator[str]:
    for number in range(shelf.UNITS):
        yield shelf.unit_name(number)


def _chunks(count: int) -> Iterator[list[LibraryDocument]]:
    for start in range(0, count, CHUNK):
        yield [shelf.document(number) for number in range(start, min(start + CHUNK, count))]


def _call(pattern: Columns, year: int, identity: str) -> Columns:
    return {**pattern, "id": identity, "slug": f"bench{year}", "title": f"{year} 年征集", "year": year}


def _rows(
    pattern: _Pattern, made: LibraryDocument, years: Mapping[int, str], unit_id: str
) -> tuple[Columns, Columns, Columns]:
    number = int(made.id[1:])
    identity, version_id = case_id(number), f"version{number:025d}"
    shared: Columns = {"call_id": years[made.year], "case_id": identity}
    category = STANDARD.rules.categories[number % len(STANDARD.rules.categories)]
    case: Columns = {**pattern.case, "id": identity, "version_id": version_id, "number": made.number}
    case |= {"call_id": years[made.year], "unit_id": unit_id, "ordinal": number + 10}
    version = {**pattern.version, **shared, "id": version_id, "number": f"{made.number}-1"}
    version |= {"unit_id": unit_id, "unit_name": made.unit, "title": made.title, "summary": made.summary}
    version |= {"body_html": html(made), "word_count": made.words, "category_key": category.key}
    prize = {**pattern.award, **shared, "id": f"award{number:027d}", "version_id": version_id}
    prize |= {"prize_name": made.prize, "prize_rank": made.prize_rank}
    prize |= {"granted_at": pattern.award["granted_at"] + timedelta(minutes=number)}
    return case, version, prize


def html(made: LibraryDocument) -> str:
    """The body in the product's HTML subset."""
    headings = set(made.headings.split("\n\n"))
    return "".join(
        f"<h2>{escape(part)}</h2>" if part in headings else f"<p>{escape(part)}</p>"
        for part in made.body.split("\n\n")
    )
