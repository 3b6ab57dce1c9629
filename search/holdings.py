"""The library's holdings: cases of the shelf with their texts, each read through the gate."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy.orm import Session

from foundation import richtext
from foundation.audience import Audience
from foundation.errors import NotFound
from foundation.visibility import as_system
from judging.values import AwardView
from search import shelf as gate
from search.curation.queries.evidence import NOTHING_SAID, Words, words_on_evidence
from search.shelf import Place
from submissions import queries as submissions
from submissions.rules.releasing import published_photos, released_evidence
from submissions.values import AttachmentView, CallView, VersionView


@dataclass(frozen=True, slots=True)
class Shelved:
    """A case of the library."""

    award: AwardView
    version: VersionView
    call: CallView
    category: str
    audience: Audience
    said: Words
    """What its unit has said since about its evidence."""

    @property
    def id(self) -> str:
        return self.award.case_id

    @property
    def photos(self) -> tuple[AttachmentView, ...]:
        """What goes with the text; photos that are evidence only are among `evidence` or nowhere."""
        return published_photos(self.version)

    @property
    def evidence(self) -> tuple[AttachmentView, ...]:
        """What the unit has released of its evidence."""
        return released_evidence(self.version, self.said)

    @property
    def short_path(self) -> str:
        """The path that is short enough for paper: it names the case by the number on its receipt."""
        return short_path(self.version.number)


def short_path(number: str) -> str:
    """The short path of the case with this receipt number."""
    return f"/c/{'-'.join(number.split('-')[:2])}"


def case(db: Session, case_id: str) -> Shelved:
    """One case of the library.

    Raises:
        NotFound: no such case, no award of it in force, or not for the session's actor.
    """
    return _shelved(db, [gate.place(db, case_id)])[case_id]


def cases(db: Session, case_ids: Collection[str]) -> dict[str, Shelved]:
    """Case id -> case, in the order given, without those that the session's actor may not read."""
    places = gate.places(db, case_ids)
    return _shelved(db, [places[each] for each in case_ids if each in places])


def photo(db: Session, case_id: str, attachment_id: str) -> AttachmentView:
    """A photo of a case of the library.

    Raises:
        NotFound: also for a file that is not a published photo of the awarded version.
    """
    return _one(case(db, case_id).photos, attachment_id)


def evidence(db: Session, case_id: str, attachment_id: str) -> AttachmentView:
    """A released piece of evidence of a case of the library.

    Raises:
        NotFound: also for evidence that its unit has not released.
    """
    return _one(case(db, case_id).evidence, attachment_id)


def recommended_by(db: Session, case: Shelved) -> tuple[str, ...]:
    """The superiors that recommended the awarded version, where its call lets the library name them."""
    if not case.call.rules.shows_recommenders:
        return ()
    with as_system(db):  # the gate has let the actor through, and the call is public
        found = submissions.recommendations(db, [case.id]).get(case.id, [])
    return tuple(dict.fromkeys(each.unit_name for each in found if each.version_id == case.version.id))


def case_numbered(db: Session, number: str) -> Shelved:
    """A case of the library by the number that stands on its receipt, with or without the version's.

    Raises:
        NotFound
    """
    plain = "-".join(number.split("-")[:2])
    with as_system(db):  # the gate decides below
        first = submissions.version_numbered(db, f"{plain}-1")
    return case(db, first.case_id)


def _one(files: Iterable[AttachmentView], attachment_id: str) -> AttachmentView:
    for each in files:
        if each.id == attachment_id:
            return each
    raise NotFound


def loose_photos(case: Shelved) -> tuple[AttachmentView, ...]:
    """The photos that the text itself does not show."""
    shown = _shown_in(case.version.body_html)
    return tuple(each for each in case.photos if each.id not in shown)


@lru_cache(maxsize=256)
def _shown_in(body_html: str) -> frozenset[str]:
    return frozenset(richtext.attachment_ids(body_html))


def _shelved(db: Session, places: Sequence[Place]) -> dict[str, Shelved]:
    """The cases at these places, their texts in one statement and their calls in another."""
    with as_system(db):  # the gate has let the actor through
        versions = submissions.versions_by_id(db, [place.award.version_id for place in places])
        calls = submissions.calls_by_id(db, {place.award.call_id for place in places})
    said = words_on_evidence(db, [place.case_id for place in places])
    found = {}
    for place in places:
        version, call = versions[place.award.version_id], calls[place.award.call_id]
        category = call.rules.category(version.category_key)
        name = category.name if category else ""
        found[place.case_id] = Shelved(
            place.award, version, call, name, place.audience, said.get(place.case_id, NOTHING_SAID)
        )
    return found
