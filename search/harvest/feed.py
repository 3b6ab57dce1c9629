"""The Atom feed of a search: the newest public cases that hold every word of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from starlette.responses import Response

from foundation import atom
from foundation.text import _
from search import holdings
from search.asking import Asked, read
from search.harvest import queries
from search.harvest.public import Ask, unless_known
from search.holdings import Shelved
from search.library import Library
from search.values import Sort

PATH = "/library/feed"
ENTRIES = 50
SOON = 60
"""Seconds after which to ask again while the index is being built."""


def feed(ask: Ask, shelf: Library) -> Response:
    """The same parameters as the page of the library; order and page number mean nothing here."""
    question = read(ask.values)
    found = shelf.holding(ask.db, question.text, filters=question.filters, exact=question.exact, most=ENTRIES)
    if found is None:
        return Response(status_code=503, headers={"Retry-After": str(SOON)})
    cases = holdings.cases(ask.db, found)
    changed = queries.public_changes(ask.db, list(cases))
    entries = [_entry(ask, case, changed.get(case.id)) for case in cases.values()]
    entries.sort(key=lambda entry: entry.updated, reverse=True)
    path = _path(question, PATH)
    written = atom.written(
        atom.Feed(
            id=ask.absolute(path),
            url=ask.absolute(_path(question, "/library")),
            own_url=ask.absolute(path),
            title=_title(ask.edge.site_name, question.text),
            author=ask.edge.site_name,
            updated=entries[0].updated if entries else datetime.fromtimestamp(0, UTC),
            entries=entries,
        )
    )
    return unless_known(ask, written, media_type=atom.MEDIA_TYPE, changed=queries.latest_change(ask.db))


def _path(question: Asked, path: str) -> str:
    return replace(question, sort=Sort.RELEVANCE).with_(page=1, path=path)


def _title(site: str, text: str) -> str:
    if text:
        return str(_("%(site)s 案例库：%(question)s", site=site, question=text))
    return str(_("%(site)s 案例库", site=site))


def _entry(ask: Ask, case: Shelved, changed: datetime | None) -> atom.Entry:
    address = ask.absolute(f"/library/{case.id}")
    return atom.Entry(
        id=address,
        url=address,
        title=case.version.title,
        updated=changed or case.award.granted_at,
        published=case.award.granted_at,
        author=case.version.unit_name,
        summary=case.version.summary,
        categories=[each for each in (case.category, case.award.prize_name, str(case.call.year)) if each],
    )
