"""Components of the design."""

import numpy as np

from judging.statistics.connectivity import connectivity


def test_a_complete_design_is_as_good_as_can_be() -> None:
    case, juror = np.repeat(np.arange(6), 4), np.tile(np.arange(4), 6)
    found = connectivity(case, juror, 6, 4)
    assert (found.components, round(found.gap, 6), round(found.efficiency, 6)) == (1, 1.0, 1.0)


def test_a_chain_is_connected_but_badly_mixed() -> None:
    case, juror = np.repeat(np.arange(9), 2), np.array([n + k for n in range(9) for k in range(2)])
    found = connectivity(case, juror, 9, 10)
    assert found.components == 1
    assert found.efficiency < 0.3


def test_groups_without_a_common_case_are_told_apart() -> None:
    found = connectivity(np.array([0, 0, 1, 1]), np.array([0, 2, 1, 3]), 2, 4)
    assert (found.components, found.efficiency) == (2, 0.0)
    assert found.of_juror[0] == found.of_juror[2] != found.of_juror[1] == found.of_juror[3]
