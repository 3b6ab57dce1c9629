"""The six verbs: what is remembered of the shelf, as the protocol says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from lxml import etree

from foundation.text import _
from search import holdings
from search.curation.queries.topics import topics_of_cases
from search.harvest import queries
from search.harvest.dublin_core import dublin_core
from search.harvest.oai import documents
from search.harvest.oai.arguments import Asked, OaiError, asked, span
from search.harvest.oai.documents import Header, More, Record
from search.harvest.oai.sets import (
    CALL,
    CATEGORY,
    YEAR,
    call_spec,
    category_spec,
    specs_of,
    within,
    year_spec,
)
from search.harvest.oai.tokens import LASTS, Resumption, opened, sealed
from search.harvest.public import Ask
from search.harvest.queries import Span
from search.harvest.values import Recorded
from search.holdings import Shelved
from submissions import queries as submissions

PATH = "/oai"
PAGE = 100
"""Records of one answer."""

_DOMAIN = re.compile(r"[a-zA-Z][a-zA-Z0-9\-]*(\.[a-zA-Z][a-zA-Z0-9\-]*)+")


@dataclass(frozen=True, slots=True)
class Repository:
    """Who is asked; `contact` is an address for mail, `portion` the records of one answer."""

    ask: Ask
    contact: str
    portion: int

    @property
    def base_url(self) -> str:
        return self.ask.absolute(PATH)

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or "localhost"

    def identifier(self, case_id: str) -> str:
        return f"oai:{self.host}:{case_id}"

    def case_id(self, identifier: str) -> str:
        """The case of an identifier of ours, else ""."""
        own = f"oai:{self.host}:"
        return identifier.removeprefix(own) if identifier.startswith(own) else ""


def answer(ask: Ask, contact: str, portion: int = PAGE) -> bytes:
    """The answer to any request; an error of the protocol is an answer too."""
    repository = Repository(ask, contact, portion)
    arguments: dict[str, str] = {}
    try:
        request = asked(ask.fields)
        arguments = {"verb": request.verb, **request.arguments}
        content = list(_VERBS[request.verb](repository, request))
    except OaiError as refused:
        if refused.code in ("badVerb", "badArgument"):
            arguments = {}
        content = [documents.error(refused.code, refused.message)]
    return documents.answer(now=ask.now, base_url=repository.base_url, arguments=arguments, content=content)


def _identify(at: Repository, _request: Asked) -> Iterator[etree._Element]:
    first = queries.earliest(at.ask.db) or at.ask.now
    found = documents.plain(
        "Identify",
        [
            ("repositoryName", at.ask.edge.site_name),
            ("baseURL", at.base_url),
            ("protocolVersion", "2.0"),
            ("adminEmail", at.contact),
            ("earliestDatestamp", documents.stamp(first)),
            ("deletedRecord", "persistent"),
            ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
            ("compression", "gzip"),
        ],
    )
    if _DOMAIN.fullmatch(at.host):
        found.append(documents.identifier_scheme(at.host, at.identifier("0123456789abcdef")))
    yield found


def _formats(at: Repository, request: Asked) -> Iterator[etree._Element]:
    if "identifier" in request.arguments:
        _known(at, request.arguments["identifier"])
    yield documents.container("ListMetadataFormats", [documents.metadata_format()])


def _sets(at: Repository, request: Asked) -> Iterator[etree._Element]:
    if "resumptionToken" in request.arguments:
        raise OaiError("badResumptionToken", "All sets are given in one answer.")
    held = queries.sets(at.ask.db)
    titles = {call.id: call.title for call in submissions.calls(at.ask.db)}
    named = {YEAR: str(_("年份")), CALL: str(_("征集活动")), CATEGORY: str(_("类别"))}
    named |= {year_spec(year): str(year) for year, _call, _category in held}
    named |= {call_spec(call): titles.get(call, call) for _year, call, _category in held}
    named |= {category_spec(name): name for _year, _call, name in held if name}
    yield documents.container(
        "ListSets",
        [documents.plain("set", [("setSpec", spec), ("setName", name)]) for spec, name in named.items()],
    )


def _get(at: Repository, request: Asked) -> Iterator[etree._Element]:
    record = _known(at, request.arguments["identifier"])
    yield documents.container("GetRecord", map(documents.record, _records(at, [record])))


def _list_identifiers(at: Repository, request: Asked) -> Iterator[etree._Element]:
    found, more = _page(at, request)
    children = [documents.header(each.header) for each in _records(at, found)]
    yield documents.container("ListIdentifiers", children + _going_on(more))


def _list_records(at: Repository, request: Asked) -> Iterator[etree._Element]:
    found, more = _page(at, request)
    children = [documents.record(each) for each in _records(at, found)]
    yield documents.container("ListRecords", children + _going_on(more))


_VERBS = {
    "Identify": _identify,
    "ListMetadataFormats": _formats,
    "ListSets": _sets,
    "GetRecord": _get,
    "ListIdentifiers": _list_identifiers,
    "ListRecords": _list_records,
}


def _known(at: Repository, identifier: str) -> Recorded:
    found = queries.public_record(at.ask.db, at.case_id(identifier))
    if found is None:
        raise OaiError("idDoesNotExist", "There is no record with this identifier.")
    return found


def _page(at: Repository, request: Asked) -> tuple[list[Recorded], More | None]:
    """A portion of a list; where it goes on, or None when all of it fits one answer."""
    token = request.arguments.get("resumptionToken")
    db, secret = at.ask.db, at.ask.edge.secret
    if token is not None:
        before = opened(secret, token, verb=request.verb, now=at.ask.now)
    else:
        first, last = span(request.arguments)
        before = Resumption(
            verb=request.verb, start=_seconds(first), end=_seconds(last),
            set_spec=request.arguments.get("set", ""), after_at=0, after_case="", cursor=0, complete=0,
            expires=0,
        )  # fmt: skip
    wanted = Span(start=_moment(before.start), end=_moment(before.end))
    if "set" in request.arguments or before.set_spec:
        wanted = within(wanted, before.set_spec)
    complete = before.complete if token is not None else queries.public_count(db, wanted)
    after = (datetime.fromtimestamp(before.after_at, UTC), before.after_case) if token is not None else None
    found = queries.public_records(db, wanted, after=after, most=at.portion + 1)
    if not found and token is None:
        raise OaiError("noRecordsMatch", "No record matches.")
    if token is None and len(found) <= at.portion:
        return found, None
    shown = found[: at.portion]
    if len(found) <= at.portion:
        return shown, More("", before.cursor, max(complete, before.cursor + len(shown)))
    last_one = shown[-1]
    expires = at.ask.now + LASTS
    following = Resumption(
        verb=request.verb, start=before.start, end=before.end, set_spec=before.set_spec,
        after_at=_seconds(last_one.public_at) or 0, after_case=last_one.case_id,
        cursor=before.cursor + len(shown), complete=complete, expires=int(expires.timestamp()),
    )  # fmt: skip
    return shown, More(sealed(secret, following), before.cursor, complete, expires)


def _going_on(more: More | None) -> list[etree._Element]:
    return [documents.resumption(more)] if more is not None else []


def _records(at: Repository, found: list[Recorded]) -> Iterator[Record]:
    """What is remembered with what is on the shelf now: a case that has just gone is deleted already."""
    cases = holdings.cases(at.ask.db, [each.case_id for each in found if each.public])
    topics = topics_of_cases(at.ask.db, list(cases))
    for each in found:
        case = cases.get(each.case_id)
        header = Header(
            at.identifier(each.case_id), each.public_at or at.ask.now, specs_of(each), deleted=case is None
        )
        labels = [topic.label for topic in topics.get(each.case_id, ())]
        yield Record(header, _fields(at, case, labels) if case is not None else ())


def _fields(at: Repository, case: Shelved, topics: Sequence[str]) -> list[tuple[str, str]]:
    return dublin_core(
        case,
        address=at.ask.absolute(f"/library/{case.id}"),
        call_address=at.ask.absolute(f"/calls/{case.call.slug}"),
        publisher=at.ask.edge.site_name,
        topics=topics,
    )


def _seconds(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
