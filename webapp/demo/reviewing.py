"""Reviews of the demonstration: one case of the short book is through them, one half-way, one came back."""

from datetime import datetime, timedelta
from typing import Any

from casebook import queries
from casebook.assemble import standing
from casebook.reviewing import queries as reviewing
from casebook.reviewing import service
from casebook.reviewing.values import PROOFS, Opinion, Report, Step, Verdict
from webapp.demo.world import World

DAY = -5


def review(world: World) -> None:
    """Give the steps of the book that was opened last to people, and do some of them."""
    wanted = world.content.reviews
    edition_id = queries.editions(world.db)[0].id
    people = {Step(step): world.actors[who].user_id for step, who in wanted["people"].items()}
    service.assign(
        world.db,
        actor=world.actors["editor"],
        now=world.calendar.moment(DAY, 9),
        edition_id=edition_id,
        people=people,
    )
    entries = [each for chapter in queries.chapters(world.db, edition_id) for each in standing(chapter)]
    for place, text in enumerate(wanted["texts"]):
        at = world.calendar.moment(DAY, 10 + place)
        _review_text(world, edition_id, entries[text["of"]].id, text, at)


def _review_text(world: World, edition_id: str, entry_id: str, text: dict[str, Any], at: datetime) -> None:
    opinions = {
        Step.FIRST: Opinion(verdict=Verdict.ACCEPT, report=Report(**text["first"])),
        Step.SECOND: Opinion(statement=text.get("second", ""), agrees=True),
        Step.FINAL: Opinion(statement=text.get("final", ""), verdict=Verdict.ACCEPT),
        PROOFS[0]: Opinion(),
    }
    done = (step for step in opinions if step.value in text)
    for turn, step in enumerate(done):
        service.sign(
            world.db,
            actor=world.actors[world.content.reviews["people"][step.value]],
            now=at + timedelta(hours=turn),
            edition_id=edition_id,
            subject_id=entry_id,
            step=step,
            digest=reviewing.subject(world.db, edition_id, entry_id).digest,
            opinion=opinions[step],
        )
    if "back" in text:
        service.return_text(
            world.db,
            actor=world.actors["editor2"],
            now=at + timedelta(hours=2),
            edition_id=edition_id,
            subject_id=entry_id,
            step=Step.SECOND,
            reasons=text["back"],
        )
