"""Making a pack: start it from a kind of class and cases, save, copy, discard; its versions."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import _
from search.holdings import Shelved
from search.teaching.packs import codec, policy, queries
from search.teaching.packs.errors import ChangedMeanwhile
from search.teaching.packs.events import PackDiscarded, PackStarted
from search.teaching.packs.models import Pack, PackUse, PackVersion
from search.teaching.packs.rules.keeping import with_unseen
from search.teaching.packs.rules.limits import CASES_HIGHEST, excess
from search.teaching.packs.rules.lines import sources
from search.teaching.packs.rules.merging import Side, merge
from search.teaching.packs.rules.proposing import Source, proposed
from search.teaching.packs.rules.sections import sections
from search.teaching.packs.rules.starters import starter
from search.teaching.packs.rules.thinning import superfluous
from search.teaching.packs.service.loading import own_pack
from search.teaching.packs.values import Chosen, Content, PackView, Saved, Sharing

PACKS_HIGHEST = 300
NAME_HIGHEST = 60


def start_pack(
    db: Session, *, actor: Actor, now: datetime, kind: str, case_ids: Sequence[str], propose: bool
) -> str:
    """A new pack of the actor's out of a starter and the cases he may read, in their order; returns its id.

    With `propose` aims, questions, board and slides are filled from the cases.

    Raises:
        Forbidden
        Invalid: too many cases.
        Refused: he has too many packs.
    """
    require(policy.may_teach(actor))
    wanted = list(dict.fromkeys(case_ids))
    if len(wanted) > CASES_HIGHEST:
        raise Invalid(
            [
                FieldError(
                    "cases", _("一个教学包最多放 %(limit)s 个案例，请分成几个教学包。", limit=CASES_HIGHEST)
                )
            ]
        )
    found = queries.readable(db, wanted)
    cases = [found[case_id] for case_id in wanted if case_id in found]
    content = replace(starter(kind).content, cases=tuple(Chosen(case.id) for case in cases))
    if propose and cases:
        content = proposed(content, [source_of(case) for case in cases])
    return _add(db, actor, now, content)


def copy_pack(db: Session, *, actor: Actor, now: datetime, view: PackView) -> str:
    """A copy that belongs to the actor, with where it comes from. `view` is what he may see of the other:
    what is quoted from cases that he may not read does not come along.

    Raises:
        Forbidden
        Refused: he has too many packs.
    """
    require(policy.may_teach(actor))
    content = queries.shown(db, view).content
    return _add(db, actor, now, content, came_from=view)


def save_pack(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    pack_id: str,
    revision: int,
    content: Content,
    prefer: Side = "",
) -> Saved:
    """Save what the owner wrote since `revision` as a new version; the same content again is no version.

    What the owner may not read of it at the moment stays as it was. Another copy that was saved meanwhile (a
    second window, another device) is merged section by section; `prefer` says whose sections count where both
    changed the same.

    Raises:
        NotFound, Forbidden
        Invalid: more than a pack may hold.
        ChangedMeanwhile: both changed the same sections and `prefer` is "".
    """
    row = own_pack(db, actor, pack_id)
    errors = excess(content)
    if errors:
        raise Invalid(errors)
    current = _content(db, pack_id, row.revision) or Content()
    base = current if revision == row.revision else _content(db, pack_id, revision)
    content = _with_unseen(db, base or current, content)
    merged: tuple[str, ...] = ()
    if revision != row.revision:
        mine = content
        done = merge(base, mine, current, prefer)
        if done.clashes:
            raise ChangedMeanwhile(_(
                "这个教学包在另一个窗口或设备上也改过，两边改了同一部分。请选择保留哪一边，另一边仍留在版本历史里。"
            ), done.clashes, row.revision)  # fmt: skip
        content, merged = done.content, done.taken
        if prefer == "theirs" and mine != content:
            _append(db, row, actor, now, mine)  # what gives way stays in the history
            current = mine
    if content != current:
        _append(db, row, actor, now, content)
    return Saved(queries.pack(db, pack_id), merged)


def name_version(db: Session, *, actor: Actor, now: datetime, pack_id: str, revision: int, name: str) -> None:
    """Give a version a name, or take it away with "". A version with a name is kept for ever.

    Raises:
        NotFound, Forbidden, Invalid
    """
    own_pack(db, actor, pack_id)
    if len(name) > NAME_HIGHEST:
        raise Invalid([FieldError("name", _("版本名称不能超过 %(limit)s 个字。", limit=NAME_HIGHEST))])
    _version(db, pack_id, revision).name = name
    db.flush()


def restore_version(db: Session, *, actor: Actor, now: datetime, pack_id: str, revision: int) -> None:
    """Go on from an older version; what was there stays in the history.

    Raises:
        NotFound, Forbidden
    """
    row = own_pack(db, actor, pack_id)
    older = codec.from_json(_version(db, pack_id, revision).content)
    if older != _content(db, pack_id, row.revision):
        _append(db, row, actor, now, older)


def add_case(db: Session, *, actor: Actor, now: datetime, pack_id: str, case_id: str) -> None:
    """Put a case at the end of one's pack; once more does nothing.

    Raises:
        NotFound: also of a case that the actor may not read.
        Forbidden
        Invalid: the pack is full.
    """
    row = own_pack(db, actor, pack_id)
    if case_id not in queries.readable(db, [case_id]):
        raise NotFound
    current = _content(db, pack_id, row.revision) or Content()
    if case_id in current.case_ids:
        return
    content = replace(current, cases=(*current.cases, Chosen(case_id)))
    errors = excess(content)
    if errors:
        raise Invalid(errors)
    _append(db, row, actor, now, content)


def discard_pack(db: Session, *, actor: Actor, now: datetime, pack_id: str) -> None:
    """Throw a pack away.

    Raises:
        NotFound, Forbidden
        Refused: others may read it, or a class was reported.
    """
    row = own_pack(db, actor, pack_id)
    if row.sharing != Sharing.PRIVATE.value:
        raise Refused(_("这个教学包正在共享，请先停止共享，再删除。"))
    if db.scalar(select(func.count()).select_from(PackUse).where(PackUse.pack_id == pack_id)):
        raise Refused(_("这个教学包有上课记录，不能删除；可以停止共享，自己留存。"))
    db.execute(delete(PackVersion).where(PackVersion.pack_id == pack_id))
    db.delete(row)
    db.flush()
    record(db, actor=actor, now=now, event=PackDiscarded(pack_id=pack_id))


def source_of(case: Shelved) -> Source:
    """A case as the rules of proposing take it."""
    version = case.version
    return Source(case.id, version.title, version.unit_name, version.summary, (), sections(version.body_html))


def _add(
    db: Session, actor: Actor, now: datetime, content: Content, came_from: PackView | None = None
) -> str:
    count = db.scalar(select(func.count()).select_from(Pack).where(Pack.owner_id == actor.user_id))
    if (count or 0) >= PACKS_HIGHEST:
        raise Refused(_("您的教学包已有 %(limit)s 个，请先删除不用的。", limit=PACKS_HIGHEST))
    row = Pack(
        id=new_id(),
        owner_id=actor.user_id,
        owner_name=actor.name,
        sharing=Sharing.PRIVATE.value,
        revision=0,
        link_key=secrets.token_urlsafe(18),
        adapted_from=came_from.id if came_from else None,
        adapted_revision=came_from.shown_revision if came_from else None,
        started_at=now,
        changed_at=now,
    )
    db.add(row)
    db.flush()
    _append(db, row, actor, now, content)
    started = PackStarted(
        pack_id=row.id, case_ids=content.case_ids, adapted_from=came_from.id if came_from else ""
    )
    record(db, actor=actor, now=now, event=started)
    return row.id


def _append(db: Session, row: Pack, actor: Actor, now: datetime, content: Content) -> None:
    row.revision += 1
    row.changed_at = now
    db.add(
        PackVersion(
            pack_id=row.id,
            revision=row.revision,
            content=codec.to_json(content),
            saved_at=now,
            saved_by=actor.user_id,
            saved_by_name=actor.name,
        )
    )
    db.flush()
    gone = superfluous(queries.history(db, row.id), now)
    if gone:
        db.execute(delete(PackVersion).where(PackVersion.pack_id == row.id, PackVersion.revision.in_(gone)))


def _with_unseen(db: Session, before: Content, sent: Content) -> Content:
    return with_unseen(before, sent, frozenset(queries.readable(db, sources(before))))


def _version(db: Session, pack_id: str, revision: int) -> PackVersion:
    found = db.scalar(
        select(PackVersion).where(PackVersion.pack_id == pack_id, PackVersion.revision == revision)
    )
    if found is None:
        raise NotFound
    return found


def _content(db: Session, pack_id: str, revision: int) -> Content | None:
    try:
        return codec.from_json(_version(db, pack_id, revision).content)
    except NotFound:
        return None
