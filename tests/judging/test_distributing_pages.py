"""Distributions and rounds at their pages, without script."""

import re

from foundation import people
from judging import queries
from tests.judging.test_pages import errors, home, said
from tests.judging.world import CLOSED, World, assigned, close, score, world
from tests.support.web import Visitor
from webapp.wiring import Product


def organiser(product: Product, made: World) -> Visitor:
    with product.database.write() as db:
        user = people.user(db, made.organiser.user_id)
    return Visitor(product).sign_in(user)


def hidden(page: str, name: str) -> str:
    return str(re.findall(rf'name="{name}" value="([^"]*)"', page)[0])


def test_a_distribution_is_exported_changed_and_sent_back(sqlite_product: Product) -> None:
    made = world(sqlite_product.database, cases=3, jurors=3)
    who = organiser(sqlite_product, made)
    base = f"{home(made)}/assignment"
    no_columns = who.post(f"{base}/file", files={"file": ("x.csv", b"a,b\n1,2\n", "text/csv")})
    assert (no_columns.status_code, [each[:4] for each in errors(no_columns)]) == (422, ["file"])
    wrong = f"评审号,评委\nA01,{made.jurors[0].name}\nA09,{made.jurors[0].name}\n".encode()
    page = who.post(f"{base}/file", files={"file": ("x.csv", wrong, "text/csv")})
    assert "本轮没有这个评审号" in page.text
    assert ">3</td>" in page.text
    assert "按表格执行" not in page.text
    right = f"评审号,评委\nA01,{made.jurors[0].name}\nA02,{made.jurors[1].name}\n".encode()
    page = who.post(f"{base}/file", files={"file": ("x.csv", right, "text/csv")})
    done = who.post(page.url.path, {"basis": hidden(page.text, "basis")})
    assert said(done) == "已按表格分配，新增 2 次评审。"
    export = who.get(f"{base}.csv").content
    page = who.post(f"{base}/file", files={"file": ("x.csv", export, "text/csv")})
    assert "表格与现有分配一致，没有需要改动的。" in page.text
    undone = who.post(f"{base}/undo", {"distribution_id": hidden(who.get(base).text, "distribution_id")})
    assert said(undone) == "已撤销，2 次评审不再分配。"


def test_a_late_juror_s_reads_are_handed_over_as_previewed(sqlite_product: Product) -> None:
    made = assigned(sqlite_product.database, cases=2, jurors=2)
    who = organiser(sqlite_product, made)
    base = f"{home(made)}/assignment"
    late, other = made.jurors
    page = who.get(f"{base}/hand-over?from={late.user_id}&to={other.user_id}").text
    assert page.count(f"{other.name} 已经在评这个案例") == 2
    stale = who.post(
        f"{base}/hand-over", {"from_id": late.user_id, "to_id": other.user_id, "basis": "0" * 64}
    )
    assert (stale.status_code, "请再确认一次" in said(stale)) == (409, True)
    refused = who.post(
        f"{base}/hand-over",
        {"from_id": late.user_id, "to_id": other.user_id, "basis": hidden(page, "basis")},
    )
    assert (refused.status_code, said(refused)) == (409, "没有可以转交的评审：见每个案例后面的说明。")


def test_a_second_round_is_opened_shown_and_given_up(sqlite_product: Product) -> None:
    made = assigned(sqlite_product.database, cases=2, jurors=2, reads=2)
    score(made, {0: (90, 90), 1: (80, 80)})
    close(made)
    sqlite_product.clock.set(CLOSED)  # type: ignore[attr-defined]  # a FixedClock in tests
    who = organiser(sqlite_product, made)
    base = f"{home(made)}/rounds"
    page = who.get(f"{base}/new?best=1").text
    assert page.count('name="case_ids"') == 2
    assert len(re.findall(r'name="case_ids"[^>]*checked', page)) == 1
    asked = {"how": "best", "best": "1", "reads": "2", "earlier_weight": "30"}
    weights = {f"weight-{each.key}": "30" for each in made.call.rules.criteria}
    wrong = who.post(f"{base}/new", asked | weights | {"own_form": "true"})
    assert errors(wrong) == ['weights">各项权重合计应为 100，现在是 120。']
    opened = who.post(f"{base}/new", asked | {"juror_ids": made.jurors[0].user_id})
    assert said(opened) == "第 2 轮评审已开始。"
    shown = who.get(base).text
    assert "按前一轮排名取前 1 名，含并列" in shown
    assert "前面各轮的得分占 30%，本轮占 70%。" in shown
    assert who.get(f"{base}/1").text.count(">进入<") == 1
    english = who.get(f"{base}/1?language=en")
    assert english.status_code == 200
    given_up = who.post(f"{base}/cancel", {"reason": "程序有误"})
    assert said(given_up) == "第 2 轮评审已取消，前一轮的结果恢复为最后结果。"
    with sqlite_product.database.read() as db:
        found = queries.round_of_call(db, made.call)
    assert found is not None
    assert found.ordinal == 1
