"""Discussions: what a juror may see of the others' reads of his cases, and what the organiser sees of all."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.people import User
from foundation.visibility import as_system
from judging.models import Assignment, Discussion, Remark
from judging.queries import marks
from judging.statistics.standing import composite
from judging.values import AssignmentState, CommentKind
from judging.views import DiscussionView, RoundView, Said, Talk, TalkLine, Voice


def discussion(db: Session, round_id: str) -> DiscussionView | None:
    """The round's latest discussion, None before one was opened."""
    row = _latest(db, round_id)
    return _view(row) if row is not None else None


def _latest(db: Session, round_id: str) -> Discussion | None:
    return db.scalar(
        select(Discussion).where(Discussion.round_id == round_id).order_by(Discussion.ordinal.desc()).limit(1)
    )


def _view(row: Discussion) -> DiscussionView:
    return DiscussionView(
        id=row.id,
        round_id=row.round_id,
        ordinal=row.ordinal,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        open_reason=row.open_reason,
    )


def own_talk(db: Session, view: RoundView, own: Assignment, title: str) -> Talk | None:
    """The discussion of a case as the juror of this read sees it: the others by numbers drawn for the case.

    None unless a discussion was opened and he has handed in his own read: before that he sees nothing of
    anybody. The caller has found out that the read is the actor's.
    """
    row = _latest(db, view.id)
    if row is None or own.state != AssignmentState.HANDED_IN.value:
        return None
    with as_system(db):  # rows of others, made into values without their names
        found = _talks(db, view, row, {own.case_id: title}, viewer=own.juror_id)[0]
    return replace(found, case_id="")


def own_talks(
    db: Session, view: RoundView, reads: Sequence[Assignment], titles: Mapping[str, str]
) -> list[TalkLine]:
    """The juror's handed-in cases with how far the jurors are apart, the widest apart first.

    Args:
        reads: the juror's own.
        titles: version id -> title as he may read it.
    """
    row = _latest(db, view.id)
    mine = {each.case_id: each for each in reads if each.state == AssignmentState.HANDED_IN.value}
    if row is None or not mine:
        return []
    wanted = {case_id: titles.get(each.version_id, "") for case_id, each in mine.items()}
    with as_system(db):
        found = _talks(db, view, row, wanted, viewer=reads[0].juror_id)
    lines = [_line(mine[talk.case_id].id, talk) for talk in found]
    return sorted(lines, key=lambda line: (-(line.spread or 0), line.label))


def _line(read_id: str, talk: Talk) -> TalkLine:
    totals = [each.total_after for each in talk.voices if each.total_after is not None]
    return TalkLine(
        read_id=read_id,
        label=talk.label,
        title=talk.title,
        voices=len(talk.voices),
        said=len(talk.said),
        lowest=min(totals, default=None),
        highest=max(totals, default=None),
        changed=any(each.mine and each.changed for each in talk.voices),
    )


def talks(db: Session, view: RoundView, titles: Mapping[str, str]) -> list[Talk]:
    """The cases of a discussed round for the organiser, who sees names; the caller permitted.

    Args:
        titles: case id -> title of the cases that are wanted.
    """
    row = _latest(db, view.id)
    if row is None or not titles:
        return []
    names = dict(
        db.execute(
            select(User.id, User.name)
            .join(Assignment, Assignment.juror_id == User.id)
            .where(Assignment.round_id == view.id)
            .distinct()
        ).all()
    )
    return _talks(db, view, row, titles, names=names)


def _talks(
    db: Session,
    view: RoundView,
    row: Discussion,
    titles: Mapping[str, str],
    *,
    viewer: str = "",
    names: Mapping[str, str] = MappingProxyType({}),
) -> list[Talk]:
    """The discussions of these cases (id -> title), by anonymous number; names only where they are given."""
    cases = Assignment.case_id.in_(list(titles))
    reads = db.scalars(select(Assignment).where(Assignment.round_id == view.id, cases)).all()
    numbered = {
        case_id: numbers(row.seed, row.id, case_id, [(each.id, each.juror_id) for each in of_case])
        for case_id, of_case in _by_case(reads).items()
    }
    voices = _voices(db, view, reads, numbered, viewer, names)
    said: dict[str, list[Said]] = {}
    remarks = select(Remark).where(Remark.round_id == view.id, Remark.case_id.in_(list(titles)))
    for each in db.scalars(remarks.order_by(Remark.said_at, Remark.id)):
        said.setdefault(each.case_id, []).append(
            Said(
                number=numbered[each.case_id].get(each.juror_id, 0),
                mine=each.juror_id == viewer,
                words=each.words,
                said_at=each.said_at,
                juror_name=names.get(each.juror_id, ""),
            )
        )
    labels = {each.case_id: each.label for each in reads}
    return [
        Talk(
            label=label,
            title=titles[case_id],
            voices=tuple(sorted(voices.get(case_id, []), key=lambda voice: voice.number)),
            said=tuple(said.get(case_id, [])),
            case_id=case_id,
        )
        for case_id, label in sorted(labels.items(), key=lambda pair: pair[1])
    ]


def _voices(
    db: Session,
    view: RoundView,
    reads: Sequence[Assignment],
    numbered: Mapping[str, Mapping[str, int]],
    viewer: str,
    names: Mapping[str, str],
) -> dict[str, list[Voice]]:
    """Case id -> the voices of those who have handed in."""
    handed_in = [each for each in reads if each.state == AssignmentState.HANDED_IN.value]
    wanted = Assignment.id.in_([each.id for each in handed_in])
    before, after = marks.current(db, wanted, alone=True), marks.current(db, wanted)
    words = marks.comments(db, [each.id for each in handed_in], CommentKind.JURY)
    criteria = view.call.rules.criteria
    found: dict[str, list[Voice]] = {}
    for each in handed_in:
        alone, now = before.get(each.id, {}), after.get(each.id, {})
        found.setdefault(each.case_id, []).append(
            Voice(
                number=numbered[each.case_id][each.juror_id],
                mine=each.juror_id == viewer,
                before=alone,
                after=now,
                total_before=composite(criteria, marks.as_marks(alone)),
                total_after=composite(criteria, marks.as_marks(now)),
                to_jury=words.get(each.id, ""),
                juror_name=names.get(each.juror_id, ""),
            )
        )
    return found


def _by_case(reads: Iterable[Assignment]) -> dict[str, list[Assignment]]:
    found: dict[str, list[Assignment]] = {}
    for each in reads:
        found.setdefault(each.case_id, []).append(each)
    return found


def numbers(seed: str, since: str, case_id: str, reads: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Juror id -> his number in the discussion of one case.

    Those who were assigned before the discussion (`since` is its id, ids grow with time) are drawn, anew in
    each case; whoever comes later gets the next number, so that nobody's number ever changes.

    Args:
        reads: (assignment id, juror id) of all reads of the case that ever were.
    """
    ordered = sorted(reads)
    early = [juror for read, juror in ordered if read < since]
    random.Random(f"{seed}:{case_id}").shuffle(early)  # noqa: S311  # a draw, not a secret
    late = [juror for read, juror in ordered if read >= since]
    return {juror: number for number, juror in enumerate((*early, *late), start=1)}
