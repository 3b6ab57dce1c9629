"""Reading lists: putting together, order, notes, the shared link, exports; each sees only his own cases."""

import io
import json
import re
from typing import Any

import docx
import pytest
from sqlalchemy import select

from foundation.actor import Role
from foundation.clock import FixedClock
from foundation.errors import Refused
from foundation.people import User, actor_of
from judging import queries as judging
from search.readers.models.lists import ReadingList
from search.readers.models.usage import UsageDay
from search.readers.rules.lists import MOST_LISTS
from search.readers.service import lists as service
from tests.judging.world import revoke
from tests.search.readers.shelf import Shelf, stock
from tests.support.factories import NOW, make_user
from tests.support.web import Visitor


@pytest.fixture
def shelf(product: Any) -> Shelf:
    return stock(product)


def user(product: Any, *roles: Role) -> User:
    with product.database.write() as db:
        found: User = make_user(db, *roles)
    return found


@pytest.fixture
def trainer(product: Any) -> User:
    return user(product, Role.TRAINER)


def make_list(product: Any, owner: User, shelf: Shelf, *names: str) -> str:
    actor = actor_of(owner)
    with product.database.write(actor) as db:
        list_id = service.create_list(db, actor=actor, now=NOW, name="下半年的课")
        service.put(db, actor=actor, now=NOW, list_id=list_id, case_ids=[shelf.id(name) for name in names])
    return list_id


def titles(page: str) -> list[str]:
    return re.findall(r'<h2><a href="/library/\w+">([^<]+)</a>', page)


def test_one_button_puts_a_hit_in_and_takes_it_out(product: Any, shelf: Shelf, trainer: User) -> None:
    own = Visitor(product).sign_in(trainer).speak("zh")
    case = {"case_id": shelf.id("ledger")}
    part = own.post("/library/lists/toggle", case, headers={"HX-Request": "true"})
    assert 'aria-pressed="true"' in part.text
    assert "已放进清单“我的阅读清单”" in part.text
    assert 'aria-pressed="true"' in own.get("/library").text
    assert "1 个案例" in own.get("/library/lists").text
    assert (
        'aria-pressed="false"' in own.post("/library/lists/toggle", case, headers={"HX-Request": "true"}).text
    )
    assert "0 个案例" in own.get("/library/lists").text


def test_a_visitor_keeps_nothing(product: Any, shelf: Shelf) -> None:
    visitor = Visitor(product).speak("zh")
    assert "收藏" not in visitor.get("/library").text
    assert visitor.post("/library/lists/toggle", {"case_id": shelf.id("ledger")}).url.path == "/sign-in"


def test_what_one_may_not_read_cannot_be_kept(product: Any, shelf: Shelf) -> None:
    member = Visitor(product).sign_in(user(product, Role.SUBMITTER))
    assert member.post("/library/lists/toggle", {"case_id": shelf.id("trainers")}).status_code == 404
    assert member.post("/library/lists/toggle", {"case_id": "nothing"}).status_code == 404
    with product.database.read() as db:
        assert db.scalars(select(ReadingList)).all() == []


def test_order_notes_and_taking_out(product: Any, shelf: Shelf, trainer: User) -> None:
    list_id = make_list(product, trainer, shelf, "ledger", "school", "trainers")
    own = Visitor(product).sign_in(trainer).speak("zh")
    here = f"/library/lists/{list_id}"
    entries = re.findall(r'data-entry="(\w+)"', own.get(here).text)
    moved = own.post(f"{here}/order", {"entry": entries[2], "move": "up"}, headers={"HX-Request": "true"})
    assert titles(moved.text) == ["一本贴在墙上的水账", "教师用的水账", "夜校办到第九期"]
    dragged = own.post(f"{here}/order", {"order": ",".join(reversed(entries))})
    assert titles(dragged.text) == ["教师用的水账", "夜校办到第九期", "一本贴在墙上的水账"]
    noted = own.post(f"{here}/entries/{entries[0]}/note", {"note": "<b>第一课</b>用"})
    assert "&lt;b&gt;第一课&lt;/b&gt;用" in noted.text
    assert own.post(f"{here}/entries/{entries[0]}/note", {"note": "长" * 501}).status_code == 422
    assert titles(own.post(f"{here}/cases/{shelf.id('school')}/remove").text) == [
        "教师用的水账",
        "一本贴在墙上的水账",
    ]
    assert "改了名" in own.post(here, {"name": "改了名"}).text
    assert own.post(here, {"name": ""}).status_code == 422


def test_a_list_is_nobody_elses(product: Any, shelf: Shelf, trainer: User) -> None:
    list_id = make_list(product, trainer, shelf, "ledger")
    stranger = Visitor(product).sign_in(user(product, Role.TRAINER, Role.ORGANISER))
    assert stranger.get(f"/library/lists/{list_id}").status_code == 404
    for deed in ("delete", "share", "order", "tidy"):
        assert stranger.post(f"/library/lists/{list_id}/{deed}").status_code == 404
    put = {"list_id": list_id, "case_id": shelf.id("school")}
    assert stranger.post("/library/lists/put", put).status_code == 404


