"""What a juror reads: his own invitations, his own queue, his own scorecards, and blind copies only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import NotFound
from foundation.people import Unit, User
from foundation.permission import require
from foundation.visibility import as_system
from judging import policy, rules
from judging.blinding import blind_copy, mask_of, open_copy
from judging.models import Assignment, MarkVersion, PanelMember, Round
from judging.queries import marks, verdicts
from judging.queries.discussions import discussion
from judging.queries.rounds import round_by_id, round_view, seat_view
from judging.statistics.standing import composite, rounded
from judging.values import ON_PANEL, AssignmentState, BlindCopy, CommentKind, InvitationState
from judging.views import Desk, InvitationView, ReadView, RoundView, Scorecard
from submissions import queries as submissions
from submissions.values import AttachmentView, CallRules


def invitations(db: Session, actor: Actor) -> list[InvitationView]:
    """The juror's own invitations, the newest first."""
    rows = db.execute(
        select(PanelMember, Round, User, Unit)
        .join(Round, Round.id == PanelMember.round_id)
        .join(User, User.id == PanelMember.user_id)
        .outerjoin(Unit, Unit.id == User.unit_id)
        .where(PanelMember.user_id == actor.user_id)
        .where(PanelMember.state.in_([state.value for state in ON_PANEL]))
        .order_by(PanelMember.invited_at.desc(), PanelMember.id)
    ).unique()
    found = []
    for member, row, user, unit in rows:
        view = round_view(row, submissions.call(db, row.call_id))
        lines = _lines(db, view, actor)
        found.append(
            InvitationView(
                round=view,
                seat=seat_view(member, user, unit),
                assigned=len(lines),
                complete=sum(len(given) == len(view.call.rules.criteria) for _row, given in lines),
                handed_in=sum(line.state == AssignmentState.HANDED_IN.value for line, _given in lines),
            )
        )
    return found


def _lines(db: Session, view: RoundView, actor: Actor) -> list[tuple[Assignment, Mapping[str, Decimal]]]:
    """The juror's assignments with their marks, in the order of the anonymous numbers; recused ones not."""
    mine = (
        (Assignment.round_id == view.id)
        & (Assignment.juror_id == actor.user_id)
        & Assignment.state.in_([AssignmentState.OPEN.value, AssignmentState.HANDED_IN.value])
    )
    given = marks.current(db, mine)
    rows = db.scalars(select(Assignment).where(mine).order_by(Assignment.label))
    return [(row, given.get(row.id, {})) for row in rows]


def accepted_round(db: Session, actor: Actor, round_id: str) -> RoundView:
    """The round, for a juror who accepted the invitation.

    Raises:
        NotFound, Forbidden
    """
    view = round_by_id(db, round_id)
    require(policy.may_judge(actor, invitation=invitation_state(db, round_id, actor)))
    return view


def invitation_state(db: Session, round_id: str, actor: Actor) -> InvitationState | None:
    """What became of the actor's invitation to this round."""
    with as_system(db):
        state = db.scalar(
            select(PanelMember.state).where(
                PanelMember.round_id == round_id, PanelMember.user_id == actor.user_id
            )
        )
    return InvitationState(state) if state is not None else None


def queue(
    db: Session, actor: Actor, round_id: str, *, with_titles: bool = True
) -> tuple[RoundView, list[ReadView]]:
    """The juror's cases in the order of their anonymous numbers, recused ones at the end.

    `with_titles` False leaves the titles empty: masking them reads every version.

    Raises:
        NotFound, Forbidden
    """
    view = accepted_round(db, actor, round_id)
    recused = db.scalars(
        select(Assignment)
        .where(
            Assignment.round_id == round_id,
            Assignment.juror_id == actor.user_id,
            Assignment.state == AssignmentState.RECUSED.value,
        )
        .order_by(Assignment.label)
    )
    lines = [*_lines(db, view, actor), *((row, dict[str, Decimal]()) for row in recused)]
    titles = titles_read(db, view, [row.version_id for row, _given in lines]) if with_titles else {}
    to_jury = marks.comments(db, [row.id for row, _given in lines], CommentKind.JURY)
    return view, [
        _read_view(row, given, view.call.rules, titles.get(row.version_id, ""), to_jury.get(row.id, ""))
        for row, given in lines
    ]


