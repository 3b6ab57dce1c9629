"""What a harvester asks: arguments in, a request or an error of the protocol out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

PREFIX = "oai_dc"

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SECOND = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


class OaiError(Exception):
    """A refusal in the protocol's own words; `code` is one of its error codes."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Verb:
    """Which arguments a verb takes; an `exclusive` one stands alone."""

    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    exclusive: str = ""


_LIST = Verb(frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"}), "resumptionToken")
VERBS = {
    "Identify": Verb(),
    "ListMetadataFormats": Verb(optional=frozenset({"identifier"})),
    "ListSets": Verb(exclusive="resumptionToken"),
    "GetRecord": Verb(frozenset({"identifier", "metadataPrefix"})),
    "ListIdentifiers": _LIST,
    "ListRecords": _LIST,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that keeps to the protocol: the verb and its arguments as they were given."""

    verb: str
    arguments: dict[str, str]


def asked(fields: Sequence[tuple[str, str]]) -> Asked:
    """The request.

    Raises:
        OaiError: badVerb, badArgument, cannotDisseminateFormat.
    """
    verbs = [value for name, value in fields if name == "verb"]
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise OaiError("badVerb", f"The verb must be one of {', '.join(VERBS)}, given once.")
    rest = [(name, value) for name, value in fields if name != "verb"]
    arguments = dict(rest)
    if len(arguments) != len(rest):
        raise OaiError("badArgument", "An argument is repeated.")
    _check(VERBS[verbs[0]], arguments)
    if arguments.get("metadataPrefix", PREFIX) != PREFIX:
        raise OaiError("cannotDisseminateFormat", f"The only metadata format here is {PREFIX}.")
    return Asked(verbs[0], arguments)


def _check(verb: Verb, arguments: dict[str, str]) -> None:
    if verb.exclusive in arguments:
        if len(arguments) > 1:
            raise OaiError("badArgument", f"{verb.exclusive} stands alone.")
        return
    unknown = sorted(set(arguments) - verb.required - verb.optional)
    if unknown:
        raise OaiError("badArgument", f"Not an argument of this verb: {', '.join(unknown)}.")
    missing = sorted(verb.required - {name for name, value in arguments.items() if value})
    if missing:
        raise OaiError("badArgument", f"This verb needs {', '.join(missing)}.")


def span(arguments: dict[str, str]) -> tuple[datetime | None, datetime | None]:
    """The first and the last second that `from` and `until` mean.

    Raises:
        OaiError: badArgument.
    """
    start, end = arguments.get("from"), arguments.get("until")
    if start is not None and end is not None and len(start) != len(end):
        raise OaiError("badArgument", "from and until must have the same granularity.")
    first = _instant("from", start) if start is not None else None
    last = _instant("until", end) if end is not None else None
    if last is not None and end is not None and len(end) == len("2026-01-01"):
        last += timedelta(days=1, seconds=-1)
    if first is not None and last is not None and first > last:
        raise OaiError("badArgument", "from must not be later than until.")
    return first, last


def _instant(name: str, value: str) -> datetime:
    form = "%Y-%m-%d" if _DAY.fullmatch(value) else "%Y-%m-%dT%H:%M:%SZ" if _SECOND.fullmatch(value) else ""
    try:
        found = datetime.strptime(value, form).replace(tzinfo=UTC) if form else None
    except ValueError:
        found = None
    if found is None or not 1 < found.year < 9999:
        raise OaiError("badArgument", f"{name} must be YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.")
    return found
