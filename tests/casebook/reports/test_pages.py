"""Research reports through the client: pages, forms, refusals, the API."""

from __future__ import annotations

from typing import Any

from foundation.actor import Role
from tests.casebook.reports.world import QUOTE, study
from tests.support.factories import make_user
from tests.support.web import Visitor


def page(visitor: Visitor, path: str) -> str:
    answer = visitor.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_a_report_is_opened_looked_at_and_written(product: Any, visitor: Visitor) -> None:
    made = study(product)
    visitor.sign_in(made.user).speak("zh")
    assert "创新案例研究报告" in page(visitor, "/reports")
    call = made.judged.call.id
    assert 'href="/reports"' in page(visitor, "/")
    refused = visitor.post("/reports/new", {"scope": "awarded", "title": "没有选征集"})
    assert refused.status_code == 422
    assert "请至少选择一次征集" in refused.text
    assert "没有选征集" in refused.text
    opened = visitor.post("/reports/new", {"scope": "awarded", "calls": call, "title": "获奖案例报告"})
    assert "报告已建立" in opened.text
    ids = "\n".join(f"https://example.org/library/{each.case_id}" for each in made.judged.entries[:2])
    answer = visitor.post(f"{made.url}/set", {"scope": "picked", "cases": ids})
    assert "统计范围已更换" in answer.text
    assert "手工选定的案例" in answer.text
    visitor.post(f"{made.url}/set", {"scope": "submitted", "calls": call})

    shown = page(visitor, made.url)
    assert "参与单位的地区分布" in shown
    assert 'role="img" aria-label="各评分标准的得分分布' in shown
    assert "没有符合条件的案例" in page(visitor, f"{made.url}?region=没有")
    assert "一等奖" in page(visitor, f"{made.url}?prize=一等奖")
    assert "Research reports" in visitor.speak("en").get(made.url).text
    visitor.speak("zh")

    section = made.section("基本情况")
    url = f"{made.url}/sections/{section}"
    assert "{数:案例数}" in page(visitor, f"{url}/edit")
    typed = {"heading": "基本情况", "body": "<p>共 {数:案列数} 个</p>", "base": "1"}
    refused = visitor.post(f"{url}/edit", typed)
    assert (refused.status_code, "是不是想写 {数:案例数}" in refused.text) == (422, True)
    assert "{数:案列数}" in refused.text
    saved = visitor.post(f"{url}/edit", {**typed, "body": "<p>共 {数:案例数} 个</p>", "in_brief": "true"})
    assert "<p>共 3 个</p>" in saved.text
    visitor.post(f"{made.url}/title", {"title": "新标题", "byline": "编写组"})
    desk = page(visitor, f"{made.url}/edit")
    assert "新标题" in desk
    assert "第 3 稿" in desk
    assert "基本情况" in page(visitor, f"{made.url}/rounds/1")
    assert visitor.get(f"{made.url}/rounds/99").status_code == 404
    assert "已恢复" in visitor.post(f"{made.url}/rounds/1/restore").text
    assert "改动了 0 节" in visitor.post(f"{made.url}/draft").text
    added = visitor.post(f"{made.url}/sections", {"heading": "附录"})
    assert "附录" in added.text
    ids = ",".join(reversed([each.id for each in made.read().content.sections]))
    visitor.post(f"{made.url}/order", {"order": f"sections:{ids}"})
    assert made.read().content.sections[0].heading == "附录"
    assert visitor.post(f"{made.url}/order", {"order": "sections:x"}).status_code == 409
    visitor.post(f"{made.url}/sections/{section}/move", {"step": "up"})
    visitor.post(f"{made.url}/sections/{section}/remove")
    assert made.read().content.section(section) is None


def test_passages_and_files_through_the_pages(product: Any, visitor: Visitor) -> None:
    made = study(product)
    visitor.sign_in(made.user).speak("zh")
    url = f"{made.url}/sections/{made.section('案例摘录')}"
    assert QUOTE in page(visitor, f"{url}/edit?q=实事")
    case_id = made.judged.entries[0].case_id
    assert visitor.post(f"{url}/quotations", {"case": case_id, "text": "没有这样的话"}).status_code == 422
    assert "引文已加入" in visitor.post(f"{url}/quotations", {"case": case_id, "text": QUOTE}).text
    headers = visitor.token(made.user)
    asked = visitor.client.post(f"/api/v1{made.url}/files", headers=headers)
    assert (asked.status_code, asked.json()["number"]) == (202, 1)
    made.deliver()
    assert "研究报告（Word）" in page(visitor, f"{made.url}/files")
    for kind, start in (("report", b"PK"), ("brief", b"PK"), ("annex", b"PK")):
        answer = visitor.get(f"{made.url}/files/1/{kind}")
        assert (answer.status_code, answer.content[:2]) == (200, start)
    assert visitor.get(f"{made.url}/files/1/other").status_code == 404
    assert visitor.get(f"{made.url}/files/9/report").status_code == 404
    figures = visitor.client.get(f"/api/v1{made.url}/figures?prize=一等奖", headers=headers).json()
    assert next(each["value"] for each in figures["numbers"] if each["key"] == "cases") == 1
    assert visitor.client.get("/api/v1/reports", headers=headers).json()[0]["title"] == "创新案例研究报告"

    made.revoke(0)
    blocked = page(visitor, f"{made.url}/files")
    assert "所在案例已撤销授奖" in blocked
    assert QUOTE not in blocked
    assert QUOTE not in page(visitor, f"{url}/edit")
    assert QUOTE not in page(visitor, f"{made.url}/rounds/2")
    assert visitor.post(f"{made.url}/files").status_code == 409
    (quotation,) = made.read().content.section(made.section("案例摘录")).quotations  # type: ignore[union-attr]  # it is there
    assert visitor.post(f"{url}/quotations/{quotation.id}/confirm").status_code == 409
    assert "引文已删除" in visitor.post(f"{url}/quotations/{quotation.id}/drop").text
    assert "正在生成" in visitor.post(f"{made.url}/files").text


def test_who_may_not_write_reports_finds_none(product: Any, visitor: Visitor) -> None:
    made = study(product)
    assert visitor.get("/reports", follow_redirects=False).status_code in (302, 303, 401)
    with product.database.write() as db:
        trainer, organiser = make_user(db, Role.TRAINER), make_user(db, Role.ORGANISER)
    visitor.sign_in(trainer).speak("zh")
    assert [visitor.get(path).status_code for path in ("/reports", made.url, f"{made.url}/files")] == [
        403
    ] * 3
    for number in range(3):
        made.revoke(number)
    editor = Visitor(product).sign_in(made.user).speak("zh")
    assert made.judged.call.title not in page(editor, "/reports/new")
    assert [editor.get(made.url).status_code, "创新案例研究报告" in page(editor, "/reports")] == [404, False]
    shown = page(Visitor(product).sign_in(organiser).speak("zh"), made.url)
    assert "只有组织者能看到" in shown
    assert "各评分标准" not in shown
