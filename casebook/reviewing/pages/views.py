"""What the pages of reviews and proofs are given to show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from casebook.reviewing import policy, queries
from casebook.reviewing.rules.counting import rate
from casebook.reviewing.rules.opinions import signed_before
from casebook.reviewing.values import (
    PROOFS,
    Duties,
    Duty,
    ErrorState,
    File,
    Mark,
    Rate,
    State,
    Step,
    StepState,
)
from casebook.reviewing.wording import STATE_NAMES, STEP_NAMES
from foundation.actor import Actor
from foundation.text import Text, _

ProofNumbers = Callable[[Session, str], Sequence[int]]
"""Session, edition -> the numbers of its made proofs, the newest first."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One step of one text. `who` did it, or is to do it; `mark` is the kind of its tag."""

    step: Step
    name: Text
    state: Text
    mark: str
    who: str | Text
    at: datetime | None
    done: bool
    turn: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One text on the board. `task` is what the reader can sign of it now; `pick`: also in one go."""

    file: File
    url: str
    cells: tuple[Cell, ...]
    task: Step | None
    pick: bool
    open_errors: int

    @property
    def returned(self) -> bool:
        return any(state.state is State.RETURNED for state in self.file.states.values())

    @property
    def waiting(self) -> bool:
        return any(state.turn and state.step is not Step.READING for state in self.file.states.values())


def lines(actor: Actor, files: Sequence[File], given: Duties, read: dict[str, str]) -> list[Line]:
    """The board for one reader; `read` are the digests of what he has read to the end."""
    return [_line(actor, found, given, read.get(found.subject.id, "")) for found in files]


def _line(actor: Actor, found: File, given: Duties, read: str) -> Line:
    task = queries.task(actor, found, given)
    whole = read == found.subject.digest
    report = task is Step.FIRST and not signed_before(found.acts, found.states[Step.FIRST], actor.user_id)
    return Line(
        file=found,
        url=address(found.subject.edition_id, found.subject.id),
        cells=cells(found, given),
        task=task,
        pick=task is not None and whole and not report,
        open_errors=sum(each.state in {ErrorState.OPEN, ErrorState.CORRECTED} for each in found.errors),
    )


def address(edition_id: str, subject_id: str) -> str:
    """The page of a text."""
    base = f"/editions/{edition_id}"
    return f"{base}/reviews/own" if subject_id == edition_id else f"{base}/entries/{subject_id}/reviews"


def cells(found: File, given: Duties) -> tuple[Cell, ...]:
    shown = [state for state in found.states.values() if state.step is not Step.READING or state.act]
    return tuple(_cell(state, found, given) for state in shown)


def _cell(state: StepState, found: File, given: Duties) -> Cell:
    """An assignment that a rule forbids for this text shows before anybody waits for it."""
    name, mark = STATE_NAMES[state.state]
    act, duty = state.act, given.of(found.subject.id, state.step)
    signed = act is not None and act.mark is Mark.SIGNED
    if act is None and duty and policy.kept_off(duty.user_id, found.subject, state.step, found.acts):
        name, mark = _("要换人"), "err"
    return Cell(
        step=state.step,
        name=STEP_NAMES[state.step],
        state=name,
        mark=mark,
        who=_who(state, duty),
        at=act.at if act is not None else None,
        done=signed and state.state is State.SIGNED,
        turn=state.turn,
    )


def rates(files: Sequence[File]) -> list[tuple[Text, Rate]]:
    """The error rate of each proof over these texts, of proofs that were read of all of them or of some."""
    found = []
    for step in PROOFS:
        read = [each for each in files if each.states[step].act or any(e.step is step for e in each.errors)]
        if read:
            errors = [error for each in read for error in each.errors if error.step is step]
            found.append((STEP_NAMES[step], rate(errors, sum(each.subject.characters for each in read))))
    return found


def _who(state: StepState, duty: Duty | None) -> str | Text:
    """Who signed it or gave it back; before that, whose it is."""
    if state.act is None:
        return duty.user_name if duty else ""
    if state.act.mark is Mark.RETURNED:
        return _("%(name)s退回", name=state.act.by_name)
    return state.act.by_name


FILTERS: tuple[tuple[str, Text], ...] = (
    ("", _("全部")),
    ("mine", _("我可以办的")),
    ("waiting", _("等待中")),
    ("returned", _("退修")),
    ("errors", _("有未了差错")),
)


def chosen(found: Sequence[Line], which: str) -> list[Line]:
    """The lines that a filter keeps; an unknown filter keeps all."""
    match which:
        case "mine":
            return [each for each in found if each.task is not None]
        case "waiting":
            return [each for each in found if each.waiting]
        case "returned":
            return [each for each in found if each.returned]
        case "errors":
            return [each for each in found if each.open_errors]
        case _:
            return list(found)
