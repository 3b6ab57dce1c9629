"""A session prepared: cases, agenda, questions, time; afterwards its notes and recording."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from foundation.errors import FieldError, Invalid
from foundation.forms import read_form
from foundation.text import _
from foundation.web import Rq, get, post
from search.teaching.packs import queries as packs
from search.teaching.packs.policy import may_teach
from search.teaching.sessions import wording
from search.teaching.sessions.forms import MaterialForm, OrderForm, QuestionForm, SessionForm, StepForm
from search.teaching.sessions.pages.common import BASE, home, led_session, wanted_order
from search.teaching.sessions.queries import material
from search.teaching.sessions.queries import series as queries
from search.teaching.sessions.rules import marking
from search.teaching.sessions.service import preparing as service
from search.teaching.sessions.service.loading import code
from search.teaching.sessions.values import SessionView, StepKind

ONE = BASE + "/{series_id}/{session_id}"


def routes() -> list[Route]:
    return [
        get(ONE, page),
        post(ONE, change, again=page),
        post(ONE + "/cases", add_case, again=page),
        post(ONE + "/cases/{case_id}/remove", remove_case, again=page),
        post(ONE + "/sections", sections, again=page),
        post(ONE + "/pack", take_pack, again=page),
        post(ONE + "/steps", add_step, again=page),
        post(ONE + "/steps/order", order, again=page),
        post(ONE + "/steps/{step_id}/remove", remove_step, again=page),
        post(ONE + "/questions", add_question, again=page),
        post(ONE + "/material", add_material, again=page),
        post(ONE + "/desk", renew_desk, again=page),
    ]


def page(rq: Rq) -> Response:
    series, session = led_session(rq)
    steps = queries.steps(rq.db, session.id)
    cases = [(each, material.for_leader(rq.db, each)) for each in session.case_ids]
    return rq.render(
        "teaching/session.html",
        series=series,
        session=session,
        here=_here(session),
        home=home(series),
        steps=steps,
        minutes=sum(step.minutes for step in steps),
        cases=cases,
        choices=_choices(rq),
        packs=_packs(rq),
        unprepared=any(found and found.id not in {step.case_id for step in steps} for _id, found in cases),
        kinds=wording.KINDS,
        states=wording.STATES,
        question_kinds=[(kind.value, name) for kind, name in wording.QUESTION_KINDS.items()],
        kind_names=wording.QUESTION_KINDS,
        letters=marking.letters,
        options_of=marking.options_of,
        desk=rq.absolute(f"/study/desk/{session.desk_key}"),
        step_kinds=[(kind.value, wording.KINDS[kind]) for kind in (StepKind.NOTE, StepKind.PROMPT)],
    )


def _choices(rq: Rq) -> list[tuple[str, str]]:
    """Cases to choose from, by title; the title names the case in the form."""
    return [(each.version.title, each.version.unit_name) for each in material.choices(rq.db)]


def _packs(rq: Rq) -> list[tuple[str, str]]:
    """Teaching packs that the leader may use: his own and what trainers share."""
    if may_teach(rq.actor) is not None:
        return []
    found = [*packs.own_packs(rq.db, rq.actor.user_id), *packs.shared_packs(rq.db)]
    return list({each.id: (each.id, each.content.title) for each in found}.values())


def _here(session: SessionView) -> str:
    return f"{BASE}/{session.series_id}/{session.id}"


def change(rq: Rq) -> Response:
    series, session = led_session(rq)
    form = read_form(SessionForm, rq.form)
    service.change_session(
        rq.db,
        actor=rq.actor,
        session_id=session.id,
        title=form.title,
        starts_at=form.instant(series.zone),
        minutes=form.minutes,
    )
    return rq.redirect(_here(session), _("已保存。"))


def add_case(rq: Rq) -> Response:
    """A case by its title, its number or the address of its page."""
    _series, session = led_session(rq)
    found = material.named(rq.db, rq.field("case"))
    if not found:
        raise Invalid(
            [FieldError("case", _("案例库里没有这个案例。请从列表中选择标题，或粘贴案例页面的网址。"))]
        )
    service.set_cases(rq.db, actor=rq.actor, session_id=session.id, case_ids=[*session.case_ids, found])
    if rq.field("sections"):
        service.add_sections(rq.db, actor=rq.actor, session_id=session.id)
    return rq.redirect(f"{_here(session)}#agenda", _("案例已加入。"))


def remove_case(rq: Rq) -> Response:
    _series, session = led_session(rq)
    left = [each for each in session.case_ids if each != rq.path("case_id")]
    service.set_cases(rq.db, actor=rq.actor, session_id=session.id, case_ids=left)
    return rq.redirect(_here(session), _("案例已移除；议程里的相应步骤请自行删除。"))


def take_pack(rq: Rq) -> Response:
    """The cases and questions of a teaching pack become the agenda."""
    _series, session = led_session(rq)
    service.take_pack(rq.db, actor=rq.actor, session_id=session.id, pack_id=rq.field("pack"))
    return rq.redirect(f"{_here(session)}#agenda", _("教学包的案例和讨论题已加到议程。"))


def sections(rq: Rq) -> Response:
    _series, session = led_session(rq)
    service.add_sections(rq.db, actor=rq.actor, session_id=session.id)
    return rq.redirect(f"{_here(session)}#agenda", _("已按案例的各部分生成议程。"))


def add_step(rq: Rq) -> Response:
    _series, session = led_session(rq)
    form = read_form(StepForm, rq.form)
    service.add_step(
        rq.db,
        actor=rq.actor,
        session_id=session.id,
        kind=form.kind,
        title=form.step_title,
        minutes=form.minutes,
        words=form.words,
    )
    return rq.redirect(f"{_here(session)}#agenda", _("已加到议程最后。"))


def add_question(rq: Rq) -> Response:
    _series, session = led_session(rq)
    form = read_form(QuestionForm, rq.form)
    service.add_questions(
        rq.db, actor=rq.actor, session_id=session.id, questions=[form.question()], must=form.must
    )
    return rq.redirect(f"{_here(session)}#agenda", _("题目已加到议程最后。"))


def order(rq: Rq) -> Response:
    _series, session = led_session(rq)
    known = [step.id for step in queries.steps(rq.db, session.id)]
    wanted = wanted_order(read_form(OrderForm, rq.form), known)
    service.order_steps(rq.db, actor=rq.actor, session_id=session.id, order=wanted)
    return rq.redirect(f"{_here(session)}#agenda")


def remove_step(rq: Rq) -> Response:
    _series, session = led_session(rq)
    service.remove_step(rq.db, actor=rq.actor, session_id=session.id, step_id=rq.path("step_id"))
    return rq.redirect(f"{_here(session)}#agenda", _("已从议程中删除。"))


def add_material(rq: Rq) -> Response:
    _series, session = led_session(rq)
    form = read_form(MaterialForm, rq.form)
    service.add_material(
        rq.db, actor=rq.actor, session_id=session.id, recording_url=form.recording_url, notes=form.notes
    )
    return rq.redirect(_here(session), _("已保存，会显示在回放页面上。"))


def renew_desk(rq: Rq) -> Response:
    _series, session = led_session(rq)
    service.renew_desk(rq.db, actor=rq.actor, session_id=session.id, key=code(20))
    return rq.redirect(_here(session), _("主讲台换了新链接，原来的链接已失效。"))
