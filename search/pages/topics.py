"""The index of topics for readers: counts of what this reader may read, by the first sound."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from pypinyin import Style, lazy_pinyin
from starlette.responses import Response
from starlette.routing import BaseRoute

from foundation.text import Text, _
from foundation.web import Rq, get, with_query
from search import shelf
from search.curation.policy.curating import may_curate
from search.curation.queries.topics import topics_of_cases

OTHERS = "#"


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic and how many cases with it this reader may read."""

    label: str
    cases: int
    sound: str

    @property
    def address(self) -> str:
        return with_query("/library", topic=self.label)

    @property
    def initial(self) -> str:
        first = self.sound[:1].upper()
        return first if first.isascii() and first.isalpha() else OTHERS


def routes() -> list[BaseRoute]:
    return [get("/library/topics", _topics)]


def lines(rq: Rq) -> list[TopicLine]:
    """The topics of the cases that the reader may read, by sound."""
    readable = [each.case_id for each in shelf.on_shelf(rq.db)]
    found = topics_of_cases(rq.db)
    counts: dict[str, int] = {}
    for case_id in readable:
        for topic in found.get(case_id, ()):
            counts[topic.label] = counts.get(topic.label, 0) + 1
    every = [TopicLine(label, count, _sound(label)) for label, count in counts.items()]
    return sorted(every, key=lambda each: (each.initial == OTHERS, each.initial, each.sound, each.label))


def _sound(label: str) -> str:
    return " ".join(lazy_pinyin(label, style=Style.NORMAL)).lower()


def _topics(rq: Rq) -> Response:
    found = lines(rq)
    groups: list[tuple[Text | str, str, list[TopicLine]]] = [
        (_("其他") if initial == OTHERS else initial, "other" if initial == OTHERS else initial, list(topics))
        for initial, topics in groupby(found, key=lambda each: each.initial)
    ]
    often = sorted(found, key=lambda each: (-each.cases, each.sound))[:12]
    response = rq.render(
        "search/topics.html",
        groups=groups,
        often=[each for each in often if each.cases > 1],
        total=len(found),
        curates=may_curate(rq.actor) is None,
    )
    response.headers["Vary"] = "Cookie, Accept-Language"
    return response
