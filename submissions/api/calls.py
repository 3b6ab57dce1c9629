"""What a program asks and does about a call beyond writing it: extensions, changes, questions."""

from __future__ import annotations

from starlette.responses import Response

from foundation.api import Operation
from foundation.errors import FieldError, Invalid
from foundation.text import _
from foundation.web import Rq
from submissions import queries, service
from submissions.api.replies import ChangeReply, ExtensionReply, QuestionReply
from submissions.forms import ExtensionForm, QuestionForm
from submissions.rules.windows import from_wall_clock

TAG = "submissions"


def operations() -> list[Operation]:
    """The operations of this topic."""
    questions = "/calls/{call_id}/questions"
    one = f"{questions}/{{question_id}}"
    return [
        Operation(
            "POST",
            "/calls/{call_id}/extensions",
            extend,
            "Grant a later deadline to a unit or all, in a category or all (organisers)",
            TAG,
            reply=ExtensionReply,
            body=ExtensionForm,
            status=201,
        ),
        Operation(
            "GET",
            "/calls/{call_id}/changes",
            list_changes,
            "What was worded anew after the window had opened",
            TAG,
            reply=ChangeReply,
            many=True,
            public=True,
        ),
        Operation(
            "GET",
            questions,
            list_questions,
            "Questions and answers",
            TAG,
            reply=QuestionReply,
            many=True,
            public=True,
        ),
        Operation(
            "POST",
            questions,
            add_question,
            "Publish a question with its answer (organisers)",
            TAG,
            reply=QuestionReply,
            body=QuestionForm,
            status=201,
        ),
        Operation(
            "PUT",
            one,
            change_question,
            "Word a question anew (organisers)",
            TAG,
            reply=QuestionReply,
            body=QuestionForm,
        ),
        Operation("DELETE", one, remove_question, "Remove a question (organisers)", TAG),
    ]


def extend(rq: Rq, body: ExtensionForm) -> ExtensionReply:
    call = queries.call(rq.db, rq.path("call_id"))
    closes_at = body.extension_closes_at
    if closes_at is None:
        raise Invalid([FieldError("extension_closes_at", _("请填写新的截止日期和时间。"))])
    if closes_at.tzinfo is None:
        closes_at = from_wall_clock(closes_at, call.timezone)
    granted = service.extend_window(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        call_id=call.id,
        unit_id=body.extension_unit or None,
        category_key=body.extension_category,
        closes_at=closes_at,
        reason=body.extension_reason,
    )
    return ExtensionReply.model_validate(granted)


def list_changes(rq: Rq, _body: None) -> list[ChangeReply]:
    call = queries.call(rq.db, rq.path("call_id"))
    return [ChangeReply.model_validate(each) for each in queries.changes(rq.db, call.id)]


def list_questions(rq: Rq, _body: None) -> list[QuestionReply]:
    call = queries.call(rq.db, rq.path("call_id"))
    return [QuestionReply.model_validate(each) for each in queries.questions(rq.db, call.id)]


def add_question(rq: Rq, body: QuestionForm) -> QuestionReply:
    return _answered(rq, body, "")


def change_question(rq: Rq, body: QuestionForm) -> QuestionReply:
    return _answered(rq, body, rq.path("question_id"))


def remove_question(rq: Rq, _body: None) -> Response:
    call_id, question_id = rq.path("call_id"), rq.path("question_id")
    service.remove_question(rq.db, actor=rq.actor, now=rq.now, call_id=call_id, question_id=question_id)
    return Response(status_code=204)


def _answered(rq: Rq, body: QuestionForm, question_id: str) -> QuestionReply:
    answered = service.answer_question(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        call_id=rq.path("call_id"),
        question_id=question_id,
        question=body.question,
        answer=body.answer,
    )
    return QuestionReply.model_validate(answered)
