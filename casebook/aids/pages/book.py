"""编校检查 of a book: what is found in all its manuscripts, by kind, rule and entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from casebook import access
from casebook.aids import queries
from casebook.aids.pages import acting
from casebook.aids.queries import Checked
from casebook.aids.values import Finding, Ignoring, Kind, Seriousness
from casebook.aids.wording import KINDS, RULES, SERIOUSNESS, TAGS
from casebook.values import EntryView
from foundation.web import Rq, get

PER_PAGE = 40
HERE = "/editions/{id}/findings"


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the findings is shown; empty fields show all. `state` is "" for open ones or "ignored"."""

    kind: str = ""
    rule: str = ""
    how: str = ""
    entry: str = ""
    state: str = ""

    @classmethod
    def of(cls, rq: Rq) -> Filter:
        kinds, hows = set(map(str, Kind)), set(map(str, Seriousness))
        kind, rule, how = rq.query("kind"), rq.query("rule"), rq.query("how")
        return cls(
            kind=kind if kind in kinds else "",
            rule=rule if rule in RULES else "",
            how=how if how in hows else "",
            entry=rq.query("entry"),
            state="ignored" if rq.query("state") == "ignored" else "",
        )

    def takes(self, found: Finding, but: str = "") -> bool:
        """Whether a finding is shown; `but` names a field that does not count."""
        wanted = {
            "kind": (self.kind, found.kind.value),
            "rule": (self.rule, found.slip.rule),
            "how": (self.how, found.slip.seriousness.value),
            "entry": (self.entry, found.entry_id),
        }
        return all(name == but or not want or want == has for name, (want, has) in wanted.items())

    def address(self, **changes: str) -> str:
        """The query with other fields; without a page."""
        fields = {
            "kind": self.kind,
            "rule": self.rule,
            "how": self.how,
            "entry": self.entry,
            "state": self.state,
            **changes,
        }
        return "?" + urlencode({name: value for name, value in fields.items() if value})


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with what its item on a page needs."""

    finding: Finding
    entry: EntryView
    ignoring: Ignoring | None
    others: Sequence[tuple[EntryView | None, str]]

    @property
    def tag(self) -> str:
        return TAGS[self.finding.slip.seriousness]


def routes() -> list[Route]:
    return [get(HERE, page), *acting.routes(HERE, page)]


def page(rq: Rq) -> Response:
    """Also shown again when a deed was refused."""
    edition = access.edition(rq)
    book = queries.checked(rq.db, edition.id)
    wanted = Filter.of(rq)
    every = [each for each in book.found if (each.key in book.ignored) == (wanted.state == "ignored")]
    chosen = [each for each in every if wanted.takes(each)]
    pages = max(1, -(-len(chosen) // PER_PAGE))
    number = min(_number(rq.query("page")), pages)
    return rq.render(
        "casebook/aids/book.html",
        edition=edition,
        wanted=wanted,
        total=len(book.open),
        ignored=len(book.ignored),
        chosen=len(chosen),
        items=shown(book, chosen[(number - 1) * PER_PAGE : number * PER_PAGE]),
        kinds=_kinds(every, wanted),
        hows=Counter(each.slip.seriousness.value for each in every if wanted.takes(each, but="how")),
        rules=_rules(every, wanted),
        entries=_entries(book, every, wanted),
        page=number,
        pages=pages,
        here=f"/editions/{edition.id}/findings",
        query=wanted.address() + (f"&page={number}" if number > 1 else ""),
        kind_names=KINDS,
        rule_names=RULES,
        how_names=SERIOUSNESS,
    )


def _number(written: str) -> int:
    return max(1, int(written)) if written.isascii() and written.isdigit() and len(written) < 6 else 1


def _kinds(every: Sequence[Finding], wanted: Filter) -> dict[Kind, int]:
    """Findings by kind, whichever kind and rule are chosen."""
    loose = replace(wanted, kind="", rule="")
    found = Counter(each.kind for each in every if loose.takes(each))
    return {kind: found[kind] for kind in Kind if found[kind]}


def _rules(every: Sequence[Finding], wanted: Filter) -> list[tuple[str, int, int]]:
    """The rules of the chosen kind: rule, findings, how many of them can be accepted."""
    found = [each for each in every if wanted.takes(each, but="rule")] if wanted.kind else []
    counts = Counter(each.slip.rule for each in found)
    certain = Counter(each.slip.rule for each in found if each.can_accept and each.can_replace)
    return [(rule, count, certain[rule]) for rule, count in counts.most_common()]


def _entries(book: Checked, every: Sequence[Finding], wanted: Filter) -> list[tuple[EntryView, int]]:
    counts = Counter(each.entry_id for each in every if wanted.takes(each, but="entry"))
    busy = (entry for entry in book.entries if counts[entry.id] or entry.id == wanted.entry)
    return [(entry, counts[entry.id]) for entry in busy]


def shown(book: Checked, found: Sequence[Finding]) -> list[Shown]:
    entries = {entry.id: entry for entry in book.entries}
    return [
        Shown(
            each,
            entries[each.entry_id],
            book.ignored.get(each.key),
            [(entries.get(key), words) for key, _place, words in each.slip.others],
        )
        for each in found
    ]
