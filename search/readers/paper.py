"""A reading list as a document to print: for each case what it is, the owner's note, where it stands."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from foundation import richtext
from foundation.text import _
from judging.papers.ports import Paper
from search.holdings import Shelved
from search.readers.values.lists import Entry, ReadingListView


def as_paper(found: ReadingListView, *, address: Callable[[Shelved], str]) -> Paper:
    """The list; `address` gives the full address of a case."""
    body = "".join(
        _case(number, entry, address(entry.case)) for number, entry in enumerate(found.entries, start=1)
    )
    return Paper(title=found.head.name, blocks=richtext.blocks(body))


def _case(number: int, entry: Entry, address: str) -> str:
    version = entry.case.version
    facts = _(
        "%(unit)s，%(call)s，%(prize)s",
        unit=version.unit_name,
        call=entry.case.call.title,
        prize=entry.case.award.prize_name,
    )
    parts = [f"<h2>{number}. {escape(version.title)}</h2>", f"<p>{escape(str(facts))}</p>"]
    if version.summary:
        parts.append(f"<p>{escape(version.summary)}</p>")
    if entry.note:
        parts.append(f"<p><strong>{escape(str(_('备注：%(note)s', note=entry.note)))}</strong></p>")
    parts.append(f"<p>{escape(address)}</p>")
    return "".join(parts)
