"""Evidence files for jurors: the same content without the properties that name people and units.

Only what is known to hold such properties in known places is handed out: Office documents and PDF. Their
visible content cannot be masked, so the organiser decides per round whether jurors see files at all.
"""

from __future__ import annotations

import io
import zipfile

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

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
    except (zipfile.BadZipFile, PyPdfError, OSError, ValueError, KeyError, RuntimeError) as error:
        raise NotCleanable(str(error)) from error
    raise NotCleanable(media_type)


def _office(data: bytes) -> bytes:
    """Empty docProps parts, no thumbnail, one date for all entries, no comments of the archive."""
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
                content = source.read(entry)
            cleaned.writestr(zipfile.ZipInfo(entry.filename, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _pdf(data: bytes) -> bytes:
    """The pages in a new document: no information dictionary, no XMP, no attachments, no outline."""
    reader = PdfReader(io.BytesIO(data))
    writer = PdfWriter()
    for page in reader.pages:
        writer.add_page(page)
    writer.metadata = None
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()
