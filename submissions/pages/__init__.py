"""HTML pages of submissions."""

from __future__ import annotations

from starlette.routing import BaseRoute

from foundation.partials import PartialFiles
from submissions.pages import (
    cases,
    comparing,
    deciding,
    feeds,
    handing_in,
    organising,
    public,
    resumable,
    writing,
)


def routes(partials: PartialFiles) -> list[BaseRoute]:
    """All pages of the package; fixed addresses before those with a name in them."""
    return [
        *feeds.routes(),
        *public.routes(),
        *organising.routes(),
        *writing.routes(),
        *resumable.routes(partials),
        *handing_in.routes(),
        *comparing.routes(),
        *deciding.routes(),
        *cases.routes(),
    ]
