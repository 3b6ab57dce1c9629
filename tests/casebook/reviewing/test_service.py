"""Reviews and proofs through their services, on a real database."""

from pathlib import Path
from typing import Any

import pytest

from casebook.book import BoardLine
from casebook.reviewing import queries, service
from casebook.reviewing.values import PROOFS, REVIEWS, ErrorState, Opinion, Step, Verdict
from foundation.actor import Role
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound, Refused
from foundation.journal import history
from tests.casebook.reviewing.world import OPINIONS, Office, at_work, refused
from tests.support.factories import make_actor


@pytest.fixture
def made(prepared: tuple[Path, Office], sqlite_database: Database) -> Office:
    return at_work(prepared, sqlite_database)


# --- reviews ---------------------------------------------------------------------------------------


def test_three_people_sign_in_order_and_the_line_is_printed(made: Office) -> None:
    entry, *rest = made.desk.entries()
    with refused(Refused, "还没有轮到"):
        made.sign(1, entry, Step.SECOND)
    made.sign(0, entry, Step.FIRST)
    with refused(Forbidden, "必须由另一个人"):
        made.sign(0, entry, Step.SECOND)
    made.sign(1, entry, Step.SECOND)
    for number in (0, 1):
        with pytest.raises(Forbidden):
            made.sign(number, entry, Step.FINAL)
    assert made.lines() == {}
    made.sign(2, entry, Step.FINAL)
    assert made.lines() == {entry: "（编辑：陈编辑　签审：复审人　签发：终审人）"}
    assert [made.states(each) for each in rest] == ["onnnnnn", "onnnnnn"]
    with refused(Refused, "不用再签"):
        made.sign(2, entry, Step.FINAL)
    with made.database.read(made.actor(0)) as db:
        assert [each.action for each in history(db, entry)][-3:] == ["review.signed"] * 3


def test_each_step_must_say_its_part(made: Office) -> None:
    entry = made.desk.entries()[0]
    fields = {
        Step.FIRST: {"value", "politics", "facts", "structure", "language", "verdict"},
        Step.SECOND: {"agrees", "statement"},
        Step.FINAL: {"verdict", "statement"},
    }
    for number, step in enumerate(REVIEWS):
        with pytest.raises(Invalid) as answer:
            made.sign(number, entry, step, Opinion())
        assert {error.field for error in answer.value.errors} == fields[step]
        made.sign(number, entry, step)


def test_a_change_of_words_takes_back_all_reviews_and_a_comma_none(made: Office) -> None:
    entry = made.desk.entries()[0]
    made.review(entry)
    made.write(0, entry, summary="一句摘要。")
    assert made.states(entry)[:3] == "ccc"
    assert made.lines() == {}
    with refused(Refused, "请先完成初审"):
        made.sign(1, entry, Step.SECOND)
    for number, step in enumerate(REVIEWS):  # who signed before says nothing anew
        made.sign(number, entry, step, Opinion())
    brief = made.file(entry).acts[-3:]
    assert [(act.brief, act.opinion.verdict, act.opinion.agrees) for act in brief] == [
        (True, Verdict.ACCEPT, None),
        (True, None, True),
        (True, Verdict.ACCEPT, None),
    ]
    assert brief[0].opinion.report == OPINIONS[Step.FIRST].report
    made.write(0, entry, summary="一句，摘要。")
    assert made.states(entry)[:3] == "sss"
    assert entry in made.lines()


def test_what_was_changed_while_one_read_is_not_signed(made: Office) -> None:
    entry = made.desk.entries()[0]
    actor, digest = made.actor(0), made.file(entry).subject.digest
    made.write(1, entry, title="另一个标题")
    with refused(Refused, "这篇文字改过了"), made.database.write(actor) as db:
        service.sign(
            db,
            actor=actor,
            now=made.now(),
            edition_id=made.edition_id,
            subject_id=entry,
            step=Step.FIRST,
            digest=digest,
            opinion=OPINIONS[Step.FIRST],
        )


def test_a_review_is_returned_step_by_step(made: Office) -> None:
    entry = made.desk.entries()[0]
    made.sign(0, entry, Step.FIRST)
    made.sign(1, entry, Step.SECOND)
    with refused(Invalid, "需要修改"):
        made.give_back(2, entry, Step.FINAL, "改")
    made.give_back(2, entry, Step.FINAL)
    assert made.states(entry)[:3] == "srn"
    made.give_back(1, entry, Step.SECOND)
    assert made.states(entry)[:3] == "rnn"
    made.give_back(0, entry, Step.FIRST)
    with made.database.read(made.actor(0)) as db:
        assert queries.waiting_for(db, made.actor(0)) == []
    made.write(0, entry, title="改过的标题")
    with pytest.raises(Invalid):  # what came back is answered
        made.sign(0, entry, Step.FIRST, Opinion())
    made.sign(0, entry, Step.FIRST, Opinion(statement="标题已按要求改过。"))
    last = made.file(entry).acts[-1]
    assert (last.brief, last.opinion.verdict) == (False, Verdict.ACCEPT)
    made.review(entry)
    assert made.states(entry)[:3] == "sss"


