"""Writing: start, save, add files, check, throw away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from foundation import richtext
from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.files import StoredFile
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import _
from foundation.wordcount import word_count
from submissions import codec, policy, queries
from submissions.errors import EditedMeanwhile, WindowClosed
from submissions.events import CaseStarted, DraftDiscarded
from submissions.models import Attachment, Case, CaseStep, Draft
from submissions.rules.lifecycle import Deed, after, can_edit, why_impossible
from submissions.rules.texts import AUTHORS_HIGHEST, FILES_HIGHEST, check_text
from submissions.rules.windows import local, window_state
from submissions.service.loading import Loaded, load_case, lock_case, lock_entry, window_of
from submissions.values import (
    AttachmentKind,
    AttachmentView,
    CaseStatus,
    CaseText,
    DraftView,
    Finding,
    WindowState,
)

CAPTION_HIGHEST = 200
TEXT_CEILING = 400_000
"""Characters of markup in a body: far above every word limit, far below what would hurt."""
LINE_CEILING = 2_000
DRAFTS_HIGHEST = 30


@dataclass(frozen=True, slots=True)
class NewFile:
    """An uploaded file that is stored already. A photo's `width` and `height` are those after re-encoding."""

    stored: StoredFile
    kind: AttachmentKind
    name: str
    media_type: str
    caption: str = ""
    width: int | None = None
    height: int | None = None


def start_draft(db: Session, *, actor: Actor, now: datetime, call_id: str) -> str:
    """Open an empty working copy for the actor's unit and return the case's id.

    Raises:
        NotFound, Forbidden
        WindowClosed: nothing could be handed in any more.
        Refused: the unit has too many drafts open.
    """
    call = queries.call(db, call_id)
    require(policy.may_start(actor))
    unit_id = actor.unit_id or ""
    state = window_state(
        published_at=call.published_at,
        opens_at=call.opens_at,
        closes_at=queries.deadline(db, call, unit_id),
        at=now,
    )
    if state is WindowState.UNPUBLISHED:
        raise WindowClosed(_("这个征集活动尚未发布，暂时不能申报。"))
    if state in (WindowState.CLOSED, WindowState.GRACE):
        raise WindowClosed(_("这个征集活动已经截止，不能再新建案例。如有特殊情况，请联系组织单位。"))
    _take_part(db, call_id, unit_id)
    case = Case(
        id=new_id(),
        call_id=call_id,
        unit_id=unit_id,
        status=CaseStatus.DRAFT.value,
        created_at=now,
        created_by=actor.user_id,
        changed_at=now,
    )
    db.add(case)
    db.flush()
    db.add(
        Draft(
            case_id=case.id,
            unit_id=unit_id,
            authors=[],
            saved_at=now,
            saved_by=actor.user_id,
            saved_by_name=actor.name,
        )
    )
    db.flush()
    record(db, actor=actor, now=now, event=CaseStarted(case_id=case.id, call_id=call_id))
    return case.id


def save_draft(
    db: Session, *, actor: Actor, now: datetime, case_id: str, revision: int, text: CaseText
) -> DraftView:
    """Save the working copy if it is still the one that was opened. Not a word about completeness: drafts may
    be as unfinished as they like.

    Raises:
        NotFound, Forbidden
        Refused: the case cannot be written in now.
        EditedMeanwhile: somebody else saved since `revision`.
        Invalid: more than any call could want.
    """
    loaded, draft = _open(db, actor, now, case_id)
    if draft.revision != revision:
        if _is_saved(draft, text):
            return queries.draft(db, case_id)  # the same words came twice: a lost reply, a second button
        raise EditedMeanwhile(
            _(
                "%(name)s 在您编辑期间保存过这份草稿，为避免相互覆盖，您的这次修改没有存入。"
                "请复制您的内容，刷新页面核对后再保存。",
                name=draft.saved_by_name,
            ),
            draft.revision,
        )
    _check_ceilings(text)
    _fill(draft, text)
    _saved(draft, loaded, actor, now)
    db.flush()
    return queries.draft(db, case_id)


def attach_file(db: Session, *, actor: Actor, now: datetime, case_id: str, file: NewFile) -> AttachmentView:
    """Add a stored file to the working copy, at the end.

    Raises:
        NotFound, Forbidden
        Refused: the case cannot be written in now, or has too many files.
    """
    loaded, _draft = _open(db, actor, now, case_id)
    row = _attach(db, actor, now, loaded, file)
    loaded.row.changed_at = now
    db.flush()
    return queries.attachment_view(row)


