"""A first draft of the words that go with a prize, from what the jurors wrote to the authors.

Only their sentences are used, those that praise; an organiser rewrites them. Nothing is invented.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from foundation.text import Text, _
from judging.values.live import CriterionFigure

LONGEST = 200
_SENTENCE = re.compile(r"[^。！？!?；;\n]+?(?:[。！？!?；;\n]|\.(?=\s|$)|$)")
_RESERVED = re.compile(
    "建议|希望|不足|欠缺|缺少|缺乏|不够|不清|但|然而|可惜|遗憾|疑问|存疑|应当|应该|需要|请|若能|如能|可以再"
    r"|还可|未|没有|\b(but|however|should|could|lack|missing|please|unclear|weak|improve|recommend)\b",
    re.IGNORECASE,
)
"""Words of a sentence that advises or doubts: that belongs into the feedback, not into the praise."""
_FEWEST = 6


def praising(comments: Sequence[str]) -> list[str]:
    """Sentences that praise, each once, in the order of the comments."""
    found: dict[str, None] = {}
    for comment in comments:
        for sentence in _SENTENCE.findall(comment):
            words = sentence.strip(" \u3000,，；;")
            if len(words) >= _FEWEST and not _RESERVED.search(words):
                found.setdefault(words)
    return list(found)


def draft(title: str, criteria: Sequence[CriterionFigure], comments: Sequence[str]) -> str:
    """A beginning that names where the case was strongest, then the jurors' praise, up to `LONGEST`."""
    words = str(_beginning(title, criteria))
    for sentence in praising(comments):
        ended = sentence if sentence[-1] in "。！？.!?" else sentence + "。"
        if len(words) + len(ended) > LONGEST:
            break
        words += ended
    return words


def _beginning(title: str, criteria: Sequence[CriterionFigure]) -> Text:
    best = sorted(criteria, key=lambda each: -each.percent)[:2]
    if len(best) == 2:
        return _(
            "《%(title)s》在%(one)s和%(two)s方面得到评委充分肯定。",
            title=title, one=best[0].name, two=best[1].name,
        )  # fmt: skip
    return _("《%(title)s》得到评委充分肯定。", title=title)
