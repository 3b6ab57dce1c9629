"""What the public may see of a live review, put together anew after each deed of the organiser.

Stream, screen, telephone and replay are drawn from this value alone: what was not revealed is not in it, so
no page and no script can show it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from judging.values.live import AskedQuestion, LiveCase, LiveState, QuestionState, Stage

Shown = dict[str, Any]

_KEYS: dict[Stage, tuple[str, ...]] = {
    Stage.UNIT: ("unit",),
    Stage.CRITERIA: ("criteria", "reads"),
    Stage.SCORE: ("score", "full"),
    Stage.RANK: ("rank", "of"),
    Stage.AUDIENCE: ("votes", "vote"),
}
"""The figures that come with each stage."""


def keys_of(stage: Stage) -> tuple[str, ...]:
    """Names of the figures that this stage reveals."""
    return _KEYS.get(stage, ())


def put_together(
    *,
    title: str,
    state: LiveState,
    stages: Sequence[Stage],
    cursor: int,
    cases: Sequence[LiveCase],
    questions: Sequence[AskedQuestion],
    questions_open: bool,
) -> Shown:
    """Everything that is public at this moment."""
    seen = [(place, revealed(case, place, stages)) for place, case in enumerate(cases) if case.stage >= 0]
    running = state is LiveState.RUNNING
    current = next((each for place, each in seen if place == cursor), None) if running else None
    return {
        "title": title,
        "state": state.value,
        "count": len(cases),
        "current": current,
        "votable": running and current is not None and _votable(cases[cursor], stages),
        "cases": [each for _place, each in seen],
        "standing": _standing([each for _place, each in seen]),
        "questions": [
            {"id": each.id, "name": each.name, "words": each.words, "about": each.about,
             "answered": each.state is QuestionState.ANSWERED}
            for each in questions
            if each.state in (QuestionState.APPROVED, QuestionState.ANSWERED)
        ],
        "questions_open": running and questions_open,
    }  # fmt: skip


def revealed(case: LiveCase, place: int, stages: Sequence[Stage]) -> Shown:
    """What is revealed of one case: its title, and the figures of the stages it has reached."""
    reached = stages[: case.stage + 1]
    figures: Mapping[str, object] = {"unit": case.unit_name, **case.figures}
    return {
        "id": case.id,
        "number": place + 1,
        "title": case.title,
        **{key: figures[key] for stage in reached for key in keys_of(stage) if key in figures},
    }


def _votable(case: LiveCase, stages: Sequence[Stage]) -> bool:
    """The audience votes until its result is shown, so that nobody votes with the result before his eyes."""
    return Stage.AUDIENCE in stages and case.stage < stages.index(Stage.AUDIENCE)


def _standing(seen: Sequence[Shown]) -> list[Shown]:
    """The revealed scores, the highest first; equal ones stand in the order in which they were shown."""
    scored = [each for each in seen if each.get("score")]
    ordered = sorted(scored, key=lambda each: (-float(each["score"]), each["number"]))
    return [
        {
            "id": each["id"],
            "title": each["title"],
            "unit": each.get("unit", ""),
            "score": each["score"],
            "place": 1 + sum(1 for other in scored if float(other["score"]) > float(each["score"])),
        }
        for each in ordered
    ]
