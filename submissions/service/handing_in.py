"""Handing a case in, exactly once and to the instant; taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation import mail, people
from foundation.actor import Actor
from foundation.display import moment_in_zone
from foundation.errors import FieldError, Invalid, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import Text, _
from submissions import codec, policy, queries
from submissions.display import exact_moment
from submissions.errors import NoPlaceLeft, WindowClosed
from submissions.events import CaseSubmitted, CaseWithdrawn
from submissions.models import CaseVersion
from submissions.rules.eligibility import unit_refusal
from submissions.rules.fingerprints import content_hash, sign
from submissions.rules.lifecycle import STANDS, Deed
from submissions.rules.places import no_place_left
from submissions.rules.texts import check_pledge
from submissions.service.calls import REASON_HIGHEST
from submissions.service.checking import findings
from submissions.service.loading import (
    Loaded,
    add_step,
    load_case,
    lock_case,
    lock_entry,
    next_status,
    standing_category,
    window_of,
)
from submissions.values import CaseStatus, DraftView, Pledge, Receipt, StepKind, WindowState

KEY_LONGEST = 80
PAPER_PATIENCE = timedelta(seconds=60)
"""How long the letter waits for the receipt's PDF, which is made after the submission is safe."""
_WORSE = (WindowState.OPEN, WindowState.GRACE)


@dataclass(frozen=True, slots=True)
class _HandIn:
    """What is about to be handed in."""

    loaded: Loaded
    draft: DraftView
    content_hash: str
    provisional: bool
    key: str
    pledge: Pledge


def submit_case(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    case_id: str,
    key: str,
    pledge: Pledge,
    signing_key: bytes = b"",
    seen: str = "",
) -> Receipt:
    """Hand in the working copy as a new version.

    `now` is when the request arrived: it is compared with the window in force inside this transaction. The
    same `key` gives the same receipt again, also after the deadline, and so does an unchanged working copy.
    An arrival within the grace after the deadline is kept as provisional for the organiser to rule on.
    `seen` is the content hash of what the actor has looked at and pledges for, "" where nobody looked.

    Raises:
        NotFound, Forbidden
        Refused: the case's status does not allow it, or the working copy is not what was `seen`.
        WindowClosed, NoPlaceLeft
        Invalid: the text, files or pledge are not complete.
    """
    ensure_key(key)
    loaded = load_case(db, case_id)
    require(policy.may_write(actor, unit_id=loaded.row.unit_id))
    lock_entry(db, loaded.row.call_id, loaded.row.unit_id)
    loaded = lock_case(db, loaded)
    draft = queries.draft(db, case_id)
    digest = content_hash(
        call_id=loaded.row.call_id,
        case_id=case_id,
        unit_id=loaded.row.unit_id,
        text=draft.text,
        attachments=draft.attachments,
        claims=queries.claims_to_freeze(draft),
    )
    before = _handed_in_before(db, loaded, key, digest)
    if before is not None:
        return sign(queries.receipt_of(before, loaded.call), signing_key)
    if seen not in ("", digest):
        raise Refused(
            _("您核对之后，这份草稿又被修改过，所以没有提交。下面是现在的内容，请重新核对后再提交。")
        )
    provisional = _decide(db, loaded, draft, pledge, now)
    version = _write(db, actor, now, _HandIn(loaded, draft, digest, provisional, key, pledge))
    receipt = sign(queries.receipt_of(version, loaded.call), signing_key)
    _confirm_by_mail(db, actor, now, receipt)
    return receipt


def withdraw_case(db: Session, *, actor: Actor, now: datetime, case_id: str, reason: str) -> None:
    """Take a case out of the running, with a reason; until the deadline it can be handed in again.

    Raises:
        NotFound, Forbidden, WindowClosed
        Refused: the case's status does not allow it.
        Invalid: no reason.
    """
    loaded = load_case(db, case_id)
    require(policy.may_write(actor, unit_id=loaded.row.unit_id))
    loaded = lock_case(db, loaded)
    status = next_status(loaded, Deed.WITHDRAW)
    if window_of(db, loaded, now) is not WindowState.OPEN:
        raise WindowClosed(_("征集已截止，不能自行撤回。确需撤回请联系组织单位。"))
    check_reason(reason, "withdraw_reason", _("请写明撤回的理由。"))
    row = loaded.row
    row.status = status.value
    row.pending_version_id = None
    row.changed_at = now
    add_step(
        db,
        loaded,
        StepKind.WITHDRAWN,
        actor=actor,
        now=now,
        version_id=row.version_id,
        ordinal=row.ordinal,
        reason=reason,
    )
    db.flush()
    event = CaseWithdrawn(case_id=row.id, call_id=row.call_id, version_id=row.version_id, reason=reason)
    record(db, actor=actor, now=now, event=event)


