"""The pages of the editorial desk."""

from __future__ import annotations

from sqlalchemy.orm import Session
from starlette.routing import Route

from casebook.aids import pages as aids
from casebook.editing import pages as editing
from casebook.houses import pages as houses
from casebook.making import pages as making
from casebook.making import queries as making_queries
from casebook.making.bindery import Bindery
from casebook.making.values import BuildKind
from casebook.pages import changes, desk, details, manuscripts, matters
from casebook.reviewing import pages as reviewing
from casebook.service import TopicsOf


def routes(topics: TopicsOf, bindery: Bindery) -> list[Route]:
    """`topics`: what the library says cases are about; `bindery`: where made books are."""
    return [
        *desk.routes(topics),
        *details.routes(),
        *matters.routes(),
        *houses.routes(),
        *manuscripts.routes(topics),
        *changes.routes(),
        *editing.routes(),
        *making.routes(bindery),
        *aids.routes(),
        *reviewing.routes(_proofs),
    ]


def _proofs(db: Session, edition_id: str) -> list[int]:
    """Numbers of the made proofs that can be read, the newest first."""
    made = making_queries.builds(db, edition_id)
    return [each.number for each in made if each.kind is BuildKind.PROOF and each.downloadable]
