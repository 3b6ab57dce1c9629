"""Builds: asked for, watched, cancelled, kept, withdrawn. What is slow is done by `subscriptions`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from casebook import policy
from casebook import queries as editions
from casebook.assemble import standing
from casebook.making import queries
from casebook.making.events import BuildRequested, BuildsWithdrawn
from casebook.making.models import BookBuild, BuildFile
from casebook.making.values import ACTIVE, BuildKind, BuildState, BuiltFile, Output
from casebook.renderer import Rendered
from foundation import journal
from foundation.actor import SYSTEM, Actor
from foundation.errors import Refused
from foundation.ids import new_id
from foundation.permission import require
from foundation.text import Text, _
from judging import queries as judging

QUEUED = _("排队等待")
DONE = _("已完成")
FAILED = _("生成失败")
WITHDRAWN = _("生成期间有案例被撤销授奖，文件已作废，请重新生成")


@dataclass(frozen=True, slots=True)
class BuildOutcome:
    """What came of a build: the stored files and what they hold, or `failure`, a line for the log.

    `revision` and `award_ids` are those of the book that was printed.
    """

    revision: int
    award_ids: tuple[str, ...]
    files: tuple[BuiltFile, ...] = ()
    rendered: Rendered | None = None
    findings: tuple[str, ...] = ()
    failure: str = ""


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
        Refused: a build is under way, or there is nothing to print.
    """
    require(policy.may_edit(actor))
    edition = editions.edition_row(db, edition_id)
    if any(build.active for build in queries.builds(db, edition_id)):
        raise Refused(_("这本书正在生成，请等它完成。"))
    entries = [entry for chapter in editions.chapters(db, edition_id) for entry in standing(chapter)]
    if not entries:
        raise Refused(_("书里还没有可以付印的案例。"))
    last = db.scalar(select(func.max(BookBuild.number)).where(BookBuild.edition_id == edition_id))
    number = (last or 0) + 1
    build = BookBuild(
        id=new_id(),
        edition_id=edition_id,
        number=number,
        kind=kind.value,
        state=BuildState.QUEUED.value,
        progress=0,
        step=QUEUED.msgid,
        requested_at=now,
        requested_by=actor.user_id,
        edition_revision=edition.revision,
        award_ids=[entry.award_id for entry in entries],
        wanted=[each.value for each in wanted],
        log=[],
    )
    db.add(build)
    db.flush()
    requested = BuildRequested(build_id=build.id, edition_id=edition_id)
    journal.record(db, actor=actor, now=now, event=requested)
    return number


def note_progress(db: Session, *, build_id: str, share: int, step: Text) -> None:
    """Show how far a build is; one that is not active any more stays as it is."""
    db.execute(
        update(BookBuild)
        .where(BookBuild.id == build_id, BookBuild.state.in_([state.value for state in ACTIVE]))
        .values(state=BuildState.RUNNING.value, progress=share, step=step.msgid)
        .execution_options(synchronize_session=False)
    )


def finish_build(db: Session, *, now: datetime, build_id: str, outcome: BuildOutcome) -> None:
    """Keep what came of a build; a file with a case that lost its award meanwhile is withdrawn at once."""
    build = db.get(BookBuild, build_id)
    if build is None or BuildState(build.state) not in ACTIVE:
        return
    build.finished_at = now
    build.progress = 100
    build.edition_revision = outcome.revision
    build.award_ids = list(outcome.award_ids)
    if not outcome.files or outcome.rendered is None:
        build.state, build.step = BuildState.FAILED.value, FAILED.msgid
        build.log = [outcome.failure]
        return
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
    for file in outcome.files:
        db.add(
            BuildFile(
                build_id=build_id,
                output=file.output.value,
                name=file.name,
                media_type=file.media_type,
                sha256=file.sha256,
                size=file.size,
            )
        )


def withdraw_builds(db: Session, *, now: datetime, award_id: str) -> None:
    """Files with a case of this award are not given out again, whether or not the case is still in the book.
    Running twice changes nothing more; an award that stands withdraws nothing."""
    if any(award.id == award_id for award in judging.awards(db)):
        return
    done = db.scalars(select(BookBuild).where(BookBuild.state == BuildState.DONE.value))
    found = [build for build in done if award_id in build.award_ids]
    for build in found:
        build.state = BuildState.WITHDRAWN.value
    if found:
        event = BuildsWithdrawn(award_id=award_id, build_ids=tuple(build.id for build in found))
        journal.record(db, actor=SYSTEM, now=now, event=event)
