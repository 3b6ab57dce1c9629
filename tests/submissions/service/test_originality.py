"""The check for originality by itself: after handing in, before judging, and what people do with it."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from foundation.clock import FixedClock
from foundation.db import Database
from foundation.files import LocalFiles
from foundation.journal import Delivery
from submissions.queries import originality as found
from submissions.subscriptions import subscriptions
from tests.submissions.factories import DURING, World, hand_in, world

OWN = (
    "<p>去年腊月，码头东头的老冷库停了电，七户渔民的鱼货眼看要坏。支部连夜借来两台柴油发电机，"
    "由退休电工老方守了三个通宵，保住鱼货四吨半。</p>"
)
OTHER = "<p>我们村的晒谷场只有半亩，秋天十六户人家抢着晒。党员带头把自家院子腾出来，按抓阄的次序轮着用。</p>"
LIFTED = (
    "天亮以后大家在库房门口算了一笔账：一台发电机一夜烧油六十升，电费却只要八十块，于是凑钱拉了一条专线，"
    "由三位党员轮流抄表，账目每月初五贴在门口。"
)


@pytest.fixture
def here(sqlite_database: Database) -> World:
    return world(sqlite_database, words_lowest=0)


@pytest.fixture
def deliver(sqlite_database: Database, tmp_path: Path) -> Callable[[], int]:
    """What the worker does."""
    clock = FixedClock(DURING)
    delivery = Delivery(
        sqlite_database, subscriptions(sqlite_database, LocalFiles(tmp_path / "files"), clock)
    )
    return lambda: delivery.run(DURING + timedelta(hours=1))


def test_a_lifted_passage_is_found_in_both_cases(
    sqlite_database: Database, here: World, deliver: Callable[[], int]
) -> None:
    first = hand_in(sqlite_database, here.branch, here.call, body_html=f"{OWN}<p>{LIFTED}</p>")
    deliver()
    with sqlite_database.read() as db:
        report = found.originality(db, first.version_id)
        assert report is not None
        assert report.matched == 0
    second = hand_in(sqlite_database, here.stranger, here.call, body_html=f"{OTHER}<p>{LIFTED}</p>")
    deliver()
    with sqlite_database.read(here.organiser) as db:
        (source,) = found.sources(db, second.version_id)
        assert (source.source_id, source.same_call, source.awarded) == (first.case_id, True, False)
        (passage,) = source.passages
        (back,) = found.sources(db, first.version_id)
        assert (back.source_id, back.passages[0].start) == (second.case_id, passage.other_start)
        rows = found.originality_rows(db, here.call.id)
        assert [(row.sources, row.report is not None) for row in rows] == [(1, True), (1, True)]
        report = found.originality(db, second.version_id)
        assert report is not None
        assert report.matched == report.largest == source.matched
        assert 50 < report.share < 75
