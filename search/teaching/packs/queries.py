"""Reads of packs. What is quoted from a case goes no further than to those who may read that case: `readable`
and `withheld` are the way of every page, paper and reply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.errors import NotFound
from foundation.visibility import as_system
from search import holdings
from search.holdings import Shelved
from search.teaching.packs import codec
from search.teaching.packs.models import Pack, PackCase, PackUse, PackUseCase, PackVersion, UseAnswer
from search.teaching.packs.rules.lines import sources, withheld
from search.teaching.packs.values import (
    Again,
    Answer,
    Content,
    PackView,
    Report,
    Sharing,
    Tally,
    UseView,
    VersionLine,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A pack as its reader may see it: `content` without the words of cases he may not read, the cases he
    may, by id, and how many are kept from him."""

    pack: PackView
    content: Content
    cases: Mapping[str, Shelved]
    missing: int

    @property
    def title(self) -> str:
        """The pack's own title, else that of its first case; "" when there is neither."""
        if self.content.title:
            return self.content.title
        return next((self.cases[each].version.title for each in self.content.case_ids), "")


def pack(db: Session, pack_id: str) -> PackView:
    """A pack that the session's actor may see: his own as it is now, another's as it was shared.

    Raises:
        NotFound
    """
    row = row_of(db, pack_id)
    return _view(db, row, _revision_for(db, row))


def pack_at(db: Session, pack_id: str, revision: int) -> PackView:
    """One of its versions, where the actor may see that.

    Raises:
        NotFound
    """
    return _view(db, row_of(db, pack_id), revision)


def pack_by_link(db: Session, key: str) -> PackView:
    """What its owner shares with whoever has the address.

    Raises:
        NotFound: also after he took it back.
    """
    with as_system(db):
        row = db.scalar(select(Pack).where(Pack.link_key == key, Pack.sharing == Sharing.LINK.value))
        if row is None or row.shared_revision is None:
            raise NotFound
        return _view(db, row, row.shared_revision)


def pack_by_handout(db: Session, key: str) -> PackView:
    """The pack whose hand-out participants open at this address.

    Raises:
        NotFound
    """
    with as_system(db):
        row = db.scalar(select(Pack).where(Pack.handout_key == key))
        if row is None:
            raise NotFound
        return _view(db, row, row.revision)


def row_of(db: Session, pack_id: str) -> Pack:
    """Raises NotFound."""
    row = db.scalar(select(Pack).where(Pack.id == pack_id))
    if row is None:
        raise NotFound
    return row


def shown(db: Session, view: PackView) -> Shown:
    """What the session's actor may see of it at this moment."""
    cases = readable(db, sources(view.content))
    content = withheld(view.content, frozenset(cases))
    return Shown(view, content, cases, len(view.content.cases) - len(content.cases))


def readable(db: Session, case_ids: Iterable[str]) -> dict[str, Shelved]:
    """Those of the cases that stand on the shelf and are open to the session's actor."""
    return holdings.cases(db, sorted(set(case_ids)))


def own_packs(db: Session, user_id: str) -> list[PackView]:
    """A trainer's packs as they are now, the one changed last first."""
    rows = db.execute(
        select(Pack, PackVersion)
        .join(PackVersion, (PackVersion.pack_id == Pack.id) & (PackVersion.revision == Pack.revision))
        .where(Pack.owner_id == user_id)
        .order_by(Pack.changed_at.desc(), Pack.id.desc())
    )
    return [view_of(row, version) for row, version in rows]


def shared_packs(db: Session, *, case_id: str = "", most: int = 200) -> list[PackView]:
    """What trainers share with one another, the newest first; with `case_id` only packs of that case."""
    query = (
        select(Pack, PackVersion)
        .join(PackVersion, (PackVersion.pack_id == Pack.id) & (PackVersion.revision == Pack.shared_revision))
        .where(Pack.sharing == Sharing.TRAINERS.value)
        .order_by(Pack.shared_at.desc(), Pack.id.desc())
        .limit(most)
    )
    if case_id:
        query = query.where(Pack.id.in_(select(PackCase.pack_id).where(PackCase.case_id == case_id)))
    return [view_of(row, version) for row, version in db.execute(query)]


def packs_of_cases(db: Session) -> frozenset[str]:
    """The cases that a pack shared with trainers is made of: what the index wants to know."""
    with as_system(db):
        query = select(PackCase.case_id).join(Pack, Pack.id == PackCase.pack_id)
        return frozenset(db.scalars(query.where(Pack.sharing == Sharing.TRAINERS.value)))


def history(db: Session, pack_id: str) -> list[VersionLine]:
    """A pack's versions that the actor may see, the newest first."""
    row = row_of(db, pack_id)
    found = db.execute(
        select(PackVersion.revision, PackVersion.name, PackVersion.saved_at, PackVersion.saved_by_name)
        .where(PackVersion.pack_id == pack_id)
        .order_by(PackVersion.revision.desc())
    )
    shared = row.shared_revision if row.sharing != Sharing.PRIVATE.value else None
    return [VersionLine(revision, name, at, by, revision == shared) for revision, name, at, by in found]


