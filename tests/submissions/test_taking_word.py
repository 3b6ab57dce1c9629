"""A Word file on its way into a draft: what was understood, what the call still asks for."""

from typing import Any

import pytest

from foundation.clock import FixedClock
from foundation.people import user
from submissions import queries
from submissions.call_templates import STANDARD
from tests.submissions.factories import DURING, World, start, world
from tests.submissions.intake.documents import new, saved
from tests.support.web import Visitor


@pytest.fixture
def here(product: Any, clock: FixedClock) -> World:
    clock.set(DURING)
    return world(product.database, parts=STANDARD.rules.parts)


def test_the_preview_says_what_the_call_still_asks_for(product: Any, here: World) -> None:
    document = new()
    document.add_heading("一本台账解开村里的老疙瘩", 0)
    document.add_paragraph("一、背景")
    document.add_paragraph("支部建立台账，逐户上门，当月办结。" * 5)
    case_id = start(product.database, here.branch, here.call)
    with product.database.read() as db:
        visitor = Visitor(product).sign_in(user(db, here.branch.user_id))
    sent = {"word": ("案例.docx", saved(document))}
    page = visitor.post(f"/cases/{case_id}/word", files=sent)
    assert page.status_code == 200
    _before, found, missing = page.text.partition("填入后，按本次征集的要求还缺")
    assert found
    for sentence in ("请选择案例类别", "请至少填写一位作者", "正文至少要", "启示"):
        assert sentence in missing
    assert "请填写案例标题" not in missing
    token = page.text.partition('name="word_token" value="')[2].partition('"')[0]
    visitor.post(f"/cases/{case_id}/word/accept", {"word_token": token, "revision": "1"})
    with product.database.read() as db:
        assert queries.draft(db, case_id).text.title == "一本台账解开村里的老疙瘩"
