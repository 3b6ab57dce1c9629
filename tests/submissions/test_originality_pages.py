"""The pages of originality and concreteness, as each kind of visitor finds them."""

import io
import re
from typing import Any

import pytest
from docx import Document

from foundation.clock import FixedClock
from foundation.journal import Delivery
from submissions.models import AwardedText
from submissions.queries import originality as found
from submissions.subscriptions.originality import subscriptions
from submissions.values import Receipt
from submissions.values.originality import Verdict
from tests.submissions.factories import DURING, World, hand_in, world, write
from tests.submissions.service.test_originality import LIFTED, OTHER, OWN
from tests.submissions.test_pages import sign_in, text_of


@pytest.fixture
def here(product: Any, clock: FixedClock) -> World:
    clock.set(DURING)
    return world(product.database, words_lowest=0, parts=())


def deliver(product: Any) -> None:
    """What the worker does for originality, without the receipts it would make as well."""
    listeners = subscriptions(product.database, product.files, product.clock)
    Delivery(product.database, listeners).run(DURING)


@pytest.fixture
def pair(product: Any, here: World) -> tuple[Receipt, Receipt]:
    """Two cases of different units with a passage in common, checked."""
    first = hand_in(
        product.database, here.branch, here.call, title="冷库停电", body_html=f"{OWN}<p>{LIFTED}</p>"
    )
    second = hand_in(
        product.database, here.stranger, here.call, title="半亩晒场", body_html=f"{OTHER}<p>{LIFTED}</p>"
    )
    deliver(product)
    return first, second


def test_the_organiser_goes_from_the_list_to_the_passages(
    visitor: Any, product: Any, here: World, pair: tuple[Receipt, Receipt]
) -> None:
    organiser = sign_in(visitor, here.organiser)
    page = organiser.get(f"/organise/calls/{here.call.id}/originality")
    said = text_of(page)
    for sentence in ("冷库停电", "半亩晒场", "待查看", "有发现、待查看"):
        assert sentence in said
    page = organiser.get(f"/cases/{pair[1].case_id}/originality")
    assert LIFTED[:20] in re.search(r"<mark[^>]*>.*?</mark>", page.text, re.DOTALL)[0]  # type: ignore[index]  # there is one
    link = re.search(rf'href="(/cases/{pair[1].case_id}/originality/\w+)"', page.text)
    assert link is not None
    page = organiser.get(link[1])
    assert 'id="a1" href="#b1"' in page.text
    assert 'id="b1" href="#a1"' in page.text
    assert page.text.count(LIFTED.removesuffix("。")) == 2
    assert organiser.get(link[1].replace(pair[1].case_id, pair[0].case_id)).status_code == 404
    assert "与别处相同" in text_of(organiser.get(f"/cases/{pair[1].case_id}"))


def test_the_list_is_narrowed(visitor: Any, here: World, pair: tuple[Receipt, Receipt]) -> None:
    organiser = sign_in(visitor, here.organiser)
    shown = {
        query: len(
            re.findall(
                r'href="/cases/\w+/originality"',
                organiser.get(f"/organise/calls/{here.call.id}/originality{query}").text,
            )
        )
        for query in ("", "?from=30", "?from=99", "?from=abc", "?only=unseen", "?only=fine", "?only=photos")
    }
    assert list(shown.values()) == [2, 2, 0, 2, 2, 0, 0]
    page = organiser.get(f"/organise/calls/{here.call.id}/originality?category=community&page=99")
    assert "没有符合条件的案例" in text_of(page)


def test_the_list_as_a_table(visitor: Any, here: World, pair: tuple[Receipt, Receipt]) -> None:
    organiser = sign_in(visitor, here.organiser)
    page = organiser.get(f"/organise/calls/{here.call.id}/originality.csv?from=30")
    lines = page.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert lines[0].startswith('"编号","标题","类别"')
    assert '"半亩晒场"' in page.text
    assert organiser.get(f"/organise/calls/{here.call.id}/originality.xlsx").content.startswith(b"PK")
    assert organiser.get(f"/organise/calls/{here.call.id}/originality.exe").status_code == 404


