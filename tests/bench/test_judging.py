"""The bench of judging measures what it says, on contests with the truth it knows."""

import numpy as np
import pytest

from bench.contests import SETTINGS, Contest
from bench.judging import Quality, calibration, further_reads, measure, quality, truth_of
from bench.methods import METHODS, Scored
from judging.statistics.reads import table

NONE, HARSH = SETTINGS[0], SETTINGS[3]


def test_a_contest_is_the_same_each_time_and_keeps_conflicts() -> None:
    one, again = (Contest(HARSH, 50, 8, 3, seed=4) for _time in range(2))
    assert one.reads() == again.reads()
    assert one.reads() != Contest(HARSH, 50, 8, 3, seed=5).reads()
    assert not one.forbidden[one.pairs].any()
    load = np.bincount(one.pairs[1], minlength=8)
    assert load.max() - load.min() <= 6  # some reads stay undone


def test_jurors_are_alike_where_the_setting_says_so() -> None:
    contest = Contest(NONE, 400, 10, 4, seed=1)
    assert (set(contest.panel.severity.tolist()), set(contest.panel.spread.tolist())) == ({0.0}, {1.0})
    off = contest.marks - (74 + contest.truth[contest.pairs[0]])
    assert off.std() == pytest.approx(8, rel=0.1)  # noise variance 1


def test_quality_of_the_truth_itself_is_perfect() -> None:
    contest = Contest(HARSH, 100, 10, 3, seed=2)
    truth = truth_of(contest, table(contest.reads()))
    assert quality(Scored(truth + 3, np.ones(len(truth))), truth) == Quality(1.0, 0.0, 1.0, 1.0)
    worst = quality(Scored(-truth, None), truth)
    assert (worst.precision, worst.tau) == (0.0, -1.0)
    assert worst.regret > 2


def test_calibration_of_probabilities() -> None:
    stated = np.repeat([0.05, 0.55], [1000, 400])
    deserved = np.concatenate([np.arange(1000) < 50, np.arange(400) < 260])  # 5 % and 65 %
    mean, most, chance = calibration(stated, deserved)
    assert mean == pytest.approx(0.1 * 400 / 1400)
    assert most == pytest.approx(0.1)
    assert chance == pytest.approx((0.65 * 0.35 / 400) ** 0.5)


def test_the_models_win_where_jurors_differ() -> None:
    found = measure(HARSH, "small", 3, further=False)
    assert set(found.methods) == set(METHODS)
    assert found.methods["location-scale"].tau > found.methods["mean"].tau + 0.02
    assert found.gain > 0


def test_further_reads_are_measured_beside_as_many_at_random() -> None:
    before, random, aimed = further_reads(Contest(HARSH, 100, 10, 3, seed=0), 0)
    assert {round(each * 10, 9) % 1 for each in (before, random, aimed)} == {0.0}  # ten prizes
