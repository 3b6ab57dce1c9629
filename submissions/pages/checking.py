"""The organiser's formal check: case after case by keyboard, many at once, reminders to the unfinished."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.orm import Session
from starlette.responses import Response
from starlette.routing import Route

from foundation.errors import FieldError, Invalid, NotFound
from foundation.forms import clean_text, validated
from foundation.permission import require
from foundation.text import Text, _, n_
from foundation.web import Rq, get, post, with_query
from submissions import policy, queries, service
from submissions.forms import DecisionForm
from submissions.pages.showing import case_deadline, version_body
from submissions.rules.formal_check import CHECKLIST, REJECT_REASONS, RETURN_REASONS
from submissions.rules.lifecycle import Deed, after, decision_to_undo
from submissions.rules.windows import from_wall_clock
from submissions.values import CallView, CaseStatus, CaseView, CheckState, Chosen, StepView

JudgingBegun = Callable[[Session, str], bool]
"""Whether judging of a call has begun: judging is above this package and says so through the wiring."""

_FIELDS = {"check_reason": "reason", "return_reason": "reason", "return_due_at": "due_at"}
_DONE: dict[str, Text] = {
    "check": _("已通过：%(number)s %(title)s"),
    "reject": _("已判定不通过：%(number)s %(title)s"),
    "return": _("已退回修改：%(number)s %(title)s"),
    "reopen": _("已恢复为待审查：%(number)s %(title)s"),
    "undo": _("已撤销上一个结论：%(number)s %(title)s"),
    "save": _("审查单已保存。"),
}
_GRAVEST = (CheckState.PROBLEM, CheckState.LOOK, CheckState.OK)
_BULK = {"check": Deed.CHECK, "return": Deed.RETURN, "reject": Deed.REJECT}


def routes(judging_begun: JudgingBegun) -> list[Route]:
    page = partial(check_page, judging_begun)
    return [
        get("/organise/calls/{call_id}/check", first),
        get("/organise/calls/{call_id}/check/{case_id}", page),
        post("/organise/calls/{call_id}/check/{case_id}", partial(decide, judging_begun), again=page),
        get("/organise/calls/{call_id}/bulk", bulk_page),
        post("/organise/calls/{call_id}/bulk", bulk, again=bulk_page),
        get("/organise/calls/{call_id}/remind", remind_page),
        post("/organise/calls/{call_id}/remind", remind, again=remind_page),
    ]


@dataclass(frozen=True, slots=True)
class Row:
    """The cases an organiser goes through, as the list was narrowed."""

    category_key: str
    unit_id: str
    status: CaseStatus | None

    @property
    def narrowed(self) -> dict[str, Any]:
        return {"category_key": self.category_key, "unit_id": self.unit_id, "status": self.status}

    def url(self, path: str, **more: str) -> str:
        """An address that keeps to this row."""
        status = self.status.value if self.status else ""
        return with_query(path, status=status, category=self.category_key, unit=self.unit_id, **more)


def row_asked(rq: Rq) -> Row:
    """As the address says, or a form that was posted from such a page."""
    status = rq.field("status") or rq.query("status")
    return Row(
        rq.field("category") or rq.query("category"),
        rq.field("unit") or rq.query("unit"),
        CaseStatus(status) if status in {each.value for each in CaseStatus} else None,
    )


# --- one after the other ---------------------------------------------------------------------------


def first(rq: Rq) -> Response:
    """To the first case that waits for its check."""
    call, row = _permitted(rq), row_asked(rq)
    if row.status is None:
        row = Row(row.category_key, row.unit_id, CaseStatus.SUBMITTED)
    ids = queries.handed_in_ids(rq.db, call.id, **row.narrowed)
    if not ids:
        return rq.redirect(f"/organise/calls/{call.id}", _("没有等待审查的案例。"))
    return rq.redirect(row.url(f"/organise/calls/{call.id}/check/{ids[0]}"))


def check_page(judging_begun: JudgingBegun, rq: Rq) -> Response:
    """One case with its findings, the person's sheet and the decision; the neighbours in the row."""
    call, row = _permitted(rq), row_asked(rq)
    case = _case_of(rq, call)
    version = queries.version(rq.db, case.version_id or case.pending_version_id or "")
    steps = queries.steps(rq.db, case.id)
    begun = judging_begun(rq.db, call.id)
    return rq.render(
        "submissions/check_sheet.html",
        call=call,
        case=case,
        row=row,
        version=version,
        body=version_body(version),
        findings=sorted(queries.check_findings(rq.db, case), key=lambda each: _GRAVEST.index(each.state)),
        sheet=queries.check_sheet(rq.db, version.id),
        checklist=CHECKLIST,
        near=queries.neighbours(queries.handed_in_ids(rq.db, call.id, **row.narrowed), case.id),
        deeds=_deeds(case),
        undo=None if begun else decision_to_undo(steps, case.status),
        last=None if begun else _last(rq),
        steps=steps,
        recommendations=queries.recommendations(rq.db, [case.id]).get(case.id, []),
        places=queries.places(rq.db, call.id),
        scans=queries.scans(rq.db, [case.id]).get(case.id, []),
        deadline=case_deadline(rq, call, case),
        return_reasons=RETURN_REASONS,
        reject_reasons=REJECT_REASONS,
    )


