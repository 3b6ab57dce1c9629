"""The live review: what the screen shows and what it never holds, the audience, the stream."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

import httpx2
import pytest
from sqlalchemy import select

from foundation.actor import ANONYMOUS, Actor, Role
from foundation.db import Database
from foundation.errors import Invalid, NotFound, Refused, TooMany
from foundation.people import Unit
from judging.errors import Outdated
from judging.live.shown import put_together
from judging.live.steps import back, forward, stages_of
from judging.models import LiveQuestion, LiveSession
from judging.queries import live as queries
from judging.queries.outcome import outcome
from judging.service import audience
from judging.service import live as service
from judging.values.live import LiveCase, LiveState, QuestionState, Stage, Step
from judging.views.live import PublicLive
from tests.judging.test_pages import at, home, visitor
from tests.judging.world import CLOSED, World, assigned, judged, score
from tests.support.factories import make_actor
from tests.support.serving import serving
from tests.support.web import Visitor
from webapp.wiring import Product

ALL = ("unit", "criteria", "score", "rank", "audience")
T = stages_of(("score",))


# --- pure -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("revealed", "cursor", "expected"),
    [
        ([0, -1], 0, Step(0, 1)),
        ([1, -1], 0, Step(1, 0)),
        ([1, 0], 1, Step(1, 1)),
        ([1, 1], 0, Step(1, 1)),  # back at the first case: what was shown of the second is shown again
        ([1, 1], 1, None),
        ([], 0, None),
    ],
)
def test_on(revealed: list[int], cursor: int, expected: Step | None) -> None:
    assert forward(T, revealed, cursor) == expected


@pytest.mark.parametrize(
    ("revealed", "cursor", "expected"),
    [
        ([0, -1], 0, None),
        ([1, -1], 0, Step(0, 0)),
        ([1, 0], 1, Step(0, 1)),
        ([1, 1], 1, Step(1, 0)),
        ([], 0, None),
    ],
)
def test_back(revealed: list[int], cursor: int, expected: Step | None) -> None:
    assert back(revealed, cursor) == expected


def test_stages_stand_in_their_own_order_and_the_title_first() -> None:
    assert stages_of(["rank", "unit", "nonsense"]) == (Stage.TITLE, Stage.UNIT, Stage.RANK)


def test_what_is_not_revealed_is_not_in_the_public_value() -> None:
    cases = [
        LiveCase("i1", "c1", "甲", "甲支部", 1, {"score": "91.23", "full": "100", "rank": 7, "of": 9}),
        LiveCase("i2", "c2", "乙", "乙支部", -1, {"score": "88.88"}),
    ]
    shown = put_together(
        title="终评",
        state=LiveState.RUNNING,
        stages=(Stage.TITLE, Stage.UNIT, Stage.SCORE, Stage.RANK),
        cursor=0,
        cases=cases,
        questions=[],
        questions_open=True,
    )
    assert shown["current"] == {"id": "i1", "number": 1, "title": "甲", "unit": "甲支部"}
    assert [hidden for hidden in ("91.23", "乙", "88.88", '"rank"') if hidden in json.dumps(shown)] == []


# --- the service ------------------------------------------------------------------------------------


def prepared(made: World, cases: Sequence[int] = (2, 1, 0), stages: Sequence[str] = ALL) -> str:
    with made.database.write(made.organiser) as db:
        return service.prepare_live(
            db,
            actor=made.organiser,
            now=CLOSED,
            round_id=made.round.id,
            title="现场终评",
            case_ids=[made.entries[n].case_id for n in cases],
            stages=stages,
            questions_open=True,
        )


def started(made: World, stages: Sequence[str] = ALL) -> str:
    session_id = prepared(made, stages=stages)
    with made.database.write(made.organiser) as db:
        service.start_live(db, actor=made.organiser, now=CLOSED, session_id=session_id)
    return session_id


def move(made: World, session_id: str, *, backwards: bool = False, version: int | None = None) -> None:
    with made.database.read(made.organiser) as db:
        desk = queries.live_desk(db, made.organiser, session_id)
        figures = outcome(db, made.organiser, made.current(db)).figures
    with made.database.write(made.organiser) as db:
        service.move_live(
            db,
            actor=made.organiser,
            now=CLOSED,
            session_id=session_id,
            backwards=backwards,
            version=desk.version if version is None else version,
            figures=figures,
        )


def token_of(made: World, session_id: str) -> str:
    with made.database.read() as db:
        return db.get_one(LiveSession, session_id).token


def public(made: World, session_id: str) -> PublicLive:
    with made.database.read(ANONYMOUS) as db:
        return queries.public_live(db, token_of(made, session_id))


def test_step_by_step_and_back(sqlite_database: Database) -> None:
    made = judged(sqlite_database)
    session_id = prepared(made)
    before = public(made, session_id)
    assert (before.state, before.shown["cases"], before.shown["count"]) == (LiveState.PREPARED, [], 3)
    with made.database.write(made.organiser) as db:
        service.start_live(db, actor=made.organiser, now=CLOSED, session_id=session_id)
    assert set(public(made, session_id).shown["current"]) == {"id", "number", "title"}
    for _step in range(4):
        move(made, session_id)
    current = public(made, session_id).shown["current"]
    assert (current["title"], current["unit"]) == ("案例之三", "第三农场党支部")
    assert [(each["average"], each["percent"]) for each in current["criteria"]] == [("72.00", 72)] * 4
    assert (current["score"], current["full"], current["rank"], current["of"]) == ("72.00", "100", 3, 3)
    assert "votes" not in current
    move(made, session_id, backwards=True)
    assert "rank" not in public(made, session_id).shown["current"]
    for _step in range(3):
        move(made, session_id)
    assert public(made, session_id).shown["current"]["title"] == "案例之二"
    assert [each["place"] for each in public(made, session_id).shown["standing"]] == [1]
    move(made, session_id, backwards=True)
    assert [each["title"] for each in public(made, session_id).shown["cases"]] == ["案例之三"]


def test_two_organisers_press_at_once(sqlite_database: Database) -> None:
    made = judged(sqlite_database)
    session_id = started(made)
    with made.database.read(made.organiser) as db:
        version = queries.live_desk(db, made.organiser, session_id).version
    move(made, session_id, version=version)
    with pytest.raises(Outdated):
        move(made, session_id, version=version)
    assert public(made, session_id).shown["current"]["unit"] == "第三农场党支部"
    assert "criteria" not in public(made, session_id).shown["current"]


def test_who_is_on_the_panel_or_nobody_does_not_run_it(sqlite_database: Database) -> None:
    made = judged(sqlite_database)
    session_id = prepared(made)
    for actor in (made.jurors[0], Actor("stranger-0000001")):
        with pytest.raises(NotFound), made.database.write(actor) as db:
            service.start_live(db, actor=actor, now=CLOSED, session_id=session_id)


def test_who_is_kept_out_of_a_case_reveals_none_of_its_marks(sqlite_database: Database) -> None:
    made = judged(sqlite_database)
    session_id = started(made, stages=("score",))
    with made.database.write() as db:
        unit = db.get_one(Unit, made.entries[2].unit_id)
        colleague = make_actor(db, Role.ORGANISER, unit=unit)
    of_the_unit = replace(made, organiser=colleague)
    with pytest.raises(Refused):
        move(of_the_unit, session_id)
    assert "score" not in public(made, session_id).shown["current"]
    move(made, session_id)
    move(of_the_unit, session_id)  # on to a case of another unit
    move(of_the_unit, session_id)
    assert public(made, session_id).shown["current"]["score"] == "82.00"


def test_a_session_needs_a_title_and_standing_cases(sqlite_database: Database) -> None:
    made = judged(sqlite_database)
    for title, case_ids in (("", [made.entries[0].case_id]), ("题", []), ("题", ["nobody"])):
        with pytest.raises(Invalid), made.database.write(made.organiser) as db:
            service.prepare_live(
                db,
                actor=made.organiser,
                now=CLOSED,
                round_id=made.round.id,
                title=title,
                case_ids=case_ids,
                stages=(),
                questions_open=False,
            )


def test_questions_wait_for_the_moderator_and_floods_are_stopped(sqlite_database: Database) -> None:
    made = judged(sqlite_database)
    session_id = started(made)
    token = token_of(made, session_id)

    def ask(words: str, *, visitor: str = "one", seconds: int = 0) -> None:
        with made.database.write() as db:
            audience.ask(
                db,
                now=CLOSED + timedelta(seconds=seconds),
                token=token,
                visitor=visitor,
                name="老张",
                words=words,
            )

    ask("  这个做法\n花了多少钱？ ")
    assert public(made, session_id).shown["questions"] == []
    with pytest.raises(TooMany):
        ask("再问", seconds=5)
    with pytest.raises(Invalid):
        ask("长" * 301, seconds=60)
    with made.database.read(made.organiser) as db:
        [question] = queries.live_desk(db, made.organiser, session_id).questions
    assert (question.words, question.about, question.state) == (
        "这个做法 花了多少钱？",
        "案例之三",
        QuestionState.WAITING,
    )
    with made.database.write(made.organiser) as db:
        service.moderate(
            db, actor=made.organiser, now=CLOSED, question_id=question.id, state=QuestionState.APPROVED
        )
    assert [each["words"] for each in public(made, session_id).shown["questions"]] == [
        "这个做法 花了多少钱？"
    ]
    for number in range(audience.MOST_A_MINUTE - 1):
        ask("问", visitor=f"v{number}", seconds=30)
    with pytest.raises(TooMany):
        ask("问", visitor="fresh cookie", seconds=31)
    with made.database.read() as db:
        assert "one" not in set(db.scalars(select(LiveQuestion.visitor)))


def test_the_audience_votes_until_its_result_is_shown(sqlite_database: Database) -> None:
    made = judged(sqlite_database)
    session_id = started(made, stages=("audience",))
    token = token_of(made, session_id)
    item = public(made, session_id).shown["current"]["id"]

    def vote(visitor: str, value: int, item_id: str = item) -> None:
        with made.database.write() as db:
            audience.vote(db, now=CLOSED, token=token, visitor=visitor, item_id=item_id, value=value)

    vote("a", 5)
    vote("a", 4)  # changed his mind
    vote("b", 5)
    with pytest.raises(Invalid):
        vote("c", 6)
    with pytest.raises(Refused):
        vote("c", 3, item_id="another")
    assert "vote" not in public(made, session_id).shown["current"]
    move(made, session_id)
    current = public(made, session_id).shown["current"]
    assert (current["votes"], current["vote"]) == (2, "4.5")
    with pytest.raises(Refused):
        vote("c", 1)


# --- pages and the stream ---------------------------------------------------------------------------


def test_desk_screen_telephone_and_replay(sqlite_product: Product) -> None:
    product = sqlite_product
    made = judged(product.database)
    at(product, CLOSED)
    organiser = visitor(product, made.organiser)
    base = home(made) + "/live"
    refused = organiser.post(base, {"title": "终评", "order": "last_first"})
    assert (refused.status_code, "请至少选择一个案例" in refused.text) == (422, True)
    cases = [each.case_id for each in made.entries]
    reply = organiser.post(
        base, {"title": "终评", "cases": cases, "stages": ["unit", "score", "audience"], "questions": "true"}
    )
    desk = str(reply.url.path)
    with product.database.read() as db:
        session_id, token = db.execute(select(LiveSession.id, LiveSession.token)).one()
    guest = Visitor(product)
    screen = f"/live/{token}"
    assert ("案例之三" in guest.get(screen).text, "即将开始" in guest.get(screen).text) == (False, True)
    reply = organiser.post(desk + "/start")
    assert "公布申报单位" in reply.text
    shown = guest.get(screen).text
    assert ("案例之三" in shown, "第三农场" in shown, "72.00" in shown) == (True, False, False)
    version = version_of(product, session_id)
    organiser.post(desk + "/move", {"way": "on", "version": version})
    stale = organiser.post(desk + "/move", {"way": "on", "version": version})
    assert (stale.status_code, "屏幕已由其他工作人员翻动" in stale.text) == (409, True)
    telephone = guest.get(screen + "/join").text
    assert ("第三农场" in telephone, "72.00" in telephone) == (True, False)
    asked = guest.post(screen + "/questions", {"words": "请问经费来源？", "name": ""})
    assert "主持人同意后会显示" in asked.text
    again = guest.post(screen + "/questions", {"words": "再问一个", "name": ""})
    assert (again.status_code, "再问一个" in again.text) == (429, True)
    item = session_item(product, session_id)
    guest.post(screen + "/votes", {"item": item, "value": "4"})
    assert 'aria-pressed="true"' in guest.get(screen + "/join").text
    assert organiser.get(desk + "/part?known=" + known(organiser.get(desk).text)).status_code == 204
    organiser.post(desk + "/end")
    replay = guest.get(screen + "/replay").text
    assert ("第三农场" in replay, "72.00" in replay, "请问经费来源" in replay) == (True, False, False)
    assert guest.get("/live/nothing").status_code == 404


def version_of(product: Product, session_id: str) -> int:
    with product.database.read() as db:
        return db.get_one(LiveSession, session_id).version


def session_item(product: Product, session_id: str) -> str:
    with product.database.read() as db:
        return str(db.get_one(LiveSession, session_id).shown["current"]["id"])


def known(page: str) -> str:
    return page.split("part?known=", 1)[1].split('"', 1)[0]


def test_the_stream_tells_each_change_and_nothing_hidden(sqlite_product: Product) -> None:
    product = sqlite_product
    made = judged(product.database)
    session_id = started(made, stages=("unit", "score"))
    token = token_of(made, session_id)
    with serving(product.app) as address, httpx2.Client(timeout=20) as client:
        url = f"{address}/live/{token}/stream"
        assert client.get(url + "?view=other").status_code == 404
        with client.stream("GET", url + "?view=screen") as first:
            assert first.headers["content-type"].startswith("text/event-stream")
            lines = first.iter_lines()
            opening, number = message(lines)
            assert ("案例之三" in opening, "第三农场" in opening, "72.00" in opening) == (True, False, False)
            move(made, session_id)
            second, later = message(lines)
            assert ("第三农场" in second, "72.00" in second, later > number) == (True, False, True)
        with client.stream("GET", url + "?view=phone", headers={"Last-Event-ID": str(later)}) as again:
            lines = again.iter_lines()
            move(made, session_id)
            third, last = message(lines)  # the first message is the change, not what was seen before
            assert ("72.00" in third, last > later) == (True, True)


def message(lines: Iterator[str]) -> tuple[str, int]:
    """The next event's data and number."""
    data, number = [], 0
    for line in lines:
        if line.startswith("data: "):
            data.append(line[6:])
        elif line.startswith("id: "):
            number = int(line[4:])
        elif not line and data:
            return "\n".join(data), number
    raise AssertionError("the stream ended")


def test_no_marks_on_the_screen_while_jurors_score(sqlite_database: Database) -> None:
    made = assigned(sqlite_database)
    score(made, {0: (91, 92, 93)})
    session_id = started(made, stages=("score",))
    with pytest.raises(Refused, match="评委还在评分"):
        move(made, session_id)
