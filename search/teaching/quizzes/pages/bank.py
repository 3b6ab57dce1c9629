"""The bank of questions: list, one question, export, drawing into a session."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from foundation.downloads import download
from foundation.errors import FieldError, Invalid, NotFound
from foundation.forms import read_form
from foundation.permission import require
from foundation.sheets import FORMATS
from foundation.text import _, n_
from foundation.web import Rq, get, post
from search.teaching.quizzes import policy, tables
from search.teaching.quizzes.forms import BankForm, DrawForm
from search.teaching.quizzes.queries import bank as queries
from search.teaching.quizzes.service import bank as service
from search.teaching.quizzes.tables import DIFFICULTIES
from search.teaching.quizzes.values import BankLine, BankQuestion
from search.teaching.sessions.pages.common import BASE
from search.teaching.sessions.queries import material
from search.teaching.sessions.queries import series as sessions
from search.teaching.sessions.wording import QUESTION_KINDS

HERE = "/teaching/quizzes"


def routes() -> list[Route]:
    return [
        get(HERE, page),
        get(HERE + "/new", new),
        post(HERE + "/new", add, again=new),
        get(HERE + "/questions.{format}", export),
        post(HERE + "/draw", draw, again=page),
        get(HERE + "/{question_id}", edit),
        post(HERE + "/{question_id}", change, again=edit),
        post(HERE + "/{question_id}/retire", retire, again=edit),
    ]


def page(rq: Rq) -> Response:
    """The questions, by topic, case and words; with `session` they can be drawn into that."""
    require(policy.may_keep_bank(rq.signed_in()))
    session_id = rq.query("session") or rq.field("session")
    session = sessions.session(rq.db, session_id) if session_id else None
    case_id = rq.query("case")
    retired = rq.query("retired") == "yes"
    return rq.render(
        "teaching/bank.html",
        lines=queries.bank(
            rq.db, topic=rq.query("topic"), case_id=case_id, words=rq.query("q"), retired=retired
        ),
        topics=[(each, each) for each in queries.topics(rq.db)],
        session=session,
        session_url=f"{BASE}/{session.series_id}/{session.id}" if session else "",
        chosen=set(rq.form.getlist("question")),
        retired=retired,
        kinds=QUESTION_KINDS,
        difficulties=DIFFICULTIES,
    )


def new(rq: Rq) -> Response:
    require(policy.may_keep_bank(rq.signed_in()))
    case = material.for_leader(rq.db, rq.query("case")) if rq.query("case") else None
    return _form(rq, None, case.title if case else "")


def edit(rq: Rq) -> Response:
    require(policy.may_keep_bank(rq.signed_in()))
    line = queries.question(rq.db, rq.path("question_id"))
    case = material.for_leader(rq.db, line.entry.case_id) if line.entry.case_id else None
    return _form(rq, line, case.title if case else line.entry.case_id)


def _form(rq: Rq, line: BankLine | None, case: str) -> Response:
    return rq.render(
        "teaching/bank_question.html",
        line=line,
        case=case,
        choices=[each.version.title for each in material.choices(rq.db)],
        kinds=[(kind.value, name) for kind, name in QUESTION_KINDS.items()],
        difficulties=[(key.value, name) for key, name in DIFFICULTIES.items()],
        answer=tables.answer_words(line.entry.question) if line else "",
    )


def _posted(rq: Rq, known: str = "") -> BankQuestion:
    form = read_form(BankForm, rq.form)
    case_id = ""
    if form.case:
        case_id = known if form.case == known else material.named(rq.db, form.case)
        if not case_id:
            words = _("案例库里没有这个案例。请从列表中选择标题，或粘贴案例页面的网址。")
            raise Invalid([FieldError("case", words)])
    return form.entry(case_id)


def add(rq: Rq) -> Response:
    service.add_question(rq.db, actor=rq.signed_in(), now=rq.now, entry=_posted(rq))
    return rq.redirect(HERE, _("题目已加入题库。"))


def change(rq: Rq) -> Response:
    actor = rq.signed_in()
    line = queries.question(rq.db, rq.path("question_id"))
    entry = _posted(rq, line.entry.case_id)
    service.change_question(rq.db, actor=actor, question_id=line.id, entry=entry)
    return rq.redirect(HERE, _("已保存。已经抽到学习和挑战里的题不变。"))


def retire(rq: Rq) -> Response:
    wanted = rq.field("wanted") == "yes"
    service.retire(rq.db, actor=rq.signed_in(), question_id=rq.path("question_id"), wanted=wanted)
    return rq.redirect(HERE, _("题目已停用，不再抽到。") if wanted else _("题目已恢复使用。"))


def draw(rq: Rq) -> Response:
    form = read_form(DrawForm, rq.form)
    session = sessions.session(rq.db, form.session)
    count = service.draw_into_session(
        rq.db,
        actor=rq.signed_in(),
        now=rq.now,
        session_id=session.id,
        question_ids=form.question,
        must=form.must,
    )
    done = n_("%(n)s 道题已加到议程最后。", "%(n)s 道题已加到议程最后。", count)
    return rq.redirect(f"{BASE}/{session.series_id}/{session.id}#agenda", done)


def export(rq: Rq) -> Response:
    """The bank, or an empty table to fill in."""
    require(policy.may_keep_bank(rq.signed_in()))
    kind = rq.path("format")
    if kind not in FORMATS:
        raise NotFound
    lines = [] if rq.query("empty") else queries.bank(rq.db, retired=False)
    return download(tables.table(lines), kind)
