"""After a window: the superior's order, the formal check, what jurors must not read."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from foundation.actor import Actor
from submissions import queries, service
from submissions.identity import Subject, leaks, masks_of
from submissions.rules.lifecycle import Deed
from submissions.rules.windows import SETTLED
from submissions.values import CallView
from webapp.demo.collecting import hand_in_anew
from webapp.demo.reading import DemoCall
from webapp.demo.world import World

CHECKING = timedelta(hours=17)
"""From the closing to the first decision."""
DUE = timedelta(days=2)
MASKING = timedelta(hours=46)


def close(world: World, call: DemoCall, view: CallView, ids: Mapping[str, str]) -> None:
    """The window ends; the organiser checks the cases where the call asks for it."""
    _order(world, call, view, ids)
    service.close_due(world.db, now=view.closes_at + SETTLED)
    if not call.rules.needs_check:
        return
    for place, (key, case_id) in enumerate(ids.items()):
        now = view.closes_at + CHECKING + timedelta(minutes=9 * place)
        _check(world, case_id, now)
        if call.returned is not None and call.returned.case == key:
            _give_back(world, view, case_id, call.returned.reason, now)
            hand_in_anew(world, call, call.cases[place], case_id, now + timedelta(hours=5))
            _check(world, case_id, now + timedelta(hours=24))
    organiser = world.actors["organiser"]
    for place, key in enumerate(call.masks):
        now = view.closes_at + MASKING + timedelta(minutes=4 * place)
        confirm(world, organiser, ids[key], call.masks[key], now)


def _order(world: World, call: DemoCall, view: CallView, ids: Mapping[str, str]) -> None:
    """The superior puts what it has recommended into its order, on the last morning."""
    if call.order:
        service.rank_recommendations(
            world.db,
            actor=world.actors["superior"],
            now=view.closes_at - timedelta(hours=6),
            call_id=view.id,
            order=[ids[key] for key in call.order],
        )


def _check(world: World, case_id: str, now: datetime) -> None:
    service.check_case(
        world.db, actor=world.actors["organiser"], now=now, case_id=case_id, outcome=Deed.CHECK
    )


def _give_back(world: World, view: CallView, case_id: str, reason: str, now: datetime) -> None:
    """Passed by mistake a moment ago: that is undone, and the case returned with a deadline."""
    organiser = world.actors["organiser"]
    service.undo_decision(
        world.db,
        actor=organiser,
        now=now + timedelta(minutes=2),
        case_id=case_id,
        judging_has_begun=False,
    )
    service.return_case(
        world.db,
        actor=organiser,
        now=now + timedelta(minutes=5),
        case_id=case_id,
        reason=reason,
        due_at=view.closes_at + DUE,
    )


def confirm(world: World, actor: Actor, case_id: str, words: tuple[str, ...], now: datetime) -> None:
    """Confirm the masked copy of a case with what is proposed and these `words` covered."""
    subject = service.identity_subject(world.db, actor=actor, now=now, case_id=case_id)
    found = leaks(Subject(subject, queries.unit_names(world.db, subject.unit_id)))
    offered = [each for each in found if not each.automatic]
    chosen = [each.words for each in offered if each.proposed or each.words in words]
    service.confirm_identity(
        world.db,
        actor=actor,
        now=now,
        case_id=case_id,
        seen=subject.content_hash,
        masks=masks_of(found, chosen, words),
        kept=[each.words for each in offered if each.words not in chosen],
    )
