"""Writing: start, save, take a Word file over, check, throw away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from foundation import people, richtext
from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import _
from foundation.wordcount import word_count
from submissions import codec, policy, queries
from submissions.errors import EditedMeanwhile, WindowClosed
from submissions.events import CaseStarted, DraftDiscarded
from submissions.models import (
    Attachment,
    Case,
    CaseClaim,
    CaseStep,
    CoAuthor,
    Draft,
    IdentityReview,
    PartialUpload,
    Presence,
)
from submissions.rules.eligibility import unit_refusal
from submissions.rules.lifecycle import Deed, after
from submissions.rules.texts import AUTHORS_HIGHEST
from submissions.rules.windows import window_state
from submissions.service.attachments import NewFile, attach
from submissions.service.checking import findings
from submissions.service.loading import Loaded, load_case, lock_case, lock_entry
from submissions.service.opening import open_draft, permit_edit
from submissions.values import (
    CaseStatus,
    CaseText,
    DraftView,
    Finding,
    WindowState,
)

TEXT_CEILING = 400_000
"""Characters of markup in a body: far above every word limit, far below what would hurt."""
LINE_CEILING = 2_000
DRAFTS_HIGHEST = 30


def start_draft(db: Session, *, actor: Actor, now: datetime, call_id: str) -> str:
    """Open an empty working copy for the actor's unit and return the case's id.

    Raises:
        NotFound, Forbidden
        WindowClosed: nothing could be handed in any more.
        Refused: the call does not admit this kind of unit, or the unit has too many drafts open.
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
    ineligible = unit_refusal(call.rules.eligibility, people.unit(db, unit_id).category_key)
    if ineligible is not None:
        raise Refused(ineligible)
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
    loaded, draft = open_draft(db, actor, now, case_id)
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
    loaded, draft = open_draft(db, actor, now, case_id)
    body = text.body_html
    for old_id, file in pictures:
        row = attach(db, actor, now, loaded, file)
        body = body.replace(f'src="attachment:{old_id}"', f'src="attachment:{row.id}"')
    had = queries.draft_text(draft)
    merged = taken_over(had, replace(text, body_html=body))
    return save_draft(db, actor=actor, now=now, case_id=case_id, revision=revision, text=merged)


def taken_over(had: CaseText, text: CaseText) -> CaseText:
    """What a file gives over what there was: its body always, the other fields where it has them."""
    return replace(
        had,
        title=text.title or had.title,
        summary=text.summary or had.summary,
        body_html=text.body_html,
        category_key=text.category_key or had.category_key,
        authors=text.authors or had.authors,
        source_line=text.source_line or had.source_line,
        signoff_line=text.signoff_line or had.signoff_line,
    )


def check_draft(db: Session, *, actor: Actor, now: datetime, case_id: str) -> tuple[Finding, ...]:
    """What still stands between the working copy and handing it in, each linked to its field.

    Raises:
        NotFound, Forbidden
    """
    loaded = load_case(db, case_id)
    permit_edit(db, actor, loaded)
    return findings(db, loaded, queries.draft(db, case_id), now)


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
    for table in (Attachment, CaseClaim, IdentityReview, CaseStep, CoAuthor, PartialUpload, Presence, Draft):
        db.execute(delete(table).where(table.case_id == case_id))
    call_id = loaded.row.call_id
    db.delete(loaded.row)
    db.flush()
    record(db, actor=actor, now=now, event=DraftDiscarded(case_id=case_id, call_id=call_id))


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
