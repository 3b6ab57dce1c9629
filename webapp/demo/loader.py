"""The demonstration year: one closed and awarded call, one in judging, one open.

Everything goes through the services that people's clicks go through, at the moments at which it would have
happened, in one transaction: either the whole year is there or nothing.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from foundation.db import Database
from foundation.files import FileStore, StoredFile
from foundation.sheets.values import Table
from foundation.sheets.writing import write
from submissions import queries as submissions
from submissions.values import CallView
from webapp.accounts import service as accounts
from webapp.demo import (
    checking,
    collecting,
    editing,
    publishing,
    readers,
    reporting,
    reviewing,
    scoring,
    setting,
    shelving,
    studying,
    teaching,
)
from webapp.demo.pictures import draw
from webapp.demo.reading import Content, DemoCall, DemoPerson, DemoTable
from webapp.demo.references import add_reference
from webapp.demo.scoring import ALL, Desk, Diligence
from webapp.demo.world import Calendar, World

OPEN_DRAFTS = ("01-shang-hui", "02-dang-an", "03-shai-chang", "04-chong-dian")
MINUTES = (
    "评审会议于当日上午召开，五位评委到会。会议核对了排名，"
    "一等奖、二等奖、优秀案例均按公布的规则和名额评定，没有并列需要裁定。"
)
QUESTION = "文中的件数与表格合计我没有完全对上，请组织单位核实一下是不是统计口径不同。"


def load_demo(
    database: Database, files: FileStore, *, now: datetime, signing_key: bytes
) -> tuple[DemoPerson, ...]:
    """Fill an empty database with the demonstration year, as seen from `now`; returns the accounts.

    Does nothing and returns nothing when there is an account already. `signing_key` signs the receipts.
    """
    with database.read() as db:
        if accounts.any_user(db):
            return ()
    content = Content()
    pictures, sheets = store_pictures(content, files), store_sheets(content, files)
    with database.write() as db:
        if accounts.any_user(db):  # somebody was quicker
            return ()
        calendar = Calendar.at(now, content.timezone)
        world = World(db, content, calendar, pictures, sheets, signing_key)
        setting.settle(world)
        awarded = _last_year(world)
        _in_judging(world)
        publishing.short_edition(world, awarded.id, awarded.year)
        reviewing.review(world)
        editing.correspond(world)
        _open(world, now)
    return content.people


def store_pictures(content: Content, files: FileStore) -> dict[str, StoredFile]:
    """Draw every picture of the cases once and store it, by its name."""
    cases = [case for call in content.calls.values() for case in call.cases]
    names = sorted({name for case in cases for name, _caption in case.photos})
    with ThreadPoolExecutor(max_workers=2) as pool:
        drawn = pool.map(lambda name: draw(name.removesuffix(".jpg")), names)
        return {name: files.put([picture]) for name, picture in zip(names, drawn, strict=True)}


def store_sheets(content: Content, files: FileStore) -> dict[str, StoredFile]:
    """Write and store the spreadsheets that go with cases, by name."""
    cases = [case for call in content.calls.values() for case in call.cases]
    return {each.name: files.put([_workbook(each)]) for case in cases for each in case.tables}


def _workbook(table: DemoTable) -> bytes:
    target = BytesIO()
    write(Table(Path(table.name).stem, table.heads, table.rows), "xlsx", target)
    return target.getvalue()


def _last_year(world: World) -> CallView:
    """Collected, judged by all, awarded, made into a book."""
    call = world.content.calls["last-year"]
    _opens_at, closes_at = world.window(call)
    ids = collecting.collect(world, call, until=closes_at)
    checking.close(world, call, _published(world, call), ids)
    start = call.closes_day + 3
    desk = _round(world, call.key, ids, day=start, closes_day=start + 21)
    scoring.assign_in_turn(world, call, desk.round_id, ids, day=start + 1)
    for place, juror in enumerate(scoring.JURORS):
        desk.work(juror, ALL, world.calendar.moment(start + 2 + place, 9))
    praise = {ids[key]: words for key, words in call.praise.items()}
    scoring.decide(world, desk.round_id, day=start + 23, minutes=MINUTES, praise=praise)
    view = _published(world, call)
    publishing.full_edition(world, view.id, view.year, ids)
    shelving.curate(world, ids)
    studying.study(world, ids)
    teaching.teach(world, ids)
    readers.read(world, ids)
    reporting.report(world, view.id, ids)
    return view


def _in_judging(world: World) -> None:
    """Collected and checked; one juror has finished, some are half-way, one has not even answered."""
    call = world.content.calls["judging"]
    _opens_at, closes_at = world.window(call)
    ids = collecting.collect(world, call, until=closes_at)
    checking.close(world, call, _published(world, call), ids)
    desk = _round(world, call.key, ids, day=-20, closes_day=10, invited=(scoring.LATE_JUROR,))
    scoring.assign_evenly(world, desk.round_id, day=-19)
    progress = {
        "juror2": ALL,
        "juror3": Diligence(cards=3, marked=2),
        "juror": Diligence(cards=1, marked=4),
        "juror5": Diligence(cards=2),
    }
    for place, (juror, diligence) in enumerate(progress.items()):
        desk.work(juror, diligence, world.calendar.moment(-15 + 2 * place, 20))
    desk.flag("juror3", QUESTION, world.calendar.moment(-9, 21))


def _open(world: World, now: datetime) -> None:
    """Two cases wait for the superior's word, the others are working copies."""
    call = world.content.calls["open"]
    ids = collecting.collect(world, call, drafts=OPEN_DRAFTS, until=now - timedelta(days=1))
    units = {case.key: case.unit for case in call.cases}
    for key, words in call.masks.items():
        checking.confirm(world, world.actors[units[key]], ids[key], words, now - timedelta(hours=3))
    add_reference(world)


def _round(
    world: World,
    call_key: str,
    ids: dict[str, str],
    *,
    day: int,
    closes_day: int,
    invited: Iterable[str] = (),
) -> Desk:
    call = world.content.calls[call_key]
    view = _published(world, call)
    opened = scoring.open_round(world, view.id, day=day, closes_day=closes_day, invited=invited)
    return Desk(world, call, opened.id, {case_id: key for key, case_id in ids.items()})


def _published(world: World, call: DemoCall) -> CallView:
    opens_at, _closes_at = world.window(call)
    return submissions.call_by_slug(world.db, call.slug.format(year=opens_at.year))
