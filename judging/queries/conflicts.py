"""Who may not read what in a round: by the tree, by what was declared, and by names in the texts.

Names are looked for when somebody asks, and what was found in a version is kept in memory: a version never
changes, so a name once found or not found in it stays so.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.people import Unit, User
from foundation.visibility import as_system
from judging import conflicts, naming
from judging.conflicts import CaseText, Interest
from judging.models import Conflict, ConflictRuling, JurorInterest
from judging.values import CaseSeat, ConflictFinding, Conflicts, JurorSeat, PossibleConflict, Ruling
from judging.views import CaseLine, RoundView, SeatView
from judging.views.jury import DeclaredConflict
from submissions import queries as submissions
from submissions.queries import avoiding
from submissions.values import Sighting

_Places = dict[str, tuple[Sighting, ...]]


class _Known:
    """What was found of a set of names in versions, for the last few sets."""

    SETS = 16

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: OrderedDict[frozenset[str], dict[str, tuple[tuple[str, ...], _Places]]] = OrderedDict()

    def of(self, keys: frozenset[str]) -> dict[str, tuple[tuple[str, ...], _Places]]:
        """Version id -> authors and places, to be added to."""
        with self._lock:
            found = self._found.setdefault(keys, {})
            self._found.move_to_end(keys)
            while len(self._found) > self.SETS:
                self._found.popitem(last=False)
            return found


_KNOWN = _Known()


def found(db: Session, view: RoundView, lines: Sequence[CaseLine], seats: Sequence[SeatView]) -> Conflicts:
    """All conflicts between these jurors and these cases. The caller permits."""
    jurors = juror_seats(seats)
    sure = certain(db, view, case_seats(db, lines), jurors)
    asked = conflicts.possible(jurors, _texts(db, view, lines, jurors), sure)
    return Conflicts(sure, tuple(_ruled(db, view.id, asked)))


def certain(
    db: Session, view: RoundView, cases: Sequence[CaseSeat], jurors: Sequence[JurorSeat]
) -> dict[tuple[str, str], ConflictFinding]:
    """Conflicts by the tree, by who recommended, wrote or declared; without looking into the texts."""
    return conflicts.find(
        jurors,
        cases,
        declared(db, view.id),
        rules=view.call.rules.conflicts,
        recommended=avoiding.recommenders(db, view.call.id),
        interests=interests(db, [each.juror_id for each in jurors]),
    )


def blocking(
    db: Session, view: RoundView, lines: Sequence[CaseLine], seats: Sequence[SeatView]
) -> dict[tuple[str, str], ConflictFinding]:
    """Whom nobody may give which case now: certain conflicts, and possible ones that nobody has dismissed."""
    return found(db, view, lines, seats).blocking()


def _texts(
    db: Session, view: RoundView, lines: Sequence[CaseLine], jurors: Sequence[JurorSeat]
) -> dict[str, CaseText]:
    keys = frozenset(naming.name_key(each.name) for each in jurors)
    if not keys:
        return {}
    known = _KNOWN.of(keys)
    names = naming.Names.of(keys)
    for version in avoiding.versions_of(
        db, [each.version_id for each in lines if each.version_id not in known]
    ):
        authors = tuple(each.name for each in version.authors if naming.name_key(each.name) in keys)
        known[version.id] = (authors, naming.sightings(version, names))
    wishes = avoiding.wishes_of_call(db, view.call.id)
    texts = {}
    for line in lines:
        authors, places = known.get(line.version_id, ((), {}))
        wished = tuple((each.name, each.reason) for each in wishes.get(line.case_id, ()))
        if authors or places or wished:
            texts[line.case_id] = CaseText(line.version_id, authors, wished, places)
    return texts


def _ruled(db: Session, round_id: str, asked: Iterable[PossibleConflict]) -> Iterable[PossibleConflict]:
    """The findings with what was decided about them, of the version that is judged."""
    rows = db.scalars(
        select(ConflictRuling)
        .where(ConflictRuling.round_id == round_id)
        .order_by(ConflictRuling.decided_at, ConflictRuling.id)
    )
    rulings = {
        (row.juror_id, row.case_id, row.version_id, row.kind): Ruling(
            row.confirmed, row.reason, row.decided_at, row.decided_by_name
        )
        for row in rows
    }
    for each in asked:
        ruling = rulings.get((each.juror_id, each.case_id, each.version_id, each.kind.value))
        yield PossibleConflict(
            each.juror_id, each.case_id, each.version_id, each.kind, each.reason, each.sightings, ruling
        )


def declared(db: Session, round_id: str) -> dict[tuple[str, str], str]:
    """(juror id, case id) -> reason, as declared and not lifted."""
    rows = db.scalars(select(Conflict).where(Conflict.round_id == round_id, Conflict.lifted_at.is_(None)))
    return {(row.juror_id, row.case_id): row.reason for row in rows}


def declarations(db: Session, round_id: str) -> list[DeclaredConflict]:
    """Every declared conflict of a round that the actor may see, lifted ones too, the latest first."""
    rows = db.execute(
        select(Conflict, User.name)
        .join(User, User.id == Conflict.juror_id)
        .where(Conflict.round_id == round_id)
        .order_by(Conflict.declared_at.desc(), Conflict.id)
    )
    return [
        DeclaredConflict(
            id=row.id,
            case_id=row.case_id,
            juror_id=row.juror_id,
            juror_name=name,
            reason=row.reason,
            by_juror=row.declared_by == row.juror_id,
            declared_at=row.declared_at,
            lifted_at=row.lifted_at,
            lift_reason=row.lift_reason,
        )
        for row, name in rows
    ]


def interests(db: Session, juror_ids: Sequence[str]) -> list[Interest]:
    """Units that these jurors have to do with, as they said themselves."""
    wanted = set(juror_ids)
    with as_system(db):  # only that they may not judge a case follows from it
        rows = db.execute(
            select(JurorInterest.user_id, Unit.path, JurorInterest.reason)
            .join(Unit, Unit.id == JurorInterest.unit_id)
            .where(JurorInterest.withdrawn_at.is_(None))
            .order_by(JurorInterest.declared_at, JurorInterest.id)
        ).all()
    return [Interest(user_id, path, reason) for user_id, path, reason in rows if user_id in wanted]


def case_seats(db: Session, lines: Sequence[CaseLine]) -> list[CaseSeat]:
    """Cases as the assignment sees them."""
    writers = submissions.wrote(db, [line.case_id for line in lines])
    return [
        CaseSeat(
            line.case_id,
            line.label,
            line.unit_id,
            line.unit_path,
            line.category_key,
            writers.get(line.case_id, frozenset()),
        )
        for line in lines
    ]


def juror_seats(seats: Iterable[SeatView]) -> list[JurorSeat]:
    """Jurors as the assignment sees them."""
    return [
        JurorSeat(
            juror_id=seat.user_id,
            name=seat.name,
            unit_id=seat.unit_id,
            unit_path=seat.unit_path,
            category_keys=frozenset(seat.category_keys),
            load_limit=seat.load_limit,
        )
        for seat in seats
    ]
