"""Who sees which rows of judging, in SQL and at one place.

A juror sees his own invitation, assignments, marks, comments and hand-ins, nobody else's. The organiser sees
the judging of a round unless he sits on its panel: then he is a juror there and no more. A private note is
its juror's alone. Awards in force are public.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, false, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from foundation.actor import Actor, Role
from foundation.visibility import Grant, Rule
from judging.models import (
    Assignment,
    AssignmentSheet,
    Award,
    CalendarEntry,
    Calibration,
    CalibrationMark,
    CalibrationRead,
    CaseCustodian,
    Certificate,
    CertificateDesign,
    ClaimVerdict,
    Commendation,
    CommentVersion,
    Conflict,
    ConflictRuling,
    Decision,
    Discussion,
    Distribution,
    FeedbackComment,
    FeedbackRelease,
    FeedbackTerms,
    HandIn,
    InvitationLink,
    JurorInterest,
    JurorProfile,
    JurorRemark,
    JuryStatement,
    LiveItem,
    LiveQuestion,
    LiveSession,
    LiveVote,
    MarkVersion,
    Meeting,
    MeetingNote,
    MeetingVote,
    Motion,
    NoticeLine,
    Objection,
    ObjectionFile,
    OrganiserRecusal,
    PanelMember,
    PublicNotice,
    Remark,
    ResultLetter,
    ResultWording,
    Round,
    RoundCase,
    Ruling,
    ScoreSheet,
    Statement,
)
from judging.values import ON_PANEL, AssignmentState, CommentKind, ObjectionState
from submissions.visibility import with_a_hand_in


def _seats(actor: Actor) -> ScalarSelect[str]:
    """Rounds on whose panel the actor sits. A Core select: no visibility rule inside a visibility rule."""
    seats = PanelMember.__table__
    return (
        select(seats.c.round_id)
        .where(seats.c.user_id == actor.user_id, seats.c.state.in_([state.value for state in ON_PANEL]))
        .scalar_subquery()
    )


def _judged(actor: Actor) -> ScalarSelect[str]:
    """Rounds of the calls on one of whose panels the actor sits: a later round rests on the one before."""
    rounds = Round.__table__
    calls = select(rounds.c.call_id).where(rounds.c.id.in_(_seats(actor))).scalar_subquery()
    return select(rounds.c.id).where(rounds.c.call_id.in_(calls)).scalar_subquery()


def _own(column: InstrumentedAttribute[Any]) -> Rule:
    """Rows that are the juror's own."""

    def rule(actor: Actor) -> ColumnElement[bool] | bool:
        return column == actor.user_id if actor.has(Role.JUROR) else False

    return rule


def _organised(column: InstrumentedAttribute[Any]) -> Rule:
    """Rows of rounds that the actor runs without sitting on a panel of their call."""

    def rule(actor: Actor) -> ColumnElement[bool] | bool:
        return column.not_in(_judged(actor)) if actor.has(Role.ORGANISER) else False

    return rule


def _kept_out(actor: Actor) -> ScalarSelect[str]:
    """Cases that the organiser has declared to keep out of."""
    rows = OrganiserRecusal.__table__
    return (
        select(rows.c.case_id)
        .where(rows.c.user_id == actor.user_id, rows.c.lifted_at.is_(None))
        .scalar_subquery()
    )


def shut_out(column: ColumnElement[Any] | InstrumentedAttribute[Any], actor: Actor) -> ColumnElement[bool]:
    """Cases whose judging is not the organiser's business: his own unit's, those he has a hand in, those he
    declared."""
    return or_(column.in_(with_a_hand_in(actor)), column.in_(_kept_out(actor)))


def _organised_case(
    round_column: InstrumentedAttribute[Any], case_column: InstrumentedAttribute[Any]
) -> Rule:
    """Rows about cases of rounds that the actor runs, but for the cases from which he is shut out."""
    organised = _organised(round_column)

    def rule(actor: Actor) -> ColumnElement[bool] | bool:
        condition = organised(actor)
        return condition if isinstance(condition, bool) else and_(condition, ~shut_out(case_column, actor))

    return rule


