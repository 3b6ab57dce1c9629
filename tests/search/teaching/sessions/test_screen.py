"""The projector: shows what all see, no name, no right answer before the end; its link does not lead."""

from typing import Any

from search.teaching.sessions.pages import screen
from search.teaching.sessions.service import preparing, running, taking_part
from tests.search.teaching.sessions.world import made
from tests.support.factories import NOW
from tests.support.web import Visitor


def test_the_screen_shows_what_all_see_and_nothing_that_is_private(product: Any) -> None:
    world = made(product.database)
    with product.database.write() as db:
        desk = world.open(db)
        zhang = world.join(db, "张三丰", world.first)
        taking_part.check_in(db, now=NOW, session_id=world.session_id, who=zhang)
        link = screen.link(world.session(db))
    hall = Visitor(product).speak("zh")
    lobby = hall.get(link).text
    assert world.token in lobby
    assert "第一党支部" in lobby
    with product.database.write() as db:
        world.go(db, 4)
        taking_part.say(db, now=NOW, session_id=world.session_id, who=zhang, words="先不要上墙")
    running_page = hall.get(link).text
    assert "水账贴在哪里？" in running_page
    assert "泵房墙上" in running_page
    for private in ("张三丰", desk, "先不要上墙", "原文“做法”第一句", "正确答案"):
        assert private not in lobby + running_page
    with product.database.write() as db:
        running.close_session(db, actor=world.trainer, now=NOW, key=desk)
    over = hall.get(link).text
    assert "正确答案" in over
    assert "原文“做法”第一句" in over
    assert "张三丰" not in over
    assert hall.get(f"/study/screen/{desk}/{world.session_id}").status_code == 404
    assert hall.get(f"/study/screen/{desk}/nothing").status_code == 404
    assert hall.get(f"{link}x/stream").status_code == 404


def test_a_new_link_of_the_desk_voids_the_screens(product: Any) -> None:
    world = made(product.database)
    with product.database.write(world.trainer) as db:
        link = screen.link(world.session(db))
        preparing.renew_desk(db, actor=world.trainer, session_id=world.session_id, key="another-key")
        renewed = screen.link(world.session(db))
    hall = Visitor(product)
    assert [hall.get(each).status_code for each in (link, renewed)] == [404, 200]
