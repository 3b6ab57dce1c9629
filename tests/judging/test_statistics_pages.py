"""The calibrated standing, reliability and next reads at their pages and in the API."""

import csv
import io
import re

from sqlalchemy import select

from foundation import people
from foundation.actor import Actor, Role
from foundation.clock import FixedClock
from foundation.journal import JournalEntry
from judging import queries, service
from judging.models import Assignment, PanelMember
from judging.statistics.analysis import Analysis, Pools, Remembered, analyse
from judging.values import ScoredRead
from tests.judging.world import OPEN, SCORING, World, mark, world
from tests.support.factories import make_user
from tests.support.web import Visitor
from webapp.wiring import Product

MARKS = {0: (92, 90, 75), 1: (85, 84, 66), 2: (84, 86, 68), 3: (70, 72, 55), 4: (60, 63, 44), 5: (50, 52, 30)}
"""The third juror is harsh."""


def judged(product: Product) -> World:
    """Six cases read by three of four jurors; the fourth has read nothing."""
    made = world(product.database, cases=6, jurors=4)
    at(product, SCORING)
    with made.database.write(made.organiser) as db:
        for entry in made.entries:
            service.assign_by_hand(
                db,
                actor=made.organiser,
                now=OPEN,
                round_id=made.round.id,
                case_id=entry.case_id,
                juror_ids=[juror.user_id for juror in made.jurors[:3]],
            )
    for number, values in MARKS.items():
        for juror, value in zip(made.jurors, values, strict=False):
            mark(made, juror, made.read_of(juror, made.entries[number].case_id), value)
    for juror in made.jurors[:3]:
        with made.database.write(juror) as db:
            service.hand_in_all(db, actor=juror, now=SCORING, round_id=made.round.id)
    return made


def at(product: Product, moment: object) -> None:
    clock = product.clock
    assert isinstance(clock, FixedClock)
    clock.set(moment)  # type: ignore[arg-type]  # a datetime of the world


def visitor(product: Product, actor: Actor) -> Visitor:
    with product.database.write() as db:
        user = people.user(db, actor.user_id)
    return Visitor(product).sign_in(user)


def home(made: World) -> str:
    return f"/organise/calls/{made.call.id}/judging"


