"""HTML pages of submissions."""

from __future__ import annotations

from starlette.routing import BaseRoute

from foundation.partials import PartialFiles
from submissions.pages import (
    answering,
    avoiding,
    cases,
    checking,
    comparing,
    concreteness,
    deciding,
    evidence,
    feeds,
    forwarding,
    handing_in,
    mailed,
    organising,
    originality,
    originality_sources,
    public,
    resumable,
    scanning,
    taking_word,
    writing,
)


def routes(partials: PartialFiles, judging_begun: checking.JudgingBegun) -> list[BaseRoute]:
    """All pages of the package; fixed addresses before those with a name in them."""
    return [
        *feeds.routes(),
        *public.routes(),
        *organising.routes(),
        *answering.routes(),
        *checking.routes(judging_begun),
        *writing.routes(),
        *taking_word.routes(),
        *resumable.routes(partials),
        *handing_in.routes(),
        *evidence.routes(),
        *comparing.routes(),
        *originality.routes(),
        *originality_sources.routes(),
        *concreteness.routes(),
        *deciding.routes(),
        *avoiding.routes(judging_begun),
        *forwarding.routes(),
        *scanning.routes(),
        *mailed.routes(),
        *cases.routes(),
    ]
