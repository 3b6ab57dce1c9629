"""The research report of the demonstration: about everything handed in last year, two sections edited, two
passages quoted. Nobody has asked for its files yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from casebook.reports import queries, service
from casebook.reports.counted import count
from casebook.reports.ports import Shelf
from casebook.reports.rules.drafting import draft
from casebook.reports.rules.tokens import Names
from casebook.reports.values import Definition, Scope
from foundation.ids import new_id
from search.holdings import short_path
from search.shelf import standings
from webapp.demo.world import World

DAY = -330
"""Two weeks after the book."""
SHELF = Shelf(
    search=lambda _db, _query: (),  # nothing is searched here
    topics=lambda _db, _case_ids: {},  # the worker reads topics later
    standing=lambda db, case_ids: frozenset(
        each.award.case_id for each in standings(db, case_ids) if each.audience is not None
    ),
    address=short_path,
)


def report(world: World, call_id: str, ids: Mapping[str, str]) -> None:
    """Open the report as its editor does, and work on what `report.toml` says."""
    wanted = world.content.report
    now = world.calendar.moment(DAY, 10)
    editor = world.actors["editor"]
    definition = Definition(Scope.SUBMITTED, (call_id,))
    found = count(world.db, definition, SHELF)
    report_id = service.open_report(
        world.db,
        actor=editor,
        now=now,
        title=wanted["title"],
        definition=definition,
        facts=found.whole,
        sections=draft(found.counted, new_id),
    )
    sections = {each.heading: each for each in queries.report(world.db, report_id).content.sections}
    service.retitle(
        world.db,
        actor=editor,
        now=now + timedelta(minutes=5),
        report_id=report_id,
        title=wanted["title"],
        byline=wanted["byline"],
    )
    for place, (heading, lines) in enumerate(wanted["sections"].items(), start=1):
        service.write_section(
            world.db,
            actor=editor,
            now=now + timedelta(minutes=20 * place),
            report_id=report_id,
            section_id=sections[heading].id,
            base=queries.report(world.db, report_id).ordinal,
            heading=heading,
            body="".join(f"<p>{line}</p>" for line in lines),
            in_brief=True,
            names=Names.of(found.counted),
        )
    for each in wanted["quotes"]:
        service.add_quotation(
            world.db,
            actor=editor,
            now=now + timedelta(hours=2),
            report_id=report_id,
            section_id=sections["案例摘录"].id,
            case_id=ids[each["case"]],
            text=each["text"],
            shelf=SHELF,
        )
