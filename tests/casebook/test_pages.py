"""The editorial desk through the client: pages, forms, refusals, files."""

from typing import Any
from urllib.parse import quote

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


def test_the_file_is_made_and_downloaded(product: Any, visitor: Visitor, made: Desk) -> None:
    base = f"/editions/{made.edition_id}"
    shown = visitor.post(f"{base}/builds").text
    assert f'hx-get="{base}/progress"' in shown
    assert visitor.post(f"{base}/builds").status_code == 409
    assert visitor.get(f"{base}/builds/1/file").status_code == 409
    made.deliver(product.files)
    panel = page(visitor, f"{base}/progress")
    assert "最近的文件就是现在的样子" in panel
    assert "hx-get" not in panel
    answer = visitor.get(f"{base}/builds/1/file")
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"
    named = answer.headers["content-disposition"]
    assert quote("2026 年创新案例征集案例选编-1.docx", safe="") in named
    assert named.startswith("attachment; ")
    made.revoke(0)
    made.deliver(product.files)
    assert visitor.get(f"{base}/builds/1/file").status_code == 409
    assert "1 个案例已被撤销授奖" in page(visitor, base)


def test_a_file_with_a_revoked_award_is_not_given_out_whoever_has_heard(
    product: Any, visitor: Visitor, made: Desk
) -> None:
    """Neither before the worker is told nor after the case has left the book."""
    base = f"/editions/{made.edition_id}"
    visitor.post(f"{base}/builds")
    made.deliver(product.files)
    assert visitor.get(f"{base}/builds/1/file").status_code == 200
    visitor.post(f"{base}/entries/{made.entries()[0]}/remove")
    made.revoke(0)
    assert visitor.get(f"{base}/builds/1/file").status_code == 409
    made.deliver(product.files)
    assert visitor.get(f"{base}/builds/1/file").status_code == 409


def test_missing_things_are_not_found(visitor: Visitor, made: Desk) -> None:
    for path in ("/editions/none", f"/editions/{made.edition_id}/builds/7/file", "/editions/none/progress"):
        assert visitor.get(path).status_code == 404
