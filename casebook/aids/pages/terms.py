"""The house's list of terms."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from casebook import access
from casebook.aids import queries
from casebook.aids.forms import TermForm, lines_field, lines_of
from casebook.aids.rules import term_tables
from casebook.aids.rules.terms import LONGEST_BETTER, LONGEST_TERM, LONGEST_WHY, plan
from casebook.aids.service import terms as service
from casebook.aids.values import Step, Term, TermWish
from foundation.downloads import download
from foundation.errors import FieldError, Invalid, NotFound
from foundation.folding import fold
from foundation.forms import read_form
from foundation.sheets import FORMATS, Unreadable, read_sheet
from foundation.text import _, n_
from foundation.web import Rq, get, post

HERE = "/house-terms"
KINDS = term_tables.KINDS


def routes() -> list[Route]:
    return [
        get(HERE, _list),
        post(HERE, _add, again=_list),
        get(HERE + ".{format}", _export),
        get(HERE + "/import", _import_page),
        post(HERE + "/import", _look_at, again=_import_page, prepare=_read_file),
        post(HERE + "/import/confirm", _import, again=_import_page),
        get(HERE + "/{term}", _edit),
        post(HERE + "/{term}", _change, again=_edit),
        post(HERE + "/{term}/delete", _delete, again=_list),
        post(HERE + "/{term}/restore", _restore, again=_list),
    ]


def _list(rq: Rq) -> Response:
    access.permit(rq)
    every = queries.terms(rq.db)
    wanted, kind = fold(rq.query("q")), rq.query("kind")
    deleted = queries.deleted_terms(rq.db)
    return rq.render(
        "casebook/aids/terms.html",
        terms=[each for each in every if _holds(each, wanted) and kind in ("", each.wish.kind.value)],
        total=len(every),
        deleted=deleted,
        just_deleted=next((each for each in deleted if each.id == rq.query("deleted")), None),
        asked=rq.query("q"),
        kind=kind,
        shipped=not queries.revision(rq.db),
        **_common(),
    )


def _common() -> dict[str, Any]:
    return {
        "here": HERE,
        "kinds": KINDS,
        "limits": {"written": LONGEST_TERM, "better": LONGEST_BETTER, "why": LONGEST_WHY},
    }


def _holds(term: Term, wanted: str) -> bool:
    return any(wanted in fold(text) for text in (term.written, term.wish.better, term.wish.why))


def _add(rq: Rq) -> Response:
    access.permit(rq)
    form = read_form(TermForm, rq.form)
    service.add_term(rq.db, actor=rq.actor, now=rq.now, wish=form.wish)
    return rq.redirect(HERE, _("已增加，各书的编校检查立即按新的词表进行。"))


def _edit(rq: Rq) -> Response:
    access.permit(rq)
    return rq.render("casebook/aids/term.html", term=queries.term(rq.db, rq.path("term")), **_common())


def _change(rq: Rq) -> Response:
    access.permit(rq)
    form = read_form(TermForm, rq.form)
    service.change_term(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        term_id=rq.path("term"),
        revision=form.revision,
        wish=form.wish,
    )
    return rq.redirect(HERE, _("已保存，各书的编校检查立即按新的词表进行。"))


def _delete(rq: Rq) -> Response:
    access.permit(rq)
    term = rq.path("term")
    service.delete_term(rq.db, actor=rq.actor, now=rq.now, term_id=term)
    return rq.redirect(f"{HERE}?deleted={term}")


def _restore(rq: Rq) -> Response:
    access.permit(rq)
    service.restore_term(rq.db, actor=rq.actor, now=rq.now, term_id=rq.path("term"))
    return rq.redirect(HERE, _("已恢复。"))


def _export(rq: Rq) -> Response:
    """The list as a table that can be imported again."""
    access.permit(rq)
    kind = rq.path("format")
    if kind not in FORMATS:
        raise NotFound
    return download(term_tables.table(queries.terms(rq.db)), kind)


def _import_page(rq: Rq) -> Response:
    access.permit(rq)
    return rq.render("casebook/aids/terms_import.html", planned=None, **_common())


def _read_file(rq: Rq) -> list[tuple[int, TermWish]]:
    """Outside of the write transaction: a workbook is opened in a process of its own."""
    access.permit(rq)
    sent = rq.upload("table")
    if sent is None:
        raise Invalid([FieldError("table", _("请先选择表格文件"))])
    try:
        return term_tables.read_table(read_sheet(sent.name, sent.file.read()))
    except Unreadable as unreadable:
        raise Invalid([FieldError("table", unreadable.reason)]) from unreadable


def _look_at(rq: Rq) -> Response:
    """What importing the file would do; nothing is written."""
    access.permit(rq)
    lines: list[tuple[int, TermWish]] = rq.prepared
    planned = plan(lines, queries.terms(rq.db))
    return rq.render(
        "casebook/aids/terms_import.html",
        planned=[line for line in planned if line.step is not Step.SAME],
        same=sum(line.step is Step.SAME for line in planned),
        lines=lines_field(lines),
        **_common(),
    )


def _import(rq: Rq) -> Response:
    access.permit(rq)
    done = service.import_terms(rq.db, actor=rq.actor, now=rq.now, lines=lines_of(rq.field("lines")))
    written = sum(line.step is not Step.SAME for line in done)
    return rq.redirect(HERE, n_("导入了 %(n)s 条。", "导入了 %(n)s 条。", written))
