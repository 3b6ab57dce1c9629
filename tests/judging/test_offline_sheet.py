"""A juror's offline package through the pages: out, filled in, back, chosen, applied; never handed in."""

import io
import re
import zipfile
from collections.abc import Mapping
from decimal import Decimal

import httpx2
import pytest
import xlsxwriter

from foundation import people
from foundation.actor import Actor
from foundation.sheets import read_sheet
from judging import queries, service
from judging.values import AssignmentState
from judging.views import Desk
from tests.judging.world import SCORING, World, assigned, close, mark
from tests.support.web import Visitor
from webapp.wiring import Product


@pytest.fixture
def made(sqlite_product: Product) -> World:
    return assigned(sqlite_product.database, cases=2, jurors=2)


def visitor(product: Product, actor: Actor) -> Visitor:
    with product.database.write() as db:
        user = people.user(db, actor.user_id)
    return Visitor(product).sign_in(user)


def download(who: Visitor, made: World) -> list[list[str]]:
    content = who.get(f"/judging/rounds/{made.round.id}/sheet.xlsx").content
    sheet = read_sheet("评分表.xlsx", content)
    return [list(line.cells) for line in (sheet.heads, *sheet.lines)]


def filled(rows: list[list[str]], typed: Mapping[tuple[str, str], str]) -> bytes:
    """The sheet as somebody's program saves it, with these cells typed: (label, column name) -> words."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, words in enumerate(row):
            page.write_string(number, column, typed.get((row[0], rows[0][column]), words))
    book.close()
    return out.getvalue()


def upload(who: Visitor, made: World, content: bytes) -> httpx2.Response:
    return who.post(
        f"/judging/rounds/{made.round.id}/offline",
        files={"file": ("评分表.xlsx", content, "application/vnd.ms-excel")},
    )


def desk(made: World, label: str) -> Desk:
    juror = made.jurors[0]
    with made.database.read(juror) as db:
        _view, lines = queries.queue(db, juror, made.round.id)
        return queries.desk(db, juror, next(line.id for line in lines if line.label == label), SCORING)


def test_a_sheet_comes_back_and_conflicts_are_chosen(sqlite_product: Product, made: World) -> None:
    juror = made.jurors[0]
    who = visitor(sqlite_product, juror)
    first = desk(made, "A01").id
    mark(made, juror, first, 70)
    rows = download(who, made)
    assert rows[0][3:7] == [f"mark:{each.key}" for each in made.call.rules.criteria]
    mark(made, juror, first, 77)  # on the web, after the download
    typed = {
        ("A01", "mark:authenticity"): "90",
        ("A02", "mark:authenticity"): "85",
        ("A02", "mark:effectiveness"): "500",
        ("A02", "comment:author"): "写得实\n数据可查",
    }
    page = upload(who, made, filled(rows, typed))
    assert page.status_code == 200
    assert re.findall(r'<span class="value">(\d)', page.text) == ["2", "1", "1"]
    assert "第 4 行 E 列" in page.text
    address = page.url.path
    assert desk(made, "A02").scorecard.marks == {}  # looked at, not applied
    undecided = who.post(f"{address}/apply")
    assert undecided.status_code == 422
    assert f'href="#{first}:mark:authenticity"' in undecided.text
    done = who.post(f"{address}/apply", {f"{first}:mark:authenticity": "sheet"})
    assert "更新了 3 处" in done.text
    assert desk(made, "A01").scorecard.marks["authenticity"] == Decimal(90)
    assert desk(made, "A01").scorecard.marks["effectiveness"] == Decimal(77)  # the server's newer one
    second = desk(made, "A02")
    assert second.scorecard.marks == {"authenticity": Decimal(85)}
    assert second.comment == "写得实\n数据可查"
    assert {desk(made, label).scorecard.state for label in ("A01", "A02")} == {AssignmentState.OPEN}
    assert "已经处理完" in who.get(address).text
    assert who.post(f"{address}/apply").status_code == 404


def test_the_servers_entry_can_be_chosen_and_a_sheet_dropped(sqlite_product: Product, made: World) -> None:
    juror = made.jurors[0]
    who = visitor(sqlite_product, juror)
    rows = download(who, made)
    mark(made, juror, desk(made, "A01").id, 77)
    content = filled(rows, {("A01", "mark:authenticity"): "90"})
    dropped = upload(who, made, content).url.path
    assert "什么都没有改" in who.post(f"{dropped}/drop").text
    address = upload(who, made, content).url.path
    name = f"{desk(made, 'A01').id}:mark:authenticity"
    assert "更新了 0 处" in who.post(f"{address}/apply", {name: "server"}).text
    assert desk(made, "A01").scorecard.marks["authenticity"] == Decimal(77)


def test_sheets_of_others_and_strange_files_are_refused(sqlite_product: Product, made: World) -> None:
    mine, other = (visitor(sqlite_product, juror) for juror in made.jurors)
    rows = download(mine, made)
    content = filled(rows, {("A01", "mark:authenticity"): "90"})
    for refused, sentence in (
        (upload(other, made, content), "属于另一位评委"),
        (upload(mine, made, b"hello"), "不是从本系统下载的离线评分表"),
        (mine.post(f"/judging/rounds/{made.round.id}/offline"), "请先选择填好的离线评分表"),
    ):
        assert refused.status_code == 422
        assert sentence in refused.text
        assert 'href="#file"' in refused.text
    kept = upload(mine, made, content).url.path
    assert other.get(kept).status_code == 404
    assert other.post(f"{kept}/apply").status_code == 404
    assert visitor(sqlite_product, made.organiser).get(kept).status_code == 404


def test_a_closed_round_takes_no_sheet(sqlite_product: Product, made: World) -> None:
    who = visitor(sqlite_product, made.jurors[0])
    content = filled(download(who, made), {("A01", "mark:authenticity"): "90"})
    kept = upload(who, made, content).url.path
    close(made, reason="会期已到")
    assert who.post(f"{kept}/apply").status_code == 409
    assert upload(who, made, content).status_code == 409
    assert desk(made, "A01").scorecard.marks == {}


def test_handed_in_rows_are_left_alone(sqlite_product: Product, made: World) -> None:
    juror = made.jurors[0]
    who = visitor(sqlite_product, juror)
    rows = download(who, made)
    mark(made, juror, desk(made, "A01").id, 80)
    with made.database.write(juror) as db:
        service.hand_in_all(db, actor=juror, now=SCORING, round_id=made.round.id)
    page = upload(who, made, filled(rows, {("A01", "mark:authenticity"): "90"}))
    assert "这份评分表已经提交" in page.text
    assert re.findall(r'<span class="value">(\d)', page.text) == ["0", "0", "1"]


def test_the_package_holds_cases_and_sheet_under_neutral_names(sqlite_product: Product, made: World) -> None:
    reply = visitor(sqlite_product, made.jurors[0]).get(f"/exports/judging/{made.round.id}.zip")
    archive = zipfile.ZipFile(io.BytesIO(reply.content))
    endings = [name.rpartition(".")[2] for name in archive.namelist()]
    assert endings == ["xlsx", "docx", "html", "docx", "html"]
    pages = [archive.read(name).decode() for name in archive.namelist() if name.endswith("html")]
    assert all("农场党支部" not in page and "李强" not in page for page in pages)
