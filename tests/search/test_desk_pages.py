"""The library's desk, topics, collections and wishes as people meet them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from foundation.actor import Role
from foundation.people import User
from search import shelf
from search.curation.queries import collections, topics
from search.curation.service.topics import propose_topics
from search.curation.values.topics import ReadText
from submissions.values import VersionView
from tests.search.factories import award
from tests.support.factories import NOW, make_actor, make_call, make_entry, make_unit, make_user
from tests.support.web import Visitor

DESK = "/organise/library"


@dataclass(frozen=True)
class Shelf:
    first: VersionView
    second: VersionView
    branch: User
    editor: Visitor
    nobody: Visitor


@pytest.fixture
def stocked(product: Any) -> Shelf:
    with product.database.write() as db:
        call = make_call(db)
        home = make_unit(db, "双坡村党支部")
        first = make_entry(db, call=call, actor=make_actor(db, Role.SUBMITTER, unit=home), title="一本水账")
        second = make_entry(db, call=call, title="夜校第九期")
        award(db, first, key="first")
        award(db, second)
        found = {
            ReadText(first.case_id, first.id): [("水账", 2.0), ("泵房", 1.0)],
            ReadText(second.case_id, second.id): [("夜校", 2.0), ("夜课", 1.0)],
        }
        propose_topics(db, now=NOW, found=found)
        editor = make_user(db, Role.EDITOR)
        branch = make_user(db, Role.SUBMITTER, unit=home)
    return Shelf(first, second, branch, Visitor(product).sign_in(editor).speak("zh"), Visitor(product))


def test_many_cases_change_after_their_names_were_shown(product: Any, stocked: Shelf) -> None:
    editor, ids = stocked.editor, (stocked.first.case_id, stocked.second.case_id)
    assert "夜校第九期" in editor.get(f"{DESK}?q=夜校").text
    assert "一本水账" not in editor.get(f"{DESK}?q=夜校").text
    shown = editor.get(f"{DESK}/placing?deed=off&case={ids[0]}&case={ids[1]}").text
    assert "会改动 2 个案例" in shown
    assert "一本水账" in shown
    refused = editor.post(f"{DESK}/placing", {"deed": "off", "cases": " ".join(ids)})
    assert refused.status_code == 422
    assert "请写明下架的原因" in refused.text
    assert "夜校第九期" in refused.text
    done = editor.post(f"{DESK}/placing", {"deed": "off", "cases": " ".join(ids), "reason": "版权"})
    assert "已处理 2 个案例" in done.text
    with product.database.read() as db:
        assert shelf.on_shelf(db) == []
    assert stocked.nobody.get(f"/library/{ids[0]}").status_code == 404
    assert "没有要改的" in editor.get(f"{DESK}/placing?deed=off&all=yes").text
    page = editor.get(f"{DESK}/cases/{ids[0]}").text
    assert "已下架：版权" in page
    editor.post(f"{DESK}/cases/{ids[0]}/place", {"deed": "back"})
    assert stocked.nobody.get(f"/library/{ids[0]}").status_code == 200


def test_topics_are_corrected_merged_and_found(product: Any, stocked: Shelf) -> None:
    editor, first = stocked.editor, stocked.first.case_id
    editor.post(
        f"{DESK}/cases/{first}/topics", {"shown": ["水账", "泵房"], "kept": ["水账"], "added": "公开"}
    )
    with product.database.read() as db:
        assert {each.label for each in topics.topics_of_cases(db, [first])[first]} == {"水账", "公开"}
        ids = {each.label: each.id for each in topics.topics(db)}
    pair = [ids["夜校"], ids["夜课"]]
    asked = editor.get(f"{DESK}/topics/merge?topic={pair[0]}&topic={pair[1]}").text
    assert "合并这 2 个主题" in asked
    assert "夜校第九期" in asked
    assert editor.post(f"{DESK}/topics/merge", {"topic": pair, "into": ""}).status_code == 422
    merged = editor.post(f"{DESK}/topics/merge", {"topic": pair, "into": pair[0]})
    assert "已合并，涉及 1 个案例" in merged.text
    product.worker.run_once()
    index = stocked.nobody.get("/library/topics").text
    assert ("夜校" in index, "夜课" in index, "公开" in index) == (True, False, True)
    assert stocked.nobody.get("/api/v1/library?topic=夜校").json()["total"] == 1


def test_a_collection_from_draft_to_reader(product: Any, stocked: Shelf) -> None:
    editor, here = stocked.editor, f"{DESK}/collections"
    editor.post(f"{here}/new", {"title": "两个账本", "slug": "two-books", "audience": "public"})
    with product.database.read() as db:
        (made,) = collections.collections(db)
    unnamed = editor.post(f"{here}/new", {"title": "夜里的灯", "slug": "", "audience": "public"})
    assert 'value="ye-li-de-deng"' in unnamed.text
    for version in (stocked.first, stocked.second):
        editor.post(f"{here}/{made.id}/cases", {"case": version.case_id})
    with product.database.read() as db:
        revision = collections.collection(db, made.id).revision
    form = {
        "title": "两个账本", "slug": "two-books", "audience": "public", "revision": str(revision),
        "item": [stocked.first.case_id, stocked.second.case_id], "note": ["先读", "<b>后读</b>"],
        "move": f"up:{stocked.second.case_id}",
    }  # fmt: skip
    assert editor.post(f"{here}/{made.id}/edit", form).status_code == 200
    stale = editor.post(f"{here}/{made.id}/edit", {**form, "title": "别的"})
    assert stale.status_code == 409
    assert "别的" in stale.text
    assert stocked.nobody.get("/library/collections/two-books").status_code == 404
    editor.post(f"{here}/{made.id}/publish")
    page = stocked.nobody.get("/library/collections/two-books").text
    assert page.index("夜校第九期") < page.index("一本水账")
    assert "&lt;b&gt;后读&lt;/b&gt;" in page
    assert "两个账本" in stocked.nobody.get(f"/library/{stocked.first.case_id}").text
    answer = stocked.nobody.get("/api/v1/library/collections/two-books").json()
    assert [each["note"] for each in answer["cases"]] == ["<b>后读</b>", "先读"]


def test_the_unit_asks_the_editor_grants_and_the_index_is_rebuilt(product: Any, stocked: Shelf) -> None:
    branch, case_id = Visitor(product).sign_in(stocked.branch).speak("zh"), stocked.first.case_id
    assert f"/cases/{case_id}/library" in branch.get(f"/cases/{case_id}").text
    asked = branch.post(f"/cases/{case_id}/library", {"wish": "trainers", "reason": "有个人信息"})
    assert "有个人信息" in asked.text
    desk = stocked.editor.get(DESK).text
    wish = desk.split(f"{DESK}/wishes/", 1)[1].split('"', 1)[0]
    assert stocked.editor.post(f"{DESK}/wishes/{wish}", {"granted": "yes"}).status_code == 200
    assert branch.get(f"/library/{case_id}").status_code == 404
    assert stocked.editor.get(f"/library/{case_id}").status_code == 200
    assert branch.get(DESK).status_code == 403
    stocked.editor.post(f"{DESK}/index")
    assert "请等它完成" in stocked.editor.post(f"{DESK}/index").text
    product.worker.run_once()
    page = stocked.editor.get(f"{DESK}/index").text
    assert "索引与案例库一致" in page
    assert "写入 2 个案例" in page


def test_places_through_the_api(product: Any, stocked: Shelf) -> None:
    with product.database.write() as db:
        editor = make_user(db, Role.EDITOR)
    headers = stocked.editor.token(editor)
    client, case_id = stocked.nobody.client, stocked.first.case_id
    url = f"/api/v1/library/{case_id}/placement"
    assert client.put(url, json={"readers": "off"}, headers=headers).status_code == 422
    done = client.put(url, json={"readers": "members"}, headers=headers).json()
    assert (done["readers"], done["usual"], done["decided"]) == ("members", "public", True)
    listed = client.get("/api/v1/library/placements?readers=members", headers=headers).json()
    assert [each["case_id"] for each in listed["cases"]] == [case_id]
    assert client.get(f"/api/v1/library/{case_id}/topics").status_code == 404
    told = client.patch(
        f"/api/v1/library/{case_id}/topics", json={"accepted": ["水账"], "removed": ["泵房"]}, headers=headers
    )
    assert told.json() == [{"label": "水账", "state": "accepted"}]
