"""The calibration case: the organiser chooses it and sees how far apart the marks lie; jurors score it."""

from __future__ import annotations

import html
import re
from datetime import datetime
from decimal import Decimal
from urllib.parse import quote

from markupsafe import Markup
from starlette.responses import Response
from starlette.routing import Route

from foundation.errors import FieldError, Invalid, NotFound
from foundation.forms import read_form
from foundation.text import _
from foundation.web import Rq, get, post
from judging import queries, rules
from judging.forms import CalibrationForm, ReasonForm
from judging.pages.common import home, organiser_round, tabs
from judging.pages.scoring import typed_mark
from judging.queries import calibrations
from judging.queries.jurors import accepted_round
from judging.queries.keeping_out import shut_out_cases
from judging.queries.organisers import cases
from judging.service import calibrating as service
from judging.service.calibrating import Choice
from judging.statistics.standing import rounded
from judging.values import BlindCopy
from judging.views import RoundView
from judging.views.calibration import CalibrationView, OwnCalibration
from submissions import queries as submissions
from submissions.rules.criteria import Box, box, full_score, plain
from submissions.rules.windows import from_wall_clock
from submissions.values import Criterion

BASE = "/organise/calls/{call_id}/judging/calibration"
MINE = "/judging/rounds/{round_id}/calibration"
_PICTURE = re.compile(r'<img src="attachment:([A-Za-z0-9]+)"')


def routes() -> list[Route]:
    return [
        get(BASE, page),
        post(BASE, choose, again=page),
        post(BASE + "/change", change, again=page),
        post(BASE + "/end", end, again=page),
        get(MINE, sheet),
        post(MINE, score, again=sheet),
        get(MINE + "/files/{name}", photo),
    ]


# --- the organiser -----------------------------------------------------------------------------------


