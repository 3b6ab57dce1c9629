"""Certificates: worded and issued by the organiser, downloaded by him and the unit, verified by anybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from gettext import NullTranslations
from zoneinfo import ZoneInfo

from starlette.responses import Response
from starlette.routing import Route

from foundation.downloads import Member, safe_name, send_zip
from foundation.errors import NotFound
from foundation.forms import read_form
from foundation.text import _, n_, use_translations
from foundation.web import Rq, disposition, get, post
from judging.forms import ReasonForm
from judging.pages.common import home, organiser_round
from judging.pages.honours import frame
from judging.papers.certificate_pdf import certificates_pdf
from judging.papers.forms import DesignForm, IssueForm
from judging.papers.ports import CertificateWriter
from judging.papers.wording import IN_CERTIFICATES, named
from judging.queries import certificates as queries
from judging.queries.outcome import results_are_final
from judging.service import honouring as service
from judging.values.honours import HolderKind, Sheet
from judging.views import RoundView
from judging.views.honours import CertificateLine, DueCertificate

BASE = "/organise/calls/{call_id}/judging/honours/certificates"
PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
VERIFY = "/certificates"

Languages = Mapping[str, NullTranslations]


def routes(writer: CertificateWriter) -> list[Route]:
    return [
        get(BASE, overview),
        post(BASE + "/design", save_design, again=overview),
        get(BASE + "/sample.pdf", sample),
        post(BASE, issue, again=overview),
        post(BASE + "/{certificate_id}/void", void, again=overview),
        get(BASE + "/all.zip", partial(everything, writer)),
        get(BASE + "/all.pdf", for_print),
        get(VERIFY, verify),
        get(VERIFY + "/{number}", verify_number),
        get("/cases/{case_id}/certificates/{certificate_id}.{format}", partial(single, writer)),
    ]


def overview(rq: Rq) -> Response:
    """The words, what is due, and what was issued."""
    actor, view = organiser_round(rq)
    chosen = queries.design(rq.db, view.id, rq.locale)
    issued = queries.certificates(rq.db, actor, view.id)
    return rq.render(
        "judging/certificates.html",
        **frame(view, "/certificates"),
        design=chosen,
        due=queries.due_certificates(rq.db, actor, view, chosen),
        issued=issued,
        standing=[each for each in issued if each.voided_at is None and not each.revoked],
        final=results_are_final(rq.db, view.id),
        today=rq.now.astimezone(ZoneInfo(view.call.timezone)).date().isoformat(),
        placeholders=named(IN_CERTIFICATES),
    )


def save_design(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(DesignForm, rq.form)
    service.save_design(rq.db, actor=actor, now=rq.now, round_id=view.id, chosen=form.design())
    return rq.redirect(_address(view), done=_("证书文字已保存，可以先看样张。"))


def sample(rq: Rq) -> Response:
    """How the first ones will look, with a number that proves nothing."""
    actor, view = organiser_round(rq)
    chosen = queries.design(rq.db, view.id, rq.locale)
    due = queries.due_certificates(rq.db, actor, view, chosen) or _imagined(view)
    kinds = {each.holder_kind: each for each in reversed(due)}
    sheets = [
        service.sheet_of(
            each,
            chosen,
            view,
            number="ZS0000-SAMPLE",
            dated=_today(rq, view),
            address=rq.absolute(VERIFY),
        )
        for each in kinds.values()
    ]
    return _file(
        _pdf(sheets, rq.now, rq.edge.languages), PDF, f"{chosen.heading}-{_('样张')}.pdf", inline=True
    )


def _imagined(view: RoundView) -> list[DueCertificate]:
    """For a look at the words before any award is final."""
    prize = view.call.rules.prizes[0].name if view.call.rules.prizes else str(_("奖项"))
    unit, title = str(_("某某党支部")), str(_("案例标题"))
    return [
        DueCertificate("", "", "", HolderKind.UNIT, unit, title, unit, prize),
        DueCertificate("", "", "", HolderKind.AUTHOR, str(_("某某")), title, unit, prize),
    ]


def issue(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(IssueForm, rq.form)
    count = service.issue_certificates(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        dated=form.dated,
        count=form.count,
        address=rq.absolute(VERIFY),
    )
    return rq.redirect(_address(view), done=n_("已签发 %(n)s 张证书。", "已签发 %(n)s 张证书。", count))


def void(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(ReasonForm, rq.form)
    service.void_certificate(
        rq.db,
        actor=actor,
        now=rq.now,
        certificate_id=rq.path("certificate_id"),
        reason=form.reason,
    )
    return rq.redirect(_address(view), done=_("证书已作废；需要时可以重新签发，编号另起。"))


def _address(view: RoundView) -> str:
    return home(view.call) + "/honours/certificates"


def _today(rq: Rq, view: RoundView) -> date:
    return rq.now.astimezone(ZoneInfo(view.call.timezone)).date()


# --- downloads --------------------------------------------------------------------------------------


def single(writer: CertificateWriter, rq: Rq) -> Response:
    """One certificate, for the organiser and for the unit that holds it."""
    rq.signed_in()
    line = queries.certificate(rq.db, rq.path("certificate_id"))
    kind = rq.path("format")
    if line.case_id != rq.path("case_id") or kind not in ("pdf", "docx"):
        raise NotFound
    content = (
        _pdf([line.sheet], line.issued_at, rq.edge.languages)
        if kind == "pdf"
        else _word(writer, line.sheet, rq.edge.languages)
    )
    return _file(content, PDF if kind == "pdf" else WORD, f"{_name(line)}.{kind}")


def everything(writer: CertificateWriter, rq: Rq) -> Response:
    """All certificates that stand as PDF and Word, made while they are sent."""
    _actor, view = organiser_round(rq)
    return send_zip(
        _members(_standing(rq, view), writer, rq.edge.languages), f"certificates-{view.call.slug}"
    )


def for_print(rq: Rq) -> Response:
    """All certificates that stand in one PDF, for the printer."""
    _actor, view = organiser_round(rq)
    lines = _standing(rq, view)
    content = _pdf([line.sheet for line in lines], rq.now, rq.edge.languages)
    return _file(content, PDF, f"certificates-{view.call.slug}.pdf")


def _standing(rq: Rq, view: RoundView) -> list[CertificateLine]:
    found = queries.certificates(rq.db, rq.actor, view.id)
    standing = [each for each in found if each.voided_at is None and not each.revoked]
    if not standing:
        raise NotFound
    return standing


def _members(
    lines: Sequence[CertificateLine], writer: CertificateWriter, languages: Languages
) -> Iterator[Member]:
    for line in lines:
        yield f"PDF/{_name(line)}.pdf", [_pdf([line.sheet], line.issued_at, languages)]
        yield f"Word/{_name(line)}.docx", [_word(writer, line.sheet, languages)]


def _name(line: CertificateLine) -> str:
    return safe_name(f"{line.sheet.number} {line.holder}")


def _pdf(sheets: Sequence[Sheet], now: datetime, languages: Languages) -> bytes:
    """In the language of the certificate, whoever downloads it."""
    with use_translations(languages[sheets[0].language]):
        return certificates_pdf(sheets, now=now)


def _word(writer: CertificateWriter, sheet: Sheet, languages: Languages) -> bytes:
    with use_translations(languages[sheet.language]):
        return writer([sheet])


def _file(content: bytes, media_type: str, name: str, *, inline: bool = False) -> Response:
    headers = {"Content-Disposition": disposition(name, inline=inline)}
    return Response(content, media_type=media_type, headers=headers)


# --- the public proof -------------------------------------------------------------------------------


def verify(rq: Rq) -> Response:
    """The box for a number; with one asked for, its answer."""
    return _proven(rq, rq.query("number"))


def verify_number(rq: Rq) -> Response:
    """Where a certificate's QR code leads."""
    return _proven(rq, rq.path("number"))


def _proven(rq: Rq, number: str) -> Response:
    found = queries.proof(rq.db, number) if number else None
    return rq.render(
        "judging/certificate_proof.html",
        number=number,
        proof=found,
        status=404 if number and found is None else 200,
    )
