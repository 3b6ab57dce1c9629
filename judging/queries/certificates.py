"""Reads of certificates: what can be issued, what was, and the proof that anybody may ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import NotFound
from foundation.text import _
from foundation.visibility import as_system
from judging.models import Award, Certificate, CertificateDesign
from judging.queries.awards import awards
from judging.queries.organisers import permit
from judging.values import AwardView
from judging.values.honours import CertificateState, HolderKind, Proof, Sheet
from judging.views import RoundView
from judging.views.honours import CertificateLine, DesignView, DueCertificate
from submissions import queries as submissions
from submissions.values import VersionView


def design(db: Session, round_id: str, language: str) -> DesignView:
    """How the round's certificates are worded, else the usual words of this language."""
    row = db.scalar(select(CertificateDesign).where(CertificateDesign.round_id == round_id))
    if row is None:
        return usual_design(language)
    return DesignView(
        language=row.language,
        heading=row.heading,
        unit_words=row.unit_words,
        author_words=row.author_words,
        issuers=tuple(row.issuers),
        for_units=row.for_units,
        for_authors=row.for_authors,
    )


def usual_design(language: str) -> DesignView:
    """The words that a new round begins with."""
    return DesignView(
        language=language,
        heading=str(_("荣誉证书")),
        unit_words=str(
            _("{单位}：\n你单位申报的案例《{案例}》在“{征集}”中荣获\n{奖项}\n特发此证，以资鼓励。")
        ),
        author_words=str(
            _("{作者} 同志：\n你撰写的案例《{案例}》在“{征集}”中荣获\n{奖项}\n特发此证，以资鼓励。")
        ),
        issuers=(),
        for_units=True,
        for_authors=True,
    )


def due_certificates(db: Session, actor: Actor, view: RoundView, chosen: DesignView) -> list[DueCertificate]:
    """Who has an award in force and no certificate that stands, by prize and unit.

    Raises:
        Forbidden
    """
    permit(db, actor, view.id)
    held = {
        (row.award_id, row.holder_kind, row.holder)
        for row in db.scalars(
            select(Certificate).where(Certificate.round_id == view.id, Certificate.voided_at.is_(None))
        )
    }
    found = []
    for award in awards(db, view.call.id):
        version = submissions.version(db, award.version_id)
        found += [
            due
            for due in _of_award(award, version, chosen)
            if (due.award_id, due.holder_kind.value, due.holder) not in held
        ]
    return found


def _of_award(award: AwardView, version: VersionView, chosen: DesignView) -> list[DueCertificate]:
    holders = [(HolderKind.UNIT, version.unit_name)] if chosen.for_units else []
    if chosen.for_authors:
        holders += [(HolderKind.AUTHOR, author.name) for author in version.authors]
    return [
        DueCertificate(
            award_id=award.id,
            case_id=award.case_id,
            unit_id=version.unit_id,
            holder_kind=kind,
            holder=holder,
            title=version.title,
            unit_name=version.unit_name,
            prize_name=award.prize_name,
        )
        for kind, holder in dict.fromkeys(holders)
    ]


def certificates(db: Session, actor: Actor, round_id: str) -> list[CertificateLine]:
    """All certificates of a round by their numbers, void ones too.

    Raises:
        Forbidden
    """
    permit(db, actor, round_id)
    return _lines(db, db.scalars(_ordered().where(Certificate.round_id == round_id)).all())


def certificates_of_case(db: Session, case_id: str) -> list[CertificateLine]:
    """The certificates of a case that stand, as far as the actor may see them."""
    rows = db.scalars(_ordered().where(Certificate.case_id == case_id, Certificate.voided_at.is_(None))).all()
    return [line for line in _lines(db, rows) if not line.revoked]


def certificate(db: Session, certificate_id: str) -> CertificateLine:
    """One certificate that the actor may see and that stands.

    Raises:
        NotFound
    """
    found = _lines(db, db.scalars(_ordered().where(Certificate.id == certificate_id)).all())
    if not found or found[0].voided_at is not None or found[0].revoked:
        raise NotFound
    return found[0]


def _ordered() -> Any:
    return select(Certificate).order_by(Certificate.year, Certificate.serial)


def _lines(db: Session, rows: Sequence[Certificate]) -> list[CertificateLine]:
    with as_system(db):  # whether an award was revoked is said to its holder too
        gone = set(
            db.scalars(
                select(Award.id).where(
                    Award.id.in_([row.award_id for row in rows]), Award.revoked_at.is_not(None)
                )
            )
        )
    return [
        CertificateLine(
            id=row.id,
            case_id=row.case_id,
            title=row.sheet["title"],
            unit_name=row.sheet["unit_name"],
            prize_name=row.sheet["prize_name"],
            holder_kind=HolderKind(row.holder_kind),
            holder=row.holder,
            sheet=sheet_from_json(row.sheet["sheet"]),
            issued_at=row.issued_at,
            voided_at=row.voided_at,
            void_reason=row.void_reason,
            revoked=row.award_id in gone,
        )
        for row in rows
    ]


def sheet_to_json(sheet: Sheet) -> dict[str, Any]:
    return asdict(sheet)


def sheet_from_json(content: Mapping[str, Any]) -> Sheet:
    return Sheet(
        **{
            **content,
            "lines": tuple((kind, words) for kind, words in content["lines"]),
            "issuers": tuple(content["issuers"]),
        }
    )


def proof(db: Session, number: str) -> Proof | None:
    """What anybody learns who has a certificate's number; None where there is none of this number."""
    with as_system(db):
        found = db.execute(
            select(Certificate, Award)
            .join(Award, Award.id == Certificate.award_id)
            .where(Certificate.number == number.strip().upper())
        ).one_or_none()
        if found is None:
            return None
        row, award = found
        call = submissions.call(db, row.call_id)
    sheet = sheet_from_json(row.sheet["sheet"])
    if award.revoked_at is not None:
        state, ended_at = CertificateState.REVOKED, award.revoked_at
    elif row.voided_at is not None:
        state, ended_at = CertificateState.VOID, row.voided_at
    else:
        state, ended_at = CertificateState.VALID, None
    return Proof(
        number=row.number,
        holder=row.holder,
        holder_kind=HolderKind(row.holder_kind),
        title=row.sheet["title"],
        unit_name=row.sheet["unit_name"],
        prize_name=row.sheet["prize_name"],
        call_title=row.sheet["call_title"],
        call_slug=call.slug,
        case_id=row.case_id,
        issuers=sheet.issuers,
        dated=sheet.dated,
        state=state,
        ended_at=ended_at,
        timezone=call.timezone,
    )
