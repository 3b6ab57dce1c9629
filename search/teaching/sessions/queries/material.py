"""What of a case a session may show, looked up each time it is drawn: a case that was taken off the shelf or
whose audience became narrower is gone from the page at once.

Public cases are shown to every participant, at any time. Cases for members only where the leader said so, to
those who have joined, while the session is open; afterwards who has an account reads them in the library.
Cases for trainers are never shown here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from sqlalchemy.orm import Session

from foundation.actor import ANONYMOUS, Actor
from foundation.errors import NotFound
from search import holdings, shelf
from search.holdings import Shelved

_MEMBER = Actor("study-session")
"""Reads what members may read and nothing else; no row belongs to him."""
_FIGURE = re.compile(r"<figure\b.*?</figure>|<img\b[^>]*>", re.DOTALL)
_PART = re.compile(r"(?=<h2[ >])")
_HEAD = re.compile(r"<h2[^>]*>(.*?)</h2>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a case's text, from one heading to the next."""

    place: int
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class Material:
    """A case as a session shows it."""

    id: str
    title: str
    unit: str
    summary: str
    public: bool
    parts: tuple[Part, ...]

    def part(self, place: int) -> Part | None:
        return self.parts[place] if place < len(self.parts) else None


def shown(db: Session, case_id: str, *, members: bool) -> Material | None:
    """A case as participants see it now, None for one that they may not see. `members`: theirs too."""
    for actor in (ANONYMOUS, _MEMBER) if members else (ANONYMOUS,):
        with _seen_by(db, actor):
            try:
                return _material(holdings.case(db, case_id), public=actor is ANONYMOUS)
            except NotFound:
                continue
    return None


def for_leader(db: Session, case_id: str) -> Material | None:
    """The same as the session's actor may read it in the library."""
    try:
        case = holdings.case(db, case_id)
    except NotFound:
        return None
    return _material(case, public=shown(db, case_id, members=False) is not None)


def choices(db: Session, most: int = 100) -> list[Shelved]:
    """The newest cases that the session's actor reads, to choose from."""
    places = sorted(shelf.on_shelf(db), key=lambda each: each.award.granted_at, reverse=True)[:most]
    return list(holdings.cases(db, [each.case_id for each in places]).values())


def named(db: Session, typed: str) -> str:
    """The id of the case that somebody means by a title, a number or the address of its page; "" for none."""
    return naming(db)(typed)


def naming(db: Session) -> Callable[[str], str]:
    """The same for many names: the titles are read once, and what is asked twice is looked up once."""

    @cache
    def titles() -> dict[str, str]:
        return {each.version.title: each.id for each in reversed(choices(db))}

    @cache
    def find(typed: str) -> str:
        return titles().get(typed) or _pointed_at(db, typed.rstrip("/").rpartition("/")[2])

    return find


def _pointed_at(db: Session, key: str) -> str:
    """The case of a number or an id."""
    for find in (holdings.case, holdings.case_numbered):
        try:
            return find(db, key).id
        except NotFound:
            continue
    return ""


@contextmanager
def _seen_by(db: Session, actor: Actor) -> Iterator[None]:
    before = db.info.get("actor")
    db.info["actor"] = actor
    try:
        yield
    finally:
        db.info["actor"] = before


def _material(case: Shelved, *, public: bool) -> Material:
    version = case.version
    pieces = [
        piece for piece in _PART.split(_FIGURE.sub("", version.body_html)) if _TAG.sub("", piece).strip()
    ]
    return Material(
        id=case.id,
        title=version.title,
        unit=version.unit_name,
        summary=version.summary,
        public=public,
        parts=tuple(_part(place, piece) for place, piece in enumerate(pieces)),
    )


def _part(place: int, piece: str) -> Part:
    head = _HEAD.match(piece)
    return Part(place, _TAG.sub("", head[1]).strip() if head else "", piece[head.end() :] if head else piece)
