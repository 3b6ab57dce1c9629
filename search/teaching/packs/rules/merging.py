"""Two copies of one pack that were changed at the same time: section by section.

Where only one side changed a section since both began, that side counts. Where both did, somebody has to say
whose is kept; the other side's words stay in the history of the pack.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from search.teaching.packs.values import SECTIONS, Content

Side = Literal["", "mine", "theirs"]


@dataclass(frozen=True, slots=True)
class Merge:
    """The copy to keep, the sections that came from the other side, and those that both sides changed."""

    content: Content
    taken: tuple[str, ...]
    clashes: tuple[str, ...]


def merge(base: Content | None, mine: Content, theirs: Content, prefer: Side = "") -> Merge:
    """`base` is what both began with, None where that is no longer known: then every difference is a clash.

    `prefer` decides the clashes; while it is "" the merged content keeps mine in them.
    """
    taken, clashes = [], []
    for name in SECTIONS:
        left, right = getattr(mine, name), getattr(theirs, name)
        if left == right:
            continue
        before = getattr(base, name) if base is not None else None
        if base is not None and left == before:
            taken.append(name)
        elif base is None or right != before:
            clashes.append(name)
    if prefer == "theirs":
        taken = [name for name in SECTIONS if name in taken or name in clashes]
    content = replace(mine, **{name: getattr(theirs, name) for name in taken})
    return Merge(content, tuple(taken), () if prefer else tuple(clashes))
