"""Questions to a unit, its answers and its consent, on a real database."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from casebook import queries as core
from casebook import service as desk_service
from casebook.editing import queries, service
from casebook.editing.values import Answer, Asked, Standing, Verdict
from foundation.actor import Actor, Role
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound, Refused
from foundation.journal import history
from foundation.mail import OutgoingMail
from foundation.people import User, actor_of, unit
from tests.casebook.world import LATER, Desk, desk
from tests.support.factories import make_actor, make_user

TODAY = LATER.date()
DUE = TODAY + timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Both:
    """An edition, one of its entries, and somebody of the unit whose case it is."""

    made: Desk
    entry_id: str
    case_id: str
    branch: User

    @property
    def unit_actor(self) -> Actor:
        return actor_of(self.branch)

    @property
    def keys(self) -> dict[str, Any]:
        return {
            "actor": self.made.editor,
            "now": LATER,
            "edition_id": self.made.edition_id,
            "entry_id": self.entry_id,
        }

    def ask(self, *questions: Asked) -> str:
        with self.made.database.write(self.made.editor) as db:
            return service.ask_unit(
                db, **self.keys, questions=questions, due_on=DUE, today=TODAY, address="https://x/c"
            )

    def ask_consent(self) -> str:
        with self.made.database.write(self.made.editor) as db:
            return service.ask_consent(db, **self.keys, due_on=DUE, today=TODAY, address="https://x/c")

    def answer(self, letter_id: str, *answers: Answer, actor: Actor | None = None) -> None:
        actor = actor or self.unit_actor
        with self.made.database.read() as db:
            questions = queries.letter(db, letter_id).questions
        given = {each.id: answer for each, answer in zip(questions, answers, strict=False)}
        with self.made.database.write(actor) as db:
            service.answer_questions(
                db,
                actor=actor,
                now=LATER,
                case_id=self.case_id,
                letter_id=letter_id,
                answers=given,
                address="https://x/e",
            )

    def say(self, letter_id: str, verdict: Verdict, reason: str = "", digest: str = "") -> None:
        with self.made.database.write(self.unit_actor) as db:
            found = queries.correspondence(db, self.case_id)[0]
            service.give_consent(
                db,
                actor=self.unit_actor,
                now=LATER,
                case_id=self.case_id,
                letter_id=letter_id,
                digest=digest or found.digest,
                verdict=verdict,
                reason=reason,
                address="https://x/e",
            )

    def consent(self) -> Standing:
        with self.made.database.read(self.made.editor) as db:
            return queries.consent_of(db, self.entry_id)

    def edit(self, **changes: Any) -> None:
        with self.made.database.write(self.made.editor) as db:
            current = core.manuscript(db, self.entry_id)
            text = replace(current.text, **changes)
            desk_service.write_manuscript(db, **self.keys, base=current.ordinal, text=text)


@pytest.fixture
def both(sqlite_database: Database) -> Both:
    made = desk(sqlite_database)
    entry = made.chapters()[0].entries[0]
    version = made.judged.entries[0]
    with sqlite_database.write() as db:
        branch = make_user(db, Role.SUBMITTER, name="王支书", unit=unit(db, version.unit_id))
    return Both(made, entry.id, version.case_id, branch)


def test_a_question_goes_out_is_answered_and_its_wording_taken_over(both: Both) -> None:
    with both.made.database.read(both.made.editor) as db:
        words = core.manuscript(db, both.entry_id).text.summary[:6]
    letter_id = both.ask(Asked(words, "这里准确吗？"), Asked("", "负责人是谁？"))
    with both.made.database.read(both.unit_actor) as db:
        mine = queries.correspondence(db, both.case_id)[0].letters[0]
        assert [each.words for each in mine.questions] == ["这里准确吗？", "负责人是谁？"]
        assert [each.id for each in queries.waiting_for(db, both.branch.unit_id or "")] == [letter_id]
        assert core.editions(db) == []  # no right to the casebook itself
    both.answer(letter_id, Answer("准确", "改好的写法"), Answer("李强"))
    with both.made.database.write(both.made.editor) as db:
        question = queries.letter(db, letter_id).questions[0]
        ordinal = service.take_wording(
            db,
            actor=both.made.editor,
            now=LATER,
            edition_id=both.made.edition_id,
            letter_id=letter_id,
            question_id=question.id,
            base=1,
        )
        round_ = core.manuscript(db, both.entry_id)
        assert (ordinal, round_.ordinal, round_.note) == (2, 2, "采用单位答复第 1 问的写法")
        assert round_.text.summary.startswith("改好的写法")
        assert queries.letter(db, letter_id).questions[0].taken_round == 2
        sent = {mail.recipient: mail.subject for mail in db.query(OutgoingMail)}
        assert sent[both.branch.email].startswith("编辑向贵单位询问")
        assert sent[both.made.user.email].startswith("单位已答复")
        assert [each.action for each in history(db, letter_id)] == [
            "editing.unit_asked",
            "editing.unit_answered",
        ]


def test_every_question_is_answered_or_said_which_is_not(both: Both) -> None:
    letter_id = both.ask(Asked("", "一？"), Asked("", "二？"))
    with pytest.raises(Invalid) as refused:
        both.answer(letter_id, Answer("答一"))
    assert [str(e.message) for e in refused.value.errors] == ["第 2 问还没有答复；没有要说的也请写“无”"]


def test_others_neither_see_nor_answer(both: Both) -> None:
    letter_id = both.ask(Asked("", "一？"))
    with both.made.database.write() as db:
        stranger = make_actor(db, Role.SUBMITTER)
    with both.made.database.read(stranger) as db, pytest.raises(NotFound):
        queries.correspondence(db, both.case_id)
    with pytest.raises(NotFound):
        both.answer(letter_id, Answer("冒名"), actor=stranger)
    with pytest.raises(Forbidden):
        both.answer(letter_id, Answer("代答"), actor=both.made.editor)


def test_a_changed_text_needs_a_new_consent(both: Both) -> None:
    assert both.consent() is Standing.NOT_ASKED
    letter_id = both.ask_consent()
    assert both.consent() is Standing.WAITING
    with pytest.raises(Refused):
        both.ask_consent()
    with pytest.raises(Invalid):
        both.say(letter_id, Verdict.OBJECTED)
    both.say(letter_id, Verdict.AGREED)
    assert both.consent() is Standing.AGREED
    with both.made.database.read(both.made.editor) as db:
        before = queries.correspondence(db, both.case_id)[0].digest
    both.edit(title="又改了标题")
    assert both.consent() is Standing.OUTDATED
    again = both.ask_consent()
    with pytest.raises(Refused):
        both.say(again, Verdict.AGREED, digest=before)
    both.say(again, Verdict.OBJECTED, "标题不对")
    assert both.consent() is Standing.OBJECTED
    with both.made.database.read(both.made.editor) as db:
        found = queries.standings(db, both.made.edition_id, TODAY)
    assert found[both.entry_id].consent is Standing.OBJECTED


def test_who_has_not_answered_is_reminded_once_a_day(both: Both) -> None:
    letter_id = both.ask_consent()
    remind: dict[str, Any] = {
        "actor": both.made.editor,
        "edition_id": both.made.edition_id,
        "letter_ids": {letter_id},
        "base": "https://x",
    }
    with both.made.database.write(both.made.editor) as db:
        assert service.remind(db, now=LATER, **remind) == 1
        with pytest.raises(Refused):
            service.remind(db, now=LATER + timedelta(hours=1), **remind)
        assert service.remind(db, now=LATER + timedelta(days=1), **remind) == 1
        late = queries.standings(db, both.made.edition_id, DUE + timedelta(days=1))[both.entry_id]
    assert (late.late, late.due_on) == (True, DUE)


def test_what_is_asked_badly_is_said(both: Both) -> None:
    def ask(due_on: date, *questions: Asked) -> list[str]:
        with pytest.raises(Invalid) as refused, both.made.database.write(both.made.editor) as db:
            service.ask_unit(db, **both.keys, questions=questions, due_on=due_on, today=TODAY, address="")
        return [error.field for error in refused.value.errors]

    assert ask(TODAY, Asked("", "问？")) == ["due_on"]
    assert ask(DUE) == ["words-0"]
    assert ask(DUE, Asked("", "问？"), Asked("书里没有的话", "")) == ["words-1", "quote-1"]


def test_a_revoked_case_is_asked_about_no_more(both: Both, files: Any) -> None:
    letter_id = both.ask(Asked("", "一？"))
    both.made.revoke(0)
    both.made.deliver(files)
    with pytest.raises(Refused):
        both.ask(Asked("", "二？"))
    with pytest.raises(Refused):
        both.answer(letter_id, Answer("晚了"))
    with both.made.database.read(both.unit_actor) as db:
        assert queries.waiting_for(db, both.branch.unit_id or "") == []
        assert not queries.correspondence(db, both.case_id)[0].printed


def test_comments_are_talked_about_settled_and_found_again(both: Both) -> None:
    with both.made.database.write(both.made.editor) as db:
        words = core.manuscript(db, both.entry_id).text.summary[:6]
        thread = service.open_thread(db, **both.keys, quote=words, words="这里要核实")
        service.add_remark(db, **both.keys, thread_id=thread, words="已核实")
        service.resolve_thread(db, **both.keys, thread_id=thread, resolved=True)
        service.open_thread(db, **both.keys, quote="", words="全文再顺一遍")
        with pytest.raises(Invalid):
            service.open_thread(db, **both.keys, quote="没有的话", words="")
    both.edit(title="别的标题")
    with both.made.database.read(both.made.editor) as db:
        found = queries.threads(db, both.entry_id)
        assert [each.remarks[0].words for each in found] == ["全文再顺一遍", "这里要核实"]
        assert [each.words for each in found[1].remarks] == ["这里要核实", "已核实"]
        assert found[1].placed.words == words
        assert queries.standings(db, both.made.edition_id, TODAY)[both.entry_id].comments == 1
    with both.made.database.read(both.unit_actor) as db, pytest.raises(NotFound):
        queries.thread_row(db, both.entry_id, thread)
