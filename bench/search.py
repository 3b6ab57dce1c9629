"""The library's search beside Whoosh as in its README, SQLite FTS5, tantivy and PostgreSQL, in one run.

`python -m bench search` is short. `python -m bench.search --sizes 1000,10000,50000` prints everything, with
`--work FOLDER` to keep what was built, `--anew NAMES` to build some of it again, `--subjects NAMES`,
`--markdown FILE` for docs/search.md and `--json FILE`.

All times are CPU time: of this process, and for PostgreSQL of its backends too. Warm: the second and later
time that a question is asked; our engine has kept its answer then, and as "worked out anew" it has not.
Cold: the first time, by an engine that was opened just now and has answered one other question.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from functools import cache, partial
from pathlib import Path

from rich.console import Console
from rich.table import Table as Grid

from bench import shelf, targets
from bench.ours import Anew, OnPostgres, Ours
from bench.postgres import Server, started
from bench.rivals import Fts5, Kind, Naive, Subject, Tantivy, TsRank, Wanted, fresh, tokens
from bench.search_values import Measured, Times
from bench.table import Result
from search import analysis, highlight
from search.analysis import Folded
from search.query import parse
from search.values import LibraryDocument

JOB = "library search"
PLAIN = "Whoosh as in its README: stored TEXT cut by jieba, MultifieldParser, a searcher opened each time"
SHORT = 400
"""Cases in `make bench`."""
SLOW_UP_TO = 10_000
"""Naive Whoosh and PostgreSQL's ranking take hours beyond."""
SLOW = ("naive", "tsrank", "postgres")
WARM_ROUNDS, WARM_BUDGET = 3, 4.0
COLD_BUDGET, COLD_MOST = 6.0, 12
FEWEST = 5
KINDS: tuple[Kind, ...] = ("rare", "common", "three", "phrase", "question")
NAMES = {
    "rare": "rare term",
    "common": "common term",
    "three": "three terms, AND",
    "phrase": "phrase",
    "question": "question",
    "facets": "question, counts of three fields",
    "marked": "question, ten hits with highlights",
}


# --- one engine -------------------------------------------------------------------------------------------


def questions() -> dict[Kind, list[Wanted]]:
    """What is asked, with the terms that engines get which take ours."""
    asked = shelf.asked()
    return {
        "rare": [Wanted("rare", word, pairs=_pairs(word)) for word in asked.rare],
        "common": [Wanted("common", word, pairs=_pairs(word)) for word in asked.common],
        "three": [
            Wanted("three", " ".join(three), pairs=tuple(term for word in three for term in _pairs(word)))
            for three in asked.three
        ],
        "phrase": [Wanted("phrase", text, pairs=_pairs(text)) for text in asked.phrase],
        "question": [_pruned(text) for text in asked.question],
    }


def _pairs(text: str) -> tuple[str, ...]:
    return tuple(analysis.pairs(analysis.folded(text).text)[0])


def _pruned(text: str) -> Wanted:
    """The terms of a question but for those in more than three cases of ten, as our engine prunes them."""
    seen = _frequent()
    words = tuple(word for word in analysis.words(analysis.folded(text).text) if word not in seen)
    return Wanted("question", text, words, tuple(pair for pair in _pairs(text) if pair not in seen))


@cache
def _frequent() -> frozenset[str]:
    counts: dict[str, int] = {}
    for number in range(500):
        found = tokens(shelf.document(number))
        for term in {*found.words, *found.pairs}:
            counts[term] = counts.get(term, 0) + 1
    return frozenset(term for term, count in counts.items() if count > 150)


