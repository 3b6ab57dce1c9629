"""The plain way: Starlette and sqlite3 with nothing in between, as durable as ours (WAL, synchronous=FULL).

python -m bench.bare FOLDER PORT
"""

import hashlib
import json
import sqlite3
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import jinja2
import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from bench import corpus

SCHEMA = """
CREATE TABLE draft (id TEXT PRIMARY KEY, title TEXT, unit TEXT, category TEXT, body TEXT);
CREATE TABLE version (key TEXT PRIMARY KEY, draft_id TEXT, title TEXT, unit TEXT, category TEXT, body TEXT,
    hash TEXT, received_at TEXT);
CREATE INDEX version_received ON version (received_at);
"""
LIST = jinja2.Template(
    "<!doctype html><table>{% for row in rows %}<tr><td>{{ row[0]|e }}</td><td>{{ row[1]|e }}</td>"
    "<td>{{ row[2]|e }}</td><td>{{ row[3]|e }}</td></tr>{% endfor %}</table>"
)


def prepare(folder: Path, count: int, *, handed_in: bool) -> None:
    """A database with `count` drafts, handed in or not."""
    connection = _connect(folder / "bare.sqlite")
    connection.executescript(SCHEMA)
    with connection:
        for case in corpus.cases(count):
            row = (str(case.number), case.title, case.unit, case.category, case.html())
            connection.execute("INSERT INTO draft VALUES (?, ?, ?, ?, ?)", row)
            if handed_in:
                _hand_in(connection, str(case.number), f"key {case.number}")
    connection.close()


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=10, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _hand_in(connection: sqlite3.Connection, draft_id: str, key: str) -> str:
    title, unit, category, body = connection.execute(
        "SELECT title, unit, category, body FROM draft WHERE id = ?", (draft_id,)
    ).fetchone()
    digest = hashlib.sha256(f"{title}{unit}{body}".encode()).hexdigest()
    row = (key, draft_id, title, unit, category, body, digest, datetime.now(UTC).isoformat())  # noqa: TID251  # no clock of ours here
    connection.execute("INSERT INTO version VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    return digest


class _Handlers:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._local, "connection"):
            self._local.connection = _connect(self._path)
        connection: sqlite3.Connection = self._local.connection
        return connection

    async def submit(self, request: Request) -> Response:
        sent = json.loads(await request.body())
        return await run_in_threadpool(self._submit, request.path_params["id"], sent["key"])

    def _submit(self, draft_id: str, key: str) -> Response:
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        digest = _hand_in(connection, draft_id, key)
        connection.execute("COMMIT")
        return JSONResponse({"hash": digest})

    async def listing(self, _request: Request) -> Response:
        return await run_in_threadpool(self._listing)

    def _listing(self) -> Response:
        rows = self._connection().execute(
            "SELECT title, unit, category, received_at FROM version ORDER BY received_at DESC"
        )
        return HTMLResponse(LIST.render(rows=rows.fetchall()))


def main() -> None:
    handlers = _Handlers(Path(sys.argv[1]) / "bare.sqlite")
    app = Starlette(
        routes=[
            Route("/cases/{id}/submit", handlers.submit, methods=["POST"]),
            Route("/cases", handlers.listing),
        ]
    )
    uvicorn.run(app, port=int(sys.argv[2]), log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
