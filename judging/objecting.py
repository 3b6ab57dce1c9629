"""What an objection, a statement and a ruling must be; pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from foundation.errors import FieldError
from foundation.permission import Denied
from foundation.text import Text, _
from judging.values import ObjectionState, Outcome, RulingState

MATTER_HIGHEST = 5000
NAME_HIGHEST = 50
NAMELESS = frozenset(
    {
        "匿名",
        "匿名者",
        "无名",
        "无名氏",
        "佚名",
        "不愿透露",
        "不便透露",
        "群众",
        "热心群众",
        "知情人",
        "知情者",
    }
    | {"某人", "某某", "某某某", "保密", "anonymous", "unknown", "nobody"}
)
_MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")


def objection_errors(*, name: str, email: str, matter: str, line_id: str) -> list[FieldError]:
    """What keeps an objection from being taken: who makes one must be known and can be reached."""
    found = []
    if not line_id:
        found.append(FieldError("line_id", _("请选择对哪个案例提出异议")))
    if name.casefold().strip(" 。.") in NAMELESS or len(name) < 2:
        found.append(
            FieldError(
                "name",
                _(
                    "异议须实名提出，请填写真实姓名：组织单位要向您核实并答复结果。"
                    "姓名只有组织单位能看到，不会告诉被提出异议的单位。"
                ),
            )
        )
    elif len(name) > NAME_HIGHEST:
        found.append(FieldError("name", _("不能超过 %(limit)s 个字", limit=NAME_HIGHEST)))
    if not _MAIL.fullmatch(email) or len(email) > 254:
        found.append(FieldError("email", _("请填写能收信的邮箱，例如 name@example.com")))
    return found + words_errors("matter", matter, _("请写明异议的事实和理由"))


def words_errors(field: str, words: str, missing: Text) -> list[FieldError]:
    """For the matter of an objection, what a unit is asked, its answer, the reason of a ruling."""
    if not words.strip():
        return [FieldError(field, missing)]
    if len(words) > MATTER_HIGHEST:
        sentence = _("不能超过 %(limit)s 个字，现在是 %(count)s 个字", limit=MATTER_HIGHEST, count=len(words))
        return [FieldError(field, sentence)]
    return []


def identity_errors(field: str, words: str, identity: Mapping[str, str]) -> list[FieldError]:
    """What the unit is to read must not say who objected, however it is spaced or written. `identity`: what
    is known of the objector."""
    text = _squeezed(words)
    found = [known for known in identity.values() if len(_squeezed(known)) > 1 and _squeezed(known) in text]
    if not found:
        return []
    sentence = _("这段文字会发给被提出异议的单位，不能出现异议人的信息：%(found)s", found="、".join(found))
    return [FieldError(field, sentence)]


def _squeezed(words: str) -> str:
    """Without blanks and dashes, full-width as half-width, small letters."""
    return re.sub(r"[\s\-‐-―]+", "", unicodedata.normalize("NFKC", words)).casefold()


def due_errors(field: str, due_on: date | None, today: date) -> list[FieldError]:
    """The day until which a unit may answer."""
    if due_on is None:
        return [FieldError(field, _("请填写日期，例如 2026-11-30"))]
    if due_on < today:
        return [FieldError(field, _("答复期限不能早于今天"))]
    return []


def may_rule(*, shut_out: bool, is_objector: bool) -> Denied | None:
    """Propose or answer a ruling on one case, beside organising its round."""
    if shut_out:
        return Denied(_("您与这个案例有利害关系，不能参与裁定；请由其他组织工作人员办理。"))
    if is_objector:
        return Denied(_("异议由您提出，不能参与裁定；请由其他组织工作人员办理。"))
    return None


def may_answer(*, proposed_by: str, user_id: str) -> Denied | None:
    """The two who rule are two people."""
    if proposed_by == user_id:
        return Denied(_("裁定须由两人作出：您提出的意见，要由另一位组织工作人员复核。"))
    return None


def outcome_refusal(outcome: Outcome, *, has_objection: bool) -> Text | None:
    """Without an objection there is nothing to dismiss or to correct."""
    if not has_objection and outcome is not Outcome.REVOKED:
        return _("没有异议时，只能提出撤销奖项。")
    return None


ANSWERS: Mapping[tuple[RulingState, bool], RulingState] = {
    (RulingState.PROPOSED, True): RulingState.CONFIRMED,
    (RulingState.PROPOSED, False): RulingState.REJECTED,
}
"""What a proposal becomes by the second person's answer; nothing else changes it."""

OPEN_STATES = frozenset({ObjectionState.OPEN})
"""States in which an objection can be worked on."""
