"""A table as a download: written whole to a file on disk, row by row, then sent in pieces."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO

from starlette.responses import Response

from foundation.files import CHUNK
from foundation.sheets import Table, media_type, write
from foundation.web import stream

IN_MEMORY = 4_000_000


def download(table: Table, kind: str) -> Response:
    """The table as .xlsx or CSV, in the language in use. It is written before this returns: whoever may
    not see a row or a language that is gone later plays no part in the sending."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # closed when it has been sent
    try:
        write(table, kind, file)  # type: ignore[arg-type]  # a BinaryIO in all but name
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return stream(_pieces(file), name=f"{table.name}.{kind}", media_type=media_type(kind))


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(CHUNK):
            yield piece