def test_the_main_editor_gives_the_first_review_or_none(made: Office) -> None:
    entry = made.desk.entries()[0]
    made.write(1, entry, title="加工过的标题")
    assert made.file(entry).subject.editor_name == "复审人"
    made.sign(0, entry, Step.FIRST)
    with refused(Forbidden, "主要编辑"):
        made.sign(1, entry, Step.SECOND)
    made.sign(2, entry, Step.SECOND)
    with refused(Forbidden, "主要编辑"):
        made.sign(1, entry, Step.FINAL)


def test_the_books_own_texts_are_reviewed_too(made: Office) -> None:
    made.review(made.edition_id)
    assert made.states(made.edition_id)[:3] == "sss"
    assert made.lines() == {}
    with made.database.read(made.actor(0)) as db:
        act = made.file(made.edition_id).acts[-1]
        kept = queries.snapshot(db, act)
        assert queries.colophon_lines(db, made.edition_id) == (
            BoardLine("责任编辑", ("陈编辑",)),
            BoardLine("复审", ("复审人",)),
            BoardLine("终审", ("终审人",)),
        )
    assert kept == made.file(made.edition_id).subject.text


# --- assignments -----------------------------------------------------------------------------------


def test_steps_are_given_to_people_with_exceptions(made: Office) -> None:
    entry, other, _third = made.desk.entries()
    made.assign({Step.FIRST: 0, Step.SECOND: 1, Step.FINAL: 2})
    with refused(Forbidden, "分配给了陈编辑"):
        made.sign(1, entry, Step.FIRST)
    made.assign({Step.FIRST: 1, Step.SECOND: 0}, other)
    made.sign(1, other, Step.FIRST)
    made.sign(0, other, Step.SECOND)
    made.sign(2, other, Step.FINAL)
    with made.database.read(made.actor(0)) as db:
        (edition, count, back) = queries.waiting_for(db, made.actor(0))[0]
    assert (edition.id, count, back) == (made.edition_id, 3, 0)  # two entries and the book's own texts


def test_assignments_that_break_the_rule_are_refused(made: Office) -> None:
    with pytest.raises(Invalid) as answer:
        made.assign({Step.FIRST: 0, Step.SECOND: 0, Step.PROOF1: 1, Step.PROOF2: 1})
    assert {error.field for error in answer.value.errors} == {"second", "proof2"}
    made.assign({Step.FIRST: 0, Step.SECOND: 1})
    with pytest.raises(Invalid):  # together with what holds for the edition
        made.assign({Step.FINAL: 1}, made.desk.entries()[0])


def test_only_editors_review(made: Office) -> None:
    entry = made.desk.entries()[0]
    with made.database.write() as db:
        trainer = make_actor(db, Role.TRAINER)
    with made.database.read(trainer) as db, pytest.raises(NotFound):
        queries.file(db, made.edition_id, entry)
    with made.database.read(trainer) as db:
        assert queries.acts(db, made.edition_id) == []


# --- several at once -------------------------------------------------------------------------------


def test_only_texts_read_to_the_end_are_signed_together(made: Office) -> None:
    first, second, _third = made.desk.entries()
    actor = made.actor(1)
    for entry in (first, second):
        made.sign(0, entry, Step.FIRST)

    def several(*entries: str, step: Step = Step.SECOND) -> int:
        with made.database.write(actor) as db:
            return service.sign_several(
                db,
                actor=actor,
                now=made.now(),
                edition_id=made.edition_id,
                chosen=[(entry, step) for entry in entries],
                statement="通读全文，同意初审意见。",
            )

    def read(entry: str) -> None:
        with made.database.write(actor) as db:
            service.mark_read(
                db,
                actor=actor,
                now=made.now(),
                edition_id=made.edition_id,
                subject_id=entry,
                digest=made.file(entry).subject.digest,
            )

    with refused(Refused, "请先勾选"):
        several()
    read(first)
    with refused(Refused, "还没有读完"):
        several(first, second)
    assert made.states(first)[:3] == "son"  # none of them
    read(second)
    assert several(first, second) == 2
    assert made.states(first)[:3] == "sso"
    with refused(Refused, "初审报告"):
        several(first, step=Step.FIRST)


# --- proofs ----------------------------------------------------------------------------------------


def through(made: Office, entry: str, upto: Step) -> None:
    made.review(entry)
    for number, step in enumerate(PROOFS[: PROOFS.index(upto)]):
        made.sign(1 + number % 2, entry, step)


def test_a_proof_waits_for_the_reviews_and_for_somebody_else(made: Office) -> None:
    entry = made.desk.entries()[0]
    with refused(Refused, "请先完成初审"):
        made.sign(1, entry, Step.PROOF1)
    made.write(0, entry, title="陈编辑加工的标题")
    made.review(entry)
    with refused(Forbidden, "主要编辑"):
        made.sign(0, entry, Step.PROOF1)
    made.sign(1, entry, Step.PROOF1)
    with refused(Forbidden, "换一个人"):
        made.sign(1, entry, Step.PROOF2)
    made.sign(2, entry, Step.PROOF2)
    made.sign(1, entry, Step.PROOF3)
    assert made.states(entry) == "sssssso"


