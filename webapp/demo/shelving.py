"""The library's desk in the demonstration: a list of topics, collections, a case for trainers only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from foundation.audience import Audience
from judging import queries as judging
from search.curation.service import collections, placements, topics
from search.curation.values.collections import CollectionItem, CollectionProposal
from submissions import queries as submissions
from webapp.demo.world import World

DAY = -330
FOR_TRAINERS = "11-tan-wei"


def curate(world: World, ids: Mapping[str, str]) -> None:
    """What an editor did once the cases were on the shelf; the worker reads the topics."""
    now, editor = world.calendar.moment(DAY, 10), world.actors["editor"]
    for place, (label, names) in enumerate(world.content.shelf["topics"]):
        moment = now + timedelta(minutes=place)
        topics.add_topic(world.db, actor=editor, now=moment, label=label, names=names)
    for each in world.content.shelf["collections"]:
        _collection(world, ids, each)
    placements.place_cases(
        world.db,
        actor=editor,
        now=now + timedelta(hours=2),
        case_ids=[ids[FOR_TRAINERS]],
        audience=Audience.TRAINERS,
        reason="有具体商户的经营情况，只在培训中使用。",
    )


def _collection(world: World, ids: Mapping[str, str], wanted: Mapping[str, Any]) -> None:
    now, editor = world.calendar.moment(DAY, 14), world.actors["editor"]
    cover = ids.get(wanted["cover"], "")
    made = collections.create_collection(
        world.db,
        actor=editor,
        now=now,
        proposal=CollectionProposal(
            title=wanted["title"],
            slug=wanted["slug"],
            introduction_html=wanted["introduction"],
            cover_case_id=cover,
            cover_photo_id=_photo(world, cover) if cover else "",
            audience=Audience(wanted["audience"]),
            items=tuple(CollectionItem(ids[key], note) for key, note in wanted["cases"]),
        ),
    )
    collections.publish_collection(
        world.db, actor=editor, now=now + timedelta(minutes=30), collection_id=made
    )


def _photo(world: World, case_id: str) -> str:
    """The first photo of the awarded version."""
    (award,) = judging.awards_of(world.db, [case_id])
    photos = submissions.version(world.db, award.version_id).photos
    return photos[0].id if photos else ""