class Bench:
    """Measures one engine."""

    def __init__(self, make: Callable[[Path], Subject], folder: Path, elsewhere: Callable[[], float]) -> None:
        """`make` gives the engine over a folder; `elsewhere` the CPU seconds of its other processes."""
        self._make = make
        self._folder = folder
        self._subject = make(folder)
        self._elsewhere = elsewhere
        self._texts: dict[str, str] = {}
        self._folded: dict[str, Folded] = {}

    def build(self, count: int) -> float:
        """CPU seconds without those that went into making up the cases, and our tokens for others."""
        aside = 0.0

        def handed() -> Iterator[LibraryDocument]:
            nonlocal aside
            for number in range(count):
                started = time.thread_time()
                document = shelf.document(number)
                if not isinstance(self._subject, Naive | Ours | OnPostgres):
                    tokens(document)
                aside += time.thread_time() - started
                yield document

        spent = self._spent(lambda: self._subject.build(handed()))
        return spent - aside

    def measure(self, count: int, build: float) -> Measured:
        asked = questions()
        opening = self._opening(asked)
        measures: dict[str, tuple[Sequence[Wanted], Callable[[Wanted], object]]] = {
            **{kind: (asked[kind], self._subject.ask) for kind in KINDS},
            "facets": (asked["question"], lambda wanted: self._subject.ask(wanted, facets=True)),
            "marked": (asked["question"], self._marked),
        }
        warm = {name: self._warm(wanted, ask) for name, (wanted, ask) in measures.items()}
        cold = {name: self._cold(wanted, ask, asked) for name, (wanted, ask) in measures.items()}
        size = self._subject.bytes()
        self._subject.close()
        adding, seen = self._adding(count)
        return Measured(self._subject.name, count, build, size, opening, adding, seen, warm, cold)

    def _spent(self, run: Callable[[], object]) -> float:
        before = self._elsewhere()
        started = time.process_time()
        run()
        own = time.process_time() - started
        return own + self._elsewhere() - before

    def _opening(self, asked: Mapping[Kind, Sequence[Wanted]]) -> float:
        """Open and answer one question; the best of three, left open."""
        times: list[float] = []
        for wanted in asked["rare"][:3]:
            if times:
                self._subject.close()

            def once(wanted: Wanted = wanted) -> None:
                self._subject.open()
                self._subject.ask(wanted)

            times.append(self._spent(once) * 1000)
        return min(times)

    def _warm(self, asked: Sequence[Wanted], ask: Callable[[Wanted], object]) -> Times:
        times: list[float] = []
        for wanted in asked:
            if sum(times) * WARM_ROUNDS > WARM_BUDGET and len(times) >= FEWEST:
                break
            self._prepare(wanted, ask)
            ask(wanted)
            times.append(min(self._spent(partial(ask, wanted)) for _round in range(WARM_ROUNDS)))
        return Times.of(times)

    def _cold(
        self,
        asked: Sequence[Wanted],
        ask: Callable[[Wanted], object],
        others: Mapping[Kind, Sequence[Wanted]],
    ) -> Times:
        times: list[float] = []
        for place, wanted in enumerate(asked[:COLD_MOST]):
            if sum(times) > COLD_BUDGET and len(times) >= FEWEST:
                break
            self._prepare(wanted, ask)
            self._subject.close()
            self._subject.open()
            self._folded.clear()
            self._subject.ask(others["rare"][place - 1])
            times.append(self._spent(partial(ask, wanted)))
        return Times.of(times)

    def _prepare(self, wanted: Wanted, ask: Callable[[Wanted], object]) -> None:
        """The texts of hits, which a page reads from the database, are at hand."""
        if ask == self._marked and not isinstance(self._subject, Naive):
            for key in self._subject.ask(wanted):
                self._texts.setdefault(key, shelf.document(int(key[1:])).body)

    def _marked(self, wanted: Wanted) -> object:
        """Hits with their words marked: stock highlighting for naive Whoosh, ours for all others."""
        if isinstance(self._subject, Naive):
            return self._subject.highlighted(wanted)
        expressions = highlight.wanted(parse(wanted.typed))
        return [highlight.snippets(self._text(key), expressions) for key in self._subject.ask(wanted) if key]

    def _text(self, key: str) -> Folded:
        if key not in self._folded:
            self._folded[key] = analysis.folded(self._texts[key])
        return self._folded[key]

    def _adding(self, count: int) -> tuple[float, float]:
        """CPU time and time on the clock until a new case is found by its title; the median of five.

        In a copy: what was built stays as it was.
        """
        copy = self._folder.with_name(f"{self._folder.name}-copy")
        if self._folder.exists():
            shutil.copytree(self._folder, fresh(copy))
        subject = self._make(copy)
        subject.open()
        spent, seen = [], []
        for number in range(count, count + 6):
            document = shelf.document(number)
            if not isinstance(subject, Naive | Ours | OnPostgres):
                tokens(document)
            started = time.perf_counter()
            spent.append(self._spent(partial(_add, subject, document)) * 1000)
            seen.append((time.perf_counter() - started) * 1000)
        subject.close()
        fresh(copy)
        return statistics.median(spent[1:]), statistics.median(seen[1:])


def _add(subject: Subject, document: LibraryDocument) -> None:
    subject.add(document)
    found = subject.ask(Wanted("phrase", document.title, pairs=_pairs(document.title)))
    if document.id not in found and not isinstance(subject, Naive):  # its phrases find little Chinese
        raise RuntimeError(f"{subject.name} does not find what was added")


def analysing(count: int = 300) -> float:
    """Cases a CPU second that are cut into our tokens, without being written anywhere."""
    documents = [shelf.document(number) for number in range(count)]
    started = time.process_time()
    for document in documents:
        tokens(document)
    return count / (time.process_time() - started)


# --- all engines ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure, where, and what of the kept must be built again."""

    work: Path
    subjects: Sequence[str]
    anew: Sequence[str] = ()


