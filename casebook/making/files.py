"""Handing out what a build made."""

from __future__ import annotations

from starlette.responses import Response, StreamingResponse

from casebook.making import queries
from casebook.making.values import BuildState, BuildView, BuiltFile, Output
from foundation.errors import Refused
from foundation.files import FileStore, stored_chunks
from foundation.text import _
from foundation.web import Rq, disposition


def send(rq: Rq, books: FileStore, build: BuildView, output: Output) -> Response:
    """A file of a build.

    Raises:
        Refused: there is no such file, or it holds a case whose award was revoked.
    """
    file = build.file(output)
    if build.state is not BuildState.DONE or file is None or not queries.in_force(rq.db, build):
        raise Refused(_("这次生成没有可以下载的文件，请重新生成。"))
    return attached(books, file)


def attached(books: FileStore, file: BuiltFile) -> Response:
    """As a download, whatever is in it.

    Raises:
        Refused: its bytes are gone.
    """
    if not books.exists(file.sha256):
        raise Refused(_("这个文件已经不在了，请照原样再生成一次。"))
    headers = {
        "Content-Disposition": disposition(file.name),
        "Content-Length": str(file.size),
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return StreamingResponse(stored_chunks(books, file.sha256), media_type=file.media_type, headers=headers)
