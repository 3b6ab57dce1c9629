"""Who sees which rows of submissions, in SQL and at one place.

A working copy belongs to its unit alone, whatever the case's status, and to those whom the unit invited to
write in it: they see this case and no other. What was handed in is seen by the unit, by recommenders of the
units above it and by the organiser. Jurors, the library and the casebook read versions through queries their
own packages permit.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, or_, select, union
from sqlalchemy.orm import InstrumentedAttribute

from foundation.actor import Actor, Role
from foundation.people import Unit
from foundation.visibility import Grant, Rule
from submissions.models import (
    Attachment,
    AwardedText,
    Call,
    CallChange,
    Case,
    CaseClaim,
    CaseStep,
    CaseVersion,
    CategoryDeadline,
    CheckSheet,
    CoAuthor,
    Draft,
    Extension,
    IdentityReview,
    MailedCase,
    OriginalityMatch,
    OriginalityReport,
    OriginalityRound,
    PartialUpload,
    PersonToAvoid,
    PhotoMatch,
    Presence,
    Question,
    Recommendation,
    RecommendationScan,
    ReferenceText,
    SentencePrint,
    SetPhrase,
    TextPrint,
)
from submissions.values import CaseStatus

_HandedIn = Case.status != CaseStatus.DRAFT.value

Blind = Callable[[Actor], ScalarSelect[str] | None]
"""Calls of which an organiser must not see whose case is whose, because he judges them; None: there are none.
Judging says which (`webapp.wiring`)."""


def with_a_hand_in(actor: Actor) -> ScalarSelect[str]:
    """Cases of the actor's own unit, and those that he writes or handed in, by id. A Core select: other
    packages' visibility rules are made with it."""
    cases, guests, versions = Case.__table__, CoAuthor.__table__, CaseVersion.__table__
    parts = [
        select(guests.c.case_id.label("id")).where(guests.c.user_id == actor.user_id),
        select(versions.c.case_id).where(versions.c.submitted_by == actor.user_id),
    ]
    if actor.unit_id is not None:
        parts.append(select(cases.c.id).where(cases.c.unit_id == actor.unit_id))
    return select(union(*parts).subquery().c.id).scalar_subquery()


def _organiser(actor: Actor) -> bool:
    return actor.has(Role.ORGANISER)


def _organiser_of(column: InstrumentedAttribute[Any], blind: Blind) -> Rule:
    """Rows of calls, for organisers who judge none of their cases."""

    def rule(actor: Actor) -> ColumnElement[bool] | bool:
        if not actor.has(Role.ORGANISER):
            return False
        judged = blind(actor)
        return True if judged is None else or_(column.is_(None), column.not_in(judged))

    return rule


def _organiser_of_case(column: InstrumentedAttribute[Any], blind: Blind) -> Rule:
    """The same for rows that name a case."""

    def rule(actor: Actor) -> ColumnElement[bool] | bool:
        if not actor.has(Role.ORGANISER):
            return False
        judged = blind(actor)
        if judged is None:
            return True
        cases = Case.__table__
        return column.not_in(select(cases.c.id).where(cases.c.call_id.in_(judged)))

    return rule


def _own(column: InstrumentedAttribute[Any]) -> Rule:
    """Rows of the actor's own unit, for those who write there."""

    def rule(actor: Actor) -> ColumnElement[bool] | bool:
        if not actor.has(Role.SUBMITTER) or actor.unit_id is None:
            return False
        return column == actor.unit_id

    return rule


def _below(column: InstrumentedAttribute[Any]) -> Rule:
    """Rows of the units below a recommender's, its own included."""

    def rule(actor: Actor) -> ColumnElement[bool] | bool:
        if not actor.has(Role.RECOMMENDER) or not actor.unit_path:
            return False
        return column.in_(select(Unit.id).where(Unit.path.startswith(actor.unit_path, autoescape=True)))

    return rule


def _shared(column: InstrumentedAttribute[Any]) -> Rule:
    """Rows of the cases that the actor was invited to write in."""

    def rule(actor: Actor) -> ColumnElement[bool] | bool:
        if not actor.has(Role.SUBMITTER):
            return False
        return column.in_(select(CoAuthor.case_id).where(CoAuthor.user_id == actor.user_id))

    return rule


def _myself(column: InstrumentedAttribute[Any]) -> Rule:
    """Rows about the actor."""
    return lambda actor: column == actor.user_id if actor.signed_in else False


def _handed_in(rule: Rule) -> Rule:
    """The rule, for cases that were handed in."""

    def narrowed(actor: Actor) -> ColumnElement[bool] | bool:
        condition = rule(actor)
        if isinstance(condition, bool):
            return _HandedIn if condition else False
        return and_(condition, _HandedIn)

    return narrowed


def _reviewed(blind: Blind) -> Rule:
    """What was decided about names, for the organiser, once the case was handed in."""
    organised = _organiser_of(IdentityReview.call_id, blind)

    def rule(actor: Actor) -> ColumnElement[bool] | bool:
        condition = organised(actor)
        if condition is False:
            return False
        cases = Case.__table__  # a Core select: no visibility rule inside a visibility rule
        handed_in = select(cases.c.id).where(cases.c.status != CaseStatus.DRAFT.value)
        seen = IdentityReview.case_id.in_(handed_in)
        return seen if condition is True else and_(condition, seen)

    return rule


