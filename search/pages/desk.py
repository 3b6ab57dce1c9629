"""The library's desk: which case is on the shelf for whom, what units wish, how the index stands."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response
from starlette.routing import BaseRoute

from foundation.actor import Actor
from foundation.audience import Audience
from foundation.errors import FieldError, Invalid
from foundation.forms import read_form
from foundation.permission import require
from foundation.text import Text, _, n_
from foundation.web import Rq, get, post, with_query
from search import desk
from search.curation.forms.placements import AnswerForm, PlacingForm
from search.curation.forms.topics import CaseTopicsForm
from search.curation.policy.curating import may_curate
from search.curation.queries.rebuilds import last_rebuild
from search.curation.queries.wishes import wishes_of
from search.curation.rules.topics import labels
from search.curation.service import placements, rebuilds, topics, wishes
from search.desk import OFF, DeskCase, Wanted
from search.library import Library

HERE = "/organise/library"

AUDIENCES: Mapping[str, Text] = {
    Audience.PUBLIC.value: _("所有人"),
    Audience.MEMBERS.value: _("登录的人"),
    Audience.TRAINERS.value: _("只给培训教师"),
}
READERS: Mapping[str, Text] = {**AUDIENCES, OFF: _("已下架")}
DEEDS: Mapping[str, Text] = {
    "public": _("改为所有人可看"),
    "members": _("改为登录的人可看"),
    "trainers": _("改为只给培训教师看"),
    "usual": _("恢复为征集活动规定的范围"),
    "off": _("下架"),
    "back": _("重新上架"),
}
MORE: Mapping[str, Text] = {"proposed": _("有未确认的主题"), "wish": _("单位有意见")}
WISHES: Mapping[str, Text] = {
    "members": _("只给登录的人看"),
    "trainers": _("只给培训教师看"),
    "off": _("从案例库下架"),
}
HAPPENINGS: Mapping[str, Text] = {
    "award.granted": _("获奖，进入案例库"),
    "award.revoked": _("奖项被撤销，离开案例库"),
    "case.placed": _("调整可看范围"),
    "case.taken_off": _("下架"),
    "case.put_back": _("重新上架"),
    "case.topics_corrected": _("修改主题"),
    "case.shelf_wish_made": _("申报单位提出意见"),
    "case.shelf_wish_answered": _("答复申报单位"),
}


def routes(shelf: Library) -> list[BaseRoute]:
    return [
        get(HERE, lambda rq: _list(rq, shelf)),
        get(HERE + "/placing", _placing),
        post(HERE + "/placing", _place, again=_placing),
        get(HERE + "/cases/{case}", _case),
        post(HERE + "/cases/{case}/topics", _topics, again=_case),
        post(HERE + "/cases/{case}/place", _place_one, again=_case),
        post(HERE + "/wishes/{wish}", _answer, again=lambda rq: _list(rq, shelf)),
        get(HERE + "/index", lambda rq: _index(rq, shelf)),
        post(HERE + "/index", _rebuild, again=lambda rq: _index(rq, shelf)),
    ]


def curator(rq: Rq) -> Actor:
    """Whoever is at the desk.

    Raises:
        NotSignedIn, Forbidden
    """
    actor = rq.signed_in()
    require(may_curate(actor))
    return actor


def _wanted(rq: Rq) -> Wanted:
    readers, more = rq.query("readers"), rq.query("more")
    return Wanted(
        text=rq.query("q")[:100],
        readers=readers if readers in READERS else "",
        call_id=rq.query("call")[:20],
        more=more if more in MORE else "",
    )


def _list(rq: Rq, shelf: Library) -> Response:
    curator(rq)
    wanted = _wanted(rq)
    page = rq.query("page")
    found = desk.desk(rq.db, wanted, int(page[:6]) if page.isascii() and page.isdecimal() else 1)
    return rq.render(
        "search/desk.html",
        desk=found,
        lines=shelf.indexer.lines(rq.db, [each.id for each in found.rows]),
        wanted=wanted,
        wishes=desk.open_wishes(rq.db),
        address=with_query(
            HERE, q=wanted.text, readers=wanted.readers, call=wanted.call_id, more=wanted.more
        ),
        readers_names=READERS,
        more_names=MORE,
        deeds=DEEDS,
        wish_names=WISHES,
        here=HERE,
    )


def _chosen(rq: Rq) -> list[DeskCase]:
    """The cases ticked, or all that the list was narrowed to; after a refusal those that were shown."""
    if rq.problem is not None:
        return desk.cases(rq.db, rq.field("cases").split())
    if rq.query("all"):
        return desk.cases(rq.db, desk.desk(rq.db, _wanted(rq)).ids)
    return desk.cases(rq.db, rq.queries("case"))


def _placing(rq: Rq) -> Response:
    """What a decision about many cases would do, before it is done."""
    curator(rq)
    deed = rq.query("deed") or rq.field("deed")
    deed = deed if deed in DEEDS else "public"
    chosen = _chosen(rq)
    changing = [each for each in chosen if _changes(each, deed)]
    return rq.render(
        "search/desk_placing.html",
        deed=deed,
        deeds=DEEDS,
        readers_names=READERS,
        changing=changing,
        same=len(chosen) - len(changing),
        here=HERE,
    )


def _changes(case: DeskCase, deed: str) -> bool:
    placement = case.standing.placement
    off = placement is not None and placement.off_at is not None
    if deed in {"off", "back"}:
        return off is (deed == "back")
    own = placement.audience if placement else None
    return own != (None if deed == "usual" else Audience(deed))


def _place(rq: Rq) -> Response:
    actor = curator(rq)
    form = read_form(PlacingForm, rq.form)
    if not form.case_ids:
        raise Invalid([FieldError("cases", _("没有选中案例。请回到列表勾选案例。"))])
    done = _do(rq, actor, form, form.case_ids)
    return rq.redirect(HERE, n_("已处理 %(n)s 个案例。", "已处理 %(n)s 个案例。", done))


def _do(rq: Rq, actor: Actor, form: PlacingForm, case_ids: list[str]) -> int:
    if form.deed == "off":
        return placements.take_off(rq.db, actor=actor, now=rq.now, case_ids=case_ids, reason=form.reason)
    if form.deed == "back":
        return placements.put_back(rq.db, actor=actor, now=rq.now, case_ids=case_ids, reason=form.reason)
    return placements.place_cases(
        rq.db, actor=actor, now=rq.now, case_ids=case_ids, audience=form.audience, reason=form.reason
    )


def _case(rq: Rq) -> Response:
    curator(rq)
    found = desk.case(rq.db, rq.path("case"))
    return rq.render(
        "search/desk_case.html",
        case=found,
        happenings=desk.happenings(rq.db, found),
        names=HAPPENINGS,
        readers_names=READERS,
        deeds=DEEDS,
        wish_names=WISHES,
        wishes=wishes_of(rq.db, found.id),
        here=HERE,
    )


def _place_one(rq: Rq) -> Response:
    actor, case_id = curator(rq), rq.path("case")
    form = read_form(PlacingForm, rq.form)
    _do(rq, actor, form, [case_id])
    return rq.redirect(f"{HERE}/cases/{case_id}", _("已保存。"))


def _topics(rq: Rq) -> Response:
    actor, case_id = curator(rq), rq.path("case")
    form = read_form(CaseTopicsForm, rq.form)
    topics.correct_topics(
        rq.db,
        actor=actor,
        now=rq.now,
        case_id=case_id,
        accepted=[*form.kept, *labels(form.added)],
        removed=[each for each in form.shown if each not in form.kept],
    )
    return rq.redirect(f"{HERE}/cases/{case_id}", _("主题已保存，检索结果会随之更新。"))


def _answer(rq: Rq) -> Response:
    actor = curator(rq)
    form = read_form(AnswerForm, rq.form)
    wishes.answer_wish(
        rq.db,
        actor=actor,
        now=rq.now,
        wish_id=rq.path("wish"),
        granted=form.granted,
        answer=form.answer,
    )
    return rq.redirect(HERE, _("已答复，申报单位会收到邮件。"))


def _index(rq: Rq, shelf: Library) -> Response:
    curator(rq)
    return rq.render(
        "search/_desk_index.html" if rq.is_htmx else "search/desk_index.html",
        report=shelf.indexer.report(),
        rebuild=last_rebuild(rq.db),
        here=HERE,
    )


def _rebuild(rq: Rq) -> Response:
    rebuilds.request_rebuild(rq.db, actor=curator(rq), now=rq.now)
    return rq.redirect(HERE + "/index", _("已开始重建。检索照常进行，新索引建好后自动换上。"))
