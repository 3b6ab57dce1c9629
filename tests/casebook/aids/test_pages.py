"""编校检查 through the client: the book, a manuscript, several at once, the house's list."""

import re
from io import BytesIO
from typing import Any

import pytest

from foundation.actor import Role
from tests.casebook.aids.reading import manuscript
from tests.casebook.aids.test_service import BODY, open_ones, write
from tests.casebook.world import Desk, desk
from tests.support.factories import make_user
from tests.support.web import Visitor


@pytest.fixture
def made(product: Any, visitor: Visitor) -> Desk:
    found = desk(product.database)
    for entry in found.entries():
        write(found, entry, manuscript("<p>正文没有问题。</p>"))
    write(
        found, found.entries()[0], manuscript(BODY + "<p>今年<strong>很</strong>好。</p>", authors=("甲,乙",))
    )
    visitor.sign_in(found.user).speak("zh")
    return found


def page(visitor: Visitor, path: str) -> str:
    answer = visitor.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_the_book_lists_findings_by_kind_and_entry(visitor: Visitor, made: Desk) -> None:
    base = f"/editions/{made.edition_id}/findings"
    shown = page(visitor, base)
    assert shown.count("data-item=") == 4
    assert "半角标点" in shown
    assert page(visitor, f"{base}?kind=leftovers").count("data-item=") == 1
    assert page(visitor, f"{base}?how=must").count("data-item=") == 3
    assert page(visitor, f"{base}?entry={made.entries()[1]}").count("data-item=") == 0
    assert page(visitor, f"{base}?kind=nonsense&page=99").count("data-item=") == 4
    assert "Checks" in visitor.speak("en").get(base).text


def test_a_finding_is_accepted_and_one_goes_on_with_the_same_filter(visitor: Visitor, made: Desk) -> None:
    base = f"/editions/{made.edition_id}/findings"
    key = open_ones(made)[1].key
    answer = visitor.post(f"{base}/accept?kind=punctuation", {"key": key})
    assert answer.status_code == 200
    assert str(answer.url).endswith("/findings?kind=punctuation")
    assert "改为“，”" in answer.text
    assert answer.text.count("data-item=") == 2
    again = visitor.post(f"{base}/accept?kind=punctuation", {"key": key})
    assert again.status_code == 409
    assert "刚刚被改过" in again.text
    assert again.text.count("data-item=") == 2


def test_ignoring_and_taking_back(visitor: Visitor, made: Desk) -> None:
    base = f"/editions/{made.edition_id}/findings"
    key = open_ones(made)[0].key
    assert "已忽略" in visitor.post(f"{base}/ignore", {"key": key, "reason": "人名如此"}).text
    ignored = page(visitor, f"{base}?state=ignored")
    assert "陈编辑忽略了：人名如此" in ignored
    said = re.search(r'name="ignoring" value="(\w+)"', ignored)
    assert said is not None
    visitor.post(f"{base}/take-back?state=ignored", {"ignoring": said[1]})
    assert len(open_ones(made)) == 4
    assert visitor.post(f"{base}/ignore", {"key": key, "scope": "world"}).status_code == 422


def test_the_manuscript_with_its_places_marked(visitor: Visitor, made: Desk) -> None:
    entry = made.entries()[0]
    shown = page(visitor, f"/editions/{made.edition_id}/entries/{entry}/findings")
    assert shown.count('<mark class="finding must" data-finding=') == 3
    assert re.search(r'支部带头<mark class="finding must" data-finding="(\w+)" id="m-\1">,</mark>群众', shown)
    assert "<strong>很</strong>" in shown
    answer = visitor.post(
        f"/editions/{made.edition_id}/entries/{entry}/findings/accept",
        {"key": open_ones(made)[1].key, "words": "、"},
    )
    assert "支部带头、群众参与" in answer.text


def test_several_are_looked_at_and_accepted_together(visitor: Visitor, made: Desk) -> None:
    base = f"/editions/{made.edition_id}/findings"
    assert "/findings/all?rule=punctuation.half" in page(visitor, f"{base}?kind=punctuation")
    shown = page(visitor, f"{base}/all?rule=punctuation.half")
    keys = re.findall(r'name="key" value="(\w+)"', shown)
    assert len(keys) == 3
    assert visitor.post(f"{base}/all?rule=punctuation.half").status_code == 409
    answer = visitor.post(f"{base}/all?rule=punctuation.half", {"key": keys[1:]})
    assert "改了 2 处" in answer.text
    stale = visitor.post(f"{base}/all?rule=punctuation.half", {"key": keys})
    assert stale.status_code == 409
    assert "有 2 处刚刚被改过" in stale.text
    assert visitor.get(f"{base}/all?rule=none").status_code == 404


