"""Who sees which rows of curation."""

from __future__ import annotations

from foundation.actor import Actor
from foundation.visibility import Grant
from search.curation.models.placements import CasePlacement
from search.curation.models.synonyms import SynonymRow
from search.curation.policy.curating import may_curate


def _curates(actor: Actor) -> bool:
    return may_curate(actor) is None


GRANTS: tuple[Grant, ...] = (
    Grant(CasePlacement, _curates),
    Grant(CasePlacement, lambda actor: CasePlacement.unit_id == actor.unit_id if actor.unit_id else False),
    Grant(SynonymRow, _curates),
    Grant(SynonymRow, lambda actor: SynonymRow.deleted_at.is_(None)),  # searches say what they used
)
