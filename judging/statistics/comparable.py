"""Which cases can be compared where a rule compares jurors: those whose jurors are linked by shared cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def components(readers: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Case id -> a name common to all cases that are linked by jurors (one juror's id); without those that
    nobody has read."""
    root: dict[str, str] = {}

    def find(juror: str) -> str:
        while root.setdefault(juror, juror) != juror:
            root[juror] = juror = root[root[juror]]
        return juror

    sets = {case_id: tuple(jurors) for case_id, jurors in readers.items()}
    for jurors in sets.values():
        for juror in jurors[1:]:
            first, second = sorted((find(jurors[0]), find(juror)))
            root[second] = first
    return {case_id: find(jurors[0]) for case_id, jurors in sets.items() if jurors}


def divided(readers: Mapping[str, Iterable[str]], pool_of: Mapping[str, str]) -> dict[str, int]:
    """Pool -> how many unlinked sets of jurors its cases fall into, for pools with more than one."""
    found: dict[str, set[str]] = {}
    for case_id, component in components(readers).items():
        found.setdefault(pool_of.get(case_id, ""), set()).add(component)
    return {pool: len(names) for pool, names in found.items() if len(names) > 1}