def _public(_actor: Actor) -> ColumnElement[bool]:
    return Call.published_at.is_not(None)


def _extension(actor: Actor) -> ColumnElement[bool] | bool:
    for_all = Extension.unit_id.is_(None)
    return or_(for_all, Extension.unit_id == actor.unit_id) if actor.unit_id else for_all


def _shared_extension(actor: Actor) -> ColumnElement[bool] | bool:
    """More time that the unit of a shared case was given for that case's call."""
    if not actor.has(Role.SUBMITTER):
        return False
    return (
        select(CoAuthor.id)
        .join(Case, Case.id == CoAuthor.case_id)
        .where(
            CoAuthor.user_id == actor.user_id,
            Case.unit_id == Extension.unit_id,
            Case.call_id == Extension.call_id,
        )
        .exists()
    )


def _with_its_call(column: InstrumentedAttribute[Any]) -> Rule:
    """What is public as soon as its call is."""

    def rule(_actor: Actor) -> ColumnElement[bool]:
        return column.in_(select(Call.id).where(Call.published_at.is_not(None)))

    return rule


def grants(blind: Blind) -> tuple[Grant, ...]:
    """All grants of the package; see `Blind`."""
    return (
        Grant(Call, _public),
        Grant(Call, _organiser),
        Grant(CategoryDeadline, _with_its_call(CategoryDeadline.call_id)),
        Grant(CategoryDeadline, _organiser),
        Grant(CallChange, _with_its_call(CallChange.call_id)),
        Grant(CallChange, _organiser),
        Grant(Question, _with_its_call(Question.call_id)),
        Grant(Question, _organiser),
        Grant(AwardedText, _own(AwardedText.unit_id)),
        Grant(AwardedText, _organiser),
        Grant(Extension, _extension),
        Grant(Extension, _organiser),
        Grant(Extension, _shared_extension),
        Grant(Case, _own(Case.unit_id)),
        Grant(Case, _handed_in(_below(Case.unit_id))),
        Grant(Case, _handed_in(_organiser_of(Case.call_id, blind))),
        Grant(Case, _shared(Case.id)),
        Grant(Draft, _own(Draft.unit_id)),
        Grant(Draft, _shared(Draft.case_id)),
        Grant(Attachment, _own(Attachment.unit_id)),
        Grant(Attachment, _shared(Attachment.case_id)),
        Grant(Presence, _own(Presence.unit_id)),
        Grant(Presence, _shared(Presence.case_id)),
        Grant(CoAuthor, _own(CoAuthor.unit_id)),
        Grant(CoAuthor, _shared(CoAuthor.case_id)),
        Grant(MailedCase, _own(MailedCase.unit_id)),
        Grant(PartialUpload, _myself(PartialUpload.user_id)),
        Grant(CaseVersion, _own(CaseVersion.unit_id)),
        Grant(CaseVersion, _shared(CaseVersion.case_id)),
        Grant(CaseVersion, _below(CaseVersion.unit_id)),
        Grant(CaseVersion, _organiser_of(CaseVersion.call_id, blind)),
        Grant(CaseStep, _own(CaseStep.unit_id)),
        Grant(CaseStep, _shared(CaseStep.case_id)),
        Grant(CaseStep, _below(CaseStep.unit_id)),
        Grant(CaseStep, _organiser_of_case(CaseStep.case_id, blind)),
        Grant(Recommendation, _own(Recommendation.case_unit_id)),
        Grant(Recommendation, _below(Recommendation.case_unit_id)),
        Grant(Recommendation, _organiser_of(Recommendation.call_id, blind)),
        Grant(RecommendationScan, _own(RecommendationScan.case_unit_id)),
        Grant(RecommendationScan, _below(RecommendationScan.case_unit_id)),
        Grant(RecommendationScan, _organiser_of_case(RecommendationScan.case_id, blind)),
        Grant(CheckSheet, _organiser_of_case(CheckSheet.case_id, blind)),
        Grant(CaseClaim, _own(CaseClaim.unit_id)),
        Grant(CaseClaim, _shared(CaseClaim.case_id)),
        Grant(IdentityReview, _own(IdentityReview.unit_id)),
        Grant(IdentityReview, _shared(IdentityReview.case_id)),
        Grant(IdentityReview, _reviewed(blind)),
        Grant(PersonToAvoid, _own(PersonToAvoid.unit_id)),
        Grant(PersonToAvoid, _organiser_of_case(PersonToAvoid.case_id, blind)),
        Grant(OriginalityMatch, _organiser_of_case(OriginalityMatch.case_id, blind)),
        Grant(OriginalityReport, _organiser_of(OriginalityReport.call_id, blind)),
        Grant(OriginalityRound, _organiser),
        Grant(PhotoMatch, _organiser_of_case(PhotoMatch.case_id, blind)),
        Grant(ReferenceText, _organiser),
        Grant(SentencePrint, _organiser),
        Grant(SetPhrase, _organiser),
        Grant(TextPrint, _organiser),
    )
