"""Folders of documents as a zip: each case as a Word file with its photos and files, a folder a unit.

The archive is made while it is sent, case by case; each is read in a short transaction of its own, by the
session of whoever asked.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from gettext import NullTranslations

from foundation.actor import Actor
from foundation.db import Database
from foundation.downloads import Member, safe_name
from foundation.errors import NotFound
from foundation.files import FileStore, stored_chunks
from foundation.sheets import Table, write
from foundation.text import use_translations
from judging import queries as judging
from judging.cleaning import NotCleanable, without_properties
from judging.values import BlindCopy
from judging.views import ReadView
from submissions import queries
from submissions.values import AttachmentView, CallView, CaseView, DraftView, VersionView
from webapp.exchange.reading_page import reading_page

WordOf = Callable[[VersionView, str], bytes]
"""A version and the name of its category -> its Word file."""
BlindWordOf = Callable[[BlindCopy], bytes]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A case that goes into the archive; `version_id` "" asks for the working copy."""

    folder: str
    name: str
    case_id: str
    version_id: str
    category: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where the content comes from, and for whom."""

    database: Database
    files: FileStore
    actor: Actor
    translations: NullTranslations


def listed(table: Table) -> Member:
    """The list that lies on top of the folders, written now."""
    out = io.BytesIO()
    write(table, "xlsx", out)
    return f"{safe_name(table.name)}.xlsx", [out.getvalue()]


def case_members(source: Source, wanted: Sequence[Wanted], word_of: WordOf) -> Iterator[Member]:
    """Each case's Word file, then its files; a case that is gone meanwhile is left out."""
    for each in wanted:
        found = _document(source, each, word_of)
        if found is None:
            continue
        document, attachments = found
        home = f"{safe_name(each.folder)}/{safe_name(each.name)}"
        yield f"{home}/{safe_name(each.name)}.docx", [document]
        for attachment in attachments:
            if source.files.exists(attachment.sha256):
                content = stored_chunks(source.files, attachment.sha256)
                yield f"{home}/{_kind_folder(attachment)}{safe_name(attachment.name)}", content


def _kind_folder(attachment: AttachmentView) -> str:
    return "photos/" if attachment.kind == "photo" else "files/"


def _document(
    source: Source, each: Wanted, word_of: WordOf
) -> tuple[bytes, tuple[AttachmentView, ...]] | None:
    try:
        with source.database.read(source.actor) as db:
            if each.version_id:
                version = queries.version(db, each.version_id)
            else:
                case = queries.case(db, each.case_id)
                version = as_version(queries.draft(db, each.case_id), case)
    except NotFound:
        return None
    with use_translations(source.translations):
        return word_of(version, each.category), version.attachments


def as_version(draft: DraftView, case: CaseView) -> VersionView:
    """A working copy in the shape of a version, to be printed; it has no number and no hash."""
    text = draft.text
    return VersionView(
        id="",
        case_id=draft.case_id,
        number="",
        call_id=case.call_id,
        unit_id=case.unit_id,
        unit_name=case.unit_name,
        ordinal=0,
        title=text.title,
        summary=text.summary,
        body_html=text.body_html,
        category_key=text.category_key,
        authors=text.authors,
        word_count=draft.word_count,
        attachments=draft.attachments,
        content_hash="",
        received_at=draft.saved_at,
        source_line=text.source_line,
        signoff_line=text.signoff_line,
    )


def blind_members(
    source: Source, lines: Sequence[ReadView], word_of: BlindWordOf, now: datetime
) -> Iterator[Member]:
    """The juror's cases as he may read them, as Word and as a page for any browser; files without the
    properties that name people, where the judging is blind."""
    for line in lines:
        try:
            with source.database.read(source.actor) as db:
                copy = judging.desk(db, source.actor, line.id, now).copy
        except NotFound:
            continue
        with use_translations(source.translations):
            document = word_of(copy)
            page = reading_page(copy)
        home = safe_name(f"{copy.label} {copy.title}")
        yield f"{home}/{home}.docx", [document]
        yield f"{home}/{home}.html", [page.encode()]
        for attachment in copy.attachments:
            content = _cleaned(source, attachment, as_it_is=not copy.blind)
            if content is not None:
                yield f"{home}/{safe_name(attachment.name)}", [content]


def _cleaned(source: Source, attachment: AttachmentView, *, as_it_is: bool) -> bytes | None:
    if not source.files.exists(attachment.sha256):
        return None
    content = source.files.read(attachment.sha256)
    if as_it_is or attachment.kind == "photo":
        return content  # drawn anew when it came: nothing but the picture
    try:
        return without_properties(content, attachment.media_type)
    except NotCleanable:
        return None


def name_of(number: str, title: str) -> str:
    """A folder's name: what a person looks for."""
    return f"{number} {title}".strip()


def category_names(call: CallView) -> dict[str, str]:
    return {each.key: each.name for each in call.rules.categories}
