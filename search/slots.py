"""Places on the page of a case where other rooms of the library put something of theirs.

A room gives a `Slot` for each of its parts; `search/pages/__init__.py` puts them together. A slot's template
is a partial (`search/templates/...`); it is rendered with the page's context (`rq`, `actor`, `ui`, `case`,
`address`, ...) and finds what its `load` returned as `slot`. Where `load` returns None, nothing is shown: the
actor may not use it, or there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from foundation.web import Rq
from search.holdings import Shelved


class Place(StrEnum):
    """Where on the page."""

    ACTIONS = "actions"
    """Among the buttons under the title (`btn btn-outline-secondary`): one, or a `<details class="menu">`."""
    SIDE = "side"
    """Beside the text, below the facts: a `<section class="panel noprint">` with an `<h2>`."""
    END = "end"
    """Below the text: a `<section>` with an `<h2>`; the collections and packs that hold the case."""
    HIT = "hit"
    """In the list of hits, below each card: one small button (`btn btn-sm btn-outline-secondary`); with
    `data-key="x"` that key presses it for the hit that has the focus. Loaded for each hit: be quick."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of a page: where, by which partial, with what. Slots of a place are shown in the order given."""

    place: Place
    template: str
    load: Callable[[Rq, Shelved], object | None]


@dataclass(frozen=True, slots=True)
class Filled:
    """A slot that has something to show."""

    template: str
    content: object


def filled(slots: Iterable[Slot], rq: Rq, case: Shelved) -> dict[str, list[Filled]]:
    """Place -> what is shown there of this case for this reader."""
    shown: dict[str, list[Filled]] = {place.value: [] for place in Place}
    for slot in slots:
        content = slot.load(rq, case)
        if content is not None:
            shown[slot.place.value].append(Filled(slot.template, content))
    return shown