def _organised_read(
    round_column: InstrumentedAttribute[Any], assignment_column: InstrumentedAttribute[Any]
) -> Rule:
    """The same for what hangs on an assignment."""
    organised = _organised(round_column)

    def rule(actor: Actor) -> ColumnElement[bool] | bool:
        condition = organised(actor)
        if isinstance(condition, bool):
            return condition
        reads = Assignment.__table__
        hidden = select(reads.c.id).where(shut_out(reads.c.case_id, actor))
        return and_(condition, assignment_column.not_in(hidden))

    return rule


def _blind(actor: Actor) -> Select[tuple[str]] | None:
    """Calls that the actor judges and whose prizes are not announced: as an organiser he must not learn there
    whose case is whose. None for who is not organiser and juror at once. A pending decision is no end: it can
    be taken back, and the judging opened again."""
    if not (actor.has(Role.ORGANISER) and actor.has(Role.JUROR)):
        return None
    rounds, announced = Round.__table__, PublicNotice.__table__
    return select(rounds.c.call_id).where(
        rounds.c.id.in_(_seats(actor)), rounds.c.call_id.not_in(select(announced.c.call_id))
    )


def blind_calls(actor: Actor) -> ScalarSelect[str] | None:
    """Calls whose cases this organiser must not know, because he judges them; None: there are none."""
    found = _blind(actor)
    return None if found is None else found.scalar_subquery()


def is_blind(actor: Actor) -> ColumnElement[bool]:
    """Whether there is such a call: then he reads no letters that name units and their cases."""
    found = _blind(actor)
    return false() if found is None else found.exists()


def _organiser(actor: Actor) -> bool:
    return actor.has(Role.ORGANISER)


def _of_others(column: InstrumentedAttribute[Any]) -> Rule:
    """What organisers keep about other people than themselves."""
    return lambda actor: column != actor.user_id if actor.has(Role.ORGANISER) else False


def _calibrations_of_my_rounds(actor: Actor) -> ColumnElement[bool] | bool:
    return Calibration.round_id.in_(_seats(actor)) if actor.has(Role.JUROR) else False


def _statements_of_my_rounds(actor: Actor) -> ColumnElement[bool] | bool:
    return JuryStatement.round_id.in_(_seats(actor)) if actor.has(Role.JUROR) else False


def _my_rounds(actor: Actor) -> ColumnElement[bool] | bool:
    return Round.id.in_(_seats(actor)) if actor.has(Role.JUROR) else False


def _discussions_of_my_rounds(actor: Actor) -> ColumnElement[bool] | bool:
    return Discussion.round_id.in_(_seats(actor)) if actor.has(Role.JUROR) else False


def _met(column: InstrumentedAttribute[Any]) -> Rule:
    """What belongs to the meetings of panels on which the actor sits."""
    return lambda actor: column.in_(_seats(actor)) if actor.has(Role.JUROR) else False


def _named_votes(actor: Actor) -> ColumnElement[bool] | bool:
    """Who voted how, for the organiser, where the motion was put with names."""
    organised = _organised(MeetingVote.round_id)(actor)
    if isinstance(organised, bool):
        return organised
    motions = Motion.__table__
    return and_(organised, MeetingVote.motion_id.in_(select(motions.c.id).where(motions.c.named)))


def _my_cases(actor: Actor) -> ColumnElement[bool] | bool:
    """Of the round in which he reads them only: that a case went on to another round is not his to know."""
    if not actor.has(Role.JUROR):
        return False
    reads = Assignment.__table__
    mine = select(reads.c.round_id, reads.c.case_id).where(
        reads.c.juror_id == actor.user_id, reads.c.state != AssignmentState.REMOVED.value
    )
    return tuple_(RoundCase.round_id, RoundCase.case_id).in_(mine)


def _my_assignments(actor: Actor) -> ColumnElement[bool] | bool:
    if not actor.has(Role.JUROR):
        return False
    return and_(Assignment.juror_id == actor.user_id, Assignment.state != AssignmentState.REMOVED.value)


