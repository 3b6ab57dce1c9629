"""How well the search finds: known items, beside jieba and character bigrams ranked by BM25.

`python -m bench.relevance FOLDER` reads passages with questions from `documents.jsonl` (id, title, body,
script) and `queries.jsonl` (text, script, relevant); without a folder a set is made from generated cases,
half of them in traditional characters. The relevant document of a question is the one it was asked about.

A short query is the two rarest words of a question, as jieba cuts them. Across scripts means that a question
is written in the other script than its document. The yardsticks get text and questions folded to simplified
characters by OpenCC, titles counted once; without that they find next to nothing across scripts.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import log
from pathlib import Path

import jieba
import numpy as np
from opencc import OpenCC
from rich.console import Console
from rich.table import Table as Grid

from bench import shelf
from foundation.audience import Audience
from search import analysis
from search.query import parse
from search.values import LibraryDocument, Sort
from search.whoosh_engine.engine import WhooshEngine

TOP = 10
MOST = 1_000
"""Questions of a set; of more a sample."""
GENERATED = 2_000
LONG = 1_870
K1, B = 1.2, 0.75
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Passage:
    id: str
    title: str
    body: str
    traditional: bool


@dataclass(frozen=True, slots=True)
class Known:
    """A question and the document that it was asked about."""

    text: str
    traditional: bool
    relevant: str


@dataclass(frozen=True, slots=True)
class Quality:
    mrr: float
    recall: float


Answer = Callable[[str], Sequence[str]]


# --- sets -------------------------------------------------------------------------------------------------


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


def read(folder: Path) -> tuple[list[Passage], list[Known]]:
    passages = [
        Passage(row["id"], row["title"], row["body"], row["script"] == "hant")
        for row in _rows(folder / "documents.jsonl")
    ]
    asked = [
        Known(row["text"], row["script"] == "hant", row["relevant"][0])
        for row in _rows(folder / "queries.jsonl")
    ]
    return passages, asked


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def generated(count: int = GENERATED) -> tuple[list[Passage], list[Known]]:
    """Generated cases, every second in traditional characters, each with a question."""
    chance = random.Random("known items")
    passages, asked = [], []
    for number in range(count):
        made = shelf.document(number)
        traditional = number % 2 == 1
        body, text = made.body, shelf.question_about(chance, made.body)
        if traditional:
            body, text = (_converter("s2t").convert(each) for each in (body, text))
        passages.append(Passage(made.id, made.title, body, traditional))
        asked.append(Known(text, traditional, made.id))
    return passages, asked


def lengthened(passages: Sequence[Passage], asked: Sequence[Known]) -> tuple[list[Passage], list[Known]]:
    """Neighbours of one script joined to documents of LONG characters; questions point to those."""
    joined: list[Passage] = []
    place: dict[str, str] = {}
    for passage in sorted(passages, key=lambda each: (each.traditional, each.id)):
        last = joined[-1] if joined else None
        if last is None or last.traditional != passage.traditional or len(last.body) >= LONG:
            joined.append(passage)
        else:
            joined[-1] = replace(last, body=f"{last.body}\n\n{passage.title}\n\n{passage.body}")
        place[passage.id] = joined[-1].id
    return joined, [replace(each, relevant=place[each.relevant]) for each in asked]


def sets(passages: Sequence[Passage], asked: Sequence[Known]) -> dict[str, list[Known]]:
    """Questions and short queries by script, each in its document's script and in the other."""
    rarity = _rarity(passages)
    found = {}
    for traditional, script in ((False, "simplified"), (True, "traditional")):
        own = [each for each in asked if each.traditional == traditional]
        own = random.Random(script).sample(own, min(MOST, len(own)))
        short = [replace(each, text=_short(each.text, rarity)) for each in own]
        for name, some in (("questions", own), ("short queries", short)):
            other = _converter("t2s" if traditional else "s2t")
            found[f"{name}, {script}"] = [each for each in some if each.text]
            found[f"{name}, {script} documents across"] = [
                replace(each, text=other.convert(each.text)) for each in some if each.text
            ]
    return {name: some for name, some in found.items() if some}


def _rarity(passages: Sequence[Passage]) -> Callable[[str], float]:
    counts = Counter(word for each in passages for word in set(by_jieba(f"{each.title}。{each.body}")))
    return lambda word: log(1 + len(passages) / (1 + counts[word]))


def _short(text: str, rarity: Callable[[str], float]) -> str:
    """The two rarest words of a question in the order in which they stand there."""
    words = [word for word in jieba.lcut(text) if len(word) > 1 and _WORD.fullmatch(word)]
    keyed = {word: by_jieba(word) for word in words}
    telling = sorted(words, key=lambda word: -max((rarity(each) for each in keyed[word]), default=0.0))[:2]
    return " ".join(dict.fromkeys(word for word in words if word in telling))


