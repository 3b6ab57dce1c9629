"""Texts around the cases: written, ordered, taken from the call, printed."""

from dataclasses import replace
from typing import Any

import pytest

from casebook import queries as editions
from casebook.book import Matter
from casebook.matters import queries, service
from casebook.matters.values import Place
from foundation.actor import Role
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound, Refused
from foundation.people import actor_of
from foundation.richtext import blocks
from tests.casebook.world import LATER, Desk, desk
from tests.support.factories import make_user
from tests.support.web import Visitor


@pytest.fixture
def made(sqlite_database: Database) -> Desk:
    return desk(sqlite_database)


def add(made: Desk, place: Place, heading: str, body: str = "") -> str:
    with made.database.write(made.editor) as db:
        return service.add_matter(
            db,
            actor=made.editor,
            now=LATER,
            edition_id=made.edition_id,
            place=place,
            heading=heading,
            body=body,
        )


def headings(made: Desk) -> list[tuple[str, str]]:
    with made.database.read(made.editor) as db:
        return [(each.place.value, each.heading) for each in queries.matters(db, made.edition_id)]


def test_texts_are_written_in_order_and_printed(made: Desk) -> None:
    with made.database.read(made.editor) as db:
        before = editions.edition(db, made.edition_id).revision
    add(made, Place.BACK, "后记", "<p>记<script>x</script></p>")
    first = add(made, Place.FRONT, "序", "<p>序文</p>")
    add(made, Place.FRONT, "前言")
    assert headings(made) == [("front", "序"), ("front", "前言"), ("back", "后记")]
    with made.database.write(made.editor) as db:
        service.move_matter(
            db, actor=made.editor, now=LATER, edition_id=made.edition_id, matter_id=first, step=1
        )
    assert headings(made)[:2] == [("front", "前言"), ("front", "序")]
    with made.database.read(made.editor) as db:
        assert queries.printed(db, made.edition_id, Place.BACK) == (Matter("后记", blocks("<p>记</p>")),)
        assert queries.whole_text(db, made.edition_id) == (
            "<h2>前言</h2><h2>序</h2><p>序文</p><h2>后记</h2><p>记</p>"
        )
        assert editions.edition(db, made.edition_id).revision == before + 4
    with made.database.write(made.editor) as db:
        service.remove_matter(db, actor=made.editor, now=LATER, edition_id=made.edition_id, matter_id=first)
    assert headings(made) == [("front", "前言"), ("back", "后记")]


def test_two_editors_do_not_write_over_each_other(made: Desk) -> None:
    matter = add(made, Place.FRONT, "前言")
    call = {"actor": made.editor, "now": LATER, "edition_id": made.edition_id, "matter_id": matter}
    with made.database.write(made.editor) as db:
        service.write_matter(db, **call, revision=1, heading="前言", body="<p>甲</p>")  # type: ignore[arg-type]  # as named
    with made.database.write(made.editor) as db, pytest.raises(Refused):
        service.write_matter(db, **call, revision=1, heading="前言", body="<p>乙</p>")  # type: ignore[arg-type]  # as named
    with made.database.write(made.editor) as db, pytest.raises(Invalid):
        service.write_matter(db, **call, revision=2, heading="", body="")  # type: ignore[arg-type]  # as named


def test_the_notice_becomes_an_appendix(made: Desk) -> None:
    with made.database.write(made.editor) as db:
        call = replace(made.judged.call)
        matter = service.take_notice(
            db, actor=made.editor, now=LATER, edition_id=made.edition_id, call_id=call.id
        )
        found = queries.matter(db, made.edition_id, matter)
        assert (found.place, found.heading) == (Place.BACK, f"附录：{call.title}")
        assert blocks(found.body) == blocks(call.notice_html)
        with pytest.raises(Refused):
            service.take_notice(db, actor=made.editor, now=LATER, edition_id=made.edition_id, call_id="x")
        with pytest.raises(NotFound):
            queries.matter(db, "another", matter)


def test_only_editors_see_and_write(made: Desk) -> None:
    add(made, Place.FRONT, "前言")
    with made.database.write() as db:
        trainer = actor_of(make_user(db, Role.TRAINER))
    with made.database.write(trainer) as db:
        assert queries.matters(db, made.edition_id) == []
        with pytest.raises(Forbidden):
            service.add_matter(
                db,
                actor=trainer,
                now=LATER,
                edition_id=made.edition_id,
                place=Place.FRONT,
                heading="序",
            )


def test_the_pages_of_a_text(product: Any, visitor: Visitor) -> None:
    made = desk(product.database)
    visitor.sign_in(made.user).speak("zh")
    base = f"/editions/{made.edition_id}"
    page = visitor.post(f"{base}/matters", {"place": "front", "heading": "前言"})
    assert (page.status_code, "前言" in page.text) == (200, True)
    matter = page.url.path.removesuffix("/edit")
    assert (
        "已保存"
        in visitor.post(f"{matter}/edit", {"revision": "1", "heading": "写在前面", "body": "<p>话</p>"}).text
    )
    late = visitor.post(f"{matter}/edit", {"revision": "1", "heading": "迟到", "body": "<p>迟到的话</p>"})
    assert (late.status_code, "迟到的话" in late.text) == (409, True)
    refused = visitor.post(f"{base}/matters", {"place": "back", "heading": ""})
    assert (refused.status_code, "请填写标题" in refused.text) == (422, True)
    notice = visitor.post(f"{base}/matters/notice", {"call": made.judged.call.id})
    assert "附录：" in notice.text
    shown = visitor.get(f"{base}/edit").text
    assert "写在前面" in shown
    visitor.post(f"{matter}/move", {"step": "down"})
    visitor.post(f"{matter}/remove")
    assert "写在前面" not in visitor.get(f"{base}/edit").text
    assert visitor.get(f"{matter}/edit").status_code == 404
