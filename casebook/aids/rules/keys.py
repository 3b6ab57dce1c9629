"""From slips to findings: what names one, and which ignoring holds for it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

from casebook.aids.values import Finding, Ignoring, Line, Scope, Slip

AROUND = 12
"""Characters on either side by which a passage is known again."""


def findings(entry_id: str, slips: Iterable[Slip], lines: Sequence[Line]) -> list[Finding]:
    """The slips with the words they are about, in reading order."""
    texts = {line.place: (number, line.text) for number, line in enumerate(lines)}

    def order(each: Slip) -> tuple[int, int, int, str]:
        return texts.get(each.place, (len(lines), ""))[0], each.start, each.end, each.rule

    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for slip in sorted(slips, key=order):
        text = texts.get(slip.place, (0, ""))[1]
        passage = text[slip.start : slip.end]
        before = text[max(0, slip.start - AROUND) : slip.start]
        after = text[slip.end : slip.end + AROUND]
        words = (entry_id, slip.rule, passage or slip.place, before, after)
        key = hashlib.sha256("\0".join((*words, str(seen[words]))).encode()).hexdigest()[:20]
        seen[words] += 1
        found.append(Finding(key, entry_id, slip, passage, before, after))
    return found


def ignored(found: Sequence[Finding], said: Sequence[Ignoring]) -> dict[str, Ignoring]:
    """Which findings an editor has said no to: key -> what was said.

    An ignoring of one place holds as long as the passage stands there: the same words with the same words
    before them or after them. It holds once; whoever ignores one of two equal places has not ignored both.
    """
    everywhere = {(each.rule, each.passage): each for each in said if each.scope is Scope.BOOK}
    places: dict[tuple[str, str, str], list[Ignoring]] = {}
    for each in said:
        if each.scope is Scope.PLACE:
            places.setdefault((each.entry_id, each.rule, each.passage), []).append(each)
    result: dict[str, Ignoring] = {}
    for exactly in (True, False):
        for finding in found:
            if finding.key in result:
                continue
            if word := everywhere.get((finding.slip.rule, finding.passage)):
                result[finding.key] = word
                continue
            waiting = places.get((finding.entry_id, finding.slip.rule, finding.passage), [])
            holds = next((each for each in waiting if _holds(each, finding, exactly=exactly)), None)
            if holds is not None:
                waiting.remove(holds)
                result[finding.key] = holds
    return result


def _holds(said: Ignoring, finding: Finding, *, exactly: bool) -> bool:
    before, after = said.before == finding.before, said.after == finding.after
    return before and after if exactly else before or after
