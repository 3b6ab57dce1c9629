"""Whatever the reads are, there is an answer: finite, within its bounds, in any order the same."""

import math
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from judging.statistics.additive import fit_additive
from judging.statistics.location_scale import fit
from judging.statistics.next_reads import where_reads_help
from judging.statistics.probabilities import Cut, prize_probabilities
from judging.statistics.reads import Read

MARKS = st.sampled_from([0.0, 50.0, 79.5, 80.0, 100.0])
JURORS = "uvwxyz"


@st.composite
def any_reads(draw: st.DrawFn) -> list[Read]:
    """Up to 14 cases in up to three groups, up to six jurors, any pairs missing."""
    cases, jurors = draw(st.integers(1, 14)), JURORS[: draw(st.integers(1, 6))]
    missing = draw(st.sampled_from([0, 0, 1, 3]))
    reads = [
        Read(f"c{case:02}", juror, str(case % (1 + cases // 5)), draw(MARKS))
        for case in range(cases)
        for juror in jurors
        if missing == 0 or draw(st.integers(0, missing + 1)) > missing - 1
    ]
    return reads or [Read("c00", "u", "0", draw(MARKS))]


@settings(max_examples=15, deadline=None)
@given(any_reads(), st.integers(0, 3))
def test_there_is_always_an_answer(reads: list[Read], places: int) -> None:
    fitted = fit(reads)
    case_ids = {read.case_id for read in reads}
    assert set(fitted.cases) == case_ids
    assert str(fitted.reason)
    for each in fitted.cases.values():
        assert math.isfinite(each.score)
        assert each.sd is None or (math.isfinite(each.sd) and each.sd >= 0)
        assert 1 <= each.rank <= len(case_ids)
    pools = dict.fromkeys(case_ids, "")
    cuts = {"": [Cut("first", places), Cut("second", 2)]}
    chances = prize_probabilities(fitted, cuts, pools)
    if chances:
        total = sum(each["first"] for each in chances.values())
        assert abs(total - min(places, len(case_ids))) < 0.01
    proposed = where_reads_help(fitted, cuts, pools, budget=4, rooms=dict.fromkeys(JURORS, 2))
    pairs = [(each.case_id, each.juror_id) for each in proposed]
    assert len(set(pairs)) == len(pairs)
    assert not set(pairs) & {(read.case_id, read.juror_id) for read in reads}


@settings(max_examples=5, deadline=None)
@given(any_reads(), st.randoms(use_true_random=False))
def test_order_is_nothing(reads: list[Read], random: Random) -> None:
    shuffled = reads.copy()
    random.shuffle(shuffled)
    assert fit(shuffled).cases == fit(reads).cases
    assert fit_additive(shuffled).published == fit_additive(reads).published
