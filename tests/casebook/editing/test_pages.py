"""The room's pages: the editor asks, the unit answers and agrees, comments are written."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from casebook import queries as core
from casebook.editing import queries
from foundation.actor import Role
from foundation.mail import OutgoingMail
from foundation.people import unit
from tests.casebook.world import Desk, desk
from tests.support.factories import make_user
from tests.support.web import Visitor


@dataclass(frozen=True, slots=True)
class Room:
    made: Desk
    base: str
    case_id: str
    editor: Visitor
    branch: Visitor


@pytest.fixture
def room(product: Any, visitor: Visitor) -> Room:
    made = desk(product.database)
    entry = made.chapters()[0].entries[0]
    with product.database.write() as db:
        user = make_user(db, Role.SUBMITTER, unit=unit(db, made.judged.entries[0].unit_id))
    visitor.sign_in(made.user).speak("zh")
    branch = Visitor(product).sign_in(user).speak("zh")
    return Room(made, f"/editions/{made.edition_id}/entries/{entry.id}", entry.case_id, visitor, branch)


def page(visitor: Visitor, path: str) -> str:
    answer = visitor.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_the_unit_answers_and_its_wording_is_taken_over(product: Any, room: Room) -> None:
    due = (product.clock.now() + timedelta(days=5)).date().isoformat()
    assert "还没有问过单位" in page(room.editor, f"{room.base}/queries")
    assert room.branch.get(f"/cases/{room.case_id}/editing").status_code == 404
    refused = room.editor.post(f"{room.base}/queries", {"quote": "书里没有", "words": "问？", "due_on": due})
    assert refused.status_code == 422
    assert "书里没有</textarea>" in refused.text
    with product.database.read(room.made.editor) as db:
        words = core.manuscript(db, room.made.entries()[0]).text.summary[:6]
    sent = room.editor.post(f"{room.base}/queries", {"quote": words, "words": "准确吗？", "due_on": due})
    assert "已发给单位" in sent.text
    assert "编辑有问题请您答复" in page(room.branch, "/")
    assert "书稿确认与答复" in page(room.branch, f"/cases/{room.case_id}")
    shown = page(room.branch, f"/cases/{room.case_id}/editing")
    assert "准确吗？" in shown
    with product.database.read() as db:
        letter = queries.correspondence(db, room.case_id)[0].letters[0]
        mails = [each.body for each in db.query(OutgoingMail)]
    assert any(f"/cases/{room.case_id}/editing" in each for each in mails)
    path, question = f"/cases/{room.case_id}/editing/{letter.id}", letter.questions[0].id
    assert "还没有答复" in room.branch.post(path).text
    assert room.editor.post(path, {f"answer-{question}": "代答"}).status_code == 403
    answers = {f"answer-{question}": "不准确", f"proposal-{question}": "更准确的写法"}
    assert "答复已发给编辑" in room.branch.post(path, answers).text
    assert "更准确的写法" in page(room.editor, f"{room.base}/queries")
    assert "单位已答复，待处理" in page(room.editor, f"/editions/{room.made.edition_id}")
    taken = {"action": "take", "question": question, "base": "1", "wording": "先前的写法"}
    assert "单位刚刚改过这一处的写法" in room.editor.post(f"{room.base}/letters/{letter.id}", taken).text
    taken["wording"] = "更准确的写法"
    assert "存为第 2 稿" in room.editor.post(f"{room.base}/letters/{letter.id}", taken).text
    shown = page(room.branch, f"/cases/{room.case_id}/editing")
    assert "编辑已采用" in shown
    assert "书稿与原文有 1 处不同" in shown
    assert "<ins>" in shown
    done = room.editor.post(f"{room.base}/letters/{letter.id}", {"action": "close"})
    assert "这次询问已结束" in done.text
    assert room.branch.post(path, answers).status_code == 409


def test_the_unit_agrees_to_what_it_has_read(product: Any, room: Room) -> None:
    due = (product.clock.now() + timedelta(days=5)).date().isoformat()
    assert room.editor.post(f"{room.base}/consent", {"due_on": "昨天"}).status_code == 422
    assert "已请单位确认" in room.editor.post(f"{room.base}/consent", {"due_on": due}).text
    book = f"/editions/{room.made.edition_id}"
    assert "1 件等单位答复" in page(room.editor, f"{book}/letters")
    assert "已催办 1 件" in room.editor.post(f"{book}/remind").text
    assert room.editor.post(f"{book}/remind").status_code == 409
    with product.database.read() as db:
        found = queries.correspondence(db, room.case_id)[0]
    path = f"/cases/{room.case_id}/editing/{found.letters[0].id}"
    assert room.branch.post(path, {"digest": found.digest}).status_code == 409
    unsaid = room.branch.post(path, {"digest": found.digest, "verdict": "objected"})
    assert unsaid.status_code == 422
    assert (
        "贵单位的意见已告诉编辑" in room.branch.post(path, {"digest": found.digest, "verdict": "agreed"}).text
    )
    assert "单位已同意" in page(room.editor, book)


def test_comments_stay_among_editors(room: Room) -> None:
    path = f"{room.base}/comments"
    assert room.editor.post(path, {"words": "", "quote": ""}).status_code == 422
    assert "批注已写下" in room.editor.post(path, {"words": "核实一下", "quote": ""}).text
    thread = page(room.editor, path).partition('id="t-')[2].partition('"')[0]
    room.editor.post(f"{path}/{thread}", {"words": "已核实", "action": "reply"})
    room.editor.post(f"{path}/{thread}", {"action": "resolve"})
    shown = page(room.editor, path)
    assert "1 条已解决" in shown
    assert "已核实" in shown
    assert room.branch.get(path).status_code == 403


def test_a_book_put_aside_is_not_changed_and_can_be_deleted(product: Any, room: Room) -> None:
    book = f"/editions/{room.made.edition_id}"
    room.editor.post(f"{book}/archive", {"action": "archive"})
    assert "已归档 1 本" in page(room.editor, "/editions")
    assert f'href="{book}"' not in page(room.editor, "/")
    assert room.editor.post(f"{book}/chapters", {"title": "新章"}).status_code == 409
    assert room.editor.post(f"{room.base}/comments", {"words": "晚了"}).status_code == 409
    assert "已取消归档" in room.editor.post(f"{book}/archive", {"action": "back"}).text
    room.editor.post(f"{room.base}/comments", {"words": "核实一下"})
    assert room.editor.post(f"{book}/delete").status_code == 422
    gone = room.editor.post(f"{book}/delete", {"reason": "重复建立"})
    assert "已删除" in gone.text
    assert room.editor.get(book).status_code == 404
    assert room.branch.get(f"/cases/{room.case_id}/editing").status_code == 404
