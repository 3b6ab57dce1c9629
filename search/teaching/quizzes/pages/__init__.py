"""The pages of the quizzes: `/teaching/quizzes` for the bank, challenges under their series."""

from __future__ import annotations

from starlette.routing import BaseRoute

from search.teaching.quizzes.pages import bank, challenges, importing, taking


def routes() -> list[BaseRoute]:
    """All pages; they come before those of sessions, whose addresses are wider."""
    return [*importing.routes(), *bank.routes(), *challenges.routes(), *taking.routes()]
