"""The protocol's arguments, sets and tokens, without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.harvest.oai.arguments import OaiError, asked, span
from search.harvest.oai.sets import call_spec, category_spec, within, year_spec
from search.harvest.oai.tokens import Resumption, opened, sealed
from search.harvest.queries import Span
from tests.support.factories import NOW

SECRET = b"s" * 32
TOKEN = Resumption(
    verb="ListRecords", start=None, end=5, set_spec="year:2026", after_at=7, after_case="c", cursor=100,
    complete=250, expires=int((NOW + timedelta(hours=1)).timestamp()),
)  # fmt: skip


def refused(fields: str) -> str:
    pairs = [
        (name, value) for name, _eq, value in (each.partition("=") for each in fields.split("&") if each)
    ]
    with pytest.raises(OaiError) as error:
        asked(pairs)
    return error.value.code


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ("", "badVerb"),
        ("verb=", "badVerb"),
        ("verb=listRecords", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=Identify&identifier=x", "badArgument"),
        ("verb=GetRecord&identifier=x", "badArgument"),
        ("verb=GetRecord&identifier=&metadataPrefix=oai_dc", "badArgument"),
        ("verb=GetRecord&identifier=x&metadataPrefix=oai_dc&from=2026-01-01", "badArgument"),
        ("verb=ListRecords", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListRecords&resumptionToken=x&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListSets&set=x", "badArgument"),
        ("verb=ListRecords&metadataPrefix=marc21", "cannotDisseminateFormat"),
        ("verb=GetRecord&identifier=x&metadataPrefix=mods", "cannotDisseminateFormat"),
    ],
)
def test_what_breaks_the_protocol_is_named_by_its_code(fields: str, code: str) -> None:
    assert refused(fields) == code


@pytest.mark.parametrize(
    ("arguments", "first", "last"),
    [
        ({}, None, None),
        ({"from": "2026-03-01"}, datetime(2026, 3, 1, tzinfo=UTC), None),
        ({"until": "2026-03-01"}, None, datetime(2026, 3, 1, 23, 59, 59, tzinfo=UTC)),
        (
            {"from": "2026-03-01T08:00:00Z", "until": "2026-03-01T08:00:00Z"},
            datetime(2026, 3, 1, 8, tzinfo=UTC),
            datetime(2026, 3, 1, 8, tzinfo=UTC),
        ),
    ],
)
def test_both_ends_of_a_span_belong_to_it(
    arguments: dict[str, str], first: datetime | None, last: datetime | None
) -> None:
    assert span(arguments) == (first, last)


@pytest.mark.parametrize(
    "arguments",
    [
        {"from": "2026-03"},
        {"from": "2026-02-30"},
        {"until": "0000-01-01"},
        {"from": "2026-03-01T08:00:00+01:00"},
        {"from": "2026-03-01", "until": "2026-03-01T08:00:00Z"},
        {"from": "2026-03-02", "until": "2026-03-01"},
    ],
)
def test_a_span_that_is_none_is_a_bad_argument(arguments: dict[str, str]) -> None:
    with pytest.raises(OaiError) as error:
        span(arguments)
    assert error.value.code == "badArgument"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_any_category_has_a_set_of_its_own(name: str) -> None:
    assert within(Span(), category_spec(name)) == Span(category=name)


@pytest.mark.parametrize(
    ("spec", "wanted"),
    [
        (year_spec(2026), Span(year=2026)),
        (call_spec("abc"), Span(call_id="abc")),
        ("year", Span()),
        ("category", Span()),
    ],
)
def test_sets_narrow_a_span(spec: str, wanted: Span) -> None:
    assert within(Span(), spec) == wanted


@pytest.mark.parametrize(
    ("spec", "code"),
    [
        ("", "badArgument"),
        ("年份:2026", "badArgument"),
        ("year:", "badArgument"),
        ("year:20", "noRecordsMatch"),
        ("category:!!", "noRecordsMatch"),
        ("category:_w", "noRecordsMatch"),
        ("physics", "noRecordsMatch"),
    ],
)
def test_what_is_no_set_of_ours(spec: str, code: str) -> None:
    with pytest.raises(OaiError) as error:
        within(Span(), spec)
    assert error.value.code == code


def test_a_token_comes_back_as_it_went() -> None:
    assert opened(SECRET, sealed(SECRET, TOKEN), verb="ListRecords", now=NOW) == TOKEN


@pytest.mark.parametrize("bad", ["", "x", "x.y", "é.é", "....", "eyJhIjoxfQ.abc"])
def test_a_token_of_somebody_elses_is_refused(bad: str) -> None:
    with pytest.raises(OaiError) as error:
        opened(SECRET, bad, verb="ListRecords", now=NOW)
    assert error.value.code == "badResumptionToken"


@pytest.mark.parametrize(
    ("verb", "later", "secret"),
    [
        ("ListIdentifiers", timedelta(), SECRET),
        ("ListRecords", timedelta(hours=2), SECRET),
        ("ListRecords", timedelta(), b"t" * 32),
    ],
)
def test_a_token_is_for_one_verb_one_day_one_site(verb: str, later: timedelta, secret: bytes) -> None:
    with pytest.raises(OaiError) as error:
        opened(secret, sealed(SECRET, TOKEN), verb=verb, now=NOW + later)
    assert error.value.code == "badResumptionToken"
