"""The index killed while it is being written: it opens, or says so and is rebuilt, and nothing is missing.

`python -m bench.crash --kills 100`: a process of its own writes without a pause (adds, replaces, removes,
rebuilds) and says on its output what it is about to do and when that is done; at a random moment it is
killed with SIGKILL. Then the index must be as after the last thing that was done, or as after the one that
was begun.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from foundation.audience import Audience
from search.engine import IndexBroken
from search.query import parse
from search.values import LibraryDocument, Sort
from search.whoosh_engine.engine import WhooshEngine

WRITER = (sys.executable, "-m", "bench.crash")
CASES = 40
AT_ONCE = 6
REBUILDS = 0.25
REMOVALS = 0.15
CHANGES = 4
"""At most so many changes before the one in which the writer is killed."""


class WriterDied(Exception):
    """The process that writes ended before it was killed."""


Model = Mapping[str, int]
"""Which version of which case the index should hold."""


@dataclass(slots=True)
class Outcome:
    """`working`: killed in the middle of a change; `old` and `new`: which state was there afterwards."""

    kills: int = 0
    working: int = 0
    old: int = 0
    new: int = 0
    rebuilt: int = 0
    wrong: list[str] = field(default_factory=list)
    """What was not as it should be."""


def document(identity: str, version: int) -> LibraryDocument:
    """A case that is found by a word of its own, which changes with the version."""
    return LibraryDocument(
        id=identity,
        version_id=f"{identity}v{version}",
        number=identity,
        title=f"{identity} 的第 {version} 稿",
        body=f"{word(identity, version)} 支部建立走访台账，限时办结、回访评价。" * 12,
        unit="第一支部",
        unit_id="u1",
        year=2025,
    )


def word(identity: str, version: int) -> str:
    return f"{identity}v{version}x"


def documents(model: Model) -> list[LibraryDocument]:
    return [document(identity, version) for identity, version in model.items()]


# --- the process that is killed ---------------------------------------------------------------------------


def write_for_ever(folder: Path, model: dict[str, int], chance: random.Random) -> None:
    engine = WhooshEngine(folder)
    while True:
        some = [f"k{number}" for number in chance.sample(range(CASES), AT_ONCE)]
        kind = chance.random()
        if kind < REMOVALS:
            model = {identity: version for identity, version in model.items() if identity not in some}
            _say(model)
            engine.remove(some)
        else:
            fresh = {identity: model.get(identity, 0) + 1 for identity in some}
            model = {**model, **fresh}
            _say(model)
            if kind < REMOVALS + REBUILDS:
                engine.replace_all(documents(model))
            else:
                engine.update(documents(fresh))
        _say(None)


def _say(model: Model | None) -> None:
    print(json.dumps(model), flush=True)


# --- who kills and looks ----------------------------------------------------------------------------------


def kills(folder: Path, count: int, seed: str = "kills") -> Outcome:
    """Kill a writer so many times and look at the index after each."""
    chance = random.Random(seed)
    outcome = Outcome()
    model: Model = {f"k{number}": 1 for number in range(CASES)}
    WhooshEngine(folder).replace_all(documents(model))
    for number in range(count):
        said = _killed(folder, model, f"{seed} {number}", chance)
        done, begun = states(model, said)
        outcome.kills += 1
        outcome.working += begun is not None
        model = _look(folder, done, begun, outcome)
    return outcome


def _killed(folder: Path, model: Model, seed: str, chance: random.Random) -> list[str]:
    """What a writer has said until it was killed: some changes done, then at a moment within one more."""
    command = [*WRITER, "--write", str(folder), seed, json.dumps(model)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        said = [_line(process)]
        started = time.monotonic()
        while said.count("null\n") < 1 + chance.randrange(CHANGES):
            said.append(_line(process))
        one = (time.monotonic() - started) / said.count("null\n")
        time.sleep(chance.uniform(0, one))
        process.send_signal(signal.SIGKILL)
        return [*said, *process.stdout.readlines()]


def _line(process: subprocess.Popen[str]) -> str:
    """What the writer says next.

    Raises:
        WriterDied: it has ended, which it never should by itself.
    """
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise WriterDied(
            f"the writer ended by itself with {process.wait()}; what it complained of stands above"
        )
    return line


def states(model: Model, said: Sequence[str]) -> tuple[Model, Model | None]:
    """The state that was last published for sure, and the one that was being written."""
    done, begun = model, None
    for found in _parsed(said):
        if found is None:
            done, begun = begun or done, None
        else:
            begun = found
    return done, begun


def _parsed(said: Sequence[str]) -> Iterator[Model | None]:
    for line in said:
        if line.endswith("\n"):  # the last line may be cut: then its change was not begun
            yield json.loads(line)


def _look(folder: Path, done: Model, begun: Model | None, outcome: Outcome) -> Model:
    """What the index holds now, after the check that it is one of the two states, whole."""
    engine = WhooshEngine(folder)
    try:
        engine.check()
        held = dict(engine.state().fingerprints)
    except IndexBroken:
        outcome.rebuilt += 1
        engine.replace_all(documents(done))
        held = dict(engine.state().fingerprints)
    now: Model = done
    if held == _fingerprints(done):
        outcome.old += 1
    elif begun is not None and held == _fingerprints(begun):
        outcome.new += 1
        now = begun
    else:
        outcome.wrong.append(f"{outcome.kills}: holds {held}, not {done} or {begun}")
    for identity, version in now.items():
        if not _finds(engine, identity, version):
            outcome.wrong.append(f"{outcome.kills}: {identity} {version} is not found")
    engine.close()
    return now


def _fingerprints(model: Model) -> dict[str, str]:
    return {each.id: each.fingerprint for each in documents(model)}


def _finds(engine: WhooshEngine, identity: str, version: int) -> bool:
    page = engine.search(
        parse(word(identity, version)), audience=Audience.PUBLIC, filters={}, sort=Sort.RELEVANCE
    )
    return [hit.id for hit in page.hits] == [identity]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--write", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.write:
        folder, seed, model = asked.write
        write_for_ever(Path(folder), json.loads(model), random.Random(seed))
    with tempfile.TemporaryDirectory(prefix="exemplar-bench-") as folder:
        try:
            outcome = kills(Path(folder) / "index", asked.kills)
        except WriterDied as problem:
            print(problem)
            return 2
    print(
        f"{outcome.kills} kills, {outcome.working} in the middle of a change: {outcome.old} times the state "
        f"before, {outcome.new} times the state after, {outcome.rebuilt} times rebuilt, "
        f"{len(outcome.wrong)} times something missing or wrong"
    )
    for each in outcome.wrong:
        print(each)
    return 1 if outcome.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