def check_reason(reason: str, field: str, missing: Text) -> None:
    """A reason that stays on record: given, and not endless.

    Raises:
        Invalid
    """
    if not reason:
        raise Invalid([FieldError(field, missing)])
    if len(reason) > REASON_HIGHEST:
        raise Invalid([FieldError(field, _("理由不能超过 %(limit)s 个字。", limit=REASON_HIGHEST))])


def _handed_in_before(db: Session, loaded: Loaded, key: str, digest: str) -> CaseVersion | None:
    """The version this very submission has already made, or the current one if nothing has changed since."""
    by_key = db.scalar(
        select(CaseVersion).where(CaseVersion.case_id == loaded.row.id, CaseVersion.submission_key == key)
    )
    if by_key is not None:
        return by_key
    current = loaded.row.pending_version_id
    if current is None and loaded.status in STANDS:
        current = loaded.row.version_id
    if current is None:
        return None
    return db.scalar(select(CaseVersion).where(CaseVersion.id == current, CaseVersion.content_hash == digest))


def _decide(db: Session, loaded: Loaded, draft: DraftView, pledge: Pledge, now: datetime) -> bool:
    """Whether it may be handed in; True when only provisionally, because it came within the grace."""
    next_status(loaded, Deed.SUBMIT)
    state, category_key = _window(db, loaded, draft, now)
    if state not in (WindowState.OPEN, WindowState.GRACE):
        raise WindowClosed(closed_sentence(db, loaded, state, category_key))
    ineligible = unit_refusal(loaded.call.rules.eligibility, loaded.unit.category_key)
    if ineligible is not None:
        raise Refused(ineligible)
    found = (*findings(db, loaded, draft, now, hints=False), *check_pledge(pledge, loaded.call.rules))
    blocking = [FieldError(each.field, each.message) for each in found if each.blocking]
    if blocking:
        raise Invalid(blocking)
    taken = queries.places_taken(db, loaded.row.call_id, loaded.row.unit_id, but=loaded.row.id)
    full = no_place_left(loaded.call.rules, category_key=draft.text.category_key, taken=taken)
    if full is not None:
        raise NoPlaceLeft(full)
    return state is WindowState.GRACE


def _window(db: Session, loaded: Loaded, draft: DraftView, now: datetime) -> tuple[WindowState, str]:
    """The window that counts, and its category: that of the working copy's category and, where a version
    stands in another one, of that too, for handing in again takes the case out of it."""
    keys = {draft.text.category_key: None}
    if loaded.status not in (CaseStatus.DRAFT, CaseStatus.WITHDRAWN):
        keys[standing_category(db, loaded.row)] = None
    states = [(window_of(db, loaded, now, category_key=key), key) for key in keys]
    return max(states, key=lambda pair: _WORSE.index(pair[0]) if pair[0] in _WORSE else len(_WORSE))


def closed_sentence(db: Session, loaded: Loaded, state: WindowState, category_key: str) -> Text:
    """Why nothing can be handed in now, with the time and its zone."""
    call = loaded.call
    if state is WindowState.UNPUBLISHED:
        return _("这个征集活动尚未发布，暂时不能提交。")
    if state is WindowState.NOT_YET:
        return _(
            "征集将于 %(time)s 开始，届时才能提交。草稿已保存。",
            time=moment_in_zone(call.opens_at, call.timezone),
        )
    deadline = queries.deadline(db, call, loaded.row.unit_id, category_key)
    if loaded.status is CaseStatus.RETURNED and loaded.row.return_due_at is not None:
        deadline = max(deadline, loaded.row.return_due_at)
    category = call.rules.category(category_key)
    if category is not None and category.closes_at is not None:
        return _(
            "“%(category)s”类已于 %(time)s 截止，不能再提交。"
            "草稿仍然保留；如有特殊情况，请联系组织单位申请延期。",
            category=category.name,
            time=moment_in_zone(deadline, call.timezone),
        )
    return _(
        "征集已于 %(time)s 截止，不能再提交。草稿仍然保留；如有特殊情况，请联系组织单位申请延期。",
        time=moment_in_zone(deadline, call.timezone),
    )


