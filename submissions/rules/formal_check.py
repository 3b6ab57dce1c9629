"""The formal check's automatic part: what can be found out about a handed-in version before a person looks.

Every finding is information: nothing here passes, returns or rejects a case. Topics that need more than a
version and its call (originality, identity leaks) add their findings in `submissions.queries.formal_check`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from foundation.text import Text, _, n_
from submissions.rules.eligibility import likeness, practice_findings, practice_window, unit_refusal
from submissions.rules.parts import part_findings, part_states
from submissions.values import (
    AttachmentView,
    CallRules,
    CaseText,
    CheckFinding,
    CheckState,
    EarlierAwards,
    Finding,
    Pointer,
)

CHECKLIST: tuple[tuple[str, Text], ...] = (
    ("theme", _("内容符合本次征集的主题，是本单位自己的实践")),
    ("facts", _("时间、地点、数字、人名前后一致，有材料可以佐证")),
    ("secrecy", _("不含涉密、敏感或不宜公开的内容，涉及个人的信息已作处理")),
    ("people", _("作者、来源和联系信息齐全，与单位一致")),
    ("pictures", _("照片清楚，说明准确，与正文对应")),
)
"""What only a person can see."""

RETURN_REASONS: tuple[Text, ...] = (
    _("请补充能说明成效的具体数字、时间，并附证明材料。"),
    _("正文缺少必需的部分，请按征集通知的要求补齐背景、做法、成效、启示。"),
    _("正文超出字数要求，请压缩到规定范围以内。"),
    _("照片缺少说明或不清楚，请更换清晰照片并逐张写明时间、地点、内容。"),
    _("正文含有不宜公开的个人信息，请删去或作隐名处理。"),
    _("所选类别与内容不符，请改选类别后重新提交。"),
)
REJECT_REASONS: tuple[Text, ...] = (
    _("内容不属于本次征集的主题范围。"),
    _("实践时间不在本次征集规定的范围内。"),
    _("申报单位不属于本次征集的对象。"),
    _("与已提交的另一案例内容重复，只保留其中一件。"),
    _("该案例已在以前的征集中获奖，本次不再重复参评。"),
    _("含有不宜公开的内容，不适合参加评选。"),
)
"""Sentences to start from; what is sent is what stands in the box."""

SHINGLE = 8
NEAR = 0.35
"""Share of common eight-character pieces from which two texts are worth a look side by side."""


@dataclass(frozen=True, slots=True)
class OtherCase:
    """Another handed-in case of the call; `words` is its plain text where it is about as long, else ""."""

    case_id: str
    number: str
    title: str
    unit_name: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class CheckSubject:
    """A handed-in version with all that the automatic part looks at.

    `today` is the day it was received, `closes_on` that of the deadline, both in the call's zone. `words` is
    the plain text. `recommended_by` names the superiors that recommend this version.
    """

    case_id: str
    version_id: str
    text: CaseText
    words: str
    word_count: int
    rules: CallRules
    attachments: tuple[AttachmentView, ...]
    unit_kind: str
    today: date
    closes_on: date
    earlier_awards: tuple[str, ...] = ()
    others: tuple[OtherCase, ...] = ()
    recommended_by: tuple[str, ...] = ()


def automatic_findings(subject: CheckSubject) -> tuple[CheckFinding, ...]:
    """All lines of the automatic part, those that are fine included: an organiser sees what was looked at."""
    return (
        _length(subject),
        *_parts(subject),
        _dates(subject),
        _unit(subject),
        _same_title(subject),
        _near_text(subject),
        *_awards(subject),
        *_files(subject),
        *_recommendation(subject),
    )


def worst(findings: Sequence[CheckFinding]) -> CheckState:
    """The gravest state among them."""
    order = (CheckState.PROBLEM, CheckState.LOOK)
    return next((state for state in order if any(each.state is state for each in findings)), CheckState.OK)


def _length(subject: CheckSubject) -> CheckFinding:
    rules, words = subject.rules, subject.word_count
    fits = rules.words_lowest <= words <= rules.words_highest
    detail = _(
        "正文 %(count)s 字，要求 %(lowest)s—%(highest)s 字。",
        count=words,
        lowest=rules.words_lowest,
        highest=rules.words_highest,
    )
    return CheckFinding("length", CheckState.OK if fits else CheckState.PROBLEM, _("字数"), detail)


def _parts(subject: CheckSubject) -> tuple[CheckFinding, ...]:
    parts = subject.rules.parts
    if not parts:
        return ()
    problems = part_findings(parts, subject.text.body_html)
    if problems:
        return (_from("parts", _("必需的部分"), problems),)
    states = part_states(parts, subject.text.body_html)
    names = tuple(Pointer(state.part.name) for state in states)
    detail = n_("%(n)s 个部分齐全。", "%(n)s 个部分齐全。", len(names))
    return (CheckFinding("parts", CheckState.OK, _("必需的部分"), detail, names),)


def _dates(subject: CheckSubject) -> CheckFinding:
    eligibility, text = subject.rules.eligibility, subject.text
    problems = practice_findings(text, eligibility, subject.closes_on)
    title = _("实践时间")
    if problems:
        return _from("dates", title, problems)
    if text.practice_from is None:
        return CheckFinding("dates", CheckState.PROBLEM, title, _("没有填写实践开始的日期。"))
    begin = text.practice_from.isoformat()
    span = (
        _("%(begin)s 至 %(end)s", begin=begin, end=text.practice_to.isoformat())
        if text.practice_to
        else _("%(begin)s 起，仍在进行", begin=begin)
    )
    earliest, latest = practice_window(eligibility, subject.closes_on)
    if earliest is None and latest is None:
        return CheckFinding("dates", CheckState.OK, title, _("%(span)s；本次征集没有时间要求。", span=span))
    return CheckFinding("dates", CheckState.OK, title, _("%(span)s，在规定的时间以内。", span=span))


def _unit(subject: CheckSubject) -> CheckFinding:
    refusal = unit_refusal(subject.rules.eligibility, subject.unit_kind)
    title = _("申报资格")
    if refusal is not None:
        return CheckFinding("unit", CheckState.PROBLEM, title, refusal)
    return CheckFinding("unit", CheckState.OK, title, _("单位类别符合本次征集的要求。"))


def _same_title(subject: CheckSubject) -> CheckFinding:
    mine = likeness(subject.text.title)
    same = [each for each in subject.others if likeness(each.title) == mine]
    title = _("标题重复")
    if not same:
        return CheckFinding("same_title", CheckState.OK, title, _("本次征集中没有同名的案例。"))
    detail = n_("本次征集中有 %(n)s 个同名的案例。", "本次征集中有 %(n)s 个同名的案例。", len(same))
    return CheckFinding("same_title", CheckState.LOOK, title, detail, tuple(map(_pointer, same)))


def _near_text(subject: CheckSubject) -> CheckFinding:
    near = near_texts(subject.words, subject.others)
    title = _("正文雷同")
    if not near:
        return CheckFinding("near_text", CheckState.OK, title, _("没有发现与本次征集其他案例大段相同。"))
    pointers = tuple(
        Pointer(
            f"{each.number} {each.title} · {each.unit_name} · {share * 100:.0f}%",
            f"/cases/{each.case_id}",
        )
        for share, each in near
    )
    detail = n_(
        "与 %(n)s 个案例的正文大段相同，请对照查看。",
        "与 %(n)s 个案例的正文大段相同，请对照查看。",
        len(near),
    )
    return CheckFinding("near_text", CheckState.PROBLEM, title, detail, pointers)


def near_texts(words: str, others: Sequence[OtherCase]) -> list[tuple[float, OtherCase]]:
    """Texts that share much with this one, the nearest first: shares of common eight-character pieces."""
    mine = _shingles(words)
    if not mine:
        return []
    found = []
    for each in others:
        theirs = _shingles(each.words)
        share = len(mine & theirs) / min(len(mine), len(theirs)) if theirs else 0.0
        if share >= NEAR:
            found.append((share, each))
    return sorted(found, key=lambda pair: (-pair[0], pair[1].number))[:5]


def _shingles(words: str) -> frozenset[str]:
    letters = "".join(each for each in words if each.isalnum())
    return frozenset(letters[start : start + SHINGLE] for start in range(len(letters) - SHINGLE + 1))


def _awards(subject: CheckSubject) -> tuple[CheckFinding, ...]:
    title = _("以往获奖")
    if not subject.earlier_awards:
        return (CheckFinding("awards", CheckState.OK, title, _("没有发现以前获奖的相同案例。")),)
    allowed = subject.rules.eligibility.earlier_awards
    state = CheckState.PROBLEM if allowed is EarlierAwards.REFUSED else CheckState.LOOK
    detail = n_(
        "以前的征集中有 %(n)s 个获奖案例与它相同。",
        "以前的征集中有 %(n)s 个获奖案例与它相同。",
        len(subject.earlier_awards),
    )
    return (CheckFinding("awards", state, title, detail, tuple(map(Pointer, subject.earlier_awards))),)


def _files(subject: CheckSubject) -> tuple[CheckFinding, ...]:
    title = _("照片与附件")
    photos = [each for each in subject.attachments if each.kind == "photo"]
    bare = [each for each in photos if not each.caption]
    detail = _(
        "照片 %(photos)s 张，其他文件 %(files)s 个。",
        photos=len(photos),
        files=len(subject.attachments) - len(photos),
    )
    if bare:
        detail = n_("%(n)s 张照片没有说明。", "%(n)s 张照片没有说明。", len(bare))
    return (CheckFinding("files", CheckState.LOOK if bare else CheckState.OK, title, detail),)


def _recommendation(subject: CheckSubject) -> tuple[CheckFinding, ...]:
    if not subject.rules.needs_recommendation:
        return ()
    title = _("上级推荐")
    if subject.recommended_by:
        names = tuple(map(Pointer, subject.recommended_by))
        return (CheckFinding("recommended", CheckState.OK, title, _("这个版本已获得推荐。"), names),)
    detail = _("这个版本还没有获得上级单位推荐，暂时不会进入评审。")
    return (CheckFinding("recommended", CheckState.LOOK, title, detail),)


def _from(key: str, title: Text, findings: Sequence[Finding]) -> CheckFinding:
    """Findings about a working copy, as one line: the first sentence, the others below it."""
    state = CheckState.PROBLEM if any(each.blocking for each in findings) else CheckState.LOOK
    rest = tuple(Pointer(str(each.message)) for each in findings[1:])
    return CheckFinding(key, state, title, findings[0].message, rest)


def _pointer(other: OtherCase) -> Pointer:
    return Pointer(f"{other.number} {other.title} · {other.unit_name}", f"/cases/{other.case_id}")
