"""The demonstration's content as values: what lies in `content/`, read and checked."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from foundation.actor import Role
from submissions.values import (
    CallRules,
    Category,
    Criterion,
    EarlierAwards,
    Eligibility,
    JudgingRules,
    Level,
    Prize,
    StandingRule,
)


@dataclass(frozen=True)
class DemoTable:
    """A spreadsheet that goes with a case."""

    name: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str | int | float, ...], ...]


@dataclass(frozen=True)
class DemoClaim:
    """Words of the body with their evidence: a photo or table of the case by its name, or nothing.

    `verdict` and `remark` are what the first juror who has handed the case in found of it.
    """

    quote: str
    evidence: str = ""
    note: str = ""
    verdict: str = ""
    remark: str = ""


@dataclass(frozen=True)
class DemoCase:
    """One case as its authors would type it. `photos` pairs a picture's name with its caption."""

    key: str
    title: str
    unit: str
    category: str
    summary: str
    authors: tuple[tuple[str, str], ...]
    practice_from: date | None
    practice_to: date | None
    photos: tuple[tuple[str, str], ...]
    body: str
    tables: tuple[DemoTable, ...] = ()
    claims: tuple[DemoClaim, ...] = ()
    """In the order of the text."""


@dataclass(frozen=True)
class DemoUnit:
    """One unit of the tree; `parent` is a key or empty, `contact` hands cases in or forwards them."""

    key: str
    name: str
    short: str
    parent: str = ""
    category: str = ""
    contact: str = ""


@dataclass(frozen=True)
class DemoPerson:
    """An account to try the product with. `todo` says what waits for this person."""

    key: str
    name: str
    roles: frozenset[Role]
    unit: str
    todo: str
    email: str


@dataclass(frozen=True)
class DemoMarks:
    """What the jurors thought of a case: a row of marks a juror, comments for the first readers."""

    rows: tuple[tuple[int, ...], ...]
    comments: tuple[str, ...]


@dataclass(frozen=True)
class DemoQuestion:
    """What branches asked; `day` counts from the opening of the window."""

    day: int
    question: str
    answer: str


@dataclass(frozen=True)
class DemoCorrection:
    """What the notice said first and what it says since; `day` counts from the opening of the window."""

    day: int
    before: str
    after: str
    reason: str


@dataclass(frozen=True)
class DemoReturn:
    """The case that the formal check gave back: its first version named one author only."""

    case: str
    reason: str


