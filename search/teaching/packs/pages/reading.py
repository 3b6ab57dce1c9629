"""A pack as it is read: by its owner, by other trainers, by whoever has its link; its versions."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import BaseRoute

from foundation.errors import NotFound
from foundation.forms import read_form
from foundation.text import _
from foundation.web import Rq, get, post
from search.teaching.packs import queries
from search.teaching.packs.forms import NameForm, ShareForm
from search.teaching.packs.pages.showing import NAMES, citations, opened, teacher
from search.teaching.packs.papers import kept_back, title_of
from search.teaching.packs.queries import Shown
from search.teaching.packs.rules.comparing import compare
from search.teaching.packs.rules.lines import tidied
from search.teaching.packs.rules.timing import timing
from search.teaching.packs.service import sharing, writing
from search.teaching.packs.values import Sharing, Tally


def routes() -> list[BaseRoute]:
    return [
        get("/teaching/packs/link/{key}", _by_link),
        get("/teaching/packs/{pack}", _read),
        get("/teaching/packs/{pack}/versions", _versions),
        get("/teaching/packs/{pack}/versions/{revision}", _version),
        post("/teaching/packs/{pack}/name", _name, again=_versions),
        post("/teaching/packs/{pack}/restore", _restore),
        post("/teaching/packs/{pack}/share", _share, again=_read),
        post("/teaching/packs/{pack}/handout", _handout),
        post("/teaching/packs/{pack}/copy", _copy),
        post("/teaching/packs/{pack}/discard", _discard, again=_read),
    ]


def _read(rq: Rq) -> Response:
    shown = opened(rq)
    return _page(rq, shown, base=f"/teaching/packs/{shown.pack.id}")


def _by_link(rq: Rq) -> Response:
    key = rq.path("key")
    return _page(
        rq, queries.shown(rq.db, queries.pack_by_link(rq.db, key)), base=f"/teaching/packs/link/{key}"
    )


def _page(rq: Rq, shown: Shown, *, base: str) -> Response:
    view = shown.pack
    return rq.render(
        "teaching/pack.html",
        shown=shown,
        title=title_of(shown),
        content=tidied(shown.content),
        timing=timing(tidied(shown.content)),
        kept_back=kept_back(shown.missing) if shown.missing else None,
        citations=citations(rq, {each: shown.cases[each] for each in shown.content.case_ids}),
        uses=queries.uses(rq.db, view.id),
        tally=queries.tallies(rq.db, [view.id]).get(view.id, Tally()),
        origin=_origin(rq, view.adapted_from),
        mine=rq.actor.user_id == view.owner_id,
        base=base,
        by_link=base.startswith("/teaching/packs/link/"),
        link=rq.absolute(f"/teaching/packs/link/{view.link_key}"),
        handout_link=rq.absolute(f"/study/handout/{view.handout_key}") if view.handout_key else "",
        names=NAMES,
    )


def _origin(rq: Rq, pack_id: str) -> tuple[str, str, str] | None:
    """(address, title, owner) of the pack that this one was made from, as far as the reader may see it."""
    if not pack_id:
        return None
    try:
        shown = queries.shown(rq.db, queries.pack(rq.db, pack_id))
    except NotFound:
        return ("", "", "")
    return (f"/teaching/packs/{pack_id}", title_of(shown), shown.pack.owner_name)


def _versions(rq: Rq) -> Response:
    shown = opened(rq)
    return rq.render(
        "teaching/pack_versions.html",
        shown=shown,
        title=title_of(shown),
        versions=queries.history(rq.db, shown.pack.id),
        mine=rq.actor.user_id == shown.pack.owner_id,
    )


def _version(rq: Rq) -> Response:
    """One version laid beside another: beside the newest, where the address names none."""
    shown = opened(rq)
    older = queries.shown(rq.db, queries.pack_at(rq.db, shown.pack.id, _number(rq.path("revision"))))
    wanted = rq.query("with")
    newer = queries.shown(rq.db, queries.pack_at(rq.db, shown.pack.id, _number(wanted))) if wanted else shown
    return rq.render(
        "teaching/pack_compare.html",
        title=title_of(shown),
        shown=shown,
        older=older,
        newer=newer,
        differences=compare(older.content, newer.content, _titles(older, newer)),
        versions=queries.history(rq.db, shown.pack.id),
        mine=rq.actor.user_id == shown.pack.owner_id,
        names=NAMES,
    )


def _titles(*found: Shown) -> dict[str, str]:
    return {case.id: case.version.title for each in found for case in each.cases.values()}


def _name(rq: Rq) -> Response:
    teacher(rq)
    form = read_form(NameForm, rq.form)
    pack_id = rq.path("pack")
    writing.name_version(
        rq.db, actor=rq.actor, now=rq.now, pack_id=pack_id, revision=form.revision, name=form.name
    )
    return rq.redirect(f"/teaching/packs/{pack_id}/versions", _("版本名称已保存。"))


def _restore(rq: Rq) -> Response:
    teacher(rq)
    pack_id = rq.path("pack")
    writing.restore_version(
        rq.db, actor=rq.actor, now=rq.now, pack_id=pack_id, revision=_number(rq.field("revision"))
    )
    return rq.redirect(f"/teaching/packs/{pack_id}/edit", _("已恢复到所选版本，之前的内容仍在版本历史里。"))


def _share(rq: Rq) -> Response:
    teacher(rq)
    form = read_form(ShareForm, rq.form)
    pack_id = rq.path("pack")
    sharing.share_pack(rq.db, actor=rq.actor, now=rq.now, pack_id=pack_id, sharing=form.sharing)
    done = _("已停止共享。") if form.sharing is Sharing.PRIVATE else _("已共享现在这一版。")
    return rq.redirect(f"/teaching/packs/{pack_id}", done)


def _handout(rq: Rq) -> Response:
    teacher(rq)
    pack_id, opened_ = rq.path("pack"), rq.field("open") == "yes"
    sharing.open_handout(rq.db, actor=rq.actor, now=rq.now, pack_id=pack_id, opened=opened_)
    done = _("学员讲义的链接已开通。") if opened_ else _("学员讲义的链接已关闭，原来的链接不再能用。")
    return rq.redirect(f"/teaching/packs/{pack_id}#handout-link", done)


def _copy(rq: Rq) -> Response:
    """Of a pack one sees, or of one whose link one has."""
    teacher(rq)
    key = rq.field("key")
    view = queries.pack_by_link(rq.db, key) if key else queries.pack(rq.db, rq.path("pack"))
    if view.id != rq.path("pack"):
        raise NotFound
    copied = writing.copy_pack(rq.db, actor=rq.actor, now=rq.now, view=view)
    return rq.redirect(f"/teaching/packs/{copied}/edit", _("已复制成您自己的教学包，改动不影响原来的。"))


def _discard(rq: Rq) -> Response:
    teacher(rq)
    writing.discard_pack(rq.db, actor=rq.actor, now=rq.now, pack_id=rq.path("pack"))
    return rq.redirect("/teaching/packs", _("教学包已删除。"))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 9):
        raise NotFound
    return int(text)
