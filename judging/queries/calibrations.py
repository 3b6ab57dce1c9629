"""The calibration case: one text that every juror scores first, and how far apart the marks lie.

Its marks are in tables of their own: no standing can count them. Everybody's marks leave this module without
names, and only once all have handed in or the deadline has passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation import richtext
from foundation.actor import Actor
from foundation.text import _
from foundation.visibility import as_system
from foundation.wordcount import word_count
from judging.blinding import blind_copy, open_copy
from judging.models import Calibration, CalibrationMark, CalibrationRead
from judging.queries import marks
from judging.queries.conflicts import case_seats, certain, juror_seats
from judging.queries.organisers import cases
from judging.queries.rounds import panel
from judging.statistics.standing import composite, rounded
from judging.values import BlindCopy, InvitationState
from judging.views import RoundView
from judging.views.calibration import CalibrationView, OwnCalibration, Strip
from submissions import queries as submissions
from submissions.rules.criteria import full_score
from submissions.values import Criterion

_Given = Mapping[str, Mapping[str, Decimal]]


def calibration(db: Session, view: RoundView, now: datetime) -> CalibrationView | None:
    """The calibration case of a round that the actor may see, None where there is none."""
    row = db.scalar(
        select(Calibration)
        .where(Calibration.round_id == view.id, Calibration.ended_at.is_(None))
        .order_by(Calibration.set_at.desc(), Calibration.id.desc())
        .limit(1)
    )
    if row is None:
        return None
    with as_system(db):
        judges = _judges(db, view, row.case_id)
        read = set(
            db.scalars(select(CalibrationRead.juror_id).where(CalibrationRead.calibration_id == row.id))
        )
        copy = _copy(db, row, view)
    shown = (row.due_at is not None and now >= row.due_at) or (bool(judges) and judges <= read)
    return CalibrationView(
        id=row.id,
        round_id=view.id,
        copy=copy,
        case_id=row.case_id,
        commentary=row.commentary,
        due_at=row.due_at,
        judges=judges,
        handed_in=frozenset(read),
        shown=shown,
    )


def _judges(db: Session, view: RoundView, case_id: str | None) -> frozenset[str]:
    """Who has accepted; where the text is a case of this round, but for those who may not read it."""
    seats = panel(db, view.id, states=[InvitationState.ACCEPTED])
    everybody = {seat.user_id for seat in seats}
    lines = [line for line in cases(db, view.id) if line.case_id == case_id] if case_id else []
    barred = certain(db, view, case_seats(db, lines), juror_seats(seats)) if lines else {}
    return frozenset(everybody - {juror_id for juror_id, _case_id in barred})


def _copy(db: Session, row: Calibration, view: RoundView) -> BlindCopy:
    """What the jurors read: masked like every case, or the organiser's own text as it is."""
    label = str(_("校准"))
    if row.version_id is None:
        words = word_count(richtext.plain(row.body_html))
        return BlindCopy(label, row.title, "", row.body_html, "", words)
    version = submissions.version(db, row.version_id)
    category = view.call.rules.category(version.category_key)
    name = category.name if category else ""
    if not view.call.rules.judging.blind:
        return open_copy(version, label=label, category_name=name)
    return blind_copy(
        version,
        label=label,
        category_name=name,
        unit_names=submissions.unit_names(db, version.unit_id),
        decision=submissions.identity_decision(db, version.case_id),
    )


def waits_for(db: Session, actor: Actor, view: RoundView, now: datetime) -> bool:
    """Whether the juror must score the calibration case before his queue opens."""
    running = db.scalar(
        select(Calibration.id).where(Calibration.round_id == view.id, Calibration.ended_at.is_(None)).limit(1)
    )
    if running is None:
        return False
    found = calibration(db, view, now)
    return found is not None and found.waits_for(actor.user_id)


def own(db: Session, actor: Actor, view: RoundView, found: CalibrationView) -> OwnCalibration:
    """The juror's own marks."""
    given = _given(db, found.id, actor.user_id).get(actor.user_id, {})
    read = db.scalar(
        select(CalibrationRead).where(
            CalibrationRead.calibration_id == found.id, CalibrationRead.juror_id == actor.user_id
        )
    )
    return OwnCalibration(
        marks=given,
        remark=read.remark if read is not None else "",
        handed_in_at=read.handed_in_at if read is not None else None,
        total=composite(view.call.rules.criteria, marks.as_marks(given)),
    )


def _given(db: Session, calibration_id: str, juror_id: str = "") -> _Given:
    """Juror -> criterion -> mark: of each the last version."""
    query = select(CalibrationMark).where(CalibrationMark.calibration_id == calibration_id)
    if juror_id:
        query = query.where(CalibrationMark.juror_id == juror_id)
    found: dict[str, dict[str, Decimal]] = {}
    for row in db.scalars(query.order_by(CalibrationMark.ordinal)):
        mine = found.setdefault(row.juror_id, {})
        mine.pop(row.criterion_key, None)
        if row.value is not None:
            mine[row.criterion_key] = Decimal(row.value)
    return found


def spread(db: Session, view: RoundView, found: CalibrationView, own_id: str = "") -> list[Strip]:
    """How far apart the marks lie, criterion by criterion and for the whole; empty before it is `shown`.

    `own_id` marks one juror's own place; nobody else's name is in it.
    """
    if not found.shown:
        return []
    with as_system(db):
        given = {
            juror_id: each for juror_id, each in _given(db, found.id).items() if juror_id in found.handed_in
        }
    return strips(view, given, own_id)


def strips(view: RoundView, given: _Given, own_id: str = "") -> list[Strip]:
    """The same from the marks themselves; the whole comes first."""
    criteria = view.call.rules.criteria
    totals = {}
    for juror_id, mine in given.items():
        total = composite(criteria, marks.as_marks(mine))
        if total is not None:
            totals[juror_id] = rounded(total)
    found = [_strip(None, totals, own_id, Decimal(0), Decimal(full_score(criteria)))]
    for criterion in criteria:
        key = criterion.key
        of_criterion = {juror_id: mine[key] for juror_id, mine in given.items() if key in mine}
        lowest, highest = Decimal(criterion.lowest), Decimal(criterion.highest)
        found.append(_strip(criterion, of_criterion, own_id, lowest, highest))
    return [each for each in found if each is not None]


def _strip(
    criterion: Criterion | None, given: Mapping[str, Decimal], own_id: str, lowest: Decimal, highest: Decimal
) -> Strip | None:
    if not given:
        return None
    values = tuple(sorted(given.values()))
    mean = (sum(values, Decimal(0)) / len(values)).quantize(Decimal("0.01"))
    width = highest - lowest

    def place(value: Decimal) -> float:
        return round(float((value - lowest) / width * 100), 2)

    mine = given.get(own_id)
    return Strip(
        criterion=criterion,
        marks=values,
        places=tuple(place(value) for value in values),
        mean=mean,
        mean_place=place(mean),
        own=mine,
        own_place=place(mine) if mine is not None else None,
    )


def remarks(db: Session, found: CalibrationView) -> Sequence[str]:
    """What jurors left for the others, without names, in a neutral order; empty before it is `shown`."""
    if not found.shown:
        return []
    with as_system(db):
        words: Iterable[str] = db.scalars(
            select(CalibrationRead.remark).where(CalibrationRead.calibration_id == found.id)
        ).all()
    return sorted(each for each in words if each)
