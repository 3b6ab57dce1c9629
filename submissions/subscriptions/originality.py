"""Compares a version with all other texts once it was handed in, and all of a call when judging opens.

A check reads in small transactions of its own and works outside any; the marks of all texts are kept in
memory between checks (`queries.prints.KnownTexts`).
"""

from __future__ import annotations

import hashlib
import logging
from collections import OrderedDict
from collections.abc import Sequence

from sqlalchemy.orm import Session

from foundation.clock import Clock
from foundation.db import Database
from foundation.files import FileStore
from foundation.journal import Entry, Subscription
from submissions import queries
from submissions.events import CaseSubmitted, CaseWithdrawn, OriginalityRequested
from submissions.originality import prints, sentences
from submissions.originality.comparing import Prepared, compare
from submissions.originality.photos import perceptual_hashes
from submissions.originality.reading import lines_of, read
from submissions.queries import prints as known
from submissions.queries.originality import formulae
from submissions.service import originality as service
from submissions.service.originality import LikePhoto, NewPrint, Outcome
from submissions.values import VersionView

log = logging.getLogger(__name__)

JUDGING_OPENED = "judging.opened"
_PARTNERS = 40
"""Cases of the same call that are looked at again after one of them was handed in."""
_AT_ONCE = 50
_PREPARED = 200


class Checker:
    """Does the checks; one instance a worker."""

    def __init__(self, database: Database, files: FileStore, clock: Clock) -> None:
        self._database = database
        self._files = files
        self._clock = clock
        self._known = known.KnownTexts()
        self._prepared: OrderedDict[str, Prepared] = OrderedDict()

    # --- one case that was handed in

    def load(self, db: Session, entry: Entry) -> VersionView | None:
        """The version, None where a newer one has come meanwhile: that has an entry of its own."""
        newest = queries.versions(db, str(entry.detail["case_id"]))[0]
        return newest if newest.id == entry.detail["version_id"] else None

    def work(self, version: VersionView | None) -> tuple[NewPrint, list[Outcome]] | None:
        """Check the version, then the cases of its call that have something in common with it."""
        if version is None:
            return None
        with self._database.read() as db:
            phrases = formulae(db, version.call_id)
            self._known.refresh(db)
            photos = known.photos_known(db, version.id)
            before = known.matched_with(db, version.case_id)
        made = self._print(version, phrases, photos)
        self._known.put(made.source_id, made.stamp, made.marks, made.photos)
        prepared = Prepared.of(version.case_id, read(lines_of(version.body_html)))
        fresh = {version.case_id: (version.id, prepared)}
        outcome = self._outcome(version, phrases, fresh)
        partners = before | {each.key for each in outcome.comparison.sources}
        partners |= {each.source_id for each in outcome.photos}
        with self._database.read() as db:
            ids = known.current_versions(db, partners - {version.case_id}, call_id=version.call_id)
            others = [queries.version(db, each) for each in ids[:_PARTNERS]]
        return made, [outcome, *(self._outcome(each, phrases, fresh) for each in others)]

    def save(self, db: Session, _entry: Entry, found: tuple[NewPrint, list[Outcome]] | None) -> None:
        if found is None:
            return
        made, outcomes = found
        service.keep_print(db, made)
        for outcome in outcomes:
            service.keep_outcome(db, now=self._clock.now(), outcome=outcome)

    # --- one case that was withdrawn

    def without(self, withdrawn: tuple[str, str]) -> list[Outcome]:
        """Check the cases of its call again in whose reports it is named; it is no source any more."""
        case_id, call_id = withdrawn
        with self._database.read() as db:
            phrases = formulae(db, call_id)
            self._known.refresh(db)
            ids = known.current_versions(db, known.matched_with(db, case_id) - {case_id}, call_id=call_id)
            versions = [queries.version(db, each) for each in ids]
        return [self._outcome(version, phrases, {}) for version in versions]

    def save_all(self, db: Session, _entry: Entry, outcomes: list[Outcome]) -> None:
        for outcome in outcomes:
            service.keep_outcome(db, now=self._clock.now(), outcome=outcome)

    # --- all cases of a call

    def check_call(self, call_id: str) -> str:
        """Make the marks that are missing or were made differently, then check each case of the call."""
        self._catch_up()
        with self._database.read() as db:
            phrases = formulae(db, call_id)
            ids = known.standing_versions(db, call_id)
            self._known.refresh(db)
        for piece in known.pieces(ids, _AT_ONCE):
            with self._database.read() as db:
                versions = [queries.version(db, each) for each in piece]
            outcomes = [self._outcome(version, phrases, {}) for version in versions]
            with self._database.write() as db:
                for outcome in outcomes:
                    service.keep_outcome(db, now=self._clock.now(), outcome=outcome)
        return call_id

    def _catch_up(self) -> None:
        with self._database.read() as db:
            rows = known.prints_of_cases(db)
            phrases = {call_id: formulae(db, call_id) for call_id in {row[2] for row in rows}}
        stale = [row for row in rows if row[3] != stamp(row[1], phrases[row[2]])]
        for piece in known.pieces(stale, _AT_ONCE):
            with self._database.read() as db:
                jobs = [(queries.version(db, row[1]), known.photos_known(db, row[1])) for row in piece]
            made = [self._print(version, phrases[version.call_id], photos) for version, photos in jobs]
            with self._database.write() as db:
                for each in made:
                    service.keep_print(db, each)

    # --- the parts of a check

    def _print(
        self, version: VersionView, phrases: tuple[str, ...], photos: list[list[str]] | None
    ) -> NewPrint:
        reading = read(lines_of(version.body_html), phrases)
        return NewPrint(
            source_id=version.case_id,
            call_id=version.call_id,
            version_id=version.id,
            stamp=stamp(version.id, phrases),
            marks=prints.stored(reading),
            photos=self._photos(version) if photos is None else photos,
            sentences=frozenset(sentences.fingerprints(reading).values()),
        )

    def _photos(self, version: VersionView) -> list[list[str]]:
        found = []
        for photo in version.photos:
            try:
                hashes = perceptual_hashes(self._files.read(photo.sha256))
            except OSError:  # not there any more, or not a picture: the text is still worth checking
                log.warning("photo %s of version %s cannot be read", photo.id, version.id)
                continue
            found.append([photo.id, *(f"{each:x}" for each in hashes)])
        return found

    def _outcome(
        self, version: VersionView, phrases: tuple[str, ...], fresh: dict[str, tuple[str, Prepared]]
    ) -> Outcome:
        """Compare a version with everything known; `fresh` are versions newer than what the database has."""
        reading = read(lines_of(version.body_html), phrases)
        marks = prints.fingerprints(prints.counted_shingles(reading))
        keys = self._known.shelf.candidates(marks, but=version.case_id)
        others, versions = self._texts(keys, fresh)
        comparison = compare(Prepared.of(version.case_id, reading), others)
        return Outcome(
            version_id=version.id,
            case_id=version.case_id,
            call_id=version.call_id,
            comparison=comparison,
            source_versions=versions,
            photos=self._like_photos(version, fresh),
        )

    def _texts(
        self, keys: Sequence[str], fresh: dict[str, tuple[str, Prepared]]
    ) -> tuple[list[Prepared], dict[str, str | None]]:
        """The texts with these keys, and the version each is."""
        stamps = self._known.shelf.stamps
        missing = [key for key in keys if key not in fresh and f"{key} {stamps[key]}" not in self._prepared]
        if missing:
            with self._database.read() as db:
                loaded = known.texts(db, missing)
            for each in loaded:
                prepared = Prepared.of(each.source_id, read(each.lines))
                self._remember(f"{each.source_id} {stamps[each.source_id]}", prepared)
        found: list[Prepared] = []
        versions: dict[str, str | None] = {}
        for key in keys:
            prepared_here = fresh[key][1] if key in fresh else self._prepared.get(f"{key} {stamps[key]}")
            if prepared_here is not None:
                found.append(prepared_here)
                versions[key] = fresh[key][0] if key in fresh else stamps[key].partition(":")[0] or None
        return found, versions

    def _remember(self, key: str, prepared: Prepared) -> None:
        self._prepared[key] = prepared
        while len(self._prepared) > _PREPARED:
            self._prepared.popitem(last=False)

    def _like_photos(
        self, version: VersionView, fresh: dict[str, tuple[str, Prepared]]
    ) -> tuple[LikePhoto, ...]:
        stamps = self._known.shelf.stamps
        found = []
        for photo, hashes in self._known.gallery.photos_of(version.case_id).items():
            for key, other, distance in self._known.gallery.alike(hashes, but=version.case_id):
                version_id = fresh[key][0] if key in fresh else stamps[key].partition(":")[0]
                found.append(LikePhoto(photo, key, version_id, other, distance))
        return tuple(found)