def _case_of(rq: Rq, call: CallView) -> CaseView:
    """The case in the address, of the call in the address."""
    case = queries.case(rq.db, rq.path("case_id"))
    if case.call_id != call.id:
        raise NotFound
    return case


def _deeds(case: CaseView) -> frozenset[str]:
    """What can be decided now; the services decide again."""
    if case.version_id is None:
        return frozenset()
    asked = {"check": Deed.CHECK, "return": Deed.RETURN, "reject": Deed.REJECT, "reopen": Deed.REOPEN}
    return frozenset(name for name, deed in asked.items() if after(deed, case.status) is not None)


def _last(rq: Rq) -> tuple[CaseView, StepView] | None:
    """The case decided just before, while that can still be undone."""
    found = queries.cases_named(rq.db, [rq.query("last")])
    if not found or found[0].id == rq.path("case_id"):
        return None
    step = decision_to_undo(queries.steps(rq.db, found[0].id), found[0].status)
    return (found[0], step) if step else None


def decide(judging_begun: JudgingBegun, rq: Rq) -> Response:
    """Save the sheet, and decide if a decision was pressed; a decision leads on to the next case."""
    call, row = _permitted(rq), row_asked(rq)
    case = _case_of(rq, call)
    outcome = rq.field("outcome")
    if outcome not in _DONE:
        raise Invalid([FieldError("outcome", _("请选择审查结论。"))])
    near = queries.neighbours(queries.handed_in_ids(rq.db, call.id, **row.narrowed), case.id)
    form = _form(rq, call)
    if "note" in rq.form and case.version_id:
        service.note_check(
            rq.db,
            actor=rq.actor,
            now=rq.now,
            case_id=case.id,
            ticks=form.tick,
            note=form.note,
            seen=form.seen,
        )
    try:
        _carry_out(judging_begun, rq, case, outcome, form)
    except Invalid as problem:
        raise Invalid(
            [FieldError(_FIELDS.get(e.field, e.field), e.message) for e in problem.errors]
        ) from problem
    here = f"/organise/calls/{call.id}/check/"
    done = Text(_DONE[outcome].msgid, {"number": case.number, "title": case.title})
    if outcome in ("save", "undo", "reopen"):
        return rq.redirect(row.url(here + case.id), done)
    following = near.after or near.before
    if following is None:
        return rq.redirect(row.url(here + case.id), done)
    return rq.redirect(row.url(here + following, last=case.id), done)


def _carry_out(judging_begun: JudgingBegun, rq: Rq, case: CaseView, outcome: str, form: DecisionForm) -> None:
    who: dict[str, Any] = {"actor": rq.actor, "now": rq.now, "case_id": case.id}
    if outcome == "undo":
        service.undo_decision(rq.db, **who, judging_has_begun=judging_begun(rq.db, case.call_id))
    elif outcome == "return":
        service.return_case(rq.db, **who, reason=form.sentence, due_at=form.due_at, seen=form.seen)
    elif outcome != "save":
        service.check_case(rq.db, **who, outcome=Deed(outcome), reason=form.sentence, seen=form.seen)


