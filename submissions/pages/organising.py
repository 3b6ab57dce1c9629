"""The organiser's pages: all calls, writing a call with a live preview, watching it fill."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from foundation import people
from foundation.actor import Actor
from foundation.errors import FieldError, Invalid
from foundation.forms import validated
from foundation.permission import require
from foundation.text import Text, _
from foundation.web import Rq, get, post
from submissions import policy, queries, service
from submissions.call_templates import TEMPLATES
from submissions.forms import (
    CHOICES,
    ROW_GROUPS,
    CallForm,
    ExtensionForm,
    change_rows,
    nested,
    values_of,
)
from submissions.pages import call_shown
from submissions.pages.showing import call_state
from submissions.rules import files
from submissions.rules.calls import is_frozen
from submissions.rules.windows import from_wall_clock, local
from submissions.values import (
    UNIT_KINDS,
    CallProposal,
    CallRules,
    CallView,
    CaseStatus,
    FileKind,
    WindowState,
)

ZONES: dict[str, Text] = {
    "Asia/Shanghai": _("北京时间（UTC+8）"),
    "Asia/Urumqi": _("乌鲁木齐（UTC+6）"),
    "Asia/Hong_Kong": _("香港（UTC+8）"),
    "Asia/Singapore": _("新加坡（UTC+8）"),
    "Asia/Tokyo": _("东京（UTC+9）"),
    "Europe/London": _("伦敦"),
    "Europe/Berlin": _("柏林"),
    "America/New_York": _("纽约"),
    "America/Los_Angeles": _("洛杉矶"),
    "UTC": _("世界时（UTC）"),
}
"""The zones offered; any other of the IANA database may come by the API."""


USUAL_DAYS = 60
"""How long a window is open, if the organiser changes nothing."""

PAGE = 100
"""Cases on one page of the organiser's list."""


def routes() -> list[Route]:
    return [
        get("/organise", overview),
        get("/organise/calls/new", choose_template),
        get("/organise/calls/new/edit", new_call),
        post("/organise/calls/new/edit", create, again=new_call),
        post("/organise/calls/preview", preview),
        get("/organise/calls/{call_id}", watch),
        get("/organise/calls/{call_id}/preview", preview_saved),
        get("/organise/calls/{call_id}/edit", edit_call),
        post("/organise/calls/{call_id}/edit", update, again=edit_call),
        post("/organise/calls/{call_id}/publish", publish, again=watch),
        post("/organise/calls/{call_id}/extend", extend, again=watch),
    ]


def overview(rq: Rq) -> Response:
    _permit(rq)
    calls = queries.calls(rq.db)
    rows = [(call, call_state(rq, call), queries.filling(rq.db, call.id)) for call in calls]
    return rq.render("submissions/organise.html", rows=rows)


def choose_template(rq: Rq) -> Response:
    _permit(rq)
    return rq.render("submissions/call_new.html", earlier=queries.calls(rq.db))


def new_call(rq: Rq) -> Response:
    _permit(rq)
    values = _posted(rq) if rq.form else _starting_values(rq, rq.query("from", "standard"))
    return _form(rq, values, call=None)


def create(rq: Rq) -> Response:
    _permit(rq)
    changed = _rows_changed(rq, None)
    if changed is not None:
        return changed
    form = validated(CallForm, _posted(rq))
    call = service.create_call(rq.db, actor=rq.actor, now=rq.now, proposal=form.proposal())
    return rq.redirect(f"/organise/calls/{call.id}", _("征集活动已保存，尚未发布。请核对后发布。"))


def edit_call(rq: Rq) -> Response:
    _permit(rq)
    call = queries.call(rq.db, rq.path("call_id"))
    return _form(rq, _posted(rq) if rq.form else values_of(call), call=call)


def update(rq: Rq) -> Response:
    _permit(rq)
    call = queries.call(rq.db, rq.path("call_id"))
    changed = _rows_changed(rq, call)
    if changed is not None:
        return changed
    posted = _posted(rq)
    if _is_frozen(rq, call):
        posted = _with_frozen(call, posted)
    form = validated(CallForm, posted)
    service.update_call(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        call_id=call.id,
        revision=_number(rq.field("revision")),
        proposal=form.proposal(),
        reason=form.change_reason,
    )
    return rq.redirect(f"/organise/calls/{call.id}", _("修改已保存。"))


def preview(rq: Rq) -> Response:
    """The call as it would be read, while it is typed; wrong numbers show nothing rather than an error."""
    _permit(rq)
    posted = _posted(rq)
    if rq.field("call"):
        posted = _with_frozen(queries.call(rq.db, rq.field("call")), posted)
    try:
        proposal = validated(CallForm, posted).proposal()
    except Invalid as problem:
        return rq.render("submissions/call_preview.html", call=None, problem=problem, notice="")
    shown = call_shown.preview(proposal, rq.field("preview_as"))
    return rq.render("submissions/call_preview.html", problem=None, **shown)


def preview_saved(rq: Rq) -> Response:
    """A saved call as everybody, a branch or a juror will see it."""
    _permit(rq)
    call = queries.call(rq.db, rq.path("call_id"))
    shown = call_shown.preview(call, rq.query("as"))
    return rq.render("submissions/preview.html", problem=None, **shown)


