"""The page 书籍信息与版式: what it asks for, refuses and draws; the cover for the printer."""

from io import BytesIO
from typing import Any

import pytest

from casebook import queries
from casebook.book import Colours, FontRole, IndexKind, Profile, Trim, Typeface
from casebook.details_form import chosen_fonts
from casebook.docx.check import findings
from casebook.docx.trims import GEOMETRIES
from casebook.sketch import sketch
from foundation.actor import Role
from tests.casebook.world import Desk, desk
from tests.support.factories import make_user
from tests.support.web import Visitor

TYPED = {"revision": "1", "title": "基层实践", "year": "2026"}


@pytest.fixture
def made(product: Any, visitor: Visitor) -> Desk:
    found = desk(product.database)
    visitor.sign_in(found.user).speak("zh")
    return found


def test_details_are_typed_refused_and_kept(product: Any, visitor: Visitor, made: Desk) -> None:
    path = f"/editions/{made.edition_id}/edit"
    shown = visitor.get(path).text
    assert "按“正式出版”还缺" in shown
    assert "还没有填书号（ISBN）" in shown
    assert "每行 38 字" in shown
    fonts = ["", "", "方正小标宋简体", "", "", "", "", "", "", "", "", ""]
    internal = {**TYPED, "profile": "internal", "trim": "k16", "colours": "grey", "permit": "（京）字第1号"}
    refused = visitor.post(path, {**internal, "price": "10元", "font": fonts})
    assert (refused.status_code, "内部资料免费交流，不能定价" in refused.text) == (422, True)
    assert 'value="10元"' in refused.text
    assert 'value="方正小标宋简体"' in refused.text
    wrong = visitor.post(path, {**TYPED, "isbn": "978-7-111-07575-3"})
    assert (wrong.status_code, "应为 2，填的是 3" in wrong.text) == (422, True)
    assert visitor.post(path, {**TYPED, "font": ["宋体\x1b<", *fonts[1:]]}).status_code == 422
    saved = visitor.post(path, {**internal, "font": fonts, "indexes": ["units"], "board": "主编：张三"})
    assert "书的信息已保存" in saved.text
    with product.database.read(made.editor) as db:
        details = queries.edition(db, made.edition_id).details
    assert (details.profile, details.trim, details.colours) == (Profile.INTERNAL, Trim.K16, Colours.GREY)
    assert details.fonts == ((FontRole.DISPLAY, Typeface("方正小标宋简体", "Times New Roman")),)
    assert (details.indexes, details.board) == ((IndexKind.UNITS,), "主编：张三")
    assert "每行 33 字" in visitor.get(path).text
    assert "每页 31 行" in visitor.get(f"/editions/{made.edition_id}/sketch?trim=a4&colours=grey").text
    assert "每行 33 字" in visitor.get(f"/editions/{made.edition_id}/sketch?trim=x").text


def test_work_on_the_order_does_not_refuse_what_is_typed(visitor: Visitor, made: Desk) -> None:
    base = f"/editions/{made.edition_id}"
    visitor.post(f"{base}/chapters", {"title": "附录"})
    visitor.post(f"{base}/matters", {"place": "front", "heading": "前言"})
    assert "书的信息已保存" in visitor.post(f"{base}/edit", TYPED).text
    assert visitor.post(f"{base}/edit", TYPED).status_code == 409


def test_the_cover_is_made_once_the_spine_is_known(visitor: Visitor, made: Desk) -> None:
    base = f"/editions/{made.edition_id}"
    unknown = visitor.get(f"{base}/cover")
    assert (unknown.status_code, "还不知道书脊多厚" in unknown.text) == (409, True)
    visitor.post(f"{base}/edit", {**TYPED, "paper_weight": "80", "planned_pages": "200"})
    shown = visitor.get(f"{base}/edit").text
    assert "按 200 页计，书脊厚 10.8 毫米" in shown
    assert "书脊印书名" in shown
    made_file = visitor.get(f"{base}/cover")
    assert findings(BytesIO(made_file.content)) == ()
    assert "attachment" in made_file.headers["content-disposition"]


def test_who_is_no_editor_gets_nothing(product: Any, made: Desk) -> None:
    with product.database.write() as db:
        trainer = make_user(db, Role.TRAINER)
    stranger = Visitor(product).sign_in(trainer).speak("zh")
    for part in ("edit", "cover", "sketch", "matters/x/edit"):
        assert stranger.get(f"/editions/{made.edition_id}/{part}").status_code == 403
    assert stranger.get("/book-templates").status_code == 403


def test_fonts_that_are_ours_are_not_kept() -> None:
    assert chosen_fonts([]) == ()
    assert chosen_fonts(["宋体", "Times New Roman"]) == ()
    assert chosen_fonts(["宋体", "Georgia", "黑体"]) == ((FontRole.BODY, Typeface("宋体", "Georgia")),)


@pytest.mark.parametrize("trim", Trim)
def test_a_sketch_has_the_page_s_lines(trim: Trim) -> None:
    drawn, page = sketch(trim, Colours.GREY), GEOMETRIES[trim]
    assert (drawn.per_line, len(drawn.lines)) == (page.per_line, page.lines)
    assert drawn.top < drawn.lines[0] < drawn.lines[-1] < drawn.height - drawn.bottom
    assert drawn.inner + drawn.measure + drawn.outer == pytest.approx(drawn.width, abs=0.3)
    assert drawn.characters == page.per_line * page.lines
