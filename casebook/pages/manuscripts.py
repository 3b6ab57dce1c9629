"""The manuscripts: the editor's copy of a case, its rounds and photos."""

from __future__ import annotations

import re

from markupsafe import Markup
from starlette.responses import Response
from starlette.routing import Route

from casebook import access, queries, service
from casebook.forms import ManuscriptForm
from casebook.values import EditionView, EntryView
from foundation.errors import NotFound
from foundation.forms import read_form
from foundation.text import _
from foundation.web import Rq, get, post

_PICTURE = re.compile(r'src="attachment:([0-9A-Za-z]+)"')


def routes() -> list[Route]:
    entry = "/editions/{id}/entries/{entry}"
    return [
        get(f"{entry}/manuscript", manuscript_page),
        post(f"{entry}/manuscript", save_manuscript, again=manuscript_page),
        get(f"{entry}/rounds/{{round}}", round_page),
        post(f"{entry}/rounds/{{round}}", restore_round, again=round_page),
        get(f"{entry}/photos/{{photo}}", photo),
    ]


def manuscript_page(rq: Rq) -> Response:
    """The editor's copy; after a refusal with what was typed."""
    edition, entry = access.entry(rq)
    current = queries.manuscript(rq.db, entry.id)
    return rq.render(
        "casebook/manuscript.html",
        edition=edition,
        entry=entry,
        manuscript=current,
        body=_shown(edition, entry, rq.field("body") if rq.problem else current.text.body),
        rounds=queries.rounds(rq.db, entry.id),
        photos=queries.photos(rq.db, entry),
        photos_url=photos_url(edition, entry),
    )


def save_manuscript(rq: Rq) -> Response:
    edition, entry = access.entry(rq)
    form = read_form(ManuscriptForm, rq.form)
    current = queries.manuscript(rq.db, entry.id)
    body = re.sub(
        rf'src="(?:https?://[^"/]+)?{re.escape(photos_url(edition, entry))}/([0-9A-Za-z]+)[^"]*"',
        r'src="attachment:\1"',
        form.body,
    )
    ordinal = service.write_manuscript(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=edition.id,
        entry_id=entry.id,
        base=form.base,
        text=form.text(body, current.text.photos),
        note=form.note,
    )
    return rq.redirect(f"/editions/{edition.id}", _("书稿已保存为第 %(n)s 稿。", n=ordinal))


def round_page(rq: Rq) -> Response:
    """An earlier round, to read and to restore."""
    edition, entry = access.entry(rq)
    found = queries.manuscript(rq.db, entry.id, access.numbered(rq, "round"))
    return rq.render(
        "casebook/round.html",
        edition=edition,
        entry=entry,
        manuscript=found,
        body=Markup(_shown(edition, entry, found.text.body)),  # noqa: S704 - cleaned before it was stored
        current=queries.manuscript(rq.db, entry.id).ordinal,
    )


def restore_round(rq: Rq) -> Response:
    edition, entry = access.entry(rq)
    base = rq.field("base")
    ordinal = service.restore_round(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=edition.id,
        entry_id=entry.id,
        base=int(base) if base.isascii() and base.isdigit() and len(base) < 10 else 0,
        ordinal=access.numbered(rq, "round"),
    )
    target = f"/editions/{edition.id}/entries/{entry.id}/manuscript"
    return rq.redirect(target, _("已恢复，保存为第 %(n)s 稿。", n=ordinal))


def photo(rq: Rq) -> Response:
    """A photo of the awarded version, shown in the editor."""
    _edition_found, entry = access.entry(rq)
    for each in queries.photos(rq.db, entry):
        if each.id == rq.path("photo"):
            return rq.send_file(
                each.sha256, name=each.name, media_type=each.media_type, size=each.size, inline=True
            )
    raise NotFound


def photos_url(edition: EditionView, entry: EntryView) -> str:
    return f"/editions/{edition.id}/entries/{entry.id}/photos"


def _shown(edition: EditionView, entry: EntryView, body: str) -> str:
    """A stored body with its pictures' addresses."""
    return _PICTURE.sub(rf'src="{photos_url(edition, entry)}/\1"', body)