def caption_attachment(
    db: Session, *, actor: Actor, now: datetime, case_id: str, attachment_id: str, caption: str
) -> AttachmentView:
    """Write what a file shows.

    Raises:
        NotFound, Forbidden, Refused, Invalid
    """
    loaded, _draft = _open(db, actor, now, case_id)
    row = _attachment(db, case_id, attachment_id)
    if len(caption) > CAPTION_HIGHEST:
        sentence = _(
            "说明文字不能超过 %(limit)s 个字，现在是 %(count)s 个字。",
            limit=CAPTION_HIGHEST,
            count=len(caption),
        )
        raise Invalid([FieldError(f"caption-{attachment_id}", sentence)])
    row.caption = caption
    loaded.row.changed_at = now
    db.flush()
    return queries.attachment_view(row)


def move_attachment(
    db: Session, *, actor: Actor, now: datetime, case_id: str, attachment_id: str, by: int
) -> None:
    """Move a file up (`by` -1) or down (1) among the files of the working copy; at the end it stays.

    Raises:
        NotFound, Forbidden, Refused
    """
    loaded, _draft = _open(db, actor, now, case_id)
    row = _attachment(db, case_id, attachment_id)
    rows = list(
        db.scalars(
            select(Attachment)
            .where(Attachment.case_id == case_id, Attachment.removed_at.is_(None))
            .order_by(Attachment.position, Attachment.id)
        )
    )
    place = rows.index(row)
    rows.insert(max(0, min(len(rows) - 1, place + by)), rows.pop(place))
    for position, each in enumerate(rows, start=1):
        each.position = position
    loaded.row.changed_at = now
    db.flush()


def remove_attachment(db: Session, *, actor: Actor, now: datetime, case_id: str, attachment_id: str) -> None:
    """Take a file out of the working copy; versions that name it keep it.

    Raises:
        NotFound, Forbidden, Refused
    """
    loaded, _draft = _open(db, actor, now, case_id)
    _attachment(db, case_id, attachment_id).removed_at = now
    loaded.row.changed_at = now
    db.flush()


def import_word(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    case_id: str,
    revision: int,
    text: CaseText,
    pictures: Sequence[tuple[str, NewFile]],
) -> DraftView:
    """Take over what was read from a Word file: its text replaces the working copy's, its pictures are added.

    `pictures` pairs the id by which `text.body_html` shows a picture (`attachment:ID`) with the stored file.
    Fields the file did not give keep what the authors had written.

    Raises:
        NotFound, Forbidden, Refused, EditedMeanwhile, Invalid
    """
    loaded, draft = _open(db, actor, now, case_id)
    body = text.body_html
    for old_id, file in pictures:
        row = _attach(db, actor, now, loaded, file)
        body = body.replace(f'src="attachment:{old_id}"', f'src="attachment:{row.id}"')
    had = queries.draft_text(draft)
    merged = replace(
        had,
        title=text.title or had.title,
        summary=text.summary or had.summary,
        body_html=body,
        authors=text.authors or had.authors,
        source_line=text.source_line or had.source_line,
        signoff_line=text.signoff_line or had.signoff_line,
    )
    return save_draft(db, actor=actor, now=now, case_id=case_id, revision=revision, text=merged)


def check_draft(db: Session, *, actor: Actor, now: datetime, case_id: str) -> tuple[Finding, ...]:
    """What still stands between the working copy and handing it in, each linked to its field.

    Raises:
        NotFound, Forbidden
    """
    loaded = load_case(db, case_id)
    require(policy.may_write(actor, unit_id=loaded.row.unit_id))
    draft = queries.draft(db, case_id)
    return check_text(
        draft.text,
        loaded.call.rules,
        word_count=draft.word_count,
        attachments=draft.attachments,
        today=local(now, loaded.call.timezone).date(),
    )


def discard_draft(db: Session, *, actor: Actor, now: datetime, case_id: str) -> None:
    """Throw away a case that was never handed in.

    Raises:
        NotFound, Forbidden
        Refused: it was handed in once, so its versions stay.
    """
    loaded = load_case(db, case_id)
    require(policy.may_write(actor, unit_id=loaded.row.unit_id))
    loaded = lock_case(db, loaded)
    if after(Deed.DISCARD, loaded.status) is None or loaded.row.ordinal:
        raise Refused(_("提交过的案例不能删除，可以在截止前撤回。"))
    for table in (Attachment, CaseStep, Draft):
        db.execute(delete(table).where(table.case_id == case_id))
    call_id = loaded.row.call_id
    db.delete(loaded.row)
    db.flush()
    record(db, actor=actor, now=now, event=DraftDiscarded(case_id=case_id, call_id=call_id))


