"""Two hundred readers search the served product while another process writes the index all the time.

`python -m bench.crowd --work FOLDER`: a stocked library and what is asked of it (made once, kept in the
folder), `exemplar serve`, a process that adds, removes and rebuilds without a pause, and a connection for
each reader, who thinks some seconds between two searches. Everything but 200 is an error, and so is a page
that does not hold the case whose title was asked for.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import random
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import chain
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from urllib.parse import urlencode

from bench import shelf, stocked
from bench.crash import document
from bench.serving import ours
from search.whoosh_engine.engine import WhooshEngine
from webapp.settings import Settings
from webapp.wiring import build

CASES = 1_000
CLIENTS = 200
SECONDS = 60.0
THINKING = (2.0, 6.0)
PATIENCE = 60.0
"""Seconds after which an answer has not come."""
TOUCHED = 5
REBUILT_EVERY = 10
"""Changes between two rebuilds."""
KINDS = ("rare", "common", "question", "phrase", "facets", "title", "suggestion")
OF_A_KIND = 100


@dataclass(slots=True)
class Tally:
    """What the readers saw: milliseconds by kind, and what went wrong."""

    times: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Request:
    kind: str
    path: str
    expected: str = ""


# --- made once --------------------------------------------------------------------------------------------


def prepared(work: Path, cases: int) -> list[Request]:
    """What is asked of the library in this folder, which is stocked if it is not yet."""
    kept = work / f"asked-{cases}.json"
    if not kept.exists():
        work.mkdir(parents=True, exist_ok=True)
        if not (work / "stocked").exists():
            stocked.stock(work, cases)
            stocked.opened(work).close()
            (work / "stocked").touch()
        kept.write_text(json.dumps([asdict(each) for each in _requests(cases)]), encoding="utf-8")
    return [Request(**each) for each in json.loads(kept.read_text(encoding="utf-8"))]


def _requests(cases: int) -> Iterator[Request]:
    chance = random.Random("crowd")
    for kind in KINDS:
        for _number in range(OF_A_KIND):
            yield _request(chance, kind, cases)


def _request(chance: random.Random, kind: str, cases: int) -> Request:
    asked = shelf.asked()
    if kind == "title":
        made = shelf.document(number := chance.randrange(cases))
        return Request(kind, _address(q=f"“{made.title}”"), f"/library/{stocked.case_id(number)}")
    if kind == "suggestion":
        return Request(kind, f"/library/suggestions?{urlencode({'q': chance.choice(asked.common)})}")
    if kind == "facets":
        year = str(chance.randint(2016, 2025))
        return Request(kind, _address(q=chance.choice(asked.question), year=year))
    if kind == "phrase":
        return Request(kind, _address(q=f"“{chance.choice(asked.phrase)}”"))
    return Request(kind, _address(q=chance.choice(getattr(asked, kind))))


def _address(**values: str) -> str:
    return f"/library?{urlencode(values)}"


# --- a reader ---------------------------------------------------------------------------------------------


def read(port: int, seed: str, asked: Sequence[Request], until: float, tally: Tally) -> None:
    """One reader with one connection until the time is over."""
    chance = random.Random(seed)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    time.sleep(chance.uniform(0, THINKING[1]))
    while time.time() < until:
        request = chance.choice(asked)
        started = time.perf_counter()
        problem = _problem(connection, request)
        tally.times.setdefault(request.kind, []).append((time.perf_counter() - started) * 1000)
        tally.errors += [problem] if problem else []
        time.sleep(chance.uniform(*THINKING))
    connection.close()


def _problem(connection: http.client.HTTPConnection, request: Request) -> str:
    """What is wrong with the answer, "" when nothing is."""
    try:
        connection.request("GET", request.path, headers={"Accept-Language": "zh"})
        response = connection.getresponse()
        body = response.read().decode()
    except (OSError, http.client.HTTPException) as error:
        connection.close()
        return f"{type(error).__name__} {request.path}"
    if response.status == 200 and request.expected in body:
        return ""
    return f"{response.status} {request.kind} {request.path}"


def crowd(port: int, clients: int, asked: Sequence[Request], until: float) -> Tally:
    tally = Tally()
    threads = [
        threading.Thread(target=read, args=(port, f"reader {number}", asked, until, tally))
        for number in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally


# --- the process that writes ------------------------------------------------------------------------------


def write_for_ever(folder: Path, written: Synchronized[int]) -> None:
    """Adds and removes cases of no award, and rebuilds: what readers ask for stays."""
    product = build(Settings(data_dir=folder))
    engine = WhooshEngine(folder / "index")
    while True:
        number = written.value
        some = [document(f"k{place}", number) for place in range(number % 50, number % 50 + TOUCHED)]
        engine.update(some)
        engine.remove([each.id for each in some])
        if number % REBUILT_EVERY == REBUILT_EVERY - 1:
            product.indexer.rebuild()
        written.value = number + 1


@contextmanager
def _writer(folder: Path) -> Iterator[Synchronized[int]]:
    """Gives the number of times that everything was written so far."""
    context = multiprocessing.get_context("fork")  # everything is imported, and no thread runs yet
    written: Synchronized[int] = context.Value("q", 0)
    process = context.Process(target=write_for_ever, args=(folder, written), daemon=True)
    process.start()
    try:
        yield written
        if not process.is_alive():
            raise RuntimeError("the process that writes has ended by itself")
    finally:
        process.kill()
        process.join()


# --- all together -----------------------------------------------------------------------------------------


def run(work: Path, *, cases: int, clients: int, seconds: float) -> tuple[Tally, int]:
    """The readers' figures and how often the index was written meanwhile."""
    asked = prepared(work, cases)
    with _writer(work) as written, ours(work, worker=False) as port:
        before = written.value
        tally = crowd(port, clients, asked, time.time() + seconds)
        return tally, written.value - before


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.crowd", description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--clients", type=int, default=CLIENTS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    asked = parser.parse_args(arguments)
    tally, written = run(asked.work, cases=asked.cases, clients=asked.clients, seconds=asked.seconds)
    for kind, times in {**tally.times, "all": list(chain(*tally.times.values()))}.items():
        times.sort()
        p95 = times[int(len(times) * 0.95)]
        print(f"{kind}: {len(times)} answers, p50 {statistics.median(times):.0f} ms, p95 {p95:.0f} ms")
    print(f"{asked.clients} clients, {len(tally.errors)} errors, the index written {written} times meanwhile")
    for kind, count in Counter(problem.split()[0] for problem in tally.errors).items():
        print(f"{count} times {kind}, as {next(each for each in tally.errors if each.startswith(kind))}")
    return 1 if tally.errors else 0


if __name__ == "__main__":
    sys.exit(main())
