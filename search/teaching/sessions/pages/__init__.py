"""The pages of study sessions: `/teaching/sessions` for leaders, `/study` for participants and presenters."""

from __future__ import annotations

from starlette.routing import BaseRoute

from judging.papers.ports import DocumentWriter
from search.teaching.sessions.pages import (
    desk,
    joining,
    people,
    preparing,
    results,
    screen,
    series,
    taking_part,
)


def routes(paper: DocumentWriter | None = None) -> list[BaseRoute]:
    """All pages. `paper` writes Word files and makes the attendance list's download possible."""
    return [
        *series.routes(),
        *people.routes(),
        *results.routes(paper),
        *preparing.routes(),
        *desk.routes(),
        *screen.routes(),
        *joining.routes(),
        *taking_part.routes(),
    ]
