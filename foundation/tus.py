"""Resumable uploads by the tus protocol 1.0.0 (https://tus.io/protocols/resumable-upload), server side:
creation, expiration, checksum (sha1, sha256) and termination.

A package says what may be uploaded and what becomes of a whole file (`Uploads`); this module speaks the
protocol. The bytes are written as they arrive, outside any transaction, so that whatever came before a lost
connection stays. A whole file is finished once: the file is locked until its result is on record, and a
client that missed the reply learns the result from HEAD.
"""

import base64
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any, BinaryIO, Protocol, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from foundation import api
from foundation.actor import ANONYMOUS
from foundation.errors import ClientGone, NotFound, NotSignedIn, Problem, TooLarge
from foundation.forms import clean_text
from foundation.partials import Busy, Partial, PartialFiles
from foundation.text import _, use_translations
from foundation.web import Rq, check_own, edge_of, open_rq, stay_signed_in

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,checksum,termination"
ALGORITHMS = ("sha1", "sha256")
RESULT = "Upload-Result"
"""Header of ours: the id of what a whole file has become."""
_LARGEST_NUMBER = 15

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Expected:
    """An upload that was announced: its size in bytes; `result` is what it became, "" while it comes in."""

    size: int
    expires_at: datetime
    result: str = ""


class Uploads(Protocol):
    """What a package does with uploads. `rq` carries the session of a transaction."""

    limit: int

    def create(self, rq: Rq, name: str, size: int) -> str:
        """Permit and note a new upload, in a write transaction; returns its key.

        Raises:
            Problem
        """
        ...

    def find(self, rq: Rq, key: str) -> Expected:
        """Raises NotFound, Forbidden."""
        ...

    def prepare(self, rq: Rq, key: str, whole: BinaryIO) -> Any:
        """Do what is slow with a whole file, before the write transaction.

        Raises:
            Problem: it cannot be used; it is thrown away.
        """
        ...

    def finish(self, rq: Rq, key: str, prepared: Any) -> str:
        """Put it in its place, in a write transaction; returns the result."""
        ...

    def abandon(self, rq: Rq, key: str) -> None:
        """Forget it, in a write transaction."""
        ...


class WrongVersion(Problem):
    status = 412


class WrongOffset(Problem):
    status = 409


class WrongType(Problem):
    status = 415


class WrongChecksum(Problem):
    status = 460


class Locked(Problem):
    status = 423


def routes(path: str, uploads: Uploads, partials: PartialFiles) -> list[Route]:
    """The routes of the protocol under `path` (without a slash at its end)."""
    server = _Server(path, uploads, partials)
    return [
        Route(path, server.collection, methods=["OPTIONS", "POST"]),
        Route(path + "/{upload}", server.item, methods=["HEAD", "PATCH", "DELETE", "POST", "OPTIONS"]),
    ]


