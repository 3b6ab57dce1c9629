"""Error lists: of one text on its page, of the whole book as a page to print and as Excel or CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from casebook import access
from casebook.reviewing import queries, service
from casebook.reviewing.forms import ErrorForm
from casebook.reviewing.pages import views
from casebook.reviewing.pages.text import place
from casebook.reviewing.rules.counting import BY_KEY, FAULTS, KIND_NAMES, PASS_MARK, passes, rate
from casebook.reviewing.values import File, ProofError
from casebook.reviewing.wording import ERROR_STATES, STEP_NAMES
from foundation.downloads import download, safe_name
from foundation.errors import Refused
from foundation.forms import read_form
from foundation.sheets import Cell, Table
from foundation.text import _
from foundation.web import Handler, Rq, get, post


def routes(show: Handler) -> list[Route]:
    """`show` is the page of a text, shown again with what was typed when something is refused."""
    own, entry = "/editions/{id}/reviews/own", "/editions/{id}/entries/{entry}/reviews"
    found = [
        get("/editions/{id}/reviews/errors", errors_page),
        get("/editions/{id}/reviews/errors.xlsx", lambda rq: errors_file(rq, "xlsx")),
        get("/editions/{id}/reviews/errors.csv", lambda rq: errors_file(rq, "csv")),
    ]
    for one in (own, entry):
        found += [
            post(f"{one}/errors", list_error, again=show),
            post(f"{one}/errors/correct", correct, again=show),
            post(f"{one}/errors/{{error}}", settle, again=show),
        ]
    return found


def errors_page(rq: Rq) -> Response:
    """The whole error list, for the screen and for paper."""
    edition = access.edition(rq)
    files = queries.files(rq.db, edition.id)
    return rq.render(
        "casebook/reviewing/errors.html",
        edition=edition,
        files=[(each, rate(each.errors, each.subject.characters)) for each in files if each.errors],
        rates=[(name, found, passes(found)) for name, found in views.rates(files)],
        pass_mark=PASS_MARK,
        step_names=STEP_NAMES,
        states=ERROR_STATES,
        by_key=BY_KEY,
        kinds=KIND_NAMES,
        address=views.address,
        faults=FAULTS,
    )


HEADS = (
    _("校次"),
    _("篇目"),
    _("位置"),
    _("差错类型"),
    _("计错"),
    _("原文"),
    _("改为"),
    _("说明"),
    _("查出人"),
    _("查出时间"),
    _("处理"),
    _("处理人"),
    _("处理时间"),
    _("不改的理由"),
    _("核红人"),
    _("核红时间"),
)


def errors_file(rq: Rq, kind: str) -> Response:
    edition = access.edition(rq)
    files = queries.files(rq.db, edition.id)
    name = safe_name(str(_("%(title)s 勘误表", title=edition.title)))
    return download(Table(name, HEADS, _rows(files)), kind)


def _rows(files: Sequence[File]) -> Iterator[list[Cell]]:
    for found in files:
        for error in found.errors:
            yield _row(found, error)


def _row(found: File, error: ProofError) -> list[Cell]:
    fault = BY_KEY[error.fault]
    return [
        STEP_NAMES[error.step],
        str(found.subject.title),
        error.place,
        fault.label,
        fault.weight if error.counts else 0,
        error.before,
        error.after,
        error.note,
        error.found_name,
        error.found_at,
        ERROR_STATES[error.state][0],
        error.settled_name,
        error.settled_at,
        error.answer,
        error.verified_name,
        error.verified_at,
    ]


def list_error(rq: Rq) -> Response:
    at = place(rq)
    form = read_form(ErrorForm, rq.form)
    service.list_error(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=at.edition.id,
        subject_id=at.subject_id,
        step=form.step,
        fault=form.fault,
        before=form.before,
        after=form.after,
        place=form.place,
        note=form.note,
    )
    return rq.redirect(f"{at.url}?step={form.step.value}#errors", _("已记入勘误表。"))


def correct(rq: Rq) -> Response:
    """Put everything that is open into the manuscript, as far as its passage is found."""
    at = place(rq)
    done, left = service.correct_errors(
        rq.db, actor=rq.actor, now=rq.now, edition_id=at.edition.id, subject_id=at.subject_id
    )
    sentence = _("已更正 %(done)s 处，存为新的一稿。", done=done)
    if left:
        sentence = _("已更正 %(done)s 处，存为新的一稿；%(left)s 处要在书稿里核对。", done=done, left=left)
    return rq.redirect(f"{at.url}#errors", sentence)


def settle(rq: Rq) -> Response:
    """What becomes of one line, by the button that was pressed."""
    at = place(rq)
    error_id, deed = rq.path("error"), rq.field("deed")
    keys: dict[str, Any] = {"db": rq.db, "actor": rq.actor, "now": rq.now, "edition_id": at.edition.id}
    match deed:
        case "correct":
            service.correct_errors(**keys, subject_id=at.subject_id, error_ids=(error_id,))
            done = _("已更正，存为新的一稿。")
        case "by_hand":
            service.mark_corrected(**keys, error_id=error_id)
            done = _("已记为更正。")
        case "dismiss":
            service.dismiss_error(**keys, error_id=error_id, reason=rq.field("answer"))
            done = _("已记为不改。")
        case "verify":
            service.verify_error(**keys, error_id=error_id)
            done = _("已核红。")
        case "strike":
            service.strike_error(**keys, error_id=error_id)
            done = _("已从勘误表删除。")
        case _other:
            raise Refused(_("请选择怎样处理这处差错。"))
    return rq.redirect(f"{at.url}#errors", done)
