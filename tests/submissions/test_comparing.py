"""Versions side by side for everybody who may see them, copies of a draft for those who write in it."""

import json
from typing import Any

import pytest

from foundation.actor import Actor
from foundation.clock import FixedClock
from foundation.people import user
from submissions import service
from tests.submissions.factories import BODY, DURING, World, submit, text, world, write
from tests.support.web import Visitor


@pytest.fixture
def here(product: Any, clock: FixedClock) -> World:
    clock.set(DURING)
    return world(product.database)


def at_pages(product: Any, actor: Actor) -> Visitor:
    with product.database.read() as db:
        return Visitor(product).sign_in(user(db, actor.user_id))


@pytest.fixture
def case_id(product: Any, here: World) -> str:
    """Handed in twice: another title, and another number in the text."""
    case_id = write(product.database, here.branch, here.call, body_html=BODY + "<p>满意度92%。</p>")
    submit(product.database, here.branch, case_id)
    with product.database.write(here.branch) as db:
        changed = text(title="一本台账解开村里的新疙瘩", body_html=BODY + "<p>满意度97%。</p>")
        service.save_draft(db, actor=here.branch, now=DURING, case_id=case_id, revision=2, text=changed)
    submit(product.database, here.branch, case_id, key="k2")
    return case_id


def test_two_versions_for_unit_superior_and_organiser(product: Any, here: World, case_id: str) -> None:
    for actor in (here.branch, here.superior, here.organiser):
        page = at_pages(product, actor).get(f"/cases/{case_id}/compare")
        assert page.status_code == 200
        assert "村里的<del>老</del>疙瘩" in page.text
        assert "村里的<ins>新</ins>疙瘩" in page.text
        assert "<del>92%</del>" in page.text
        assert "<ins>97%</ins>" in page.text
        assert "没有变化：类别、作者" in page.text
    back = at_pages(product, here.branch).get(f"/cases/{case_id}/compare?from=2&to=1")
    assert "<ins>92%</ins>" in back.text
    same = at_pages(product, here.branch).get(f"/cases/{case_id}/compare?from=2&to=2")
    assert "完全相同" in same.text
    assert at_pages(product, here.branch).get(f"/cases/{case_id}/compare?from=7").status_code == 404


def test_nobody_else_compares(product: Any, here: World, case_id: str) -> None:
    for actor in (here.neighbour, here.other_superior, here.juror):
        assert at_pages(product, actor).get(f"/cases/{case_id}/compare").status_code == 404
    unsent = write(product.database, here.branch, here.call)
    assert at_pages(product, here.branch).get(f"/cases/{unsent}/compare").status_code == 404


def copies(case_id: str, **changes: str) -> dict[str, str]:
    mine = {
        "revision": 1,
        "title": "我的题目",
        "summary": "",
        "body": f'<p>甲段落写得很好。</p><p><img src="/cases/{case_id}/files/abc"></p>',
        "authors": [{"name": "李秀英", "post": ""}],
        "practice_from": None,
    }
    return {"mine": json.dumps({**mine, **changes})}


def test_copies_of_a_draft_are_compared_and_cleaned(product: Any, here: World) -> None:
    case_id = write(product.database, here.branch, here.call, body_html="<p>甲段落写得好。</p>")
    visitor = at_pages(product, here.branch)
    page = visitor.post(
        f"/cases/{case_id}/differences", copies(case_id, title="题目<script>alert(1)</script>")
    )
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert 'data-field="title"' in page.text
    assert "写得<mark>很</mark>好" in page.text
    assert "&lt;img src=&#34;attachment:abc&#34;" in page.text
    assert 'data-revision="2"' in page.text
    assert visitor.post(f"/cases/{case_id}/differences", {"mine": "{"}).status_code == 422
    assert visitor.post(f"/cases/{case_id}/differences", {}).status_code == 422
    stranger = at_pages(product, here.neighbour)
    assert stranger.post(f"/cases/{case_id}/differences", copies(case_id)).status_code == 404


@pytest.mark.parametrize("sent", ["[" * 100_000, '{"a":' * 50_000, "[1, 2]", "null"])
def test_an_odd_copy_is_refused_and_no_server_error(
    product: Any, here: World, case_id: str, sent: str
) -> None:
    answer = at_pages(product, here.branch).post(f"/cases/{case_id}/differences", {"mine": sent})
    assert answer.status_code == 422
