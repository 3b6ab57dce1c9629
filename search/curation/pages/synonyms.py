"""The list of synonyms, for those who look after the library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import BaseRoute

from foundation.downloads import download
from foundation.errors import FieldError, Invalid, NotFound
from foundation.folding import fold
from foundation.forms import read_form
from foundation.permission import require
from foundation.sheets import FORMATS, Unreadable, read_sheet
from foundation.text import _, n_
from foundation.web import Rq, get, post
from search.curation.forms.synonyms import SynonymForm, lines_field, lines_of
from search.curation.policy.curating import may_curate
from search.curation.queries import synonyms as queries
from search.curation.rules import synonym_tables
from search.curation.rules.synonyms import plan
from search.curation.service import synonyms as service
from search.curation.values.synonyms import LONGEST_NOTE, Step, SynonymGroup, Words

HERE = "/organise/library/synonyms"


@dataclass(frozen=True, slots=True)
class Tried:
    """What a question finds: hits with the list, hits without it, and what the list adds to the question."""

    text: str
    found: int
    without: int
    others: Sequence[tuple[str, tuple[str, ...]]]


TryOut = Callable[[Rq, str], Tried]
"""Asks the library; handed in by the pages of the search, which lie above this room."""


def routes(try_out: TryOut) -> list[BaseRoute]:
    def shown(rq: Rq) -> Response:
        return _list(rq, try_out)

    return [
        get(HERE, shown),
        post(HERE, _add, again=shown),
        get(HERE + ".{format}", _export),
        get(HERE + "/import", _import_page),
        post(HERE + "/import", _look_at, again=_import_page, prepare=_read_file),
        post(HERE + "/import/confirm", _import, again=_import_page),
        get(HERE + "/{group}", _edit),
        post(HERE + "/{group}", _change, again=_edit),
        post(HERE + "/{group}/delete", _delete, again=shown),
        post(HERE + "/{group}/restore", _restore, again=shown),
    ]


def _list(rq: Rq, try_out: TryOut) -> Response:
    require(may_curate(rq.signed_in()))
    every = queries.groups(rq.db)
    wanted = fold(rq.query("q"))
    deleted = queries.deleted_groups(rq.db)
    tried = rq.query("try")
    return rq.render(
        "search/synonyms.html",
        groups=[group for group in every if _holds(group, wanted)],
        total=len(every),
        deleted=deleted,
        just_deleted=next((each for each in deleted if each.id == rq.query("deleted")), None),
        tried=try_out(rq, tried) if tried else None,
        asked=rq.query("q"),
        here=HERE,
        note_limit=LONGEST_NOTE,
        shipped=not queries.revision(rq.db),
    )


def _holds(group: SynonymGroup, wanted: str) -> bool:
    return any(wanted in fold(text) for text in (*group.words, group.note))


def _add(rq: Rq) -> Response:
    form = read_form(SynonymForm, rq.form)
    service.add_synonyms(rq.db, actor=rq.signed_in(), now=rq.now, wish=form.wish)
    done = _("已增加。从现在起，检索“%(word)s”也会找这一组的其他词。", word=form.wish.words[0])
    return rq.redirect(HERE, done)


def _edit(rq: Rq) -> Response:
    require(may_curate(rq.signed_in()))
    group = queries.group(rq.db, rq.path("group"))
    return rq.render("search/synonyms_edit.html", group=group, here=HERE, note_limit=LONGEST_NOTE)


def _change(rq: Rq) -> Response:
    form = read_form(SynonymForm, rq.form)
    service.change_synonyms(
        rq.db,
        actor=rq.signed_in(),
        now=rq.now,
        group_id=rq.path("group"),
        revision=form.revision,
        wish=form.wish,
    )
    return rq.redirect(HERE, _("已保存，检索立即按新的词语进行。"))


def _delete(rq: Rq) -> Response:
    group = rq.path("group")
    service.delete_synonyms(rq.db, actor=rq.signed_in(), now=rq.now, group_id=group)
    return rq.redirect(f"{HERE}?deleted={group}")


def _restore(rq: Rq) -> Response:
    service.restore_synonyms(rq.db, actor=rq.signed_in(), now=rq.now, group_id=rq.path("group"))
    return rq.redirect(HERE, _("已恢复。"))


def _export(rq: Rq) -> Response:
    """The list as a table that can be imported again."""
    require(may_curate(rq.signed_in()))
    kind = rq.path("format")
    if kind not in FORMATS:
        raise NotFound
    return download(synonym_tables.table(queries.groups(rq.db)), kind)


def _import_page(rq: Rq) -> Response:
    require(may_curate(rq.signed_in()))
    return rq.render("search/synonyms_import.html", planned=None, here=HERE)


def _read_file(rq: Rq) -> list[tuple[int, Words]]:
    """Outside of the write transaction: a workbook is opened in a process of its own."""
    require(may_curate(rq.signed_in()))
    sent = rq.upload("table")
    if sent is None:
        raise Invalid([FieldError("table", _("请先选择表格文件"))])
    try:
        return synonym_tables.read_table(read_sheet(sent.name, sent.file.read()))
    except Unreadable as unreadable:
        raise Invalid([FieldError("table", unreadable.reason)]) from unreadable


def _look_at(rq: Rq) -> Response:
    """What importing the file would do; nothing is written."""
    lines: list[tuple[int, Words]] = rq.prepared
    planned = plan(lines, queries.groups(rq.db))
    return rq.render(
        "search/synonyms_import.html",
        planned=[line for line in planned if line.step is not Step.SAME],
        same=sum(line.step is Step.SAME for line in planned),
        lines=lines_field(lines),
        here=HERE,
    )


def _import(rq: Rq) -> Response:
    done = service.import_synonyms(rq.db, actor=rq.signed_in(), now=rq.now, lines=lines_of(rq.field("lines")))
    written = sum(line.step is not Step.SAME for line in done)
    return rq.redirect(HERE, n_("导入了 %(n)s 组同义词。", "导入了 %(n)s 组同义词。", written))
