"""The pages of the aids: findings in a book and in a manuscript, the house's list of terms."""

from __future__ import annotations

from starlette.routing import Route

from casebook.aids.pages import book, bulk, entry, terms


def routes() -> list[Route]:
    return [*bulk.routes(), *book.routes(), *entry.routes(), *terms.routes()]
