"""The pages of the editorial desk."""

from __future__ import annotations

from starlette.routing import Route

from casebook.pages import builds, desk, details, manuscripts


def routes() -> list[Route]:
    return [
        *desk.routes(),
        *details.routes(),
        *manuscripts.routes(),
        *builds.routes(),
    ]
