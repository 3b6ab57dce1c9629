"""What the search is measured beside: Whoosh as its README shows it, SQLite FTS5, tantivy and PostgreSQL.

Naive Whoosh cuts the text itself, with jieba. The other three get our tokens ready made: words, and pairs of
characters with positions; and for a question the terms that our engine scores, chosen beforehand.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Protocol

import jieba
import psycopg
import tantivy
from jieba.analyse import ChineseAnalyzer
from whoosh import index
from whoosh.fields import ID, NUMERIC, TEXT, Schema
from whoosh.qparser import MultifieldParser, OrGroup

from search import analysis
from search.values import LibraryDocument

Kind = Literal["rare", "common", "three", "phrase", "question"]
FACETS = ("region", "category", "year")
TOP = 10


@dataclass(frozen=True, slots=True)
class Wanted:
    """One question: the words as typed, and the terms for engines that take ours."""

    kind: Kind
    typed: str
    words: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()


class Subject(Protocol):
    """An engine that is measured. Answers are ids, best first."""

    name: str

    def build(self, documents: Iterable[LibraryDocument]) -> None: ...
    def open(self) -> None: ...
    def ask(self, wanted: Wanted, *, facets: bool = False) -> list[str]: ...
    def add(self, document: LibraryDocument) -> None: ...
    def bytes(self) -> int: ...
    def close(self) -> None: ...


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@dataclass(frozen=True, slots=True)
class Tokens:
    words: Sequence[str]
    pairs: Sequence[str]


@lru_cache(maxsize=4)
def tokens(document: LibraryDocument) -> Tokens:
    """Our words and pairs of everything a question may find; the title twice."""
    about = (document.title, document.title, document.summary, document.unit, document.body)
    found = analysis.terms(analysis.folded("\n\n".join(about)).text)
    return Tokens(list(map(_joined, found.words)), list(map(_joined, found.pairs)))


def _joined(term: str) -> str:
    """Pairs of other scripts hold a blank, which separates tokens elsewhere."""
    return term.replace(" ", "_")


# --- Whoosh as in its README ------------------------------------------------------------------------------


class Naive:
    """Stored TEXT cut by jieba's own analyzer, MultifieldParser, a searcher opened for each search."""

    name = "naive Whoosh"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        jieba.setLogLevel(50)
        jieba.initialize()

    def build(self, documents: Iterable[LibraryDocument]) -> None:
        self._folder.mkdir(parents=True)
        analyzer = ChineseAnalyzer()
        schema = Schema(
            id=ID(stored=True, unique=True),
            title=TEXT(stored=True, analyzer=analyzer),
            body=TEXT(stored=True, analyzer=analyzer),
            region=ID(stored=True),
            category=ID(stored=True),
            year=NUMERIC(stored=True),
        )
        writer = index.create_in(str(self._folder), schema).writer()
        for document in documents:
            writer.add_document(**self._fields(document))
        writer.commit()

    def open(self) -> None:
        self._index = index.open_dir(str(self._folder))

    def ask(self, wanted: Wanted, *, facets: bool = False) -> list[str]:
        options: dict[str, Any] = {"groupedby": list(FACETS)} if facets else {}
        with self._index.searcher() as searcher:
            found = searcher.search(self._query(wanted), limit=TOP, **options)
            for name in FACETS if facets else ():
                _ = {value: len(places) for value, places in found.groups(name).items()}
            return [hit["id"] for hit in found][:TOP]

    def highlighted(self, wanted: Wanted) -> list[str]:
        with self._index.searcher() as searcher:
            found = searcher.search(self._query(wanted), limit=TOP)
            return [hit.highlights("body") for hit in found]

    def add(self, document: LibraryDocument) -> None:
        writer = self._index.writer()
        writer.update_document(**self._fields(document))
        writer.commit()

    def bytes(self) -> int:
        return size_of(self._folder)

    def close(self) -> None:
        self._index.close()

    def _query(self, wanted: Wanted) -> Any:
        options = {"group": OrGroup} if wanted.kind == "question" else {}
        text = f'"{wanted.typed}"' if wanted.kind == "phrase" else wanted.typed
        return MultifieldParser(["title", "body"], self._index.schema, **options).parse(text)

    def _fields(self, document: LibraryDocument) -> dict[str, Any]:
        return {
            "id": document.id,
            "title": document.title,
            "body": document.body,
            "region": document.region,
            "category": document.category,
            "year": document.year,
        }


# --- SQLite FTS5 ------------------------------------------------------------------------------------------


