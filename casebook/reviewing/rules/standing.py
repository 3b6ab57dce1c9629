"""How the steps of a text stand, from what was recorded and what the text is now.

The practice followed: 三审责任制度 of the 图书质量保障体系 (新闻出版署, 1997): 初审, 复审 and 终审 in that
order, none left out, no two of them by one person; the first with a written report, the second answering it,
the third deciding. And its 三校一读: three proofs at least, and a reading of the last. Decided here:

* A review stands for the words it was signed for. Any change of words takes back all three; they are signed
  again in their order, each by reading the difference.
* A return takes back the sign-off of the step it goes to and of all after it.
* A proof is read once the text has been through the three reviews. What a proof finds changes the text, so a
  proof is done when it is signed; only the third, or a later reading, must stand for the text as it is now,
  and signing it again is the check of corrections (核红).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from casebook.reviewing.values import (
    PROOFS,
    REVIEWS,
    Act,
    Mark,
    ProofError,
    State,
    Step,
    StepState,
    Subject,
)

_Signed = dict[Step, Act]


def standing(acts: Iterable[Act], subject: Subject) -> Mapping[Step, StepState]:
    """The state of every step; `acts` in the order in which they were recorded."""
    signed, returned = _effective(acts)
    states = _reviews(signed, returned, subject)
    reviewed = all(step in signed for step in REVIEWS)
    last = next((step for step in (Step.READING, Step.PROOF3) if step in signed), None)
    ready = reviewed
    for step in PROOFS:
        act = signed.get(step)
        if act is None:
            states[step] = StepState(step, State.OPEN if ready else State.NOT_YET, ready)
        else:
            holds = step is not last or act.digest == subject.digest
            states[step] = StepState(step, State.SIGNED if holds else State.CHANGED, not holds, act)
        ready = ready and act is not None
    return states


def _effective(acts: Iterable[Act]) -> tuple[_Signed, _Signed]:
    """Sign-offs that no return took back, and returns that no sign-off has answered, by step."""
    signed: _Signed = {}
    returned: _Signed = {}
    for act in acts:
        if act.mark is Mark.SIGNED:
            signed[act.step] = act
            returned.pop(act.step, None)
            continue
        target = act.back_to or act.step
        for step in REVIEWS[REVIEWS.index(target) :]:
            signed.pop(step, None)
            returned.pop(step, None)
        returned[target] = act
    return signed, returned


def _reviews(signed: _Signed, returned: _Signed, subject: Subject) -> dict[Step, StepState]:
    states: dict[Step, StepState] = {}
    turn = True
    for step in REVIEWS:
        act = signed.get(step)
        if step in returned:
            found = StepState(step, State.RETURNED, turn, returned[step])
        elif act is None:
            found = StepState(step, State.OPEN if turn else State.NOT_YET, turn)
        elif act.words == subject.words:
            found = StepState(step, State.SIGNED, False, act)
        else:
            found = StepState(step, State.CHANGED, turn, act)
        states[step] = found
        turn = turn and found.state is State.SIGNED
    return states


def next_step(states: Mapping[Step, StepState]) -> Step | None:
    """The step whose turn it is; where several are, the earliest. READING is nobody's turn by itself."""
    return next((step for step, state in states.items() if state.turn and _asked(state)), None)


def _asked(state: StepState) -> bool:
    return state.step is not Step.READING or state.state is State.CHANGED


def step_before(step: Step) -> Step | None:
    """Where a review is returned to; None: to the editor."""
    place = REVIEWS.index(step)
    return REVIEWS[place - 1] if place else None


def turn_of(acts: Iterable[Act], step: Step) -> int:
    """The number of the reading that goes on: one more than the whole readings that were signed."""
    return 1 + sum(act.step is step and act.mark is Mark.SIGNED and not act.brief for act in acts)


def last_reading(acts: Iterable[Act], errors: Iterable[ProofError]) -> list[ProofError]:
    """What the last whole reading of a text found: the last of its readings (通读), else its third proof."""
    acts = tuple(acts)
    step = Step.READING if turn_of(acts, Step.READING) > 1 else Step.PROOF3
    last = turn_of(acts, step) - 1
    return [each for each in errors if each.step is step and each.turn >= last and each.counts]
