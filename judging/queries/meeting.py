"""The jury's meeting: the organiser's desk and what a juror on the panel sees and votes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import NotFound
from foundation.people import User
from foundation.permission import require
from foundation.visibility import as_system
from judging import policy
from judging.models import Assignment, Meeting, MeetingNote, MeetingVote, Motion
from judging.queries.conflicts import case_seats, certain, juror_seats
from judging.queries.jurors import invitation_state, titles_read
from judging.queries.keeping_out import shut_out_ids
from judging.queries.organisers import cases
from judging.queries.rounds import panel, round_by_id
from judging.queries.standings import Material, board_of, loaded, material
from judging.values import AssignmentState, Choice, Count, InvitationState, RoundState
from judging.views import (
    Board,
    JurorsMeeting,
    MeetingDesk,
    MeetingLine,
    MeetingView,
    MotionView,
    NoteView,
    RoundView,
)

BELOW_THE_CUT = 5
"""How many cases without a prize are discussed beside those around the cut."""


def meeting_desk(db: Session, actor: Actor, view: RoundView) -> MeetingDesk:
    """The organiser's side.

    Raises:
        Forbidden
    """
    found = material(db, actor, view)
    return MeetingDesk(
        board=board_of(found, view),
        meeting=meeting(db, view.id),
        motions=meeting_motions(db, actor, view.id),
        notes=notes(db, view.id, found.lines.keys() - found.hidden),
        seats=tuple(panel(db, view.id, states=[InvitationState.ACCEPTED])),
    )


def jurors_meeting(db: Session, actor: Actor, round_id: str) -> JurorsMeeting:
    """The juror's side: the cases around the cut, without those that are no business of his.

    Raises:
        NotFound: there is no meeting now.
        Forbidden: he is not on the panel.
    """
    view = round_by_id(db, round_id)
    require(policy.may_judge(actor, invitation=invitation_state(db, view.id, actor)))
    held = meeting(db, view.id)
    if held is None or view.state is not RoundState.CLOSED:
        raise NotFound
    with as_system(db):
        found = loaded(db, view, frozenset())
    apart = barred_cases(db, actor, view)
    board = board_of(found, view)
    lines = tuple(each for each in _lines(db, board, found, view) if each.row.case_id not in apart)
    put = motions(db, view.id, actor)
    return JurorsMeeting(
        round=view,
        meeting=held,
        lines=lines,
        motions=tuple(each for each in put if not apart & set(each.case_ids)),
        notes=notes(db, view.id, {each.row.case_id for each in lines}),
        left_out=len(apart & set(around_the_cut(board))),
        labels={case_id: line.label for case_id, line in found.lines.items() if case_id not in apart},
    )


def barred_cases(db: Session, actor: Actor, view: RoundView) -> frozenset[str]:
    """Cases that a juror must neither discuss nor vote on: where he is in conflict or has recused himself."""
    with as_system(db):
        lines = cases(db, view.id)
        mine = [seat for seat in panel(db, view.id) if seat.user_id == actor.user_id]
        conflicts = certain(db, view, case_seats(db, lines), juror_seats(mine))
        recused = db.scalars(
            select(Assignment.case_id).where(
                Assignment.round_id == view.id,
                Assignment.juror_id == actor.user_id,
                Assignment.state == AssignmentState.RECUSED.value,
            )
        )
        return frozenset(recused) | {case_id for _juror, case_id in conflicts}


def around_the_cut(board: Board) -> list[str]:
    """Cases with a prize or a tie by the rule, and a few below them in each pool, in the order of ranks."""
    proposal = board.proposal
    concerned = set(proposal.certain) | {case_id for tie in proposal.ties for case_id in tie.case_ids}
    concerned |= {case_id for tie in proposal.settled for case_id in tie.case_ids}
    concerned |= {each.case_id for each in proposal.passed_over}
    below: Counter[str] = Counter()
    found = []
    for row in board.rows:
        if row.rank is None:
            continue
        pool = board.terms.pool_of(row.case_id)
        if row.case_id not in concerned:
            below[pool] += 1
            if below[pool] > BELOW_THE_CUT:
                continue
        found.append(row.case_id)
    return found


def _lines(db: Session, board: Board, found: Material, view: RoundView) -> Iterable[MeetingLine]:
    shown = around_the_cut(board)
    rules = view.call.rules
    with as_system(db):
        titles = titles_read(db, view, [found.lines[case_id].version_id for case_id in shown])
    rows = {row.case_id: row for row in board.rows}
    prizes = {prize.key: prize.name for prize in rules.prizes}
    categories = {each.key: each.name for each in rules.categories}
    tied = {case_id for tie in board.proposal.ties for case_id in tie.case_ids}
    certain_prizes = board.proposal.certain
    for case_id in shown:
        line = found.lines[case_id]
        yield MeetingLine(
            row=rows[case_id],
            label=line.label,
            title=titles.get(line.version_id, ""),
            category_name=categories.get(line.category_key, ""),
            unit_name="" if rules.judging.blind else line.unit_name,
            prize_name=prizes.get(certain_prizes.get(case_id, ""), ""),
            tied=case_id in tied,
        )


def meeting(db: Session, round_id: str) -> MeetingView | None:
    """The meeting of a round that the actor may see, None before it is opened."""
    row = db.scalar(select(Meeting).where(Meeting.round_id == round_id))
    if row is None:
        return None
    return MeetingView(
        id=row.id,
        held_at=row.held_at,
        place=row.place,
        chair=row.chair,
        recorder=row.recorder,
        attending=tuple(row.attending),
        named_votes=row.named_votes,
    )


def open_meetings(db: Session, round_ids: Iterable[str]) -> frozenset[str]:
    """Rounds among these in which jurors can go to a meeting."""
    found = db.scalars(select(Meeting.round_id).where(Meeting.round_id.in_(list(round_ids))))
    return frozenset(found)


def notes(db: Session, round_id: str, case_ids: Iterable[str]) -> dict[str, tuple[NoteView, ...]]:
    """Case -> what was noted of it, in order of writing."""
    wanted = set(case_ids)
    rows = db.scalars(
        select(MeetingNote)
        .where(MeetingNote.round_id == round_id)
        .order_by(MeetingNote.written_at, MeetingNote.id)
    )
    found: dict[str, list[NoteView]] = {}
    for row in rows:
        if row.case_id in wanted:
            note = NoteView(row.case_id, row.words, row.written_at, row.written_by_name)
            found.setdefault(row.case_id, []).append(note)
    return {case_id: tuple(each) for case_id, each in found.items()}


def meeting_motions(db: Session, actor: Actor, round_id: str) -> tuple[MotionView, ...]:
    """The motions of a round as this organiser sees them: without those on cases he is shut out of."""
    apart = shut_out_ids(db, actor, round_id)
    return tuple(each for each in motions(db, round_id, None) if not apart & set(each.case_ids))


def motions(db: Session, round_id: str, juror: Actor | None) -> tuple[MotionView, ...]:
    """The motions of a round in the order in which they were put, `mine` being this juror's vote."""
    rows = db.scalars(select(Motion).where(Motion.round_id == round_id).order_by(Motion.ordinal)).all()
    with as_system(db):  # counts of all votes, names only where the motion says so
        cast = votes_cast(db, [row.id for row in rows])
        names = _names(db, {juror_id for votes in cast.values() for juror_id in votes})
    return tuple(_motion(row, cast.get(row.id, {}), names, juror) for row in rows)


