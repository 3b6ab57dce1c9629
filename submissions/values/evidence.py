"""The claims of a case and the evidence each is linked to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Source:
    """One piece of evidence: an attachment of the case, or a web address; `note` says where in it to look."""

    attachment_id: str = ""
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """Words of the body that evidence stands behind.

    `quote` is what its author marked, `before` and `after` the characters around it then: together they find
    the place again after the text was edited. `needless` is a proposed claim of which the authors have said
    that it needs no evidence.
    """

    id: str
    quote: str
    before: str = ""
    after: str = ""
    sources: tuple[Source, ...] = ()
    needless: bool = False


class Anchoring(StrEnum):
    """What became of a claim's words in the text as it is now."""

    EXACT = "exact"
    CHANGED = "changed"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class PlacedClaim:
    """A claim in a text: characters `start` to `end` of its plain text say `words` now; "" when lost."""

    claim: Claim
    state: Anchoring
    start: int = -1
    end: int = -1
    words: str = ""


class ClaimKind(StrEnum):
    """Why a passage reads as a claim."""

    COMPARISON = "comparison"
    SHARE = "share"
    MULTIPLE = "multiple"
    AMOUNT = "amount"
    RANK = "rank"
    HONOUR = "honour"
    RESULT_DATE = "result_date"


@dataclass(frozen=True, slots=True)
class ProposedClaim:
    """A passage that states something countable; `figures` are the words in it that do."""

    quote: str
    before: str
    after: str
    kinds: tuple[ClaimKind, ...]
    figures: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """The claims of a text with their places, and what reads as a claim and is none yet."""

    claims: tuple[PlacedClaim, ...]
    needless: tuple[PlacedClaim, ...]
    proposed: tuple[ProposedClaim, ...]

    @property
    def standing(self) -> tuple[PlacedClaim, ...]:
        """Claims whose words are in the text."""
        return tuple(each for each in self.claims if each.state is not Anchoring.LOST)

    @property
    def lost(self) -> tuple[PlacedClaim, ...]:
        """Claims whose words are gone."""
        return tuple(each for each in self.claims if each.state is Anchoring.LOST)

    @property
    def bare(self) -> tuple[PlacedClaim, ...]:
        """Claims that nothing is linked to."""
        return tuple(each for each in self.standing if not each.claim.sources)
