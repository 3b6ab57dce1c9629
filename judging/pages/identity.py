"""The masked copy before judging: what gives a case away, what is covered, the copy that jurors will read."""

from __future__ import annotations

import time
from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import Route

from foundation.actor import Role
from foundation.errors import NotFound
from foundation.forms import read_form
from foundation.text import _
from foundation.web import Rq, get, post
from judging.blinding import blind_copy
from judging.forms import IdentityForm
from judging.pages.common import category_names, home, organiser_call, tabs
from judging.values import BlindCopy
from submissions import queries as submissions
from submissions import service
from submissions.identity import Subject, leaks, masks_of
from submissions.intake import Unreadable, read_properties
from submissions.pages.showing import body_shown
from submissions.values import CallView, IdentityDecision, Leak, LeakKind, VersionView

PAGE_SIZE = 50
FILE_LARGEST = 20_000_000
"""Bytes up to which a file is opened for its properties; larger ones are cleaned for jurors all the same."""
FILE_SECONDS = 5.0
PAGE_SECONDS = 12.0
"""How long one file, and all files of a page, may take; an ordinary file takes milliseconds."""
OVERVIEW = "/organise/calls/{call_id}/judging/identity"


def routes() -> list[Route]:
    return [
        get("/cases/{case_id}/identity", page),
        post("/cases/{case_id}/identity", decide, again=page, prepare=preview),
        get(OVERVIEW, overview),
        get(OVERVIEW + "/next", next_open),
    ]


@dataclass(frozen=True, slots=True)
class Choice:
    """A finding with whether it is ticked."""

    leak: Leak
    chosen: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A case in the overview."""

    version: VersionView
    decision: IdentityDecision
    confirmed: bool
    open: int


@dataclass(frozen=True, slots=True)
class Said:
    """What files say of themselves, each with the name of the file, and the names of those not read."""

    properties: tuple[tuple[str, str], ...] = ()
    unread: tuple[str, ...] = ()


def page(rq: Rq) -> Response:
    """The findings, ticked as proposed or as decided before; after a refusal as they were sent."""
    rq.signed_in()
    subject = service.identity_subject(rq.db, actor=rq.actor, now=rq.now, case_id=rq.path("case_id"))
    decision = submissions.identity_decision(rq.db, subject.case_id)
    form = read_form(IdentityForm, rq.form) if "seen" in rq.form else None
    return _page(rq, subject, decision, form)


def preview(rq: Rq) -> Response | None:
    """The copy as ticked. Files are opened for it, which no write transaction waits for."""
    rq.signed_in()
    form = read_form(IdentityForm, rq.form)
    if form.do != "preview":
        return None
    subject = service.identity_subject(rq.db, actor=rq.actor, now=rq.now, case_id=rq.path("case_id"))
    return _page(rq, subject, submissions.identity_decision(rq.db, subject.case_id), form)


def decide(rq: Rq) -> Response:
    """Show the copy as ticked, or confirm it."""
    rq.signed_in()
    if isinstance(rq.prepared, Response):
        return rq.prepared
    form = read_form(IdentityForm, rq.form)
    subject = service.identity_subject(rq.db, actor=rq.actor, now=rq.now, case_id=rq.path("case_id"))
    decision = submissions.identity_decision(rq.db, subject.case_id)
    found = leaks(_subject(rq, subject, decision))
    service.confirm_identity(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        case_id=subject.case_id,
        seen=form.seen,
        masks=masks_of(found, form.mask, form.own_words()),
        kept=[each for each in form.found if each not in form.mask],
        withheld=form.withheld,
    )
    return rq.redirect(f"/cases/{subject.case_id}/identity", _("已确认。评委读到的就是下面的遮盖稿。"))


def _page(rq: Rq, subject: VersionView, decision: IdentityDecision, form: IdentityForm | None) -> Response:
    said = _said(rq, subject)
    found = leaks(_subject(rq, subject, decision, said.properties))
    choices = [Choice(each, _ticked(each, decision, form)) for each in found if not each.automatic]
    listed = {each.words for each in found}
    masks = (
        masks_of(found, form.mask, form.own_words())
        if form is not None
        else masks_of(found, [each.leak.words for each in choices if each.chosen], _own(decision, listed))
    )
    withheld = tuple(form.withheld) if form is not None else decision.withheld
    call = submissions.call(rq.db, subject.call_id)
    copy = _copy(rq, subject, call, IdentityDecision(masks=masks, withheld=withheld))
    files = f"/cases/{subject.case_id}/files"
    if subject.number:
        files = f"/cases/{subject.case_id}/versions/{subject.ordinal}/files"
    return rq.render(
        "judging/identity.html",
        case=submissions.case(rq.db, subject.case_id),
        call=call,
        version=subject,
        decision=decision,
        confirmed=decision.confirms(subject.content_hash),
        automatic=[each for each in found if each.automatic],
        sure=[each for each in choices if each.leak.proposed or each.leak.kind is LeakKind.OWN],
        perhaps=[each for each in choices if not (each.leak.proposed or each.leak.kind is LeakKind.OWN)],
        own="\n".join(form.own_words() if form is not None else _own(decision, listed)),
        withheld=withheld,
        copy=copy,
        body=body_shown(copy.body_html, files),
        files=files,
        unread=said.unread,
        organises=rq.actor.has(Role.ORGANISER),
        previewed=form is not None,
    )


def _ticked(leak: Leak, decision: IdentityDecision, form: IdentityForm | None) -> bool:
    if form is not None:
        return leak.words in form.mask
    if decision.decided(leak.words):
        return leak.words not in decision.kept
    return leak.proposed


def _own(decision: IdentityDecision, listed: set[str]) -> list[str]:
    """Words decided on that no finding shows: they are kept in the box for one's own words."""
    return [each.words for each in decision.masks if each.words not in listed]


