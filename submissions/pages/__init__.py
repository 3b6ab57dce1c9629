"""HTML pages of submissions."""

from __future__ import annotations

from starlette.routing import Route

from submissions.pages import cases, comparing, deciding, feeds, handing_in, organising, public, writing


def routes() -> list[Route]:
    """All pages of the package; fixed addresses before those with a name in them."""
    return [
        *feeds.routes(),
        *public.routes(),
        *organising.routes(),
        *writing.routes(),
        *handing_in.routes(),
        *comparing.routes(),
        *deciding.routes(),
        *cases.routes(),
    ]
