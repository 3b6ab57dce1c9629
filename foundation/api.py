"""The JSON edge: the services and forms of the pages; problems as application/problem+json (RFC 9457)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from foundation import body
from foundation.actor import ANONYMOUS
from foundation.errors import Invalid, Problem
from foundation.forms import validated
from foundation.text import use_translations
from foundation.web import Rq, check_own, edge_of, keep_session, open_rq, stay_signed_in

PREFIX = "/api/v1"
Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the API and all that OpenAPI says about it.

    handler(rq, body) returns a model of type `reply` (or a list of them where `many`), or a Response for
    a file (`reply` None). `body` is None without a JSON body; `upload` names the file field of a multipart
    body. `query` lists the names of query parameters with their descriptions. `prepare` is as in
    `foundation.web.post`.
    """

    method: Method
    path: str
    handler: Callable[[Rq, Any], Any]
    summary: str
    tag: str
    reply: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    many: bool = False
    status: int = 200
    upload: str = ""
    query: Mapping[str, str] | None = None
    public: bool = False
    prepare: Callable[[Rq], Any] | None = None


def routes(operations: Sequence[Operation]) -> list[Route]:
    return [_route(operation) for operation in operations]


def _route(operation: Operation) -> Route:
    async def endpoint(request: Request) -> Response:
        form, value = FormData(), None
        try:
            if operation.upload:
                form = await body.read_form(request)
            elif operation.body is not None:
                value = await body.read_json(request)
            return await run_in_threadpool(_answer, operation, request, form, value)
        except Problem as problem:
            return await run_in_threadpool(problem_reply, request, problem)
        finally:
            await form.close()

    return Route(PREFIX + operation.path, endpoint, methods=[operation.method])


def _answer(operation: Operation, request: Request, form: FormData, value: Any) -> Response:
    edge = edge_of(request)
    writes = operation.method != "GET"
    transaction = edge.database.write if writes else edge.database.read
    prepared = None
    if operation.prepare is not None:
        with edge.database.read(ANONYMOUS) as db:
            rq = open_rq(request, db, form)
            with use_translations(edge.languages[rq.locale]):
                if not rq.identity.by_token:
                    check_own(rq)
                rq.signed_in()
                prepared = operation.prepare(rq)
    with transaction(ANONYMOUS) as db:
        rq = open_rq(request, db, form)
        rq.prepared = prepared
        with use_translations(edge.languages[rq.locale]):
            if writes and not rq.identity.by_token:
                check_own(rq)
            if not operation.public:
                rq.signed_in()
            parsed = validated(operation.body, value) if operation.body is not None else None
            answer = operation.handler(rq, parsed)
            response = rq.finish(_response(operation, answer))
        if writes:
            stay_signed_in(rq)
    if not writes:
        keep_session(edge, rq)
    return response


def _response(operation: Operation, answer: Any) -> Response:
    if isinstance(answer, Response):
        return answer
    if answer is None:
        return Response(status_code=204)
    if operation.many:
        return JSONResponse([item.model_dump(mode="json") for item in answer], status_code=operation.status)
    return JSONResponse(answer.model_dump(mode="json"), status_code=operation.status)


def problem_reply(request: Request, problem: Problem) -> Response:
    """A refusal as JSON, in the caller's language."""
    edge = edge_of(request)
    with edge.database.read() as db:
        rq = open_rq(request, db)
    with use_translations(edge.languages[rq.locale]):
        content: dict[str, Any] = {
            "type": "about:blank",
            "status": problem.status,
            "title": type(problem).__name__,
            "detail": str(problem.reason),
        }
        if isinstance(problem, Invalid):
            content["errors"] = [{"field": e.field, "message": str(e.message)} for e in problem.errors]
    return JSONResponse(content, status_code=problem.status, media_type="application/problem+json")
