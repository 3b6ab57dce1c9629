"""In which language a text is written, as a BCP 47 tag for pages and catalogues."""

from __future__ import annotations

from functools import lru_cache

from foundation.folding import fold
from search.analysis import is_han

SIMPLIFIED, TRADITIONAL, ENGLISH = "zh-Hans", "zh-Hant", "en"
_BOTH = frozenset("著乾瞭藉徵餘")
"""Characters that stand in simplified texts too, in some words or senses."""
_FEW = 0.03
"""Share of characters with another form in simplified writing below which a text is simplified; in
traditional texts it is about three in ten."""
_LOOKED_AT = 3000


@lru_cache(maxsize=512)
def language_of(text: str) -> str:
    """The language of a text by its characters; what has no letters is Chinese, as the product is."""
    beginning = text[:_LOOKED_AT]
    han = [character for character in beginning if is_han(character)]
    latin_words = sum(1 for word in beginning.split() if word[:1].isascii() and word[:1].isalpha())
    if len(han) < latin_words:
        return ENGLISH
    other = sum(character not in _BOTH and fold(character) != character for character in han)
    return TRADITIONAL if other > _FEW * len(han) else SIMPLIFIED
