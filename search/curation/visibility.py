"""Who sees which rows of curation."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select

from foundation.actor import Actor
from foundation.audience import open_to
from foundation.visibility import Grant
from search.curation.models.collections import Collection, CollectionEntry
from search.curation.models.evidence import EvidenceWord
from search.curation.models.placements import CasePlacement
from search.curation.models.rebuilds import IndexRebuild
from search.curation.models.synonyms import SynonymRow
from search.curation.models.topics import CaseTopic, Topic, TopicReading
from search.curation.models.wishes import ShelfWish
from search.curation.policy.curating import may_collect, may_curate


def _curates(actor: Actor) -> bool:
    return may_curate(actor) is None


def _collects(actor: Actor) -> bool:
    return may_collect(actor) is None


def _published(actor: Actor) -> ColumnElement[bool]:
    mine = sorted(each.value for each in open_to(actor))
    return Collection.published_at.is_not(None) & Collection.audience.in_(mine)


GRANTS: tuple[Grant, ...] = (
    Grant(CasePlacement, _curates),
    Grant(CasePlacement, lambda actor: CasePlacement.unit_id == actor.unit_id if actor.unit_id else False),
    Grant(SynonymRow, _curates),
    Grant(SynonymRow, lambda actor: SynonymRow.deleted_at.is_(None)),  # searches say what they used
    # what readers see of topics goes through the shelf's gate: the topics of the cases that they may read
    Grant(Topic, _curates),
    Grant(CaseTopic, _curates),
    Grant(TopicReading, _curates),
    Grant(Collection, _collects),
    Grant(Collection, _published),
    Grant(CollectionEntry, _collects),
    Grant(
        CollectionEntry,
        lambda actor: CollectionEntry.collection_id.in_(select(Collection.id).where(_published(actor))),
    ),
    Grant(ShelfWish, _curates),
    Grant(ShelfWish, lambda actor: ShelfWish.unit_id == actor.unit_id if actor.unit_id else False),
    Grant(EvidenceWord, _curates),
    Grant(EvidenceWord, lambda actor: EvidenceWord.unit_id == actor.unit_id if actor.unit_id else False),
    Grant(IndexRebuild, _curates),
)
