"""The ledger of a case: its claims, the evidence for each, and what reads as a claim and has none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from markupsafe import Markup, escape
from starlette.responses import Response
from starlette.routing import BaseRoute

from foundation.errors import NotFound
from foundation.forms import read_form
from foundation.text import Text, _
from foundation.web import Rq, get, post
from submissions import queries, service
from submissions.forms import ClaimForm
from submissions.pages import uploading
from submissions.pages.showing import own_case
from submissions.rules.claims import ledger
from submissions.rules.lifecycle import can_edit
from submissions.values import AttachmentView, CaseView, Ledger, ProposedClaim, Source

BASE = "/cases/{case_id}/claims"


def routes() -> list[BaseRoute]:
    return [
        get(BASE, ledger_page),
        get(BASE + "/panel", panel),
        post(BASE, add, again=ledger_page, prepare=prepare_upload),
        post(BASE + "/{claim_id}", change, again=ledger_page, prepare=prepare_upload),
    ]


def ledger_page(rq: Rq) -> Response:
    """All claims and proposals; after a refusal the form it came from is open, with what was typed."""
    case = own_case(rq)
    call = queries.call(rq.db, case.call_id)
    book, attachments = _book(rq, case)
    return rq.render(
        "submissions/ledger.html",
        case=case,
        call=call,
        book=book,
        shown={each.start: highlighted(each) for each in book.proposed},
        attachments=attachments,
        files={each.id: each for each in attachments},
        editable=can_edit(case.status, queries.window_for(rq.db, call, case, rq.now)),
    )


def panel(rq: Rq) -> Response:
    """The ledger in short, with the dialog that links evidence, for the editor to fetch."""
    case = own_case(rq)
    book, attachments = _book(rq, case)
    return rq.render("submissions/ledger_panel.html", case=case, book=book, attachments=attachments)


def _book(rq: Rq, case: CaseView) -> tuple[Ledger, tuple[AttachmentView, ...]]:
    draft = queries.draft(rq.db, case.id)
    return ledger(draft.text.body_html, draft.claims), draft.attachments


def highlighted(proposal: ProposedClaim) -> Markup:
    """The passage with its figures marked."""
    return Markup("").join(_pieces(proposal.quote, proposal.figures))


def _pieces(quote: str, figures: tuple[str, ...]) -> Iterator[Markup]:
    at = 0
    for figure in sorted(figures, key=quote.find):
        place = quote.find(figure, at)
        if place < 0:
            continue
        yield escape(quote[at:place])
        yield Markup("<mark>{}</mark>").format(figure)
        at = place + len(figure)
    yield escape(quote[at:])


def prepare_upload(rq: Rq) -> list[service.NewFile]:
    """Store files that were sent with the form, before the write transaction."""
    own_case(rq)
    return [uploading.stored(rq.files, each) for each in rq.uploads("upload") if each.size]


def add(rq: Rq) -> Response:
    case = own_case(rq)
    form = read_form(ClaimForm, rq.form)
    sources = () if form.needless else _with_uploads(rq, case, form)
    service.mark_claim(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        case_id=case.id,
        quote=form.quote,
        sources=sources,
        needless=form.needless,
    )
    done = _("已记下，这一处不再提示。") if form.needless else _("已标注。")
    return rq.redirect(f"/cases/{case.id}/claims", done)


def change(rq: Rq) -> Response:
    """Link, unlink, confirm or remove, by the button pressed."""
    case = own_case(rq)
    deed, _colon, number = rq.field("do").partition(":")
    named: dict[str, Any] = {
        "actor": rq.actor,
        "now": rq.now,
        "case_id": case.id,
        "claim_id": rq.path("claim_id"),
    }
    deeds: dict[str, Callable[[], Text]] = {
        "link": lambda: _link(rq, case, named),
        "unlink": lambda: _unlink(rq, named, number),
        "confirm": lambda: _confirm(rq, named),
        "remove": lambda: _remove(rq, named),
    }
    if deed not in deeds:
        raise NotFound
    return rq.redirect(f"/cases/{case.id}/claims", deeds[deed]())


def _link(rq: Rq, case: CaseView, named: dict[str, Any]) -> Text:
    sources = _with_uploads(rq, case, read_form(ClaimForm, rq.form))
    service.link_evidence(rq.db, **named, sources=sources)
    return _("证据已链接。")


def _unlink(rq: Rq, named: dict[str, Any], number: str) -> Text:
    place = int(number) if number.isdecimal() and len(number) < 4 else 0
    service.unlink_evidence(rq.db, **named, number=place)
    return _("已取消链接，文件本身没有删除。")


def _confirm(rq: Rq, named: dict[str, Any]) -> Text:
    service.confirm_claim(rq.db, **named)
    return _("已确认，证据对应现在的文字。")


def _remove(rq: Rq, named: dict[str, Any]) -> Text:
    service.remove_claim(rq.db, **named)
    return _("已移除标注，正文没有改动。")


def _with_uploads(rq: Rq, case: CaseView, form: ClaimForm) -> tuple[Source, ...]:
    """The evidence of the form; files sent with it become files of the case first."""
    new = [
        service.attach_file(rq.db, actor=rq.actor, now=rq.now, case_id=case.id, file=file)
        for file in rq.prepared
    ]
    return (*(Source(attachment_id=each.id, note=form.note) for each in new), *form.sources())
