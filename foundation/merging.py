"""Two people's copies of one text, laid side by side so that a person can choose, place by place.

Where the text both began with is known, the side that changed it is picked beforehand; where both did, mine.
Nothing is decided here: whoever reads the choices takes what is picked or the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from foundation.differences import Piece, lines, words

Side = Literal["mine", "theirs"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or a field: `text` as a person reads it, `value` as it is kept."""

    text: str
    value: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One place. Where the two agree (`same`) nothing is to be chosen; an empty value is "nothing here"."""

    same: bool
    mine: Passage
    theirs: Passage
    mine_marked: tuple[Piece, ...]
    theirs_marked: tuple[Piece, ...]
    picked: Side

    @property
    def place(self) -> str:
        """What happened here, seen from what the server has: added, removed or changed by me."""
        if self.theirs is NOTHING:
            return "added"
        return "removed" if self.mine is NOTHING else "changed"

    @property
    def only_format(self) -> bool:
        """The words agree, their form does not."""
        return not self.same and self.mine.text == self.theirs.text


NOTHING = Passage("", "")


def choices(
    mine: Sequence[Passage], theirs: Sequence[Passage], base: Sequence[Passage] | None = None
) -> list[Choice]:
    """Both sides in reading order. `base` is what both began with, None where that is not known."""
    known = None if base is None else Counter(each.value for each in base)
    found = []
    for line in lines([each.text for each in theirs], [each.text for each in mine]):
        left = NOTHING if line.after_index is None else mine[line.after_index]
        right = NOTHING if line.before_index is None else theirs[line.before_index]
        marked = (line.after, line.before)
        found.append(Choice(left.value == right.value, left, right, *marked, _picked(left, right, known)))
    return found


def choice(mine: Passage, theirs: Passage, base: Passage | None = None) -> Choice:
    """A field that is taken as a whole."""
    right, left = words(theirs.text, mine.text)
    known = None if base is None else Counter([base.value])
    return Choice(mine.value == theirs.value, mine, theirs, left, right, _picked(mine, theirs, known))


def _picked(mine: Passage, theirs: Passage, base: Counter[str] | None) -> Side:
    """Theirs, if only they changed what both began with."""
    if base is None or mine.value == theirs.value:
        return "mine"
    if mine is NOTHING:
        return "mine" if base[theirs.value] else "theirs"  # I took it out; they added it
    if theirs is NOTHING:
        return "theirs" if base[mine.value] else "mine"
    return "theirs" if base[mine.value] else "mine"