def votes_cast(db: Session, motion_ids: Iterable[str]) -> dict[str, dict[str, Choice]]:
    """Motion -> juror -> the vote that counts: his last."""
    rows = db.execute(
        select(MeetingVote.motion_id, MeetingVote.juror_id, MeetingVote.choice)
        .where(MeetingVote.motion_id.in_(list(motion_ids)))
        .order_by(MeetingVote.ordinal)
    )
    found: dict[str, dict[str, Choice]] = {}
    for motion_id, juror_id, choice in rows:
        found.setdefault(motion_id, {})[juror_id] = Choice(choice)
    return found


def counted(votes: Mapping[str, Choice]) -> Count:
    """The votes of a motion, counted."""
    given = Counter(votes.values())
    return Count(given[Choice.FOR], given[Choice.AGAINST], given[Choice.ABSTAIN])


def _motion(
    row: Motion, votes: Mapping[str, Choice], names: Mapping[str, str], juror: Actor | None
) -> MotionView:
    closed = row.closed_at is not None
    told = sorted((names[each], choice) for each, choice in votes.items()) if closed and row.named else ()
    return MotionView(
        id=row.id,
        ordinal=row.ordinal,
        case_ids=tuple(row.case_ids),
        prize_key=row.prize_key,
        words=row.words,
        named=row.named,
        put_at=row.put_at,
        put_by_name=row.put_by_name,
        closed_at=row.closed_at,
        cast=len(votes),
        count=counted(votes) if closed else None,
        votes=tuple(told),
        mine=votes.get(juror.user_id) if juror is not None else None,
    )


def _names(db: Session, user_ids: Iterable[str]) -> dict[str, str]:
    return dict(db.execute(select(User.id, User.name).where(User.id.in_(list(user_ids)))).all())
