"""The folder: which document is the call, which are cases, which cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from foundation.text import _
from submissions.call_templates import STANDARD
from submissions.intake import Unreadable, read_document
from submissions.intake.call_document import CallDocument, is_call, read_call, signs_of_a_call
from submissions.values import CallProposal, CallRules, Prize
from webapp.pipeline.call_file import NAME, CallFile, read_call_file
from webapp.pipeline.values import BookPlan, CannotRun, CaseSource, Plan, Skipped, Source

ENDINGS = (".txt", ".md", ".markdown", ".docx")
FILE_LIMIT = 100_000_000
TIME_ZONE = "Asia/Shanghai"
USUAL_DAYS = 30
WORDS_HIGHEST = 20_000
"""A document that names no limit sets none: this only keeps out what cannot be a case."""
JURORS = 3


def read_folder(folder: Path) -> Plan:
    """Read everything and lay down the call.

    Raises:
        CannotRun: no folder, no readable case, or no collection time to be found.
    """
    if not folder.is_dir():
        raise CannotRun(f"There is no folder {folder}.")
    laid_down = read_call_file(folder)
    understood, skipped = read_documents(folder)
    call_source = _call_among(understood, laid_down.call.document)
    document = read_call(call_source.parsed) if call_source else None
    cases = tuple(each for each in understood if each is not call_source)
    if not cases:
        raise CannotRun(f"There is no readable case ({', '.join(ENDINGS)}) in {folder}.")
    proposal = _proposal(laid_down, document, len(cases))
    return Plan(
        proposal=proposal,
        call_document=call_source.source.name if call_source else NAME,
        book=_book(laid_down, document, proposal),
        cases=cases,
        skipped=tuple(skipped),
        supplements=laid_down.supplements(),
        queries=laid_down.library.queries,
    )


def read_documents(folder: Path) -> tuple[list[CaseSource], list[Skipped]]:
    """Every document of a folder: what was understood, and what was not, with the reason."""
    understood: list[CaseSource] = []
    skipped: list[Skipped] = []
    for path in sorted(each for each in folder.iterdir() if each.is_file() and _is_document(each)):
        if path.suffix.lower() not in ENDINGS:
            skipped.append(Skipped(path.name, _("不读取这种文件；可以读取 .txt、.md 和 .docx。")))
            continue
        try:
            source = Source(path, _content(path))
            understood.append(CaseSource(source, read_document(path.name, source.data)))
        except Unreadable as error:
            skipped.append(Skipped(path.name, error.reason))
        except OSError as error:
            skipped.append(Skipped(path.name, _("文件打不开：%(error)s", error=error.strerror or "")))
    return understood, skipped


def _is_document(path: Path) -> bool:
    """Neither the settings, nor a marks file, nor what editors leave beside a document."""
    return not (path.name == NAME or path.name.startswith((".", "~$")) or path.suffix.lower() == ".csv")


def _content(path: Path) -> bytes:
    if path.stat().st_size > FILE_LIMIT:
        raise Unreadable(_("文件超过 %(limit)s MB，不能接收。", limit=FILE_LIMIT // 1_000_000))
    return path.read_bytes()


def _call_among(documents: Sequence[CaseSource], named: str) -> CaseSource | None:
    """The call: the document that `call.toml` names, else the one that says most of what calls say."""
    if named:
        found = next((each for each in documents if each.source.name == named), None)
        if found is None:
            raise CannotRun(
                f"{NAME} names {named} as the call document, but it is not there or not readable."
            )
        return found
    candidates = [each for each in documents if is_call(each.parsed)]
    return max(candidates, key=lambda each: signs_of_a_call(each.parsed), default=None)


def _proposal(laid_down: CallFile, document: CallDocument | None, cases: int) -> CallProposal:
    call = laid_down.call
    first_day, last_day = _days(laid_down, document)
    zone = _zone(call.time_zone or TIME_ZONE)
    title = call.title or (document.title if document else "")
    if not title:
        raise CannotRun(f"The call has no title: give one in {NAME}, [call] title.")
    notice = _paragraphs(call.notice) or (document.notice_html if document else "") or STANDARD.notice_html
    return CallProposal(
        title=title[:100],
        theme=call.theme or (document.theme if document else ""),
        notice_html=notice,
        slug=call.slug or f"{first_day:%Y-%m}-cases",
        opens_at=datetime.combine(first_day, time.min, tzinfo=zone).astimezone(UTC),
        closes_at=datetime.combine(last_day + timedelta(days=1), time.min, tzinfo=zone).astimezone(UTC),
        timezone=str(zone),
        rules=_rules(laid_down, document, cases),
    )


def _days(laid_down: CallFile, document: CallDocument | None) -> tuple[date, date]:
    """First and last day of the window, both inside it."""
    first = laid_down.call.first_day or (document.first_day if document else None)
    last = laid_down.call.last_day or (document.last_day if document else None)
    if last is None:
        raise CannotRun(
            "No collection time was found in the documents: "
            f"give it in {NAME}, [call] first_day = 2026-01-05 and last_day = 2026-01-31."
        )
    first = first or last - timedelta(days=USUAL_DAYS)
    if first > last:
        raise CannotRun(f"The collection ends ({last}) before it begins ({first}).")
    return first, last


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise CannotRun(f"{name} is not a time zone such as {TIME_ZONE}.") from error


def _rules(laid_down: CallFile, document: CallDocument | None, cases: int) -> CallRules:
    call = laid_down.call
    usual = STANDARD.rules
    lowest = (
        call.words_lowest if call.words_lowest is not None else (document.words_lowest if document else None)
    )
    highest = call.words_highest or (document.words_highest if document else None)
    return CallRules(
        categories=laid_down.categories() or (document.categories if document else ()) or usual.categories,
        criteria=laid_down.criteria() or usual.criteria,
        prizes=laid_down.prizes() or _prizes(document.prizes if document else (), cases),
        standing_rule=call.standing_rule,
        cases_per_unit=call.cases_per_unit,
        words_lowest=lowest or 0,
        words_highest=highest or WORDS_HIGHEST,
        pledge_text=call.pledge or usual.pledge_text,
        needs_recommendation=False,
        reads_per_case=JURORS,
        title_highest=call.title_highest,
        summary_highest=call.summary_highest,
        judging=call.judging.value(),
        shows_recommenders=call.shows_recommenders,
    )


def _prizes(named: Sequence[Prize], cases: int) -> tuple[Prize, ...]:
    """Where no quota is given: a tenth of the cases gets the first prize, a fifth each of the others, and at
    least one each."""
    prizes = named or STANDARD.rules.prizes
    return tuple(
        Prize(
            each.key,
            each.name,
            each.quota if named and each.quota else max(1, cases // (10 if place == 0 else 5)),
        )
        for place, each in enumerate(prizes)
    )


def _book(laid_down: CallFile, document: CallDocument | None, proposal: CallProposal) -> BookPlan:
    book = laid_down.book
    return BookPlan(
        title=book.title or (document.book_title if document else "") or f"{proposal.title}案例选编",
        subtitle=book.subtitle,
        publisher=book.publisher,
        compiler=book.compiler,
        foreword=_paragraphs(book.foreword),
    )


def _paragraphs(written: str) -> str:
    """Plain paragraphs (blank lines between them) or HTML, as HTML."""
    if "<p" in written:
        return written
    parts = [" ".join(each.split()) for each in written.split("\n\n") if each.strip()]
    return "".join(f"<p>{each}</p>" for each in parts)
