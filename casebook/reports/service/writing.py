"""Writing: title, sections and their order; earlier rounds come back as new ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from casebook.reports import queries
from casebook.reports.rules import editing
from casebook.reports.rules.tokens import Names, unknown
from casebook.reports.service.opening import title_errors
from casebook.reports.service.rounds import add_round, opened, section_of, unchanged
from casebook.reports.values import Section
from foundation import richtext
from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, Refused
from foundation.ids import new_id
from foundation.text import _


def write_section(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    report_id: str,
    section_id: str,
    base: int,
    heading: str,
    body: str,
    in_brief: bool,
    names: Names,
) -> int:
    """Keep somebody's words for a section; `base` is the round that he had before him, `names` what tokens
    may name. Returns the report's last round.

    Raises:
        Forbidden, NotFound
        Invalid: no heading, too long, a token that names nothing.
        Refused: the section was changed meanwhile.
    """
    row, content = opened(db, actor, report_id)
    section = section_of(content, section_id)
    clean = richtext.clean(body)
    errors = _section_errors(heading, clean, names)
    if errors:
        raise Invalid(errors)
    unchanged(db, row, section_id, base)
    wanted = editing.written(
        section, body=clean, heading=heading, in_brief=in_brief, name=actor.name, now=now
    )
    after = editing.with_section(content, wanted)
    return add_round(db, row, after, kind="section", actor=actor, now=now)


def _section_errors(heading: str, body: str, names: Names) -> list[FieldError]:
    errors = _heading_errors(heading)
    if len(body) > editing.BODY_HIGHEST:
        errors.append(FieldError("body", _("这一节太长，请分成几节。")))
    for token, nearest in unknown(richtext.plain(body), names)[:5]:
        if nearest:
            said = _("%(token)s 不是可用的数字或图表，是不是想写 %(nearest)s？", token=token, nearest=nearest)
        else:
            said = _("%(token)s 不是可用的数字或图表，请从右边的列表中选。", token=token)
        errors.append(FieldError("body", said))
    return errors


def _heading_errors(heading: str) -> list[FieldError]:
    if not heading:
        return [FieldError("heading", _("请填写这一节的标题。"))]
    if len(heading) > editing.HEADING_HIGHEST:
        return [FieldError("heading", _("标题不能超过 %(limit)s 个字。", limit=editing.HEADING_HIGHEST))]
    return []


def retitle(db: Session, *, actor: Actor, now: datetime, report_id: str, title: str, byline: str) -> int:
    """Raises Forbidden, NotFound, Invalid."""
    row, content = opened(db, actor, report_id)
    errors = title_errors(title)
    if len(byline) > editing.TITLE_HIGHEST:
        errors.append(FieldError("byline", _("署名不能超过 %(limit)s 个字。", limit=editing.TITLE_HIGHEST)))
    if errors:
        raise Invalid(errors)
    after = replace(content, title=title, byline=byline)
    return add_round(db, row, after, kind="title", actor=actor, now=now)


def add_section(db: Session, *, actor: Actor, now: datetime, report_id: str, heading: str) -> str:
    """An empty section behind the last; returns its id.

    Raises:
        Forbidden, NotFound, Invalid
        Refused: there are too many.
    """
    row, content = opened(db, actor, report_id)
    errors = _heading_errors(heading)
    if errors:
        raise Invalid(errors)
    if len(content.sections) >= editing.SECTIONS_HIGHEST:
        limit = editing.SECTIONS_HIGHEST
        raise Refused(_("一份报告最多 %(limit)s 节，请合并或删除一些。", limit=limit))
    section = Section(new_id(), heading, writer_name=actor.name, written_at=now)
    add_round(db, row, editing.with_section(content, section), kind="added", actor=actor, now=now)
    return section.id


def remove_section(db: Session, *, actor: Actor, now: datetime, report_id: str, section_id: str) -> int:
    """Raises Forbidden, NotFound. What it said stays in the rounds before."""
    row, content = opened(db, actor, report_id)
    section_of(content, section_id)
    after = editing.without_section(content, section_id)
    return add_round(db, row, after, kind="removed", actor=actor, now=now)


def move_section(
    db: Session, *, actor: Actor, now: datetime, report_id: str, section_id: str, step: int
) -> int:
    """One place up (-1) or down (+1). Raises Forbidden, NotFound."""
    row, content = opened(db, actor, report_id)
    section_of(content, section_id)
    after = editing.moved(content, section_id, step)
    return add_round(db, row, after, kind="ordered", actor=actor, now=now)


def order_sections(db: Session, *, actor: Actor, now: datetime, report_id: str, ids: Sequence[str]) -> int:
    """All sections in this order.

    Raises:
        Forbidden, NotFound
        Refused: sections came or went meanwhile.
    """
    row, content = opened(db, actor, report_id)
    after = editing.ordered(content, ids)
    if after is None:
        raise Refused(_("章节已经变化，请看一眼现在的顺序再调整。"))
    return add_round(db, row, after, kind="ordered", actor=actor, now=now)


def restore_round(db: Session, *, actor: Actor, now: datetime, report_id: str, ordinal: int) -> int:
    """What the report said in an earlier round, as a new one. Raises Forbidden, NotFound."""
    row, _content = opened(db, actor, report_id)
    before = queries.content_at(db, report_id, ordinal)
    return add_round(db, row, before, kind="restored", actor=actor, now=now)
