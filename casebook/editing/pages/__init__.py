"""Pages of this room: the editor's, and the unit's own."""

from __future__ import annotations

from starlette.routing import Route

from casebook.editing.pages import commenting, unit, writing_to_units


def routes() -> list[Route]:
    return [*commenting.routes(), *writing_to_units.routes(), *unit.routes()]
