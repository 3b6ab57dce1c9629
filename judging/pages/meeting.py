"""The jury's meeting: the organiser's page with the minutes, the juror's page with his votes."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response
from starlette.routing import Route

from foundation.errors import FieldError, Invalid, NotFound
from foundation.forms import read_form
from foundation.text import Text, _
from foundation.web import Rq, disposition, get, post
from judging import queries, service
from judging.forms import MeetingForm, MotionForm, NoteForm
from judging.minutes import CHOICES, minutes, motion_line
from judging.pages.common import category_names, home, organiser_round, tabs
from judging.pages.standings import RULE_NAMES, TIE_NAMES
from judging.papers.ports import DocumentWriter
from judging.queries.meeting import around_the_cut
from judging.values import Choice, DecisionState
from judging.views import DecisionView, MeetingDesk, RoundView

ORGANISER = "/organise/calls/{call_id}/judging/meeting"
JUROR = "/judging/rounds/{round_id}/meeting"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def routes(write_document: DocumentWriter) -> list[Route]:
    def download(rq: Rq) -> Response:
        return minutes_file(rq, write_document)

    return [
        get(ORGANISER, desk),
        post(ORGANISER, hold, again=desk),
        post(ORGANISER + "/notes", note, again=desk),
        post(ORGANISER + "/motions", put, again=desk),
        post(ORGANISER + "/motions/{motion_id}/close", close, again=desk),
        get("/organise/calls/{call_id}/judging/minutes.docx", download),
        get(JUROR, jurors_page),
        post(JUROR + "/notes", jurors_note, again=jurors_page),
        post(JUROR + "/motions/{motion_id}", cast, again=jurors_page),
    ]


# --- the organiser ----------------------------------------------------------------------------------


def desk(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    found = queries.meeting_desk(rq.db, actor, view)
    rows = {row.case_id: row for row in found.board.rows}
    return rq.render(
        "judging/meeting.html",
        round=view,
        tabs=tabs(view, "/meeting"),
        desk=found,
        board=found.board,
        lines=[rows[case_id] for case_id in around_the_cut(found.board)],
        names=category_names(view.call),
        prize_names=_prize_names(view),
        certain=found.board.proposal.certain,
        tied={case_id for tie in found.board.proposal.ties for case_id in tie.case_ids},
        choices=CHOICES,
        said={each.id: motion_line(each, found.board) for each in found.motions if each.closed_at},
        decision=_decision(rq, view),
        home=home(view.call),
    )


def _prize_names(view: RoundView) -> Mapping[str, Text | str]:
    return {**{prize.key: prize.name for prize in view.call.rules.prizes}, "": _("不授奖")}


def hold(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(MeetingForm, rq.form)
    service.hold_meeting(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        held_at=form.at(view.call.timezone),
        place=form.place,
        chair=form.chair,
        recorder=form.recorder,
        attending=form.attending,
        named_votes=form.named_votes,
    )
    return rq.redirect(_address(view), _("会议信息已保存。"))


def note(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(NoteForm, rq.form)
    service.add_note(rq.db, actor=actor, now=rq.now, round_id=view.id, case_id=form.case_id, words=form.words)
    return rq.redirect(_address(view) + f"#case-{form.case_id}", _("记录已保存。"))


def put(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(MotionForm, rq.form)
    service.put_motion(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        case_ids=form.case_ids,
        prize_key=form.prize_key,
        words=form.motion,
    )
    return rq.redirect(_address(view) + "#motions", _("已提交表决，到会评委现在可以投票。"))


def close(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    service.close_motion(rq.db, actor=actor, now=rq.now, motion_id=rq.path("motion_id"))
    return rq.redirect(_address(view) + "#motions", _("表决已结束。"))


def _address(view: RoundView) -> str:
    return home(view.call) + "/meeting"


def minutes_file(rq: Rq, write_document: DocumentWriter) -> Response:
    """The minutes as they stand now; after the decision with it."""
    actor, view = organiser_round(rq)
    found = queries.meeting_desk(rq.db, actor, view)
    if found.meeting is None:
        raise NotFound
    paper = minutes(found, _decision(rq, view), rule_sentences(found))
    headers = {"Content-Disposition": disposition(str(_("评审会议记录")) + ".docx")}
    return Response(write_document(paper), media_type=DOCX, headers=headers)


def _decision(rq: Rq, view: RoundView) -> DecisionView | None:
    found = queries.decision(rq.db, view.id)
    return found if found is not None and found.state is not DecisionState.TAKEN_BACK else None


def rule_sentences(found: MeetingDesk) -> list[str]:
    """The published rule as sentences for the minutes."""
    rules, judging = found.board.round.call.rules, found.board.round.call.rules.judging
    sentences: list[Text] = [
        _("排名规则：%(name)s。", name=RULE_NAMES[rules.standing_rule]),
        _("少于 %(count)s 份有效评分的案例不排名、不授奖。", count=found.board.round.reads_required),
    ]
    names = {each.key: each.name for each in rules.criteria}
    if judging.tie_break:
        chain = "、".join(names[key] for key in judging.tie_break)
        sentences.append(_("得分相同的，依次比较：%(chain)s；仍相同则名次并列。", chain=chain))
    sentences.append(_("并列的案例超过名额时：%(name)s。", name=TIE_NAMES[judging.tie_policy]))
    quotas = "、".join(
        str(_("%(prize)s %(quota)s 名", prize=prize.name, quota=prize.quota)) for prize in rules.prizes
    )
    sentences.append(_("名额：%(quotas)s。", quotas=quotas))
    return [str(each) for each in sentences]


# --- the juror --------------------------------------------------------------------------------------


def jurors_page(rq: Rq) -> Response:
    found = queries.jurors_meeting(rq.db, rq.signed_in(), rq.path("round_id"))
    return rq.render(
        "judging/meeting_juror.html",
        found=found,
        round=found.round,
        prize_names=_prize_names(found.round),
        choices=CHOICES,
    )


def jurors_note(rq: Rq) -> Response:
    """A note on a case by its number: jurors' pages know no ids of cases."""
    actor, round_id, label = rq.signed_in(), rq.path("round_id"), rq.field("label")
    form = read_form(NoteForm, rq.form)
    labels = queries.jurors_meeting(rq.db, actor, round_id).labels
    case_id = next((each for each, known in labels.items() if known == label), "")
    service.add_note(rq.db, actor=actor, now=rq.now, round_id=round_id, case_id=case_id, words=form.words)
    return rq.redirect(f"/judging/rounds/{round_id}/meeting#case-{label}", _("记录已保存。"))


def cast(rq: Rq) -> Response:
    typed = rq.field("choice")
    if typed not in {each.value for each in Choice}:
        raise Invalid([FieldError("choice", _("请选择赞成、反对或弃权。"))])
    service.vote(
        rq.db,
        actor=rq.signed_in(),
        now=rq.now,
        motion_id=rq.path("motion_id"),
        choice=Choice(typed),
    )
    return rq.redirect(f"/judging/rounds/{rq.path('round_id')}/meeting#motions", _("您的表决已记录。"))
