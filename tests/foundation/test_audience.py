"""For whom something published is."""

import pytest

from foundation.actor import ANONYMOUS, SYSTEM, Actor, Role
from foundation.audience import Audience, audience_of, open_to

MEMBER = Actor("u1", roles=frozenset({Role.SUBMITTER}))


@pytest.mark.parametrize(
    ("actor", "audience"),
    [
        (ANONYMOUS, Audience.PUBLIC),
        (MEMBER, Audience.MEMBERS),
        (Actor("u2", roles=frozenset({Role.JUROR})), Audience.MEMBERS),
        (Actor("u3", roles=frozenset({Role.TRAINER})), Audience.TRAINERS),
        (Actor("u4", roles=frozenset({Role.SUBMITTER, Role.EDITOR})), Audience.TRAINERS),
        (SYSTEM, Audience.TRAINERS),
    ],
)
def test_everybody_has_one(actor: Actor, audience: Audience) -> None:
    assert audience_of(actor) is audience


def test_the_wider_circle_reads_less() -> None:
    assert open_to(ANONYMOUS) < open_to(MEMBER) < open_to(SYSTEM) == frozenset(Audience)
