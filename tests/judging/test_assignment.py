"""Distribution by button: what must hold, what cannot be satisfied and why."""

import random
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.assignment import Mixing, arcs, distribute, mixing
from judging.values import CaseSeat, JurorSeat
from tests.judging.factories import case, juror


def test_every_case_is_read_and_loads_are_even() -> None:
    plan = distribute([case(f"c{n}") for n in range(20)], [juror(f"j{n}") for n in range(8)], reads=3, seed=1)
    assert Counter(each for each, _juror in plan.added) == {f"c{n}": 3 for n in range(20)}
    assert sorted(plan.loads.values()) == [7, 7, 7, 7, 8, 8, 8, 8]
    assert (plan.shortfalls, plan.notes, plan.components) == ((), (), 1)
    assert plan.mixing > 0.85


def test_conflicts_never_happen() -> None:
    cases, jurors = [case(f"c{n}") for n in range(6)], [juror(f"j{n}") for n in range(4)]
    conflicts = {("j0", "c0"), ("j1", "c0"), ("j2", "c3")}
    plan = distribute(cases, jurors, reads=2, seed=3, conflicts=conflicts)
    assert {(juror_id, case_id) for case_id, juror_id in plan.added} & conflicts == set()
    assert {juror_id for case_id, juror_id in plan.added if case_id == "c0"} == {"j2", "j3"}


def test_the_same_seed_gives_the_same_plan_in_any_order() -> None:
    cases, jurors = [case(f"c{n}") for n in range(15)], [juror(f"j{n}") for n in range(6)]
    once = distribute(cases, jurors, reads=3, seed=7)
    random.Random(5).shuffle(cases)
    random.Random(6).shuffle(jurors)
    assert distribute(cases, jurors, reads=3, seed=7) == once
    assert distribute(cases, jurors, reads=3, seed=8).added != once.added


def test_two_jurors_of_one_unit_share_a_case_only_without_alternative() -> None:
    jurors = [juror("a1", path="/t/a/"), juror("a2", path="/t/a/"), juror("b", path="/t/b/"), juror("free")]
    plan = distribute([case(f"c{n}") for n in range(4)], jurors, reads=3, seed=1)
    assert dict(plan.loads) == {"a1": 2, "a2": 2, "b": 4, "free": 4}
    for number in range(4):
        readers = {each for case_id, each in plan.added if case_id == f"c{number}"}
        assert readers >= {"b", "free"}
    crowded = distribute([case("c0")], jurors, reads=4, seed=1)
    assert len(crowded.added) == 4
    assert [str(note) for note in crowded.notes] == [
        "没有别的办法，以下案例有来自同一单位的两位评委：C0。",
    ]


def test_two_jurors_without_a_unit_are_no_colleagues() -> None:
    plan = distribute([case("c")], [juror("x"), juror("y"), juror("z", path="/t/")], reads=2, seed=1)
    assert (len(plan.added), [str(note) for note in plan.notes]) == (2, ["有 1 位评委没有分到案例。"])


def test_too_few_jurors_without_conflict_is_said() -> None:
    conflicts = {("j0", "c0"), ("j1", "c0")}
    plan = distribute(
        [case("c0"), case("c1")],
        [juror("j0"), juror("j1"), juror("j2")],
        reads=2,
        seed=1,
        conflicts=conflicts,
    )
    (short,) = plan.shortfalls
    assert (short.case_id, short.missing, str(short.reason)) == (
        "c0",
        1,
        "C0 还需要 2 位评委，没有利益冲突、也没有读过它的评委只有 1 位。",
    )


def test_load_limits_hold_and_are_named_as_the_reason() -> None:
    jurors = [juror("j0", limit=1), juror("j1", limit=1)]
    plan = distribute([case("c0"), case("c1")], jurors, reads=2, seed=1)
    assert dict(plan.loads) == {"j0": 1, "j1": 1}
    assert {str(short.reason)[2:] for short in plan.shortfalls} == {
        " 还需要 2 位评委，可以读它的评委都已达到各自的工作量上限。"
    }
    assert sum(short.missing for short in plan.shortfalls) == 2


def test_one_limited_juror_leaves_the_others_even() -> None:
    jurors = [juror("j0", limit=1), juror("j1"), juror("j2"), juror("j3"), juror("j4")]
    plan = distribute([case(f"c{n}") for n in range(12)], jurors, reads=2, seed=1)
    assert sorted(plan.loads.values()) == [1, 5, 6, 6, 6]