def watch(rq: Rq) -> Response:
    """One call while it fills: counts, the list of cases with filters, extensions."""
    _permit(rq)
    call = queries.call(rq.db, rq.path("call_id"))
    narrowed: dict[str, Any] = {
        "category_key": rq.query("category"),
        "unit_id": rq.query("unit"),
        "status": _status(rq.query("status")),
    }
    found = queries.count_handed_in(rq.db, call.id, **narrowed)
    pages = max(1, -(-found // PAGE))
    page = min(max(1, _number(rq.query("page", "1"))), pages)
    cases = queries.handed_in(rq.db, call.id, **narrowed, limit=PAGE, offset=(page - 1) * PAGE)
    state = call_state(rq, call)
    return rq.render(
        "submissions/watch.html",
        call=call,
        state=state,
        filling=queries.filling(rq.db, call.id),
        cases=cases,
        found=found,
        page=page,
        pages=pages,
        recommendations=queries.recommendations(rq.db, [case.id for case in cases]),
        places=queries.places(rq.db, call.id),
        extensions=queries.extensions(rq.db, call.id),
        deadlines=queries.category_deadlines(rq.db, call, None),
        record=queries.changes(rq.db, call.id),
        units=people.units(rq.db),
        statuses=[each for each in CaseStatus if each is not CaseStatus.DRAFT],
        frozen=state.window not in (WindowState.UNPUBLISHED, WindowState.NOT_YET),
    )


def publish(rq: Rq) -> Response:
    call = service.publish_call(rq.db, actor=_permit(rq), now=rq.now, call_id=rq.path("call_id"))
    return rq.redirect(f"/organise/calls/{call.id}", _("征集活动已发布，所有人都可以看到。"))


def extend(rq: Rq) -> Response:
    actor = _permit(rq)
    call = queries.call(rq.db, rq.path("call_id"))
    form = validated(ExtensionForm, nested(rq.form.multi_items(), groups=()))
    if form.extension_closes_at is None:
        raise Invalid([FieldError("extension_closes_at", _("请填写新的截止日期和时间。"))])
    closes_at = form.extension_closes_at
    if closes_at.tzinfo is None:
        closes_at = from_wall_clock(closes_at, call.timezone)
    service.extend_window(
        rq.db,
        actor=actor,
        now=rq.now,
        call_id=call.id,
        unit_id=form.extension_unit or None,
        category_key=form.extension_category,
        closes_at=closes_at,
        reason=form.extension_reason,
    )
    return rq.redirect(f"/organise/calls/{call.id}", _("延期已记录，立即生效。"))


def _permit(rq: Rq) -> Actor:
    actor = rq.signed_in()
    require(policy.may_manage_calls(actor))
    return actor


def _status(name: str) -> CaseStatus | None:
    return CaseStatus(name) if name in {each.value for each in CaseStatus} else None


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def _posted(rq: Rq) -> dict[str, Any]:
    return nested(rq.form.multi_items(), groups=ROW_GROUPS, choices=CHOICES)


def _with_frozen(call: CallView, posted: dict[str, Any]) -> dict[str, Any]:
    """What an opened call's form sends, completed by the rules and times that it cannot change."""
    free = ("title", "theme", "notice_html", "change_reason")
    return {**values_of(call), **{name: posted.get(name, "") for name in free}}


def _starting_values(rq: Rq, source: str) -> dict[str, Any]:
    """The form's first values: from a template, or from an earlier call; an address that is free, and dates
    that suit most, so that little is left to type."""
    if source in TEMPLATES:
        template = TEMPLATES[source]
        title, theme, notice, rules, zone = "", "", template.notice_html, template.rules, "Asia/Shanghai"
    else:
        earlier = queries.call(rq.db, source)
        title, theme, notice = earlier.title, earlier.theme, earlier.notice_html
        rules, zone = _without_dates(earlier.rules), earlier.timezone
    tomorrow = local(rq.now, zone).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=1)
    closes_at = tomorrow.replace(hour=18) + timedelta(days=USUAL_DAYS)
    slug = _free_slug(rq, tomorrow.year)
    return values_of(CallProposal(title, theme, notice, slug, tomorrow, closes_at, zone, rules))


def _without_dates(rules: CallRules) -> CallRules:
    """The rules of an earlier call without what belongs to its year."""
    return replace(
        rules,
        categories=tuple(replace(each, closes_at=None) for each in rules.categories),
        eligibility=replace(rules.eligibility, practice_earliest=None, practice_latest=None),
    )


def _free_slug(rq: Rq, year: int) -> str:
    taken = {call.slug for call in queries.calls(rq.db)}
    names = (f"{year}-cases" + (f"-{number}" if number > 1 else "") for number in count(1))
    return next(name for name in names if name not in taken)


def _rows_changed(rq: Rq, call: CallView | None) -> Response | None:
    """The form with one row more or less, nothing saved, if that is what was asked."""
    command = rq.field("rows")
    if not command:
        return None
    values = _posted(rq)
    change_rows(values, command)
    return _form(rq, values, call=call)


def _form(rq: Rq, values: dict[str, Any], *, call: CallView | None) -> Response:
    defaults = values_of(CallProposal("", "", "", "", None, None, "Asia/Shanghai", TEMPLATES["blank"].rules))
    blank: dict[str, Any] = {key: [] if isinstance(value, list) else "" for key, value in defaults.items()}
    zone = str(values.get("timezone", ""))
    return rq.render(
        "submissions/call_form.html",
        call=call,
        v={**blank, **values},
        parts_open=rq.query("from") == "blank",
        unit_kinds=UNIT_KINDS,
        file_kinds=[(kind.value, files.NAMES[kind]) for kind in FileKind],
        zone_names=[*ZONES] if zone in ("", *ZONES) else [zone, *ZONES],
        zone_labels=ZONES,
        frozen=call is not None and _is_frozen(rq, call),
        revision=rq.field("revision") or (queries.revision_of(rq.db, call.id) if call else ""),
    )


def _is_frozen(rq: Rq, call: CallView) -> bool:
    return is_frozen(call, now=rq.now)
