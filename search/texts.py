"""The texts of a case as they are searched: folded, for marks, snippets and explanations."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from search import analysis
from search.explaining import Where
from search.indexing import body_text, headings
from submissions.values import VersionView


@lru_cache(maxsize=512)
def folded(summary: str, body_html: str) -> analysis.Folded:
    """A text ready to be marked. Versions never change, so there is nothing to forget."""
    return analysis.folded("\n\n".join(part for part in (summary.strip(), body_text(body_html)) if part))


def parts(version: VersionView, category: str, topics: Iterable[str]) -> dict[Where, str]:
    """What a question finds a case by."""
    texts = {
        Where.TITLE: _folded(version.title),
        Where.SUMMARY: _folded(version.summary),
        Where.HEADING: _headings(version.body_html),
        Where.UNIT: _folded(version.unit_name),
        Where.TOPIC: _folded("\n".join(topics)),
        Where.CATEGORY: _folded(category),
    }
    found = {where: text for where, text in texts.items() if text}
    return {**found, Where.BODY: folded("", version.body_html).text}


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """A short text that comes with many questions."""
    return analysis.folded(text).text


@lru_cache(maxsize=512)
def _headings(body_html: str) -> str:
    return _folded("\n".join(headings(body_html)))
