"""What the organiser's formal check shows: findings, the person's own sheet, the row of cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation import people, richtext
from foundation.errors import NotFound
from foundation.people import Unit
from submissions import codec
from submissions.models import Case, CaseVersion, CheckSheet
from submissions.queries.calls import call, deadline, earlier_awards
from submissions.queries.drafts import draft_text
from submissions.queries.history import recommendations
from submissions.queries.originality import originality_findings
from submissions.rules.formal_check import CheckSubject, OtherCase, automatic_findings
from submissions.rules.lifecycle import HANDED_IN
from submissions.rules.windows import local
from submissions.values import CallView, CaseView, CheckFinding, CheckSheetView

CANDIDATES = 60
"""Cases of about the same length whose texts are compared on the page; the originality check reads all."""
_LENGTHS = 0.04

Source = Callable[[Session, CheckSubject], Iterable[CheckFinding]]

SOURCES: tuple[Source, ...] = (originality_findings,)
"""Findings of other topics (originality, identity leaks), shown after the automatic ones: a topic adds its
function here. It reads what was found out before; nothing slow is done while a page waits."""


def check_findings(db: Session, case: CaseView) -> tuple[CheckFinding, ...]:
    """All findings about the version that stands for the case. Callers permit first.

    Raises:
        NotFound: nothing was handed in.
    """
    subject = check_subject(db, case)
    more = [finding for source in SOURCES for finding in source(db, subject)]
    return (*automatic_findings(subject), *more)


def check_subject(db: Session, case: CaseView) -> CheckSubject:
    """The version that stands for the case, with what it is compared with.

    Raises:
        NotFound
    """
    version_id = case.version_id or case.pending_version_id
    row = db.scalar(select(CaseVersion).where(CaseVersion.id == version_id)) if version_id else None
    if row is None:
        raise NotFound
    of_call = call(db, case.call_id)
    text = draft_text(row)
    closes_at = deadline(db, of_call, case.unit_id, row.category_key)
    return CheckSubject(
        case_id=case.id,
        version_id=row.id,
        text=text,
        words=richtext.plain(row.body_html),
        word_count=row.word_count,
        rules=of_call.rules,
        attachments=codec.attachments_from_json(row.attachments),
        unit_kind=people.unit(db, case.unit_id).category_key,
        today=local(row.received_at, of_call.timezone).date(),
        closes_on=local(closes_at, of_call.timezone).date(),
        earlier_awards=earlier_awards(
            db, unit_id=case.unit_id, title=text.title, body_html=text.body_html, but_case=case.id
        ),
        others=_others(db, of_call, case.id, row.word_count),
        recommended_by=tuple(
            each.unit_name
            for each in recommendations(db, [case.id]).get(case.id, [])
            if each.version_id == row.id
        ),
    )


def _others(db: Session, of_call: CallView, case_id: str, words: int) -> tuple[OtherCase, ...]:
    """The other handed-in cases of the call, those about as long as this one with their text."""
    rows = db.execute(
        select(Case.id, Case.number, CaseVersion.id, CaseVersion.title, CaseVersion.word_count, Unit.name)
        .join(CaseVersion, CaseVersion.id == Case.version_id)
        .join(Unit, Unit.id == Case.unit_id)
        .where(
            Case.call_id == of_call.id,
            Case.id != case_id,
            Case.status.in_([each.value for each in HANDED_IN]),
        )
        .order_by(func.abs(CaseVersion.word_count - words), Case.id)
    ).all()
    near = [row[2] for row in rows[:CANDIDATES] if abs(row[4] - words) <= max(30, words * _LENGTHS)]
    bodies = {
        key: richtext.plain(body)
        for key, body in db.execute(
            select(CaseVersion.id, CaseVersion.body_html).where(CaseVersion.id.in_(near))
        )
    }
    return tuple(
        OtherCase(key, number, title, unit, bodies.get(version_id, ""))
        for key, number, version_id, title, _count, unit in rows
    )


def check_sheet(db: Session, version_id: str) -> CheckSheetView:
    """What was ticked and noted about a version; an empty sheet where nobody has."""
    row = db.scalar(select(CheckSheet).where(CheckSheet.version_id == version_id))
    if row is None:
        return CheckSheetView()
    return CheckSheetView(frozenset(map(str, row.ticks)), row.note, row.changed_at, row.changed_by_name)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where a case stands in a row of cases: the one before and after it, its place, how many there are."""

    before: str | None
    after: str | None
    place: int
    total: int


def neighbours(ids: Sequence[str], case_id: str) -> Neighbours:
    """A case that has left the row (its status was filtered for) has no place; the first comes after it."""
    if case_id not in ids:
        return Neighbours(None, ids[0] if ids else None, 0, len(ids))
    place = ids.index(case_id)
    return Neighbours(
        ids[place - 1] if place else None,
        ids[place + 1] if place + 1 < len(ids) else None,
        place + 1,
        len(ids),
    )
