"""Changes of what a report says: whose words a section has, what order, what a round did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from casebook.reports.values import Content, Section

SECTIONS_HIGHEST = 40
TITLE_HIGHEST = 120
HEADING_HIGHEST = 60
NOTE_HIGHEST = 200
BODY_HIGHEST = 60_000


def with_section(content: Content, section: Section) -> Content:
    """The section in place of the one with its id, or behind the last."""
    if content.section(section.id) is None:
        return replace(content, sections=(*content.sections, section))
    sections = tuple(section if each.id == section.id else each for each in content.sections)
    return replace(content, sections=sections)


def without_section(content: Content, section_id: str) -> Content:
    return replace(content, sections=tuple(each for each in content.sections if each.id != section_id))


def moved(content: Content, section_id: str, step: int) -> Content:
    """One place up (-1) or down (+1); at the end it stays."""
    sections = list(content.sections)
    place = next((at for at, each in enumerate(sections) if each.id == section_id), None)
    if place is None or not 0 <= place + step < len(sections):
        return content
    sections[place], sections[place + step] = sections[place + step], sections[place]
    return replace(content, sections=tuple(sections))


def ordered(content: Content, ids: Sequence[str]) -> Content | None:
    """The sections in this order; None when it is not an order of these sections."""
    known = {each.id: each for each in content.sections}
    if len(ids) != len(known) or set(ids) != set(known):
        return None
    return replace(content, sections=tuple(known[each] for each in ids))


def written(
    section: Section, *, body: str, heading: str, in_brief: bool, name: str, now: datetime
) -> Section:
    """The section with somebody's words: it is no draft any more once its text is another."""
    if (section.body, section.heading, section.in_brief) == (body, heading, in_brief):
        return section
    return replace(
        section,
        body=body,
        heading=heading,
        in_brief=in_brief,
        drafted=section.drafted and section.body == body,
        writer_name=name,
        written_at=now,
    )


def touched(before: Content, after: Content) -> tuple[str, ...]:
    """Headings of the sections that differ, gone ones too."""
    old = {each.id: each for each in before.sections}
    new = {each.id: each for each in after.sections}
    changed = [each.heading for each in after.sections if old.get(each.id) != each]
    return (*changed, *(each.heading for key, each in old.items() if key not in new))
