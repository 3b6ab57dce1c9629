"""Who stands at the editorial desk, and which book or text is on it."""

from __future__ import annotations

from casebook import policy, queries
from casebook.values import EditionView, EntryView
from foundation.errors import NotFound, Refused
from foundation.permission import require
from foundation.text import _
from foundation.web import Rq


def permit(rq: Rq) -> None:
    """For editors."""
    rq.signed_in()
    require(policy.may_edit(rq.actor))


def edition(rq: Rq) -> EditionView:
    """The book that the address names.

    Raises:
        NotFound
        Refused: it was put aside, and something is to be changed in it.
    """
    permit(rq)
    found = queries.edition(rq.db, rq.path("id"))
    if found.archived_at is not None and rq.request.method != "GET" and rq.problem is None:
        raise Refused(_("这本书已经归档，不能修改。请先在编排页取消归档。"))
    return found


def entry(rq: Rq) -> tuple[EditionView, EntryView]:
    """The entry that the address names, with its book. Raises NotFound."""
    found = edition(rq)
    return found, queries.entry(rq.db, found.id, rq.path("entry"))


def numbered(rq: Rq, name: str) -> int:
    """A small number out of the address; anything else is NotFound."""
    written = rq.path(name)
    if not (written.isascii() and written.isdigit() and len(written) < 7):
        raise NotFound
    return int(written)


def posted_number(rq: Rq, name: str) -> int:
    """A small number that was posted; 0 for anything else."""
    written = rq.field(name)
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0
