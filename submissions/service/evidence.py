"""The claims of a working copy: marked, linked to evidence, confirmed after an edit, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.text import _
from submissions import codec, queries
from submissions.models import Attachment, CaseClaim, Draft
from submissions.rules.claims import QUOTE_HIGHEST, marked, place, plain
from submissions.rules.links import web_address
from submissions.service.opening import open_draft
from submissions.values import Anchoring, Claim, Source

CLAIMS_HIGHEST = 60
SOURCES_HIGHEST = 8
NOTE_HIGHEST = 200


def mark_claim(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    case_id: str,
    quote: str,
    sources: Sequence[Source] = (),
    needless: bool = False,
) -> Claim:
    """Mark words of the saved body as a claim, with the evidence for it if there is some already.

    The same words marked twice are one claim, whose evidence grows. `needless` notes instead that these
    words need no evidence, so that they are not proposed again.

    Raises:
        NotFound, Forbidden
        Refused: the case cannot be written in now, or has too many claims.
        Invalid: the words are not in the body; the evidence is no file of this case and no web address.
    """
    loaded, draft = open_draft(db, actor, now, case_id)
    found = _found(draft, quote)
    row = _marked_before(db, case_id, found)
    if row is None:
        _refuse_too_many(db, case_id)
        row = CaseClaim(
            case_id=case_id,
            unit_id=loaded.row.unit_id,
            quote=found.quote,
            before=found.before,
            after=found.after,
            sources=[],
            marked_at=now,
            marked_by=actor.user_id,
            marked_by_name=actor.name,
        )
        db.add(row)
    row.needless = needless
    _link(db, row, sources)
    loaded.row.changed_at = now
    db.flush()
    return queries.claim_view(row)


def link_evidence(
    db: Session, *, actor: Actor, now: datetime, case_id: str, claim_id: str, sources: Sequence[Source]
) -> Claim:
    """Link further evidence to a claim.

    Raises:
        NotFound, Forbidden, Refused, Invalid
    """
    loaded, _draft = open_draft(db, actor, now, case_id)
    row = _claim(db, case_id, claim_id)
    if not sources:
        raise Invalid([FieldError("files", _("请选择一个文件，或填写一个网址。"))])
    row.needless = False
    _link(db, row, sources)
    loaded.row.changed_at = now
    db.flush()
    return queries.claim_view(row)


def unlink_evidence(
    db: Session, *, actor: Actor, now: datetime, case_id: str, claim_id: str, number: int
) -> Claim:
    """Take the piece of evidence with this number (from 1) off a claim.

    Raises:
        NotFound, Forbidden, Refused
    """
    loaded, _draft = open_draft(db, actor, now, case_id)
    row = _claim(db, case_id, claim_id)
    if not 1 <= number <= len(row.sources):
        raise NotFound
    row.sources = [each for place, each in enumerate(row.sources, start=1) if place != number]
    loaded.row.changed_at = now
    db.flush()
    return queries.claim_view(row)


def confirm_claim(db: Session, *, actor: Actor, now: datetime, case_id: str, claim_id: str) -> Claim:
    """Say that the evidence still supports the words as they are now: they become the claim's.

    Raises:
        NotFound, Forbidden
        Refused: also when the words are gone.
    """
    loaded, draft = open_draft(db, actor, now, case_id)
    row = _claim(db, case_id, claim_id)
    placed = place(plain(draft.body_html), queries.claim_view(row))
    if placed.state is Anchoring.LOST:
        raise Refused(_("这段文字已不在正文中，不能确认；可以移除它，或重新标注现在的文字。"))
    found = _found(draft, placed.words)
    row.quote, row.before, row.after = found.quote, found.before, found.after
    loaded.row.changed_at = now
    db.flush()
    return queries.claim_view(row)


def remove_claim(db: Session, *, actor: Actor, now: datetime, case_id: str, claim_id: str) -> None:
    """Take a claim out of the working copy; versions that name it keep it.

    Raises:
        NotFound, Forbidden, Refused
    """
    loaded, _draft = open_draft(db, actor, now, case_id)
    db.delete(_claim(db, case_id, claim_id))
    loaded.row.changed_at = now
    db.flush()


def _found(draft: Draft, quote: str) -> Claim:
    if not quote.strip():
        raise Invalid([FieldError("quote", _("请填写或选中正文里的一段话。"))])
    if len(quote) > QUOTE_HIGHEST:
        sentence = _(
            "一处主张不要超过 %(limit)s 个字，现在是 %(count)s 个字；请只标出要证明的那一句。",
            limit=QUOTE_HIGHEST,
            count=len(quote),
        )
        raise Invalid([FieldError("quote", sentence)])
    found = marked(draft.body_html, quote)
    if found is None:
        raise Invalid(
            [FieldError("quote", _("正文里没有找到这段话。请先保存正文，再从正文中原样复制过来。"))]
        )
    return found


def _marked_before(db: Session, case_id: str, found: Claim) -> CaseClaim | None:
    return db.scalar(
        select(CaseClaim).where(
            CaseClaim.case_id == case_id, CaseClaim.quote == found.quote, CaseClaim.before == found.before
        )
    )


def _refuse_too_many(db: Session, case_id: str) -> None:
    count = db.scalar(select(func.count(CaseClaim.id)).where(CaseClaim.case_id == case_id)) or 0
    if count >= CLAIMS_HIGHEST:
        raise Refused(_("一个案例最多标注 %(limit)s 处，请先移除不用的。", limit=CLAIMS_HIGHEST))


def _link(db: Session, row: CaseClaim, sources: Sequence[Source]) -> None:
    """Add what is not linked yet; a file or address linked before takes the new note."""
    kept = {(each.attachment_id, each.url): each for each in codec.sources_from_json(row.sources)}
    for source in sources:
        checked = _checked(db, row.case_id, source)
        kept[checked.attachment_id, checked.url] = checked
    if len(kept) > SOURCES_HIGHEST:
        sentence = _("一处主张最多链接 %(limit)s 份证据。", limit=SOURCES_HIGHEST)
        raise Invalid([FieldError("files", sentence)])
    row.sources = codec.sources_to_json(kept.values())


def _checked(db: Session, case_id: str, source: Source) -> Source:
    if len(source.note) > NOTE_HIGHEST:
        sentence = _(
            "出处说明不能超过 %(limit)s 个字，现在是 %(count)s 个字。",
            limit=NOTE_HIGHEST,
            count=len(source.note),
        )
        raise Invalid([FieldError("note", sentence)])
    if source.attachment_id:
        there = db.scalar(
            select(Attachment.id).where(
                Attachment.id == source.attachment_id,
                Attachment.case_id == case_id,
                Attachment.removed_at.is_(None),
            )
        )
        if there is None:
            raise Invalid([FieldError("files", _("所选的文件不在这个案例里，请重新选择。"))])
        return Source(attachment_id=there, note=source.note)
    url = web_address(source.url)
    if url is None:
        raise Invalid(
            [FieldError("url", _("网址应以 http:// 或 https:// 开头，例如 https://www.example.cn/news/1。"))]
        )
    return Source(url=url, note=source.note)


def _claim(db: Session, case_id: str, claim_id: str) -> CaseClaim:
    row = db.scalar(select(CaseClaim).where(CaseClaim.id == claim_id, CaseClaim.case_id == case_id))
    if row is None:
        raise NotFound
    return row
