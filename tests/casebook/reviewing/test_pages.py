"""The pages of reviews and proofs through the client: board, text, lists, record, refusals."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from casebook.reviewing.values import PROOFS, REVIEWS, Step
from foundation.actor import Role
from foundation.sheets import read_sheet
from tests.casebook.reviewing.world import REPORT, Office, at_work
from tests.support.factories import make_user
from tests.support.web import Visitor


@pytest.fixture
def made(prepared: tuple[Path, Office], product: Any, visitor: Visitor) -> Office:
    """An edition with three editors; the visitor is signed in as the first, reading Chinese."""
    found = at_work(prepared, product.database)
    visitor.sign_in(found.people[0]).speak("zh")
    return found


def page(visitor: Visitor, path: str) -> str:
    answer = visitor.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


def somebody(product: Any, made: Office, number: int) -> Visitor:
    return Visitor(product).sign_in(made.people[number]).speak("zh")


def url(made: Office, entry: str) -> str:
    return f"/editions/{made.edition_id}/entries/{entry}/reviews"


def test_a_first_review_is_written_saved_and_signed(visitor: Visitor, made: Office) -> None:
    entry = made.desk.entries()[0]
    one = url(made, entry)
    shown = page(visitor, one)
    assert "初审报告" in shown
    digest = made.file(entry).subject.digest
    typed = {"step": "first", "digest": digest, "value": "做法可学。"}
    assert "已自动保存" in visitor.post(f"{one}/draft", typed).text
    assert "做法可学。" in page(visitor, one)
    refused = visitor.post(f"{one}/sign", {**typed, "facts": "核对过了。"})
    assert refused.status_code == 422
    assert "有 4 处内容需要修改" in refused.text
    assert "核对过了。" in refused.text
    whole = dict(REPORT.items()) | {"step": "first", "digest": digest, "verdict": "accept"}
    assert "初审已签署" in visitor.post(f"{one}/sign", whole).text
    after = page(visitor, one)
    assert "数据与证明材料逐项核对，一致。" in after
    assert "做法可学。" not in after  # the draft is gone
    stale = visitor.post(f"{one}/sign", {"step": "second", "digest": "0" * 64, "statement": "同意初审"})
    assert stale.status_code == 403  # not the second review for who gave the first


def test_what_changed_is_shown_and_signed_quickly(product: Any, visitor: Visitor, made: Office) -> None:
    entry = made.desk.entries()[0]
    one = url(made, entry)
    made.review(entry)
    made.write(0, entry, title="案例其一")
    shown = page(visitor, one)
    assert "<del>之</del><ins>其</ins>" in shown
    assert f"/entries/{entry}/changes?from=1" in shown
    digest = made.file(entry).subject.digest
    assert "初审已签署" in visitor.post(f"{one}/sign", {"step": "first", "digest": digest}).text
    second = somebody(product, made, 1)
    assert "核对页面上列出的改动" in page(second, one)
    back = second.post(f"{one}/return", {"step": "second", "reasons": "标题改得不妥。"})
    assert "已退修" in back.text
    assert "标题改得不妥。" in page(visitor, one)
    empty = visitor.post(f"{one}/return", {"step": "first", "reasons": ""})
    assert empty.status_code == 422
    assert "请写明退修的理由" in empty.text


def test_the_board_stands_when_one_text_alone_was_read_once_more(visitor: Visitor, made: Office) -> None:
    entry = made.desk.entries()[0]
    made.review(entry)
    for number, step in enumerate(PROOFS):
        made.sign(1 + number % 2, entry, step)
    assert "通读" in page(visitor, f"/editions/{made.edition_id}/reviews")


def test_the_board_filters_assigns_and_signs_what_was_read(
    product: Any, visitor: Visitor, made: Office
) -> None:
    board = f"/editions/{made.edition_id}/reviews"
    first, second, third = made.desk.entries()
    assert "付印前还缺 6 项" in page(visitor, board)
    people = {step.value: made.people[number].id for number, step in enumerate(REVIEWS)}
    assert "分工已保存" in visitor.post(f"{board}/duties", people).text
    twice = visitor.post(f"{board}/duties", {**people, "second": made.people[0].id})
    assert twice.status_code == 422
    assert "三审中任何两审不能由同一人担任" in twice.text
    made.sign(0, first, Step.FIRST)
    reviewer = somebody(product, made, 1)
    assert 'name="pick"' not in page(reviewer, f"{board}?show=mine")
    digest = made.file(first).subject.digest
    reviewer.post(f"{url(made, first)}/read", {"digest": digest})
    mine = page(reviewer, f"{board}?show=mine")
    assert f'value="{first}.second"' in mine
    assert second not in mine
    several = {"pick": f"{first}.second", "statement": ""}
    assert reviewer.post(f"{board}/several", several).status_code == 422
    assert "已签署 1 篇" in reviewer.post(f"{board}/several", {**several, "statement": "同意初审意见。"}).text
    assert made.states(first)[:3] == "sso"
    assert "有 1 篇等您审校" in page(somebody(product, made, 2), "/")
    assert "要换人" not in page(visitor, board)
    made.write(1, third, title="复审人自己加工的书稿")  # the main editor cannot give the second review
    assert page(visitor, board).count("要换人") == 1
    exception = {"first": made.people[1].id, "second": made.people[0].id}
    visitor.post(f"{url(made, second)}/duties", exception)
    assert "分配给了复审人" in page(visitor, url(made, second))


def test_an_error_list_from_the_proof_to_the_file(product: Any, visitor: Visitor, made: Office) -> None:
    entry = made.desk.entries()[0]
    one, board = url(made, entry), f"/editions/{made.edition_id}/reviews"
    made.write(0, entry, summary="党员一二名。")
    made.review(entry)
    reader = somebody(product, made, 1)
    typed = {
        "step": "proof1",
        "fault": "character",
        "before": "一二名",
        "after": "一二名",
        "place": "第 3 页",
    }
    refused = reader.post(f"{one}/errors", typed)
    assert refused.status_code == 422
    assert "改后和原文一样" in refused.text
    assert 'value="第 3 页"' in refused.text
    assert "已记入勘误表" in reader.post(f"{one}/errors", {**typed, "after": "十二名"}).text
    (error,) = made.file(entry).errors
    assert visitor.post(f"{one}/errors/{error.id}", {"deed": "burn"}).status_code == 409
    assert visitor.post(f"{one}/errors/none", {"deed": "verify"}).status_code == 404
    assert "已更正 1 处" in visitor.post(f"{one}/errors/correct").text
    assert visitor.post(f"{one}/errors/{error.id}", {"deed": "verify"}).status_code == 403
    assert "已核红" in reader.post(f"{one}/errors/{error.id}", {"deed": "verify"}).text
    assert "万分之" in page(visitor, f"{board}/errors")
    sheet = read_sheet("x.xlsx", visitor.get(f"{board}/errors.xlsx").content)
    assert sheet.lines[0].cells[:8] == (
        "一校",
        "案例之一",
        "第 3 页",
        "错字、别字、多字、漏字、倒字",
        "1",
        "一二名",
        "十二名",
        "",
    )
    digest = made.file(entry).subject.digest
    unknown = reader.post(f"{one}/sign", {"step": "proof1", "digest": digest, "build": "7"})
    assert unknown.status_code == 409
    assert "没有编号是 7 的校样" in unknown.text


def test_the_record_answers_an_inspection(visitor: Visitor, made: Office) -> None:
    entry = made.desk.entries()[0]
    made.review(entry)
    record = f"/editions/{made.edition_id}/reviews/record"
    shown = page(visitor, record)
    digest = made.file(entry).subject.digest
    for words in ("导向正确，同意付印。", digest[:16], "责任编辑", "还没有审校记录"):
        assert words in shown
    word = Document(BytesIO(visitor.get(f"{record}.docx").content))
    assert "决定：采用" in [each.text for each in word.paragraphs]
    table = word.tables[0]
    assert [cell.text for cell in table.rows[3].cells][:3] == ["终审", "签署", "终审人"]
    rows = read_sheet("x.csv", visitor.get(f"{record}.csv").content).lines
    assert [line.cells[2] for line in rows] == ["初审", "复审", "终审"]
    assert rows[0].cells[-1] == digest


def test_the_books_own_texts_and_strangers(product: Any, visitor: Visitor, made: Office) -> None:
    own = f"/editions/{made.edition_id}/reviews/own"
    assert "书前书后文字" in page(visitor, own)
    assert "The book&#39;s own texts" in visitor.speak("en").get(own).text
    with product.database.write() as db:
        trainer = make_user(db, Role.TRAINER)
    stranger = Visitor(product).sign_in(trainer)
    for path in (own, f"/editions/{made.edition_id}/reviews", f"/editions/{made.edition_id}/reviews/record"):
        assert stranger.get(path).status_code == 403
    assert visitor.get(f"/editions/{made.edition_id}/entries/none/reviews").status_code == 404
