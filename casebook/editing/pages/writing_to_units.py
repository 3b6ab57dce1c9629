"""与单位往来: questions to the unit of a case, its answers, and its consent to the text."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from starlette.responses import Response
from starlette.routing import Route

from casebook import access
from casebook import queries as core
from casebook.editing import queries, service
from casebook.editing.values import Asked
from casebook.showing import photos_url, shown_body
from casebook.values import EditionView, EntryView
from foundation.errors import FieldError, Invalid, Refused
from foundation.text import _, n_
from foundation.web import Rq, get, post

DAYS = 7
"""How long a unit has to answer, unless the editor says otherwise."""
ROWS = 3
"""Questions that the form has room for at first."""


def routes() -> list[Route]:
    entry = "/editions/{id}/entries/{entry}"
    return [
        get(f"{entry}/queries", queries_page),
        post(f"{entry}/queries", ask, again=queries_page),
        post(f"{entry}/consent", ask_consent, again=queries_page),
        post(f"{entry}/letters/{{letter}}", change_letter, again=queries_page),
        post("/editions/{id}/remind", remind_all, again=standing_page),
        get("/editions/{id}/letters", standing_page),
    ]


def queries_page(rq: Rq) -> Response:
    edition, entry = access.entry(rq)
    current = core.manuscript(rq.db, entry.id)
    sent = queries.letters(rq.db, entry.id)
    return rq.render(
        "casebook/editing/queries.html",
        edition=edition,
        entry=entry,
        manuscript=current,
        body=shown_body(photos_url(edition, entry), current.text.body),
        photos_url=photos_url(edition, entry),
        letters=sent,
        standing=queries.consent_of(rq.db, entry.id),
        unit=core.awarded_version(rq.db, entry.version_id).unit_name,
        due=rq.field("due_on") or (_today(rq, edition) + timedelta(days=DAYS)).isoformat(),
        today=_today(rq, edition),
        asked=_typed(rq) or [Asked("", "")] * ROWS,
    )


def standing_page(rq: Rq) -> Response:
    """Who is waited for in this book, and for what."""
    edition = access.edition(rq)
    entries = {each.id: each for chapter in core.chapters(rq.db, edition.id) for each in chapter.entries}
    today = _today(rq, edition)
    return rq.render(
        "casebook/editing/letters.html",
        edition=edition,
        letters=[(each, entries[each.entry_id]) for each in queries.unanswered(rq.db, edition.id)],
        standings=queries.standings(rq.db, edition.id, today),
        entries=[each for each in entries.values() if each.withdrawn_at is None],
        today=today,
    )


def _typed(rq: Rq) -> list[Asked]:
    """The questions of the form; rows that are empty count for nothing."""
    quotes = [str(each).strip() for each in rq.form.getlist("quote")]
    words = [str(each).strip() for each in rq.form.getlist("words")]
    pairs = zip(quotes, words, strict=False)
    return [Asked(quote, asked) for quote, asked in pairs if quote or asked]


def _today(rq: Rq, edition: EditionView) -> date:
    return local_day(rq.now, core.call_of(rq.db, edition.call_id).timezone)


def local_day(now: datetime, zone: str) -> date:
    """The day it is where the call was made."""
    return now.astimezone(ZoneInfo(zone)).date()


def ask(rq: Rq) -> Response:
    edition, entry = access.entry(rq)
    service.ask_unit(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=edition.id,
        entry_id=entry.id,
        questions=_typed(rq),
        due_on=_due(rq),
        today=_today(rq, edition),
        address=rq.absolute(f"/cases/{entry.case_id}/editing"),
        note=rq.field("note"),
    )
    return rq.redirect(_url(edition, entry), _("已发给单位，答复会显示在这里，也会发邮件告诉您。"))


def ask_consent(rq: Rq) -> Response:
    edition, entry = access.entry(rq)
    service.ask_consent(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=edition.id,
        entry_id=entry.id,
        due_on=_due(rq),
        today=_today(rq, edition),
        address=rq.absolute(f"/cases/{entry.case_id}/editing"),
        note=rq.field("note"),
    )
    return rq.redirect(_url(edition, entry), _("已请单位确认现在这一稿。"))


def _due(rq: Rq) -> date:
    try:
        return date.fromisoformat(rq.field("due_on"))
    except ValueError as error:
        raise Invalid([FieldError("due_on", _("请填写日期，例如 2026-03-01"))]) from error


def change_letter(rq: Rq) -> Response:
    """Remind, be done with it, or take a wording over, by the button that was pressed."""
    edition, entry = access.entry(rq)
    letter, action = rq.path("letter"), rq.field("action")
    if action == "remind":
        service.remind(
            rq.db,
            actor=rq.actor,
            now=rq.now,
            edition_id=edition.id,
            letter_ids=frozenset({letter}),
            base=rq.absolute(""),
        )
        return rq.redirect(_url(edition, entry), _("已催办，提醒邮件已发出。"))
    if action == "close":
        service.close_letter(rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, letter_id=letter)
        return rq.redirect(_url(edition, entry), _("这次询问已结束。"))
    if action != "take":
        raise Refused(_("请选择要做什么。"))
    ordinal = service.take_wording(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=edition.id,
        letter_id=letter,
        question_id=rq.field("question"),
        base=access.posted_number(rq, "base"),
        wording=rq.field("wording"),
    )
    return rq.redirect(_url(edition, entry), _("已采用单位的写法，存为第 %(n)s 稿。", n=ordinal))


def remind_all(rq: Rq) -> Response:
    edition = access.edition(rq)
    waiting = frozenset(each.id for each in queries.unanswered(rq.db, edition.id))
    count = service.remind(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=edition.id,
        letter_ids=waiting,
        base=rq.absolute(""),
    )
    return rq.redirect(f"/editions/{edition.id}/letters", n_("已催办 %(n)s 件。", "已催办 %(n)s 件。", count))


def _url(edition: EditionView, entry: EntryView) -> str:
    return f"/editions/{edition.id}/entries/{entry.id}/queries"
