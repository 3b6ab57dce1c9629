"""The pages of research reports."""

from __future__ import annotations

from starlette.routing import BaseRoute

from casebook.reports.pages import building, dashboard, listing, quoting, writing
from casebook.reports.ports import Shelf


def routes(shelf: Shelf) -> list[BaseRoute]:
    """Addresses of one word (new) come before those of a report."""
    return [
        *listing.routes(shelf),
        *writing.routes(shelf),
        *quoting.routes(shelf),
        *building.routes(shelf),
        *dashboard.routes(shelf),
    ]
