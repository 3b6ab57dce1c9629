"""The books of the demonstration: one edited and sent to be built, a shorter one that waits for an editor."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from casebook import queries, service
from casebook.book import Profile
from casebook.making.service import request_build
from casebook.matters.service import add_matter
from casebook.matters.values import Place
from casebook.values import Arrangement, EditionDetails
from webapp.demo.markdown import to_html
from webapp.demo.world import World

FULL_DAY, SHORT_DAY = -345, -6


def full_edition(world: World, call_id: str, year: int, ids: Mapping[str, str]) -> None:
    """Open the edition, say what it is, edit some manuscripts and ask for the file; the worker makes it."""
    wanted = world.content.editions["full"]
    now = world.calendar.moment(FULL_DAY, 9)
    editor = world.actors["editor"]
    edition_id = _open(world, call_id, wanted, year, day=FULL_DAY, arrangement=Arrangement.PRIZE)
    entries = {
        entry.case_id: entry.id
        for chapter in queries.chapters(world.db, edition_id)
        for entry in chapter.entries
    }
    for place, each in enumerate(wanted["rounds"], start=1):
        entry_id = entries[ids[each["case"]]]
        current = queries.manuscript(world.db, entry_id)
        body = current.text.body
        for old, new in each["replace"]:
            body = body.replace(old, new)
        service.write_manuscript(
            world.db,
            actor=editor,
            now=now + timedelta(days=place, hours=3),
            edition_id=edition_id,
            entry_id=entry_id,
            base=current.ordinal,
            text=replace(current.text, body=body),
            note=each["note"],
        )
    request_build(world.db, actor=editor, now=now + timedelta(days=9), edition_id=edition_id)


def short_edition(world: World, call_id: str, year: int) -> None:
    """A book of the higher prizes only, by category; nobody has asked for its file yet."""
    wanted = world.content.editions["short"]
    edition_id = _open(world, call_id, wanted, year, day=SHORT_DAY, arrangement=Arrangement.CATEGORY)
    now = world.calendar.moment(SHORT_DAY, 14)
    editor = world.actors["editor"]
    for chapter in queries.chapters(world.db, edition_id):
        for entry in chapter.entries:
            if entry.prize_rank not in wanted["ranks"]:
                service.remove_entry(
                    world.db, actor=editor, now=now, edition_id=edition_id, entry_id=entry.id
                )
    for chapter in queries.chapters(world.db, edition_id):
        if not chapter.entries:
            service.remove_chapter(
                world.db, actor=editor, now=now, edition_id=edition_id, chapter_id=chapter.id
            )


def _open(
    world: World, call_id: str, wanted: Mapping[str, Any], year: int, *, day: int, arrangement: Arrangement
) -> str:
    editor = world.actors["editor"]
    now = world.calendar.moment(day, 9)
    edition_id = service.open_edition(
        world.db, actor=editor, now=now, call_id=call_id, title=wanted["title"], arrangement=arrangement
    )
    details = EditionDetails(
        title=wanted["title"],
        subtitle=wanted["subtitle"].format(year=year),
        publisher=wanted["publisher"],
        compiler=wanted["compiler"],
        year=now.year,
        remark=wanted["remark"],
        profile=Profile.INTERNAL,
        **wanted.get("details", {}),
    )
    service.change_details(
        world.db,
        actor=editor,
        now=now + timedelta(minutes=50),
        edition_id=edition_id,
        revision=queries.edition(world.db, edition_id).details_revision,
        details=details,
    )
    if "rounds" in wanted:
        add_matter(
            world.db,
            actor=editor,
            now=now + timedelta(minutes=55),
            edition_id=edition_id,
            place=Place.FRONT,
            heading="前言",
            body=to_html(world.content.foreword),
        )
    return edition_id
