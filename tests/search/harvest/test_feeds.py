"""The feed of a search, the sitemap, robots.txt: the same for everybody, and nobody's secrets in them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from starlette.applications import Starlette
from starlette.testclient import TestClient

from foundation.actor import Role
from foundation.clock import FixedClock
from judging import queries as judging
from search.harvest.pages import contact_of
from search.harvest.public import public
from search.harvest.sitemap import part, sitemap
from tests.judging.world import revoke
from tests.search.harvest.shelf import Harvest, settle, stock
from tests.support import databases
from tests.support.factories import NOW, make_user
from tests.support.web import Visitor
from webapp.settings import Settings
from webapp.wiring import build

pytestmark = pytest.mark.xdist_group("feeds")  # its shelf is filled once

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(scope="module")
def stocked(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, Harvest]]:
    folder = tmp_path_factory.mktemp("feeds")
    url = databases.copy_sqlite(sqlite_template, folder / "exemplar.sqlite")
    built = build(Settings(data_dir=folder / "var", database_url=url, secret_key="s" * 32), FixedClock(NOW))
    yield built, stock(built)
    built.close()


@pytest.fixture
def harvest(stocked: tuple[Any, Harvest]) -> Harvest:
    return stocked[1]


@pytest.fixture
def reader(stocked: tuple[Any, Harvest]) -> Visitor:
    return Visitor(stocked[0])


def parsed(content: bytes) -> Any:
    return etree.fromstring(content)


def entries(reader: Visitor, query: str = "") -> list[str]:
    """The titles of a feed's entries."""
    reply = reader.get(f"/library/feed{query}")
    assert reply.headers["content-type"] == "application/atom+xml; charset=utf-8"
    found = parsed(reply.content)
    return [str(each) for each in found.xpath("//a:entry/a:title/text()", namespaces=ATOM)]


def test_the_feed_of_everything_holds_what_the_public_reads(harvest: Harvest, reader: Visitor) -> None:
    assert sorted(entries(reader)) == sorted(["一本贴在墙上的<水账>", "夜校办到第九期", "楼道长的电话"])


def test_a_feed_is_the_same_for_a_trainer(harvest: Harvest, reader: Visitor) -> None:
    plain = reader.get("/library/feed")
    with reader.product.database.write() as db:
        trainer = make_user(db, Role.TRAINER)
    signed_in = Visitor(reader.product).sign_in(trainer, language="en").get("/library/feed")
    assert signed_in.content == plain.content
    assert "set-cookie" not in signed_in.headers


def test_a_feed_follows_its_search(harvest: Harvest, reader: Visitor) -> None:
    assert entries(reader, "?q=夜校") == ["夜校办到第九期"]
    assert entries(reader, "?year=2025&sort=prize&page=7") == ["楼道长的电话"]
    assert entries(reader, "?q=夜校 水账") == []


def test_an_entry_says_what_a_reader_of_feeds_needs(harvest: Harvest, reader: Visitor) -> None:
    found = parsed(reader.get("/library/feed?q=水账&sort=prize").content)
    entry = found.find("a:entry", ATOM)
    address = f"http://testserver/library/{harvest.ledger}"
    assert entry is not None
    assert entry.findtext("a:id", namespaces=ATOM) == address
    assert entry.findtext("a:updated", namespaces=ATOM) == "2026-03-01T08:00:00+00:00"
    assert entry.findtext("a:summary", namespaces=ATOM) == "水费公开 & 逐户对账。"
    assert {each.get("term") for each in entry.findall("a:category", ATOM)} >= {"一等奖", "2026"}
    own = found.find("a:link[@rel='self']", ATOM)
    assert own is not None
    assert own.get("href") == "http://testserver/library/feed?q=%E6%B0%B4%E8%B4%A6"
    assert found.findtext("a:id", namespaces=ATOM) == own.get("href")


