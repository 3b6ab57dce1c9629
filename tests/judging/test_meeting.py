"""The jury's meeting: notes, motions, votes, what the decision takes of them, the minutes."""

import io
import re
import zipfile
from typing import Any

import pytest
from sqlalchemy import select

from foundation import people
from foundation.actor import Actor, Role
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound, Refused
from foundation.people import actor_of
from judging import queries, service
from judging.models import MeetingVote
from judging.values import Choice, Count
from judging.views import MotionView
from submissions.values import JudgingRules, Prize
from tests.judging.test_pages import at, errors, home, said, visitor
from tests.judging.world import CLOSED, World, assigned, close, mark, score
from tests.support.factories import make_user
from webapp.wiring import Product


def tied(database: Database, **changes: Any) -> World:
    """Three cases read by three jurors: the first two share the first rank and there is one first prize."""
    made = assigned(database, **{"prizes": (Prize("first", "一等奖", 1),), **changes})
    score(made, {0: (90, 88, 86), 1: (86, 88, 90), 2: (70, 70, 70)})
    close(made)
    return made


def held(made: World, **changes: Any) -> World:
    terms: dict[str, Any] = {
        "held_at": CLOSED,
        "place": "三楼会议室",
        "chair": "周主任",
        "recorder": "郑记录",
        "attending": [each.user_id for each in made.jurors[:2]],
        "named_votes": True,
    }
    with made.database.write(made.organiser) as db:
        service.hold_meeting(
            db, actor=made.organiser, now=CLOSED, round_id=made.round.id, **(terms | changes)
        )
    return made


def put(made: World, *numbers: int, prize: str = "first", words: str = "更可推广。") -> str:
    case_ids = [made.entries[number].case_id for number in numbers]
    with made.database.write(made.organiser) as db:
        return service.put_motion(
            db,
            actor=made.organiser,
            now=CLOSED,
            round_id=made.round.id,
            case_ids=case_ids,
            prize_key=prize,
            words=words,
        )


def cast(made: World, juror: Actor, motion_id: str, choice: Choice) -> None:
    with made.database.write(juror) as db:
        service.vote(db, actor=juror, now=CLOSED, motion_id=motion_id, choice=choice)


def close_motion(made: World, motion_id: str) -> None:
    with made.database.write(made.organiser) as db:
        service.close_motion(db, actor=made.organiser, now=CLOSED, motion_id=motion_id)


def motions(made: World) -> tuple[MotionView, ...]:
    with made.database.read(made.organiser) as db:
        return queries.meeting_motions(db, made.organiser, made.round.id)


def test_the_last_vote_of_each_juror_counts_and_every_vote_is_kept(database: Database) -> None:
    made = held(tied(database))
    motion = put(made, 0)
    one, two, three = made.jurors
    cast(made, one, motion, Choice.AGAINST)
    cast(made, two, motion, Choice.ABSTAIN)
    cast(made, one, motion, Choice.FOR)
    (open_one,) = motions(made)
    assert (open_one.cast, open_one.count, open_one.carried) == (2, None, False)  # nobody follows the others
    close_motion(made, motion)
    (closed,) = motions(made)
    assert closed.count == Count(1, 0, 1)
    assert closed.votes == ((one.name, Choice.FOR), (two.name, Choice.ABSTAIN))
    with pytest.raises(Refused, match="已经结束"):
        cast(made, three, motion, Choice.FOR)
    with database.read() as db:
        kept = db.execute(select(MeetingVote.ordinal, MeetingVote.choice).order_by(MeetingVote.ordinal)).all()
    assert sorted(tuple(each) for each in kept) == [(1, "abstain"), (1, "against"), (2, "for")]


def test_secret_votes_are_counted_and_read_by_nobody(sqlite_database: Database) -> None:
    made = held(tied(sqlite_database), named_votes=False)
    motion = put(made, 0, 1, prize="")
    for juror in made.jurors:
        cast(made, juror, motion, Choice.AGAINST)
    close_motion(made, motion)
    (closed,) = motions(made)
    assert (closed.count, closed.votes, closed.carried) == (Count(0, 3, 0), (), False)
    with sqlite_database.read(made.organiser) as db:
        assert db.scalars(select(MeetingVote)).all() == []
    with sqlite_database.read(made.jurors[0]) as db:
        assert len(db.scalars(select(MeetingVote)).all()) == 1


def test_only_the_panel_votes_and_nobody_on_a_case_of_his_own(sqlite_database: Database) -> None:
    made = assigned(sqlite_database, prizes=(Prize("first", "一等奖", 1),), reads=2)
    recused = made.jurors[2]
    with made.database.write(recused) as db:
        service.recuse(
            db,
            actor=recused,
            now=CLOSED,
            assignment_id=made.read_of(recused, made.entries[0].case_id),
            reason="与作者共事多年",
        )
    for number in range(3):
        for juror in made.jurors[: 2 if number == 0 else 3]:
            mark(made, juror, made.read_of(juror, made.entries[number].case_id), 80)
    for juror in made.jurors:
        with made.database.write(juror) as db:
            service.hand_in_all(db, actor=juror, now=CLOSED, round_id=made.round.id)
    close(made)
    held(made)
    motion = put(made, 0)
    with pytest.raises(Refused, match="您须回避的案例"):
        cast(made, recused, motion, Choice.FOR)
    with sqlite_database.read(recused) as db:
        seen = queries.jurors_meeting(db, recused, made.round.id)
    assert (seen.left_out, seen.motions, len(seen.lines)) == (1, (), 2)
    with pytest.raises(NotFound), sqlite_database.write(recused) as db:
        service.add_note(
            db,
            actor=recused,
            now=CLOSED,
            round_id=made.round.id,
            case_id=made.entries[0].case_id,
            words="很好",
        )
    with pytest.raises(Forbidden), sqlite_database.write(made.organiser) as db:
        service.vote(db, actor=made.organiser, now=CLOSED, motion_id=motion, choice=Choice.FOR)


