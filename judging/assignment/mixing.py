"""How well a design lets jurors be compared: groups that share no case, lambda 2, A-efficiency."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, diags
from scipy.sparse.csgraph import connected_components

from judging.assignment.problem import Places

LOW = 0.5
"""Below this A-efficiency the jurors' severity can hardly be told apart from the cases' quality."""


@dataclass(frozen=True, slots=True)
class Mixing:
    """`components`: groups of jurors between which no case is shared. `lambda_2` (the weakest link) and
    `efficiency` (A-efficiency) against those of a balanced design, between 0 and 1."""

    components: int
    lambda_2: float
    efficiency: float


def mixing(case_of: Places, juror_of: Places, cases: int, jurors: int) -> Mixing:
    """Of the reads (case, juror), among the jurors who read anything.

    C = diag(n_j) - X' diag(1/n_i) X, normalised by the loads; the efficiency is the harmonic mean of its
    eigenvalues but the zero one. Both are 0 where there is more than one component.
    """
    if len(case_of) == 0:
        return Mixing(0, 0.0, 0.0)
    matrix = csr_matrix((np.ones(len(case_of)), (case_of, juror_of)), shape=(cases, jurors))
    loads = np.asarray(matrix.sum(axis=0)).ravel()
    matrix, loads = matrix[:, loads > 0], loads[loads > 0]
    shared = matrix.T @ matrix
    components = int(connected_components(shared > 0)[0])
    if len(loads) == 1:
        return Mixing(1, 1.0, 1.0)
    if components > 1:
        return Mixing(components, 0.0, 0.0)
    per_case = np.asarray(matrix.sum(axis=1)).ravel()
    between = (matrix.T @ diags(1 / np.maximum(per_case, 1)) @ matrix).toarray()
    information = (np.diag(loads) - between) / np.sqrt(loads[:, None] * loads[None])
    eigenvalues = np.linalg.eigvalsh(information)[1:]
    best = (1 - 1 / float(per_case[per_case > 0].mean())) * len(loads) / (len(loads) - 1)
    harmonic = 1 / float(np.mean(1 / eigenvalues))
    return Mixing(1, min(1.0, float(eigenvalues[0]) / best), min(1.0, harmonic / best))
