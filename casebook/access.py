"""Who stands at the editorial desk, and which book or text is on it."""

from __future__ import annotations

from casebook import policy, queries
from casebook.values import EditionView, EntryView
from foundation.permission import require
from foundation.web import Rq


def permit(rq: Rq) -> None:
    """For editors."""
    rq.signed_in()
    require(policy.may_edit(rq.actor))


def edition(rq: Rq) -> EditionView:
    """The book that the address names. Raises NotFound."""
    permit(rq)
    return queries.edition(rq.db, rq.path("id"))


def entry(rq: Rq) -> tuple[EditionView, EntryView]:
    """The entry that the address names, with its book. Raises NotFound."""
    found = edition(rq)
    return found, queries.entry(rq.db, found.id, rq.path("entry"))
