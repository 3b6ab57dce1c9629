"""Questions to the library: what has a prize must be found in both scripts, what has none must not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import opencc
from sqlalchemy.orm import Session

from search.library import Library
from search.values import Sort
from webapp.pipeline.values import CaseReport, QueryReport

_HAN = re.compile("[\u3400-\u9fff]{2,}")
_LATIN = re.compile(r"[A-Za-z]{4,}")
_LONGEST = 12


def checked(
    db: Session, library: Library, cases: Sequence[CaseReport], more: Sequence[str] = ()
) -> Iterator[QueryReport]:
    """Ask for every case by words of its title and unit, in both scripts, and for `more` as given."""
    simplified, traditional = opencc.OpenCC("t2s"), opencc.OpenCC("s2tw")
    for case in cases:
        if not case.case_id:
            continue
        for written in dict.fromkeys((_words(case.title), _words(case.unit))):
            if _HAN.search(written):
                for kind, script in (("simplified", simplified), ("traditional", traditional)):
                    yield _asked(db, library, str(script.convert(written)), kind, case)
            elif written:
                yield _asked(db, library, written, "latin", case)
    for query in more:
        hits = library.find(db, query, filters={}, sort=Sort.RELEVANCE).page.total
        yield QueryReport(query, "given", "", hits, correct=hits > 0)


def _asked(db: Session, library: Library, query: str, kind: str, case: CaseReport) -> QueryReport:
    results = library.find(db, query, filters={}, sort=Sort.RELEVANCE)
    found = any(card.case.id == case.case_id for card in results.cards)
    return QueryReport(
        query=query,
        kind=kind,
        wanted=case.title,
        hits=results.page.total,
        correct=found is bool(case.prize),
        absent=not case.prize,
    )


def _words(written: str) -> str:
    """A few telling words: the longest run of Chinese characters, or the two longest Latin words in order."""
    runs: list[str] = _HAN.findall(written)
    if runs:
        return max(runs, key=len)[:_LONGEST]
    words: list[str] = _LATIN.findall(written)
    longest = sorted(set(words), key=lambda word: (-len(word), word))[:2]
    return " ".join(dict.fromkeys(word for word in words if word in longest))
