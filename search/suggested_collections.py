"""Collections among the suggestions: published for the reader, and with a case that he may read."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice

from sqlalchemy.orm import Session

from search import shelf as gate
from search.curation.queries.collections import collections
from search.phonebook import Phonebook
from search.suggest import Suggestion, spoken_line

MOST = 2


def suggest_collections(db: Session, typed: str) -> list[Suggestion]:
    """By title, pinyin and initials, like everything else that is suggested."""
    line, latin = spoken_line(typed)
    found = {each.title: each for each in collections(db, published=True)} if line else {}
    titles = tuple(found)
    if not titles:
        return []
    matching = [found[titles[place]] for place in _book(titles).places(line, latin)]
    readable = gate.places(db, {item.case_id for each in matching for item in each.items})
    shown = (each for each in matching if any(item.case_id in readable for item in each.items))
    return [
        Suggestion(each.title, "collection", address=f"/library/collections/{each.slug}")
        for each in islice(shown, MOST)
    ]


@lru_cache(maxsize=8)
def _book(titles: tuple[str, ...]) -> Phonebook:
    return Phonebook([spoken_line(title)[0] for title in titles])
