"""What the demonstration's editor and units say to each other about the texts of the short book."""

from collections.abc import Sequence
from datetime import timedelta

from casebook import queries
from casebook.assemble import standing
from casebook.editing import queries as letters
from casebook.editing import service
from casebook.editing.values import Answer, Asked
from casebook.values import EntryView
from foundation.actor import Actor
from webapp.demo.world import World

DAY = -4
COMMENT = "小标题的写法和别的篇目不一致，定稿前统一一下。"
FIRST_QUESTION = "摘要里的这句话能不能再具体一些，例如写明时间和人数？"
SECOND_QUESTION = "文中提到的做法现在还在坚持吗？付印前请确认。"
ANSWER = "可以。具体时间和人数已在正文第一部分写明，摘要可以照那里补充。"
PROMISE = "一直在坚持，今年又增加了两个班组。"
WORDS = 14


def correspond(world: World) -> None:
    """A comment; questions to one unit, answered; questions that wait for the demonstration's branch."""
    edition_id = queries.editions(world.db)[0].id
    entries = [each for chapter in queries.chapters(world.db, edition_id) for each in standing(chapter)]
    _comment(world, entries[0])
    branch = world.actors["branch"]
    own = [each for each in entries if _unit_of(world, each) == branch.unit_id]
    for entry in own[:1]:
        _ask(world, entry)
    answering = {actor.unit_id: actor for actor in world.actors.values() if actor.unit_id != branch.unit_id}
    for entry in [each for each in entries if _unit_of(world, each) in answering][:1]:
        _answer(world, entry, answering[_unit_of(world, entry)], _ask(world, entry))


def _unit_of(world: World, entry: EntryView) -> str:
    return queries.awarded_version(world.db, entry.version_id).unit_id


def _comment(world: World, entry: EntryView) -> None:
    service.open_thread(
        world.db,
        actor=world.actors["editor"],
        now=world.calendar.moment(DAY, 9),
        edition_id=entry.edition_id,
        entry_id=entry.id,
        quote="",
        words=COMMENT,
    )


def _ask(world: World, entry: EntryView) -> str:
    text = queries.manuscript(world.db, entry.id).text
    return service.ask_unit(
        world.db,
        actor=world.actors["editor"],
        now=world.calendar.moment(DAY, 10),
        edition_id=entry.edition_id,
        entry_id=entry.id,
        questions=[Asked(text.summary[:WORDS], FIRST_QUESTION), Asked("", SECOND_QUESTION)],
        due_on=world.calendar.today + timedelta(days=6),
        today=world.calendar.today + timedelta(days=DAY),
        address=f"/cases/{entry.case_id}/editing",
    )


def _answer(world: World, entry: EntryView, actor: Actor, letter_id: str) -> None:
    said: Sequence[Answer] = (Answer(ANSWER), Answer(PROMISE))
    questions = letters.letter(world.db, letter_id).questions
    service.answer_questions(
        world.db,
        actor=actor,
        now=world.calendar.moment(DAY + 2, 15),
        case_id=entry.case_id,
        letter_id=letter_id,
        answers={each.id: answer for each, answer in zip(questions, said, strict=True)},
        address=f"/editions/{entry.edition_id}/entries/{entry.id}/queries",
    )
