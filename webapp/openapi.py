"""The API described: OpenAPI 3.1 put together from the operations, and a page to try it."""

import re
from collections.abc import Sequence
from functools import cache, partial
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from foundation.api import PREFIX, Operation
from foundation.web import Rq, get

Mode = Literal["validation", "serialization"]
REF = "#/components/schemas/{model}"

PROBLEM = {
    "type": "object",
    "required": ["type", "status", "title", "detail"],
    "properties": {
        "type": {"type": "string"},
        "status": {"type": "integer"},
        "title": {"type": "string"},
        "detail": {
            "type": "string",
            "description": "One sentence in the caller's language (Accept-Language)",
        },
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}

PROBLEMS = {
    "400": "The request cannot be read",
    "401": "Sign in or send a personal token",
    "403": "Not allowed; the reason says why",
    "404": "Missing, or not visible to you",
    "409": "A rule refuses it at this moment",
    "413": "Too large",
    "422": "The input must be changed",
}


def document(operations: Sequence[Operation]) -> dict[str, Any]:
    """The OpenAPI 3.1 document; the same models validate the requests and describe them."""
    models: list[tuple[type[BaseModel], Mode]] = []
    for item in operations:
        models += [(item.body, "validation")] if item.body is not None else []
        models += [(item.reply, "serialization")] if item.reply is not None else []
    references, schemas = models_json_schema(models, ref_template=REF)
    paths: dict[str, dict[str, Any]] = {}
    for item in operations:
        paths.setdefault(PREFIX + item.path, {})[item.method.lower()] = _operation(item, references)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Exemplar",
            "version": "1",
            "description": "Calls, cases, judging, library and casebook. Tokens: under “My account”.",
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": {**schemas.get("$defs", {}), "Problem": PROBLEM},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def _operation(item: Operation, references: Any) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": "_".join((item.method.lower(), *re.findall(r"\w+", item.path))),
        "summary": item.summary,
        "tags": [item.tag],
        "parameters": [*_path_parameters(item.path), *_query_parameters(item)],
        "responses": {
            str(item.status if _has_content(item) else 204): _reply(item, references),
            **_problems(),
        },
    }
    if item.public:
        described["security"] = [{}]
    if item.body is not None:
        schema = references[item.body, "validation"]
        described["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    elif item.upload:
        schema = {
            "type": "object",
            "required": [item.upload],
            "properties": {item.upload: {"type": "string", "format": "binary"}},
        }
        described["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": schema}}}
    return described


def _has_content(item: Operation) -> bool:
    return item.reply is not None or item.method == "GET"


def _reply(item: Operation, references: Any) -> dict[str, Any]:
    if item.reply is None:
        return {"description": item.summary}
    schema = references[item.reply, "serialization"]
    if item.many:
        schema = {"type": "array", "items": schema}
    return {"description": item.summary, "content": {"application/json": {"schema": schema}}}


def _problems() -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": REF.format(model="Problem")}}}
    return {status: {"description": meaning, "content": content} for status, meaning in PROBLEMS.items()}


def _path_parameters(path: str) -> list[dict[str, Any]]:
    names = [part[1:-1].partition(":")[0] for part in path.split("/") if part.startswith("{")]
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]


def _query_parameters(item: Operation) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "query", "description": meaning, "schema": {"type": "string"}}
        for name, meaning in (item.query or {}).items()
    ]


def routes(operations: Sequence[Operation]) -> list[BaseRoute]:
    """`/api/v1/openapi.json` and the page `/api/v1/docs`.

    The document takes a third of a second to put together, so only who asks for it waits for it, once.
    """
    described = cache(partial(document, operations))

    def openapi(_rq: Rq) -> Response:
        return JSONResponse(described())

    return [get(f"{PREFIX}/openapi.json", openapi), get(f"{PREFIX}/docs", _docs)]


def _docs(rq: Rq) -> Response:
    return rq.render("api_docs.html")
