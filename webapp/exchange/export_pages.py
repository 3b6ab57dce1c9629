"""Downloads: what a role may see, as Excel, CSV, and a zip of Word files with their photos and files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from sqlalchemy.orm import Session
from starlette.responses import Response
from starlette.routing import Route

from foundation.actor import Role
from foundation.downloads import Member, download, send_zip
from foundation.errors import NotFound
from foundation.permission import Denied, require
from foundation.sheets import FORMATS, Table
from foundation.text import Text, _, current_translations
from foundation.web import Rq, get
from judging import queries as judging
from judging.pages.offline import sheet_file, sheet_name
from submissions import policy, queries
from submissions.queries.exchange import case_lines
from submissions.values import CallView, CaseStatus
from webapp.accounts import policy as accounts
from webapp.exchange import tables
from webapp.exchange.folders import (
    BlindWordOf,
    Source,
    Wanted,
    WordOf,
    blind_members,
    case_members,
    category_names,
    listed,
    name_of,
)

OF_CALL: Mapping[str, tuple[Text, Text, Callable[[Session, CallView], Table]]] = {
    "units": (_("各单位收件"), _("每个单位的收件数和各种状态，没有提交的单位也在内"), tables.call_units),
    "recommendations": (_("推荐"), _("推荐单位、意见和时间"), tables.recommendations),
    "extensions": (_("延期记录"), _("延长截止时间的单位和理由"), tables.extensions),
    "journal": (_("操作记录"), _("这次征集里每一次重要改动"), tables.call_journal),
}
"""What the organiser can take out of a call beside its cases: name, what is in it, how it is made."""
_CALL = "/organise/calls/{call_id}"


def routes(word_of: WordOf, blind_word_of: BlindWordOf) -> list[Route]:
    """The pages. `word_of` writes a version as a Word file, `blind_word_of` a juror's copy."""
    return [
        get(_CALL + "/export", call_page),
        get(_CALL + "/cases.zip", partial(call_documents, word_of=word_of)),
        get(_CALL + "/{name}.{format}", call_table),
        get("/exports/recommendations/{call_id}.zip", partial(below_documents, word_of=word_of)),
        get("/exports/recommendations/{call_id}.{format}", below_table),
        get("/exports/my-cases.zip", partial(own_documents, word_of=word_of)),
        get("/exports/my-cases.{format}", own_table),
        get("/exports/judging/{round_id}.zip", partial(juror_documents, word_of=blind_word_of)),
        get("/exports/users.{format}", users_table),
        get("/exports/units.{format}", units_table),
        get("/exports/journal.{format}", journal_table),
    ]


def _format(rq: Rq) -> str:
    if rq.path("format") not in FORMATS:
        raise NotFound
    return rq.path("format")


def _source(rq: Rq) -> Source:
    return Source(rq.edge.database, rq.files, rq.actor, current_translations())


# --- the organiser ----------------------------------------------------------------------------------


def _call(rq: Rq) -> CallView:
    require(policy.may_manage_calls(rq.signed_in()))
    return queries.call(rq.db, rq.path("call_id"))


def call_page(rq: Rq) -> Response:
    call = _call(rq)
    count = queries.count_handed_in(rq.db, call.id)
    return rq.render("exchange/export.html", call=call, count=count, others=OF_CALL)


def call_table(rq: Rq) -> Response:
    call = _call(rq)
    name = rq.path("name")
    if name == "cases":
        return download(tables.judged_cases(rq.db, rq.actor, call), _format(rq))
    if name not in OF_CALL:
        raise NotFound
    _title, _about, make = OF_CALL[name]
    return download(make(rq.db, call), _format(rq))


def call_documents(rq: Rq, word_of: WordOf) -> Response:
    call = _call(rq)
    table = tables.judged_cases(rq.db, rq.actor, call)
    return _documents(rq, call, table, word_of, below="")


def _documents(rq: Rq, call: CallView, table: Table, word_of: WordOf, *, below: str) -> Response:
    source, names = _source(rq), category_names(call)
    top = listed(table)
    wanted = [
        Wanted(
            line.unit_name,
            name_of(line.number, line.title),
            line.id,
            line.version_id,
            names.get(line.category_key, ""),
        )
        for line in case_lines(rq.db, call.id, below=below)
    ]

    def members() -> Iterator[Member]:
        yield top
        yield from case_members(source, wanted, word_of)

    return send_zip(members(), call.title)


# --- superiors and branches -------------------------------------------------------------------------


def _below(rq: Rq) -> CallView:
    actor = rq.signed_in()
    if not actor.has(Role.RECOMMENDER) or not actor.unit_path:
        require(Denied(_("只有上级单位的推荐人可以查看下级单位提交的案例。")))
    return queries.call(rq.db, rq.path("call_id"))


def below_table(rq: Rq) -> Response:
    call = _below(rq)
    return download(tables.cases(rq.db, call, below=rq.actor.unit_path), _format(rq))


def below_documents(rq: Rq, word_of: WordOf) -> Response:
    call, below = _below(rq), rq.actor.unit_path
    return _documents(rq, call, tables.cases(rq.db, call, below=below), word_of, below=below)


def own_table(rq: Rq) -> Response:
    actor = rq.signed_in()
    require(policy.may_start(actor))
    return download(tables.own_cases(rq.db, actor), _format(rq))


def own_documents(rq: Rq, word_of: WordOf) -> Response:
    """Every case of the unit: what was handed in as it was handed in, what was not as it is now."""
    actor = rq.signed_in()
    require(policy.may_start(actor))
    source, top = _source(rq), listed(tables.own_cases(rq.db, actor))
    calls = {call.id: call for call in queries.calls(rq.db)}
    drafts = str(_("草稿"))
    wanted = []
    for case in queries.cases_of_unit(rq.db, actor.unit_id or ""):
        call = calls.get(case.call_id)
        category = call.rules.category(case.category_key) if call else None
        number = case.number or (drafts if case.status is CaseStatus.DRAFT else "")
        wanted.append(
            Wanted(
                call.title if call else "",
                name_of(number, case.title),
                case.id,
                case.version_id or "",
                category.name if category else "",
            )
        )

    def members() -> Iterator[Member]:
        yield top
        yield from case_members(source, wanted, word_of)

    return send_zip(members(), str(_("我的申报")))


# --- jurors -----------------------------------------------------------------------------------------


def juror_documents(rq: Rq, word_of: BlindWordOf) -> Response:
    """The juror's own cases, as he may read them, to be read and scored without a network: on top of the
    folders lies the score sheet."""
    actor = rq.signed_in()
    view, lines = judging.queue(rq.db, actor, rq.path("round_id"))
    mine = [line for line in lines if line.status != "recused"]
    view, content = sheet_file(rq, view.id)
    top = (f"{sheet_name(view)}.xlsx", [content])
    source, now = _source(rq), rq.now

    def members() -> Iterator[Member]:
        yield top
        yield from blind_members(source, mine, word_of, now)

    return send_zip(members(), f"{view.call.title} {_('评审')}")


# --- the directory ----------------------------------------------------------------------------------


def users_table(rq: Rq) -> Response:
    require(accounts.look_after_accounts(rq.signed_in()))
    return download(tables.users(rq.db), _format(rq))


def units_table(rq: Rq) -> Response:
    require(accounts.look_after_accounts(rq.signed_in()))
    return download(tables.units(rq.db), _format(rq))


def journal_table(rq: Rq) -> Response:
    require(accounts.administer(rq.signed_in()))
    return download(tables.whole_journal(rq.db), _format(rq))
