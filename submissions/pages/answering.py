"""The organiser's questions and answers of one call."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from foundation.forms import read_form
from foundation.permission import require
from foundation.text import _
from foundation.web import Rq, get, post
from submissions import policy, queries, service
from submissions.forms import QuestionForm


def routes() -> list[Route]:
    return [
        get("/organise/calls/{call_id}/faq", page),
        post("/organise/calls/{call_id}/faq", publish, again=page),
        post("/organise/calls/{call_id}/faq/{question_id}", change, again=page),
    ]


def page(rq: Rq) -> Response:
    require(policy.may_manage_calls(rq.signed_in()))
    call = queries.call(rq.db, rq.path("call_id"))
    return rq.render("submissions/answering.html", call=call, questions=queries.questions(rq.db, call.id))


def publish(rq: Rq) -> Response:
    actor = rq.signed_in()
    call_id = rq.path("call_id")
    form = read_form(QuestionForm, rq.form)
    service.answer_question(
        rq.db, actor=actor, now=rq.now, call_id=call_id, question=form.question, answer=form.answer
    )
    return rq.redirect(f"/organise/calls/{call_id}/faq", _("答复已公布在征集页面上。"))


def change(rq: Rq) -> Response:
    """Word anew, move or remove one question, by the button pressed."""
    actor = rq.signed_in()
    call_id, question_id, deed = rq.path("call_id"), rq.path("question_id"), rq.field("do")
    here = f"/organise/calls/{call_id}/faq"
    if deed in ("up", "down"):
        by = -1 if deed == "up" else 1
        service.move_question(rq.db, actor=actor, now=rq.now, call_id=call_id, question_id=question_id, by=by)
        return rq.redirect(f"{here}#q-{question_id}")
    if deed == "remove":
        service.remove_question(rq.db, actor=actor, now=rq.now, call_id=call_id, question_id=question_id)
        return rq.redirect(here, _("这条问答已删除。"))
    form = read_form(
        QuestionForm,
        {"question": rq.field(f"question-{question_id}"), "answer": rq.field(f"answer-{question_id}")},
    )
    service.answer_question(
        rq.db,
        actor=actor,
        now=rq.now,
        call_id=call_id,
        question_id=question_id,
        question=form.question,
        answer=form.answer,
    )
    return rq.redirect(f"{here}#q-{question_id}", _("答复已更新。"))
