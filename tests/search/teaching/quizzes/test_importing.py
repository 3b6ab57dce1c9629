"""Questions from a table: looked at, then imported without sending the file again."""

import html
import re
from typing import Any

import pytest

from foundation.actor import Role
from foundation.people import User
from tests.search.teaching.sessions.world import made
from tests.support.factories import make_user
from tests.support.web import Visitor

GOOD = "题型,题目,答案\n判断题,账要上墙。,对\n判断题,账不用上墙。,错\n"
BAD = "题型,题目,答案\n判断题,账要上墙。,对\n填空,？,\n"
HERE = "/teaching/quizzes/import"


@pytest.fixture
def trainer(product: Any) -> Visitor:
    world = made(product.database)
    with product.database.read() as db:
        return Visitor(product).sign_in(db.get_one(User, world.trainer.user_id), language="zh")


def look(visitor: Visitor, table: str, name: str = "三月.csv") -> str:
    return visitor.post(HERE, files={"file": (name, table.encode(), "text/csv")}).text


def kept(page: str) -> str:
    found = re.search(r'name="kept" value="([^"]*)"', page)
    return html.unescape(found[1]) if found else ""


def test_the_file_is_sent_once(trainer: Visitor) -> None:
    looked = look(trainer, GOOD)
    assert "文件：三月.csv" in looked
    assert "导入 2 道题" in looked
    assert 'type="file"' not in looked
    done = trainer.post(f"{HERE}/confirm", {"kept": kept(looked)})
    assert "账不用上墙。" in done.text
    again = look(trainer, GOOD)
    assert "题库里已有或重复的 2 道" in again
    assert "导入 0 道题" not in again


def test_a_table_with_faults_is_sent_again_when_they_are_mended(trainer: Visitor) -> None:
    looked = look(trainer, BAD)
    assert "第 3 行" in looked
    assert 'type="file"' in looked
    assert kept(looked) == ""


def test_nobody_imports_what_somebody_else_has_sent(trainer: Visitor, product: Any) -> None:
    with product.database.write() as db:
        colleague = make_user(db, Role.TRAINER)
    other = Visitor(product).sign_in(colleague, language="zh")
    field = kept(look(trainer, GOOD))
    for wrong in (field, "", "[]", field.replace("三月", "四月"), "[1,2,3]"):
        refused = other.post(f"{HERE}/confirm", {"kept": wrong})
        assert refused.status_code == 409
        assert "请再选一次文件" in refused.text
    assert trainer.post(f"{HERE}/confirm", {"kept": field.replace("三月", "四月")}).status_code == 409


def test_a_file_that_is_no_table_gets_a_sentence(trainer: Visitor) -> None:
    refused = trainer.post(HERE, files={"file": ("a.xlsx", b"PK\x03\x04nothing", "application/zip")})
    assert refused.status_code == 422