def stamp(version_id: str, phrases: tuple[str, ...]) -> str:
    """What the marks of a version depend on."""
    digest = hashlib.sha256("\n".join(phrases).encode()).hexdigest()
    return f"{version_id}:{known.METHOD}:{digest[:12]}"


def subscriptions(database: Database, files: FileStore, clock: Clock) -> list[Subscription]:
    """One ear for what was handed in, one for what was withdrawn, one for whole calls."""
    checker = Checker(database, files, clock)
    return [
        Subscription(
            "submissions.originality",
            frozenset({CaseSubmitted.action}),
            load=checker.load,
            work=checker.work,
            save=checker.save,
        ),
        Subscription(
            "submissions.originality_withdrawn",
            frozenset({CaseWithdrawn.action}),
            load=lambda _db, entry: (str(entry.detail["case_id"]), str(entry.detail["call_id"])),
            work=checker.without,
            save=checker.save_all,
        ),
        Subscription(
            "submissions.originality_of_calls",
            frozenset({OriginalityRequested.action, JUDGING_OPENED}),
            load=lambda _db, entry: str(entry.detail["call_id"]),
            work=checker.check_call,
            save=lambda db, entry, call_id: service.keep_round(
                db, now=clock.now(), call_id=call_id, requested_at=entry.at
            ),
        ),
    ]
