"""Handing in under a rush: the product beside a bare handler, each answer after its own durable commit."""

import sqlite3
from pathlib import Path

from bench import bare, serving
from bench.serving import Answer, Call, Filled
from bench.table import Result

JOB = "handing in over HTTP"
PLAIN = (
    "Starlette + sqlite3, one handler: read the draft, insert the version, commit (WAL, synchronous=FULL); "
    "Exemplar also checks session, window, quotas and text, and writes journal, receipt and mail"
)
COUNT = 200
CLIENTS = 16


def run(folder: Path) -> list[Result]:
    plain_seconds, plain = _plain(folder / "plain")
    results = []
    for worker, name in ((False, "worker apart"), (True, "worker inside")):
        seconds, answers = _ours(folder / name, worker=worker)
        results += [
            Result(
                JOB,
                f"per second, {CLIENTS} clients, {name}",
                COUNT / seconds,
                COUNT / plain_seconds,
                "/s",
                True,
            ),
            Result(
                JOB,
                f"95 % answered within, {name}",
                serving.percentile(answers, 0.95),
                serving.percentile(plain, 0.95),
                "ms",
            ),
        ]
    return results


def _ours(folder: Path, *, worker: bool) -> tuple[float, list[Answer]]:
    filled = serving.fill(folder, COUNT, handed_in=False)
    with serving.ours(folder, worker=worker) as port:
        seconds, answers = serving.ask(port, _requests(filled), CLIENTS)
    serving.check(answers, 200, COUNT)
    _check_rows(folder / "exemplar.sqlite3", "case_version")
    return seconds, answers


def _requests(filled: Filled) -> list[Call]:
    return [
        Call(
            "POST",
            f"/api/v1/cases/{draft.case_id}/submit",
            {"key": draft.case_id, "pledge": True, "pledge_name": "作者"},
            (("authorization", f"Bearer {draft.token}"),),
        )
        for draft in filled.drafts
    ]


def _plain(folder: Path) -> tuple[float, list[Answer]]:
    folder.mkdir()
    bare.prepare(folder, COUNT, handed_in=False)
    requests = [Call("POST", f"/cases/{number}/submit", {"key": f"key {number}"}) for number in range(COUNT)]
    with serving.bare(folder) as port:
        seconds, answers = serving.ask(port, requests, CLIENTS)
    serving.check(answers, 200, COUNT)
    _check_rows(folder / "bare.sqlite", "version")
    return seconds, answers


def _check_rows(path: Path, table: str) -> None:
    """What was acknowledged is there."""
    connection = sqlite3.connect(path)
    (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    connection.close()
    if count != COUNT:
        raise RuntimeError(f"{count} of {COUNT} acknowledged submissions are in {path.name}")
