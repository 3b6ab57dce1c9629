"""What a role may see, taken out: whole for its own, nothing beyond it, harmless in a spreadsheet."""

import csv
import io
import zipfile

import pytest
from sqlalchemy import select

from foundation.actor import Actor
from foundation.clock import FixedClock
from foundation.downloads import safe_name, zipped
from foundation.people import User
from foundation.sheets import read_sheet
from tests.submissions.factories import DURING, World, hand_in, world, write
from tests.support.web import Visitor
from tests.webapp.exchange.test_importing import words
from webapp.wiring import Product


@pytest.fixture
def here(product: Product, clock: FixedClock) -> World:
    made = world(product.database)
    clock.set(DURING)
    hand_in(product.database, made.branch, made.call, title='=危险("公式")')
    hand_in(product.database, made.neighbour, made.call, title="下河村的案例")
    hand_in(product.database, made.stranger, made.call, title="和平社区的案例")
    write(product.database, made.branch, made.call, title="上河村没写完的草稿")
    return made


def enter(product: Product, actor: Actor) -> Visitor:
    with product.database.write() as db:
        user = db.scalars(select(User).where(User.id == actor.user_id)).unique().one()
    return Visitor(product).sign_in(user)


def titles(content: bytes) -> set[str]:
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    return {row["标题"] for row in rows}


def names(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return archive.namelist()


ALL = {'\'=危险("公式")', "下河村的案例", "和平社区的案例"}


def test_the_organiser_takes_out_a_call(product: Product, here: World) -> None:
    organiser = enter(product, here.organiser)
    base = f"/organise/calls/{here.call.id}"
    assert titles(organiser.get(f"{base}/cases.csv").content) == ALL
    sheet = read_sheet("a.xlsx", organiser.get(f"{base}/cases.xlsx").content)
    assert sheet.heads.cells[:6] == ("编号", "标题", "单位", "隶属关系", "类别", "作者")
    village = next(line.cells for line in sheet.lines if line.cells[1].startswith("="))
    assert village[2:4] == ("青溪镇上河村党支部", "市委组织部 / 青溪镇 / 上河村")
    assert village[4:6] == (here.call.rules.categories[0].name, "李秀英（支部书记）")
    assert village[12] == "2026-03-10 16:00:00"
    page = organiser.get(f"{base}/export")
    assert page.status_code == 200
    for name in ("units", "recommendations", "extensions", "journal"):
        assert f"{base}/{name}.xlsx" in page.text
        assert organiser.get(f"{base}/{name}.csv").content.decode("utf-8-sig").startswith('"')
    units = organiser.get(f"{base}/units.csv").content.decode("utf-8-sig")
    assert '"青溪镇下河村党支部","","市委组织部 / 青溪镇 / 下河村","1"' in units
    assert "提交案例" in organiser.get(f"{base}/journal.csv").text
    assert organiser.get(f"{base}/nothing.csv").status_code == 404
    assert organiser.get(f"{base}/cases.pdf").status_code == 404


def test_the_folder_of_a_call_has_a_word_file_a_case(product: Product, here: World) -> None:
    found = names(enter(product, here.organiser).get(f"/organise/calls/{here.call.id}/cases.zip").content)
    assert found[0].endswith(".xlsx")
    assert sorted(name.split("/")[0] for name in found[1:]) == [
        "东城街道和平社区党支部",
        "青溪镇上河村党支部",
        "青溪镇下河村党支部",
    ]
    assert all(name.endswith(".docx") for name in found[1:])


def test_a_superior_takes_out_his_own_branches_only(product: Product, here: World) -> None:
    base = f"/exports/recommendations/{here.call.id}"
    town = enter(product, here.superior)
    assert titles(town.get(f"{base}.csv").content) == {'\'=危险("公式")', "下河村的案例"}
    everything = town.get(f"{base}.xlsx").content + town.get(f"{base}.zip").content
    assert "和平社区".encode() not in everything
    assert not any("和平社区" in name for name in names(town.get(f"{base}.zip").content))
    assert titles(enter(product, here.other_superior).get(f"{base}.csv").content) == {"和平社区的案例"}


def test_a_branch_takes_out_its_own_cases_and_drafts(product: Product, here: World) -> None:
    branch = enter(product, here.branch)
    mine = {'\'=危险("公式")', "上河村没写完的草稿"}
    assert titles(branch.get("/exports/my-cases.csv").content) == mine
    found = names(branch.get("/exports/my-cases.zip").content)
    assert any("草稿 上河村没写完的草稿" in name for name in found)
    assert not any("下河村" in name or "和平社区" in name for name in found)


def test_nobody_takes_out_what_is_not_his(product: Product, here: World) -> None:
    call, below = f"/organise/calls/{here.call.id}", f"/exports/recommendations/{here.call.id}"
    for actor, paths in (
        (here.branch, (f"{call}/cases.csv", f"{call}/journal.csv", f"{call}/cases.zip", f"{call}/export",
                       f"{below}.csv", "/exports/users.csv", "/exports/journal.csv")),
        (here.superior, (f"{call}/cases.xlsx", "/exports/my-cases.zip", "/exports/units.csv")),
        (here.juror, (f"{call}/cases.csv", f"{below}.zip", "/exports/my-cases.csv")),
        (here.organiser, ("/exports/journal.csv",)),
    ):  # fmt: skip
        visitor = enter(product, actor)
        assert {path: visitor.get(path).status_code for path in paths} == dict.fromkeys(paths, 403)
    assert Visitor(product).get("/exports/users.csv").url.path == "/sign-in"


def test_what_was_exported_is_imported_again_unchanged(product: Product, here: World) -> None:
    organiser = enter(product, here.organiser)
    for what, name in (("units", "units.xlsx"), ("users", "users.csv")):
        content = organiser.get(f"/exports/{name}").content
        page = organiser.post(f"/admin/import/{what}", files={"file": (name, content)})
        product.worker.run_once()
        shown = words(organiser.get(page.url.path))
        assert "没有需要导入的" in shown, shown


# --- archives ---------------------------------------------------------------------------------------


def test_members_of_one_path_get_numbers_and_names_are_safe() -> None:
    content = b"".join(zipped([("甲/a.docx", [b"1", b"2"]), ("甲/A.docx", [b"3"]), ("b", [])]))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "甲/a.docx": b"12", "甲/A (2).docx": b"3", "b": b"",
        }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc", "etc"),
        ("a/b:c", "a b c"),
        ("", "_"),
        ("con.\n", "con"),
        ("长" * 200, "长" * 80),
        (" . ", "_"),
    ],
)
def test_a_name_is_never_a_path(name: str, safe: str) -> None:
    assert safe_name(name) == safe
