"""The editor's copy of a case: a working copy that is saved as one types, and rounds that are kept.

Each round is a row of its own; the awarded version never changes. All editors write in one working copy: who
saves on what is no longer there is told so and has both texts laid side by side.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from casebook import policy, queries
from casebook.errors import EditedMeanwhile
from casebook.events import ManuscriptWritten
from casebook.models import Manuscript, ManuscriptDraft
from casebook.rules.changes import changes, taken_back
from casebook.service.editions import touch
from casebook.values import EntryView, ManuscriptText, ManuscriptView, WorkingCopy
from foundation import journal, richtext
from foundation.actor import Actor
from foundation.display import moment
from foundation.errors import FieldError, Invalid, Refused
from foundation.permission import require
from foundation.text import _

BODY_CEILING = 1_000_000
"""Characters of markup: far above every case, far below what would hurt."""


def save_draft(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    edition_id: str,
    entry_id: str,
    revision: int,
    text: ManuscriptText,
) -> WorkingCopy:
    """Save the working copy if it is still the one that was opened; it may be as unfinished as it likes.

    Raises:
        Forbidden, NotFound
        EditedMeanwhile: somebody else saved since `revision`.
        Invalid: it shows a picture that is none of the case's, or is larger than any case.
    """
    require(policy.may_edit(actor))
    queries.locked_edition(db, edition_id)
    entry = queries.entry(db, edition_id, entry_id)
    text = _cleaned(text)
    copy = queries.working_copy(db, entry_id)
    if copy.revision != revision:
        if copy.text == text:
            return copy  # the same words came twice: a lost reply, a second button
        raise _edited_meanwhile(copy)
    _check(text, _photo_ids(db, entry), unfinished=True)
    _keep(db, copy, text, base=copy.base, actor=actor, now=now)
    return queries.working_copy(db, entry_id)


def discard_draft(
    db: Session, *, actor: Actor, now: datetime, edition_id: str, entry_id: str, revision: int | None = None
) -> None:
    """Give up what was written since the last round; `revision` is that of the working copy that was seen.

    Raises:
        Forbidden, NotFound
        Refused: somebody else saved since `revision`.
    """
    require(policy.may_edit(actor))
    queries.locked_edition(db, edition_id)
    queries.entry(db, edition_id, entry_id)
    current = queries.manuscript(db, entry_id)
    copy = queries.working_copy(db, entry_id)
    if revision not in (None, copy.revision) and _saver(db, entry_id) != actor.user_id:
        raise Refused(
            _("%(name)s 在您打开页面之后又写了新的内容，没有放弃。请看过再决定。", name=copy.saved_by)
        )
    if copy.pending:
        _keep(db, copy, current.text, base=current.ordinal, actor=actor, now=now)


def write_manuscript(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    edition_id: str,
    entry_id: str,
    base: int,
    text: ManuscriptText,
    note: str = "",
    revision: int | None = None,
) -> int:
    """Add a round; returns its ordinal, or that of the last one when nothing differs from it.

    `revision` is that of the working copy which becomes the round. Without it the round comes from elsewhere
    (a change taken back, a proposal taken over): then nothing may be written that is no round yet.

    Raises:
        Forbidden, NotFound
        Refused: another round was added after `base`, or somebody is writing.
        EditedMeanwhile: somebody else saved the working copy since `revision`.
        Invalid: title or unit is empty, or the text shows a picture that is none of the case's.
    """
    require(policy.may_edit(actor))
    edition = queries.locked_edition(db, edition_id)
    entry = queries.entry(db, edition_id, entry_id)
    current, copy = queries.manuscript(db, entry_id), queries.working_copy(db, entry_id)
    text = _cleaned(text)
    _require_free(current, copy, base, revision)
    _check(text, _photo_ids(db, entry))
    if text == current.text:
        _keep(db, copy, text, base=current.ordinal, actor=actor, now=now)
        return current.ordinal
    ordinal = current.ordinal + 1
    db.add(
        Manuscript(
            entry_id=entry_id,
            ordinal=ordinal,
            note=note,
            written_at=now,
            written_by=actor.user_id,
            writer_name=actor.name,
            **_columns(text),
        )
    )
    _keep(db, copy, text, base=ordinal, actor=actor, now=now)
    touch(edition, now)
    db.flush()
    written = ManuscriptWritten(entry_id=entry_id, edition_id=edition_id, ordinal=ordinal)
    journal.record(db, actor=actor, now=now, event=written)
    return ordinal


def restore_round(
    db: Session, *, actor: Actor, now: datetime, edition_id: str, entry_id: str, base: int, ordinal: int
) -> int:
    """Make an earlier round count again, as a new round; returns its ordinal."""
    require(policy.may_edit(actor))
    queries.entry(db, edition_id, entry_id)
    earlier = queries.manuscript(db, entry_id, ordinal)
    return write_manuscript(
        db,
        actor=actor,
        now=now,
        edition_id=edition_id,
        entry_id=entry_id,
        base=base,
        text=earlier.text,
        note=str(_("恢复第 %(n)s 稿", n=ordinal)),
    )


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The round that took changes back, and how many of them could not be: they were changed again since."""

    ordinal: int
    changes: int
    missed: int


