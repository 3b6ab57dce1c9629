"""批注: comments of editors on a manuscript."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from casebook import access
from casebook import queries as core
from casebook.editing import queries, service
from casebook.showing import photos_url, shown_body
from foundation.text import _
from foundation.web import Rq, get, post


def routes() -> list[Route]:
    comments = "/editions/{id}/entries/{entry}/comments"
    return [
        get(comments, comments_page),
        post(comments, comment, again=comments_page),
        post(f"{comments}/{{thread}}", change_thread, again=comments_page),
    ]


def comments_page(rq: Rq) -> Response:
    """The text on the left, what is said about it on the right."""
    edition, entry = access.entry(rq)
    current = core.manuscript(rq.db, entry.id)
    found = queries.threads(rq.db, entry.id)
    return rq.render(
        "casebook/editing/comments.html",
        edition=edition,
        entry=entry,
        manuscript=current,
        body=shown_body(photos_url(edition, entry), current.text.body),
        photos_url=photos_url(edition, entry),
        threads=[each for each in found if each.resolved_at is None],
        resolved=[each for each in found if each.resolved_at is not None],
    )


def comment(rq: Rq) -> Response:
    edition, entry = access.entry(rq)
    service.open_thread(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=edition.id,
        entry_id=entry.id,
        quote=rq.field("quote"),
        words=rq.field("words"),
    )
    return rq.redirect(f"/editions/{edition.id}/entries/{entry.id}/comments", _("批注已写下。"))


def change_thread(rq: Rq) -> Response:
    """Answer, settle or open again, by the button that was pressed."""
    edition, entry = access.entry(rq)
    thread, action = rq.path("thread"), rq.field("action")
    if action in ("resolve", "reopen"):
        service.resolve_thread(
            rq.db,
            actor=rq.actor,
            now=rq.now,
            edition_id=edition.id,
            entry_id=entry.id,
            thread_id=thread,
            resolved=action == "resolve",
        )
    else:
        service.add_remark(
            rq.db,
            actor=rq.actor,
            now=rq.now,
            edition_id=edition.id,
            entry_id=entry.id,
            thread_id=thread,
            words=rq.field("words"),
        )
    return rq.redirect(f"/editions/{edition.id}/entries/{entry.id}/comments#t-{thread}")
