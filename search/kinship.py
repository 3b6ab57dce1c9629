"""Why two cases are shown as related: the topics, else the phrases, that both of them dwell on."""

from __future__ import annotations

from functools import lru_cache

from search import typeset
from search.curation.keyphrases import Material, Phrases, phrases
from search.indexing import body_text
from submissions.values import VersionView

MOST = 3


def shared_phrases(one: VersionView, other: VersionView) -> tuple[str, ...]:
    """Up to three phrases of both texts, as folded for search; what stands in titles and headings first.

    A phrase inside a longer shared one is left out, and one that either text only mentions in passing.
    """
    first, second = _phrases(one), _phrases(other)
    weight = {
        phrase: min(first.counts[phrase], second.counts[phrase])
        * (first.weights[phrase] + second.weights[phrase])
        * len(first.parts[phrase])
        for phrase in first.counts.keys() & second.counts.keys()
    }
    chosen: list[str] = []
    for phrase in sorted(weight, key=lambda each: (-weight[each], each)):
        if weight[phrase] < _IN_PASSING or len(chosen) == MOST:
            break
        if not any(phrase in longer or longer in phrase for longer in chosen):
            chosen.append(phrase)
    return tuple(chosen)


_IN_PASSING = 4.0
"""Twice in the body of both, or once in both with a place in a title."""


def _phrases(version: VersionView) -> Phrases:
    return _found(version.id, version.title, version.summary, version.body_html)


@lru_cache(maxsize=512)
def _found(_id: str, title: str, summary: str, body_html: str) -> Phrases:
    """Versions never change, so there is nothing to forget."""
    headings = [section.text for section in typeset.contents(body_html)]
    return phrases(Material(title, summary, headings, body_text(body_html)))
