"""After the class: the trainer's report, the participants' three questions."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import BaseRoute

from foundation import qr
from foundation.errors import NotFound
from foundation.forms import read_form
from foundation.text import _
from foundation.web import Rq, get, post
from search.teaching.packs import queries
from search.teaching.packs.forms import AnswerForm, UseForm
from search.teaching.packs.pages.showing import NAMES, opened, teacher
from search.teaching.packs.papers import title_of
from search.teaching.packs.service.reporting import answer_use, hide_use, report_use
from search.teaching.packs.values import Answer, Report


def routes() -> list[BaseRoute]:
    return [
        get("/teaching/packs/{pack}/report", _report_form),
        post("/teaching/packs/{pack}/report", _report, again=_report_form),
        get("/teaching/classes/{use}", _class),
        post("/teaching/classes/{use}/hide", _hide),
        get("/study/class/{key}", _questions),
        post("/study/class/{key}", _answer, again=_questions),
    ]


def _report_form(rq: Rq) -> Response:
    shown = opened(rq)
    return rq.render("teaching/class_report.html", shown=shown, title=title_of(shown), names=NAMES)


def _report(rq: Rq) -> Response:
    shown = opened(rq)
    form = read_form(UseForm, rq.form)
    report = Report(
        used_on=form.used_on,
        with_whom=form.with_whom,
        people=form.people,
        worked=form.worked,
        change=form.change,
        again=form.again,
        shown=form.shown,
    )
    use_id = report_use(rq.db, actor=rq.actor, now=rq.now, view=shown.pack, report=report, ask=form.ask)
    return rq.redirect(f"/teaching/classes/{use_id}", _("谢谢，上课记录已保存。"))


def _class(rq: Rq) -> Response:
    """One class: its trainer also sees what the participants answered."""
    teacher(rq)
    use = queries.use(rq.db, rq.path("use"))
    mine = use.user_id == rq.actor.user_id
    address = rq.absolute(f"/study/class/{use.answer_key}") if mine and use.answer_key else ""
    answers = queries.answers(rq.db, use.id)
    return rq.render(
        "teaching/class.html",
        use=use,
        mine=mine,
        pack_title=_title(rq, use.pack_id),
        answers=answers,
        helpful=sum(each.helpful for each in answers) / len(answers) if answers else None,
        address=address,
        code=qr.svg(address) if address else "",
        names=NAMES,
    )


def _title(rq: Rq, pack_id: str) -> str:
    """ "" where the pack itself is not (any more) for this reader."""
    try:
        return title_of(queries.shown(rq.db, queries.pack(rq.db, pack_id)))
    except NotFound:
        return ""


def _hide(rq: Rq) -> Response:
    teacher(rq)
    hide_use(rq.db, actor=rq.actor, now=rq.now, use_id=rq.path("use"))
    return rq.redirect(f"/teaching/classes/{rq.path('use')}", _("已不再向别人展示这次的反馈。"))


def _questions(rq: Rq) -> Response:
    use = queries.use_by_key(rq.db, rq.path("key"))
    return rq.render("teaching/class_answer.html", use=use, done=bool(rq.query("done")))


def _answer(rq: Rq) -> Response:
    form = read_form(AnswerForm, rq.form)
    key = rq.path("key")
    answer_use(
        rq.db,
        now=rq.now,
        key=key,
        browser=rq.identity.key or rq.visitor,
        answer=Answer(form.gained, form.unclear, form.helpful),
    )
    return rq.redirect(f"/study/class/{key}?done=1")