# --- who answers ------------------------------------------------------------------------------------------


def by_jieba(text: str) -> list[str]:
    simplified = _converter("t2s").convert(text).lower()
    return [word for word in jieba.lcut_for_search(simplified) if _WORD.fullmatch(word)]


def by_bigrams(text: str) -> list[str]:
    found = []
    for run in _WORD.findall(_converter("t2s").convert(text).lower()):
        found += [run[place : place + 2] for place in range(max(len(run) - 1, 1))]
    return found


class Bm25:
    """Plain BM25 over one kind of tokens."""

    def __init__(self, passages: Sequence[Passage], cut: Callable[[str], list[str]]) -> None:
        self._cut = cut
        self._ids = [each.id for each in passages]
        lists: dict[str, tuple[list[int], list[int]]] = {}
        lengths = []
        for place, passage in enumerate(passages):
            tokens = cut(f"{passage.title}\n{passage.body}")
            lengths.append(len(tokens))
            for token, count in Counter(tokens).items():
                documents, counts = lists.setdefault(token, ([], []))
                documents.append(place)
                counts.append(count)
        self._lists = {token: (np.array(found), np.array(counts)) for token, (found, counts) in lists.items()}
        self._norm = K1 * (1 - B + B * np.array(lengths) / np.mean(lengths))

    def __call__(self, text: str) -> list[str]:
        scores = np.zeros(len(self._ids))
        for token in set(self._cut(text)):
            if token in self._lists:
                found, counts = self._lists[token]
                idf = log(1 + (len(self._ids) - len(found) + 0.5) / (len(found) + 0.5))
                scores[found] += idf * counts * (K1 + 1) / (counts + self._norm[found])
        best = np.argsort(-scores, kind="stable")[:TOP]
        return [self._ids[place] for place in best if scores[place] > 0]


def exemplar(passages: Iterable[Passage], folder: Path) -> Answer:
    engine = WhooshEngine(folder)
    engine.replace_all(
        LibraryDocument(
            id=each.id, version_id=each.id, number=each.id, title=each.title, body=each.body,
            words=len(each.body),
        )
        for each in passages
    )  # fmt: skip

    def answer(text: str) -> list[str]:
        page = engine.search(parse(text), audience=Audience.PUBLIC, filters={}, sort=Sort.RELEVANCE, size=TOP)
        return [hit.id for hit in page.hits]

    return answer


def quality(asked: Sequence[Known], answer: Answer) -> Quality:
    """Mean reciprocal rank among the first ten, and the share that is among them."""
    ranks = [
        found.index(each.relevant) + 1 if each.relevant in found else 0
        for each in asked
        for found in (answer(each.text),)
    ]
    return Quality(
        mrr=sum(1 / rank for rank in ranks if rank) / len(ranks),
        recall=sum(map(bool, ranks)) / len(ranks),
    )


# --- the table --------------------------------------------------------------------------------------------


HEAD = ["set", "questions", "Exemplar", "character bigrams", "jieba", ""]


def measure(passages: Sequence[Passage], asked: Sequence[Known]) -> list[list[str]]:
    """Rows of MRR@10 / recall@10."""
    analysis.prepare()
    rows = []
    with tempfile.TemporaryDirectory(prefix="exemplar-bench-") as folder:
        answers = (
            exemplar(passages, Path(folder) / "index"), Bm25(passages, by_bigrams), Bm25(passages, by_jieba),
        )  # fmt: skip
        for name, some in sets(passages, asked).items():
            ours, *others = (quality(some, answer) for answer in answers)
            best = max(other.mrr for other in others), max(other.recall for other in others)
            said = "" if ours.mrr >= best[0] and ours.recall >= best[1] else "below"
            shown = [f"{each.mrr:.3f} / {each.recall:.3f}" for each in (ours, *others)]
            rows.append([name, str(len(some)), *shown, said])
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.relevance", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--markdown", type=Path)
    given = parser.parse_args(arguments)
    jieba.setLogLevel(50)
    passages, asked = read(given.folder) if given.folder else generated()
    named = {"as they are": (passages, asked)}
    if given.folder:
        named[f"joined to {LONG:,} characters"] = lengthened(passages, asked)
    console = Console(width=150)
    text = ""
    for name, (some, questions) in named.items():
        rows = measure(some, questions)
        mean = sum(len(each.body) for each in some) / len(some)
        title = f"{len(some):,} documents {name}, {mean:,.0f} characters on average; MRR@10 / recall@10"
        grid = Grid(*HEAD, title=title)
        for row in rows:
            grid.add_row(*row)
        console.print(grid)
        table = "\n".join(f"| {' | '.join(row)} |" for row in [HEAD, ["---"] * len(HEAD), *rows])
        text += f"{title}\n\n{table}\n\n"
    if given.markdown:
        given.markdown.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
