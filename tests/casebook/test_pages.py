"""The editorial desk through the client: pages, forms, refusals, files."""

import json
from typing import Any

import pytest

from casebook import queries
from foundation.actor import Role
from tests.casebook.world import Desk, desk
from tests.support.factories import make_user
from tests.support.web import Visitor


@pytest.fixture
def made(product: Any, visitor: Visitor) -> Desk:
    """An edition, and the visitor signed in as its editor, reading Chinese."""
    found = desk(product.database)
    visitor.sign_in(found.user).speak("zh")
    return found


def page(visitor: Visitor, path: str) -> str:
    answer = visitor.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_the_list_shows_editions_and_calls(visitor: Visitor, made: Desk) -> None:
    shown = page(visitor, "/editions")
    assert "2026 年创新案例征集案例选编" in shown
    assert "3 个获奖案例" in shown
    assert "Casebooks" in visitor.speak("en").get("/editions").text


def test_an_edition_is_opened_by_form(visitor: Visitor, made: Desk) -> None:
    answer = visitor.post(
        "/editions", {"call_id": made.judged.call.id, "title": "另一本", "arrangement": "category"}
    )
    assert answer.status_code == 200
    assert "另一本" in answer.text
    assert "选编已建立" in answer.text


def test_who_is_no_editor_is_refused(product: Any, visitor: Visitor, made: Desk) -> None:
    with product.database.write() as db:
        other = make_user(db, Role.TRAINER)
    stranger = Visitor(product).sign_in(other).speak("zh")
    assert stranger.get("/editions").status_code == 403
    assert stranger.get(f"/editions/{made.edition_id}").status_code == 403
    answer = stranger.post(f"/editions/{made.edition_id}/builds")
    assert answer.status_code == 403


def test_the_order_is_changed_by_every_way(visitor: Visitor, made: Desk) -> None:
    base = f"/editions/{made.edition_id}"
    (first, one), (second, two) = queries.order_of(made.chapters())
    answer = visitor.post(f"{base}/order", {"order": f"{second}:{two[0]},{one[0]},{two[1]} {first}:"})
    assert answer.status_code == 200
    assert made.titles()[0] == ("二等奖", ["案例之三", "案例之一", "案例之二"])
    visitor.post(f"{base}/entries/{one[0]}/move", {"step": "up"})
    assert made.titles()[0] == ("二等奖", ["案例之一", "案例之三", "案例之二"])
    visitor.post(f"{base}/chapters/{first}", {"action": "up"})
    assert [title for title, _e in made.titles()] == ["一等奖", "二等奖"]
    visitor.post(f"{base}/chapters/{first}", {"action": "rename", "title": "卷首"})
    visitor.post(f"{base}/chapters", {"title": "附录"})
    assert [title for title, _e in made.titles()] == ["卷首", "二等奖", "附录"]
    visitor.post(f"{base}/chapters/{first}", {"action": "remove"})
    visitor.post(f"{base}/entries/{two[1]}/remove")
    removed = next(each for each in made.awards() if each.case_id == made.judged.entries[1].case_id)
    assert "有 1 个获奖案例不在书里" in page(visitor, base)
    assert visitor.post(f"{base}/awards", {"which": "chosen"}).status_code == 409
    visitor.post(f"{base}/awards", {"which": "chosen", "award": removed.id})
    visitor.post(f"{base}/group", {"by": "prize"})
    assert made.titles() == [("一等奖", ["案例之一"]), ("二等奖", ["案例之三", "案例之二"])]


def test_a_refused_order_shows_the_page_again(visitor: Visitor, made: Desk) -> None:
    answer = visitor.post(f"/editions/{made.edition_id}/order", {"order": "x:y"})
    assert answer.status_code == 409
    assert "刚刚被别人调整过" in answer.text
    assert 'id="arrange"' in answer.text
    assert visitor.post(f"/editions/{made.edition_id}/group", {"by": "colour"}).status_code == 409


def test_details_are_saved_and_a_refusal_keeps_what_was_typed(visitor: Visitor, made: Desk) -> None:
    path = f"/editions/{made.edition_id}/edit"
    typed = {"revision": "1", "title": "基层实践", "year": "2026", "language": "zh", "publisher": "某社"}
    assert "书的信息已保存" in visitor.post(path, typed).text
    again = visitor.post(path, {**typed, "revision": "1", "title": "别的名字"})
    assert again.status_code == 409
    assert 'value="别的名字"' in again.text
    bad = visitor.post(path, {**typed, "revision": "2", "year": "去年"})
    assert bad.status_code == 422
    assert "请填写整数" in bad.text