def titles_read(db: Session, view: RoundView, version_ids: Iterable[str]) -> dict[str, str]:
    """Titles of versions that the actor was given to read, masked where the call is blind."""
    found = {}
    with as_system(db):
        for version_id in version_ids:
            version = submissions.version(db, version_id)
            if not view.call.rules.judging.blind:
                found[version_id] = version.title
                continue
            names = submissions.unit_names(db, version.unit_id)
            decision = submissions.identity_decision(db, version.case_id)
            found[version_id] = mask_of(version, names, decision).text(version.title)
    return found


def _read_view(
    row: Assignment, given: Mapping[str, Decimal], call_rules: CallRules, title: str, to_jury: str
) -> ReadView:
    category = call_rules.category(row.category_key)
    return ReadView(
        id=row.id,
        label=row.label,
        title=title,
        category_key=row.category_key,
        category_name=category.name if category else "",
        state=AssignmentState(row.state),
        marked=len(given),
        of=len(call_rules.criteria),
        total=composite(call_rules.criteria, marks.as_marks(given)),
        skipped=row.skipped_at is not None,
        flag=row.flag,
        marked_at=row.marked_at,
        unexplained=rules.unexplained(call_rules, marks.as_marks(given), to_jury, row.label) is not None,
    )


def own_assignment(db: Session, actor: Actor, assignment_id: str) -> Assignment:
    """A row of the juror's own; private to judging.

    Raises:
        NotFound: also when it is somebody else's.
    """
    row = db.scalar(
        select(Assignment).where(
            Assignment.id == assignment_id,
            Assignment.juror_id == actor.user_id,
            Assignment.state != AssignmentState.REMOVED.value,
        )
    )
    if row is None:
        raise NotFound
    return row


def scorecard(db: Session, row: Assignment, call_rules: CallRules) -> Scorecard:
    """The marks of one assignment that count, and what is missing."""
    given = marks.current(db, Assignment.id == row.id).get(row.id, {})
    total = composite(call_rules.criteria, marks.as_marks(given))
    saved_at = db.scalar(select(func.max(MarkVersion.given_at)).where(MarkVersion.assignment_id == row.id))
    return Scorecard(
        marks=given,
        total=total,
        shown=rounded(total) if total is not None else None,
        missing=rules.missing(call_rules.criteria, marks.as_marks(given)),
        state=AssignmentState(row.state),
        saved_at=saved_at,
    )


def desk(db: Session, actor: Actor, assignment_id: str, now: datetime) -> Desk:
    """The score page of one of the juror's own cases.

    Raises:
        NotFound, Forbidden
    """
    row = own_assignment(db, actor, assignment_id)
    view = accepted_round(db, actor, row.round_id)
    copy, hidden = _copy(db, row, view)
    words = {kind: marks.comments(db, [row.id], kind).get(row.id, "") for kind in CommentKind}
    return Desk(
        id=row.id,
        round=view,
        copy=copy,
        scorecard=scorecard(db, row, view.call.rules),
        comment=words[CommentKind.AUTHOR],
        to_jury=words[CommentKind.JURY],
        note=words[CommentKind.NOTE],
        flag=row.flag,
        skipped=row.skipped_at is not None,
        end_reason=row.end_reason,
        closed=rules.round_refusal(view.state, view.closes_at, now)
        or rules.assignment_refusal(AssignmentState(row.state)),
        files_hidden=hidden,
        verdicts=verdicts.own(db, row.id),
        discussion=discussion(db, row.round_id),
    )


def _copy(db: Session, row: Assignment, view: RoundView) -> tuple[BlindCopy, int]:
    """The copy that the call's rule lets jurors read, and how many files are kept from them."""
    category = view.call.rules.category(row.category_key)
    with as_system(db):
        version = submissions.version(db, row.version_id)
        if not view.call.rules.judging.blind:
            return open_copy(version, label=row.label, category_name=category.name if category else ""), 0
        names = submissions.unit_names(db, version.unit_id)
        decision = submissions.identity_decision(db, version.case_id)
    copy = blind_copy(
        version,
        label=row.label,
        category_name=category.name if category else "",
        unit_names=names,
        with_files=view.with_files,
        decision=decision,
    )
    return copy, len(version.attachments) - len(copy.attachments)


def attachment(db: Session, actor: Actor, assignment_id: str, name: str) -> tuple[RoundView, AttachmentView]:
    """A file of one of the juror's own cases by the name it has for jurors, and its round.

    Raises:
        NotFound, Forbidden
    """
    row = own_assignment(db, actor, assignment_id)
    view = accepted_round(db, actor, row.round_id)
    copy, _hidden = _copy(db, row, view)
    for each in copy.attachments:
        if each.name == name:
            return view, each
    raise NotFound
