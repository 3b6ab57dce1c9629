"""The pages, files and API of packs, as trainers, colleagues with a link and participants meet them."""

import io
import re
import zipfile
from typing import Any

import pytest

from foundation.actor import Role
from search.teaching.packs import queries
from search.teaching.packs.service.sharing import open_handout, share_pack
from search.teaching.packs.values import PackView, Sharing
from tests.search.teaching.packs.world import World, make_world, only_for_members, started, taken_back
from tests.support.factories import NOW, make_user
from tests.support.web import Visitor

SECRET = "只有教师看的提示"


@pytest.fixture
def world(product: Any) -> World:
    with product.database.write() as db:
        return make_world(db)


@pytest.fixture
def trainer(product: Any, world: World) -> Visitor:
    return Visitor(product).sign_in(world.user, language="zh")


def stored(product: Any, world: World, sharing: Sharing = Sharing.PRIVATE) -> PackView:
    """A pack with secrets in every part that is the trainer's alone, its hand-out open."""
    with product.database.write(world.trainer) as db:
        pack = started(db, world)
        share_pack(db, actor=world.trainer, now=NOW, pack_id=pack, sharing=sharing)
        open_handout(db, actor=world.trainer, now=NOW, pack_id=pack, opened=True)
        return queries.pack(db, pack)


