"""Discussions as pages show them: the juror's own cases, the organiser's all."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import NotFound
from judging.models import Assignment
from judging.queries.discussions import discussion, own_talk, own_talks, talks
from judging.queries.jurors import accepted_round, own_assignment, titles_read
from judging.queries.organisers import cases, permit
from judging.values import AssignmentState
from judging.views import DiscussionDesk, DiscussionOverview, DiscussionView, RoundView, TalkLine

PAGE = 20
"""Cases on a page of the organiser's."""


def my_talk(db: Session, actor: Actor, assignment_id: str) -> DiscussionDesk:
    """The discussion of one of the juror's own cases.

    Raises:
        NotFound: also before a discussion was opened, and before he has handed in.
        Forbidden
    """
    row = own_assignment(db, actor, assignment_id)
    view = accepted_round(db, actor, row.round_id)
    found = discussion(db, view.id)
    title = titles_read(db, view, [row.version_id])[row.version_id]
    talk = own_talk(db, view, row, title)
    if found is None or talk is None:
        raise NotFound
    return DiscussionDesk(row.id, view, found, talk)


def my_talks(db: Session, actor: Actor, round_id: str) -> tuple[RoundView, DiscussionView, list[TalkLine]]:
    """The discussions of the juror's own cases.

    Raises:
        NotFound: also before a discussion was opened.
        Forbidden
    """
    view = accepted_round(db, actor, round_id)
    found = discussion(db, round_id)
    if found is None:
        raise NotFound
    reads = db.scalars(
        select(Assignment).where(
            Assignment.round_id == round_id,
            Assignment.juror_id == actor.user_id,
            Assignment.state == AssignmentState.HANDED_IN.value,
        )
    ).all()
    titles = titles_read(db, view, [each.version_id for each in reads])
    return view, found, own_talks(db, view, reads, titles)


def discussion_overview(db: Session, actor: Actor, view: RoundView, *, page: int = 1) -> DiscussionOverview:
    """A page of cases with every juror's marks before and after, and what was said.

    Raises:
        Forbidden
    """
    permit(db, actor, view.id)
    lines = cases(db, view.id)
    shown = lines[(page - 1) * PAGE : page * PAGE]
    counts = dict(
        db.execute(
            select(Assignment.state, func.count(Assignment.id))
            .where(Assignment.round_id == view.id)
            .group_by(Assignment.state)
        ).all()
    )
    return DiscussionOverview(
        discussion=discussion(db, view.id),
        talks=tuple(talks(db, view, {line.case_id: line.title for line in shown})),
        pages=max(1, -(-len(lines) // PAGE)),
        handed_in=counts.get(AssignmentState.HANDED_IN.value, 0),
        missing=counts.get(AssignmentState.OPEN.value, 0),
    )
