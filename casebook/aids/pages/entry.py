"""编校检查 of a manuscript: the text with its places marked, the list beside it."""

from __future__ import annotations

from collections import Counter

from starlette.responses import Response
from starlette.routing import Route

from casebook import access
from casebook import queries as core
from casebook.aids import queries
from casebook.aids.pages import acting
from casebook.aids.pages.book import shown
from casebook.aids.showing import Marker, lines_of
from casebook.aids.wording import KINDS, RULES, SERIOUSNESS
from foundation.web import Rq, get

HERE = "/editions/{id}/entries/{entry}/findings"


def routes() -> list[Route]:
    return [get(HERE, page), *acting.routes(HERE, page)]


def page(rq: Rq) -> Response:
    """Also shown again when a deed was refused."""
    edition, entry = access.entry(rq)
    book = queries.checked(rq.db, edition.id)
    text = core.manuscript(rq.db, entry.id).text
    found = book.of(entry.id)
    still = tuple(each for each in found if each.key not in book.ignored)
    marker = Marker(still)
    base = f"/editions/{edition.id}/entries/{entry.id}"
    return rq.render(
        "casebook/aids/entry.html",
        edition=edition,
        entry=entry,
        text=text,
        lines=lines_of(marker, text),
        body=marker.body(text, f"{base}/photos"),
        photos_url=f"{base}/photos",
        items=shown(book, still),
        ignored=shown(book, [each for each in found if each.key in book.ignored]),
        kinds=Counter(each.kind for each in still),
        neighbours=_neighbours(book, entry.id),
        here=f"{base}/findings",
        query="",
        kind_names=KINDS,
        rule_names=RULES,
        how_names=SERIOUSNESS,
    )


def _neighbours(book: queries.Checked, entry_id: str) -> tuple[str, str]:
    """The ids of the entries before and after this one that have open findings."""
    busy = {each.entry_id for each in book.open}
    order = [entry.id for entry in book.entries if entry.id in busy or entry.id == entry_id]
    if entry_id not in order:
        return "", ""
    at = order.index(entry_id)
    return (order[at - 1] if at else "", order[at + 1] if at + 1 < len(order) else "")
