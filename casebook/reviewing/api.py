"""Reviews and proofs through the JSON API: how every text of a book stands."""

from __future__ import annotations

from casebook import access
from casebook.reviewing import queries
from casebook.reviewing.forms import ReviewsReply, TextReply
from casebook.reviewing.rules.counting import rate
from casebook.reviewing.rules.standing import last_reading
from foundation.api import Operation
from foundation.web import Rq

TAG = "casebook"


def operations() -> list[Operation]:
    """For editors."""
    return [
        Operation(
            "GET",
            "/editions/{id}/reviews",
            lambda rq, _body: _reviews(rq),
            summary="Three reviews and three proofs of every text, and what is missing before printing",
            tag=TAG,
            reply=ReviewsReply,
        )
    ]


def _reviews(rq: Rq) -> ReviewsReply:
    edition = access.edition(rq)
    files = queries.files(rq.db, edition.id)
    clearance = queries.clearance(files)
    errors = [error for each in files for error in last_reading(each.acts, each.errors)]
    return ReviewsReply(
        cleared=clearance.cleared,
        missing=[str(each) for each in clearance.missing],
        errors_per_10000=rate(errors, sum(each.subject.characters for each in files)).per_10000,
        texts=[TextReply.of(each) for each in files],
    )