def test_whoever_has_the_link_reads_what_he_may_read(product: Any, shelf: Shelf, trainer: User) -> None:
    list_id = make_list(product, trainer, shelf, "ledger", "members", "trainers")
    own = Visitor(product).sign_in(trainer).speak("zh")
    shared = own.post(f"/library/lists/{list_id}/share").text
    link = re.search(r"/library/lists/shared/([\w-]+)", shared)
    assert link is not None
    assert len(link[1]) >= 24
    member = Visitor(product).sign_in(user(product, Role.SUBMITTER)).speak("zh")
    assert titles(Visitor(product).get(link[0]).text) == ["一本贴在墙上的水账"]
    assert titles(member.get(link[0]).text) == ["一本贴在墙上的水账", "内部的水账"]
    assert "不在您可以查阅的范围内" not in member.get(link[0]).text
    copied = member.post(f"{link[0]}/copy")
    assert titles(copied.text) == ["一本贴在墙上的水账", "内部的水账"]
    assert copied.url.path != f"/library/lists/{list_id}"
    own.post(f"/library/lists/{list_id}/unshare")
    assert Visitor(product).get(link[0]).status_code == 404
    assert Visitor(product).get("/library/lists/shared/None").status_code == 404


def test_a_case_that_has_gone_is_counted_for_the_owner_and_can_be_cleared(
    product: Any, shelf: Shelf, trainer: User, clock: FixedClock
) -> None:
    list_id = make_list(product, trainer, shelf, "ledger", "school")
    with product.database.write() as db:
        revoke(db, judging.awards_of(db, [shelf.id("ledger")])[0].id, "造假", at=clock.now())
    own = Visitor(product).sign_in(trainer).speak("zh")
    page = own.get(f"/library/lists/{list_id}").text
    assert titles(page) == ["夜校办到第九期"]
    assert "清单里有 1 个案例已不在案例库" in page
    assert "已不在案例库" not in own.post(f"/library/lists/{list_id}/tidy").text


def test_a_list_goes_out_as_citations_and_as_word(product: Any, shelf: Shelf, trainer: User) -> None:
    list_id = make_list(product, trainer, shelf, "school", "ledger")
    own = Visitor(product).sign_in(trainer).speak("zh")
    here = f"/library/lists/{list_id}"
    lines = own.get(f"{here}/citations.txt").text.splitlines()
    assert [line[:4] for line in lines] == ["[1] ", "[2] "]
    assert "夜校办到第九期[EB/OL]" in lines[0]
    assert len(json.loads(own.get(f"{here}/citations.json").text)) == 2
    assert own.get(f"{here}/citations.bib").text.count("@") >= 2
    assert own.get(f"{here}/citations.ris").text.count("ER  -") == 2
    assert own.get(f"{here}/citations.doc").status_code == 404
    paper = docx.Document(io.BytesIO(own.get(f"{here}/word").content))
    said = "\n".join(each.text for each in paper.paragraphs)
    assert said.index("1. 夜校办到第九期") < said.index("2. 一本贴在墙上的水账")
    assert f"http://testserver/library/{shelf.id('ledger')}" in said


def test_the_page_of_a_case_offers_the_lists(product: Any, shelf: Shelf, trainer: User) -> None:
    list_id = make_list(product, trainer, shelf, "school")
    own = Visitor(product).sign_in(trainer).speak("zh")
    case = shelf.id("ledger")
    assert "下半年的课" in own.get(f"/library/{case}").text
    assert (
        "已放进清单“下半年的课”" in own.post("/library/lists/put", {"list_id": list_id, "case_id": case}).text
    )
    assert (
        "已从清单“下半年的课”里拿出"
        in own.post("/library/lists/put", {"list_id": list_id, "case_id": case}).text
    )
    assert "已放进新清单“第二个”" in own.post("/library/lists", {"name": "第二个", "case_id": case}).text
    assert f"/teaching/packs/new?cases={shelf.id('school')}" in own.get(f"/library/lists/{list_id}").text


def test_saving_is_counted_once_for_a_reader(product: Any, shelf: Shelf, trainer: User) -> None:
    make_list(product, trainer, shelf, "ledger")
    make_list(product, trainer, shelf, "ledger", "school")
    with product.database.read() as db:
        counted = {row.case_id: row.count for row in db.scalars(select(UsageDay)) if row.kind == "save"}
    assert counted == {shelf.id("ledger"): 1, shelf.id("school"): 1}


def test_there_is_a_limit_of_lists(product: Any, trainer: User) -> None:
    actor = actor_of(trainer)
    with product.database.write(actor) as db:
        for number in range(MOST_LISTS):
            service.create_list(db, actor=actor, now=NOW, name=f"清单{number}")
        with pytest.raises(Refused):
            service.create_list(db, actor=actor, now=NOW, name="再一个")