def take_back(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    edition_id: str,
    entry_id: str,
    base: int,
    since: int,
    until: int,
    number: int | None = None,
) -> TakenBack:
    """Undo in the text as it is what changed from round `since` to `until`, all or the change of that number.

    Raises:
        Forbidden, NotFound
        Refused: nothing changed there, or its words were changed again since; else as `write_manuscript`.
    """
    require(policy.may_edit(actor))
    queries.entry(db, edition_id, entry_id)
    before, after = queries.manuscript(db, entry_id, since), queries.manuscript(db, entry_id, until)
    wanted = [
        each
        for each in changes(before.text, after.text)
        if each.kind != "same" and number in (None, each.number)
    ]
    text, missed = queries.manuscript(db, entry_id).text, 0
    for change in wanted:
        back = taken_back(text, change)
        missed += back is None
        text = back or text
    if missed == len(wanted):
        raise Refused(_("要退回的文字后来又改过，或者已经退回。请对照现在的一稿，逐处退回或直接修改。"))
    note = (
        _("退回第 %(n)s 稿的修改", n=until) if number is None else _("退回第 %(n)s 稿中的一处修改", n=until)
    )
    ordinal = write_manuscript(
        db,
        actor=actor,
        now=now,
        edition_id=edition_id,
        entry_id=entry_id,
        base=base,
        text=text,
        note=str(note),
    )
    return TakenBack(ordinal, len(wanted) - missed, missed)


def _require_free(current: ManuscriptView, copy: WorkingCopy, base: int, revision: int | None) -> None:
    """The round may be added to what is there."""
    if revision is not None and revision != copy.revision:
        raise _edited_meanwhile(copy)
    if current.ordinal != base:
        raise Refused(_("书稿刚刚被别人保存过新的一稿。请先核对，再保存您的修改。"))
    if revision is None and copy.pending:
        raise Refused(
            _(
                "这篇书稿还有没存成一稿的修改（%(name)s，%(at)s）。请先在“书稿”页把它存为一稿或放弃，再做这一步。",
                name=copy.saved_by,
                at=moment(copy.saved_at),
            )
        )


def _saver(db: Session, entry_id: str) -> str | None:
    return db.scalar(select(ManuscriptDraft.saved_by).where(ManuscriptDraft.entry_id == entry_id))


def _edited_meanwhile(copy: WorkingCopy) -> EditedMeanwhile:
    return EditedMeanwhile(
        _(
            "%(name)s 在您编辑期间保存过这篇书稿，为避免相互覆盖，您的修改没有存入。请核对两份内容再保存。",
            name=copy.saved_by,
        ),
        copy.revision,
    )


def _keep(
    db: Session, copy: WorkingCopy, text: ManuscriptText, *, base: int, actor: Actor, now: datetime
) -> None:
    """The text becomes the working copy; who has an older one open learns it when he saves."""
    row = db.scalar(select(ManuscriptDraft).where(ManuscriptDraft.entry_id == copy.entry_id))
    if row is None:
        row = ManuscriptDraft(entry_id=copy.entry_id)
        db.add(row)
    row.base, row.revision = base, copy.revision + 1
    row.saved_at, row.saved_by, row.saved_by_name = now, actor.user_id, actor.name
    for name, value in _columns(text).items():
        setattr(row, name, value)
    db.flush()


def _columns(text: ManuscriptText) -> dict[str, object]:
    return {
        "title": text.title,
        "unit": text.unit,
        "authors": list(text.authors),
        "summary": text.summary,
        "body": text.body,
        "photos": [{"id": photo.id, "caption": photo.caption} for photo in text.photos],
        "source_line": text.source_line,
        "signoff_line": text.signoff_line,
    }


def _cleaned(text: ManuscriptText) -> ManuscriptText:
    return replace(text, body=richtext.clean(text.body))


def _photo_ids(db: Session, entry: EntryView) -> set[str]:
    return {photo.id for photo in queries.photos(db, entry)}


def _check(text: ManuscriptText, photos: set[str], *, unfinished: bool = False) -> None:
    errors = []
    if not text.title and not unfinished:
        errors.append(FieldError("title", _("请填写标题")))
    if not text.unit and not unfinished:
        errors.append(FieldError("unit", _("请填写单位")))
    shown = {*richtext.attachment_ids(text.body), *(photo.id for photo in text.photos)}
    if not shown <= photos:
        errors.append(FieldError("body", _("书稿里有不属于这个案例的图片，请删除后再保存")))
    if len(text.body) > BODY_CEILING:
        errors.append(FieldError("body", _("正文过长，没有保存，请删减。")))
    if errors:
        raise Invalid(errors)