def _subject(
    rq: Rq, version: VersionView, decision: IdentityDecision, said: tuple[tuple[str, str], ...] = ()
) -> Subject:
    return Subject(version, submissions.unit_names(rq.db, version.unit_id), said, decision.masks)


def _said(rq: Rq, version: VersionView) -> Said:
    """Open the case's files, each in a process with limits; who looks is told which could not be read."""
    found: list[tuple[str, str]] = []
    unread: list[str] = []
    until = time.monotonic() + PAGE_SECONDS
    for each in version.attachments:
        if each.kind == "photo":
            continue  # photos were drawn anew without their properties
        seconds = min(FILE_SECONDS, until - time.monotonic())
        if each.size > FILE_LARGEST or seconds <= 0:
            unread.append(each.name)
            continue
        try:
            said = read_properties(rq.files.read(each.sha256), each.media_type, seconds=seconds)
        except (FileNotFoundError, Unreadable):
            unread.append(each.name)
        else:
            found += [(each.name, value) for value in said]
    return Said(tuple(found), tuple(unread))


def _copy(rq: Rq, version: VersionView, call: CallView, decision: IdentityDecision) -> BlindCopy:
    category = call.rules.category(version.category_key)
    return blind_copy(
        version,
        label="",
        category_name=category.name if category else "",
        unit_names=submissions.unit_names(rq.db, version.unit_id),
        with_files=True,
        decision=decision,
    )


def overview(rq: Rq) -> Response:
    """Every case of the call with how far its masking is."""
    _actor, call, view = organiser_call(rq)
    entries = submissions.entries(rq.db, call.id)
    asked = rq.query("page", "1")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    pages = max(1, -(-len(entries) // PAGE_SIZE))
    number = min(max(number, 1), pages)
    shown = entries[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    decisions = submissions.identity_decisions(rq.db, [each.case_id for each in shown])
    unconfirmed, _all = submissions.identity_open(rq.db, call.id)
    return rq.render(
        "judging/identity_list.html",
        call=call,
        round=view,
        tabs=tabs(view, "/identity") if view is not None else [],
        lines=[_line(rq, each, decisions.get(each.case_id, IdentityDecision())) for each in shown],
        unconfirmed=unconfirmed,
        total=len(entries),
        names=category_names(call),
        page=number,
        pages=pages,
        home=home(call),
    )


def _line(rq: Rq, version: VersionView, decision: IdentityDecision) -> Line:
    confirmed = decision.confirms(version.content_hash)
    found = () if confirmed else leaks(_subject(rq, version, decision))
    undecided = [
        each for each in found if not each.automatic and each.proposed and not decision.decided(each.words)
    ]
    return Line(version, decision, confirmed, len(undecided))


def next_open(rq: Rq) -> Response:
    """To the next case that nobody has confirmed, after the one in the address."""
    _actor, call, _view = organiser_call(rq)
    order = [each.case_id for each in submissions.entries(rq.db, call.id)]
    unconfirmed, _all = submissions.identity_open(rq.db, call.id)
    if not order:
        raise NotFound
    after = rq.query("after")
    start = order.index(after) + 1 if after in order else 0
    wanted = [each for each in (*order[start:], *order[:start]) if each in set(unconfirmed)]
    if not wanted:
        return rq.redirect(home(call) + "/identity", _("所有案例的遮盖都已确认。"))
    return rq.redirect(f"/cases/{wanted[0]}/identity")
