"""How the screen moves: one thing more of the case on it, then the next case; and the same way back.

Pure: `stages` are the stages this session reveals, `Stage.TITLE` first; a case's stage is an index into them,
-1 before it was on the screen.
"""

from __future__ import annotations

from collections.abc import Sequence

from judging.values.live import OPTIONAL_STAGES, Stage, Step

NOT_YET = -1


def stages_of(chosen: Sequence[str]) -> tuple[Stage, ...]:
    """The stages in their order, the title first; unknown words are left out."""
    return (Stage.TITLE, *(stage for stage in OPTIONAL_STAGES if stage.value in chosen))


def forward(stages: Sequence[Stage], revealed: Sequence[int], cursor: int) -> Step | None:
    """The step after the last one; None at the end. `revealed` is each case's stage in the order."""
    if not revealed:
        return None
    if revealed[cursor] < len(stages) - 1:
        return Step(cursor, revealed[cursor] + 1)
    if cursor + 1 < len(revealed):
        return Step(cursor + 1, max(revealed[cursor + 1], 0))
    return None


def back(revealed: Sequence[int], cursor: int) -> Step | None:
    """The step before: what was revealed last is taken off the screen; None at the beginning.

    A case from which even the title is taken back is as if it had not been on the screen.
    """
    if not revealed or (cursor == 0 and revealed[0] <= 0):
        return None
    if revealed[cursor] > 0:
        return Step(cursor, revealed[cursor] - 1)
    return Step(cursor - 1, revealed[cursor - 1])
