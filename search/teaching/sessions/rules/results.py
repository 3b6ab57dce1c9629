"""Sums of a session: per unit, per question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from search.teaching.sessions.rules import marking
from search.teaching.sessions.values import (
    Bar,
    Given,
    Mark,
    ParticipantView,
    PersonResult,
    Present,
    QuestionKind,
    QuestionResult,
    StepView,
    UnitResult,
    UnitView,
)


def of_people(
    people: Iterable[ParticipantView],
    present: Iterable[Present],
    given: Iterable[Given],
    steps: Sequence[StepView],
) -> list[PersonResult]:
    """A line for each participant, by unit and name."""
    there = {each.participant_id: each for each in present}
    answers: dict[str, dict[str, Given]] = {}
    for each in given:
        answers.setdefault(each.participant_id, {})[each.step_id] = each
    must = {step.id for step in steps if step.must}
    return [
        PersonResult(
            person,
            there.get(person.id),
            answers.get(person.id, {}),
            len(must & answers.get(person.id, {}).keys()),
        )
        for person in sorted(people, key=lambda each: (each.unit, each.name, each.id))
    ]


def of_units(units: Iterable[UnitView], people: Sequence[PersonResult], must: int) -> list[UnitResult]:
    """A line for each unit. Complete is who has answered every must-answer question."""
    return [
        _of_unit(unit, [each for each in people if each.person.unit_id == unit.unit_id], must)
        for unit in units
    ]


def _of_unit(unit: UnitView, people: Sequence[PersonResult], must: int) -> UnitResult:
    answers = [given for each in people for given in each.answers.values()]
    return UnitResult(
        unit_id=unit.unit_id,
        name=unit.name,
        people=len(people),
        present=sum(1 for each in people if each.present and not each.present.makeup),
        makeup=sum(1 for each in people if each.present and each.present.makeup),
        answered=sum(1 for each in people if each.answers),
        complete=sum(1 for each in people if must and each.must >= must),
        right=sum(1 for each in answers if each.mark is Mark.RIGHT),
        marked=sum(1 for each in answers if each.mark is not Mark.UNMARKED),
    )


def of_question(step: StepView, given: Sequence[Given]) -> QuestionResult:
    """How a question was answered; late answers count like the others."""
    question = step.question
    own = [each for each in given if each.step_id == step.id]
    if question is None:
        raise ValueError(step.id)
    counts = Counter(place for each in own for place in each.answer)
    short = question.kind is QuestionKind.SHORT
    bars = [
        Bar(
            str(label),
            counts[str(place)],
            counts[str(place)] / len(own) if own else 0.0,
            str(place) in question.right,
        )
        for place, label in enumerate(() if short else marking.options_of(question))
    ]
    return QuestionResult(
        step=step,
        answered=len(own),
        right=sum(1 for each in own if each.mark is Mark.RIGHT),
        marked=sum(1 for each in own if each.mark is not Mark.UNMARKED),
        bars=tuple(bars),
        words=tuple(each.answer[0] for each in own if each.answer) if short else (),
    )
