"""The ASGI application: routes, error pages, the wrapping middleware."""

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import anyio.to_thread
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from foundation import api
from foundation.errors import (
    ClientGone,
    NotFound,
    NotSignedIn,
    Problem,
    TooLarge,
    TooMany,
)
from foundation.text import _, use_translations
from foundation.web import Edge, Rq, edge_of, open_rq, with_query
from webapp.middleware import BodyLimit, KnownHosts, Outermost
from webapp.templating import STATIC

log = logging.getLogger(__name__)

THREADS = 16
"""Handlers at once; the connection pool is larger."""


def build_app(
    edge: Edge,
    routes: Sequence[BaseRoute],
    *,
    allowed_hosts: Sequence[str],
    upload_limit: int,
) -> ASGIApp:
    """Put the routes behind the error pages and the middleware. `upload_limit` in bytes a request."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        yield

    app = Starlette(
        routes=[*routes, Mount("/static", _Static(directory=STATIC), name="static")],
        exception_handlers={
            Problem: _problem,
            ClientGone: _gone,
            HTTPException: _http_error,
            Exception: _failure,
        },
        lifespan=lifespan,
        middleware=[Middleware(BodyLimit, limit=upload_limit)],
    )
    app.state.edge = edge
    app.state.upload_limit = upload_limit
    wrapped: ASGIApp = GZipMiddleware(app, minimum_size=2000)
    wrapped = KnownHosts(wrapped, allowed=allowed_hosts, refuse=_unknown_host)
    return Outermost(wrapped, clock=edge.clock, https=edge.secure_cookies)


class _Static(StaticFiles):
    """Files whose addresses carry a mark of their content may be kept for good."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if b"v=" in scope["query_string"] and response.status_code == 200:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


async def _unknown_host(scope: Scope, receive: Receive, send: Send) -> None:
    sentence = (
        "本系统不以这个地址提供服务。请管理员把它加入设置 allowed_hosts。\n"
        "This address is not served here; the administrator can add it to the setting allowed_hosts.\n"
    )
    await PlainTextResponse(sentence, status_code=421)(scope, receive, send)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return await run_in_threadpool(_problem_page, request, error)


async def _gone(_request: Request, _error: Exception) -> Response:
    return Response(status_code=400)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    problem = _too_large(request) if error.status_code == 413 else _HTTP_PROBLEMS.get(error.status_code)
    if problem is None:
        problem = Problem(_("浏览器发来的请求无法识别，请返回上一页重试。"))
        problem.status = error.status_code
    return await run_in_threadpool(_problem_page, request, problem)


async def _failure(request: Request, error: Exception) -> Response:
    log.error("request %s failed", request.scope.get("exemplar.request_id"), exc_info=error)
    problem = Problem(
        _(
            "系统出现了意外错误，刚才的操作没有完成，已保存的内容不受影响。请稍后重试；如再次出现，请把下面的编号告诉管理员。"
        )
    )
    problem.status = 500
    try:
        return await run_in_threadpool(_problem_page, request, problem)
    except Exception:
        log.exception("the error page failed too")
        return PlainTextResponse(
            f"{problem.reason} {request.scope.get('exemplar.request_id')}", status_code=500
        )


class _MethodRefused(Problem):
    status = 405


_HTTP_PROBLEMS: dict[int, Problem] = {
    404: NotFound(),
    405: _MethodRefused(_("这个地址不接受这种操作，请从页面上的按钮进入。")),
}


def _too_large(request: Request) -> TooLarge:
    """Names the largest file: what a request may be, less the megabyte for what is sent beside the file."""
    limit = max(1, request.app.state.upload_limit // 1_000_000 - 1)
    if "/import" in request.url.path:
        return TooLarge(
            _(
                "上传的内容太大：一次最多 %(limit)s MB，什么都没有导入。更大的文件请分几次上传，"
                "或请管理员在服务器上运行命令 exemplar import。",
                limit=limit,
            )
        )
    return TooLarge(_("上传的内容太大：一次最多 %(limit)s MB。请压缩照片或分几次上传。", limit=limit))


def _problem_page(request: Request, problem: Problem) -> Response:
    if request.url.path.startswith(api.PREFIX):
        return api.problem_reply(request, problem)
    edge = edge_of(request)
    with edge.database.read() as db:
        rq = open_rq(request, db)
        rq.problem = problem
        with use_translations(edge.languages[rq.locale]):
            response = rq.finish(_page(rq, problem))
    if isinstance(problem, TooMany):
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


def _page(rq: Rq, problem: Problem) -> Response:
    if isinstance(problem, NotSignedIn):
        back = rq.here if rq.request.method == "GET" else rq.request.headers.get("referer", "/")
        return RedirectResponse(with_query("/sign-in", back=_own_path(rq, back)), status_code=303)
    return rq.render(
        "errors/problem.html", status=problem.status, reason=problem.reason, request_id=rq.request_id
    )


def _own_path(rq: Rq, address: str) -> str:
    own = str(rq.request.base_url).rstrip("/")
    path = address.removeprefix(own)
    return path if path.startswith("/") and not path.startswith("//") else "/"