def _comments_for_others(actor: Actor) -> ColumnElement[bool] | bool:
    organised = _organised_read(CommentVersion.round_id, CommentVersion.assignment_id)(actor)
    if isinstance(organised, bool):
        return organised
    return and_(organised, CommentVersion.kind != CommentKind.NOTE.value)


def _verdicts_handed_in(actor: Actor) -> ColumnElement[bool] | bool:
    """What jurors found of claims, for the organiser, of scorecards that are handed in."""
    organised = _organised_read(ClaimVerdict.round_id, ClaimVerdict.assignment_id)(actor)
    if isinstance(organised, bool):
        return organised
    reads = Assignment.__table__
    handed_in = select(reads.c.id).where(reads.c.state == AssignmentState.HANDED_IN.value)
    return and_(organised, ClaimVerdict.assignment_id.in_(handed_in))


def _of_own_unit(column: InstrumentedAttribute[Any]) -> Rule:
    """What went to the unit, for those who write there."""

    def rule(actor: Actor) -> ColumnElement[bool] | bool:
        return column == actor.unit_id if actor.has(Role.SUBMITTER) and actor.unit_id else False

    return rule


def _in_force(_actor: Actor) -> ColumnElement[bool]:
    return Award.revoked_at.is_(None)


def _everybody(_actor: Actor) -> bool:
    return True


def _organised_line(round_id: InstrumentedAttribute[Any], line_id: InstrumentedAttribute[Any]) -> Rule:
    """Matters of announced cases, for organisers of the round that are not shut out of the case."""

    def rule(actor: Actor) -> ColumnElement[bool] | bool:
        organised = _organised(round_id)(actor)
        if isinstance(organised, bool):
            return organised
        lines = NoticeLine.__table__
        hidden = select(lines.c.id).where(shut_out(lines.c.case_id, actor))
        return and_(organised, line_id.not_in(hidden))

    return rule


def _objections_organised(actor: Actor) -> ColumnElement[bool] | bool:
    """An objection is known to organisers once its sender's address is confirmed."""
    organised = _organised_line(Objection.round_id, Objection.line_id)(actor)
    if isinstance(organised, bool):
        return organised
    return and_(organised, Objection.state != ObjectionState.UNCONFIRMED.value)


def _objectors(column: InstrumentedAttribute[Any]) -> Rule:
    """What somebody with an account objected to; who has none is nobody's account."""

    def rule(actor: Actor) -> ColumnElement[bool] | bool:
        return column == actor.user_id if actor.signed_in else False

    return rule