def test_a_verdict_is_recorded_or_says_what_is_missing(
    visitor: Any, product: Any, here: World, pair: tuple[Receipt, Receipt]
) -> None:
    organiser = sign_in(visitor, here.organiser)
    address = f"/cases/{pair[0].case_id}/originality"
    page = organiser.post(address, {"verdict": "problem", "note": ""})
    assert (page.status_code, 'href="#note"' in page.text) == (422, True)
    assert "请写明问题在哪里" in text_of(page)
    page = organiser.post(address, {"verdict": "problem", "note": "与另一案例后半段相同，请单位说明。"})
    assert (page.status_code, "查看结论已记录" in text_of(page)) == (200, True)
    page = organiser.get(f"/organise/calls/{here.call.id}/originality?only=problem")
    assert "请单位说明" in text_of(page)
    with product.database.read() as db:
        report = found.originality(db, pair[0].version_id)
        assert report is not None
        assert report.verdict is Verdict.PROBLEM


def test_all_is_checked_again_on_demand(visitor: Any, product: Any, here: World) -> None:
    organiser = sign_in(visitor, here.organiser)
    hand_in(product.database, here.branch, here.call, body_html=OWN)
    address = f"/organise/calls/{here.call.id}/originality"
    assert "1 个案例正在排队核对" in text_of(organiser.get(address))
    assert "正在重新核对" in text_of(organiser.post(address))
    deliver(product)
    said = text_of(organiser.get(address))
    assert ("正在重新核对" in said, "上次全部核对" in said) == (False, True)


def test_others_see_nothing_of_it(visitor: Any, here: World, pair: tuple[Receipt, Receipt]) -> None:
    own, others = f"/cases/{pair[0].case_id}", f"/cases/{pair[1].case_id}"
    branch = sign_in(visitor, here.branch)
    assert "与别处相同" not in branch.get(own).text
    assert branch.get(f"{own}/originality").status_code == 403
    assert branch.get(f"{others}/originality").status_code == 403
    assert branch.get(f"/organise/calls/{here.call.id}/originality").status_code == 403
    assert branch.get("/organise/references").status_code == 403
    assert branch.post(f"{own}/originality", {"verdict": "fine"}).status_code == 403
    superior = sign_in(visitor, here.superior)
    assert superior.get(f"{own}/originality").status_code == 403
    assert superior.get(f"{own}/concreteness").status_code == 403
    juror = sign_in(visitor, here.juror)
    assert juror.get(f"{own}/concreteness").status_code == 404


def test_set_phrases_are_added_and_removed(visitor: Any, here: World) -> None:
    organiser = sign_in(visitor, here.organiser)
    address = f"/organise/calls/{here.call.id}/set-phrases"
    page = organiser.post(address, {"phrases": "短\n家家户户动手修渠", "scope": "all"})
    assert (page.status_code, "家家户户动手修渠</textarea>" in page.text) == (422, True)
    assert "“短”不是" in text_of(page)
    page = organiser.post(address, {"phrases": "家家户户动手修渠\n年年月月记账见底", "scope": "all"})
    assert "已加入 2 条固定用语" in text_of(page)
    remove = re.search(r'action="(/organise/calls/\w+/set-phrases/\w+/remove)"', page.text)
    assert remove is not None
    assert "固定用语已移除" in text_of(organiser.post(remove[1]))


