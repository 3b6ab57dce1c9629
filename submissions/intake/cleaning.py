"""Files without the properties that name people and units; the content stays.

Only what is known to hold such properties in known places is cleaned: Office documents and PDF. Both readers
look into strangers' files, so this runs in the child process (`sandbox.clean_apart`).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject

PDF = "application/pdf"
OFFICE = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
)
CLEANABLE = frozenset({PDF, *OFFICE})

_CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_CUSTOM = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
)
_EMPTIED = {"docprops/core.xml": _CORE, "docprops/app.xml": _APP, "docprops/custom.xml": _CUSTOM}

_QUOTED = rb"""\s*=\s*(?:"[^"]*"|'[^']*')"""
_NAMING: tuple[tuple[re.Pattern[str], re.Pattern[bytes], bytes], ...] = (
    (
        re.compile(r"word/[^/]+\.xml"),
        re.compile(rb"(\s\w+:(?:author|initials|userId|providerId))" + _QUOTED),
        rb'\1=""',
    ),
    (
        re.compile(r"xl/persons/[^/]+\.xml|ppt/(?:commentAuthors|authors)\.xml", re.IGNORECASE),
        re.compile(rb"(\b(?:name|displayName|initials|userId|providerId))" + _QUOTED),
        rb'\1=""',
    ),
    (
        re.compile(r"xl/comments[^/]*(?:/[^/]+)?\.xml"),
        re.compile(rb"(<(?:\w+:)?author>)[^<]*"),
        rb"\1",
    ),
)
"""Parts of a document that name who wrote comments and tracked changes: where, what, and what stays."""
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    PyPdfError,
    OSError,
    ValueError,
    LookupError,
    RuntimeError,
    TypeError,  # this and those below: what pypdf falls over in files that are not what they say
    AttributeError,
    AssertionError,
)
_EPOCH = (1980, 1, 1, 0, 0, 0)
LARGEST = 200_000_000
"""Bytes that the parts of an Office document may have together; uploads were checked when they came in."""


class NotCleanable(Exception):
    """The file is not what its type says, or damaged."""


def without_properties(data: bytes, media_type: str) -> bytes:
    """The file without author, company, dates and other document properties.

    Raises:
        NotCleanable
    """
    try:
        if media_type == PDF:
            return _pdf(data)
        if media_type in OFFICE:
            return _office(data)
    except _DAMAGED as error:
        raise NotCleanable(str(error)) from error
    raise NotCleanable(media_type)


def _office(data: bytes) -> bytes:
    """Empty docProps parts, comments and changes of nobody, one date for all entries, no comments of the
    archive."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as cleaned,
    ):
        if sum(entry.file_size for entry in source.infolist()) > LARGEST:
            raise NotCleanable("too large")
        for entry in source.infolist():
            if entry.is_dir():
                continue
            content = _EMPTIED.get(entry.filename.lower())
            if content is None:
                content = _of_nobody(entry.filename, source.read(entry))
            cleaned.writestr(zipfile.ZipInfo(entry.filename, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _of_nobody(part: str, content: bytes) -> bytes:
    """A part of an Office document without the names of those who commented or changed it."""
    for where, names, instead in _NAMING:
        if where.fullmatch(part):
            content = names.sub(instead, content)
    return content


def _pdf(data: bytes) -> bytes:
    """The pages in a new document: no information dictionary, no XMP, no attachments, no outline, and notes
    of nobody."""
    reader = PdfReader(io.BytesIO(data))
    writer = PdfWriter()
    for page in reader.pages:
        added = writer.add_page(page)
        for key in ("/Metadata", "/PieceInfo"):
            added.pop(key, None)
        for each in added.annotations or ():
            note = each.get_object()
            if isinstance(note, DictionaryObject) and note.get("/Subtype") != "/Widget":
                note.pop("/T", None)  # a field's /T is its name, a note's its author
    writer.metadata = None
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()