def page(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    found = calibrations.calibration(rq.db, view, rq.now)
    names = {seat.user_id: seat.name for seat in queries.panel(rq.db, view.id)}
    own = {each.case_id for each in shut_out_cases(rq.db, actor, view)}
    open_to_actor = found is not None and found.case_id not in own
    return rq.render(
        "judging/calibration.html",
        round=view,
        tabs=tabs(view, "/calibration"),
        found=found,
        body=_words_only(found.copy) if found is not None else "",
        strips=calibrations.spread(rq.db, view, found) if found is not None and open_to_actor else [],
        remarks=calibrations.remarks(rq.db, found) if found is not None and open_to_actor else [],
        names=names,
        choices=[(line.case_id, f"{line.label} {line.title}") for line in cases(rq.db, view.id)],
        awarded=_awarded(rq),
    )


def _awarded(rq: Rq) -> list[tuple[str, str]]:
    """Cases with an award, the latest first."""
    found = sorted(queries.awards(rq.db), key=lambda each: each.granted_at, reverse=True)[:200]
    return [
        (each.id, f"《{submissions.version(rq.db, each.version_id).title}》 {each.prize_name}")
        for each in found
    ]


def _words_only(copy: BlindCopy) -> Markup:
    return Markup(re.sub(r"<img[^>]*>", "", copy.body_html))  # noqa: S704  # canonical and escaped by foundation.richtext


def choose(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(CalibrationForm, rq.form)
    service.set_calibration(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        choice=_choice(form),
        due_at=_due(form, view),
        commentary=form.commentary,
    )
    return rq.redirect(_address(view), _("校准案例已设定，评委先评它，再开始各自的任务。"))


def _choice(form: CalibrationForm) -> Choice:
    if form.source == "round":
        if not form.case_id:
            raise Invalid([FieldError("case_id", _("请选择案例。"))])
        return Choice(case_id=form.case_id)
    if form.source == "award":
        if not form.award_id:
            raise Invalid([FieldError("award_id", _("请选择案例。"))])
        return Choice(award_id=form.award_id)
    if form.source == "text":
        lines = (line.strip() for line in form.text.splitlines())
        body = "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)
        return Choice(title=form.title, body_html=body)
    raise Invalid([FieldError("source", _("请选择用哪个案例。"))])


def _due(form: CalibrationForm, view: RoundView) -> datetime | None:
    if form.due_at is None or form.due_at.tzinfo is not None:
        return form.due_at
    return from_wall_clock(form.due_at, view.call.timezone)


def change(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(CalibrationForm, rq.form)
    service.change_calibration(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        due_at=_due(form, view),
        commentary=form.commentary,
    )
    return rq.redirect(_address(view), _("已保存。"))


def end(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(ReasonForm, rq.form)
    service.end_calibration(rq.db, actor=actor, now=rq.now, round_id=view.id, reason=form.reason)
    return rq.redirect(_address(view), _("校准已取消，评委可以直接开始评审。"))


def _address(view: RoundView) -> str:
    return home(view.call) + "/calibration"


# --- the juror ---------------------------------------------------------------------------------------


def _mine(rq: Rq) -> tuple[RoundView, CalibrationView]:
    actor = rq.signed_in()
    view = accepted_round(rq.db, actor, rq.path("round_id"))
    found = calibrations.calibration(rq.db, view, rq.now)
    if found is None or actor.user_id not in found.judges:
        raise NotFound
    return view, found


def sheet(rq: Rq) -> Response:
    view, found = _mine(rq)
    mine = calibrations.own(rq.db, rq.actor, view, found)
    criteria = view.call.rules.criteria
    return rq.render(
        "judging/calibration_sheet.html",
        round=view,
        found=found,
        copy=found.copy,
        body=_with_pictures(found),
        photos=_photos_beside(found.copy),
        mine=mine,
        total=rounded(mine.total) if mine.total is not None else None,
        full=full_score(criteria),
        boxes=[_box(rq, mine, each) for each in criteria],
        strips=calibrations.spread(rq.db, view, found, rq.actor.user_id),
        remarks=calibrations.remarks(rq.db, found),
        refusal=rules.round_refusal(view.state, view.closes_at, rq.now),
        wide=True,
    )


def _box(rq: Rq, mine: OwnCalibration, criterion: Criterion) -> Box:
    mark = mine.marks.get(criterion.key)
    name = f"mark-{criterion.key}"
    typed = rq.field(name) if rq.problem and name in rq.form else (plain(mark) if mark is not None else "")
    return box(criterion, typed)


def _with_pictures(found: CalibrationView) -> Markup:
    names = {each.id: each.name for each in found.copy.attachments}

    def address(match: re.Match[str]) -> str:
        name = names.get(match[1])
        here = f"/judging/rounds/{found.round_id}/calibration/files/"
        return f'<img loading="lazy" src="{here}{quote(name)}"' if name else "<img"

    return Markup(_PICTURE.sub(address, found.copy.body_html))  # noqa: S704  # canonical and escaped by foundation.richtext


def _photos_beside(copy: BlindCopy) -> list[object]:
    shown = set(_PICTURE.findall(copy.body_html))
    return [each for each in copy.attachments if each.kind == "photo" and each.id not in shown]


def photo(rq: Rq) -> Response:
    _view, found = _mine(rq)
    name = rq.path("name")
    for each in found.copy.attachments:
        if each.name == name and each.kind == "photo":
            return rq.send_file(
                each.sha256, name=each.name, media_type=each.media_type, size=each.size, inline=True
            )
    raise NotFound


def score(rq: Rq) -> Response:
    view, _found = _mine(rq)
    hand_in = rq.field("command") == "hand_in"
    service.score_calibration(
        rq.db,
        actor=rq.signed_in(),
        now=rq.now,
        round_id=view.id,
        given=_typed(rq, view),
        remark=rq.field("remark"),
        hand_in=hand_in,
    )
    if hand_in:
        return rq.redirect(f"/judging/rounds/{view.id}", _("校准评分已提交，现在可以开始您的评审任务。"))
    return rq.redirect(f"/judging/rounds/{view.id}/calibration", _("已保存。"))


def _typed(rq: Rq, view: RoundView) -> dict[str, Decimal | None]:
    given: dict[str, Decimal | None] = {}
    errors: list[FieldError] = []
    for criterion in view.call.rules.criteria:
        name = f"mark-{criterion.key}"
        if name not in rq.form:
            continue
        try:
            given[criterion.key] = typed_mark(rq.field(name), criterion)
        except Invalid as refusal:
            errors += [FieldError(name, each.message) for each in refusal.errors]
    if errors:
        raise Invalid(errors)
    return given
