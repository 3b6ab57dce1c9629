"""Words that go with a prize, and certificates: written, issued, made void."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import _
from judging import policy
from judging.errors import Outdated
from judging.events.honours import CertificatesIssued, CertificateVoided, CommendationWritten
from judging.models import Certificate, CertificateDesign, Commendation
from judging.papers.wording import IN_CERTIFICATES, certificate_lines, problem, written_date
from judging.queries.certificates import design, due_certificates, sheet_to_json
from judging.queries.outcome import results_are_final
from judging.queries.rounds import sits_on_panel
from judging.service.loading import case_of_round, checked_reason, organised_round
from judging.values.honours import HolderKind, Sheet
from judging.views import RoundView
from judging.views.honours import DesignView, DueCertificate

LONGEST_COMMENDATION = 1000
LONGEST_WORDS = 500
LONGEST_HEADING = 30
LONGEST_ISSUER = 60
MOST_ISSUERS = 4
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def write_commendation(
    db: Session, *, actor: Actor, now: datetime, round_id: str, case_id: str, words: str
) -> None:
    """Write the words that go with a case's prize; earlier versions are kept, empty words take them back.

    Raises:
        NotFound, Forbidden, Invalid
    """
    organised_round(db, actor, round_id)
    case_of_round(db, round_id, case_id)
    words = words.strip()
    if len(words) > LONGEST_COMMENDATION:
        raise Invalid(
            [FieldError(f"words-{case_id}", _("不能超过 %(limit)s 个字", limit=LONGEST_COMMENDATION))]
        )
    last = db.scalar(
        select(Commendation)
        .where(Commendation.round_id == round_id, Commendation.case_id == case_id)
        .order_by(Commendation.ordinal.desc())
        .limit(1)
    )
    if words == (last.words if last is not None else ""):
        return
    row = Commendation(
        id=new_id(),
        round_id=round_id,
        case_id=case_id,
        ordinal=(last.ordinal if last is not None else 0) + 1,
        words=words,
        written_at=now,
        written_by=actor.user_id,
        written_by_name=actor.name,
    )
    db.add(row)
    db.flush()
    event = CommendationWritten(case_id=case_id, round_id=round_id, ordinal=row.ordinal)
    record(db, actor=actor, now=now, event=event)


# --- certificates -----------------------------------------------------------------------------------


def save_design(db: Session, *, actor: Actor, now: datetime, round_id: str, chosen: DesignView) -> None:
    """Keep how certificates are worded; those that were issued stay as they are.

    Raises:
        NotFound, Forbidden, Invalid
    """
    organised_round(db, actor, round_id)
    errors = _design_errors(chosen)
    if errors:
        raise Invalid(errors)
    row = db.scalar(select(CertificateDesign).where(CertificateDesign.round_id == round_id))
    if row is None:
        row = CertificateDesign(id=new_id(), round_id=round_id)
        db.add(row)
    row.language, row.heading = chosen.language, chosen.heading
    row.unit_words, row.author_words = chosen.unit_words, chosen.author_words
    row.issuers = list(chosen.issuers)
    row.for_units, row.for_authors = chosen.for_units, chosen.for_authors
    row.changed_at, row.changed_by = now, actor.user_id
    db.flush()


def _design_errors(chosen: DesignView) -> list[FieldError]:
    errors = []
    if not chosen.heading or len(chosen.heading) > LONGEST_HEADING:
        errors.append(FieldError("heading", _("请填写 1 到 %(limit)s 个字", limit=LONGEST_HEADING)))
    for name, words in (("unit_words", chosen.unit_words), ("author_words", chosen.author_words)):
        wrong = problem(words, IN_CERTIFICATES)
        if wrong is not None:
            errors.append(FieldError(name, wrong))
        elif not words or len(words) > LONGEST_WORDS:
            errors.append(FieldError(name, _("请填写 1 到 %(limit)s 个字", limit=LONGEST_WORDS)))
    if not chosen.issuers:
        errors.append(FieldError("issuers", _("请填写颁发单位，每行一个。")))
    if len(chosen.issuers) > MOST_ISSUERS or any(len(each) > LONGEST_ISSUER for each in chosen.issuers):
        most, longest = MOST_ISSUERS, LONGEST_ISSUER
        errors.append(
            FieldError(
                "issuers", _("最多 %(most)s 个单位，每个不超过 %(longest)s 个字", most=most, longest=longest)
            )
        )
    if not chosen.for_units and not chosen.for_authors:
        errors.append(FieldError("holders", _("请至少选择一种：单位证书或作者证书。")))
    return errors


def issue_certificates(
    db: Session, *, actor: Actor, now: datetime, round_id: str, dated: date, count: int, address: str
) -> int:
    """Issue what is due, with numbers; returns how many. What stands on them never changes afterwards.

    Args:
        dated: the date that stands on them.
        count: how many the organiser was shown.
        address: of the verification page, for the QR codes.

    Raises:
        NotFound, Forbidden
        Refused: the awards are not final, no issuer was named, or nothing is due.
        Outdated: it is no longer what he was shown.
    """
    _row, view = organised_round(db, actor, round_id)
    if not results_are_final(db, round_id):
        raise Refused(_("奖项还没有最终生效，不能签发证书。公示结束、奖项生效后再来签发。"))
    chosen = design(db, round_id, "zh")
    if not chosen.issuers:
        raise Refused(_("请先填写颁发单位并保存证书文字。"))
    due = due_certificates(db, actor, view, chosen)
    if not due:
        raise Refused(_("没有需要签发的证书。"))
    if len(due) != count:
        raise Outdated(_("需要签发的证书有了变化，请重新核对后再签发。"))
    # the journal comes first: on PostgreSQL it makes two who issue at once wait for one another
    record(db, actor=actor, now=now, event=CertificatesIssued(round_id=round_id, count=len(due)))
    first = (db.scalar(select(func.max(Certificate.serial)).where(Certificate.year == dated.year)) or 0) + 1
    for serial, each in enumerate(due, start=first):
        number = f"ZS{dated.year}{serial:05d}-{''.join(secrets.choice(_ALPHABET) for _n in range(4))}"
        sheet = sheet_of(each, chosen, view, number=number, dated=dated, address=address)
        db.add(_certificate(each, view, sheet, now=now, year=dated.year, serial=serial, actor=actor))
    db.flush()
    return len(due)


def sheet_of(
    each: DueCertificate, chosen: DesignView, view: RoundView, *, number: str, dated: date, address: str
) -> Sheet:
    """What will stand on the certificate."""
    words = chosen.unit_words if each.holder_kind is HolderKind.UNIT else chosen.author_words
    values = {
        "unit": each.unit_name,
        "author": each.holder if each.holder_kind is HolderKind.AUTHOR else "",
        "title": each.title,
        "call": view.call.title,
        "prize": each.prize_name,
    }
    return Sheet(
        number=number,
        heading=chosen.heading,
        lines=certificate_lines(words, values),
        issuers=chosen.issuers,
        dated=written_date(dated, chosen.language),
        language=chosen.language,
        verify_url=f"{address}/{number}",
        holder=each.holder,
    )


def _certificate(
    each: DueCertificate,
    view: RoundView,
    sheet: Sheet,
    *,
    now: datetime,
    year: int,
    serial: int,
    actor: Actor,
) -> Certificate:
    return Certificate(
        id=new_id(),
        number=sheet.number,
        round_id=view.id,
        call_id=view.call.id,
        award_id=each.award_id,
        case_id=each.case_id,
        unit_id=each.unit_id,
        year=year,
        serial=serial,
        holder_kind=each.holder_kind.value,
        holder=each.holder,
        sheet={
            "sheet": sheet_to_json(sheet),
            "title": each.title,
            "unit_name": each.unit_name,
            "prize_name": each.prize_name,
            "call_title": view.call.title,
        },
        issued_at=now,
        issued_by=actor.user_id,
    )


def void_certificate(db: Session, *, actor: Actor, now: datetime, certificate_id: str, reason: str) -> None:
    """Make a certificate void, with a reason; its holder can get another with a new number.

    Raises:
        NotFound, Forbidden, Invalid
        Refused: it was void before.
    """
    row = db.scalar(
        select(Certificate)
        .where(Certificate.id == certificate_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound
    require(policy.may_organise(actor, on_panel=sits_on_panel(db, row.round_id, actor)))
    if row.voided_at is not None:
        raise Refused(_("这张证书已经作废。"))
    row.void_reason = checked_reason(reason, _("请写明作废的理由。"))
    row.voided_at, row.voided_by = now, actor.user_id
    event = CertificateVoided(certificate_id=row.id, number=row.number, reason=row.void_reason)
    record(db, actor=actor, now=now, event=event)