def _write(db: Session, actor: Actor, now: datetime, what: _HandIn) -> CaseVersion:
    loaded, row, text = what.loaded, what.loaded.row, what.draft.text
    version_id = new_id()
    row.ordinal += 1
    row.number = row.number or _number(loaded.call.year, version_id)
    version = CaseVersion(
        id=version_id,
        case_id=row.id,
        call_id=row.call_id,
        unit_id=row.unit_id,
        unit_name=loaded.unit.name,
        ordinal=row.ordinal,
        number=f"{row.number}-{row.ordinal}",
        title=text.title,
        summary=text.summary,
        body_html=text.body_html,
        category_key=text.category_key,
        authors=codec.authors_to_json(text.authors),
        practice_from=text.practice_from,
        practice_to=text.practice_to,
        source_line=text.source_line,
        signoff_line=text.signoff_line,
        word_count=what.draft.word_count,
        attachments=codec.attachments_to_json(what.draft.attachments),
        claims=codec.claims_to_json(queries.claims_to_freeze(what.draft)),
        content_hash=what.content_hash,
        received_at=now,
        provisional=what.provisional,
        submission_key=what.key,
        submitted_by=actor.user_id,
        submitted_by_name=actor.name,
        pledge_text=loaded.call.rules.pledge_text,
        pledge_name=what.pledge.name,
        copyright_text=loaded.call.rules.copyright_text,
    )
    db.add(version)
    db.flush()
    _point_at(loaded, version, now)
    add_step(
        db,
        loaded,
        StepKind.SUBMITTED,
        actor=actor,
        now=now,
        version_id=version.id,
        ordinal=version.ordinal,
    )
    db.flush()
    event = CaseSubmitted(
        case_id=row.id,
        call_id=row.call_id,
        version_id=version.id,
        ordinal=version.ordinal,
        content_hash=version.content_hash,
        provisional=version.provisional,
    )
    record(db, actor=actor, now=now, event=event)
    return version


def _point_at(loaded: Loaded, version: CaseVersion, now: datetime) -> None:
    """A version in time counts at once; a late one waits, and what counted before goes on counting."""
    row = loaded.row
    row.changed_at = now
    if version.provisional:
        row.pending_version_id = version.id
        if loaded.status is CaseStatus.DRAFT:
            row.status = CaseStatus.SUBMITTED.value
        return
    row.version_id = version.id
    row.pending_version_id = None
    row.return_due_at = None
    row.status = next_status(loaded, Deed.SUBMIT).value


def _number(year: int, version_id: str) -> str:
    """A case's number: the year and eight random characters, which tell nobody how many others there are."""
    return f"{year}-{version_id[-8:].upper()}"


def _confirm_by_mail(db: Session, actor: Actor, now: datetime, receipt: Receipt) -> None:
    files = "\n".join(f"{each.name}  SHA-256 {each.sha256}" for each in receipt.files) or "—"
    facts = {
        "number": receipt.number,
        "call": receipt.call_title,
        "title": receipt.title,
        "unit": receipt.unit_name,
        "time": exact_moment(receipt.received_at, receipt.timezone),
        "hash": receipt.content_hash,
        "files": files,
        "signature": receipt.signature,
    }
    body = _(
        "贵单位的案例已收到。\n\n"
        "回执编号：%(number)s\n征集活动：%(call)s\n案例标题：%(title)s\n申报单位：%(unit)s\n收到时间：%(time)s\n"
        "内容校验值（SHA-256）：%(hash)s\n附件：\n%(files)s\n回执签名：%(signature)s\n\n"
        "请保存本邮件作为提交凭证。截止前可以登录系统修改后重新提交，或撤回。",
        **facts,
    )
    if receipt.provisional:
        body = _(
            "贵单位的案例在截止后数秒内到达，已暂存，是否接收由组织单位裁定，结果将在系统中显示。\n\n"
            "回执编号：%(number)s\n征集活动：%(call)s\n案例标题：%(title)s\n申报单位：%(unit)s\n收到时间：%(time)s\n"
            "内容校验值（SHA-256）：%(hash)s\n附件：\n%(files)s\n回执签名：%(signature)s",
            **facts,
        )
    address = people.user(db, actor.user_id).email
    mail.queue(
        db,
        now=now,
        to=address,
        subject=_("提交回执 %(number)s", number=receipt.number),
        body=body,
        key=receipt.version_id,
        hold=PAPER_PATIENCE,
    )


def ensure_key(key: str) -> None:
    """Refuse a submission without a usable key.

    Raises:
        Refused: there is none, so a double click could not be told from a second submission.
    """
    if not key or len(key) > KEY_LONGEST:
        raise Refused(_("页面已过期，请回到检查页面重新提交。"))