class Fts5:
    """A contentless FTS5 table of our tokens, ranked by its bm25, and a table of facets beside."""

    name = "SQLite FTS5"

    def __init__(self, folder: Path) -> None:
        self._path = folder / "fts.sqlite"

    def build(self, documents: Iterable[LibraryDocument]) -> None:
        self._path.parent.mkdir(parents=True)
        self._connection = sqlite3.connect(self._path, isolation_level=None)
        self._connection.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "CREATE VIRTUAL TABLE fts USING fts5(words, pairs, content='', "
            "tokenize=\"unicode61 remove_diacritics 0 tokenchars '_.'\");"
            "CREATE TABLE facts (rowid INTEGER PRIMARY KEY, id TEXT, region TEXT, category TEXT, year INT);"
        )
        self._connection.execute("BEGIN")
        for document in documents:
            self._insert(document)
        self._connection.execute("COMMIT")
        self._connection.execute("INSERT INTO fts(fts) VALUES ('optimize')")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.close()

    def open(self) -> None:
        self._connection = sqlite3.connect(self._path, isolation_level=None)

    def ask(self, wanted: Wanted, *, facets: bool = False) -> list[str]:
        match = self._match(wanted)
        rows = self._connection.execute(
            "SELECT id FROM (SELECT rowid r, rank FROM fts WHERE fts MATCH ? ORDER BY rank LIMIT 10)"
            " JOIN facts ON facts.rowid = r ORDER BY rank",
            (match,),
        ).fetchall()
        for name in FACETS if facets else ():
            self._connection.execute(
                f"SELECT {name}, count(*) FROM fts JOIN facts ON facts.rowid = fts.rowid"
                f" WHERE fts MATCH ? GROUP BY {name}",
                (match,),
            ).fetchall()
        return [row[0] for row in rows]

    def add(self, document: LibraryDocument) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        self._insert(document)
        self._connection.execute("COMMIT")

    def bytes(self) -> int:
        return size_of(self._path.parent)

    def close(self) -> None:
        self._connection.close()

    def _insert(self, document: LibraryDocument) -> None:
        found = tokens(document)
        row = self._connection.execute(
            "INSERT INTO facts (id, region, category, year) VALUES (?, ?, ?, ?)",
            (document.id, document.region, document.category, document.year),
        ).lastrowid
        self._connection.execute(
            "INSERT INTO fts (rowid, words, pairs) VALUES (?, ?, ?)",
            (row, " ".join(found.words), " ".join(found.pairs)),
        )

    @staticmethod
    def _match(wanted: Wanted) -> str:
        def quoted(terms: Sequence[str], between: str) -> str:
            return between.join(f'"{_joined(term)}"' for term in terms)

        if wanted.kind == "question":
            return f"words : ({quoted(wanted.words, ' OR ')}) OR pairs : ({quoted(wanted.pairs, ' OR ')})"
        return f"pairs : ({quoted(wanted.pairs, ' + ' if wanted.kind == 'phrase' else ' AND ')})"


# --- tantivy ----------------------------------------------------------------------------------------------