def measure(count: int, plan: Plan, console: Console) -> list[Measured]:
    found: list[Measured] = []
    with ExitStack() as stack:
        server: Server | None = None
        for name in plan.subjects:
            if count > SLOW_UP_TO and name in SLOW:
                continue
            if name in ("tsrank", "postgres") and server is None:
                server = stack.enter_context(started())
            make = partial(_subject, name, server)
            kept = "ours" if name == "anew" else name  # the same index
            bench = Bench(make, plan.work / f"{count}" / kept, server.spent if server else _nothing)
            found.append(bench.measure(count, _built(bench, kept, count, plan)))
            console.print(f"{count} cases: {found[-1].subject} measured", highlight=False)
    return found


def _nothing() -> float:
    return 0.0


def _built(bench: Bench, name: str, count: int, plan: Plan) -> float:
    """CPU seconds of building; what was kept from an earlier run is not built again."""
    folder = plan.work / f"{count}" / name
    note = folder.with_suffix(".json")
    kept = note.exists() and folder.exists() and name not in (*plan.anew, "tsrank", "postgres")
    if not kept:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh(folder)
        note.write_text(json.dumps(bench.build(count)), encoding="utf-8")
    return float(json.loads(note.read_text(encoding="utf-8")))


def _subject(name: str, server: Server | None, folder: Path) -> Subject:
    match name, server:
        case "ours", _:
            return Ours(folder)
        case "anew", _:
            return Anew(folder)
        case "naive", _:
            return Naive(folder)
        case "fts5", _:
            return Fts5(folder)
        case "tantivy", _:
            return Tantivy(folder)
        case "tsrank", Server():
            return TsRank(server.address("tsrank"))
        case "postgres", Server():
            return OnPostgres(server.address("exemplar"))
        case _:
            raise ValueError(f"no such engine: {name}")


SUBJECTS = ("ours", "anew", "naive", "fts5", "tantivy", "tsrank", "postgres")


def run(folder: Path) -> list[Result]:
    """The short comparison of `make bench`: ours and the plain way."""
    ours, naive = measure(SHORT, Plan(folder, ("ours", "naive")), Console(quiet=True))
    results = [
        Result(JOB, f"index {SHORT} cases", ours.build, naive.build, "CPU s"),
        Result(JOB, "size", ours.bytes / 1e6, naive.bytes / 1e6, "MB"),
        Result(JOB, "open, first answer", ours.opening, naive.opening, "CPU ms"),
    ]
    for name, shown in NAMES.items():
        plain = naive.warm[name].p50
        results.append(Result(JOB, f"{shown}, warm", ours.warm[name].p50, plain, "CPU ms"))
        results.append(Result(JOB, f"{shown}, cold", ours.cold[name].p50, plain, "CPU ms"))
    results.append(Result(JOB, "add a case and find it", ours.adding, naive.adding, "CPU ms"))
    return results


# --- what is printed --------------------------------------------------------------------------------------


Lines = list[list[str]]


def lines(found: Sequence[Measured]) -> tuple[list[str], Lines]:
    """One table of one size: a column an engine; times as p50 / p95."""
    head = [f"{found[0].cases:,} cases", *(each.subject for each in found)]
    rows = [
        ["index, cases / CPU s", *(f"{each.cases / each.build:,.0f}" for each in found)],
        ["size, MB", *(f"{each.bytes / 1e6:,.0f}" for each in found)],
        ["open and first answer, ms", *(_ms(each.opening) for each in found)],
        ["add a case and find it, ms", *(_ms(each.adding) for each in found)],
        ["the same by the clock, ms", *(_ms(each.seen) for each in found)],
    ]
    for name, shown in NAMES.items():
        rows.append([f"{shown}: warm", *(_pair(each.warm[name]) for each in found)])
        rows.append([f"{shown}: cold", *(_pair(each.cold[name]) for each in found)])
    return head, rows


def _ms(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _pair(times: Times) -> str:
    return f"{_ms(times.p50)} / {_ms(times.p95)}"


def _grid(head: Sequence[str], rows: Lines) -> Grid:
    grid = Grid(*head)
    for row in rows:
        grid.add_row(*row)
    return grid


def _markdown(head: Sequence[str], rows: Lines) -> str:
    table = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in table) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,50000")
    parser.add_argument("--subjects", default=",".join(SUBJECTS))
    parser.add_argument("--anew", default="")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--markdown", type=Path)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args(arguments)
    console = Console(width=190)
    plan = Plan(asked.work, asked.subjects.split(","), asked.anew.split(","))
    tables = []
    everything: list[Measured] = []
    for size in map(int, asked.sizes.split(",")):
        found = measure(size, plan, console)
        everything += found
        tables += [lines(found), targets.lines(found)]
        for head, rows in tables[-2:]:
            console.print(_grid(head, rows))
    console.print(f"our analysis alone: {analysing():,.0f} cases / CPU s", highlight=False)
    if asked.markdown:
        asked.markdown.write_text("\n".join(_markdown(*table) for table in tables), encoding="utf-8")
    if asked.json:
        asked.json.write_text(json.dumps([asdict(each) for each in everything], indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