def test_topping_up_moves_nothing_and_evens_out() -> None:
    cases, jurors = [case(f"c{n}") for n in range(4)], [juror(f"j{n}") for n in range(4)]
    existing = [("c0", "j0"), ("c1", "j0"), ("c2", "j0")]
    plan = distribute(cases, jurors, reads=2, seed=1, existing=existing, closed={("c0", "j1")})
    assert sorted(plan.loads.values()) == [1, 2, 2, 3] or sorted(plan.loads.values()) == [2, 2, 2, 2]
    assert not set(plan.added) & {*existing, ("c0", "j1")}
    assert Counter(each for each, _juror in [*plan.added, *existing]) == {f"c{n}": 2 for n in range(4)}


def test_nothing_to_do() -> None:
    full = distribute([case("c")], [juror("j")], reads=1, seed=1, existing=[("c", "j")])
    assert (full.added, dict(full.loads), full.shortfalls) == ((), {"j": 1}, ())
    empty = distribute([], [], reads=3, seed=1)
    assert (empty.added, empty.components) == ((), 0)
    nobody = distribute([case("c")], [], reads=3, seed=1)
    assert [str(short.reason) for short in nobody.shortfalls] == [
        "C 还需要 3 位评委，没有利益冲突、也没有读过它的评委只有 0 位。"
    ]


def test_groups_that_cannot_be_compared_are_reported() -> None:
    conflicts = {("j0", "c1"), ("j1", "c1"), ("j2", "c0"), ("j3", "c0")}
    plan = distribute(
        [case("c0"), case("c1")], [juror(f"j{n}") for n in range(4)], reads=2, seed=1, conflicts=conflicts
    )
    assert plan.components == 2
    assert [str(note) for note in plan.notes] == [
        "评委分成互不相交的 2 组，组间没有共同的案例，宽严无法比较；建议增加每个案例的评审次数。"
    ]


def test_jurors_named_for_categories_read_those_first() -> None:
    cases = [case(f"r{n}") for n in range(4)] + [case(f"s{n}", category="school") for n in range(4)]
    jurors = [juror(f"a{n}", categories=frozenset({"rural"})) for n in range(2)]
    jurors += [juror(f"b{n}", categories=frozenset({"school"})) for n in range(2)]
    plan = distribute(cases, jurors, reads=1, seed=1)
    assert {(case_id[0], juror_id[0]) for case_id, juror_id in plan.added} == {("r", "a"), ("s", "b")}


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 7),
    st.integers(1, 5),
    st.integers(1, 3),
    st.sets(st.tuples(st.integers(0, 4), st.integers(0, 6))),
    st.integers(0, 5),
)
def test_it_never_breaks_a_promise(
    cases: int, jurors: int, reads: int, banned: set[tuple[int, int]], seed: int
) -> None:
    conflicts = {(f"j{j}", f"c{c}") for j, c in banned if j < jurors and c < cases}
    plan = distribute(
        [case(f"c{n}") for n in range(cases)],
        [juror(f"j{n}") for n in range(jurors)],
        reads=reads,
        seed=seed,
        conflicts=conflicts,
    )
    assert len(set(plan.added)) == len(plan.added)
    assert not {(juror_id, case_id) for case_id, juror_id in plan.added} & conflicts
    given_reads = Counter(case_id for case_id, _juror in plan.added)
    short = {each.case_id: each.missing for each in plan.shortfalls}
    for number in range(cases):
        free = sum((f"j{j}", f"c{number}") not in conflicts for j in range(jurors))
        assert given_reads[f"c{number}"] == min(reads, free)
        assert short.get(f"c{number}", 0) == reads - min(reads, free)


def contest(cases: int, jurors: int, categories: int = 4) -> tuple[list[CaseSeat], list[JurorSeat]]:
    """Panels by category: juror n is named for category n % categories."""
    return (
        [case(f"c{n:04}", category=f"k{n % categories}") for n in range(cases)],
        [juror(f"j{n:02}", categories=frozenset({f"k{n % categories}"})) for n in range(jurors)],
    )


def test_panels_are_bridged_by_reads_outside_their_categories() -> None:
    cases, jurors = contest(80, 16)
    apart = distribute(cases, jurors, reads=3, seed=1, bridge=0)
    assert (apart.components, apart.mixing, apart.outside) == (4, 0.0, 0)
    plan = distribute(cases, jurors, reads=3, seed=1, bridge=0.1)
    assert (plan.components, plan.outside, plan.shortfalls) == (1, 32, ())
    assert set(plan.loads.values()) == {15}
    assert plan.mixing > 0.6
    assert 0 < plan.lambda_2 < plan.mixing


def test_a_design_with_few_bridges_is_named() -> None:
    cases, jurors = contest(160, 16)
    plan = distribute(cases, jurors, reads=3, seed=1, bridge=0.01)
    assert plan.components == 1
    assert plan.mixing < 0.5
    assert [note.msgid[:15] for note in plan.notes] == ["评委之间共同评审的案例太少（交"]


