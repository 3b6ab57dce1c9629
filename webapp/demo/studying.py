"""A study series in the demonstration: an evening that was held, the next ones, questions in the bank."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from foundation.actor import ANONYMOUS
from foundation.ids import new_id
from search.teaching.quizzes.service import bank
from search.teaching.quizzes.values import BankQuestion
from search.teaching.sessions.queries import people
from search.teaching.sessions.queries import series as queries
from search.teaching.sessions.rules import agenda
from search.teaching.sessions.service import joining, planning, preparing, running, taking_part
from search.teaching.sessions.service import series as service
from search.teaching.sessions.values import ParticipantView, Question, QuestionKind, Rhythm, SeriesProposal
from webapp.demo.world import World

CASE = "01-shui-zhang"
UNITS = ("shuangpo-village", "yinxing-community")
DAYS_AGO = 7
QUESTIONS = (
    Question(
        QuestionKind.SINGLE,
        "支部决定从记账做起，第一步是什么？",
        ("先修渠，再装水表", "把泵和支渠全测一遍，弄清水去了哪里", "先开群众大会定水费"),
        ("1",),
        "见“先把账算清”：先量，再修，再记。",
    ),
    Question(
        QuestionKind.TRUE_FALSE,
        "缺水的日子，渠头的田先浇。",
        (),
        ("1",),
        "单月从头、双月从尾；缺水的日子先保秧田，由用水户代表会定。",
    ),
    Question(
        QuestionKind.SHORT,
        "我们支部哪一本账可以这样“上墙”？写一件，说明谁来记。",
        (),
        (),
        "没有标准答案，下次学习请两位同志说说自己的一条。",
    ),
)
PEOPLE = (
    ("陶守田", 0, ("1", "1", "村集体的误工补助，由会计记。"), "墙上的数敢信，靠的是写错了也不捂着。"),
    ("姜月梅", 0, ("1", "0", "农机合作社的用油，机手自己记。"), "旬末抄账，十五分钟就够。"),
    ("褚玉芬", 1, ("1", "1", "楼道公共收益，楼组长记。"), "我们楼里的公共收益也可以贴出来。"),
    ("柳含章", 1, (), ""),
)


def study(world: World, ids: Mapping[str, str]) -> None:
    """“周四夜学” of two branches: last week's evening with its results, the next ones by the roster."""
    db, trainer = world.db, world.actors["trainer"]
    held = world.calendar.moment(-DAYS_AGO, 19, 30)
    made = held - timedelta(days=5)
    rhythm = Rhythm(
        weekdays=(3,),
        at=held.astimezone(world.calendar.zone).time(),
        zone=world.calendar.zone.key,
        first=world.calendar.today,
        working_days=True,
    )
    about = "一周一个案例，四十五分钟：轮流主讲，手机接龙，最后三道必答题。"
    proposal = SeriesProposal(title="周四夜学", about=about, rhythm=rhythm)
    series_id = service.create_series(db, actor=trainer, now=made, proposal=proposal)
    for key in UNITS:
        service.add_unit(db, actor=trainer, now=made, series_id=series_id, named=world.units[key].name)
    for name in ("陶守田", "褚玉芬", "姜月梅"):
        planning.add_presenter(db, actor=trainer, now=made, series_id=series_id, name=name)
    session_id = planning.add_session(db, actor=trainer, now=made, series_id=series_id, starts_at=held)
    preparing.set_cases(db, actor=trainer, session_id=session_id, case_ids=[ids[CASE]])
    preparing.add_sections(db, actor=trainer, session_id=session_id)
    preparing.add_questions(db, actor=trainer, session_id=session_id, questions=QUESTIONS, must=True)
    for place, question in enumerate(QUESTIONS[:2]):
        entry = BankQuestion(question, topic="公开账目", case_id=ids[CASE], place="先把账算清")
        bank.add_question(db, actor=trainer, now=made + timedelta(minutes=place), entry=entry)
    _hold(world, series_id, session_id)


def _hold(world: World, series_id: str, session_id: str) -> None:
    """The evening itself: three were there, one joined and did not come."""
    db, held = world.db, world.calendar.moment(-DAYS_AGO, 19, 30)
    session = queries.session(db, session_id)
    token = queries.series(db, series_id).token
    running.open_session(db, actor=ANONYMOUS, now=held - timedelta(minutes=10), key=session.desk_key)
    joined = [_join(world, series_id, token, name, unit) for name, unit, _given, _said in PEOPLE]
    steps = queries.steps(db, session_id)
    last = len(agenda.groups(steps)) - 1
    running.move(db, actor=ANONYMOUS, now=held, key=session.desk_key, to=last, version=-1)
    asked = agenda.questions(steps)
    for place, (who, (_name, _unit, given, said)) in enumerate(zip(joined, PEOPLE, strict=True)):
        at = held + timedelta(minutes=20 + place)
        if not given:
            continue
        taking_part.say(db, now=at, session_id=session_id, who=who, words=said)
        answers = {step.id: (value,) for step, value in zip(asked, given, strict=True)}
        taking_part.answer(db, now=at, session_id=session_id, who=who, given=answers)
    running.close_session(db, actor=ANONYMOUS, now=held + timedelta(minutes=45), key=session.desk_key)


def _join(world: World, series_id: str, token: str, name: str, unit: int) -> ParticipantView:
    held = world.calendar.moment(-DAYS_AGO, 19, 20)
    device = new_id()
    joining.join(
        world.db,
        actor=ANONYMOUS,
        now=held,
        token=token,
        device=device,
        unit_id=world.units[UNITS[unit]].id,
        name=name,
    )
    found = people.who(world.db, series_id, actor=ANONYMOUS, device=device)
    if found is None:
        raise LookupError(name)
    return found
