"""The attendance list for a branch's file, as a document."""

from __future__ import annotations

from foundation.display import clock_time, day, moment_in_zone
from foundation.richtext import Block
from foundation.richtext.values import Cell, Heading, Paragraph, Run, Table
from foundation.text import Text, _
from judging.papers.ports import Paper
from search.teaching.sessions.queries.results import SessionResults
from search.teaching.sessions.values import PersonResult, SeriesView


def attendance(series: SeriesView, found: SessionResults) -> Paper:
    """Date, presenter, figures per unit, a line a participant."""
    session = found.session
    title = _(
        "“%(series)s”学习签到表（%(day)s）", series=series.title, day=day(session.starts_at, series.zone)
    )
    return Paper(
        title=str(title),
        author=", ".join(unit.name for unit in found.units) if len(found.units) == 1 else "",
        blocks=tuple(_blocks(series, found)),
    )


def _blocks(series: SeriesView, found: SessionResults) -> list[Block]:
    session = found.session
    blocks: list[Block] = [
        _line(_("时间：%(at)s", at=moment_in_zone(session.starts_at, series.zone))),
        _line(_("主题：%(title)s", title=session.title or series.title)),
    ]
    if session.presenter:
        blocks.append(_line(_("主讲人：%(name)s", name=session.presenter)))
    there = sum(unit.present for unit in found.units)
    late = sum(unit.makeup for unit in found.units)
    blocks.append(_line(_("出席 %(there)s 人，补学 %(late)s 人。", there=there, late=late)))
    heads = (_("序号"), _("姓名"), _("签到"), _("必答题"), _("签名"))
    for unit in found.units:
        own = [line for line in found.people if line.person.unit_id == unit.unit_id and line.present]
        rows = [_row(number, line, found, series.zone) for number, line in enumerate(own, start=1)]
        listed = _table(heads, rows) if rows else _line(_("没有人签到或补学。"))
        blocks += [Heading(2, (Run(unit.name),)), listed]
    return blocks


def _row(number: int, line: PersonResult, found: SessionResults, zone: str) -> list[Text | str]:
    at = clock_time(line.present.at, zone) if line.present else ""
    said = _("补学") if line.present and line.present.makeup else at
    return [str(number), line.person.name or _("（已删除）"), said, f"{line.must} / {found.must}", ""]


def _table(heads: tuple[Text, ...], rows: list[list[Text | str]]) -> Table:
    first = tuple(Cell((_line(name),), header=True) for name in heads)
    return Table((first, *(tuple(Cell((_line(words),)) for words in row) for row in rows)))


def _line(words: Text | str) -> Paragraph:
    return Paragraph((Run(str(words)),))
