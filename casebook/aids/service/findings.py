"""What an editor does with findings: replace a passage in a new round, say no to one, take that back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from casebook import policy
from casebook import queries as core
from casebook import service as manuscripts
from casebook.aids import queries
from casebook.aids.events import FindingIgnored, FindingsAccepted, IgnoringTakenBack
from casebook.aids.models import IgnoredFinding
from casebook.aids.rules.reading import Change, changed
from casebook.aids.values import Finding, Scope
from foundation import journal
from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.permission import require
from foundation.text import Text, _, n_

LONGEST_WORDS = 400
LONGEST_REASON = 150
_STALE: Text = _("这一处刚刚被改过，或者已经处理了。页面已按现在的书稿重新检查。")


def accept(
    db: Session, *, actor: Actor, now: datetime, edition_id: str, key: str, words: str | None = None
) -> Finding:
    """Write the proposal, or other `words`, where the finding is, as a new round; returns the finding.

    Raises:
        Forbidden, NotFound
        Refused: the passage does not stand there any more, there is nothing to write, or somebody is writing.
        Invalid: too long.
    """
    require(policy.may_edit(actor))
    found = _standing(queries.checked(db, edition_id), key)
    written = found.slip.proposal if words is None else words
    if written is None or not found.can_replace:
        raise Refused(_("这一处没有可以直接采纳的改法，请填写改成什么，或者到书稿里修改。"))
    if len(written) > LONGEST_WORDS:
        raise Invalid([FieldError("words", _("不能超过 %(limit)s 个字", limit=LONGEST_WORDS))])
    _replace(db, actor, now, edition_id, found.entry_id, [(found, written)])
    return found


def accept_many(db: Session, *, actor: Actor, now: datetime, edition_id: str, keys: Sequence[str]) -> int:
    """Write the proposals of these findings, one new round an entry; returns how many places were changed.

    Raises:
        Forbidden, NotFound
        Refused: none was chosen, or one of them does not stand there any more; nothing was changed.
    """
    require(policy.may_edit(actor))
    if not keys:
        raise Refused(_("请至少选一处。"))
    book = queries.checked(db, edition_id)
    known = {each.key: each for each in book.open if each.can_accept}
    stale = [key for key in keys if key not in known]
    if stale:
        raise Refused(
            n_(
                "有 %(n)s 处刚刚被改过，一处也没有写入。页面已按现在的书稿重新检查，请再核对一遍。",
                "有 %(n)s 处刚刚被改过，一处也没有写入。页面已按现在的书稿重新检查，请再核对一遍。",
                len(stale),
            )
        )
    by_entry: dict[str, list[tuple[Finding, str]]] = {}
    for key in dict.fromkeys(keys):
        by_entry.setdefault(known[key].entry_id, []).append((known[key], known[key].slip.proposal or ""))
    return sum(_replace(db, actor, now, edition_id, entry, chosen) for entry, chosen in by_entry.items())


def _replace(
    db: Session,
    actor: Actor,
    now: datetime,
    edition_id: str,
    entry_id: str,
    chosen: Iterable[tuple[Finding, str]],
) -> int:
    current = core.manuscript(db, entry_id)
    pairs = _apart(chosen)
    changes = [Change(each.slip.place, each.slip.start, each.slip.end, words) for each, words in pairs]
    ordinal = manuscripts.write_manuscript(
        db,
        actor=actor,
        now=now,
        edition_id=edition_id,
        entry_id=entry_id,
        base=current.ordinal,
        text=changed(current.text, changes),
        note=_note(pairs),
    )
    event = FindingsAccepted(
        entry_id=entry_id,
        edition_id=edition_id,
        ordinal=ordinal,
        rules=tuple(each.slip.rule for each, _words in pairs),
    )
    journal.record(db, actor=actor, now=now, event=event)
    return len(pairs)


def _apart(chosen: Iterable[tuple[Finding, str]]) -> list[tuple[Finding, str]]:
    """Without findings that lie in an earlier one: they are looked at again after it."""
    kept: list[tuple[Finding, str]] = []
    for pair in sorted(chosen, key=lambda each: (each[0].slip.place, each[0].slip.start, each[0].slip.end)):
        before = kept[-1][0].slip if kept else None
        if before is None or before.place != pair[0].slip.place or before.end <= pair[0].slip.start:
            kept.append(pair)
    return kept


def _note(pairs: Sequence[tuple[Finding, str]]) -> str:
    """What the list of rounds says, in the language of the editor."""
    if len(pairs) == 1:
        found, words = pairs[0]
        return str(_("编校检查：“%(before)s”改为“%(after)s”", before=found.passage[:60], after=words[:60]))
    return str(n_("编校检查：改了 %(n)s 处", "编校检查：改了 %(n)s 处", len(pairs)))


def ignore(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    edition_id: str,
    key: str,
    scope: Scope = Scope.PLACE,
    reason: str = "",
) -> str:
    """Say that a finding is none, here or wherever the same words stand in the book; returns the word's id.

    Raises:
        Forbidden, NotFound
        Refused: the passage does not stand there any more; or it has no words that could stand elsewhere.
        Invalid: the reason is too long.
    """
    require(policy.may_edit(actor))
    found = _standing(queries.checked(db, edition_id), key)
    if scope is Scope.BOOK and not found.passage:
        raise Refused(_("这一处没有文字，只能在这里忽略。"))
    if len(reason) > LONGEST_REASON:
        raise Invalid([FieldError("reason", _("不能超过 %(limit)s 个字", limit=LONGEST_REASON))])
    here = scope is Scope.PLACE
    row = IgnoredFinding(
        id=new_id(),
        edition_id=edition_id,
        entry_id=found.entry_id if here else None,
        rule=found.slip.rule,
        passage=found.passage[:LONGEST_WORDS],
        before=found.before if here else "",
        after=found.after if here else "",
        reason=reason,
        said_at=now,
        said_by=actor.user_id,
        said_by_name=actor.name,
    )
    db.add(row)
    event = FindingIgnored(
        edition_id=edition_id, entry_id=row.entry_id or "", ignoring_id=row.id, rule=row.rule
    )
    journal.record(db, actor=actor, now=now, event=event)
    return row.id


def take_back(db: Session, *, actor: Actor, now: datetime, edition_id: str, ignoring_id: str) -> None:
    """The finding counts again.

    Raises:
        Forbidden, NotFound
    """
    require(policy.may_edit(actor))
    row = db.get(IgnoredFinding, ignoring_id)
    if row is None or row.edition_id != edition_id:
        raise NotFound
    event = IgnoringTakenBack(edition_id=edition_id, ignoring_id=row.id, rule=row.rule)
    db.delete(row)
    journal.record(db, actor=actor, now=now, event=event)


def _standing(book: queries.Checked, key: str) -> Finding:
    """The finding, while nobody has decided on it."""
    for each in book.open:
        if each.key == key:
            return each
    raise Refused(_STALE)
