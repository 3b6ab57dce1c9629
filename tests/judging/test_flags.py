"""Jurors' figures and hints: planted patterns are found, innocent jurors are left alone."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from judging.statistics.flags import FAVOUR_LEVEL, Estimate, examine
from judging.values import Favours, JurorFigures, JurorFlag, Pool, ScoredRead

KEYS = ("truth", "effect", "novelty", "example")
CASE_SD = 8.0
JURORS, CASES, READS = 12, 120, 4
Change = Callable[[ScoredRead, np.random.Generator], ScoredRead]


def innocent(seed: int) -> list[ScoredRead]:
    """Jurors who differ in nothing but chance; three cases a unit, ten units a region."""
    rng = np.random.default_rng(seed)
    quality = 74 + rng.standard_normal(CASES) * CASE_SD
    reads = []
    for case in range(CASES):
        for juror in rng.choice(JURORS, READS, replace=False):
            marks = quality[case] + rng.standard_normal() * 5 + rng.standard_normal(4) * 5
            reads.append(
                scored(
                    f"c{case:03d}",
                    f"j{juror:02d}",
                    [float(mark) for mark in np.clip(np.round(marks), 0, 100)],
                    seconds=float(rng.lognormal(6, 0.4)),
                    unit=f"u{case // 3}",
                    region=f"r{case // 30}",
                )
            )
    return reads


def scored(
    case: str,
    juror: str,
    marks: Sequence[float],
    *,
    seconds: float | None = None,
    unit: str = "",
    region: str = "",
) -> ScoredRead:
    return ScoredRead(
        case, juror, "g", float(np.mean(marks)), dict(zip(KEYS, marks, strict=True)), seconds, unit, region
    )


def with_marks(read: ScoredRead, marks: Sequence[float]) -> ScoredRead:
    return replace(read, value=float(np.mean(marks)), marks=dict(zip(KEYS, marks, strict=True)))


def figures(
    reads: Sequence[ScoredRead], **estimates: Estimate
) -> tuple[dict[str, JurorFigures], Pool, Favours]:
    """With estimates as the model would give them where nobody differs, but for those named."""
    usual = Estimate(severity=0.0, severity_se=0.8, spread=1.0, noise=5.6)
    jurors = {read.juror_id: estimates.get(read.juror_id, usual) for read in reads}
    found, pool, favours = examine(reads, jurors, {"g": 74.0}, CASE_SD**2)
    return {each.juror_id: each for each in found}, pool, favours


def changed(seed: int, change: Change) -> list[ScoredRead]:
    """The reads of juror j00 changed, the others as they are."""
    rng = np.random.default_rng([seed, 1])
    return [change(read, rng) if read.juror_id == "j00" else read for read in innocent(seed)]


def random_marks(read: ScoredRead, rng: np.random.Generator) -> ScoredRead:
    return with_marks(read, [float(mark) for mark in np.round(74 + rng.standard_normal(4) * 9)])


def always_eighty(read: ScoredRead, rng: np.random.Generator) -> ScoredRead:
    return with_marks(read, [80.0 + float(rng.random() < 0.1) for _key in KEYS])


def in_seconds(read: ScoredRead, _rng: np.random.Generator) -> ScoredRead:
    return replace(read, seconds=20.0)


def one_impression(read: ScoredRead, rng: np.random.Generator) -> ScoredRead:
    return with_marks(read, [round(read.value) + float(rng.random() < 0.2) for _key in KEYS])


@pytest.mark.parametrize(
    ("change", "flag"),
    [
        (random_marks, JurorFlag.UNCORRELATED),
        (always_eighty, JurorFlag.IDENTICAL),
        (in_seconds, JurorFlag.FAST),
        (one_impression, JurorFlag.HALO),
    ],
)
def test_a_planted_pattern_is_found_and_nobody_else_is(change: Change, flag: JurorFlag) -> None:
    found, _pool, _favours = figures(changed(3, change))
    assert flag in found["j00"].flags
    assert {juror: each.flags for juror, each in found.items() if juror != "j00" and each.flags} == {}


def test_innocent_jurors_are_left_alone() -> None:
    flagged = [each.flags for seed in range(8) for each in figures(innocent(seed))[0].values()]
    assert sum(1 for flags in flagged if flags) <= 0.03 * len(flagged)


def test_fit_is_one_where_chance_alone_is_at_work() -> None:
    found, _pool, _favours = figures(innocent(1))
    assert np.mean([each.outfit for each in found.values() if each.outfit]) == pytest.approx(1.0, abs=0.12)
    assert np.mean([each.infit for each in found.values() if each.infit]) == pytest.approx(1.0, abs=0.12)


def test_severity_is_flagged_when_it_is_sure_and_matters() -> None:
    reads = innocent(5)
    found, _pool, _favours = figures(
        reads,
        j01=Estimate(6.0, 1.0, 1.0, 5.6),
        j02=Estimate(-6.0, 1.0, 1.0, 5.6),
        j03=Estimate(6.0, 5.0, 1.0, 5.6),
        j04=Estimate(2.0, 0.5, 1.0, 5.6),
    )
    kinds = {JurorFlag.SEVERE, JurorFlag.LENIENT}
    assert {juror: kinds & set(each.flags) for juror, each in found.items() if kinds & set(each.flags)} == {
        "j01": {JurorFlag.SEVERE},
        "j02": {JurorFlag.LENIENT},
    }
    assert (found["j01"].severity.low, found["j01"].severity.high) == pytest.approx((4.3551, 7.6449))


def test_a_narrow_juror_has_an_interval_below_one() -> None:
    found, _pool, _favours = figures(innocent(5), j01=Estimate(0.0, 0.8, 0.3, 3.0))
    assert found["j01"].flags == (JurorFlag.NARROW,)
    assert found["j01"].spread.high < 1


def test_favouritism_of_two_deviations_shows_at_the_top() -> None:
    def favouring(read: ScoredRead, _rng: np.random.Generator) -> ScoredRead:
        up = 16.0 if read.region_id == "r1" else 0.0
        return with_marks(read, [mark + up for mark in read.marks.values()])

    _found, _pool, favours = figures(changed(2, favouring))
    first = favours.hints[0]
    assert (first.juror_id, first.place_id, first.is_region) == ("j00", "r1", True)
    assert first.excess == pytest.approx(16, abs=4)


def test_the_false_alarms_of_favouritism_are_as_many_as_stated() -> None:
    every = [figures(innocent(seed))[2] for seed in range(12)]
    tested = sum(each.tested for each in every)
    shown = sum(len(each.hints) for each in every)
    assert sum(each.expected for each in every) == pytest.approx(FAVOUR_LEVEL * tested)
    assert tested > 500
    assert shown <= 2 * FAVOUR_LEVEL * tested


def test_too_few_reads_say_nothing() -> None:
    reads = [
        scored(f"c{n}", f"j{juror}", [80, 81, 82, 83], seconds=9) for n in range(3) for juror in range(2)
    ]
    found, pool, favours = figures(reads)
    each = found["j0"]
    assert (each.infit, each.outfit, each.correlation, each.same_share, each.seconds, each.halo) == (
        None,
    ) * 6
    assert each.flags == ()
    assert pool == Pool(None, None, None, None, None)
    assert (favours.hints, favours.tested) == ((), 0)


def test_a_juror_who_alone_read_his_cases_is_compared_with_nobody() -> None:
    reads = [*innocent(4), *(scored(f"x{n}", "lone", [70 + n] * 4, unit="own") for n in range(10))]
    found, _pool, favours = figures(reads)
    assert (found["lone"].reads, found["lone"].outfit, found["lone"].correlation) == (10, None, None)
    assert "lone" not in {hint.juror_id for hint in favours.hints}


def test_the_order_of_reads_changes_nothing() -> None:
    reads = innocent(6)
    assert figures(reads) == figures(reads[::-1])