def test_an_error_is_corrected_verified_and_signed_again(made: Office) -> None:
    entry = made.desk.entries()[0]
    made.write(0, entry, summary="支部有党员一二名，群众满意。")
    through(made, entry, Step.READING)
    error = made.find(1, entry, Step.PROOF3, "一二名", "十二名")
    with pytest.raises(Invalid):
        made.find(1, entry, Step.PROOF3, "", "十二名")
    with pytest.raises(Forbidden):
        made.find(0, entry, Step.PROOF3, "满意", "滿意")
    assert made.correct(0, entry, error) == (1, 0)
    found = made.file(entry)
    assert found.subject.text.summary == "支部有党员十二名，群众满意。"
    assert found.subject.editor_name == "陈编辑"
    assert made.states(entry) == "cccssco"
    with refused(Refused, "没有更正或核红"):
        made.sign(1, entry, Step.PROOF3)
    with refused(Forbidden, "别人来做"):
        made.verify(0, error)
    made.verify(1, error)
    made.sign(1, entry, Step.PROOF3)
    assert made.file(entry).errors[0].state is ErrorState.VERIFIED
    assert made.states(entry) == "cccssso"


def test_passages_that_cannot_be_corrected_by_one_button(made: Office) -> None:
    entry = made.desk.entries()[0]
    made.write(0, entry, summary="党员党员，群众群众。")
    through(made, entry, Step.PROOF1)
    twice = made.find(1, entry, Step.PROOF1, "党员", "党群")
    gone = made.find(1, entry, Step.PROOF1, "书中没有的话", "别的话")
    once = made.find(1, entry, Step.PROOF1, "，群众", "、群众", "punctuation")
    with refused(Refused, "次"):
        made.correct(0, entry, twice)
    with refused(Refused, "没有这段原文"):
        made.correct(0, entry, gone)
    assert made.correct(0, entry) == (1, 2)
    assert made.states(entry)[:3] == "sss"  # punctuation is no word
    with made.database.write(made.actor(0)) as db:
        keys: dict[str, Any] = {"actor": made.actor(0), "now": made.now(), "edition_id": made.edition_id}
        service.mark_corrected(db, **keys, error_id=twice)
        with pytest.raises(Invalid):
            service.dismiss_error(db, **keys, error_id=gone, reason="")
        service.dismiss_error(db, **keys, error_id=gone, reason="校样里的旧文字。")
        with refused(Refused, "别人处理过"):
            service.mark_corrected(db, **keys, error_id=once)
        with refused(Forbidden, "本人删除"):
            service.strike_error(db, **keys, error_id=once)
    states = {error.id: error.state for error in made.file(entry).errors}
    assert states == {
        twice: ErrorState.CORRECTED,
        gone: ErrorState.DISMISSED,
        once: ErrorState.CORRECTED,
    }


# --- clearance -------------------------------------------------------------------------------------


def test_a_book_is_cleared_when_everything_stands(made: Office) -> None:
    subjects = [made.edition_id, *made.desk.entries()]
    missing = [str(sentence) for sentence in made.cleared().missing]
    assert missing[0] == "4 篇没有初审，例如“书前书后文字”。"
    assert len(missing) == 6
    for subject in subjects:
        through(made, subject, Step.READING)
    assert made.cleared().missing == ()
    assert made.cleared().cleared
    made.write(0, subjects[1], summary="改了一句。")
    assert [str(sentence)[:12] for sentence in made.cleared().missing] == [
        "1 篇在初审之后改过文字",
        "1 篇在复审之后改过文字",
        "1 篇在终审之后改过文字",
        "1 篇在最后一次校对之后",
    ]


def test_too_many_errors_in_the_last_proof_ask_for_one_more_reading(made: Office) -> None:
    subjects = [made.edition_id, *made.desk.entries()]
    for subject in subjects:
        through(made, subject, Step.PROOF3)
    wrong = made.find(1, subjects[1], Step.PROOF3, "案例之一", "案例其一")
    for subject in subjects:
        made.sign(1, subject, Step.PROOF3)
    made.correct(0, subjects[1], wrong)
    assert any("没有核红" in str(each) for each in made.cleared().missing)
    made.verify(2, wrong)
    made.review(subjects[1])
    made.sign(1, subjects[1], Step.PROOF3)
    (sentence,) = made.cleared().missing
    assert "再通读一遍，例如“案例其一”" in str(sentence)
    made.sign(2, subjects[1], Step.READING)
    assert made.cleared().cleared


def test_a_rejected_or_revoked_case(made: Office) -> None:
    first, second, _third = made.desk.entries()
    made.sign(0, first, Step.FIRST)
    made.sign(1, first, Step.SECOND)
    rejected = Opinion(statement="事实不清，不宜收入。", verdict=Verdict.REJECT)
    made.sign(2, first, Step.FINAL, rejected)
    assert any("终审决定不采用" in str(each) for each in made.cleared().missing)
    with pytest.raises(NotFound):
        made.sign(0, "none", Step.FIRST)
    assert second in made.desk.entries()
