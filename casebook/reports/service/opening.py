"""Opening a report over a set of cases; what it is about may be changed later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from casebook.reports import codec, policy, queries
from casebook.reports.events import ReportOpened, ReportRedefined
from casebook.reports.models import Report, ReportCall, ReportRound
from casebook.reports.rules.editing import SECTIONS_HIGHEST, TITLE_HIGHEST
from casebook.reports.service.rounds import add_round, opened
from casebook.reports.values import Content, Definition, Facts, Scope, Section
from foundation.actor import Actor
from foundation.errors import FieldError, Invalid
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import _

PICKED_HIGHEST = 500


def open_report(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    title: str,
    definition: Definition,
    facts: Facts,
    sections: Sequence[Section],
) -> str:
    """A new report; `facts` were read for this definition by this actor, `sections` drafted from them.

    Raises:
        Forbidden: also when he may not count one of the calls yet.
        Invalid: no title, or a set without a case.
    """
    require(policy.may_report(actor))
    errors = title_errors(title)
    if errors:
        raise Invalid(errors)
    check(db, actor, definition, facts)
    report_id = new_id()
    db.add(
        Report(
            id=report_id,
            definition=codec.definition_to_json(definition),
            ordinal=1,
            opened_at=now,
            opened_by=actor.user_id,
            changed_at=now,
        )
    )
    db.flush()
    content = Content(title, "", tuple(sections))
    db.add(
        ReportRound(
            id=new_id(),
            report_id=report_id,
            ordinal=1,
            content=codec.to_json(content),
            kind="opened",
            sections=[],
            written_at=now,
            written_by=actor.user_id,
            writer_name=actor.name,
        )
    )
    call_ids = _calls(db, report_id, facts)
    scope = definition.scope.value
    record(db, actor=actor, now=now, event=ReportOpened(report_id=report_id, scope=scope, call_ids=call_ids))
    return report_id


def redefine(
    db: Session, *, actor: Actor, now: datetime, report_id: str, definition: Definition, facts: Facts
) -> None:
    """Let the report be about other cases. Its text stays; numbers and figures in it follow.

    Raises:
        Forbidden, NotFound, Invalid
    """
    row, _content = opened(db, actor, report_id)
    check(db, actor, definition, facts)
    row.definition = codec.definition_to_json(definition)
    row.changed_at = now
    db.execute(delete(ReportCall).where(ReportCall.report_id == report_id))
    call_ids = _calls(db, report_id, facts)
    scope = definition.scope.value
    event = ReportRedefined(report_id=report_id, scope=scope, call_ids=call_ids)
    record(db, actor=actor, now=now, event=event)


def redraft(db: Session, *, actor: Actor, now: datetime, report_id: str, sections: Sequence[Section]) -> int:
    """Replace what is still a draft by newly drafted sections of the same headings; add those that are new.
    Returns how many sections changed.

    Raises:
        Forbidden, NotFound
    """
    row, content = opened(db, actor, report_id)
    fresh = {each.heading: each for each in sections if each.drafted}
    known = {each.heading for each in content.sections}
    kept = [
        replace(each, body=fresh[each.heading].body) if each.drafted and each.heading in fresh else each
        for each in content.sections
    ]
    new = [each for heading, each in fresh.items() if heading not in known]
    after = replace(content, sections=(*kept, *new)[:SECTIONS_HIGHEST])
    changed = sum(1 for each in after.sections if content.section(each.id) != each)
    add_round(db, row, after, kind="drafted", actor=actor, now=now)
    return changed


def check(db: Session, actor: Actor, definition: Definition, facts: Facts) -> None:
    """Whether the actor may have a report of this set.

    Raises:
        Forbidden
        Invalid: with the field that is to be filled.
    """
    if definition.scope in (Scope.SUBMITTED, Scope.AWARDED) and not definition.call_ids:
        raise Invalid([FieldError("calls", _("请至少选择一次征集。"))])
    if definition.scope is Scope.PICKED and len(definition.case_ids) > PICKED_HIGHEST:
        limit = PICKED_HIGHEST
        raise Invalid([FieldError("cases", _("手工选定的案例最多 %(limit)s 个，请减少一些。", limit=limit))])
    calls = {call.id: (call, decided) for call, decided in queries.calls_to_choose(db, actor)}
    for found in facts.calls:
        if found.call_id not in calls:
            judged = queries.judges(db, actor, queries.call_of(db, found.call_id))
            require(policy.may_count(actor, decided=found.decided, judged_by_him=judged))
    if not facts.cases:
        raise Invalid([FieldError(_FIELD[definition.scope], _EMPTY[definition.scope])])


_FIELD = {Scope.SUBMITTED: "calls", Scope.AWARDED: "calls", Scope.SEARCH: "query", Scope.PICKED: "cases"}
_EMPTY = {
    Scope.SUBMITTED: _("选中的征集还没有提交的案例，请换一次征集。"),
    Scope.AWARDED: _("选中的征集还没有获奖案例，请换一次征集，或改为统计提交的全部案例。"),
    Scope.SEARCH: _("这次检索在案例库里没有找到案例，请换个检索词，或复制案例库检索页的地址。"),
    Scope.PICKED: _("没有认出获奖案例。请每行写一个案例的编号或短地址，只能选已经获奖的案例。"),
}


def title_errors(title: str) -> list[FieldError]:
    if not title:
        return [FieldError("title", _("请填写报告的标题。"))]
    if len(title) > TITLE_HIGHEST:
        return [FieldError("title", _("标题不能超过 %(limit)s 个字。", limit=TITLE_HIGHEST))]
    return []


def _calls(db: Session, report_id: str, facts: Facts) -> tuple[str, ...]:
    call_ids = tuple(call.call_id for call in facts.calls)
    db.add_all(ReportCall(id=new_id(), report_id=report_id, call_id=each) for each in call_ids)
    db.flush()
    return call_ids
