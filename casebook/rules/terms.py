"""Index terms that are proposed for an entry; the editor corrects them."""

from __future__ import annotations

from collections import Counter

from foundation.folding import fold
from submissions.identity.places import named_places, words_of

TERMS_HIGHEST = 12
TERM_LONGEST = 40
PLACES_PROPOSED = 4
OFTEN = 2
"""A place that a text names as often is worth a line in the index."""


def proposed_places(unit: str, text: str) -> tuple[str, ...]:
    """Places by their names' endings: those in the unit's name, then those that the text names often.

    Method: `submissions.identity.places`, which finds names without a gazetteer.
    """
    own = list(dict.fromkeys(_named(unit)))
    counted = Counter(_named(text))
    often = [place for place, times in counted.most_common() if times >= OFTEN and place not in own]
    found = own + often
    whole = [each for each in found if not any(each != other and each in other for other in found)]
    return tuple(whole[:PLACES_PROPOSED])


def _named(text: str) -> list[str]:
    # Folded, a text keeps its length: the dictionary knows the simplified names of places only.
    return [text[begin:end] for begin, end, _proposed in named_places(words_of(fold(text)))]


def read_terms(written: str) -> tuple[str, ...]:
    """Terms as an editor writes them: one a line or parted by commas, each once."""
    for mark in "\n，,、；;":
        written = written.replace(mark, "\x00")
    return tuple(dict.fromkeys(filter(None, (" ".join(each.split()) for each in written.split("\x00")))))
