"""The controlled list of topics, for those who look after the library."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import BaseRoute

from foundation.errors import FieldError, Invalid, NotFound
from foundation.forms import read_form
from foundation.text import _, n_
from foundation.web import Rq, get, post, with_query
from search import desk, shelf
from search.curation.forms.topics import MergeForm, TopicForm
from search.curation.queries import topics as queries
from search.curation.rules.topics import key, labels
from search.curation.service import topics as service
from search.curation.values.topics import TopicUse
from search.pages.desk import HERE as DESK
from search.pages.desk import curator

HERE = DESK + "/topics"
PAGE_SIZE = 100
NAMED = 20
"""Cases that are named before something is done to all of them."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list."""

    rows: tuple[TopicUse, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))


def routes() -> list[BaseRoute]:
    return [
        get(HERE, _list),
        post(HERE, _add, again=_list),
        get(HERE + "/merge", _merging),
        post(HERE + "/merge", _merge, again=_merging),
        get(HERE + "/{topic}", _topic),
        post(HERE + "/{topic}", _change, again=_topic),
        post(HERE + "/{topic}/block", lambda rq: _block(rq, blocked=True), again=_topic),
        post(HERE + "/{topic}/unblock", lambda rq: _block(rq, blocked=False), again=_topic),
    ]


def _uses(rq: Rq) -> list[TopicUse]:
    return queries.uses(rq.db, [each.award.case_id for each in shelf.standings(rq.db)])


def _list(rq: Rq) -> Response:
    curator(rq)
    wanted, which = rq.query("q")[:60], rq.query("which")
    found = [each for each in _uses(rq) if _holds(each, key(wanted), which)]
    found.sort(key=lambda each: (-len(each.case_ids), each.topic.label))
    page = rq.query("page")
    last = max(1, -(-len(found) // PAGE_SIZE))
    number = min(max(int(page[:6]) if page.isascii() and page.isdecimal() else 1, 1), last)
    return rq.render(
        "search/desk_topics.html",
        listed=Listed(tuple(found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]), len(found), number),
        asked=wanted,
        which=which,
        address=with_query(HERE, q=wanted, which=which),
        here=HERE,
    )


def _holds(use: TopicUse, wanted: str, which: str) -> bool:
    words = (use.topic.label, *use.topic.names)
    return (
        any(wanted in key(word) for word in words)
        and (which != "blocked" or use.topic.blocked)
        and (which != "proposed" or use.proposed > 0)
        and (which != "used" or bool(use.case_ids))
    )


def _add(rq: Rq) -> Response:
    form = read_form(TopicForm, rq.form)
    service.add_topic(rq.db, actor=curator(rq), now=rq.now, label=form.label, names=labels(form.names))
    done = _("已增加。正文里提到它的案例会由系统补上这个主题，再由您确认。")
    return rq.redirect(HERE, done)


def _topic(rq: Rq) -> Response:
    curator(rq)
    found = next((each for each in _uses(rq) if each.topic.id == rq.path("topic")), None)
    if found is None:
        raise NotFound
    return rq.render(
        "search/desk_topic.html", use=found, cases=desk.cases(rq.db, found.case_ids), here=HERE, desk=DESK
    )


def _change(rq: Rq) -> Response:
    form = read_form(TopicForm, rq.form)
    service.change_topic(
        rq.db,
        actor=curator(rq),
        now=rq.now,
        topic_id=rq.path("topic"),
        label=form.label,
        names=labels(form.names),
    )
    return rq.redirect(HERE, _("已保存，全部案例都已改用新的名称。"))


def _block(rq: Rq, *, blocked: bool) -> Response:
    act = service.block_topic if blocked else service.unblock_topic
    act(rq.db, actor=curator(rq), now=rq.now, topic_id=rq.path("topic"))
    done = _("已停用，案例上不再显示，也不会再提出。") if blocked else _("已恢复。")
    return rq.redirect(f"{HERE}/{rq.path('topic')}", done)


def _merging(rq: Rq) -> Response:
    """What merging would do, before it is done."""
    curator(rq)
    chosen = set(rq.form.getlist("topic") if rq.problem is not None else rq.queries("topic"))
    uses = [each for each in _uses(rq) if each.topic.id in chosen]
    uses.sort(key=lambda each: (-len(each.case_ids), each.topic.label))
    case_ids = {case_id for each in uses for case_id in each.case_ids}
    return rq.render(
        "search/desk_merge.html",
        uses=uses,
        cases=desk.cases(rq.db, sorted(case_ids)),
        named=NAMED,
        here=HERE,
        desk=DESK,
    )


def _merge(rq: Rq) -> Response:
    actor = curator(rq)
    form = read_form(MergeForm, rq.form)
    if form.into not in form.topic:
        raise Invalid([FieldError("into", _("请选择合并以后保留哪个名称。"))])
    cases = service.merge_topics(rq.db, actor=actor, now=rq.now, topic_ids=form.topic, into=form.into)
    return rq.redirect(HERE, n_("已合并，涉及 %(n)s 个案例。", "已合并，涉及 %(n)s 个案例。", cases))
