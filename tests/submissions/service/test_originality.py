"""The check for originality by itself: after handing in, before judging, and what people do with it."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from PIL import Image

from foundation.actor import Actor
from foundation.clock import FixedClock
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound
from foundation.files import LocalFiles
from foundation.journal import Delivery, Event, record
from submissions import queries
from submissions import service as cases
from submissions.originality import prints
from submissions.originality.reading import plain_lines, read
from submissions.queries import originality as found
from submissions.queries.formal_check import check_subject
from submissions.service import NewFile
from submissions.service import originality as service
from submissions.service.originality import NewPrint
from submissions.subscriptions.originality import subscriptions
from submissions.values import CheckState
from submissions.values.originality import Verdict
from tests.submissions.factories import DURING, World, hand_in, submit, text, world, write

OWN = (
    "<p>去年腊月，码头东头的老冷库停了电，七户渔民的鱼货眼看要坏。支部连夜借来两台柴油发电机，"
    "由退休电工老方守了三个通宵，保住鱼货四吨半。</p>"
)
OTHER = "<p>我们村的晒谷场只有半亩，秋天十六户人家抢着晒。党员带头把自家院子腾出来，按抓阄的次序轮着用。</p>"
LIFTED = (
    "天亮以后大家在库房门口算了一笔账：一台发电机一夜烧油六十升，电费却只要八十块，于是凑钱拉了一条专线，"
    "由三位党员轮流抄表，账目每月初五贴在门口。"
)

Deliver = Callable[[], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgingOpened(Event):
    """As the judging package records it."""

    action: ClassVar[str] = "judging.opened"
    round_id: str
    call_id: str


@pytest.fixture
def here(sqlite_database: Database) -> World:
    return world(sqlite_database, words_lowest=0, parts=())


@pytest.fixture
def files(tmp_path: Path) -> LocalFiles:
    return LocalFiles(tmp_path / "files")


@pytest.fixture
def deliver(sqlite_database: Database, files: LocalFiles) -> Deliver:
    """What the worker does."""
    delivery = Delivery(sqlite_database, subscriptions(sqlite_database, files, FixedClock(DURING)))
    return lambda: delivery.run(DURING + timedelta(hours=1))


def share(database: Database, version_id: str) -> float:
    with database.read() as db:
        report = found.originality(db, version_id)
        assert report is not None
        return report.share


def test_a_lifted_passage_is_found_in_both_cases(
    sqlite_database: Database, here: World, deliver: Deliver
) -> None:
    first = hand_in(sqlite_database, here.branch, here.call, body_html=f"{OWN}<p>{LIFTED}</p>")
    deliver()
    assert share(sqlite_database, first.version_id) == 0
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
        finding = found.originality_findings(db, check_subject(db, queries.case(db, second.case_id)))
        assert [each.state for each in finding] == [CheckState.PROBLEM]


def test_ones_own_earlier_version_is_no_source_and_the_new_one_replaces_it(
    sqlite_database: Database, here: World, deliver: Deliver
) -> None:
    first = hand_in(sqlite_database, here.branch, here.call, body_html=f"{OWN}<p>{LIFTED}</p>")
    deliver()
    with sqlite_database.write(here.branch) as db:
        cases.save_draft(
            db,
            actor=here.branch,
            now=DURING,
            case_id=first.case_id,
            revision=2,
            text=text(body_html=OWN + OTHER),
        )
    again = submit(sqlite_database, here.branch, first.case_id, key="k2")
    deliver()
    assert share(sqlite_database, again.version_id) == 0
    other = hand_in(sqlite_database, here.stranger, here.call, body_html=f"<p>{LIFTED}</p>")
    deliver()
    assert share(sqlite_database, other.version_id) == 0, "the passage is in a superseded version only"


def test_a_case_that_is_withdrawn_leaves_the_reports_of_others(
    sqlite_database: Database, here: World, deliver: Deliver
) -> None:
    first = hand_in(sqlite_database, here.branch, here.call, body_html=f"{OWN}<p>{LIFTED}</p>")
    second = hand_in(sqlite_database, here.stranger, here.call, body_html=f"{OTHER}<p>{LIFTED}</p>")
    deliver()
    assert share(sqlite_database, second.version_id) > 50
    with sqlite_database.write(here.branch) as db:
        cases.withdraw_case(db, actor=here.branch, now=DURING, case_id=first.case_id, reason="重写")
    deliver()
    assert share(sqlite_database, second.version_id) == 0
    with sqlite_database.read(here.organiser) as db:
        assert found.sources(db, second.version_id) == []


def test_a_withdrawn_case_is_no_source(sqlite_database: Database, here: World, deliver: Deliver) -> None:
    first = hand_in(sqlite_database, here.branch, here.call, body_html=f"{OWN}<p>{LIFTED}</p>")
    deliver()
    with sqlite_database.write(here.branch) as db:
        cases.withdraw_case(db, actor=here.branch, now=DURING, case_id=first.case_id, reason="重写")
    other = hand_in(sqlite_database, here.branch, here.call, body_html=f"{OWN}<p>{LIFTED}</p>")
    deliver()
    assert share(sqlite_database, other.version_id) == 0


def test_set_phrases_count_no_more_after_the_next_check(
    sqlite_database: Database, here: World, deliver: Deliver
) -> None:
    slogan = "我们的口号是家家户户动手修渠年年月月记账见底"
    hand_in(sqlite_database, here.branch, here.call, body_html=f"{OWN}<p>{slogan}</p>")
    second = hand_in(sqlite_database, here.stranger, here.call, body_html=f"{OTHER}<p>{slogan}</p>")
    deliver()
    assert share(sqlite_database, second.version_id) > 0
    with sqlite_database.write(here.organiser) as db:
        added = service.add_phrases(
            db, actor=here.organiser, now=DURING, call_id=here.call.id, phrases=[slogan, "", slogan]
        )
        assert added == 1
        service.request_originality(db, actor=here.organiser, now=DURING, call_id=here.call.id)
    with sqlite_database.read(here.organiser) as db:
        assert (round_ := found.last_round(db, here.call.id)) is not None
        assert round_.finished_at is None
    deliver()
    assert share(sqlite_database, second.version_id) == 0
    with sqlite_database.read(here.organiser) as db:
        assert (round_ := found.last_round(db, here.call.id)) is not None
        assert round_.finished_at == DURING
        (phrase,) = found.set_phrases(db, here.call.id)
    with sqlite_database.write(here.organiser) as db:
        service.remove_phrase(db, actor=here.organiser, now=DURING, phrase_id=phrase.id)
        record(db, actor=here.organiser, now=DURING, event=JudgingOpened(round_id="r", call_id=here.call.id))
    deliver()
    assert share(sqlite_database, second.version_id) > 0, "the opening of judging checks all again"


@pytest.mark.parametrize(
    "phrases", [[], ["  "], ["短"], ["长" * 61], [f"第{n}句固定用语" for n in range(201)]]
)
def test_what_is_no_set_phrase(sqlite_database: Database, here: World, phrases: list[str]) -> None:
    with sqlite_database.write(here.organiser) as db, pytest.raises(Invalid):
        service.add_phrases(db, actor=here.organiser, now=DURING, call_id=None, phrases=phrases)


def add_reference(database: Database, here: World, words: str) -> str:
    reading = read(plain_lines(words))
    made = NewPrint("reference0000001", None, None, ":ref", prints.stored(reading), [], frozenset())
    with database.write(here.organiser) as db:
        return service.add_reference(
            db, actor=here.organiser, now=DURING, title="网上的范文", origin="某网", text=words, found=made
        )


def test_a_reference_text_is_a_source_until_it_is_removed(
    sqlite_database: Database, here: World, deliver: Deliver
) -> None:
    key = add_reference(sqlite_database, here, f"范文\n{LIFTED}{LIFTED[::-1]}")
    case = hand_in(sqlite_database, here.branch, here.call, body_html=f"{OWN}<p>{LIFTED}</p>")
    deliver()
    with sqlite_database.read(here.organiser) as db:
        (source,) = found.sources(db, case.version_id)
        assert (source.title, source.origin, source.version, source.source_id) == (
            "网上的范文",
            "某网",
            None,
            key,
        )
        assert [each.title for each in found.references(db)] == ["网上的范文"]
    with sqlite_database.write(here.organiser) as db:
        service.remove_reference(db, actor=here.organiser, now=DURING, reference_id=key)
        service.request_originality(db, actor=here.organiser, now=DURING, call_id=here.call.id)
    deliver()
    assert share(sqlite_database, case.version_id) == 0


def test_a_verdict_stays_and_says_when_something_has_changed(
    sqlite_database: Database, here: World, deliver: Deliver
) -> None:
    first = hand_in(sqlite_database, here.branch, here.call, body_html=f"{OWN}<p>{LIFTED}</p>")
    deliver()
    with sqlite_database.write(here.organiser) as db:
        with pytest.raises(Invalid):
            service.review_originality(
                db,
                actor=here.organiser,
                now=DURING,
                version_id=first.version_id,
                verdict=Verdict.PROBLEM,
                note="",
            )
        service.review_originality(
            db,
            actor=here.organiser,
            now=DURING,
            version_id=first.version_id,
            verdict=Verdict.FINE,
            note="看过",
        )
    hand_in(sqlite_database, here.stranger, here.call, body_html=f"{OTHER}<p>{LIFTED}</p>")
    deliver()
    with sqlite_database.read(here.organiser) as db:
        report = found.originality(db, first.version_id)
        assert report is not None
        assert (report.verdict, report.note, report.changed) == (Verdict.FINE, "看过", True)
        assert report.reviewed_by_name == here.organiser.name
        assert queries.case(db, first.case_id).status.value == "submitted"


def test_only_the_organiser_sees_and_decides(
    sqlite_database: Database, here: World, deliver: Deliver
) -> None:
    first = hand_in(sqlite_database, here.branch, here.call, body_html=f"{OWN}<p>{LIFTED}</p>")
    hand_in(sqlite_database, here.stranger, here.call, body_html=f"{OTHER}<p>{LIFTED}</p>")
    deliver()
    for actor in (here.branch, here.stranger, here.superior, here.juror):
        with sqlite_database.read(actor) as db:
            assert found.originality(db, first.version_id) is None
            assert found.sources(db, first.version_id) == []
            assert (found.set_phrases(db, here.call.id), found.references(db)) == ([], [])
        with sqlite_database.write(actor) as db:
            with pytest.raises(Forbidden):
                service.request_originality(db, actor=actor, now=DURING, call_id=here.call.id)
            with pytest.raises(Forbidden):
                service.review_originality(
                    db, actor=actor, now=DURING, version_id=first.version_id, verdict=None, note=""
                )
            with pytest.raises(Forbidden):
                service.add_phrases(db, actor=actor, now=DURING, call_id=None, phrases=["一句固定用语"])
    with sqlite_database.write(here.organiser) as db, pytest.raises(NotFound):
        service.review_originality(
            db, actor=here.organiser, now=DURING, version_id="nothing", verdict=None, note=""
        )


def photo(seed: int) -> Image.Image:
    return Image.frombytes("RGB", (9, 7), bytes((seed * each) % 251 for each in range(189))).resize(
        (480, 360), Image.Resampling.BICUBIC
    )


def attached(
    database: Database, files: LocalFiles, here: World, writer: Actor, image: Image.Image, quality: int
) -> str:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    body = OWN if writer == here.branch else OTHER
    case_id = write(database, writer, here.call, body_html=body)
    stored = files.put([out.getvalue()])
    with database.write(writer) as db:
        file = NewFile(stored, "photo", "现场.jpg", "image/jpeg", "现场", *image.size)
        cases.attach_file(db, actor=writer, now=DURING, case_id=case_id, file=file)
    return submit(database, writer, case_id).version_id


def test_a_photo_of_another_case_is_found(
    sqlite_database: Database, here: World, files: LocalFiles, deliver: Deliver
) -> None:
    first = attached(sqlite_database, files, here, here.branch, photo(7), 90)
    second = attached(sqlite_database, files, here, here.stranger, photo(7).resize((240, 180)), 40)
    deliver()
    with sqlite_database.read(here.organiser) as db:
        (pair,) = found.photo_pairs(db, second)
        assert (pair.other_version.id, pair.photo.name) == (first, "现场.jpg")
        assert len(found.photo_pairs(db, first)) == 1
        assert [row.photos for row in found.originality_rows(db, here.call.id)] == [1, 1]


def test_a_photo_that_is_gone_stops_no_check(
    sqlite_database: Database, here: World, files: LocalFiles, tmp_path: Path, deliver: Deliver
) -> None:
    version_id = attached(sqlite_database, files, here, here.branch, photo(3), 90)
    for each in (tmp_path / "files").rglob("*"):
        if each.is_file():
            each.unlink()
    deliver()
    assert share(sqlite_database, version_id) == 0
