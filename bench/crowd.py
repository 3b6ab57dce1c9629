"""Two hundred readers search the served product while another process writes the index all the time.

`python -m bench.crowd --work FOLDER`: a stocked library (kept in the folder), `exemplar serve`, a process
that adds, removes and rebuilds without a pause, and four processes with fifty connections each. A reader
thinks some seconds between two searches. Everything but 200 is an error, and so is a page that does not hold
the case whose title was asked for.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from urllib.parse import urlencode

from bench import shelf, stocked
from bench.serving import ours
from search.whoosh_engine.engine import WhooshEngine
from webapp.settings import Settings
from webapp.wiring import build

CASES = 2_000
CLIENTS, PROCESSES = 200, 4
SECONDS = 60.0
THINKING = (2.0, 6.0)
TOUCHED = 5


@dataclass(slots=True)
class Tally:
    """What the clients saw: milliseconds by kind, and what went wrong."""

    times: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


# --- a reader ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Request:
    kind: str
    path: str
    expected: str = ""


def requests(chance: random.Random, cases: int) -> Iterator[Request]:
    """What one reader asks for, one after another."""
    asked = shelf.asked()
    while True:
        kind = chance.choice(("rare", "common", "question", "phrase", "facets", "title", "suggestion"))
        if kind == "title":
            made = shelf.document(number := chance.randrange(cases))
            yield Request(kind, _address(q=f"“{made.title}”"), f"/library/{stocked.case_id(number)}")
        elif kind == "suggestion":
            yield Request(kind, f"/library/suggestions?{urlencode({'q': chance.choice(asked.common)})}")
        elif kind == "facets":
            yield Request(
                kind, _address(q=chance.choice(asked.question), year=str(chance.randint(2016, 2025)))
            )
        elif kind == "phrase":
            yield Request(kind, _address(q=f"“{chance.choice(asked.phrase)}”"))
        else:
            yield Request(kind, _address(q=chance.choice(getattr(asked, kind))))


def _address(**values: str) -> str:
    return f"/library?{urlencode(values)}"


def read(port: int, seed: str, cases: int, until: float, tally: Tally, guard: threading.Lock) -> None:
    """One reader with one connection until the time is over."""
    chance = random.Random(seed)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    time.sleep(chance.uniform(0, THINKING[1]))
    for request in requests(chance, cases):
        if time.time() > until:
            connection.close()
            return
        started = time.perf_counter()
        problem = ""
        try:
            connection.request("GET", request.path, headers={"Accept-Language": "zh"})
            response = connection.getresponse()
            body = response.read().decode()
            if response.status != 200 or request.expected not in body:
                problem = f"{response.status} {request.kind} {request.path}"
        except (OSError, http.client.HTTPException) as error:
            problem = f"{type(error).__name__} {request.path}"
            connection.close()
        spent = (time.perf_counter() - started) * 1000
        with guard:
            tally.times.setdefault(request.kind, []).append(spent)
            tally.errors += [problem] if problem else []
        time.sleep(chance.uniform(*THINKING))


def crowd(port: int, name: str, clients: int, cases: int, until: float) -> Tally:
    tally, guard = Tally(), threading.Lock()
    threads = [
        threading.Thread(target=read, args=(port, f"{name} {number}", cases, until, tally, guard))
        for number in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally


# --- the process that writes ------------------------------------------------------------------------------


def write_for_ever(folder: Path) -> None:
    """Adds and removes cases of no award, writes others again, and rebuilds: what readers ask for stays."""
    product = build(Settings(data_dir=folder))
    engine = WhooshEngine(folder / "index")
    number = 0
    while True:
        number += 1
        some = [shelf.document(CASES * 10 + place) for place in range(number % 50, number % 50 + TOUCHED)]
        engine.update(some)
        engine.remove([each.id for each in some])
        if number % 10 == 0:
            product.indexer.rebuild()
        print(number, flush=True)


# --- all together -----------------------------------------------------------------------------------------


def run(work: Path, *, cases: int, clients: int, seconds: float) -> tuple[Tally, int]:
    """The readers' figures and how often the index was written meanwhile."""
    if not (work / "stocked").exists():
        stocked.stock(work, cases)
        stocked.opened(work).close()
        (work / "stocked").touch()
    with ours(work, worker=False) as port, _process("--write", str(work)) as writer:
        until = time.time() + seconds
        each = clients // PROCESSES
        readers = [
            subprocess.Popen(
                _command("--read", str(port), f"crowd {place}", str(each), str(cases), str(until)),
                stdout=subprocess.PIPE, text=True, encoding="utf-8",
            )
            for place in range(PROCESSES)
        ]  # fmt: skip
        tally = Tally()
        for reader in readers:
            found = json.loads(reader.communicate()[0])
            tally.errors += found["errors"]
            for kind, times in found["times"].items():
                tally.times.setdefault(kind, []).extend(times)
        alive = writer.poll() is None
        writer.send_signal(signal.SIGKILL)
        assert writer.stdout is not None
        written = len(writer.stdout.readlines())
    if not alive:
        raise RuntimeError("the process that writes has ended by itself")
    return tally, written


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "bench.crowd", *arguments]


@contextmanager
def _process(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(_command(*arguments), stdout=subprocess.PIPE, text=True, env=dict(os.environ))
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.crowd", description=__doc__)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--clients", type=int, default=CLIENTS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--read", nargs=5, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.write:
        write_for_ever(asked.write)
    if asked.read:
        port, name, clients, cases, until = asked.read
        tally = crowd(int(port), name, int(clients), int(cases), float(until))
        print(json.dumps({"times": tally.times, "errors": tally.errors}))
        return 0
    tally, written = run(asked.work, cases=asked.cases, clients=asked.clients, seconds=asked.seconds)
    for kind, times in {**tally.times, "all": list(chain(*tally.times.values()))}.items():
        times.sort()
        p95 = times[int(len(times) * 0.95)]
        print(f"{kind}: {len(times)} answers, p50 {statistics.median(times):.0f} ms, p95 {p95:.0f} ms")
    print(f"{asked.clients} clients, {len(tally.errors)} errors, the index written {written} times meanwhile")
    for problem in tally.errors[:10]:
        print(problem)
    return 1 if tally.errors else 0


if __name__ == "__main__":
    sys.exit(main())
