"""Reading what a browser or client sent: whole or not at all."""

import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any, BinaryIO

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from foundation.errors import ClientGone, Problem
from foundation.text import _

TEXT_PART = 8_000_000
"""Bytes of one text field: a case of 5,000 characters with its markup is far below."""
MOST_FILES = 40
MOST_FIELDS = 3000
DEEPEST_JSON = 30


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a form; `file` is positioned at its start."""

    name: str
    media_type: str
    size: int
    file: BinaryIO


class _WholeMultiPart(MultiPartParser):
    """Starlette's parser accepts a body that stops in the middle and drops the cut file silently."""

    ended = False

    def __init__(self, request: Request) -> None:
        super().__init__(
            request.headers,
            self._whole(request),
            max_files=MOST_FILES,
            max_fields=MOST_FIELDS,
            max_part_size=TEXT_PART,
        )

    def on_end(self) -> None:
        self.ended = True

    async def _whole(self, request: Request) -> AsyncGenerator[bytes, None]:
        """The body's pieces; if it ends too soon, an error, upon which the parser drops its files."""
        async for piece in request.stream():
            yield piece
        if not self.ended:
            raise MultiPartException("cut off")


def _broken() -> Problem:
    return Problem(_("上传没有完整到达，可能是网络中断。内容没有保存，请再试一次。"))


async def read_form(request: Request) -> FormData:
    """The posted form with its files.

    Raises:
        Problem: the body is malformed or was cut off.
        ClientGone: the connection ended before the body did.
    """
    kind = request.headers.get("content-type", "")
    try:
        if not kind.startswith("multipart/form-data"):
            return await request.form(max_fields=MOST_FIELDS, max_part_size=TEXT_PART)
        return await _WholeMultiPart(request).parse()
    except ClientDisconnect as gone:
        raise ClientGone from gone
    except MultiPartException as error:
        raise _broken() from error


def uploads(form: FormData, field: str) -> list[Upload]:
    """The files sent under this field's name; an empty file input counts as none."""
    found = [item for item in form.getlist(field) if isinstance(item, UploadFile) and item.filename]
    return [
        Upload(
            name=item.filename or "",
            media_type=item.content_type or "application/octet-stream",
            size=item.size or 0,
            file=item.file,
        )
        for item in found
    ]


async def read_json(request: Request) -> Any:
    """The posted JSON.

    Raises:
        Problem: not JSON, nested too deep, or with a number that no computer should have to read.
    """
    try:
        raw = await request.body()
    except ClientDisconnect as gone:
        raise ClientGone from gone
    if not raw:
        return {}
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Problem(_("请求内容不是有效的 JSON。")) from error
    if _depth(value) > DEEPEST_JSON:
        raise Problem(_("请求内容不是有效的 JSON。"))
    return value


def _depth(value: Any, at: int = 0) -> int:
    if at > DEEPEST_JSON or not isinstance(value, dict | list):
        return at
    inner = value.values() if isinstance(value, dict) else value
    return max((_depth(item, at + 1) for item in inner), default=at)