def _open(db: Session, actor: Actor, now: datetime, case_id: str) -> tuple[Loaded, Draft]:
    """The working copy, permitted and locked for writing."""
    loaded = load_case(db, case_id)
    require(policy.may_write(actor, unit_id=loaded.row.unit_id))
    loaded = lock_case(db, loaded)
    if not can_edit(loaded.status, window_of(db, loaded, now)):
        if after(Deed.EDIT, loaded.status) is None:
            raise Refused(why_impossible(loaded.status))
        raise WindowClosed(_("征集已截止，已提交的案例不能再修改。"))
    draft = db.scalar(select(Draft).where(Draft.case_id == case_id).execution_options(populate_existing=True))
    if draft is None:
        raise NotFound
    return loaded, draft


def _take_part(db: Session, call_id: str, unit_id: str) -> None:
    lock_entry(db, call_id, unit_id)
    count = db.scalar(
        select(func.count(Case.id)).where(
            Case.call_id == call_id, Case.unit_id == unit_id, Case.status == CaseStatus.DRAFT.value
        )
    )
    if (count or 0) >= DRAFTS_HIGHEST:
        raise Refused(
            _("贵单位在这个征集活动中的草稿已达 %(limit)s 份，请先删除不用的草稿。", limit=DRAFTS_HIGHEST)
        )


def _check_ceilings(text: CaseText) -> None:
    """Keep out what no call could want; everything else may be saved as a draft."""
    lengths = (
        ("title", len(text.title), LINE_CEILING),
        ("summary", len(text.summary), LINE_CEILING * 5),
        ("body", len(text.body_html), TEXT_CEILING),
        ("source_line", len(text.source_line), LINE_CEILING),
        ("signoff_line", len(text.signoff_line), LINE_CEILING),
    )
    errors = [
        FieldError(field, _("内容过长（超过 %(limit)s 个字符），没有保存，请删减。", limit=limit))
        for field, length, limit in lengths
        if length > limit
    ]
    if len(text.authors) > AUTHORS_HIGHEST * 3:
        errors.append(FieldError("authors-0-name", _("作者不能超过 %(limit)s 位。", limit=AUTHORS_HIGHEST)))
    if errors:
        raise Invalid(errors)


def _fill(draft: Draft, text: CaseText) -> None:
    draft.title = text.title
    draft.summary = text.summary
    draft.body_html = richtext.clean(text.body_html)
    draft.category_key = text.category_key[:40]
    draft.authors = codec.authors_to_json(each for each in text.authors if each.name or each.post)
    draft.practice_from = text.practice_from
    draft.practice_to = text.practice_to
    draft.source_line = text.source_line
    draft.signoff_line = text.signoff_line
    draft.word_count = word_count(richtext.plain(draft.body_html))


def _is_saved(draft: Draft, text: CaseText) -> bool:
    return queries.draft_text(draft) == replace(
        text,
        body_html=richtext.clean(text.body_html),
        authors=tuple(each for each in text.authors if each.name or each.post),
    )


def _saved(draft: Draft, loaded: Loaded, actor: Actor, now: datetime) -> None:
    draft.revision += 1
    draft.saved_at = now
    draft.saved_by = actor.user_id
    draft.saved_by_name = actor.name
    loaded.row.changed_at = now


def _attach(db: Session, actor: Actor, now: datetime, loaded: Loaded, file: NewFile) -> Attachment:
    there = queries.attachments(db, loaded.row.id)
    if len(there) >= FILES_HIGHEST:
        raise Refused(_("照片和附件最多 %(limit)s 个，请先移除不用的。", limit=FILES_HIGHEST))
    row = Attachment(
        id=new_id(),
        case_id=loaded.row.id,
        unit_id=loaded.row.unit_id,
        kind=file.kind,
        name=file.name[-200:],
        media_type=file.media_type,
        size=file.stored.size,
        sha256=file.stored.sha256,
        caption=file.caption[:CAPTION_HIGHEST],
        width=file.width,
        height=file.height,
        position=max((each.position for each in there), default=0) + 1,
        added_at=now,
        added_by=actor.user_id,
    )
    db.add(row)
    db.flush()
    return row


def _attachment(db: Session, case_id: str, attachment_id: str) -> Attachment:
    row = db.scalar(
        select(Attachment).where(
            Attachment.id == attachment_id, Attachment.case_id == case_id, Attachment.removed_at.is_(None)
        )
    )
    if row is None:
        raise NotFound
    return row
