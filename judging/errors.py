"""Refusals of judging that callers tell apart."""

from foundation.errors import Refused


class ScoringOver(Refused):
    """The round is closed or decided, its deadline has passed, or this scorecard is not open."""


class Outdated(Refused):
    """What the organiser looked at has changed meanwhile: preview and standings are shown again."""


class AlreadyDecided(Refused):
    """Somebody decided the prizes first."""