@dataclass(frozen=True)
class DemoCall:
    """A call; its days are counted from the date of loading, `{year}` stands in the texts."""

    key: str
    slug: str
    title: str
    theme: str
    notice: str
    opens_day: int
    closes_day: int
    rules: CallRules
    cases: tuple[DemoCase, ...]
    marks: Mapping[str, DemoMarks] = field(default_factory=dict)
    opinions: Mapping[str, str] = field(default_factory=dict)
    questions: tuple[DemoQuestion, ...] = ()
    correction: DemoCorrection | None = None
    comments: Mapping[str, str] = field(default_factory=dict)
    """What the superiors said of cases without forwarding them."""
    praise: Mapping[str, str] = field(default_factory=dict)
    """The words that go with the prizes of cases."""
    order: tuple[str, ...] = ()
    """The superior account's recommended cases, the best first."""
    returned: DemoReturn | None = None
    masks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Cases whose masked copy was confirmed, with words covered beside what was proposed."""


class Content:
    """Everything in `content/`."""

    def __init__(self) -> None:
        self._root = files("webapp.demo") / "content"
        self._calls = self._toml("calls.toml")
        self._people = self._toml("people.toml")

    def _toml(self, name: str) -> dict[str, Any]:
        return tomllib.loads((self._root / name).read_text(encoding="utf-8"))

    @property
    def timezone(self) -> str:
        return str(self._calls["timezone"])

    @property
    def hours(self) -> tuple[int, int]:
        """At which hour of the day windows open and close."""
        return int(self._calls["opens_hour"]), int(self._calls["closes_hour"])

    @property
    def contact(self) -> str:
        """Who answers during a public notice."""
        return str(self._calls["notice_contact"]).strip()

    @property
    def password(self) -> str:
        return str(self._people["password"])

    @property
    def domain(self) -> str:
        return str(self._people["domain"])

    @cached_property
    def foreword(self) -> str:
        return (self._root / "foreword.md").read_text(encoding="utf-8")

    @cached_property
    def editions(self) -> dict[str, Any]:
        """The books, as `editions.toml` has them."""
        return self._toml("editions.toml")

    @cached_property
    def reviews(self) -> dict[str, Any]:
        """Who reviews the short book and how far that is, as `reviews.toml` has it."""
        return self._toml("reviews.toml")

    @property
    def report(self) -> dict[str, Any]:
        """The research report, as `report.toml` has it."""
        return self._toml("report.toml")

    @property
    def shelf(self) -> dict[str, Any]:
        """Topics and collections of the library, as `shelf.toml` has them."""
        return self._toml("shelf.toml")

    @cached_property
    def units(self) -> tuple[DemoUnit, ...]:
        return tuple(DemoUnit(**each) for each in self._toml("units.toml")["units"])

    @cached_property
    def people(self) -> tuple[DemoPerson, ...]:
        return tuple(
            DemoPerson(
                key=each["key"],
                name=each["name"],
                roles=frozenset(Role(role) for role in each["roles"]),
                unit=each.get("unit", ""),
                todo=each["todo"],
                email=f"{each['key']}@{self.domain}",
            )
            for each in self._people["people"]
        )

    @cached_property
    def calls(self) -> dict[str, DemoCall]:
        """The calls by key: last-year, judging, open."""
        marks, opinions = self._toml("marks.toml"), self._toml("opinions.toml")
        deeds = self._toml("deeds.toml")
        return {
            key: self._call(each, marks.get(key, {}), opinions.get(key, {}), deeds.get(key, {}))
            for each in self._calls["calls"]
            for key in (each["key"],)
        }

    def _call(
        self,
        raw: Mapping[str, Any],
        marks: Mapping[str, Any],
        opinions: Mapping[str, str],
        deeds: Mapping[str, Any],
    ) -> DemoCall:
        return DemoCall(
            key=raw["key"],
            slug=raw["slug"],
            title=raw["title"],
            theme=raw["theme"],
            notice=raw["notice"],
            opens_day=raw["opens_day"],
            closes_day=raw["closes_day"],
            rules=self._rules(raw),
            cases=tuple(self._cases(raw["key"])),
            marks={
                key: DemoMarks(tuple(tuple(row) for row in each["marks"]), tuple(each["comments"]))
                for key, each in marks.items()
            },
            opinions=opinions,
            questions=tuple(DemoQuestion(**each) for each in raw.get("questions", ())),
            correction=DemoCorrection(**raw["correction"]) if "correction" in raw else None,
            comments=deeds.get("comments", {}),
            praise=deeds.get("praise", {}),
            order=tuple(deeds.get("order", ())),
            returned=DemoReturn(**deeds["returned"]) if "returned" in deeds else None,
            masks={key: tuple(words) for key, words in deeds.get("masks", {}).items()},
        )

    def _rules(self, raw: Mapping[str, Any]) -> CallRules:
        return CallRules(
            categories=tuple(Category(each["key"], each["name"]) for each in self._calls["categories"]),
            criteria=tuple(
                Criterion(
                    each["key"],
                    each["name"],
                    each["weight"],
                    each["lowest"],
                    each["highest"],
                    levels=tuple(Level(Decimal(lowest), *words) for lowest, *words in each["levels"]),
                )
                for each in self._calls["criteria"]
            ),
            prizes=tuple(Prize(*each) for each in raw["prizes"]),
            standing_rule=StandingRule(raw["standing_rule"]),
            cases_per_unit=raw["cases_per_unit"],
            words_lowest=raw["words_lowest"],
            words_highest=raw["words_highest"],
            pledge_text=self._calls["pledge"].strip(),
            needs_recommendation=raw["needs_recommendation"],
            needs_check=raw["needs_check"],
            reads_per_case=raw["reads_per_case"],
            eligibility=Eligibility(earlier_awards=EarlierAwards(raw.get("earlier_awards", "allowed"))),
            judging=JudgingRules(notice_days=self._calls["notice_days"]),
            shows_recommenders=raw.get("shows_recommenders", False),
        )

    def _cases(self, call_key: str) -> list[DemoCase]:
        folder = self._root / "cases" / call_key
        found = [each for each in folder.iterdir() if each.name.endswith(".md")]
        return [read_case(each) for each in sorted(found, key=lambda each: each.name)]


def read_case(file: Traversable) -> DemoCase:
    """A case file: TOML between two `+++` lines, then the body in Markdown."""
    _before, front, body = file.read_text(encoding="utf-8").split("+++\n", 2)
    given = tomllib.loads(front)
    return DemoCase(
        key=file.name.removesuffix(".md"),
        title=given["title"],
        unit=given["unit"],
        category=given["category"],
        summary=given["summary"],
        authors=tuple((name, post) for name, post in given["authors"]),
        practice_from=given.get("practice_from"),
        practice_to=given.get("practice_to"),
        photos=tuple((name, caption) for name, caption in given["photos"]),
        body=body.strip(),
        tables=tuple(_table(each) for each in given.get("tables", ())),
        claims=tuple(DemoClaim(**each) for each in given.get("claims", ())),
    )


def _table(given: Mapping[str, Any]) -> DemoTable:
    rows = tuple(tuple(row) for row in given["rows"])
    return DemoTable(given["name"], given["caption"], tuple(given["heads"]), rows)
