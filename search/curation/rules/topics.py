"""How topics are written, compared and found in texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from foundation.folding import fold
from foundation.text import Text, _
from search.curation.values.topics import LABEL_HIGHEST, NAMES_HIGHEST, TopicView

_BETWEEN = re.compile(r"[、，,；;\n]")
_BLANKS = re.compile(r"\s+")
MENTIONS = 2
"""So often, or once in the title, a text must say a topic of the list for the topic to be proposed."""


def tidy(label: str) -> str:
    """A label as it is kept: single blanks, none at the ends."""
    return _BLANKS.sub(" ", label).strip()


def key(label: str) -> str:
    """The form in which labels are compared: simplified and traditional, upper and lower case are equal."""
    return fold(tidy(label))


def labels(typed: str) -> tuple[str, ...]:
    """Labels between commas or line ends, each once."""
    found: dict[str, str] = {}
    for each in _BETWEEN.split(typed):
        if tidy(each):
            found.setdefault(key(each), tidy(each))
    return tuple(found.values())


def wrong_label(label: str) -> Text | None:
    """Why this cannot be a topic's label."""
    if not tidy(label):
        return _("请填写主题的名称。")
    if len(tidy(label)) > LABEL_HIGHEST:
        return _("主题的名称不能超过 %(limit)s 个字，“%(label)s”太长了。", limit=LABEL_HIGHEST, label=label)
    return None


def wrong_names(names: Sequence[str]) -> Text | None:
    """Why these cannot be a topic's other names."""
    if len(names) > NAMES_HIGHEST:
        return _("一个主题最多写 %(limit)s 个别名，请删去不常用的。", limit=NAMES_HIGHEST)
    return next((found for each in names if (found := wrong_label(each))), None)


def taken(
    topics: Iterable[TopicView], words: Iterable[str], *, but: str = ""
) -> tuple[str, TopicView] | None:
    """The first of these words that already names another topic than `but` (an id), and that topic."""
    known = by_word(each for each in topics if each.id != but)
    return next(((word, known[key(word)]) for word in words if key(word) in known), None)


def by_word(topics: Iterable[TopicView]) -> dict[str, TopicView]:
    """Folded label or name -> topic."""
    found: dict[str, TopicView] = {}
    for topic in topics:
        for word in (topic.label, *topic.names):
            found.setdefault(key(word), topic)
    return found


def mentioned(words: Mapping[str, TopicView], title: str, text: str) -> list[TopicView]:
    """The topics of the list that a folded text names often enough, the most often named first."""
    counts: dict[str, int] = {}
    named: dict[str, TopicView] = {}
    for word, topic in words.items():
        count = _times(word, text) + MENTIONS * _times(word, title)
        if count:
            counts[topic.id] = counts.get(topic.id, 0) + count
            named[topic.id] = topic
    often = [each for each in counts if counts[each] >= MENTIONS]
    return [named[each] for each in sorted(often, key=lambda each: (-counts[each], each))]


def _times(word: str, text: str) -> int:
    if word.isascii():
        return len(re.findall(rf"\b{re.escape(word)}\b", text))
    return text.count(word)
