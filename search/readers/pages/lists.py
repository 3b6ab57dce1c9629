"""Somebody's reading lists: the lists, one of them, putting cases in from hits and from a case's page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response
from starlette.routing import BaseRoute

from foundation.actor import Role
from foundation.downloads import safe_name
from foundation.errors import NotFound
from foundation.forms import read_form
from foundation.text import Text, _
from foundation.web import Rq, disposition, get, post
from judging.papers.ports import DocumentWriter
from search import holdings
from search.harvest import citation
from search.holdings import Shelved
from search.readers.forms.lists import ListForm, NewListForm, NoteForm, OrderForm, PutForm
from search.readers.paper import as_paper
from search.readers.queries.lists import choices, kept, my_lists, reading_list
from search.readers.service import lists as service
from search.readers.values.lists import Choice

BASE = "/library/lists"
ONE = BASE + "/{list}"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_CITATIONS = {
    "txt": "text/plain",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "json": "application/vnd.citationstyles.csl+json",
}


@dataclass(frozen=True, slots=True)
class Keeping:
    """The choices that a case's page offers."""

    case_id: str
    choices: list[Choice]

    @property
    def kept(self) -> bool:
        return any(each.holds for each in self.choices)


@dataclass(frozen=True, slots=True)
class KeptHit:
    """Whether a hit stands in one of the reader's lists."""

    case_id: str
    kept: bool


def routes(write: DocumentWriter | None) -> list[BaseRoute]:
    """`write` makes the Word file of a list possible."""
    found: list[BaseRoute] = [
        get(BASE, listed),
        post(BASE, create, again=listed),
        post(BASE + "/toggle", toggle),
        post(BASE + "/put", put),
        get(ONE, lambda rq: page(rq, word=write is not None)),
        post(ONE, rename, again=lambda rq: page(rq, word=write is not None)),
        post(ONE + "/delete", delete),
        post(ONE + "/share", share),
        post(ONE + "/unshare", unshare),
        post(ONE + "/order", order),
        post(ONE + "/tidy", tidy),
        post(ONE + "/cases/{case}/remove", remove),
        post(ONE + "/entries/{entry}/note", note, again=lambda rq: page(rq, word=write is not None)),
        get(ONE + "/citations.{form}", citations),
    ]
    if write is not None:
        found.append(get(ONE + "/word", lambda rq: word(rq, write)))
    return found


def keeping(rq: Rq, case: Shelved) -> Keeping | None:
    """For the page of a case: in which of the reader's lists it is; nothing for who has no account."""
    if not rq.actor.signed_in:
        return None
    return Keeping(case.id, choices(rq.db, rq.actor.user_id, case.id))


def keeping_hit(rq: Rq, case: Shelved) -> KeptHit | None:
    """For the button beside a hit."""
    if not rq.actor.signed_in:
        return None
    return KeptHit(case.id, case.id in kept(rq.db, rq.actor.user_id, [case.id]))


def listed(rq: Rq) -> Response:
    return rq.render("search/readers/lists.html", lists=my_lists(rq.db, rq.signed_in().user_id))


def create(rq: Rq) -> Response:
    form = read_form(NewListForm, rq.form)
    actor = rq.signed_in()
    list_id = service.create_list(rq.db, actor=actor, now=rq.now, name=form.name)
    if form.case_id:
        service.put(rq.db, actor=actor, now=rq.now, list_id=list_id, case_ids=[form.case_id])
        return rq.redirect(f"/library/{form.case_id}", done=_("已放进新清单“%(name)s”。", name=form.name))
    return rq.redirect(f"{BASE}/{list_id}", done=_("已建立清单。在案例库里把案例放进来。"))


def toggle(rq: Rq) -> Response:
    """In and out of the list used last, with one key: for going through hits."""
    form = read_form(PutForm, rq.form)
    actor = rq.signed_in()
    case = holdings.case(rq.db, form.case_id)
    held = [each.list for each in choices(rq.db, actor.user_id, case.id) if each.holds]
    if held:
        for each in held:
            service.take_out(rq.db, actor=actor, now=rq.now, list_id=each.id, case_id=case.id)
        done = _("已从清单里拿出。")
    else:
        list_id = service.current_list(rq.db, actor=actor, now=rq.now)
        service.put(rq.db, actor=actor, now=rq.now, list_id=list_id, case_ids=[case.id])
        name = next(each.name for each in my_lists(rq.db, actor.user_id) if each.id == list_id)
        done = _("已放进清单“%(name)s”。", name=name)
    if rq.is_htmx:
        return rq.render("search/readers/_keep.html", slot=KeptHit(case.id, not held), done=done)
    return rq.redirect(_back(rq, case), done=done)


