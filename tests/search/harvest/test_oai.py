"""Harvesting the library as other libraries do it: each answer against the protocol's grammar, and all of it
with a harvester's own program over a real port."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from sickle import Sickle
from sickle.oaiexceptions import IdDoesNotExist, NoRecordsMatch
from starlette.applications import Starlette
from starlette.responses import Response

from foundation.actor import Actor, Role
from foundation.audience import Audience
from foundation.clock import FixedClock
from judging import queries as judging
from search.curation.service import placements, topics
from search.harvest.oai.answering import answer
from search.harvest.oai.sets import call_spec, category_spec
from search.harvest.public import public
from tests.judging.world import revoke
from tests.search.harvest.shelf import Harvest, settle, stock
from tests.support import databases
from tests.support.factories import NOW
from tests.support.serving import serving
from tests.support.web import Visitor
from webapp.settings import Settings
from webapp.wiring import build

pytestmark = pytest.mark.xdist_group("oai")  # its shelf is filled once

GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).with_name("oai.rng")))
SPACES = {"o": "http://www.openarchives.org/OAI/2.0/", "dc": "http://purl.org/dc/elements/1.1/"}
ORGANISER = Actor("organiser-000001", "组织者", frozenset({Role.ORGANISER}))


@pytest.fixture(scope="module")
def stocked(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, Harvest]]:
    """A shelf for the tests that change nothing, on a site with a domain of its own."""
    folder = tmp_path_factory.mktemp("oai")
    settings = Settings(
        data_dir=folder / "var",
        database_url=databases.copy_sqlite(sqlite_template, folder / "exemplar.sqlite"),
        secret_key="s" * 32,
        base_url="https://cases.example.org",
    )
    built = build(settings, FixedClock(NOW))
    yield built, stock(built)
    built.close()


@pytest.fixture
def harvest(stocked: tuple[Any, Harvest]) -> Harvest:
    return stocked[1]


@pytest.fixture
def reader(stocked: tuple[Any, Harvest]) -> Visitor:
    return Visitor(stocked[0])


def asked(reader: Visitor, **arguments: str) -> Any:
    """The answer to a request, after its check against the grammar."""
    given = {name.rstrip("_"): value for name, value in arguments.items()}
    reply = reader.get("/oai", params=given)
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "text/xml; charset=utf-8"
    found = etree.fromstring(reply.content)
    GRAMMAR.assertValid(found)
    return found


def texts(found: Any, path: str) -> list[str]:
    return [str(each) for each in found.xpath(f"{path}/text()", namespaces=SPACES)]


def ids(found: Any) -> list[str]:
    return [each.rpartition(":")[2] for each in texts(found, "//o:header/o:identifier")]


def test_the_repository_says_who_it_is(harvest: Harvest, reader: Visitor) -> None:
    found = asked(reader, verb="Identify")
    assert texts(found, "//o:baseURL") == ["https://cases.example.org/oai"]
    assert texts(found, "//o:earliestDatestamp") == ["2026-03-01T08:00:00Z"]
    assert texts(found, "//o:adminEmail") == ["exemplar@localhost.invalid"]
    assert found.xpath("string(//*[local-name()='repositoryIdentifier'])") == "cases.example.org"
    assert found.find("o:request", SPACES).attrib == {"verb": "Identify"}


def test_a_record_is_dublin_core(harvest: Harvest, reader: Visitor) -> None:
    identifier = f"oai:cases.example.org:{harvest.ledger}"
    found = asked(reader, verb="GetRecord", identifier=identifier, metadataPrefix="oai_dc")
    assert texts(found, "//dc:title") == ["一本贴在墙上的<水账>"]
    assert texts(found, "//dc:creator") == ["李强"]
    assert texts(found, "//dc:description") == ["水费公开 & 逐户对账。"]
    assert texts(found, "//dc:date") == ["2026-03-01"]
    assert texts(found, "//dc:source") == ["来源：《简报》"]
    assert texts(found, "//dc:identifier") == [f"https://cases.example.org/library/{harvest.ledger}"]
    assert texts(found, "//dc:relation") == [f"https://cases.example.org/calls/{harvest.slug}"]
    assert texts(found, "//o:setSpec") == [
        "year:2026", call_spec(harvest.calls[1]), category_spec(texts(found, "//dc:subject")[0]),
    ]  # fmt: skip


def test_only_what_is_public_is_harvested(harvest: Harvest, reader: Visitor) -> None:
    found = asked(reader, verb="ListRecords", metadataPrefix="oai_dc")
    assert sorted(ids(found)) == sorted([harvest.ledger, harvest.school, harvest.past])
    assert not found.xpath("//o:resumptionToken", namespaces=SPACES)
    hidden = asked(
        reader,
        verb="GetRecord",
        identifier=f"oai:cases.example.org:{harvest.members}",
        metadataPrefix="oai_dc",
    )
    missing = asked(
        reader, verb="GetRecord", identifier="oai:cases.example.org:nothing", metadataPrefix="oai_dc"
    )
    for each in (hidden, missing):
        assert each.xpath("//o:error/@code", namespaces=SPACES) == ["idDoesNotExist"]
    assert texts(hidden, "//o:error") == texts(missing, "//o:error")


def test_sets_name_years_calls_and_categories_of_public_cases(harvest: Harvest, reader: Visitor) -> None:
    found = asked(reader, verb="ListSets")
    named = dict(zip(texts(found, "//o:setSpec"), texts(found, "//o:setName"), strict=True))
    assert named["year:2025"] == "2025"
    assert named[call_spec(harvest.calls[0])] == "2025 年案例征集"
    assert "2026 年内部征集" not in named.values()
    for spec in named:
        assert ids(asked(reader, verb="ListIdentifiers", metadataPrefix="oai_dc", set=spec))


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        ({"from_": "2026-03-01", "until": "2026-03-01"}, 3),
        ({"from_": "2026-03-01T08:00:00Z"}, 3),
        ({"until": "2026-03-01T08:00:00Z"}, 3),
        ({"set": "year:2025"}, 1),
        ({"set": "year"}, 3),
        ({"set": "year:2026", "from_": "2026-03-01"}, 2),
    ],
)
def test_spans_and_sets(harvest: Harvest, reader: Visitor, arguments: dict[str, str], count: int) -> None:
    found = asked(reader, verb="ListIdentifiers", metadataPrefix="oai_dc", **arguments)
    assert len(ids(found)) == count


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({}, "badVerb"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "不行"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "mods"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "2020-01-01"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "year:1999"}, "noRecordsMatch"),
        ({"verb": "ListIdentifiers", "resumptionToken": "nonsense"}, "badResumptionToken"),
        ({"verb": "ListSets", "resumptionToken": "nonsense"}, "badResumptionToken"),
        ({"verb": "ListMetadataFormats", "identifier": "oai:else.where:1"}, "idDoesNotExist"),
    ],
)
def test_errors_are_answers(harvest: Harvest, reader: Visitor, arguments: dict[str, str], code: str) -> None:
    found = asked(reader, **arguments)
    assert found.xpath("//o:error/@code", namespaces=SPACES) == [code]
    if code in ("badVerb", "badArgument"):
        assert not found.find("o:request", SPACES).attrib


def test_a_posted_request_is_answered_alike(harvest: Harvest, reader: Visitor) -> None:
    arguments = {"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "year:2025"}
    posted = reader.client.post("/oai", data=arguments)
    assert posted.content == reader.get("/oai", params=arguments).content
    assert "set-cookie" not in posted.headers


def test_a_harvester_takes_everything_page_by_page_and_hears_what_goes(
    product: Any, clock: FixedClock
) -> None:
    harvest = stock(product)
    app = Starlette(
        routes=[public("/oai", lambda ask: Response(answer(ask, "a@b.cn", 2), media_type="text/xml"))]
    )
    app.state.edge = product.edge
    with serving(app) as address:
        library = Sickle(f"{address}/oai")
        first = list(library.ListRecords(metadataPrefix="oai_dc"))
        assert {each.metadata["title"][0] for each in first} == {
            "一本贴在墙上的<水账>", "夜校办到第九期", "楼道长的电话",
        }  # fmt: skip
        listed = [each.identifier for each in library.ListIdentifiers(metadataPrefix="oai_dc")]
        assert listed == [each.header.identifier for each in first]
        clock.set(NOW + timedelta(hours=5))
        with pytest.raises(NoRecordsMatch):
            library.ListRecords(metadataPrefix="oai_dc", **{"from": "2026-03-01T12:00:00Z"})
        _take_away(product, harvest, clock)
        changed = {
            each.header.identifier.rpartition(":")[2]: each.header.deleted
            for each in library.ListRecords(metadataPrefix="oai_dc", **{"from": "2026-03-01T12:00:00Z"})
        }
        assert changed == {harvest.ledger: True, harvest.school: True, harvest.members: False}
        gone = library.GetRecord(identifier=first[0].header.identifier, metadataPrefix="oai_dc")
        assert gone.header.setSpecs == first[0].header.setSpecs
        with pytest.raises(IdDoesNotExist):
            library.GetRecord(identifier="oai:127.0.0.1:nothing", metadataPrefix="oai_dc")


def _take_away(product: Any, harvest: Harvest, clock: FixedClock) -> None:
    """An award is revoked, a case is kept for members, another one is opened to everybody."""
    with product.database.write() as db:
        award = next(iter(judging.awards_of(db, [harvest.ledger])))
        revoke(db, award.id, "造假", at=clock.now())
    with product.database.write(ORGANISER) as db:
        for case_id, audience in ((harvest.school, Audience.MEMBERS), (harvest.members, Audience.PUBLIC)):
            placements.place_cases(
                db, actor=ORGANISER, now=clock.now(), case_ids=[case_id], audience=audience, reason="试一试"
            )
    settle(product)


def test_a_record_has_a_new_datestamp_when_the_topics_of_its_case_change(
    product: Any, clock: FixedClock
) -> None:
    harvest, reader = stock(product), Visitor(product)
    since = NOW + timedelta(hours=3)
    clock.set(since)
    with product.database.write() as db:
        topics.correct_topics(db, actor=ORGANISER, now=since, case_id=harvest.school, accepted=["夜间学习"])
        topics.correct_topics(db, actor=ORGANISER, now=since, case_id=harvest.members, accepted=["夜间学习"])
    settle(product)
    asked_since = {"metadataPrefix": "oai_dc", "from": "2026-03-01T11:00:00Z"}
    found = asked(reader, verb="ListRecords", **asked_since)
    assert ids(found) == [harvest.school]
    assert "夜间学习" in texts(found, "//dc:subject")
    assert texts(found, "//o:datestamp") == ["2026-03-01T11:00:00Z"]