def plain(page: str) -> str:
    """The words of a page."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_before_anything_is_handed_in_the_pages_say_so(sqlite_product: Product) -> None:
    made = world(sqlite_product.database)
    who = visitor(sqlite_product, made.organiser)
    for page in ("/calibrated", "/reliability", "/next-reads"):
        assert "还没有已提交的评分" in who.get(home(made) + page).text
    assert who.get(home(made) + "/calibrated.csv").status_code == 200


def test_the_pages_show_both_standings_the_jurors_and_each_read(sqlite_product: Product) -> None:
    made = judged(sqlite_product)
    who = visitor(sqlite_product, made.organiser)
    standing = plain(who.get(home(made) + "/calibrated").text)
    assert "奖项按公布的规则评定，校准排名只供参考。" in standing
    assert all(entry.title in standing for entry in made.entries)
    sheet = plain(who.get(f"{home(made)}/calibrated/cases/{made.entries[0].case_id}").text)
    rows = re.findall(r"(评委.) (\d+\.\d\d) (严|宽) \d+\.\d\d 分 \d\.\d\d \d+\.\d\d \d+%", sheet)
    first, second, harsh, _idle = (juror.name for juror in made.jurors)
    assert sorted(rows) == sorted([(first, "92.00", "宽"), (second, "90.00", "宽"), (harsh, "75.00", "严")])
    reliability = who.get(home(made) + "/reliability").text
    assert reliability.count('role="img"') == 2
    assert "克里彭多夫 α 系数" in reliability
    assert re.search(harsh + r" 6 \+1\d\.\d\d", plain(reliability))
    assert who.get(f"{home(made)}/calibrated/cases/nothing").status_code == 404


def test_the_lists_are_files_too(sqlite_product: Product) -> None:
    made = judged(sqlite_product)
    who = visitor(sqlite_product, made.organiser)

    def lines(path: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(who.get(home(made) + path).content.decode("utf-8-sig"))))

    assert [row["公布名次"] for row in lines("/calibrated.csv")] == ["1", "2", "3", "4", "5", "6"]
    assert len(lines("/calibrated/reads.csv")) == 18
    assert [row["有效评分数"] for row in lines("/reliability.csv")] == ["6", "6", "6"]
    assert {row["评委"] for row in lines("/next-reads.csv?budget=3")} == {made.jurors[3].name}
    assert who.get(home(made) + "/reliability.xlsx").content[:2] == b"PK"
    assert who.get(home(made) + "/reliability.pdf").status_code == 404


def test_only_who_runs_the_judging_sees_them(sqlite_product: Product) -> None:
    made = judged(sqlite_product)
    with made.database.write() as db:
        trainer = make_user(db, Role.TRAINER)
    for who in (visitor(sqlite_product, made.jurors[0]), Visitor(sqlite_product).sign_in(trainer)):
        for page in ("/calibrated", "/reliability", "/next-reads", "/calibrated.csv", "/reliability.csv"):
            assert who.get(home(made) + page).status_code == 403
    for path in ("calibrated", "reliability", "next-reads"):
        address = f"/api/v1/calls/{made.call.id}/judging/{path}"
        assert visitor(sqlite_product, made.jurors[0]).get(address).status_code == 403


def test_a_read_is_assigned_where_it_helps(sqlite_product: Product) -> None:
    made = judged(sqlite_product)
    who = visitor(sqlite_product, made.organiser)
    page = who.get(home(made) + "/next-reads?budget=2").text
    pairs = re.findall(r'name="pairs" value="([^"]+)"', page)
    assert len(pairs) == 2
    assert {pair.partition(":")[2] for pair in pairs} == {made.jurors[3].user_id}
    nothing = who.post(home(made) + "/next-reads", {"budget": "2"})
    assert (nothing.status_code, "请至少选择一项，再分配。" in nothing.text) == (422, True)
    done = who.post(home(made) + "/next-reads", {"budget": "2", "pairs": pairs[:1]})
    assert "已分配 1 次评审。" in done.text
    with made.database.read() as db:
        mine = Assignment.juror_id == made.jurors[3].user_id
        assert db.scalars(select(Assignment.case_id).where(mine)).all() == [pairs[0].partition(":")[0]]
        last = db.scalar(select(JournalEntry.action).order_by(JournalEntry.seq.desc()).limit(1))
    assert last == "reads.assigned"
    again = who.get(home(made) + "/next-reads?budget=20").text
    assert pairs[0] not in re.findall(r'name="pairs" value="([^"]+)"', again)


def test_limits_hold_when_the_list_is_old(sqlite_product: Product) -> None:
    made = judged(sqlite_product)
    who = visitor(sqlite_product, made.organiser)
    pairs = re.findall(r'name="pairs" value="([^"]+)"', who.get(home(made) + "/next-reads?budget=2").text)
    with made.database.write() as db:
        seat = db.scalars(select(PanelMember).where(PanelMember.user_id == made.jurors[3].user_id)).one()
        seat.load_limit = 1
    refused = who.post(home(made) + "/next-reads", {"budget": "2", "pairs": pairs})
    assert refused.status_code == 409
    assert f"{made.jurors[3].name} 最多评审 1 份" in refused.text
    with made.database.read(made.organiser) as db:
        found = queries.next_reads(db, made.organiser, made.current(db), budget=9)
    assert (len(found.reads), found.loads[made.jurors[3].user_id]) == (1, 0)


def test_programs_get_the_same(sqlite_product: Product) -> None:
    made = judged(sqlite_product)
    who = visitor(sqlite_product, made.organiser)
    with made.database.write() as db:
        user = people.user(db, made.organiser.user_id)
    headers = who.token(user)
    base = f"/api/v1/calls/{made.call.id}/judging"
    standing = who.get(base + "/calibrated", headers=headers).json()
    rows = standing["items"] if isinstance(standing, dict) else standing
    assert [row["published_rank"] for row in rows] == [1, 2, 3, 4, 5, 6]
    assert rows[0]["rank"] == 1
    found = who.get(base + "/reliability", headers=headers).json()
    assert (found["reads"], len(found["jurors"])) == (18, 3)
    assert max(found["jurors"], key=lambda each: each["severity"])["name"] == made.jurors[2].name
    assert who.get(base + "/next-reads?budget=x", headers=headers).status_code == 422
    pairs = who.get(base + "/next-reads?budget=1", headers=headers).json()
    pairs = pairs["items"] if isinstance(pairs, dict) else pairs
    body = {"pairs": [[pairs[0]["case_id"], pairs[0]["juror_id"]]]}
    assert who.client.post(base + "/next-reads", json=body, headers=headers).json() == {"added": 1}


def test_an_analysis_is_made_once_for_the_same_reads() -> None:
    remembered = Remembered(most=2)
    made: list[str] = []

    def make(name: str) -> Analysis | None:
        made.append(name)
        return analyse([ScoredRead("c1", "j1", "g", 80.0)], Pools({}, {}))

    for name in ("a", "b", "a", "c", "a", "b"):
        remembered.get(name, lambda name=name: make(name))  # type: ignore[misc]  # bound at once
    assert made == ["a", "b", "c", "b"]