def put(rq: Rq) -> Response:
    """In and out of a chosen list, from the page of a case."""
    form = read_form(PutForm, rq.form)
    actor = rq.signed_in()
    case = holdings.case(rq.db, form.case_id)
    chosen = next(
        (each for each in choices(rq.db, actor.user_id, case.id) if each.list.id == form.list_id), None
    )
    if chosen is None:
        raise NotFound
    done: Text
    if chosen.holds:
        service.take_out(rq.db, actor=actor, now=rq.now, list_id=form.list_id, case_id=case.id)
        done = _("已从清单“%(name)s”里拿出。", name=chosen.list.name)
    else:
        service.put(rq.db, actor=actor, now=rq.now, list_id=form.list_id, case_ids=[case.id])
        done = _("已放进清单“%(name)s”。", name=chosen.list.name)
    return rq.redirect(f"/library/{case.id}", done=done)


def page(rq: Rq, *, word: bool) -> Response:
    rq.signed_in()
    found = reading_list(rq.db, rq.path("list"))
    return rq.render(
        "search/readers/_list_entries.html" if rq.is_htmx else "search/readers/list.html",
        list=found,
        address=rq.absolute(found.head.shared_path) if found.head.token else "",
        word=word,
        teaches=rq.actor.has(Role.TRAINER),
        case_ids=",".join(each.id for each in found.cases),
    )


def rename(rq: Rq) -> Response:
    form = read_form(ListForm, rq.form)
    service.rename_list(rq.db, name=form.name, **_mine(rq))
    return _to_list(rq, _("已改名。"))


def delete(rq: Rq) -> Response:
    service.delete_list(rq.db, actor=rq.signed_in(), list_id=rq.path("list"))
    return rq.redirect(BASE, done=_("已删除清单。案例库里的案例不受影响。"))


def share(rq: Rq) -> Response:
    service.share(rq.db, actor=rq.signed_in(), list_id=rq.path("list"))
    return _to_list(rq, _("已生成链接，有链接的人都能打开。"))


def unshare(rq: Rq) -> Response:
    service.stop_sharing(rq.db, actor=rq.signed_in(), list_id=rq.path("list"))
    return _to_list(rq, _("已停止分享，原来的链接不再有效。"))


def order(rq: Rq) -> Response:
    form = read_form(OrderForm, rq.form)
    service.arrange(
        rq.db,
        order=[each for each in form.order.split(",") if each],
        entry=form.entry if form.move else "",
        step={"up": -1, "down": 1}.get(form.move, 0),
        **_mine(rq),
    )
    return page(rq, word=False) if rq.is_htmx else _to_list(rq, None)


def tidy(rq: Rq) -> Response:
    service.take_out_hidden(rq.db, **_mine(rq))
    return _to_list(rq, _("已清理。"))


def remove(rq: Rq) -> Response:
    service.take_out(rq.db, case_id=rq.path("case"), **_mine(rq))
    return _to_list(rq, _("已从清单里拿出。"))


def note(rq: Rq) -> Response:
    form = read_form(NoteForm, rq.form)
    service.write_note(rq.db, entry_id=rq.path("entry"), note=form.note, **_mine(rq))
    return _to_list(rq, _("已保存备注。"))


def citations(rq: Rq) -> Response:
    """The whole list for a reference manager, or as the references at the end of a paper."""
    rq.signed_in()
    found = reading_list(rq.db, rq.path("list"))
    form = rq.path("form")
    if form not in _CITATIONS:
        raise NotFound
    cited = [
        citation.reference(
            case, url=rq.absolute(f"/library/{case.id}"), publisher=rq.edge.site_name, now=rq.now
        )
        for case in found.cases
    ]
    content = _together(form, cited)
    headers = {"Content-Disposition": disposition(f"{safe_name(found.head.name)}.{form}")}
    return Response(content, media_type=f"{_CITATIONS[form]}; charset=utf-8", headers=headers)


def word(rq: Rq, write: DocumentWriter) -> Response:
    """The list to print and hand round."""
    rq.signed_in()
    found = reading_list(rq.db, rq.path("list"))
    content = write(as_paper(found, address=lambda case: rq.absolute(f"/library/{case.id}")))
    headers = {"Content-Disposition": disposition(f"{safe_name(found.head.name)}.docx")}
    return Response(content, media_type=WORD_TYPE, headers=headers)


def _together(form: str, cited: list[citation.Reference]) -> str:
    if form == "json":
        items = [item for each in cited for item in json.loads(citation.csl_json(each))]
        return json.dumps(items, ensure_ascii=False, indent=2)
    if form == "txt":
        return "".join(f"[{n}] {citation.gbt7714(each)}\n" for n, each in enumerate(cited, start=1))
    write = citation.bibtex if form == "bib" else citation.ris
    return "\n".join(write(each) for each in cited)


def _mine(rq: Rq) -> dict[str, Any]:
    return {"actor": rq.signed_in(), "now": rq.now, "list_id": rq.path("list")}


def _to_list(rq: Rq, done: Text | None) -> Response:
    return rq.redirect(f"{BASE}/{rq.path('list')}", done=done)


def _back(rq: Rq, case: Shelved) -> str:
    """The page of the library that the button stands on."""
    before = rq.request.headers.get("referer", "")
    own = rq.absolute("/library")
    return "/library" + before.removeprefix(own) if before.startswith(own) else f"/library/{case.id}"
