"""Handing out what a build made."""

from __future__ import annotations

from starlette.responses import Response

from casebook.making import queries
from casebook.making.values import BuildState, BuildView, Output
from foundation.errors import Refused
from foundation.text import _
from foundation.web import Rq


def send(rq: Rq, build: BuildView, output: Output) -> Response:
    """A file of a build.

    Raises:
        Refused: there is no such file, or it holds a case whose award was revoked.
    """
    file = build.file(output)
    if build.state is not BuildState.DONE or file is None or not queries.in_force(rq.db, build):
        raise Refused(_("这次生成没有可以下载的文件，请重新生成。"))
    return rq.send_file(file.sha256, name=file.name, media_type=file.media_type, size=file.size)
