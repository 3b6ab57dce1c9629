"""A Word file taken in: shown as it was understood, then taken over with one click."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup
from starlette.responses import Response
from starlette.routing import Route

from foundation import richtext
from foundation.errors import FieldError, Invalid
from foundation.text import _
from foundation.web import Rq, get, post
from foundation.wordcount import word_count
from submissions import queries, service
from submissions.intake import ParsedCase, office
from submissions.pages import uploading
from submissions.pages.showing import own_case
from submissions.rules.texts import check_text
from submissions.rules.windows import local
from submissions.values import CaseText, CaseView, Finding

_SHOWN = frozenset({"title", "summary", "body", "authors", "category_key", "practice_from", "practice_to"})


def routes() -> list[Route]:
    return [
        get("/cases/{case_id}/word", word_page),
        post("/cases/{case_id}/word", show_word, again=word_page, prepare=read_word),
        post("/cases/{case_id}/word/accept", accept_word, again=word_page, prepare=reread_word),
    ]


def word_page(rq: Rq) -> Response:
    case = own_case(rq)
    return rq.render(
        "submissions/word.html",
        case=case,
        call=queries.call(rq.db, case.call_id),
        converts=office.installed() is not None,
    )


def read_word(rq: Rq) -> tuple[uploading.WordFile, Markup]:
    """Store and understand the Word file, in a child process, and draw its pictures small: all before the
    write transaction."""
    case = own_case(rq)
    sent = rq.upload("word")
    if sent is None:
        raise Invalid([FieldError("word", _("请先选择一个 Word 文件。"))])
    word = uploading.read_word(rq.files, rq.edge.secret, case.id, sent)
    return word, uploading.with_thumbnails(word.parsed)


def show_word(rq: Rq) -> Response:
    """What was understood; nothing is taken over yet."""
    case = own_case(rq)
    word, body = rq.prepared
    draft = queries.draft(rq.db, case.id)
    return rq.render(
        "submissions/word_preview.html",
        case=case,
        call=queries.call(rq.db, case.call_id),
        draft=draft,
        word=word,
        words=word_count(richtext.plain(word.parsed.body_html)),
        body=body,
        missing=_missing_after(rq, case, word.parsed),
    )


def _missing_after(rq: Rq, case: CaseView, parsed: ParsedCase) -> list[Finding]:
    """What the call would still ask for once the file is taken over."""
    call = queries.call(rq.db, case.call_id)
    had = queries.draft(rq.db, case.id).text
    text = replace(service.taken_over(had, word_text(parsed)), body_html=_without_pictures(parsed.body_html))
    findings = check_text(
        text,
        call.rules,
        word_count=word_count(richtext.plain(parsed.body_html)),
        attachments=(),
        today=local(rq.now, call.timezone).date(),
    )
    return [each for each in findings if each.blocking and each.field.split("-")[0] in _SHOWN]


def _without_pictures(body_html: str) -> str:
    """The body before its pictures are attachments: no check misses them then."""
    kept = (block for block in richtext.blocks(body_html) if not isinstance(block, richtext.Figure))
    return richtext.html(kept)


def word_text(parsed: ParsedCase) -> CaseText:
    """What a file gives, as the draft keeps it."""
    return CaseText(
        title=parsed.title,
        summary=parsed.summary,
        body_html=parsed.body_html,
        authors=parsed.authors,
        source_line=parsed.source_line,
        signoff_line=parsed.signoff_line,
    )


def reread_word(rq: Rq) -> tuple[uploading.WordFile, list[tuple[str, service.NewFile]]]:
    """The same file again, its pictures stored, before the write transaction."""
    case = own_case(rq)
    word = uploading.reread_word(rq.files, rq.edge.secret, case.id, rq.field("word_token"))
    return word, uploading.stored_pictures(rq.files, word.parsed)


def accept_word(rq: Rq) -> Response:
    case = own_case(rq)
    word, pictures = rq.prepared
    draft = queries.draft(rq.db, case.id)
    revision = rq.field("revision")
    parsed = word.parsed
    service.import_word(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        case_id=case.id,
        revision=int(revision) if revision.isdecimal() and len(revision) < 10 else draft.revision,
        text=word_text(parsed),
        pictures=pictures,
    )
    return rq.redirect(f"/cases/{case.id}/edit", _("Word 文件的内容已填入草稿，请核对。"))
