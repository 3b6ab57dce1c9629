"""Conflicts by the tree of units and by declaration."""

from dataclasses import replace

import pytest

from judging.conflicts import find, unit_conflict
from judging.values import ConflictKind
from submissions.values import ConflictRule
from tests.judging.factories import case, juror


@pytest.mark.parametrize(
    ("juror_path", "case_path", "kind"),
    [
        ("/top/a/", "/top/a/", ConflictKind.SAME_UNIT),
        ("/top/", "/top/a/", ConflictKind.UNIT_ABOVE),
        ("/top/a/x/", "/top/a/", ConflictKind.UNIT_BELOW),
        ("/top/b/", "/top/a/", None),
        ("/top/a/x/", "/top/a/y/", ConflictKind.SAME_REGION),
        ("/top/a/x/p/", "/top/a/y/", ConflictKind.SAME_REGION),
        ("/top/a/x/", "/top/b/y/", None),
        ("/a/", "/b/", None),
        ("/top/a1/", "/top/a/", None),  # a longer name is not below
        ("", "/top/a/", None),
        ("/top/a/", "", None),
    ],
)
def test_units_in_the_tree(juror_path: str, case_path: str, kind: ConflictKind | None) -> None:
    assert unit_conflict(juror_path, case_path) == kind


def test_every_planted_conflict_is_found_and_explained() -> None:
    jurors = [
        juror("own", path="/t/a/"),
        juror("above", path="/t/"),
        juror("below", path="/t/a/x/"),
        juror("free"),
    ]
    found = find(jurors, [case("c", path="/t/a/")], {("free", "c"): "同学"})
    assert {key: (each.kind, str(each.reason)) for key, each in found.items()} == {
        ("own", "c"): (ConflictKind.SAME_UNIT, "评委与案例属于同一单位"),
        ("above", "c"): (ConflictKind.UNIT_ABOVE, "评委所在单位是案例单位的上级"),
        ("below", "c"): (ConflictKind.UNIT_BELOW, "评委所在单位是案例单位的下级"),
        ("free", "c"): (ConflictKind.DECLARED, "已声明回避：同学"),
    }


def test_the_walk_agrees_with_comparing_all_pairs() -> None:
    paths = ["", "/t/", "/t/a/", "/t/a/x/", "/t/a/y/", "/t/b/", "/t/b/x/", "/u/"]
    jurors = [juror(f"j{n}", path=path) for n, path in enumerate(paths)]
    cases = [case(f"c{n}", path=path) for n, path in enumerate(paths)]
    expected = {
        (j.juror_id, c.case_id): kind
        for j in jurors
        for c in cases
        if (kind := unit_conflict(j.unit_path, c.unit_path)) is not None
    }
    found = find(jurors, cases, rules=tuple(ConflictRule))
    assert {key: each.kind for key, each in found.items()} == expected


@pytest.mark.parametrize(
    ("rules", "excluded"),
    [
        ((), set()),
        ((ConflictRule.SAME_UNIT,), {"own"}),
        ((ConflictRule.UNIT_ABOVE,), {"above", "region"}),
        ((ConflictRule.UNIT_BELOW,), {"below"}),
        ((ConflictRule.DECLARED,), {"free"}),
        ((ConflictRule.SAME_REGION,), {"own", "below", "region", "neighbour"}),
        (tuple(ConflictRule), {"own", "above", "below", "region", "neighbour", "free"}),
    ],
)
def test_only_what_the_call_names_excludes(rules: tuple[ConflictRule, ...], excluded: set[str]) -> None:
    jurors = [
        juror("own", path="/t/a/x/"),
        juror("above", path="/t/"),
        juror("region", path="/t/a/"),
        juror("below", path="/t/a/x/p/"),
        juror("neighbour", path="/t/a/y/"),
        juror("far", path="/t/b/"),
        juror("free"),
    ]
    found = find(jurors, [case("c", path="/t/a/x/")], {("free", "c"): "同学"}, rules=rules)
    assert {juror_id for juror_id, _case in found} == excluded


def test_who_has_a_hand_in_a_case_never_reads_it() -> None:
    """A co-author of another unit who became a juror later; whatever the call's rules leave out."""
    ours = replace(case("c", path="/t/a/"), writers=frozenset({"guest"}))
    found = find([juror("guest", path="/u/"), juror("free", path="/u/")], [ours, case("d")], rules=())
    assert {key: each.kind for key, each in found.items()} == {("guest", "c"): ConflictKind.WROTE}