GRANTS = (
    Grant(Round, _organiser),
    Grant(Round, _my_rounds),
    Grant(RoundCase, _organised_case(RoundCase.round_id, RoundCase.case_id)),
    Grant(RoundCase, _my_cases),
    Grant(PanelMember, _organised(PanelMember.round_id)),
    Grant(PanelMember, _own(PanelMember.user_id)),
    Grant(JurorProfile, _organiser),
    Grant(JurorProfile, _own(JurorProfile.user_id)),
    Grant(JurorRemark, _of_others(JurorRemark.user_id)),
    Grant(JurorInterest, _organiser),
    Grant(JurorInterest, _own(JurorInterest.user_id)),
    Grant(InvitationLink, _organised(InvitationLink.round_id)),
    Grant(JuryStatement, _organised(JuryStatement.round_id)),
    Grant(JuryStatement, _statements_of_my_rounds),
    Grant(ConflictRuling, _organised_case(ConflictRuling.round_id, ConflictRuling.case_id)),
    Grant(OrganiserRecusal, _organised(OrganiserRecusal.round_id)),
    Grant(CaseCustodian, _organised(CaseCustodian.round_id)),
    Grant(Calibration, _organised(Calibration.round_id)),
    Grant(Calibration, _calibrations_of_my_rounds),
    Grant(CalibrationMark, _organised(CalibrationMark.round_id)),
    Grant(CalibrationMark, _own(CalibrationMark.juror_id)),
    Grant(CalibrationRead, _organised(CalibrationRead.round_id)),
    Grant(CalibrationRead, _own(CalibrationRead.juror_id)),
    Grant(Conflict, _organised_case(Conflict.round_id, Conflict.case_id)),
    Grant(Conflict, _own(Conflict.juror_id)),
    Grant(AssignmentSheet, _organised(AssignmentSheet.round_id)),
    Grant(Distribution, _organised(Distribution.round_id)),
    Grant(Assignment, _organised_case(Assignment.round_id, Assignment.case_id)),
    Grant(Assignment, _my_assignments),
    Grant(MarkVersion, _organised_read(MarkVersion.round_id, MarkVersion.assignment_id)),
    Grant(MarkVersion, _own(MarkVersion.juror_id)),
    Grant(CommentVersion, _comments_for_others),
    Grant(CommentVersion, _own(CommentVersion.juror_id)),
    Grant(ClaimVerdict, _verdicts_handed_in),
    Grant(ClaimVerdict, _own(ClaimVerdict.juror_id)),
    Grant(HandIn, _organised_read(HandIn.round_id, HandIn.assignment_id)),
    Grant(HandIn, _own(HandIn.juror_id)),
    Grant(Discussion, _organised(Discussion.round_id)),
    Grant(Discussion, _discussions_of_my_rounds),
    Grant(Remark, _organised(Remark.round_id)),
    Grant(Remark, _own(Remark.juror_id)),
    Grant(ScoreSheet, _own(ScoreSheet.juror_id)),
    Grant(Meeting, _organised(Meeting.round_id)),
    Grant(Meeting, _met(Meeting.round_id)),
    Grant(MeetingNote, _organised_case(MeetingNote.round_id, MeetingNote.case_id)),
    Grant(MeetingNote, _met(MeetingNote.round_id)),
    Grant(Motion, _organised(Motion.round_id)),
    Grant(Motion, _met(Motion.round_id)),
    Grant(MeetingVote, _named_votes),
    Grant(MeetingVote, _own(MeetingVote.juror_id)),
    Grant(Decision, _organised(Decision.round_id)),
    Grant(PublicNotice, _everybody),
    Grant(NoticeLine, _everybody),
    Grant(CalendarEntry, _everybody),
    Grant(Objection, _objections_organised),
    Grant(Objection, _objectors(Objection.objector_id)),
    Grant(Statement, _organised_line(Statement.round_id, Statement.line_id)),
    Grant(Statement, _of_own_unit(Statement.unit_id)),
    Grant(ObjectionFile, _organised_line(ObjectionFile.round_id, ObjectionFile.line_id)),
    Grant(ObjectionFile, _of_own_unit(ObjectionFile.unit_id)),
    Grant(ObjectionFile, _objectors(ObjectionFile.objector_id)),
    Grant(Ruling, _organised_line(Ruling.round_id, Ruling.line_id)),
    Grant(Award, _in_force),
    Grant(Award, _organiser),
    Grant(Commendation, _organised_case(Commendation.round_id, Commendation.case_id)),
    Grant(FeedbackTerms, _organised(FeedbackTerms.round_id)),
    Grant(FeedbackComment, _organised_case(FeedbackComment.round_id, FeedbackComment.case_id)),
    Grant(FeedbackRelease, _organised_case(FeedbackRelease.round_id, FeedbackRelease.case_id)),
    Grant(FeedbackRelease, _of_own_unit(FeedbackRelease.unit_id)),
    Grant(ResultWording, _organised(ResultWording.round_id)),
    Grant(ResultLetter, _organised(ResultLetter.round_id)),
    Grant(CertificateDesign, _organised(CertificateDesign.round_id)),
    Grant(Certificate, _organised(Certificate.round_id)),
    Grant(Certificate, _of_own_unit(Certificate.unit_id)),
    Grant(LiveSession, _organised(LiveSession.round_id)),
    Grant(LiveItem, _organised(LiveItem.round_id)),
    Grant(LiveQuestion, _organised(LiveQuestion.round_id)),
    Grant(LiveVote, _organised(LiveVote.round_id)),
)


def decided_calls() -> ScalarSelect[str]:
    """Calls whose results are public: they have an award in force. A Core select: other packages' visibility
    rules are made with it."""
    awards = Award.__table__
    return select(awards.c.call_id).where(awards.c.revoked_at.is_(None)).scalar_subquery()
