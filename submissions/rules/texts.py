"""What a working copy still lacks before it can be handed in, each lack linked to its field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from foundation.text import _
from submissions.rules.claims import check_claims, ledger
from submissions.rules.eligibility import award_findings, practice_findings
from submissions.rules.files import file_refusal
from submissions.rules.parts import part_findings
from submissions.values import AttachmentView, CallRules, CaseText, Claim, FileRules, Finding, Pledge

AUTHORS_HIGHEST = 10
FILES_HIGHEST = 30
PRINT_PIXELS = 1300
"""A photo is printed up to 11 cm wide; 300 dpi then take this many pixels across."""
_PICTURE = re.compile(r'src="attachment:([0-9a-z]+)"')


def pictures_in(body_html: str) -> tuple[str, ...]:
    """The ids of the attachments that the body shows, in order, each once."""
    return tuple(dict.fromkeys(_PICTURE.findall(body_html)))


def check_text(
    text: CaseText,
    rules: CallRules,
    *,
    word_count: int,
    attachments: Sequence[AttachmentView],
    today: date,
    closes_on: date | None = None,
    earlier: Sequence[str] = (),
    claims: Sequence[Claim] | None = None,
) -> tuple[Finding, ...]:
    """Everything to be put right or looked at, in the order of the page.

    `today` and `closes_on` (the day of the call's deadline, today where it is not given) are in the call's
    zone; `earlier` are titles of awarded cases that this one seems to be. Without `claims` nobody looks for
    figures that have no evidence, which takes longer than all the rest.
    """
    return (
        *_title(text, rules),
        *award_findings(rules.eligibility, earlier),
        *_category(text, rules),
        *_authors(text),
        *(_practice(text, today) or practice_findings(text, rules.eligibility, closes_on or today)),
        *_summary(text, rules),
        *_body(text, rules, word_count, attachments),
        *_files(attachments, rules.files),
        *(_claims(text, rules, attachments, claims) if claims is not None else ()),
    )


def _claims(
    text: CaseText, rules: CallRules, attachments: Sequence[AttachmentView], claims: Sequence[Claim]
) -> tuple[Finding, ...]:
    book = ledger(text.body_html, claims)
    return check_claims(book, [each.id for each in attachments], required=rules.needs_evidence)


def check_pledge(pledge: Pledge, rules: CallRules) -> tuple[Finding, ...]:
    """What is missing in the pledge of authenticity, and in the copyright clause where the call has one."""
    found = []
    if not pledge.accepted:
        found.append(Finding("pledge", _("请阅读并勾选真实性承诺，未作承诺的案例不能提交。")))
    if rules.copyright_text and not pledge.copyright_accepted:
        found.append(Finding("copyright", _("请阅读并勾选版权条款，未同意的案例不能提交。")))
    if not pledge.name.strip():
        found.append(Finding("pledge_name", _("请填写承诺人姓名。")))
    return tuple(found)


def _title(text: CaseText, rules: CallRules) -> list[Finding]:
    count = len(text.title)
    if not count:
        return [Finding("title", _("请填写案例标题。"))]
    if count > rules.title_highest:
        sentence = _(
            "案例标题不能超过 %(limit)s 个字，现在是 %(count)s 个字。", limit=rules.title_highest, count=count
        )
        return [Finding("title", sentence)]
    return []


def _category(text: CaseText, rules: CallRules) -> list[Finding]:
    if not text.category_key:
        return [Finding("category_key", _("请选择案例类别。"))]
    if rules.category(text.category_key) is None:
        return [Finding("category_key", _("本次征集没有所选的类别，请重新选择。"))]
    return []


def _authors(text: CaseText) -> list[Finding]:
    if not text.authors:
        return [Finding("authors-0-name", _("请至少填写一位作者。"))]
    if len(text.authors) > AUTHORS_HIGHEST:
        sentence = _(
            "作者不能超过 %(limit)s 位，现在是 %(count)s 位。", limit=AUTHORS_HIGHEST, count=len(text.authors)
        )
        return [Finding("authors-0-name", sentence)]
    return [
        Finding(f"authors-{index}-name", _("第 %(number)s 位作者没有填写姓名。", number=index + 1))
        for index, author in enumerate(text.authors)
        if not author.name
    ]


def _practice(text: CaseText, today: date) -> list[Finding]:
    begin, end = text.practice_from, text.practice_to
    if begin is None:
        return [Finding("practice_from", _("请填写实践开始的日期。"))]
    if begin > today:
        return [Finding("practice_from", _("实践开始的日期不能晚于今天。"))]
    if end is not None and end < begin:
        return [Finding("practice_to", _("实践结束的日期不能早于开始的日期。"))]
    return []


def _summary(text: CaseText, rules: CallRules) -> list[Finding]:
    count = len(text.summary)
    if not count:
        return [Finding("summary", _("请填写内容摘要。"))]
    if count > rules.summary_highest:
        limit = rules.summary_highest
        return [
            Finding(
                "summary",
                _("内容摘要不能超过 %(limit)s 个字，现在是 %(count)s 个字。", limit=limit, count=count),
            )
        ]
    return []


def _body(
    text: CaseText, rules: CallRules, word_count: int, attachments: Sequence[AttachmentView]
) -> list[Finding]:
    if not word_count:
        return [Finding("body", _("请填写案例正文。"))]
    found = []
    if word_count < rules.words_lowest:
        sentence = _(
            "正文至少要 %(limit)s 字，现在是 %(count)s 字。", limit=rules.words_lowest, count=word_count
        )
        found.append(Finding("body", sentence))
    if word_count > rules.words_highest:
        sentence = _(
            "正文不能超过 %(limit)s 字，现在是 %(count)s 字。", limit=rules.words_highest, count=word_count
        )
        found.append(Finding("body", sentence))
    found.extend(part_findings(rules.parts, text.body_html))
    there = {each.id for each in attachments}
    if any(each not in there for each in pictures_in(text.body_html)):
        found.append(Finding("body", _("正文中有一张图片已被移除，请删去该图片或重新插入。")))
    return found


def _files(attachments: Sequence[AttachmentView], rules: FileRules) -> list[Finding]:
    """The rules may have changed since a file was taken in: before the window opens they may."""
    found = []
    for each in attachments:
        refusal = file_refusal(rules, name=each.name, size=each.size)
        if refusal is not None:
            found.append(Finding(f"file-{each.id}", refusal))
    if len(attachments) > rules.number_highest:
        limit, count = rules.number_highest, len(attachments)
        sentence = _("照片和附件不能超过 %(limit)s 个，现在是 %(count)s 个。", limit=limit, count=count)
        found.append(Finding("files", sentence))
    found.extend(
        Finding(f"caption-{each.id}", _("照片“%(name)s”还没有说明文字。", name=each.name), blocking=False)
        for each in attachments
        if each.kind == "photo" and not each.caption
    )
    found.extend(_print_quality(attachments))
    return found


def _print_quality(attachments: Sequence[AttachmentView]) -> list[Finding]:
    return [
        Finding(
            f"file-{each.id}",
            _(
                "照片“%(name)s”宽 %(width)s 像素，印成 11 厘米宽时不足 300 dpi。"
                "有原图请换上，没有也可以提交。",
                name=each.name,
                width=each.width,
            ),
            blocking=False,
        )
        for each in attachments
        if each.kind == "photo" and each.width is not None and each.width < PRINT_PIXELS
    ]
