"""Places that are proposed for an entry's index terms; the editor corrects them.

Imported where it is needed only: the word cutter's dictionary takes 35 MB, which a book is made without.
"""

from __future__ import annotations

from collections import Counter

from foundation.folding import fold
from submissions.identity.places import named_places, words_of

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
