"""The index follows the awards."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from foundation.actor import Actor, Role
from foundation.clock import FixedClock
from search.curation.service import topics
from search.curation.values.topics import ReadText
from search.indexing import Indexer, body_text
from search.query import parse
from search.values import LibraryDocument, Sort
from search.whoosh_engine.engine import WhooshEngine
from tests.judging.world import revoke
from tests.search.factories import award
from tests.support.factories import NOW, make_call, make_entries, make_entry, make_submitter, make_unit
from webapp.cli.reindex import reindex

ORGANISER = Actor("organiser-000001", "组织者", frozenset({Role.ORGANISER}))


def titles(product: Any, text: str = "") -> list[str]:
    with product.database.read() as db:
        found = product.shelf.find(db, text, filters={}, sort=Sort.RELEVANCE)
    return sorted(card.case.version.title for card in found.cards)


def test_awarded_cases_appear_and_revoked_ones_vanish(any_product: Any) -> None:
    product = any_product
    with product.database.write() as db:
        call = make_call(db)
        first, second, _third = make_entries(db, call=call, titles=["提水记账", "楼道长的电话", "没有获奖"])
        awarded = award(db, first, key="first")
        award(db, second)
    assert titles(product) == ["提水记账", "楼道长的电话"]  # built on the first question
    product.worker.run_once()
    assert titles(product, "记账") == ["提水记账"]
    with product.database.write() as db:
        revoke(db, awarded.id, "材料不实，经核查撤销。")
    assert titles(product) == ["楼道长的电话"]  # before the index has heard of it
    product.worker.run_once()
    assert titles(product, "记账") == []
    assert product.indexer.catch_up().removed == 0


def test_many_awards_cost_one_write(product: Any) -> None:
    product.indexer.rebuild()
    with product.database.write() as db:
        for version in make_entries(db, call=make_call(db), titles=[f"案例{n}" for n in range(6)]):
            award(db, version)
    engine = WhooshEngine(product.settings.data_dir / "index")
    before = engine.state().generation
    product.worker.run_once()
    assert engine.state().generation == before + 1
    assert len(engine.state().fingerprints) == 6


def test_a_changed_prize_is_written_again(product: Any) -> None:
    with product.database.write() as db:
        version = make_entry(db, call=make_call(db))
        old = award(db, version)
    product.indexer.rebuild()
    with product.database.write() as db:
        revoke(db, old.id, "改评为一等奖。")
        award(db, version, key="first", now=NOW + timedelta(days=1))
    change = product.indexer.catch_up()
    assert (change.written, change.removed, change.rebuilt) == (1, 0, False)
    assert titles(product, "奖项:一等奖") == [version.title]


def test_a_stale_or_broken_index_is_mended_at_the_start(product: Any) -> None:
    with product.database.write() as db:
        award(db, make_entry(db, call=make_call(db)))
    folder: Path = product.settings.data_dir / "index"
    product.indexer.start().join()
    assert len(WhooshEngine(folder).state().fingerprints) == 1
    next(folder.glob("g*/public/*.docs")).write_bytes(b"damage")
    product.indexer.start().join()
    WhooshEngine(folder).check()


def test_a_rebuild_reports_its_progress(product: Any) -> None:
    with product.database.write() as db:
        award(db, make_entry(db, call=make_call(db)))
    seen: list[int] = []
    assert product.indexer.rebuild(seen.append) == 1
    assert seen == [1]


def test_a_document_holds_what_the_database_says(product: Any, clock: FixedClock) -> None:
    with product.database.write() as db:
        call = make_call(db)
        county = make_unit(db, "临河县", parent=make_unit(db, "江州市委"))
        village = make_submitter(db, make_unit(db, "上河村", parent=make_unit(db, "河口镇", parent=county)))
        version = make_entry(db, call=call, actor=village, title="提水记账", summary="公开水账。")
        granted = award(db, version, key="first")
        read = {ReadText(version.case_id, version.id): [("水账公开", 2.0), ("抽水", 1.0)]}
        topics.propose_topics(db, now=NOW, found=read)

    class Catching(WhooshEngine):
        documents: tuple[LibraryDocument, ...] = ()

        def replace_all(self, documents: Any, progress: Any = None) -> int:
            self.documents = tuple(documents)
            return len(self.documents)

    engine = Catching(product.settings.data_dir / "other")
    Indexer(product.database, engine, lambda _db: frozenset({version.case_id})).rebuild()
    (document,) = engine.documents
    assert document == LibraryDocument(
        id=version.case_id,
        version_id=version.id,
        number=version.number,
        title="提水记账",
        summary="公开水账。",
        body=body_text(version.body_html),
        unit=version.unit_name,
        unit_id=version.unit_id,
        category="农村",
        prize=granted.prize_name,
        prize_rank=1,
        year=call.year,
        call=call.title,
        call_id=call.id,
        has_photos=False,
        words=version.word_count,
        headings="做法\n\n成效",
        topics=("水账公开", "抽水"),
        region="临河县",
        region_id=county.id,
        has_pack=True,
        granted_at=int(NOW.timestamp()),
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h2>做法</h2><p>一段</p><p>二段</p>", "做法\n\n一段\n\n二段"),
        ("<p>被折断的<br>一行</p>", "被折断的\n一行"),
        ("<ul><li>甲</li><li>乙</li></ul>", "甲\n\n乙"),
        ("", ""),
    ],
)
def test_the_text_of_a_body(html: str, expected: str) -> None:
    assert body_text(html) == expected


def test_questions_while_there_is_no_index_build_it(product: Any) -> None:
    with product.database.write() as db:
        award(db, make_entry(db, call=make_call(db)))
    assert product.indexer.mend(10) is True
    assert parse("").empty


def test_the_command_builds_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EXEMPLAR_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("EXEMPLAR_DATABASE_URL", raising=False)
    reindex()
    assert "0 cases in the index" in capsys.readouterr().out
    WhooshEngine(tmp_path / "index").check()