def uses(db: Session, pack_id: str) -> list[UseView]:
    """The classes held with a pack, as far as the actor may read of them, the latest first."""
    query = select(PackUse).where(PackUse.pack_id == pack_id)
    return [_use(row) for row in db.scalars(query.order_by(PackUse.used_on.desc(), PackUse.id.desc()))]


def own_uses(db: Session, user_id: str) -> list[UseView]:
    """The classes that one trainer has reported."""
    query = select(PackUse).where(PackUse.user_id == user_id)
    return [_use(row) for row in db.scalars(query.order_by(PackUse.used_on.desc(), PackUse.id.desc()))]


def use(db: Session, use_id: str) -> UseView:
    """Raises NotFound."""
    row = db.scalar(select(PackUse).where(PackUse.id == use_id))
    if row is None:
        raise NotFound
    return _use(row)


def use_by_key(db: Session, key: str) -> UseView:
    """The class whose participants answer at this address.

    Raises:
        NotFound
    """
    with as_system(db):
        row = db.scalar(select(PackUse).where(PackUse.answer_key == key))
        if row is None:
            raise NotFound
        return _use(row)


def answers(db: Session, use_id: str) -> list[Answer]:
    """What participants answered, to the trainer who held the class."""
    rows = db.scalars(select(UseAnswer).where(UseAnswer.use_id == use_id).order_by(UseAnswer.answered_at))
    return [Answer(row.gained, row.unclear, row.helpful) for row in rows]


def tallies(db: Session, pack_ids: Sequence[str]) -> dict[str, Tally]:
    """How often packs were used: counts only, of all classes."""
    found: dict[str, Tally] = {}
    with as_system(db):
        query = select(PackUse.pack_id, PackUse.people, PackUse.again).where(PackUse.pack_id.in_(pack_ids))
        for pack_id, people, again in db.execute(query):
            before = found.get(pack_id, Tally())
            found[pack_id] = Tally(
                before.classes + 1, before.people + people, before.again + (again != Again.NO.value)
            )
    return found


def tally_of_case(db: Session, case_id: str) -> Tally:
    """How often a case was taught with a pack; counts only."""
    with as_system(db):
        ids = select(PackUseCase.use_id).where(PackUseCase.case_id == case_id)
        rows = db.execute(select(func.count(), func.sum(PackUse.people)).where(PackUse.id.in_(ids))).one()
        again = db.scalar(select(func.count()).where(PackUse.id.in_(ids), PackUse.again != Again.NO.value))
    return Tally(rows[0], rows[1] or 0, again or 0)


def voices(db: Session, case_id: str, most: int = 5) -> list[UseView]:
    """What trainers who agreed to be read say of classes with a case, for whoever may read the case."""
    with as_system(db):
        rows = db.scalars(
            select(PackUse)
            .where(
                PackUse.id.in_(select(PackUseCase.use_id).where(PackUseCase.case_id == case_id)),
                PackUse.shown.is_(True),
                PackUse.worked != "",
            )
            .order_by(PackUse.used_on.desc(), PackUse.id.desc())
            .limit(most)
        )
        return [_use(row) for row in rows]


def _revision_for(db: Session, row: Pack) -> int:
    actor = db.info.get("actor")
    mine = actor is None or actor.user_id == row.owner_id
    return row.revision if mine or row.shared_revision is None else row.shared_revision


def _view(db: Session, row: Pack, revision: int) -> PackView:
    version = db.scalar(
        select(PackVersion).where(PackVersion.pack_id == row.id, PackVersion.revision == revision)
    )
    if version is None:
        raise NotFound
    return view_of(row, version)


def view_of(row: Pack, version: PackVersion) -> PackView:
    return PackView(
        id=row.id,
        owner_id=row.owner_id,
        owner_name=row.owner_name,
        sharing=Sharing(row.sharing),
        revision=row.revision,
        shown_revision=version.revision,
        shared_revision=row.shared_revision,
        shared_at=row.shared_at,
        content=codec.from_json(version.content),
        saved_at=version.saved_at,
        saved_by_name=version.saved_by_name,
        link_key=row.link_key,
        handout_key=row.handout_key or "",
        adapted_from=row.adapted_from or "",
        adapted_revision=row.adapted_revision,
    )


def _use(row: PackUse) -> UseView:
    return UseView(
        id=row.id,
        pack_id=row.pack_id,
        revision=row.revision,
        user_id=row.user_id,
        user_name=row.user_name,
        report=Report(
            used_on=row.used_on,
            with_whom=row.with_whom,
            people=row.people,
            worked=row.worked,
            change=row.change,
            again=Again(row.again),
            shown=row.shown,
        ),
        answer_key=row.answer_key or "",
        recorded_at=row.recorded_at,
    )