def word_file() -> bytes:
    document = Document()
    document.add_heading("网上流传的范文", 0)
    for _line in range(3):
        document.add_paragraph(LIFTED)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_reference_texts_come_from_a_file_or_by_hand(visitor: Any, product: Any, here: World) -> None:
    organiser = sign_in(visitor, here.organiser)
    address = "/organise/references"
    page = organiser.post(address, {"title": "短文", "text": "太短了"})
    assert (page.status_code, "太短了</textarea>" in page.text) == (422, True)
    assert "参照文本要有 100 到 300000 个字，现在是 3 个字" in text_of(page)
    page = organiser.post(address, {}, files={"file": ("x.pdf", b"%PDF-", "application/pdf")})
    assert "请上传 Word（.docx）或纯文本" in text_of(page)
    page = organiser.post(address, {"origin": "某网"}, files={"file": ("范文.docx", word_file())})
    assert "参照文本已加入" in text_of(page)
    page = organiser.post(address, {"title": "一篇报道", "text": OTHER * 4})
    assert "一篇报道" in text_of(page)
    opened = re.search(r'href="(/organise/references/\w+)">网上流传的范文', page.text)
    assert opened is not None
    assert LIFTED in text_of(organiser.get(opened[1]))
    hand_in(product.database, here.branch, here.call, body_html=f"{OWN}<p>{LIFTED}</p>")
    deliver(product)
    page = organiser.get(f"/organise/calls/{here.call.id}/originality?from=30")
    assert "一本台账解开村里的老疙瘩" in text_of(page)
    assert "参照文本已移除" in text_of(organiser.post(f"{opened[1]}/remove"))


# --- concreteness --------------------------------------------------------------------------------------


def test_authors_see_what_is_empty_in_their_draft(visitor: Any, product: Any, here: World) -> None:
    empty = "<p>我们不断提高站位，切实增强责任感，取得了显著成效。</p>"
    case_id = write(product.database, here.branch, here.call, body_html=f"<h2>一、背景</h2>{OWN}{empty}")
    branch = sign_in(visitor, here.branch)
    assert f"/cases/{case_id}/concreteness" in branch.get(f"/cases/{case_id}/edit").text
    assert f"/cases/{case_id}/concreteness" in branch.get(f"/cases/{case_id}/check").text
    page = branch.get(f"/cases/{case_id}/concreteness")
    marked = re.findall(r'<span class="empty-sentence">(.*?)</span>', page.text, re.DOTALL)
    assert "我们不断提高站位，切实增强责任感，取得了显著成效。" in marked
    assert '<span class="el el-number">四吨' in page.text
    assert sign_in(visitor, here.stranger).get(f"/cases/{case_id}/concreteness").status_code == 404


def test_a_draft_without_text_has_advice_later(visitor: Any, product: Any, here: World) -> None:
    case_id = write(product.database, here.branch, here.call, body_html="")
    page = sign_in(visitor, here.branch).get(f"/cases/{case_id}/concreteness")
    assert "还没有正文" in text_of(page)


def test_authors_learn_nothing_of_cases_that_are_not_public(visitor: Any, product: Any, here: World) -> None:
    """The same bytes whether or not another unit has handed in the same text; awarded cases are public."""
    case_id = write(product.database, here.branch, here.call, body_html=f"{OWN}<p>{LIFTED}</p>")
    address = f"/cases/{case_id}/concreteness"
    before = text_of(sign_in(visitor, here.branch).get(address))
    others = [
        hand_in(product.database, actor, here.call, title="别人的案例", body_html=f"<p>{LIFTED}</p>{OWN}")
        for actor in (here.stranger, here.stranger, here.neighbour, here.neighbour)
    ]
    deliver(product)
    assert text_of(visitor.get(address)) == before
    with product.database.write() as db:
        row = {"award_id": "award00000000001", "case_id": others[0].case_id, "unit_id": here.stranger.unit_id}
        db.add(AwardedText(**row, title="别人的案例", title_likeness="x", body_likeness="x"))
    said = text_of(visitor.get(address))
    assert "与获奖案例相同的段落" in said
    assert LIFTED[:20] in said.partition("与获奖案例相同的段落")[2]