def test_there_is_no_meeting_while_jurors_score(sqlite_database: Database) -> None:
    made = assigned(sqlite_database, cases=1)
    with pytest.raises(Refused, match="请先结束评审"):
        held(made)


def test_what_is_put_must_be_a_case_and_a_prize(sqlite_database: Database) -> None:
    made = held(tied(sqlite_database))
    with pytest.raises(Invalid) as refused:
        put(made, prize="third")
    assert [each.field for each in refused.value.errors] == ["case_ids", "prize_key"]
    with pytest.raises(Invalid):
        put(made, 0, words=" ")
    with pytest.raises(Invalid):
        held(made, attending=["nobody"])


def test_the_meeting_in_the_browser_without_script(sqlite_product: Product) -> None:
    """Opened by the organiser, voted on by jurors, taken up by the decision, told in the minutes."""
    made = tied(sqlite_product.database, judging=JudgingRules(tie_break=()))
    at(sqlite_product, CLOSED)
    who, base = visitor(sqlite_product, made.organiser), home(made)
    one, two = (visitor(sqlite_product, each) for each in made.jurors[:2])
    page = f"/judging/rounds/{made.round.id}/meeting"
    assert one.get(page).status_code == 404
    terms = {"chair": "周主任", "place": "三楼", "named_votes": "yes", "attending": made.jurors[0].user_id}
    assert said(who.post(f"{base}/meeting", terms)) == "会议信息已保存。"
    first = made.entries[0]
    assert errors(who.post(f"{base}/meeting/motions", {"prize_key": "first"})) == [
        'case_ids">请选择要表决的案例。'
    ]
    sent = {"case_ids": first.case_id, "prize_key": "first", "motion": "推广面更大。"}
    assert said(who.post(f"{base}/meeting/motions", sent)).startswith("已提交表决")
    seen = one.get(page)
    assert first.title in seen.text
    assert "农场党支部" not in seen.text  # blind: titles only
    assert not {entry.case_id for entry in made.entries} & set(re.findall(r"[a-z0-9]{16}", seen.text))
    label = made.label_of(first.case_id)
    note = one.post(f"{page}/notes", {"label": label, "words": "材料最扎实。"})
    assert said(note) == "记录已保存。"
    (motion,) = motions(made)
    assert errors(one.post(f"{page}/motions/{motion.id}", {"choice": "maybe"})) == [
        'choice">请选择赞成、反对或弃权。'
    ]
    for voter in (one, two):
        assert said(voter.post(f"{page}/motions/{motion.id}", {"choice": "for"})) == "您的表决已记录。"
    assert said(who.post(f"{base}/meeting/motions/{motion.id}/close", {})) == "表决已结束。"
    prizes = who.get(f"{base}/prizes")
    assert "评审会议表决通过，已按结果预选" in prizes.text
    put_so = f"第 1 号：{label}《{first.title}》，授予一等奖。推广面更大。"
    line = f"{put_so} 赞成 2 票，反对 0 票，弃权 0 票，通过。"
    assert line in prizes.text
    select_box = f'name="prize-{first.case_id}"><option value="">不授奖</option>'
    assert f'{select_box}<option value="first" selected>' in prizes.text
    checked = who.post(f"{base}/prizes/check", {f"prize-{first.case_id}": "first"})
    assert line in checked.text
    sent = {f"prize-{first.case_id}": "first", "reason": line, "digest": made.board().digest}
    decided = who.post(f"{base}/prizes", sent)
    assert said(decided) == "已评定 1 个奖项，等待公示。"
    words = text_of_word(who.get(f"{base}/minutes.docx").content)
    named = "赞成：" + "、".join(sorted(each.name for each in made.jurors[:2]))
    for told in ("到会评委", "评委甲", "周主任", "材料最扎实。（评委甲）", named, "签名", line):
        assert told in words
    assert one.get(page).status_code == 404
    assert visitor(sqlite_product, made.jurors[2]).get(f"{base}/minutes.docx").status_code == 403


def text_of_word(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return re.sub(r"<[^>]+>", "", package.read("word/document.xml").decode())


def test_who_is_shut_out_of_a_case_sees_and_ends_no_vote_on_it(sqlite_database: Database) -> None:
    made = held(tied(sqlite_database))
    on_own, on_other = put(made, 0), put(made, 1)
    with sqlite_database.write() as db:
        home = people.unit(db, made.entries[0].unit_id)
        insider = actor_of(make_user(db, Role.ORGANISER, unit=home))
    with sqlite_database.read(insider) as db:
        desk = queries.meeting_desk(db, insider, made.current(db))
    assert [each.id for each in desk.motions] == [on_other]
    with sqlite_database.write(insider) as db, pytest.raises(Refused, match="须回避"):
        service.close_motion(db, actor=insider, now=CLOSED, motion_id=on_own)
