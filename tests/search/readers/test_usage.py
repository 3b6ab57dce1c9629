"""Counting without tracking: what is stored, what counts once, who sees the figures."""

import io
from datetime import timedelta
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import inspect, select

from foundation.actor import ANONYMOUS, SYSTEM, Role
from foundation.clock import FixedClock
from foundation.db import Database
from foundation.journal import Delivery, record
from search.readers.models.usage import UsageDay
from search.readers.queries.usage import case_uses, weights
from search.readers.service.usage import add_up
from search.readers.subscriptions import counting
from search.readers.values.usage import Counted, Use
from search.subscriptions import TAUGHT
from search.teaching.packs.events import PackStarted, PackUsed
from search.teaching.sessions.events import SessionClosed
from search.values import Sort
from tests.search.factories import award
from tests.search.readers.shelf import Shelf, stock
from tests.support.factories import NOW, make_call, make_entry, make_user
from tests.support.web import Visitor

AGENT = {"User-Agent": "Mozilla/5.0 Chrome/109.0"}


@pytest.fixture
def shelf(product: Any) -> Shelf:
    return stock(product)


def counts(product: Any) -> dict[tuple[str, str], int]:
    """(case, use) -> number, of everything that is stored."""
    product.tally.flush()
    with product.database.read() as db:
        return {(row.case_id, row.kind): row.count for row in db.scalars(select(UsageDay))}


def test_two_processes_add_to_the_same_number(database: Database) -> None:
    with database.write() as db:
        entry = make_entry(db, call=make_call(db))
        award(db, entry)
    key = Counted(entry.case_id, entry.unit_id, NOW.date(), Use.VIEW)
    for _process in range(2):
        with database.write() as db:
            add_up(db, {key: 3})
    with database.read() as db:
        assert [(each.case_id, each.uses.views) for each in case_uses(db)] == [(entry.case_id, 6)]


def test_a_reload_counts_once_and_another_visitor_again(
    product: Any, shelf: Shelf, clock: FixedClock
) -> None:
    path = f"/library/{shelf.id('ledger')}"
    first, second = Visitor(product), Visitor(product)
    for _ in range(3):
        first.get(path, headers=AGENT)
    second.get(path, headers={"User-Agent": "Mozilla/5.0 Firefox/140.0"})
    first.get(path, headers={"User-Agent": "Baiduspider/2.0"})
    first.client.head(path, headers=AGENT)
    first.get(f"{path}/word", headers=AGENT)
    ledger = shelf.id("ledger")
    assert counts(product) == {(ledger, "view"): 2, (ledger, "word"): 1}
    clock.advance(timedelta(minutes=31))
    first.get(path, headers=AGENT)
    assert counts(product)[(ledger, "view")] == 3


def test_a_page_that_is_not_his_counts_nothing(product: Any, shelf: Shelf) -> None:
    assert Visitor(product).get(f"/library/{shelf.id('members')}", headers=AGENT).status_code == 404
    assert counts(product) == {}


def test_nothing_about_a_person_can_be_stored() -> None:
    columns = {column.key for column in inspect(UsageDay).columns}
    assert columns == {"case_id", "unit_id", "day", "kind", "count"}


def test_what_is_counted_is_written_when_the_product_stops(product: Any, shelf: Shelf) -> None:
    Visitor(product).get(f"/library/{shelf.id('school')}", headers=AGENT)
    product.tally.close()
    with product.database.read() as db:
        assert [each.uses.views for each in case_uses(db)] == [1]


def test_the_most_used_come_first(product: Any, shelf: Shelf) -> None:
    school = shelf.cases["school"]
    with product.database.write() as db:
        add_up(db, {Counted(school.case_id, school.unit_id, NOW.date(), Use.PACK): 1})
    with product.database.read(ANONYMOUS) as db:
        assert weights(db, since=NOW.date()) == {school.case_id: 10}
        found = product.shelf.find(db, "", filters={}, sort=Sort.MOST_USED)
    assert [card.case.id for card in found.cards] == [school.case_id, shelf.id("ledger")]


def test_organisers_see_all_and_a_unit_its_own(product: Any, shelf: Shelf) -> None:
    for name in ("ledger", "school"):
        Visitor(product).get(f"/library/{shelf.id(name)}", headers=AGENT)
    product.tally.flush()
    with product.database.write() as db:
        organiser, trainer = make_user(db, Role.ORGANISER), make_user(db, Role.TRAINER)
        author = db.get_one(type(organiser), shelf.author.user_id)
    everything = Visitor(product).sign_in(organiser).speak("zh").get("/library/usage").text
    own = Visitor(product).sign_in(author).speak("zh")
    assert "一本贴在墙上的水账" in everything
    assert "夜校办到第九期" in everything
    assert "一本贴在墙上的水账" in own.get("/library/usage").text
    assert "夜校办到第九期" not in own.get("/library/usage").text
    assert "阅读 1 次" in own.get(f"/library/{shelf.id('ledger')}").text
    assert "使用情况" not in own.get(f"/library/{shelf.id('school')}").text
    assert Visitor(product).sign_in(trainer).get("/library/usage").status_code == 403
    assert Visitor(product).get("/library/usage").url.path == "/sign-in"


def test_the_table_goes_out_as_excel_and_csv(product: Any, shelf: Shelf) -> None:
    Visitor(product).get(f"/library/{shelf.id('ledger')}", headers=AGENT)
    product.tally.flush()
    with product.database.write() as db:
        user = make_user(db, Role.ORGANISER)
    organiser = Visitor(product).sign_in(user).speak("zh")
    book = CalamineWorkbook.from_filelike(io.BytesIO(organiser.get("/library/usage/table.xlsx").content))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][:4] == ["案例", "单位", "年份", "阅读"]
    assert rows[1][:4] == ["一本贴在墙上的水账", "双坡村党支部", 2026.0, 1.0]
    assert "一本贴在墙上的水账" in organiser.get("/library/usage/table.csv?period=month").content.decode(
        "utf-8-sig"
    )
    assert organiser.get("/library/usage/table.pdf").status_code == 404


def test_teaching_with_cases_is_counted_from_its_events(product: Any, shelf: Shelf) -> None:
    ledger, school = shelf.id("ledger"), shelf.id("school")
    events = [
        PackStarted(pack_id="p", case_ids=(ledger, school)),
        PackUsed(pack_id="p", use_id="u", case_ids=(ledger,)),
        SessionClosed(session_id="s", series_id="r", case_ids=(ledger, "gone"), present=3),
    ]
    with product.database.write() as db:
        for event in events:
            record(db, actor=SYSTEM, now=NOW, event=event)
    Delivery(product.database, [counting(TAUGHT)]).run(NOW)
    assert counts(product) == {(ledger, "pack"): 1, (school, "pack"): 1, (ledger, "session"): 2}