def _form(rq: Rq, call: CallView) -> DecisionForm:
    values = {name: rq.field(name) for name in ("seen", "note", "reason", "reason_template")}
    ticks = [clean_text(each) for each in rq.form.getlist("tick") if isinstance(each, str)]
    typed: dict[str, Any] = {**values, "tick": ticks, "due_at": rq.field("due_at") or None}
    form = validated(DecisionForm, typed)
    return form.model_copy(update={"due_at": instant(form.due_at, call)})


def instant(typed: datetime | None, call: CallView) -> datetime | None:
    """A time without a zone is that of a clock in the call's."""
    if typed is None or typed.tzinfo is not None:
        return typed
    return from_wall_clock(typed, call.timezone)


# --- many at once ----------------------------------------------------------------------------------


def bulk_page(rq: Rq) -> Response:
    """What would be done to which cases, before anything is: the chosen ones, or all of the narrowed list."""
    call, row = _permitted(rq), row_asked(rq)
    deed = rq.field("deed") or rq.query("deed")
    if deed not in _BULK:
        return rq.redirect(row.url(f"/organise/calls/{call.id}"))
    cases = queries.cases_named(rq.db, _asked_ids(rq, call, row))
    able = [case for case in cases if case.version_id and after(_BULK[deed], case.status)]
    return rq.render(
        "submissions/bulk.html",
        call=call,
        row=row,
        deed=deed,
        able=able,
        unable=[case for case in cases if case not in able],
        limit=service.MOST_AT_ONCE,
        after_deadline=rq.now >= call.closes_at,
        return_reasons=RETURN_REASONS,
        reject_reasons=REJECT_REASONS,
    )


def _asked_ids(rq: Rq, call: CallView, row: Row) -> list[str]:
    posted = [each.partition(":")[0] for each in rq.form.getlist("chosen") if isinstance(each, str)]
    if posted:
        return posted
    if rq.query("scope") == "all":
        return queries.handed_in_ids(rq.db, call.id, **row.narrowed)
    return [each for each in rq.queries("case") if len(each) <= 40]


def bulk(rq: Rq) -> Response:
    """Decide them, and say which were done and which were left."""
    call, row = _permitted(rq), row_asked(rq)
    deed = rq.field("deed")
    if deed not in _BULK:
        raise Invalid([FieldError("deed", _("请从列出的选项中选择"))])
    pairs = [clean_text(each).partition(":") for each in rq.form.getlist("chosen") if isinstance(each, str)]
    form = _form(rq, call)
    outcome = service.decide_many(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        call_id=call.id,
        chosen=[Chosen(case_id, version_id) for case_id, _colon, version_id in pairs],
        deed=_BULK[deed],
        reason=form.sentence,
        due_at=form.due_at,
    )
    return rq.render("submissions/bulk_done.html", call=call, row=row, deed=deed, outcome=outcome)


def remind_page(rq: Rq) -> Response:
    """Who would be written to, before anybody is."""
    call = _permitted(rq)
    outcome = service.unfinished_branches(rq.db, actor=rq.actor, now=rq.now, call=call)
    return rq.render("submissions/remind.html", call=call, outcome=outcome)


def remind(rq: Rq) -> Response:
    call = _permitted(rq)
    outcome = service.remind_unfinished(rq.db, actor=rq.actor, now=rq.now, call_id=call.id)
    count = len(outcome.done)
    done = n_("已给 %(n)s 个单位发出提醒邮件。", "已给 %(n)s 个单位发出提醒邮件。", count)
    return rq.redirect(f"/organise/calls/{call.id}", done)


def _permitted(rq: Rq) -> CallView:
    rq.signed_in()
    require(policy.may_check(rq.actor))
    return queries.call(rq.db, rq.path("call_id"))