def test_a_manuscript_is_written_and_restored(visitor: Visitor, made: Desk) -> None:
    base = f"/editions/{made.edition_id}/entries/{made.entries()[0]}"
    assert "获奖原文" in page(visitor, f"{base}/manuscript")
    typed = {
        "base": "1",
        "revision": "0",
        "title": "书中的标题",
        "unit": "某支部",
        "authors": "甲\n乙",
        "body": "<p>书中的文字。</p>",
        "note": "改题",
    }
    assert "保存为第 2 稿" in visitor.post(f"{base}/manuscript", typed).text
    refused = visitor.post(f"{base}/manuscript", {**typed, "title": "迟到的标题"})
    assert refused.status_code == 409
    assert "迟到的标题" in refused.text
    assert "案例之一" in page(visitor, f"{base}/rounds/1")
    assert "保存为第 3 稿" in visitor.post(f"{base}/rounds/1", {"base": "2"}).text
    assert visitor.get(f"{base}/rounds/9").status_code == 404
    assert visitor.get(f"{base}/rounds/x").status_code == 404
    assert visitor.get(f"{base}/photos/none").status_code == 404


def test_missing_things_are_not_found(visitor: Visitor, made: Desk) -> None:
    for path in ("/editions/none", f"/editions/{made.edition_id}/builds/7/file", "/editions/none/progress"):
        assert visitor.get(path).status_code == 404


def test_changes_are_shown_and_taken_back(visitor: Visitor, made: Desk) -> None:
    entry = made.entries()[0]
    base = f"/editions/{made.edition_id}/entries/{entry}"
    assert "还没有改过" in page(visitor, f"{base}/changes")
    with made.database.read(made.editor) as db:
        text = queries.manuscript(db, entry).text
    typed = {
        "base": "1",
        "revision": "0",
        "title": f"新{text.title}",
        "unit": text.unit,
        "authors": "\n".join(text.authors),
        "summary": text.summary,
        "body": text.body + "<p>补充一段。</p>",
        "source_line": text.source_line,
        "signoff_line": text.signoff_line,
        "note": "补充",
    }
    assert "保存为第 2 稿" in visitor.post(f"{base}/manuscript", typed).text
    shown = page(visitor, f"{base}/changes")
    assert "2 处修改" in shown
    assert "<ins>新</ins>案例之一" in shown
    assert "<ins>补充一段。</ins>" in page(visitor, f"{base}/changes?from=1&to=2&view=inline")
    assert "陈编辑" in shown
    number = shown.partition('id="change-')[2].partition('"')[0]
    back = {"from": "1", "to": "2", "base": "2"}
    assert "已退回 1 处修改" in visitor.post(f"{base}/changes", {**back, "number": number}).text
    assert visitor.post(f"{base}/changes", {**back, "base": "3", "number": number}).status_code == 409
    again = visitor.post(f"{base}/changes", {**back, "base": "3"})
    assert "已退回 1 处，存为第 4 稿；另有 1 处后来又改过" in again.text
    assert "这两稿的内容完全相同" in page(visitor, f"{base}/changes?from=1&to=4")
    assert visitor.get(f"{base}/changes?from=9").status_code == 404


def test_two_editors_write_in_one_copy(product: Any, visitor: Visitor, made: Desk) -> None:
    entry = made.entries()[0]
    base = f"/editions/{made.edition_id}/entries/{entry}"
    address, headers = f"/api/v1{base}/draft", visitor.token(made.user)
    mine = visitor.client.get(address, headers=headers).json()
    assert (mine["revision"], mine["base"], mine["pending"]) == (0, 1, False)
    sent = {key: mine[key] for key in ("revision", "title", "unit", "authors", "summary", "body", "photos")}
    saved = visitor.client.put(address, headers=headers, json={**sent, "title": "改了一半"})
    assert (saved.status_code, saved.json()["revision"], saved.json()["pending"]) == (200, 1, True)
    late = visitor.client.put(address, headers=headers, json={**sent, "summary": "别人的摘要"})
    assert late.status_code == 409
    assert "还没有存成一稿" in page(visitor, f"{base}/manuscript")
    assert "请先在“书稿”页把它存为一稿或放弃" in visitor.post(f"{base}/rounds/1", {"base": "1"}).text
    differing = visitor.post(f"{base}/differences", {"mine": json.dumps({**sent, "summary": "别人的摘要"})})
    assert 'data-field="title"' in differing.text
    assert 'data-field="summary"' in differing.text
    with product.database.write() as db:
        other = make_user(db, Role.EDITOR, name="第二位")
    unseen = Visitor(product).sign_in(other).speak("zh").post(f"{base}/discard", {"revision": "0"})
    assert (unseen.status_code, "又写了新的内容" in unseen.text) == (409, True)
    assert "已放弃" in visitor.post(f"{base}/discard").text
    assert visitor.client.get(address, headers=headers).json()["title"] == "案例之一"
