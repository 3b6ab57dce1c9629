"""Whether jurors can be compared at all: do their reads hang together, and how well are they mixed?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from judging.assignment.mixing import mixing
from judging.statistics.reads import Places


@dataclass(frozen=True, slots=True, eq=False)
class Connectivity:
    """`components`: sets of jurors between which no case is shared (1: all comparable). `gap` (lambda 2),
    `efficiency` (A-efficiency): as in the assignment's preview. `of_juror`: component of each juror's
    place."""

    components: int
    gap: float
    efficiency: float
    of_juror: Places


def connectivity(case: Places, juror: Places, cases: int, jurors: int) -> Connectivity:
    """Of the design in which read r is of the case at place case[r] by the juror at place juror[r]."""
    found = mixing(case, juror, cases, jurors)
    links = csr_matrix((np.ones(len(case)), (juror, jurors + case)), shape=(jurors + cases,) * 2)
    _count, label = connected_components(links, directed=False)
    return Connectivity(found.components, found.lambda_2, found.efficiency, label[:jurors].astype(np.int64))
