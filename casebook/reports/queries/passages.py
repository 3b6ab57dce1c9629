"""Passages of the cases of a set: found by words, with where they are from; what has become of quoted ones.

Only awarded cases are quoted: everybody who writes reports may read these.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy.orm import Session

from casebook.reports.ports import Shelf
from casebook.reports.queries.facts import members
from casebook.reports.rules.quoting import flags, passages, quotations
from casebook.reports.values import Content, Definition, Flag
from foundation import richtext
from foundation.visibility import as_system
from judging import queries as judging
from submissions import queries as submissions
from submissions.values import VersionView

SHOWN = 30
OF_A_CASE = 4
WORDS_MOST = 6


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that may be quoted."""

    case_id: str
    version_id: str
    title: str
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a quoted passage is from, as it is printed. `prize` is "" when the award is gone."""

    case_id: str
    title: str
    unit: str
    prize: str
    version_hash: str
    address: str


def find_passages(db: Session, definition: Definition, shelf: Shelf, words: str) -> list[Found]:
    """Sentences of awarded cases of the set on the shelf that hold all the words, some of each case."""
    asked = words.split()[:WORDS_MOST]
    if not asked:
        return []
    found: list[Found] = []
    for version in _quotable(db, definition, shelf):
        texts = passages(plain_text(version.content_hash, version.body_html), asked)
        found += [
            Found(version.case_id, version.id, version.title, version.unit_name, text)
            for text in texts[:OF_A_CASE]
        ]
        if len(found) >= SHOWN:
            break
    return found[:SHOWN]


def _quotable(db: Session, definition: Definition, shelf: Shelf) -> Iterator[VersionView]:
    wanted = members(db, definition, shelf)
    awarded = {award.case_id for award in judging.awards_of(db, list(wanted))}
    standing = shelf.standing(db, [each for each in wanted if each in awarded])
    keys = [wanted[each] for each in wanted if each in standing]
    with as_system(db):  # awarded, and so readable for whoever writes reports
        versions = submissions.versions_by_id(db, keys)
    yield from (versions[key] for key in keys if key in versions)


@lru_cache(maxsize=1_000)
def plain_text(_content_hash: str, body_html: str) -> str:
    return richtext.plain(body_html)


def checked_flags(db: Session, content: Content, definition: Definition, shelf: Shelf) -> dict[str, Flag]:
    """Quotation id -> why it cannot simply be printed any more."""
    quoted = quotations(content)
    if not quoted:
        return {}
    cases = {each.case_id for each in quoted}
    awards = _awarded_versions(db, cases)
    with as_system(db):
        versions = submissions.versions_by_id(db, set(awards.values()))
    return flags(
        quoted,
        awards=awards,
        on_shelf=shelf.standing(db, sorted(cases)),
        members=frozenset(members(db, definition, shelf)),
        texts={key: plain_text(each.content_hash, each.body_html) for key, each in versions.items()},
    )


def _awarded_versions(db: Session, case_ids: Collection[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for award in judging.awards_of(db, sorted(case_ids)):
        found.setdefault(award.case_id, award.version_id)
    return found


def sources(db: Session, content: Content, shelf: Shelf) -> Mapping[str, Source]:
    """Version id -> where its passages are from, for those that the session's actor may read: awarded cases,
    and what he sees of submissions anyway."""
    quoted = quotations(content)
    awards = {award.case_id: award for award in reversed(judging.awards_of(db, [q.case_id for q in quoted]))}
    keys = {each.version_id for each in quoted}
    open_keys = {each.version_id for each in quoted if each.case_id in awards}
    with as_system(db):
        versions = submissions.versions_by_id(db, open_keys)
    versions |= submissions.versions_by_id(db, keys - open_keys)
    return {
        key: Source(
            case_id=version.case_id,
            title=version.title,
            unit=version.unit_name,
            prize=awards[version.case_id].prize_name if version.case_id in awards else "",
            version_hash=version.content_hash,
            address=shelf.address(version.number) if version.case_id in awards else "",
        )
        for key, version in versions.items()
    }
