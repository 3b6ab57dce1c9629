"""What packs put on the page of a case: a button for those who teach, and what came of classes with it."""

from __future__ import annotations

from dataclasses import dataclass

from foundation.web import Rq
from search.holdings import Shelved
from search.slots import Place, Slot
from search.teaching.packs import policy, queries
from search.teaching.packs.pages.showing import Card, cards
from search.teaching.packs.values import Tally, UseView

OWN_SHOWN = 8
SHARED_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Desk:
    """The trainer's own packs, into which the case can go."""

    own: list[Card]


@dataclass(frozen=True, slots=True)
class Taught:
    """What is known of teaching with a case: `packs` only for those who teach."""

    tally: Tally
    voices: list[UseView]
    packs: list[Card]


def _desk(rq: Rq, case: Shelved) -> Desk | None:
    if policy.may_teach(rq.actor) is not None:
        return None
    own = queries.own_packs(rq.db, rq.actor.user_id)
    return Desk(cards(rq, [each for each in own if case.id not in each.content.case_ids][:OWN_SHOWN]))


def _taught(rq: Rq, case: Shelved) -> Taught | None:
    """The case itself was let through by the shelf's gate before this is asked."""
    tally = queries.tally_of_case(rq.db, case.id)
    teaches = policy.may_teach(rq.actor) is None
    packs = queries.shared_packs(rq.db, case_id=case.id, most=SHARED_SHOWN) if teaches else []
    if not tally.classes and not packs:
        return None
    return Taught(tally, queries.voices(rq.db, case.id), cards(rq, packs))


SLOTS = (
    Slot(Place.ACTIONS, "teaching/_case_desk.html", _desk),
    Slot(Place.END, "teaching/_case_taught.html", _taught),
)
