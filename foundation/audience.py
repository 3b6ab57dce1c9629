"""For whom something published is: everybody, everybody with an account, or those who teach with it."""

from collections.abc import Mapping
from enum import StrEnum

from foundation.actor import SYSTEM, Actor, Role

TEACHING = (Role.TRAINER, Role.ORGANISER, Role.EDITOR, Role.ADMINISTRATOR)
"""Roles that read what is for trainers: those who teach, and those who look after the library."""


class Audience(StrEnum):
    """Each contains the ones after it: who reads what is for trainers reads everything."""

    PUBLIC = "public"
    MEMBERS = "members"
    TRAINERS = "trainers"


def audience_of(actor: Actor) -> Audience:
    """The narrowest audience that the actor belongs to."""
    if actor is SYSTEM or actor.has(*TEACHING):
        return Audience.TRAINERS
    return Audience.MEMBERS if actor.signed_in else Audience.PUBLIC


def open_to(actor: Actor) -> frozenset[Audience]:
    """The audiences whose cases the actor reads."""
    return READS[audience_of(actor)]


READS: Mapping[Audience, frozenset[Audience]] = {
    Audience.PUBLIC: frozenset({Audience.PUBLIC}),
    Audience.MEMBERS: frozenset({Audience.PUBLIC, Audience.MEMBERS}),
    Audience.TRAINERS: frozenset(Audience),
}
"""What an audience reads."""