def test_words_are_added_to_the_houses_list(visitor: Visitor, made: Desk) -> None:
    base = f"/editions/{made.edition_id}/findings"
    found = next(each for each in open_ones(made) if each.passage == "今年")
    refused = visitor.post(f"{base}/allow", {"key": found.key, "written": "别的"})
    assert refused.status_code == 422
    assert "已加入本社词表" in visitor.post(f"{base}/allow", {"key": found.key, "written": "今年"}).text
    assert all(each.passage != "今年" for each in open_ones(made))
    assert "今年" in page(visitor, "/house-terms?kind=allow")


def test_the_houses_list(visitor: Visitor, made: Desk) -> None:
    shown = page(visitor, "/house-terms?q=缴纳")
    assert "交纳党费" in shown
    added = visitor.post("/house-terms", {"written": "支书", "kind": "replace", "better": "党支部书记"})
    assert "已增加" in added.text
    bad = visitor.post("/house-terms", {"written": "支部", "kind": "replace", "better": ""})
    assert bad.status_code == 422
    assert 'value="支部"' in bad.text
    term = re.search(r'/house-terms/(\w+)" aria-label="修改：支书"', page(visitor, "/house-terms?q=支书"))
    assert term is not None
    change = {"written": "支书", "kind": "forbid", "better": "", "revision": "1", "why": "本社规定"}
    assert "已保存" in visitor.post(f"/house-terms/{term[1]}", change).text
    assert visitor.post(f"/house-terms/{term[1]}", change).status_code == 409
    assert "撤销删除" in visitor.post(f"/house-terms/{term[1]}/delete").text
    assert "已恢复" in visitor.post(f"/house-terms/{term[1]}/restore").text


def test_the_houses_list_as_a_table(visitor: Visitor, made: Desk) -> None:
    table = visitor.get("/house-terms.csv").content
    assert "缴纳党费".encode() in table
    assert visitor.get("/house-terms.pdf").status_code == 404

    def sent(content: bytes) -> Any:
        files = {"table": ("terms.csv", BytesIO(content), "text/csv")}
        return visitor.client.post("/house-terms/import", data={"csrf": visitor.csrf_token}, files=files)

    assert "不需要导入" in sent(table).text
    looked = sent("写法,处理,应改用,依据\n支书,改用,党支部书记,本社规定\n".encode())
    assert "导入会改变 1 条" in looked.text
    lines = re.search(r'name="lines" value="([^"]+)"', looked.text)
    assert lines is not None
    field = lines[1].replace("&#34;", '"').replace("&quot;", '"')
    assert "导入了 1 条" in visitor.post("/house-terms/import/confirm", {"lines": field}).text
    wrong = sent("写法,处理\n支书,也许\n".encode())
    assert wrong.status_code == 422
    assert "第 2 行" in wrong.text


def test_who_is_no_editor_sees_none_of_it(product: Any, visitor: Visitor, made: Desk) -> None:
    with product.database.write() as db:
        other = make_user(db, Role.TRAINER)
    stranger = Visitor(product).sign_in(other).speak("zh")
    for path in (f"/editions/{made.edition_id}/findings", "/house-terms", "/house-terms.csv"):
        assert stranger.get(path).status_code == 403
    assert stranger.get(f"/api/v1/editions/{made.edition_id}/findings").status_code == 403
    assert visitor.get("/editions/none/findings").status_code == 404


def test_the_api(visitor: Visitor, made: Desk) -> None:
    headers = visitor.token(made.user)
    found = visitor.get(f"/api/v1/editions/{made.edition_id}/findings", headers=headers).json()
    assert [each["proposal"] for each in found] == ["，", "，", "，", None]
    added = visitor.client.post(
        "/api/v1/house-terms", json={"written": "支书", "better": "党支部书记"}, headers=headers
    )
    assert added.status_code == 201
    gone = visitor.client.delete(f"/api/v1/house-terms/{added.json()['id']}", headers=headers)
    assert gone.status_code == 204
