"""Quoted passages: taken word for word from awarded cases of the set, dropped, or kept in spite of a flag."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from casebook.reports import codec, queries
from casebook.reports.events import PassageConfirmed
from casebook.reports.ports import Shelf
from casebook.reports.queries.passages import plain_text
from casebook.reports.rules import editing
from casebook.reports.rules.quoting import LONGEST, SHORTEST, flat, stands_in
from casebook.reports.service.rounds import add_round, opened, section_of
from casebook.reports.values import Content, Quotation, Section
from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.text import _
from foundation.visibility import as_system
from judging import queries as judging
from submissions import queries as submissions

QUOTATIONS_HIGHEST = 60


def add_quotation(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    report_id: str,
    section_id: str,
    case_id: str,
    text: str,
    shelf: Shelf,
) -> int:
    """Quote a case of the set in a section; the words must stand in its awarded version exactly so.

    Raises:
        Forbidden, NotFound
        Invalid: too short, too long, or not in the text.
        Refused: the case is not awarded, on the shelf and in the set.
    """
    row, content = opened(db, actor, report_id)
    section = section_of(content, section_id)
    quote = flat(text)
    if not SHORTEST <= len(quote) <= LONGEST:
        raise Invalid(
            [FieldError("text", _("引文请取 %(low)s 到 %(high)s 个字。", low=SHORTEST, high=LONGEST))]
        )
    version_id = _version(db, row.definition, case_id, shelf)
    with as_system(db):
        version = submissions.version(db, version_id)
    if not stands_in(quote, plain_text(version.content_hash, version.body_html)):
        raise Invalid([FieldError("text", _("这段话和案例获奖版本的原文不一致，请从原文复制，一字不改。"))])
    if sum(len(each.quotations) for each in content.sections) >= QUOTATIONS_HIGHEST:
        raise Refused(_("一份报告最多 %(limit)s 段引文，请先删除一些。", limit=QUOTATIONS_HIGHEST))
    quotation = Quotation(new_id(), case_id, version_id, quote)
    if any((each.case_id, each.text) == (case_id, quote) for each in section.quotations):
        return row.ordinal
    after = _with(content, section, (*section.quotations, quotation))
    return add_round(db, row, after, kind="quoted", actor=actor, now=now)


def _version(db: Session, definition: dict[str, object], case_id: str, shelf: Shelf) -> str:
    wanted = queries.members(db, codec.definition_from_json(definition), shelf)
    awards = judging.awards_of(db, [case_id])
    if case_id not in wanted or not awards or case_id not in shelf.standing(db, [case_id]):
        raise Refused(_("只能引用报告统计范围内、在案例库里的获奖案例。"))
    return awards[0].version_id


def drop_quotation(db: Session, *, actor: Actor, now: datetime, report_id: str, quotation_id: str) -> int:
    """Raises Forbidden, NotFound."""
    row, content = opened(db, actor, report_id)
    section, _quotation = _find(content, quotation_id)
    kept = tuple(each for each in section.quotations if each.id != quotation_id)
    return add_round(db, row, _with(content, section, kept), kind="dropped", actor=actor, now=now)


def confirm_quotation(
    db: Session, *, actor: Actor, now: datetime, report_id: str, quotation_id: str, shelf: Shelf
) -> int:
    """Keep a passage in spite of what has become of its case; holds for this reason only. Who may not read
    the case any more cannot vouch for its words.

    Raises:
        Forbidden, NotFound
        Refused: nothing is wrong with it, or he may not read the case.
    """
    row, content = opened(db, actor, report_id)
    section, quotation = _find(content, quotation_id)
    definition = codec.definition_from_json(row.definition)
    flag = queries.checked_flags(db, content, definition, shelf).get(quotation_id)
    if flag is None:
        raise Refused(_("这段引文没有需要确认的问题。"))
    if quotation.version_id not in queries.sources(db, content, shelf):
        raise Refused(_("您现在看不到这个案例，不能确认它的引文；请删除引文，或请组织者确认。"))
    kept = tuple(
        replace(each, confirmed=flag) if each.id == quotation_id else each for each in section.quotations
    )
    ordinal = add_round(db, row, _with(content, section, kept), kind="confirmed", actor=actor, now=now)
    event = PassageConfirmed(report_id=report_id, case_id=quotation.case_id, flag=flag.value)
    record(db, actor=actor, now=now, event=event)
    return ordinal


def _find(content: Content, quotation_id: str) -> tuple[Section, Quotation]:
    for section in content.sections:
        for each in section.quotations:
            if each.id == quotation_id:
                return section, each
    raise NotFound


def _with(content: Content, section: Section, quotations: tuple[Quotation, ...]) -> Content:
    return editing.with_section(content, replace(section, quotations=quotations))
