"""What a page of the library costs as it is served, and a suggestion at every key.

`python -m bench.page --work FOLDER --cases 10000`: a stocked library (kept in the folder), searched through
the whole product in this process; CPU time of a request, then where it goes. `--titles 50000`: the
dictionaries of so many titles, made once, and what each key typed costs.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from pypinyin import lazy_pinyin
from sqlalchemy import event
from starlette.testclient import TestClient

from bench import shelf, stocked
from search.suggest import Suggestions
from search.values import Entry
from webapp.wiring import Product

ROUNDS = 3
PARTS = {
    "engine": "answers.py:search",
    "statements, with loading": "orm/session.py:execute",
    "cards: marks and fragments": "library.py:_card",
    "template": "environment.py:render",
}


def _times(milliseconds: Sequence[float]) -> str:
    ordered = sorted(milliseconds)
    p95 = ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]
    return f"p50 {statistics.median(ordered):.2f} ms, p95 {p95:.2f} ms"


def _spent(run: Callable[[], object]) -> float:
    started = time.process_time()
    run()
    return (time.process_time() - started) * 1000


# --- pages ------------------------------------------------------------------------------------------------


def pages(work: Path, cases: int) -> None:
    if not (work / "stocked").exists():
        stocked.stock(work, cases)
        (work / "stocked").touch()
    product = stocked.opened(work)
    client = TestClient(product.app, base_url="http://localhost", raise_server_exceptions=True)
    for kind, addresses in _addresses().items():
        _measure(product, client, kind, addresses)
    client.close()
    product.close()


def _addresses() -> Mapping[str, Sequence[str]]:
    asked = shelf.asked()
    return {
        "every case": ["/library"] * 5,
        "common term": [f"/library?q={quote(text)}" for text in asked.common],
        "question": [f"/library?q={quote(text)}" for text in asked.question],
        "phrase": [f"/library?q={quote(f'“{text}”')}" for text in asked.phrase],
        "a year of it": [f"/library?year=2020&q={quote(text)}" for text in asked.question],
    }


def _measure(product: Product, client: TestClient, kind: str, addresses: Sequence[str]) -> None:
    def ask(address: str) -> None:
        if client.get(address).status_code != 200:
            raise RuntimeError(address)

    first = [_spent(lambda address=address: ask(address)) for address in addresses]  # type: ignore[misc]  # mypy infers no lambda with a default
    again = [
        min(_spent(lambda address=address: ask(address)) for _round in range(ROUNDS))  # type: ignore[misc]  # as above
        for address in addresses
    ]
    print(f"{kind}: first {_times(first)}; again {_times(again)}")
    print(f"    {_statements(product, lambda: ask(addresses[-1]))} statements; of a request again:")
    profile = cProfile.Profile()
    profile.enable()
    for address in addresses:
        ask(address)
    profile.disable()
    for name, share in _shares(profile):
        print(f"    {name}: {share:.0%}")


def _statements(product: Product, run: Callable[[], object]) -> int:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(product.database.engine, "before_cursor_execute", note)
    run()
    event.remove(product.database.engine, "before_cursor_execute", note)
    return len(seen)


def _shares(profile: cProfile.Profile) -> Iterator[tuple[str, float]]:
    """Which share of the profiled time passed inside of each part."""
    stats = pstats.Stats(profile)
    whole: float = stats.total_tt  # type: ignore[attr-defined]  # not in the stubs
    for name, place in PARTS.items():
        file, function = place.split(":")
        inside = sum(
            row[3]
            for (path, _line, called), row in stats.stats.items()  # type: ignore[attr-defined]  # not in the stubs
            if path.endswith(file) and called == function
        )
        yield name, inside / whole


# --- suggestions ------------------------------------------------------------------------------------------


def suggestions(count: int) -> None:
    entries = [_entry(number) for number in range(count)]
    made: list[Suggestions] = []
    making = _spent(lambda: made.append(Suggestions(entries))) / 1000
    print(f"dictionaries of {count:,} titles: {making:.1f} CPU s")
    for kind, typed in _typed(entries).items():
        times = [_spent(lambda text=text: made[0].complete(text)) for text in typed]  # type: ignore[misc]  # mypy infers no lambda with a default
        print(f"a key of {kind}: {_times(times)}, most {max(times):.1f} ms")


def _entry(number: int) -> Entry:
    made = shelf.document(number)
    return Entry(made.id, made.title, made.unit, made.category, made.topics)


def _typed(entries: Sequence[Entry]) -> Mapping[str, Sequence[str]]:
    """Titles as they are typed, key by key: characters, pinyin, initials; and what nothing answers."""
    some = [entry.title for entry in entries[:: max(1, len(entries) // 40)]][:40]
    spoken = [lazy_pinyin(title[2:8]) for title in some]
    whole = {
        "characters": [title[2:8] for title in some],
        "pinyin": ["".join(parts) for parts in spoken],
        "initials": ["".join(part[0] for part in parts) for parts in spoken],
        "nonsense": ["魑魅魍魉", "zzzxxqq", "qwrtpsdf", "？？？"],
    }
    return {
        kind: [text[:length] for text in texts for length in range(1, len(text) + 1)]
        for kind, texts in whole.items()
    }


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.page", description=__doc__)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--titles", type=int, default=50_000)
    asked = parser.parse_args(arguments)
    if asked.work:
        asked.work.mkdir(parents=True, exist_ok=True)
        pages(asked.work, asked.cases)
    if asked.titles:
        suggestions(asked.titles)
    return 0


if __name__ == "__main__":
    sys.exit(main())
