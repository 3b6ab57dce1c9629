"""The jury's marks as a CSV: read from a file, or made up for a trial, always the same for the same texts."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from submissions.values import Criterion
from webapp.pipeline.values import CannotRun

SALT = "exemplar trial marks 3"
_HALF = 50


@dataclass(frozen=True, slots=True)
class Card:
    """One juror's marks for one document, by the criteria's keys."""

    marks: Mapping[str, Decimal]
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """All cards by document and juror (numbered from 1)."""

    cards: Mapping[tuple[str, int], Card] = field(default_factory=dict)
    generated: bool = False


def generate(contents: Mapping[str, str], criteria: Sequence[Criterion], jurors: int) -> Marks:
    """Marks in the upper half of each scale, drawn from a hash of the document's text, the juror and the
    criterion: no opinion on anything, but the same in every run. Three quarters of a mark are the document's
    own level, so that jurors agree as jurors do."""
    cards = {}
    for name, content in contents.items():
        level = _drawn(content, "level")
        for juror in range(1, jurors + 1):
            cards[name, juror] = Card(
                {
                    each.key: _mark(each, (3 * level + _drawn(content, f"{juror} {each.key}")) / 4)
                    for each in criteria
                }
            )
    return Marks(cards, generated=True)


def _drawn(content: str, what: str) -> float:
    digest = hashlib.sha256(f"{SALT}\0{what}\0{content}".encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32


def _mark(criterion: Criterion, share: float) -> Decimal:
    steps = int((criterion.highest - criterion.lowest) / criterion.step)
    taken = steps * _HALF // 100 + int(share * (steps - steps * _HALF // 100))
    return Decimal(criterion.lowest) + criterion.step * taken


def write(file: Path, marks: Marks, criteria: Sequence[Criterion]) -> None:
    """Write `file,juror,<criteria>,comment`."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8-sig", newline="") as target:
        rows = csv.writer(target)
        rows.writerow(["file", "juror", *(each.key for each in criteria), "comment"])
        for (name, juror), card in sorted(marks.cards.items()):
            rows.writerow([name, juror, *(card.marks[each.key] for each in criteria), card.comment])


def read(file: Path, documents: Sequence[str], criteria: Sequence[Criterion], jurors: int) -> Marks:
    """Read a marks file.

    Raises:
        CannotRun: with the line and what is wrong with it, or the cards that are missing.
    """
    cards: dict[tuple[str, int], Card] = {}
    try:
        with file.open(encoding="utf-8-sig", newline="") as source:
            rows = csv.DictReader(source)
            missing = {"file", "juror", *(each.key for each in criteria)} - set(rows.fieldnames or ())
            if missing:
                raise CannotRun(f"{file.name} lacks the columns {', '.join(sorted(missing))}.")
            for row in rows:
                place = f"{file.name}, line {rows.line_num}"
                key, card = _card(row, place, documents, criteria, jurors)
                cards[key] = card
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CannotRun(f"{file} cannot be read: {error}") from error
    lacking = [
        f"{name} by juror {juror}"
        for name in documents
        for juror in range(1, jurors + 1)
        if (name, juror) not in cards
    ]
    if lacking:
        raise CannotRun(f"{file.name} has no marks for {'; '.join(lacking)}.")
    return Marks(cards)


def _card(
    row: Mapping[str, str], place: str, documents: Sequence[str], criteria: Sequence[Criterion], jurors: int
) -> tuple[tuple[str, int], Card]:
    name, juror = (row["file"] or "").strip(), (row["juror"] or "").strip()
    if name not in documents:
        raise CannotRun(f"{place}: there is no case {name!r} in the folder.")
    if not juror.isdecimal() or not 1 <= int(juror) <= jurors:
        raise CannotRun(f"{place}: the juror must be a number from 1 to {jurors}, not {juror!r}.")
    marks = {each.key: _number(row[each.key], f"{place}, {each.key}") for each in criteria}
    return (name, int(juror)), Card(marks, (row.get("comment") or "").strip())


def _number(written: str | None, place: str) -> Decimal:
    try:
        number = Decimal((written or "").strip())
    except InvalidOperation as error:
        raise CannotRun(f"{place}: {written!r} is not a number.") from error
    if not number.is_finite():
        raise CannotRun(f"{place}: {written!r} is not a number.")
    return number