def text_of(document: bytes) -> str:
    """Every XML part of an Office file, without markup."""
    with zipfile.ZipFile(io.BytesIO(document)) as packed:
        parts = [packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml")]
    return re.sub(r"<[^>]+>", "", "".join(parts))


def with_secrets(trainer: Visitor, view: PackView) -> int:
    """Write secrets into the pack through the API, as the page does; returns the status."""
    secret = {"text": SECRET}
    content = {
        "minutes": 45, "cases": [{"case_id": view.content.case_ids[0], "note": SECRET, "parts": ["s2"]}],
        "aims": [{"text": "说清做法"}], "questions": [{"text": "账为什么要上墙？", "hints": [secret]}],
        "preparation": [secret], "key_points": [secret], "board": [{"title": SECRET, "points": [secret]}],
        "steps": [{"kind": "close", "minutes": 45, "text": SECRET}], "handout": [{"text": "课前读一遍"}],
    }  # fmt: skip
    answer = trainer.client.put(
        f"/api/v1/teaching/packs/{view.id}",
        json={"revision": view.revision, "content": content},
        headers={"X-CSRF-Token": trainer.csrf_token},
    )
    return answer.status_code


def test_from_a_case_to_a_pack_to_paper(product: Any, world: World, trainer: Visitor) -> None:
    assert f"/teaching/packs/new?cases={world.case}" in trainer.get(f"/library/{world.case}").text
    form = trainer.get("/teaching/packs/new", params={"cases": f"{world.case},nonsense"})
    assert "一本水账" in form.text
    made = trainer.post("/teaching/packs/new", {"kind": "meeting", "cases": world.case, "propose": "yes"})
    assert made.status_code == 200
    address = str(made.url.path).removesuffix("/edit")
    shown = trainer.get(address).text
    assert "“渠水不够，三年打了 7 场架。”（一、背景）" in shown
    assert "45 分钟，已安排 45 分钟" in shown
    packed = trainer.get(f"{address}/all.zip")
    with zipfile.ZipFile(io.BytesIO(packed.content)) as found:
        names = found.namelist()
        book = text_of(found.read(names[0]))
    assert names == ["一本水账（教师用书）.docx", "一本水账（学员讲义）.docx", "一本水账（幻灯片）.pptx"]
    assert "渠水不够，三年打了 7 场架" in book
    assert "一本账贴在泵房墙上。" in book  # the case stands after the guide


def test_no_participant_gets_a_hint(product: Any, world: World, trainer: Visitor) -> None:
    """Page, Word file, slides and the participants' address: none has what is the trainer's alone."""
    view = stored(product, world, Sharing.LINK)
    assert with_secrets(trainer, view) == 200
    address = f"/teaching/packs/{view.id}"
    assert SECRET in trainer.get(address).text
    assert SECRET in text_of(trainer.get(f"{address}/book.docx").content)
    participant = Visitor(product).speak("zh")
    seen = [
        participant.get(f"/study/handout/{view.handout_key}").text,
        trainer.get(f"{address}/handout").text,
        text_of(trainer.get(f"{address}/handout.docx").content),
        text_of(trainer.get(f"{address}/slides.pptx").content),
    ]
    assert [SECRET in each for each in seen] == [False] * 4
    assert all("账为什么要上墙？" in each for each in seen)
    assert all(
        "一本账贴在泵房墙上" in each and "渠水不够" not in each for each in seen[:3]
    )  # the chosen part


def test_a_case_that_goes_leaves_every_page_and_file(product: Any, world: World, trainer: Visitor) -> None:
    view = stored(product, world, Sharing.TRAINERS)
    with product.database.write() as db:
        taken_back(db, world)
    address = f"/teaching/packs/{view.id}"
    pages = [address, "/teaching", "/teaching/packs", f"{address}/edit", f"{address}/handout"]
    seen = [trainer.get(each).text for each in pages]
    seen += [text_of(trainer.get(f"{address}/{name}").content) for name in ("book.docx", "slides.pptx")]
    seen.append(trainer.get(f"/api/v1/teaching/packs/{view.id}").text)
    assert [word for word in ("渠水", "一本水账", "泵房") for each in seen if word in each] == []
    assert "1 个案例现在不能阅读" in seen[0]
    assert "案例单位当时遇到了什么问题" in seen[0]


def test_participants_read_cases_that_are_open_to_them(product: Any, world: World) -> None:
    view = stored(product, world)
    address = f"/study/handout/{view.handout_key}"
    stranger = Visitor(product).speak("zh")
    assert "一本账贴在泵房墙上" in stranger.get(address).text
    with product.database.write() as db:
        only_for_members(db, world.case)
    closed = stranger.get(address).text
    assert "一本账贴在泵房墙上" not in closed
    assert "一本水账" not in closed
    assert "1 个案例不在这里公开" in closed
    member = Visitor(product).sign_in(world.other_user, language="zh")
    assert "一本账贴在泵房墙上" in member.get(address).text


def test_strangers_are_led_to_sign_in_and_links_open_what_they_say(
    product: Any, world: World, trainer: Visitor
) -> None:
    view = stored(product, world)
    stranger = Visitor(product).speak("zh")
    for address in ("/teaching", "/teaching/packs", f"/teaching/packs/{view.id}", "/teaching/packs/new"):
        assert "/sign-in" in str(stranger.get(address).url)
    link = f"/teaching/packs/link/{view.link_key}"
    assert stranger.get(link).status_code == 404
    trainer.post(f"/teaching/packs/{view.id}/share", {"sharing": "link"})
    assert "渠水不够" in stranger.get(link).text
    assert stranger.get(f"{link}/book.docx").status_code == 200
    other = Visitor(product).sign_in(world.other_user, language="zh")
    assert other.get(f"/teaching/packs/{view.id}").status_code == 404
    copied = other.post(f"/teaching/packs/{view.id}/copy", {"key": view.link_key})
    assert copied.status_code == 200
    trainer.post(f"/teaching/packs/{view.id}/handout", {"open": "no"})
    assert stranger.get(f"/study/handout/{view.handout_key}").status_code == 404


def test_versions_are_named_compared_and_restored(product: Any, world: World, trainer: Visitor) -> None:
    view = stored(product, world)
    with_secrets(trainer, view)
    address = f"/teaching/packs/{view.id}"
    assert trainer.post(f"{address}/name", {"revision": "1", "name": "九月班"}).status_code == 200
    assert "九月班" in trainer.get(f"{address}/versions").text
    compared = trainer.get(f"{address}/versions/1").text
    assert "<ins>" in compared
    assert trainer.get(f"{address}/versions/99").status_code == 404
    assert trainer.get(f"{address}/versions/x").status_code == 404
    trainer.post(f"{address}/restore", {"revision": "1"})
    assert "两个版本内容相同" in trainer.get(f"{address}/versions/1").text


def test_the_page_hears_of_a_clash_and_of_what_is_too_much(
    product: Any, world: World, trainer: Visitor
) -> None:
    view = stored(product, world)
    headers = {"X-CSRF-Token": trainer.csrf_token}

    def put(body: dict[str, object]) -> Any:
        return trainer.client.put(f"/api/v1/teaching/packs/{view.id}", json=body, headers=headers)

    assert put({"revision": 1, "content": {"title": "甲"}}).json()["revision"] == 2
    assert put({"revision": 1, "content": {"title": "乙"}}).status_code == 409
    kept = put({"revision": 1, "content": {"title": "乙"}, "prefer": "theirs"}).json()
    assert kept["content"]["title"] == "甲"
    assert kept["merged_names"] == "名称"
    refused = put({"revision": kept["revision"], "content": {"minutes": 0}})
    assert [each["field"] for each in refused.json()["errors"]] == ["minutes"]


def test_after_the_class(product: Any, world: World, trainer: Visitor) -> None:
    """A report with everything wrong keeps what was typed; a good one comes to the page of the case."""
    view = stored(product, world, Sharing.TRAINERS)
    address = f"/teaching/packs/{view.id}/report"
    wrong = trainer.post(address, {"used_on": "2026-02-28", "people": "0", "worked": "讨论很热"})
    assert wrong.status_code == 422
    assert "请填写参加人数" in wrong.text
    assert "讨论很热" in wrong.text
    report = {
        "used_on": "2026-02-28", "with_whom": "第三期班", "people": "32", "worked": "讨论很热",
        "again": "yes", "shown": "yes", "ask": "yes",
    }  # fmt: skip
    done = trainer.post(address, report)
    key = re.search(r"/study/class/([\w-]+)", done.text)
    assert key
    participant = Visitor(product).speak("zh")
    asked = participant.post(f"/study/class/{key[1]}", {"gained": "账要上墙", "helpful": "5"})
    assert "收到了" in asked.text
    again = participant.post(f"/study/class/{key[1]}", {"gained": "再来一次", "helpful": "1"})
    assert again.status_code == 409
    assert "账要上墙" in trainer.get(str(done.url.path)).text
    case = participant.get(f"/library/{world.case}").text
    assert "已在 1 次课上使用" in case
    assert "讨论很热" in case
    assert f"/teaching/packs/{view.id}" not in case  # packs are for trainers


def test_the_index_learns_which_cases_have_a_pack(product: Any, world: World, trainer: Visitor) -> None:
    product.worker.run_once()
    stored(product, world, Sharing.TRAINERS)
    product.worker.run_once()
    found = trainer.get("/api/v1/library", params={"extras": "pack"}).json()
    assert [hit["title"] for hit in found["hits"]] == ["一本水账"]


def test_the_api_lists_starts_and_reads(product: Any, world: World) -> None:
    headers = Visitor(product).token(world.user)
    client = Visitor(product).client
    made = client.post(
        "/api/v1/teaching/packs", json={"kind": "evening", "cases": [world.case]}, headers=headers
    )
    assert (made.status_code, made.json()["content"]["minutes"]) == (201, 60)
    listed = client.get("/api/v1/teaching/packs", headers=headers, params={"case": world.case}).json()
    assert [each["id"] for each in listed] == [made.json()["id"]]
    names = [each["name"] for each in made.json()["files"]]
    assert names == ["book.docx", "handout.docx", "slides.pptx", "all.zip"]
    assert client.get("/api/v1/teaching/packs").status_code == 401


def test_pages_in_english(product: Any, world: World) -> None:
    visitor = Visitor(product).sign_in(world.user, language="en")
    view = stored(product, world, Sharing.TRAINERS)
    for address in ("/teaching", "/teaching/packs", "/teaching/packs/new", f"/teaching/packs/{view.id}/edit"):
        assert visitor.get(address).status_code == 200
    assert "Hand-out (Word)" in visitor.get(f"/teaching/packs/{view.id}").text


def test_kinds_of_class_speak_the_readers_language_and_organisers_find_teaching(product: Any) -> None:
    with product.database.write() as db:
        organiser = make_user(db, Role.ORGANISER)
    visitor = Visitor(product).sign_in(organiser, language="zh")
    assert 'href="/teaching"' in visitor.get("/").text
    assert "90 分钟案例课" in visitor.get("/teaching/packs/new").text
    visitor.speak("en")
    for path in ("/teaching", "/teaching/packs/new"):
        shown = visitor.get(path).text
        assert "90-minute case class" in shown
        assert "案例课" not in shown
