"""Values of the three reviews and the proofs: what pages, the API and other rooms are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from casebook.values import ManuscriptText
from foundation.text import Text


class Step(StrEnum):
    """What a text goes through before it is printed, in this order. READING (通读) is the reading of the
    last proof as a whole: asked for where the third proof still found too much."""

    FIRST = "first"
    SECOND = "second"
    FINAL = "final"
    PROOF1 = "proof1"
    PROOF2 = "proof2"
    PROOF3 = "proof3"
    READING = "reading"


REVIEWS = (Step.FIRST, Step.SECOND, Step.FINAL)
PROOFS = (Step.PROOF1, Step.PROOF2, Step.PROOF3, Step.READING)


class Mark(StrEnum):
    """What a reviewer or proofreader did."""

    SIGNED = "signed"
    RETURNED = "returned"


class Verdict(StrEnum):
    """What the first review recommends and the final review decides."""

    ACCEPT = "accept"
    REVISE = "revise"
    REJECT = "reject"


class State(StrEnum):
    """How a step stands for the text as it is now. CHANGED: it was signed, but not for these words."""

    NOT_YET = "not_yet"
    OPEN = "open"
    SIGNED = "signed"
    CHANGED = "changed"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Report:
    """The written first report (初审报告)."""

    value: str = ""
    politics: str = ""
    facts: str = ""
    structure: str = ""
    language: str = ""
    changes: str = ""

    def items(self) -> tuple[tuple[str, str], ...]:
        """Field names with what is written there, in the report's order."""
        return tuple((name, getattr(self, name)) for name in REPORT_FIELDS)


REPORT_FIELDS = ("value", "politics", "facts", "structure", "language", "changes")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody says with his sign-off; which parts are asked for depends on the step."""

    statement: str = ""
    verdict: Verdict | None = None
    agrees: bool | None = None
    report: Report | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """A text that is reviewed: an entry, or the book's own texts (then `id` is the edition's).

    `digest` is of everything printed, `words` of its words alone (`rules.digests`). `editor_id` is the main
    editor: who wrote most of its rounds, "" while nobody has changed the copy. `characters` is its extent as
    the standard counts it.
    """

    id: str
    edition_id: str
    title: str | Text
    unit: str
    round: int
    text: ManuscriptText
    digest: str
    words: str
    characters: int
    editor_id: str = ""
    editor_name: str = ""
    prize: str = ""

    @property
    def is_book(self) -> bool:
        return self.id == self.edition_id


@dataclass(frozen=True, slots=True)
class Act:
    """A sign-off or a return, as it was recorded; `number` counts from 1 within the subject.

    `back_to` is the step a return goes to, None: to the editor. `build` is the number of the made proof that
    was read, None: the manuscript. `brief`: only the difference since the same person's sign-off was read.
    """

    id: str
    subject_id: str
    number: int
    step: Step
    mark: Mark
    opinion: Opinion
    back_to: Step | None
    digest: str
    words: str
    round: int
    build: int | None
    characters: int
    brief: bool
    by_id: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StepState:
    """How one step of one subject stands. `turn`: it can be signed now. `act` is the sign-off that counts or
    counted last, or the return that is to be answered."""

    step: Step
    state: State
    turn: bool
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class Clearance:
    """Whether a book may go to the printer, and what is missing, each a sentence."""

    missing: tuple[Text, ...]

    @property
    def cleared(self) -> bool:
        return not self.missing


class ErrorKind(StrEnum):
    """Kinds of errors as error lists head them."""

    POLITICAL = "political"
    KNOWLEDGE = "knowledge"
    LANGUAGE = "language"
    WORD = "word"
    PUNCTUATION = "punctuation"
    NUMBER = "number"
    LAYOUT = "layout"


class ErrorState(StrEnum):
    """DISMISSED: the editor lets the text stand, with a reason."""

    OPEN = "open"
    CORRECTED = "corrected"
    DISMISSED = "dismissed"
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class ProofError:
    """One line of an error list. `before` is the passage as it was read, `after` as it should be; `place` is
    where in the proof (a page, a line). `fault` names what it counts as (`rules.counting.FAULTS`)."""

    id: str
    subject_id: str
    step: Step
    turn: int
    fault: str
    before: str
    after: str
    place: str
    note: str
    state: ErrorState
    found_by: str
    found_name: str
    found_at: datetime
    settled_by: str = ""
    settled_name: str = ""
    settled_at: datetime | None = None
    corrected_round: int | None = None
    answer: str = ""
    verified_name: str = ""
    verified_at: datetime | None = None

    @property
    def counts(self) -> bool:
        return self.state is not ErrorState.DISMISSED


@dataclass(frozen=True, slots=True)
class Rate:
    """An error rate: counted errors, extent, and errors per 10,000 characters (None without extent)."""

    errors: Decimal
    characters: int
    found: int

    @property
    def per_10000(self) -> Decimal | None:
        if not self.characters:
            return None
        return (self.errors * 10000 / self.characters).quantize(Decimal("0.01"))


@dataclass(frozen=True, slots=True)
class Duty:
    """Who is to do a step: for the whole edition, or, with another `subject_id`, for one text of it."""

    subject_id: str
    step: Step
    user_id: str
    user_name: str


@dataclass(frozen=True, slots=True)
class Duties:
    """All assignments of an edition. `special` are those of single texts."""

    general: Mapping[Step, Duty] = field(default_factory=dict)
    special: Mapping[tuple[str, Step], Duty] = field(default_factory=dict)

    def of(self, subject_id: str, step: Step) -> Duty | None:
        return self.special.get((subject_id, step)) or self.general.get(step)


@dataclass(frozen=True, slots=True)
class File:
    """Everything recorded of one subject: its sign-offs and returns, how its steps stand, its error list."""

    subject: Subject
    acts: tuple[Act, ...]
    states: Mapping[Step, StepState]
    errors: tuple[ProofError, ...]

    def signed(self, step: Step) -> Act | None:
        """The sign-off that stands for the text as it is now."""
        found = self.states[step]
        return found.act if found.state is State.SIGNED else None
