"""What each step must say: the first review its written report, the second an answer to it, the third a
decision; a proof needs no words beside its error list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from casebook.reviewing.values import REPORT_FIELDS, Act, Mark, Opinion, State, Step, StepState, Verdict
from foundation.errors import FieldError
from foundation.text import _

SHORTEST = 4
"""Characters of a reason: "同意初审意见" is one, "好" is none."""


def missing(step: Step, opinion: Opinion) -> list[FieldError]:
    """What is to be added before the step can be signed; empty when nothing is."""
    match step:
        case Step.FIRST:
            return _missing_of_report(opinion)
        case Step.SECOND:
            return _missing_of_answer(opinion)
        case Step.FINAL:
            return _missing_of_decision(opinion)
        case _:
            return []


def _missing_of_report(opinion: Opinion) -> list[FieldError]:
    report = opinion.report
    problems = [
        FieldError(name, _("请写这一项；没有问题也要写明看过什么。"))
        for name in REPORT_FIELDS
        if name != "changes" and len(getattr(report, name, "")) < SHORTEST
    ]
    if opinion.verdict is None:
        problems.append(FieldError("verdict", _("请给出采用、修改后采用或不采用的建议。")))
    return problems


def _missing_of_answer(opinion: Opinion) -> list[FieldError]:
    problems = []
    if opinion.agrees is None:
        problems.append(FieldError("agrees", _("请选择是否同意初审意见。")))
    if len(opinion.statement) < SHORTEST:
        problems.append(
            FieldError("statement", _("请写复审意见：同意或不同意的理由，初审提出的问题怎样解决。"))
        )
    return problems


def _missing_of_decision(opinion: Opinion) -> list[FieldError]:
    problems = []
    if opinion.verdict not in {Verdict.ACCEPT, Verdict.REJECT}:
        problems.append(FieldError("verdict", _("请作出决定：采用或不采用。要修改的请退修。")))
    if len(opinion.statement) < SHORTEST:
        problems.append(FieldError("statement", _("请写终审意见：政治导向、质量和社会效果的结论。")))
    return problems


def signed_before(acts: Iterable[Act], state: StepState, user_id: str) -> Act | None:
    """This person's sign-off of a step that changed since or came back to him, if the last one is his: then
    only the difference is left to read, and what was said holds on."""
    if state.state not in {State.CHANGED, State.RETURNED}:
        return None
    signed = [act for act in acts if act.step is state.step and act.mark is Mark.SIGNED]
    return signed[-1] if signed and signed[-1].by_id == user_id else None


def unanswered(opinion: Opinion) -> list[FieldError]:
    """Who signs again what came back to him says what was done about it."""
    if len(opinion.statement) >= SHORTEST:
        return []
    return [FieldError("statement", _("请答复退修意见：改了什么，或者为什么不改。"))]


def carried_on(opinion: Opinion, before: Act) -> Opinion:
    """What is said anew, and for the rest what this person said before."""
    earlier = before.opinion
    return replace(
        opinion,
        statement=opinion.statement or str(_("已核对改动，原意见不变。")),
        verdict=opinion.verdict or earlier.verdict,
        agrees=earlier.agrees if opinion.agrees is None else opinion.agrees,
        report=opinion.report or earlier.report,
    )


def agreeing(step: Step, statement: str) -> Opinion:
    """The opinion of a sign-off that finds nothing to object."""
    return Opinion(
        statement=statement,
        verdict=Verdict.ACCEPT if step is Step.FINAL else None,
        agrees=True if step is Step.SECOND else None,
    )
