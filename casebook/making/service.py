"""Builds: asked for, watched, cancelled, kept, withdrawn, deleted. What is slow is done by `building`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from casebook import policy
from casebook import queries as editions
from casebook.assemble import standing
from casebook.making import queries
from casebook.making.events import (
    BuildCancelled,
    BuildDeleted,
    BuildFinished,
    BuildRequested,
    BuildsWithdrawn,
)
from casebook.making.models import BookBuild, BuildFile, PublishedBook
from casebook.making.values import ACTIVE, BuildKind, BuildState, BuiltFile, Output
from casebook.printcheck import PrintFinding
from casebook.renderer import Rendered
from casebook.reviewing.queries import cleared, proofs_read
from foundation import journal
from foundation.actor import SYSTEM, Actor
from foundation.errors import NotFound, Refused
from foundation.ids import new_id
from foundation.permission import require
from foundation.text import Text, _
from judging import queries as judging

QUEUED = _("排队等待")
DONE = _("已完成")
FAILED = _("生成失败")
UNCLEARED = _("提出之后书里又有改动，还没有重新签署，所以没有生成付印文件。请签署后再生成。")
CANCELLED = _("已取消")
WITHDRAWN = _("生成期间有案例被撤销授奖，文件已作废，请重新生成")
ATTEMPTS = 3
"""How often a build is begun: one that ends the process each time is given up."""
_ACTIVE = [state.value for state in ACTIVE]


@dataclass(frozen=True, slots=True)
class BuildOutcome:
    """What came of a build: the stored files and what they hold, or `failure`, a line for the log;
    `uncleared`: it was to be final, and the book was changed after it was asked for.

    `revision` and `award_ids` are those of the book that was printed.
    """

    revision: int = 0
    award_ids: tuple[str, ...] = ()
    files: tuple[BuiltFile, ...] = ()
    rendered: Rendered | None = None
    findings: tuple[str, ...] = ()
    report: tuple[PrintFinding, ...] = ()
    fonts: tuple[str, ...] = ()
    failure: str = ""
    uncleared: bool = False


def request_build(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    edition_id: str,
    kind: BuildKind = BuildKind.PROOF,
    wanted: tuple[Output, ...] = (),
) -> int:
    """Ask for the book's files; returns the build's number.

    Raises:
        Forbidden, NotFound
        Refused: a build is under way, there is nothing to print, or a final file is asked for of a book that
            is not through its reviews and proofs.
    """
    require(policy.may_edit(actor))
    edition = editions.locked_edition(db, edition_id)
    _nothing_under_way(db, edition_id)
    entries = [entry for chapter in editions.chapters(db, edition_id) for entry in standing(chapter)]
    if not entries:
        raise Refused(_("书里还没有可以付印的案例。"))
    if kind is BuildKind.FINAL:
        _cleared(db, edition_id)
    build = _new(edition_id, kind, wanted, actor=actor, now=now)
    build.edition_revision = edition.revision
    build.award_ids = [entry.award_id for entry in entries]
    return _queue(db, build, actor=actor, now=now)


def build_again(db: Session, *, actor: Actor, now: datetime, edition_id: str, number: int) -> int:
    """Make a build once more from its manifest: the same rounds, settings and photos, whatever was changed
    since; returns the new build's number.

    Raises:
        Forbidden, NotFound
        Refused: a build is under way, or the earlier one has no manifest or a case without an award.
    """
    require(policy.may_edit(actor))
    editions.locked_edition(db, edition_id)
    earlier = queries.build(db, edition_id, number)
    _nothing_under_way(db, edition_id)
    if earlier.state is not BuildState.DONE or earlier.file(Output.MANIFEST) is None:
        raise Refused(_("这一次没有留下清单，不能照原样再生成。请从已完成的一次里选。"))
    if not queries.in_force(db, earlier):
        raise Refused(_("这一次里有案例已被撤销授奖，不能再生成。"))
    build = _new(edition_id, earlier.kind, earlier.wanted, actor=actor, now=now)
    build.again_of = earlier.number
    build.edition_revision = earlier.edition_revision
    build.award_ids = list(earlier.award_ids)
    return _queue(db, build, actor=actor, now=now)


def _nothing_under_way(db: Session, edition_id: str) -> None:
    if any(build.active for build in queries.builds(db, edition_id)):
        raise Refused(_("这本书正在生成，请等它完成，或先取消它。"))


def _cleared(db: Session, edition_id: str) -> None:
    clearance = cleared(db, edition_id)
    if not clearance.cleared:
        why = "\n".join(str(each) for each in clearance.missing[:5])
        raise Refused(_("还不能生成付印文件，可以先生成校样。%(why)s", why=why))


def _new(
    edition_id: str, kind: BuildKind, wanted: tuple[Output, ...], *, actor: Actor, now: datetime
) -> BookBuild:
    return BookBuild(
        id=new_id(),
        edition_id=edition_id,
        kind=kind.value,
        state=BuildState.QUEUED.value,
        again_of=0,
        attempts=0,
        progress=0,
        step=QUEUED.msgid,
        requested_at=now,
        requested_by=actor.user_id,
        wanted=[each.value for each in wanted],
        log=[],
    )


def _queue(db: Session, build: BookBuild, *, actor: Actor, now: datetime) -> int:
    last = db.scalar(select(func.max(BookBuild.number)).where(BookBuild.edition_id == build.edition_id))
    build.number = (last or 0) + 1
    db.add(build)
    db.flush()
    requested = BuildRequested(build_id=build.id, edition_id=build.edition_id)
    journal.record(db, actor=actor, now=now, event=requested)
    return build.number


# --- while it is made --------------------------------------------------------------------------------


def begin_build(db: Session, *, build_id: str) -> bool:
    """Note that a build is begun; False: it is not wanted any more, or has ended the process too often."""
    build = db.get(BookBuild, build_id)
    if build is None or build.state not in _ACTIVE:
        return False
    build.attempts += 1
    return build.attempts <= ATTEMPTS


def note_progress(db: Session, *, build_id: str, share: int, step: Text) -> bool:
    """Show how far a build is; False: it is not active any more and stays as it is."""
    changed = db.execute(
        update(BookBuild)
        .where(BookBuild.id == build_id, BookBuild.state.in_(_ACTIVE))
        .values(state=BuildState.RUNNING.value, progress=share, step=step.msgid)
        .execution_options(synchronize_session=False)
    )
    return bool(changed.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result is a CursorResult


def cancel_build(db: Session, *, actor: Actor, now: datetime, edition_id: str, number: int) -> None:
    """Stop a build; whoever makes it notices within a second. One that has ended stays as it is.

    Raises:
        Forbidden, NotFound
        Refused: it has ended.
    """
    require(policy.may_edit(actor))
    build = queries.build_row(db, edition_id, number)
    if build.state not in _ACTIVE:
        raise Refused(_("这一次生成已经结束，不用取消。"))
    build.state, build.step, build.finished_at = BuildState.CANCELLED.value, CANCELLED.msgid, now
    event = BuildCancelled(build_id=build.id, edition_id=edition_id)
    journal.record(db, actor=actor, now=now, event=event)


def finish_build(db: Session, *, now: datetime, build_id: str, outcome: BuildOutcome) -> None:
    """Keep what came of a build; a file with a case that lost its award meanwhile is withdrawn at once."""
    build = db.get(BookBuild, build_id)
    if build is None or build.state not in _ACTIVE:
        return
    build.finished_at = now
    build.progress = 100
    if not outcome.files or outcome.rendered is None:
        build.state = BuildState.FAILED.value
        build.step = (UNCLEARED if outcome.uncleared else FAILED).msgid
        build.log = [outcome.failure] if outcome.failure else []
        return
    build.edition_revision = outcome.revision
    build.award_ids = list(outcome.award_ids)
    in_force = {award.id for award in judging.awards(db)}
    revoked = not set(outcome.award_ids) <= in_force
    build.state = (BuildState.WITHDRAWN if revoked else BuildState.DONE).value
    build.step = (WITHDRAWN if revoked else DONE).msgid
    build.pages = outcome.rendered.pages
    build.entries = outcome.rendered.entries
    build.pictures = outcome.rendered.pictures
    missing = (f"missing {src}" for src in outcome.rendered.missing)
    failure = outcome.rendered.layout_failure
    build.log = [*missing, *outcome.findings, *([f"layout: {failure}"[:500]] if failure else [])]
    build.report = [[each.kind.value, each.entry, each.words, each.number] for each in outcome.report]
    build.fonts = list(outcome.fonts)
    db.add_all(_file(build_id, file) for file in outcome.files)
    db.flush()
    event = BuildFinished(build_id=build_id, edition_id=build.edition_id)
    journal.record(db, actor=SYSTEM, now=now, event=event)


def _file(build_id: str, file: BuiltFile) -> BuildFile:
    return BuildFile(
        build_id=build_id,
        output=file.output.value,
        name=file.name,
        media_type=file.media_type,
        sha256=file.sha256,
        size=file.size,
    )


# --- afterwards --------------------------------------------------------------------------------------


def withdraw_builds(db: Session, *, now: datetime, award_id: str) -> None:
    """Files with a case of this award are not given out again, whether or not the case is still in the book;
    a web edition of them leaves the library. Running twice changes nothing more; an award that stands
    withdraws nothing."""
    if any(award.id == award_id for award in judging.awards(db)):
        return
    done = db.scalars(select(BookBuild).where(BookBuild.state == BuildState.DONE.value))
    found = [build for build in done if award_id in build.award_ids]
    for build in found:
        build.state = BuildState.WITHDRAWN.value
    for book in db.scalars(
        select(PublishedBook).where(
            PublishedBook.build_id.in_([build.id for build in found]), PublishedBook.withdrawn_at.is_(None)
        )
    ):
        book.withdrawn_at = now
    if found:
        event = BuildsWithdrawn(award_id=award_id, build_ids=tuple(build.id for build in found))
        journal.record(db, actor=SYSTEM, now=now, event=event)


def delete_build(db: Session, *, actor: Actor, now: datetime, edition_id: str, number: int) -> None:
    """Forget a proof and its files. Final files are the record of what was printed and stay, and so do the
    proofs that somebody read and signed.

    Raises:
        Forbidden, NotFound
        Refused: it is final, under way, or a sign-off says that it was read.
    """
    require(policy.may_edit(actor))
    build = queries.build_row(db, edition_id, number)
    if build.kind == BuildKind.FINAL.value and build.state in (
        BuildState.DONE.value,
        BuildState.WITHDRAWN.value,
    ):
        raise Refused(_("付印文件要永久保留，不能删除。"))
    if build.state in _ACTIVE:
        raise Refused(_("这一次还在生成，请先取消，再删除。"))
    if number in proofs_read(db, edition_id):
        raise Refused(_("有人按这一次的校样签过字，要留作审校记录，不能删除。"))
    files = db.scalars(select(BuildFile).where(BuildFile.build_id == build.id)).all()
    hashes = tuple(file.sha256 for file in files)
    for file in files:
        db.delete(file)
    db.flush()
    db.delete(build)
    db.flush()
    event = BuildDeleted(build_id=build.id, edition_id=edition_id, number=number, hashes=hashes)
    journal.record(db, actor=actor, now=now, event=event)


def unnamed(db: Session, hashes: tuple[str, ...]) -> tuple[str, ...]:
    """Those of these contents that no build names any more."""
    named = set(db.scalars(select(BuildFile.sha256).where(BuildFile.sha256.in_(hashes))))
    return tuple(each for each in hashes if each not in named)


def active(db: Session, build_id: str) -> bool:
    """Whether somebody still waits for a build. Raises NotFound."""
    state = db.scalar(select(BookBuild.state).where(BookBuild.id == build_id))
    if state is None:
        raise NotFound
    return state in _ACTIVE