def test_the_library_names_the_feed_of_its_search(harvest: Harvest, reader: Visitor) -> None:
    page = reader.get("/library?q=夜校&sort=prize").text
    assert 'type="application/atom+xml"' in page
    assert 'href="/library/feed?q=%E5%A4%9C%E6%A0%A1' in page


@pytest.mark.parametrize("path", ["/library/feed?q=夜校", "/sitemap.xml"])
def test_what_is_known_is_not_sent_again(harvest: Harvest, reader: Visitor, path: str) -> None:
    first = reader.get(path)
    by_mark = reader.get(path, headers={"If-None-Match": first.headers["etag"]})
    by_date = reader.get(path, headers={"If-Modified-Since": first.headers["last-modified"]})
    assert (by_mark.status_code, by_mark.content) == (304, b"")
    assert by_date.status_code == 304
    assert reader.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    assert reader.get(path, headers={"If-Modified-Since": "nonsense"}).status_code == 200


def test_what_goes_leaves_the_feed_and_changes_its_marks(product: Any, clock: FixedClock) -> None:
    harvest = stock(product)
    reader = Visitor(product)
    first = reader.get("/library/feed")
    clock.set(NOW + timedelta(hours=2))
    with product.database.write() as db:
        (award,) = judging.awards_of(db, [harvest.ledger])
        revoke(db, award.id, "造假", at=clock.now())
    settle(product)
    again = reader.get("/library/feed", headers={"If-Modified-Since": first.headers["last-modified"]})
    assert again.status_code == 200
    assert "水账" not in again.text
    assert harvest.ledger not in reader.get("/sitemap.xml").text


def test_the_sitemap_names_calls_results_and_public_cases(harvest: Harvest, reader: Visitor) -> None:
    found = parsed(reader.get("/sitemap.xml").content)
    named = {str(each) for each in found.xpath("//s:loc/text()", namespaces=MAP)}
    assert named >= {
        f"http://testserver{path}"
        for path in (
            "/", "/calls", "/library", f"/calls/{harvest.slug}", f"/calls/{harvest.slug}/results",
            f"/library/{harvest.ledger}", f"/library/{harvest.school}", f"/library/{harvest.past}",
        )
    }  # fmt: skip
    assert f"http://testserver/library/{harvest.members}" not in named
    assert reader.get(f"/calls/{harvest.slug}/results").status_code == 200


def test_many_addresses_are_several_files(stocked: tuple[Any, Harvest]) -> None:
    app = Starlette(
        routes=[
            public("/sitemap.xml", lambda ask: sitemap(ask, most=4)),
            public("/sitemap-{number}.xml", lambda ask: part(ask, most=4)),
        ]
    )
    app.state.edge = stocked[0].edge
    client = TestClient(app)
    index = parsed(client.get("/sitemap.xml").content)
    files = [str(each) for each in index.xpath("/s:sitemapindex/s:sitemap/s:loc/text()", namespaces=MAP)]
    found = [parsed(client.get(each).content) for each in files]
    held = [str(url) for each in found for url in each.xpath("//s:loc/text()", namespaces=MAP)]
    assert len(files) == -(-len(held) // 4)
    assert len(held) == len(set(held)) > 4


@pytest.mark.parametrize("path", ["/sitemap-0.xml", "/sitemap-9.xml", "/sitemap-x.xml", "/sitemap-²2.xml"])
def test_there_is_no_other_file(harvest: Harvest, reader: Visitor, path: str) -> None:
    assert reader.get(path).status_code == 404


def test_robots_are_told_where_the_map_is(harvest: Harvest, reader: Visitor) -> None:
    said = reader.get("/robots.txt").text
    assert "Sitemap: http://testserver/sitemap.xml" in said
    assert "Disallow: /library?" in said


@pytest.mark.parametrize(
    ("sender", "contact"),
    [
        ("exemplar@localhost", "exemplar@localhost.invalid"),
        ("案例库 <library@example.org>", "library@example.org"),
        ("", "exemplar@localhost.invalid"),
    ],
)
def test_whom_other_libraries_write_to(sender: str, contact: str) -> None:
    assert contact_of(sender) == contact
