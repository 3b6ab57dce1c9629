"""成书 through the client: asking for a book, what stands in the way, its files, refusals."""

import zipfile
from io import BytesIO
from typing import Any
from urllib.parse import quote

import pytest

from casebook.making import queries
from casebook.making.values import BuildView
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


def builds(made: Desk) -> list[BuildView]:
    with made.database.read(made.editor) as db:
        return queries.builds(db, made.edition_id)


def test_a_proof_is_made_and_its_files_are_fetched(product: Any, visitor: Visitor, made: Desk) -> None:
    base = f"/editions/{made.edition_id}"
    shown = visitor.post(f"{base}/builds", {"kind": "proof", "outputs": ["epub", "cases"]}).text
    assert "正在生成校样（第 1 次）" in shown
    assert f'hx-get="{base}/builds/panel"' in shown
    assert visitor.post(f"{base}/builds", {"kind": "proof"}).status_code == 409
    assert visitor.get(f"{base}/builds/1/file").status_code == 409
    assert "排队等待" in page(visitor, f"{base}/builds/panel")
    made.deliver(product.files, product.books)
    ended = visitor.get(f"{base}/builds/panel")
    assert (ended.status_code, ended.headers["hx-refresh"]) == (204, "true")
    assert "就是现在的样子" in page(visitor, f"{base}/builds")
    assert "最近的文件就是现在的样子" in page(visitor, f"{base}/progress")
    word = visitor.get(f"{base}/builds/1/file")
    assert word.headers["content-disposition"].startswith("attachment; ")
    assert quote("2026 年创新案例征集案例选编-1.docx", safe="") in word.headers["content-disposition"]
    with zipfile.ZipFile(BytesIO(word.content)) as package:
        heads = [package.read(name).decode() for name in package.namelist() if "word/header" in name]
    assert heads
    assert all("校样　第 1 次" in head for head in heads)
    cases = visitor.get(f"{base}/builds/1/files/cases")
    with zipfile.ZipFile(BytesIO(cases.content)) as archive:
        assert archive.namelist() == ["1 案例之一.docx", "2 案例之三.docx", "3 案例之二.docx"]
    assert visitor.get(f"{base}/builds/1/files/epub").headers["content-type"] == "application/epub+zip"
    assert visitor.get(f"{base}/builds/1/files/manifest").json()["build"]["number"] == 1
    assert visitor.get(f"{base}/builds/1/files/print").status_code == 409
    assert visitor.get(f"{base}/builds/1/files/poster").status_code == 404


def test_a_final_file_is_refused_with_what_is_missing(visitor: Visitor, made: Desk) -> None:
    base = f"/editions/{made.edition_id}/builds"
    assert "不能付印" in page(visitor, base)
    refused = visitor.post(base, {"kind": "final"})
    assert refused.status_code == 409
    assert "还不能生成付印文件" in refused.text
    assert builds(made) == []


def test_a_build_is_cancelled_and_deleted(product: Any, visitor: Visitor, made: Desk) -> None:
    base = f"/editions/{made.edition_id}/builds"
    visitor.post(base, {"kind": "proof"})
    assert visitor.post(f"{base}/1/delete").status_code == 409
    assert "已取消这次生成" in visitor.post(f"{base}/1/cancel").text
    assert visitor.post(f"{base}/1/cancel").status_code == 409
    made.deliver(product.files, product.books)
    assert [each.state.value for each in builds(made)] == ["cancelled"]
    visitor.post(base, {"kind": "proof"})
    made.deliver(product.files, product.books)
    kept = [each.sha256 for each in builds(made)[0].files]
    assert all(product.books.exists(each) for each in kept)
    assert "这份校样已删除" in visitor.post(f"{base}/2/delete").text
    made.deliver(product.files, product.books)
    assert not any(product.books.exists(each) for each in kept)
    assert [each.number for each in builds(made)] == [1]


def test_two_builds_are_compared(product: Any, visitor: Visitor, made: Desk) -> None:
    base = f"/editions/{made.edition_id}"
    visitor.post(f"{base}/builds")
    made.deliver(product.files, product.books)
    assert "没有可以比较的另一次" in page(visitor, f"{base}/builds/1/changes")
    visitor.post(f"{base}/entries/{made.entries()[2]}/remove")
    visitor.post(f"{base}/builds")
    made.deliver(product.files, product.books)
    shown = page(visitor, f"{base}/builds/2/changes")
    assert "从第 1 次到第 2 次" in shown
    assert "不再收入" in shown
    assert "不再收入" in page(visitor, f"{base}/builds/1/changes?from=2")


def test_a_file_with_a_revoked_award_is_not_given_out_whoever_has_heard(
    product: Any, visitor: Visitor, made: Desk
) -> None:
    """Neither before the worker is told nor after the case has left the book."""
    base = f"/editions/{made.edition_id}"
    visitor.post(f"{base}/builds")
    made.deliver(product.files, product.books)
    assert visitor.get(f"{base}/builds/1/file").status_code == 200
    visitor.post(f"{base}/entries/{made.entries()[0]}/remove")
    made.revoke(0)
    assert visitor.get(f"{base}/builds/1/file").status_code == 409
    assert visitor.post(f"{base}/builds/1/again").status_code == 409
    made.deliver(product.files, product.books)
    assert visitor.get(f"{base}/builds/1/file").status_code == 409
    assert "已作废" in page(visitor, f"{base}/builds")


def test_others_and_strangers(product: Any, visitor: Visitor, made: Desk) -> None:
    base = f"/editions/{made.edition_id}/builds"
    with product.database.write() as db:
        trainer = make_user(db, Role.TRAINER)
    stranger = Visitor(product).sign_in(trainer).speak("zh")
    assert stranger.get(base).status_code == 403
    assert stranger.post(base).status_code == 403
    for path in (f"{base}/7/file", f"{base}/7/pages", f"{base}/x/pages", "/editions/none/builds"):
        assert visitor.get(path).status_code == 404
