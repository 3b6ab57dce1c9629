"""Pages of the reviews and proofs: the board of a book, each text, error lists, the record."""

from __future__ import annotations

from functools import partial

from starlette.routing import Route

from casebook.reviewing.pages import board, lists, record, text
from casebook.reviewing.pages.views import ProofNumbers


def routes(proofs: ProofNumbers) -> list[Route]:
    """`proofs`: the numbers of an edition's made proofs, the newest first."""
    show = partial(text.text_page, proofs)
    return [*board.routes(), *lists.routes(show), *record.routes(), *text.routes(proofs)]
