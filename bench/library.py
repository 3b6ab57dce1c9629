"""Searching the library: our engine beside Whoosh used as its own introduction shows it.

The plain way: stored TEXT fields with a jieba-like analyzer, a searcher opened for each search,
MultifieldParser, stock highlighting.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import rjieba
from whoosh import index
from whoosh.analysis import LowercaseFilter, StopFilter, Token, Tokenizer
from whoosh.fields import ID, NUMERIC, TEXT, Schema
from whoosh.qparser import MultifieldParser, OrGroup

from bench import corpus
from bench.corpus import BenchCase
from bench.table import Result, cpu_seconds, median_ms
from search import highlight
from search.analysis import folded
from search.query import parse
from search.values import LibraryDocument, Sort
from search.whoosh_engine.engine import WhooshEngine

JOB = "library search"
PLAIN = "Whoosh as in its quick start: stored TEXT, words cut by jieba's rules, one searcher a search"
DOCUMENTS = 1000
CHARACTERS = 900


def run(folder: Path) -> list[Result]:
    cases = list(corpus.cases(DOCUMENTS, characters=CHARACTERS))
    texts = {str(case.number): case.text for case in cases}
    engine = WhooshEngine(folder / "ours")
    built = cpu_seconds(lambda: engine.replace_all(_document(case) for case in cases))
    naive = _Naive(folder / "naive")
    naive_built = cpu_seconds(lambda: naive.build(cases))
    results = [Result(JOB, f"index {DOCUMENTS} cases", built, naive_built, "CPU s")]
    for kind, queries in corpus.queries().items():
        ours = median_ms(lambda text: _search(engine, text), queries, rounds=5)
        plain = median_ms(naive.search_any if kind == "question" else naive.search_all, queries)
        results.append(Result(JOB, f"{kind}, with facet counts", ours, plain, "ms"))
    questions = corpus.queries()["question"][:4]
    cold = median_ms(lambda text: _search(WhooshEngine(folder / "ours"), text), questions)
    plain = median_ms(naive.search_any, questions)
    results.append(Result(JOB, "question, index just opened", cold, plain, "ms"))
    marked = median_ms(lambda text: _search_marked(engine, texts, text), questions)
    plain = median_ms(naive.search_marked, questions)
    results.append(Result(JOB, "question with 10 highlights", marked, plain, "ms"))
    updated = median_ms(lambda _text: engine.update([_document(cases[0])]), ["one"])
    plain = median_ms(lambda _text: naive.update(cases[0]), ["one"])
    results.append(Result(JOB, "add one and see it", updated, plain, "ms"))
    engine.close()
    naive.close()
    return results


def _document(case: BenchCase) -> LibraryDocument:
    return LibraryDocument(
        id=str(case.number),
        version_id=f"v{case.number}",
        number=str(case.number),
        title=case.title,
        body=case.text.replace("\n", "\n\n"),
        unit=case.unit,
        unit_id=case.unit,
        category=case.category,
        prize=case.prize,
        prize_rank=corpus.PRIZES.index(case.prize) + 1,
        year=case.year,
        call=f"{case.year} 年征集",
        call_id=str(case.year),
        words=len(case.text),
        granted_at=case.year,
    )


def _search(engine: WhooshEngine, text: str) -> list[str]:
    page = engine.search(parse(text), filters={}, sort=Sort.RELEVANCE, size=10)
    return [hit.id for hit in page.hits]


def _search_marked(engine: WhooshEngine, texts: dict[str, str], text: str) -> list[object]:
    expressions = highlight.wanted(parse(text))
    return [highlight.snippets(folded(texts[key]), expressions) for key in _search(engine, text)]


class _Cut(Tokenizer):  # type: ignore[misc]  # whoosh has no types
    """Words as jieba cuts them for searching."""

    def __call__(
        self, value: str, positions: bool = False, chars: bool = False, start_pos: int = 0, **more: Any
    ) -> Iterator[Any]:
        token = Token(positions, chars, mode=more.get("mode", ""))
        place = 0
        for number, word in enumerate(rjieba.cut_for_search(value)):
            token.text = token.original = word
            token.boost = 1.0
            token.stopped = False
            if positions:
                token.pos = start_pos + number
            if chars:
                place = max(value.find(word, max(place - len(word), 0)), 0)
                token.startchar, token.endchar = place, place + len(word)
            yield token


class _Naive:
    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        analyzer = _Cut() | LowercaseFilter() | StopFilter(minsize=1)
        schema = Schema(
            id=ID(stored=True, unique=True),
            title=TEXT(stored=True, analyzer=analyzer),
            body=TEXT(stored=True, analyzer=analyzer),
            unit=TEXT(stored=True, analyzer=analyzer),
            category=ID(stored=True),
            prize=ID(stored=True),
            year=NUMERIC(stored=True),
        )
        self._index = index.create_in(str(folder), schema)

    def build(self, cases: list[BenchCase]) -> None:
        writer = self._index.writer()
        for case in cases:
            writer.add_document(**self._fields(case))
        writer.commit()

    def update(self, case: BenchCase) -> None:
        writer = self._index.writer()
        writer.update_document(**self._fields(case))
        writer.commit()

    def search_all(self, text: str) -> list[str]:
        return self._search(text, any_of=False)

    def search_any(self, text: str) -> list[str]:
        return self._search(text, any_of=True)

    def _search(self, text: str, any_of: bool) -> list[str]:
        """Hits and the counts of one facet, as a page shows them (ours counts six)."""
        with self._index.searcher() as searcher:
            found = searcher.search(self._parser(any_of).parse(text), limit=10, groupedby="category")
            found.groups("category")
            return [hit["id"] for hit in found]

    def search_marked(self, text: str) -> list[str]:
        with self._index.searcher() as searcher:
            found = searcher.search(self._parser(any_of=True).parse(text), limit=10)
            return [hit.highlights("body") for hit in found]

    def close(self) -> None:
        self._index.close()

    def _parser(self, any_of: bool) -> Any:
        options = {"group": OrGroup} if any_of else {}
        return MultifieldParser(["title", "body", "unit"], self._index.schema, **options)

    def _fields(self, case: BenchCase) -> dict[str, Any]:
        return {
            "id": str(case.number),
            "title": case.title,
            "body": case.text,
            "unit": case.unit,
            "category": case.category,
            "prize": case.prize,
            "year": case.year,
        }