class _Server:
    def __init__(self, path: str, uploads: Uploads, partials: PartialFiles) -> None:
        self._path = path
        self._uploads = uploads
        self._partials = partials

    async def collection(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return self._options()
        return await self._answered(request, self._create)

    async def item(self, request: Request) -> Response:
        method = request.method
        if method == "POST":
            method = request.headers.get("x-http-method-override", "").upper()
        if method == "PATCH":
            return await self._patch(request)
        if method == "HEAD":
            return await self._answered(request, self._head)
        if method == "DELETE":
            return await self._answered(request, self._delete)
        return self._options() if method == "OPTIONS" else _reply(405)

    async def _answered(self, request: Request, work: Callable[[Request], Response]) -> Response:
        """The work's answer, or the problem's, as JSON."""
        try:
            return await run_in_threadpool(work, request)
        except Problem as problem:
            return await run_in_threadpool(_refusal, request, problem)

    def _options(self) -> Response:
        return _reply(
            204,
            {
                "Tus-Version": VERSION,
                "Tus-Extension": EXTENSIONS,
                "Tus-Max-Size": str(self._uploads.limit),
                "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
            },
        )

    # --- creation, status, termination ---------------------------------------------------------------

    def _create(self, request: Request) -> Response:
        _check_version(request)
        size = _number(request, "upload-length")
        if size > self._uploads.limit:
            limit = self._uploads.limit // 1_000_000
            raise TooLarge(_("文件超过 %(limit)s MB，请压缩后再上传。", limit=limit))
        name = _metadata(request).get("filename", "")
        key = _written(request, lambda rq: self._uploads.create(rq, name, size))
        self._partials.create(key)
        place = self._path.format(**request.path_params) + f"/{key}"
        return _reply(201, {"Location": place, "Upload-Offset": "0", "Upload-Length": str(size)})

    def _head(self, request: Request) -> Response:
        _check_version(request)
        key, expected = self._found(request)
        length = expected.size if expected.result else self._length(key)
        if length == expected.size and not expected.result:
            expected = self._finish_alone(request, key, expected)
        return self._status(200, expected, length, {"Upload-Length": str(expected.size)})

    def _delete(self, request: Request) -> Response:
        _check_version(request)
        key, _expected = self._found(request)
        self._forget(request, key)
        return _reply(204)

    def _found(self, request: Request) -> tuple[str, Expected]:
        def find(rq: Rq) -> tuple[str, Expected]:
            key = rq.path("upload")
            return key, self._uploads.find(rq, key)

        return _read(request, find)

    def _length(self, key: str) -> int:
        try:
            return self._partials.length(key)
        except FileNotFoundError as error:
            raise NotFound from error

    def _forget(self, request: Request, key: str) -> None:
        self._partials.remove(key)
        _written(request, lambda rq: self._uploads.abandon(rq, key))

    # --- the bytes -----------------------------------------------------------------------------------

    async def _patch(self, request: Request) -> Response:
        try:
            key, expected = await run_in_threadpool(self._before_bytes, request)
            with self._partials.opened(key) as partial:
                offset = _number(request, "upload-offset")
                if offset != partial.length:
                    raise WrongOffset(_("上传的位置与已收到的不一致，请继续上传。"))
                await self._receive(request, partial, expected)
                if partial.length == expected.size:
                    expected = await run_in_threadpool(self._finish, request, key, expected, partial)
                return self._status(204, expected, partial.length)
        except FileNotFoundError:
            return await run_in_threadpool(_refusal, request, NotFound())
        except Busy:
            locked = Locked(_("这个文件正在另一个窗口上传，请稍候。"))
            return await run_in_threadpool(_refusal, request, locked)
        except Problem as problem:
            return await run_in_threadpool(_refusal, request, problem)

    def _before_bytes(self, request: Request) -> tuple[str, Expected]:
        _check_version(request)
        if request.headers.get("content-type") != "application/offset+octet-stream":
            raise WrongType(_("浏览器发来的请求无法识别，请返回上一页重试。"))
        _checksum(request)
        return self._found(request)

    async def _receive(self, request: Request, partial: Partial, expected: Expected) -> None:
        """Append the body; what came before a break stays, unless it was to be checked as a whole."""
        start, checksum = partial.length, _checksum(request)
        try:
            async for piece in request.stream():
                if partial.length + len(piece) > expected.size:
                    raise TooLarge(_("收到的内容比文件本身大，请重新上传。"))
                await run_in_threadpool(partial.append, piece)
        except (ClientDisconnect, TooLarge) as error:
            if checksum or isinstance(error, TooLarge):
                partial.cut(start)
            await run_in_threadpool(partial.sync)
            if isinstance(error, TooLarge):
                raise
            raise ClientGone from error
        await run_in_threadpool(partial.sync)
        if checksum and not await run_in_threadpool(_is_as_said, partial, start, checksum):
            partial.cut(start)
            raise WrongChecksum(_("收到的内容与发出的不一致，请继续上传。"))

    # --- a whole file --------------------------------------------------------------------------------

    def _finish_alone(self, request: Request, key: str, expected: Expected) -> Expected:
        """Finish a file whose last PATCH was not answered."""
        try:
            with self._partials.opened(key) as partial:
                return self._finish(request, key, expected, partial)
        except FileNotFoundError:
            return self._found(request)[1]
        except Busy as error:
            raise Locked(_("这个文件正在另一个窗口上传，请稍候。")) from error

    def _finish(self, request: Request, key: str, expected: Expected, partial: Partial) -> Expected:
        try:
            prepared = _read(request, lambda rq: self._uploads.prepare(rq, key, partial.whole()))
            result = _written(request, lambda rq: self._uploads.finish(rq, key, prepared))
        except (NotFound, NotSignedIn):
            raise
        except Problem:
            self._forget(request, key)
            raise
        self._partials.remove(key)
        return Expected(expected.size, expected.expires_at, result)

    def _status(
        self, status: int, expected: Expected, length: int, more: Mapping[str, str] | None = None
    ) -> Response:
        headers = {"Upload-Offset": str(length), **(more or {})}
        if expected.result:
            headers[RESULT] = expected.result
        else:
            headers["Upload-Expires"] = format_datetime(expected.expires_at, usegmt=True)
        return _reply(status, headers)


# --- transactions ------------------------------------------------------------------------------------


def _read(request: Request, work: Callable[[Rq], T]) -> T:
    edge = edge_of(request)
    with edge.database.read(ANONYMOUS) as db:
        rq = _own(open_rq(request, db))
        with use_translations(edge.languages[rq.locale]):
            return work(rq)


def _written(request: Request, work: Callable[[Rq], T]) -> T:
    edge = edge_of(request)
    with edge.database.write(ANONYMOUS) as db:
        rq = _own(open_rq(request, db))
        with use_translations(edge.languages[rq.locale]):
            done = work(rq)
        stay_signed_in(rq)
        return done


def _own(rq: Rq) -> Rq:
    rq.signed_in()
    if not rq.identity.by_token and rq.request.method != "HEAD":
        check_own(rq)
    return rq


# --- headers -----------------------------------------------------------------------------------------


def _reply(status: int, headers: Mapping[str, str] | None = None) -> Response:
    return Response(
        status_code=status,
        headers={"Tus-Resumable": VERSION, "Cache-Control": "no-store", **(headers or {})},
    )


def _refusal(request: Request, problem: Problem) -> Response:
    reply = api.problem_reply(request, problem)
    reply.headers["Tus-Resumable"] = VERSION
    reply.headers["Cache-Control"] = "no-store"
    if isinstance(problem, WrongVersion):
        reply.headers["Tus-Version"] = VERSION
    return reply


def _check_version(request: Request) -> None:
    if request.headers.get("tus-resumable") != VERSION:
        raise WrongVersion(_("浏览器发来的请求无法识别，请返回上一页重试。"))


def _number(request: Request, header: str) -> int:
    sent = request.headers.get(header, "")
    if not (sent.isascii() and sent.isdigit() and len(sent) <= _LARGEST_NUMBER):
        raise Problem(_("浏览器发来的请求无法识别，请返回上一页重试。"))
    return int(sent)


def _metadata(request: Request) -> dict[str, str]:
    """Pairs of `Upload-Metadata`: a key, a space, a value in base64."""
    found = {}
    for pair in request.headers.get("upload-metadata", "")[:4000].split(","):
        key, _space, value = pair.strip().partition(" ")
        try:
            found[key] = clean_text(base64.b64decode(value, validate=True).decode())
        except ValueError as error:
            raise Problem(_("浏览器发来的请求无法识别，请返回上一页重试。")) from error
    return found


def _checksum(request: Request) -> tuple[str, bytes] | None:
    """Algorithm and hash of `Upload-Checksum`, None without one."""
    sent = request.headers.get("upload-checksum")
    if sent is None:
        return None
    algorithm, _space, value = sent.partition(" ")
    try:
        if algorithm not in ALGORITHMS:
            raise ValueError(algorithm)
        return algorithm, base64.b64decode(value, validate=True)
    except ValueError as error:
        raise Problem(_("浏览器发来的请求无法识别，请返回上一页重试。")) from error


def _is_as_said(partial: Partial, start: int, checksum: tuple[str, bytes]) -> bool:
    algorithm, said = checksum
    return hmac.compare_digest(partial.digest(algorithm, start), said)