def test_every_case_has_a_reader_of_its_category_where_there_is_one() -> None:
    cases = [case(f"r{n}") for n in range(9)] + [case("s", category="school")]
    jurors = [juror("expert", categories=frozenset({"school"}))]
    jurors += [juror(f"j{n}", categories=frozenset({"rural"})) for n in range(4)]
    plan = distribute(cases, jurors, reads=2, seed=1)
    assert "expert" in {juror_id for case_id, juror_id in plan.added if case_id == "s"}
    busy = distribute(cases, [juror("expert", categories=frozenset({"school"}), limit=0), *jurors[1:]],
        reads=2, seed=1)  # fmt: skip
    assert "以下案例没有本类别的评委：S。" in [str(note) for note in busy.notes]


def test_a_juror_who_knows_the_subject_comes_first() -> None:
    cases, jurors = [case("a"), case("b")], [juror("x"), juror("y")]
    known = {("a", "y"): 1.0, ("b", "x"): 1.0}
    for seed in range(1, 6):
        assert distribute(cases, jurors, reads=1, seed=seed, affinity=known).added == (("a", "y"), ("b", "x"))


def test_affinities_as_an_array_follow_the_order_given() -> None:
    cases, jurors = [case("b"), case("a")], [juror("y"), juror("x")]
    array = np.array([[0, 1], [1, 0]], dtype=np.float32)
    assert distribute(cases, jurors, reads=1, seed=3, affinity=array).added == (("a", "y"), ("b", "x"))


def test_the_order_of_everything_is_irrelevant_with_panels_and_conflicts() -> None:
    cases, jurors = contest(30, 8)
    conflicts = [("j01", "c0001"), ("j02", "c0010"), ("j03", "c0003")]
    existing = [("c0005", "j01"), ("c0006", "j02")]
    once = distribute(cases, jurors, reads=3, seed=2, conflicts=set(conflicts), existing=existing)
    again = distribute(
        cases[::-1], jurors[::-1], reads=3, seed=2, conflicts=set(conflicts), existing=existing[::-1]
    )
    assert again == once


def test_one_juror_and_one_case() -> None:
    one = distribute([case("c")], [juror("j")], reads=1, seed=1)
    assert (one.added, one.components, one.mixing, one.notes) == ((("c", "j"),), 1, 1.0, ())
    alone = distribute([case("c")], [juror("j")], reads=3, seed=1)
    assert [(each.case_id, each.missing) for each in alone.shortfalls] == [("c", 2)]


def test_reads_can_differ_by_case() -> None:
    plan = distribute(
        [case("a"), case("b")], [juror(f"j{n}") for n in range(4)], reads={"a": 1, "b": 3}, seed=1
    )
    assert Counter(case_id for case_id, _juror in plan.added) == {"a": 1, "b": 3}


def test_limits_that_just_suffice_are_used_up_although_arcs_are_pruned(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(arcs, "ALL_PAIRS", 0)
    monkeypatch.setattr(arcs, "BEST", 2)
    monkeypatch.setattr(arcs, "DRAWN", 1)
    cases = [case(f"c{n:02}") for n in range(40)]
    jurors = [juror(f"j{n:02}", limit=8) for n in range(10)]
    plan = distribute(cases, jurors, reads=2, seed=1)
    assert (len(plan.added), plan.shortfalls, set(plan.loads.values())) == (80, (), {8})


def test_a_thousand_cases_are_even_and_well_mixed() -> None:
    paths = [f"/t/u{n}/" for n in range(60)]
    cases = [case(f"c{n:04}", path=paths[n % 60]) for n in range(1000)]
    jurors = [juror(f"j{n:02}", path=paths[n % 15]) for n in range(40)]
    plan = distribute(cases, jurors, reads=4, seed=1)
    assert set(plan.loads.values()) == {100}
    assert (plan.shortfalls, plan.notes, plan.components) == ((), (), 1)
    assert plan.mixing > 0.95


def test_mixing_of_known_designs() -> None:
    pairs = np.array([[0, 0, 1, 1, 2, 2], [0, 1, 1, 2, 2, 0]])
    triangle = mixing(pairs[0], pairs[1], 3, 3)
    assert (triangle.components, round(triangle.efficiency, 9), round(triangle.lambda_2, 9)) == (1, 1.0, 1.0)
    chain = np.array([[0, 0, 1, 1, 2, 2], [0, 1, 1, 2, 2, 3]])
    assert mixing(chain[0], chain[1], 3, 4).efficiency < 1
    apart = np.array([[0, 0, 1, 1], [0, 1, 2, 3]])
    assert mixing(apart[0], apart[1], 2, 4) == Mixing(2, 0.0, 0.0)
