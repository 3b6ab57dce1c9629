"""Whether jurors can be compared at all: do their reads hang together, and how well are they mixed?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, diags
from scipy.sparse.csgraph import connected_components

from judging.statistics.reads import Places

WELL_MIXED = 0.5
"""Below this A-efficiency comparisons between jurors are shaky: warn."""


@dataclass(frozen=True, slots=True)
class Connectivity:
    """`components`: sets of jurors between which no case is shared (1: all comparable; 0: nobody has read).
    `gap`: second smallest eigenvalue of the jurors' information, `efficiency`: harmonic mean of all but the
    smallest (A-efficiency); both as a share of what a balanced design has, 0 where there are several
    components, 1 for one juror. `of_juror`: component of each juror's place, -1 for who has read nothing."""

    components: int
    gap: float
    efficiency: float
    of_juror: Places


def connectivity(case: Places, juror: Places, cases: int, jurors: int) -> Connectivity:
    """Of the design in which read r is of the case at place case[r] by the juror at place juror[r].

    C = diag(n_j) - X' diag(1 / n_i) X, normalised by the jurors' loads.
    """
    of_juror = np.full(jurors, -1, dtype=np.int64)
    if not len(case):
        return Connectivity(0, 0.0, 0.0, of_juror)
    design = csr_matrix((np.ones(len(case)), (case, juror)), shape=(cases, jurors))
    loads = np.asarray(design.sum(axis=0)).ravel()
    busy = np.nonzero(loads > 0)[0]
    design, loads = design[:, busy], loads[busy]
    shared = (design.T @ design).tocsr()
    components, label = connected_components(shared, directed=False)
    of_juror[busy] = label
    if components > 1 or len(busy) == 1:
        alone = 1.0 if components == 1 else 0.0
        return Connectivity(int(components), alone, alone, of_juror)
    per_case = np.asarray(design.sum(axis=1)).ravel()
    between = (design.T @ diags(1 / np.maximum(per_case, 1)) @ design).toarray()
    information = (np.diag(loads) - between) / np.sqrt(loads[:, None] * loads[None])
    eigenvalues = np.linalg.eigvalsh(information)[1:]
    mean_reads = float(per_case[per_case > 0].mean())
    balanced = (1 - 1 / mean_reads) * len(busy) / (len(busy) - 1)
    harmonic = 1 / float(np.mean(1 / eigenvalues))
    return Connectivity(
        1, min(1.0, float(eigenvalues[0]) / balanced), min(1.0, harmonic / balanced), of_juror
    )
