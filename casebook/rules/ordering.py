"""Rules of an edition's order, pure: how awarded cases fall into chapters, and what a move does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from casebook.values import Arrangement
from foundation.errors import Refused
from foundation.richtext import Block, Figure, Heading
from foundation.text import _

Order = tuple[tuple[str, tuple[str, ...]], ...]
"""Chapters and what is in them: each chapter's id with the ids of its entries, in print order."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What grouping asks of an entry; `key` is whatever the caller knows it by."""

    key: str
    prize_name: str
    prize_rank: int
    category_key: str
    category_name: str
    unit: str
    title: str
    topic: str = ""


def grouped(
    cases: Iterable[Candidate], by: Arrangement, categories: Sequence[str], *, whole: str
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Chapter titles with the keys of their entries: prizes by rank, categories in the calls' order, topics
    with the most cases first; within a chapter by prize, category, unit and title.

    `whole` is the title when there is only one chapter, and that of cases with no category or topic.
    """
    cases = list(cases)
    frequent = Counter(case.topic for case in cases)
    place = {key: number for number, key in enumerate(categories)}

    def by_category(case: Candidate) -> tuple[int, str]:
        return place.get(case.category_key, len(place)), case.category_name

    def in_book(case: Candidate) -> tuple[object, ...]:
        rest = (case.unit, case.title, case.key)
        if by is Arrangement.CATEGORY:
            return (by_category(case), case.prize_rank, *rest)
        if by is Arrangement.TOPIC:
            topic = (not case.topic, -frequent[case.topic], case.topic)
            return (topic, case.prize_rank, by_category(case), *rest)
        return (case.prize_rank, by_category(case), *rest)

    chapters: dict[str, list[str]] = {}
    for case in sorted(cases, key=in_book):
        chapters.setdefault(_heading(case, by, whole), []).append(case.key)
    return tuple((title, tuple(keys)) for title, keys in chapters.items())


def _heading(case: Candidate, by: Arrangement, whole: str) -> str:
    match by:
        case Arrangement.PRIZE:
            return case.prize_name
        case Arrangement.CATEGORY:
            return case.category_name or whole
        case Arrangement.PRIZE_AND_CATEGORY:
            return "　".join(part for part in (case.prize_name, case.category_name) if part)
        case Arrangement.TOPIC:
            return case.topic or whole
        case Arrangement.NONE:
            return whole


def moved(order: Order, entry_id: str, step: int) -> Order:
    """The order after an entry went one place up (-1) or down (+1); at a chapter's edge it goes over into the
    next chapter. At the ends of the book nothing changes."""
    chapters = [(chapter, list(entries)) for chapter, entries in order]
    for number, (_chapter, entries) in enumerate(chapters):
        if entry_id not in entries:
            continue
        place = entries.index(entry_id)
        if 0 <= place + step < len(entries):
            entries[place], entries[place + step] = entries[place + step], entries[place]
        elif 0 <= number + step < len(chapters):
            entries.remove(entry_id)
            neighbour = chapters[number + step][1]
            neighbour.insert(len(neighbour) if step < 0 else 0, entry_id)
        break
    return tuple((chapter, tuple(entries)) for chapter, entries in chapters)


def gathered(order: Order, entry_ids: Collection[str], chapter_id: str) -> Order:
    """The order after these entries went to the end of a chapter, in the order they had in the book."""
    going = tuple(entry for entry in _flat(order) if entry in entry_ids)
    left = ((chapter, tuple(each for each in entries if each not in going)) for chapter, entries in order)
    return tuple(
        (chapter, entries + going if chapter == chapter_id else entries) for chapter, entries in left
    )


def chapter_moved(order: Order, chapter_id: str, step: int) -> Order:
    """The order after a whole chapter went one place up or down."""
    chapters = list(order)
    place = next((number for number, (chapter, _e) in enumerate(chapters) if chapter == chapter_id), None)
    if place is not None and 0 <= place + step < len(chapters):
        chapters[place], chapters[place + step] = chapters[place + step], chapters[place]
    return tuple(chapters)


def checked_order(known: Order, wanted: Order) -> Order:
    """The wanted order, if it names every chapter and every entry exactly once.

    Raises:
        Refused: somebody else has changed the edition meanwhile.
    """
    if _named(known) != _named(wanted) or len(_flat(wanted)) != len(_flat(known)):
        raise Refused(_("这本书的篇目刚刚被别人调整过，请刷新页面后再排一次。"))
    return wanted


def _named(order: Order) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(chapter for chapter, _e in order), frozenset(_flat(order))


def _flat(order: Order) -> list[str]:
    return [entry for _c, entries in order for entry in entries]


def read_order(written: str) -> Order:
    """An order as the page writes it: "chapter:entry,entry chapter: ..."."""
    parts = (part.partition(":") for part in written.split())
    return tuple((chapter, tuple(filter(None, entries.split(",")))) for chapter, _colon, entries in parts)


def with_photos(blocks: Sequence[Block], photos: Mapping[str, str]) -> tuple[Block, ...]:
    """The text with photos (id -> caption) spread evenly between its paragraphs, never right after a heading.

    A text too short for that gets them at its end.
    """
    figures = [Figure(f"attachment:{key}", caption, caption) for key, caption in photos.items()]
    places = [number for number, block in enumerate(blocks) if not isinstance(block, Heading | Figure)]
    if len(places) < len(figures) + 1:
        return (*blocks, *figures)
    chosen = {
        places[(number + 1) * len(places) // (len(figures) + 1) - 1]: figure
        for number, figure in enumerate(figures)
    }
    result: list[Block] = []
    for number, block in enumerate(blocks):
        result.append(block)
        if number in chosen:
            result.append(chosen[number])
    return tuple(result)