class Tantivy:
    """Two text fields of our tokens (words with frequencies, pairs with positions) and three fast fields."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("words", tokenizer_name="blank", index_option="freq")
        builder.add_text_field("pairs", tokenizer_name="blank", index_option="position")
        for name in FACETS:
            builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        self._schema = builder.build()

    def build(self, documents: Iterable[LibraryDocument]) -> None:
        self._folder.mkdir(parents=True)
        self.open()
        writer = self._index.writer(heap_size=256_000_000, num_threads=1)
        for document in documents:
            writer.add_document(self._document(document))
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        self._index = tantivy.Index(self._schema, path=str(self._folder))
        blank = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("blank", blank)
        self._searcher = self._index.searcher()
        self._writer: Any = None

    def ask(self, wanted: Wanted, *, facets: bool = False) -> list[str]:
        query = self._query(wanted)
        found = self._searcher.search(query, TOP)
        if facets:
            self._searcher.aggregate(query, {n: {"terms": {"field": n, "size": 60}} for n in FACETS})
        return [self._searcher.doc(address)["id"][0] for _, address in found.hits]

    def add(self, document: LibraryDocument) -> None:
        if self._writer is None:  # a service keeps its writer
            self._writer = self._index.writer(heap_size=50_000_000, num_threads=1)
        self._writer.add_document(self._document(document))
        self._writer.commit()
        self._index.reload()
        self._searcher = self._index.searcher()

    def bytes(self) -> int:
        return size_of(self._folder)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.wait_merging_threads()
        del self._searcher, self._index

    def _document(self, document: LibraryDocument) -> Any:
        found = tokens(document)
        made = tantivy.Document()
        made.add_text("id", document.id)
        made.add_text("words", " ".join(found.words))
        made.add_text("pairs", " ".join(found.pairs))
        for name in FACETS:
            made.add_text(name, str(getattr(document, name)))
        return made

    def _query(self, wanted: Wanted) -> Any:
        def terms(name: str, found: Sequence[str], occur: Any) -> list[tuple[Any, Any]]:
            return [(occur, tantivy.Query.term_query(self._schema, name, _joined(term))) for term in found]

        if wanted.kind == "phrase" and len(wanted.pairs) > 1:
            return tantivy.Query.phrase_query(self._schema, "pairs", list(map(_joined, wanted.pairs)))
        if wanted.kind == "question":
            either = terms("words", wanted.words, tantivy.Occur.Should)
            return tantivy.Query.boolean_query(either + terms("pairs", wanted.pairs, tantivy.Occur.Should))
        return tantivy.Query.boolean_query(terms("pairs", wanted.pairs, tantivy.Occur.Must))


# --- PostgreSQL -------------------------------------------------------------------------------------------


class TsRank:
    """PostgreSQL's own full text over our tokens: tsvectors with GIN, ranked by ts_rank_cd."""

    name = "PostgreSQL ts_rank_cd"

    def __init__(self, address: str) -> None:
        self._address = address.replace("+psycopg", "")

    def build(self, documents: Iterable[LibraryDocument]) -> None:
        self.open()
        self._connection.execute(
            "CREATE TABLE doc (id text, region text, category text, year int, words tsvector, pairs tsvector)"
        )
        with self._connection.cursor().copy("COPY doc FROM STDIN") as copy:
            for document in documents:
                copy.write_row(self._row(document))
        for name in ("words", "pairs"):
            self._connection.execute(f"CREATE INDEX ON doc USING gin ({name})".encode())
        self._connection.execute("ANALYZE doc")
        self._connection.close()

    def open(self) -> None:
        self._connection = psycopg.connect(self._address, autocommit=True)
        self._connection.execute("SET max_parallel_workers_per_gather = 0")
        self._connection.execute("SET max_parallel_maintenance_workers = 0")

    def ask(self, wanted: Wanted, *, facets: bool = False) -> list[str]:
        words, pairs = self._queries(wanted)
        where, rank = b"pairs @@ %(p)s::tsquery", b"ts_rank_cd(pairs, %(p)s::tsquery)"
        if words:
            where = b"(words @@ %(w)s::tsquery OR pairs @@ %(p)s::tsquery)"
            rank = b"ts_rank_cd(words, %(w)s::tsquery) + ts_rank_cd(pairs, %(p)s::tsquery)"
        values = {"w": words, "p": pairs}
        rows = self._connection.execute(
            b"SELECT id FROM doc WHERE " + where + b" ORDER BY " + rank + b" DESC, id LIMIT 10", values
        ).fetchall()
        for name in FACETS if facets else ():
            column = name.encode()
            self._connection.execute(
                b"SELECT " + column + b", count(*) FROM doc WHERE " + where + b" GROUP BY " + column, values
            ).fetchall()
        return [row[0] for row in rows]

    def add(self, document: LibraryDocument) -> None:
        self._connection.execute("INSERT INTO doc VALUES (%s, %s, %s, %s, %s, %s)", self._row(document))

    def bytes(self) -> int:
        row = self._connection.execute("SELECT pg_total_relation_size('doc')").fetchone()
        return int(row[0]) if row else 0

    def close(self) -> None:
        self._connection.close()

    @staticmethod
    def _row(document: LibraryDocument) -> tuple[object, ...]:
        found = tokens(document)
        return (
            document.id, document.region, document.category, document.year,
            " ".join(_lexemes(found.words)), " ".join(_lexemes(found.pairs)),
        )  # fmt: skip

    @staticmethod
    def _queries(wanted: Wanted) -> tuple[str, str]:
        between = {"question": " | ", "phrase": " <-> "}.get(wanted.kind, " & ")
        return " | ".join(map(_lexeme, wanted.words)), between.join(map(_lexeme, wanted.pairs))


def _lexemes(terms: Sequence[str]) -> Iterator[str]:
    """A tsvector literal; it keeps at most 256 places of a term."""
    places: dict[str, list[str]] = {}
    for place, term in enumerate(terms, start=1):
        places.setdefault(term, []).append(str(place))
    for term, found in places.items():
        yield f"{_lexeme(term)}:{','.join(found[:255])}"


def _lexeme(term: str) -> str:
    return "'" + _joined(term).replace("\\", "\\\\").replace("'", "''") + "'"


def fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return folder
