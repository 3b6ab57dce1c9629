"""What participants are given of a pack; hints, answers, key points and notes are the trainer's."""

from __future__ import annotations

from dataclasses import replace

from search.teaching.packs.rules.lines import tidied
from search.teaching.packs.values import Content, Handout


def handout(content: Content, title: str) -> Handout:
    """The hand-out of a content from which what the reader may not see was already withheld."""
    full = tidied(content)
    return Handout(
        title=title,
        minutes=full.minutes,
        aims=tuple(line.text for line in full.aims),
        tasks=tuple(line.text for line in full.handout),
        readings=tuple(replace(each, note="") for each in full.cases),
        questions=tuple(each.text for each in full.questions if each.handed_out and each.text.strip()),
        references=tuple(line.text for line in full.references),
    )
