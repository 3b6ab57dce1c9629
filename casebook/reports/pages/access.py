"""Who writes reports, and which report the address names."""

from __future__ import annotations

from casebook.reports import policy, queries
from casebook.reports.values import ReportView
from foundation.errors import NotFound
from foundation.permission import require
from foundation.web import Rq


def permit(rq: Rq) -> None:
    """For editors and organisers."""
    rq.signed_in()
    require(policy.may_report(rq.actor))


def report(rq: Rq) -> ReportView:
    """Raises Forbidden, NotFound."""
    permit(rq)
    return queries.report(rq.db, rq.path("id"))


def numbered(rq: Rq, name: str) -> int:
    """A small number out of the address; anything else is NotFound."""
    written = rq.path(name)
    if not (written.isascii() and written.isdigit() and len(written) < 7):
        raise NotFound
    return int(written)
