"""Both servers as processes of their own, ours filled through its services, and clients that keep count."""

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from bench import corpus
from foundation import people
from foundation.actor import Actor, Role
from foundation.ids import new_id
from foundation.people import actor_of
from submissions import queries
from submissions.call_templates import STANDARD
from submissions.service import calls, drafts, handing_in
from submissions.values import Author, CallProposal, CaseText, Eligibility, Pledge
from webapp import migrate
from webapp.accounts import service as accounts
from webapp.settings import Settings
from webapp.wiring import Product, build

START_WITHIN = 300.0  # seconds
DRAFTS_A_UNIT = 10


@dataclass(frozen=True, slots=True)
class Draft:
    """A complete working copy and the token of somebody who may hand it in."""

    case_id: str
    token: str


@dataclass(frozen=True, slots=True)
class Filled:
    call_id: str
    drafts: tuple[Draft, ...]
    organiser_cookie: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One request as its client saw it."""

    status: int
    seconds: float


def fill(folder: Path, count: int, *, handed_in: bool) -> Filled:
    """A product in `folder` with an open call and `count` drafts of 1,000 characters, handed in or not."""
    product = build(Settings(data_dir=folder))
    migrate.upgrade(product.database)
    filled = _Filler(product, handed_in).fill(count)
    product.close()
    return filled


class _Filler:
    def __init__(self, product: Product, handed_in: bool) -> None:
        self._database = product.database
        self._handed_in = handed_in
        self._now = datetime.now(UTC)  # noqa: TID251  # the server will look at the same clock

    def fill(self, count: int) -> Filled:
        organiser, cookie = self._organiser()
        call_id = self._call(organiser)
        cases = list(corpus.cases(count))
        made: list[Draft] = []
        for start in range(0, count, DRAFTS_A_UNIT):
            made += self._unit(start, call_id, cases[start : start + DRAFTS_A_UNIT])
        return Filled(call_id, tuple(made), cookie)

    def _organiser(self) -> tuple[Actor, str]:
        with self._database.write() as db:
            user = people.add_user(
                db, now=self._now, email="organiser@example.org", name="组织者", roles=[Role.ORGANISER]
            )
            cookie = accounts.start_session(
                db, user=user, now=self._now, browser="bench", address="127.0.0.1"
            )
            return actor_of(user), cookie

    def _call(self, organiser: Actor) -> str:
        proposal = CallProposal(
            title="2026 年创新案例征集",
            theme="",
            notice_html=STANDARD.notice_html,
            slug="bench",
            opens_at=self._now - timedelta(days=1),
            closes_at=self._now + timedelta(days=1),
            timezone="Asia/Shanghai",
            rules=replace(
                STANDARD.rules,
                cases_per_unit=None,
                words_lowest=100,
                parts=(),
                copyright_text="",
                eligibility=Eligibility(),
            ),
        )
        with self._database.write() as db:
            call = calls.create_call(db, actor=organiser, now=self._now, proposal=proposal)
            calls.publish_call(db, actor=organiser, now=self._now, call_id=call.id)
            return call.id

    def _unit(self, number: int, call_id: str, cases: Sequence[corpus.BenchCase]) -> list[Draft]:
        """A unit with one author and his drafts."""
        with self._database.write() as db:
            unit = people.add_unit(db, name=f"第{number}党支部")
            email, roles = f"{number}@example.org", [Role.SUBMITTER]
            user = people.add_user(db, now=self._now, email=email, name="作者", roles=roles, unit=unit)
            actor = actor_of(user)
            token = accounts.create_token(db, actor=actor, now=self._now, name="bench")
            return [Draft(self._draft(db, actor, call_id, case), token) for case in cases]

    def _draft(self, db: Session, actor: Actor, call_id: str, case: corpus.BenchCase) -> str:
        now = self._now
        case_id = drafts.start_draft(db, actor=actor, now=now, call_id=call_id)
        revision = queries.draft(db, case_id).revision
        drafts.save_draft(db, actor=actor, now=now, case_id=case_id, revision=revision, text=_text(case))
        if self._handed_in:
            pledge = Pledge(accepted=True, name=actor.name)
            handing_in.submit_case(db, actor=actor, now=now, case_id=case_id, key=new_id(), pledge=pledge)
        return case_id


def _text(case: corpus.BenchCase) -> CaseText:
    return CaseText(
        title=case.title,
        summary=case.text[:80],
        body_html=case.html(),
        category_key=STANDARD.rules.categories[case.number % 9].key,
        authors=(Author("作者", "书记"),),
        practice_from=date(2025, 1, 1),
    )


# --- processes -------------------------------------------------------------------------------------


@contextmanager
def ours(folder: Path, *, worker: bool) -> Iterator[int]:
    """`exemplar serve` on the folder; gives its port. `worker`: the worker runs inside it."""
    port = _free_port()
    environment = os.environ | {
        "EXEMPLAR_DATA_DIR": str(folder),
        "EXEMPLAR_WORKER_IN_SERVE": str(worker).lower(),
        "EXEMPLAR_LOG_FORMAT": "json",
        "EXEMPLAR_DEMO": "0",
    }
    command = [sys.executable, "-c", "from webapp.cli import main; main()", "serve", "--port", str(port)]
    with _process(command, environment, port):
        yield port


@contextmanager
def bare(folder: Path) -> Iterator[int]:
    """`bench.bare` on the folder; gives its port."""
    port = _free_port()
    with _process([sys.executable, "-m", "bench.bare", str(folder), str(port)], dict(os.environ), port):
        yield port


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def _process(command: list[str], environment: dict[str, str], port: int) -> Iterator[None]:
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(process, port)
        yield
    finally:
        process.terminate()
        process.wait(20)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_WITHIN
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{process.args!r} did not start") from None
            time.sleep(0.1)


# --- clients ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Call:
    """One request to send."""

    method: str
    path: str
    body: object = None
    headers: tuple[tuple[str, str], ...] = ()


def ask(port: int, requests: Sequence[Call], clients: int) -> tuple[float, list[Answer]]:
    """Send all requests from `clients` connections that stay open; returns wall seconds and the answers."""
    waiting = iter(requests)
    guard = threading.Lock()
    answers: list[Answer] = []

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            with guard:
                request = next(waiting, None)
            if request is None:
                connection.close()
                return
            answer = _one(connection, request)
            with guard:
                answers.append(answer)

    threads = [threading.Thread(target=work) for _client in range(clients)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - started, answers


def _one(connection: http.client.HTTPConnection, request: Call) -> Answer:
    body = None if request.body is None else json.dumps(request.body).encode()
    headers = dict(request.headers) | ({"content-type": "application/json"} if body is not None else {})
    started = time.perf_counter()
    connection.request(request.method, request.path, body=body, headers=headers)
    response = connection.getresponse()
    response.read()
    return Answer(response.status, time.perf_counter() - started)


def check(answers: Sequence[Answer], status: int, count: int) -> None:
    """A figure counts only if every request was answered as it should be."""
    wrong = sorted({answer.status for answer in answers if answer.status != status})
    if wrong or len(answers) != count:
        raise RuntimeError(f"{len(answers)} of {count} answers, unexpected: {wrong}")


def percentile(answers: Sequence[Answer], share: float) -> float:
    """Milliseconds below which this share of the answers came."""
    times = sorted(answer.seconds for answer in answers)
    return times[min(int(len(times) * share), len(times) - 1)] * 1000


def median(answers: Sequence[Answer]) -> float:
    return statistics.median(answer.seconds for answer in answers) * 1000
