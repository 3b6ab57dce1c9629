"""The unit's page: what the editor asks about its case, the text beside the handed-in one, its consent."""

from __future__ import annotations

from sqlalchemy.orm import Session
from starlette.responses import Response
from starlette.routing import Route

from casebook.editing import policy, queries, service
from casebook.editing.queries import Correspondence
from casebook.editing.values import Answer, LetterKind, Verdict
from casebook.rules.changes import Change, changes
from casebook.showing import shown_body
from foundation.errors import Refused
from foundation.permission import require
from foundation.text import Text, _
from foundation.web import Rq, get, post
from submissions.values import CaseView


def routes() -> list[Route]:
    page = "/cases/{case_id}/editing"
    return [
        get(page, unit_page),
        post(f"{page}/{{letter}}", answer, again=unit_page),
    ]


def unit_page(rq: Rq) -> Response:
    rq.signed_in()
    case_id = rq.path("case_id")
    found = queries.correspondence(rq.db, case_id)
    require(policy.may_answer(rq.actor, unit_id=found[0].letters[0].unit_id))
    return rq.render(
        "casebook/editing/unit.html",
        case_id=case_id,
        books=found,
        now_of=lambda book: shown_body(_files(book), book.text.body),
        before_of=lambda book: shown_body(_files(book), book.original.body_html),
        changed_of=_changed,
        files_of=_files,
    )


def link_of_case(db: Session, case: CaseView) -> list[tuple[Text, str]]:
    """Where the unit reads what an editor asks about its case; nothing for who was not asked."""
    if not queries.was_asked(db, case.id):
        return []
    return [(_("书稿确认与答复"), f"/cases/{case.id}/editing")]


def _files(book: Correspondence) -> str:
    """Where the unit sees the photos of what it handed in."""
    return f"/cases/{book.original.case_id}/versions/{book.original.ordinal}/files"


def _changed(book: Correspondence) -> list[Change]:
    """The places of the text that differ from what was copied of the case."""
    return [each for each in changes(book.first, book.text) if each.kind != "same"]


def answer(rq: Rq) -> Response:
    """The answers to a letter's questions, or what the unit says of the text."""
    rq.signed_in()
    case_id = rq.path("case_id")
    letter = queries.letter(rq.db, rq.path("letter"))
    address = rq.absolute(f"/editions/{letter.edition_id}/entries/{letter.entry_id}/queries")
    page = f"/cases/{case_id}/editing"
    if letter.kind is LetterKind.QUESTIONS:
        answers = {
            each.id: Answer(rq.field(f"answer-{each.id}"), rq.field(f"proposal-{each.id}"))
            for each in letter.questions
        }
        service.answer_questions(
            rq.db,
            actor=rq.actor,
            now=rq.now,
            case_id=case_id,
            letter_id=letter.id,
            answers=answers,
            address=address,
        )
        return rq.redirect(page, _("答复已发给编辑，谢谢。编辑处理之前还可以修改。"))
    verdict = rq.field("verdict")
    if verdict not in set(Verdict):
        raise Refused(_("请选择同意或不同意。"))
    service.give_consent(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        case_id=case_id,
        letter_id=letter.id,
        digest=rq.field("digest"),
        verdict=Verdict(verdict),
        reason=rq.field("reason"),
        address=address,
    )
    return rq.redirect(page, _("贵单位的意见已告诉编辑，谢谢。"))
