"""The receipt on paper: what was taken in and when, what proves it, and where anybody can check that."""

from __future__ import annotations

from datetime import datetime

from foundation.display import size
from foundation.pdf import Sheets
from foundation.text import _, n_
from foundation.web import with_query
from submissions.display import exact_moment
from submissions.values import Receipt

CODE_LENGTH = 32
"""Characters of the signature that serve as the verification code."""
_GROUP = 8


def verification_path(receipt: Receipt) -> str:
    """The page that proves this receipt; it shows nothing of the case."""
    code = receipt.signature[:CODE_LENGTH]
    return with_query("/receipts/verify", number=receipt.number, code=code)


def receipt_pdf(receipt: Receipt, *, base_url: str, now: datetime) -> bytes:
    """One page, more where there are many files. Takes half a second: not inside a write transaction."""
    title = str(_("提交回执"))
    paper = Sheets(f"{title} {receipt.number}", now=now, foot=f"{title} {receipt.number}")
    paper.heading(title, below=receipt.call_title)
    if receipt.provisional:
        paper.paragraph(
            str(
                _(
                    "这次提交在截止后数秒内到达，内容已完整保存。是否接收由组织单位裁定，结果会显示在案例页面。"
                )
            )
        )
    paper.facts(_rows(receipt))
    if receipt.files:
        paper.table(
            [str(_("照片与附件")), str(_("大小")), "SHA-256"],
            [[each.name, size(each.size), _grouped(each.sha256)] for each in receipt.files],
            widths=(54, 22, 90),
        )
    paper.code(
        base_url.rstrip("/") + verification_path(receipt),
        [
            str(
                _(
                    "扫描二维码，或在 %(url)s 输入回执编号和核验码，可以核对这份回执的真伪。",
                    url=f"{base_url.rstrip('/')}/receipts/verify",
                )
            ),
            str(_("核验码：%(code)s", code=_grouped(receipt.signature[:CODE_LENGTH]))),
            str(_("核验页面只证明回执，不显示案例内容。")),
        ],
    )
    return paper.content()


def _rows(receipt: Receipt) -> list[tuple[str, str]]:
    rows = [
        (str(_("回执编号")), receipt.number),
        (str(_("收到时间")), str(exact_moment(receipt.received_at, receipt.timezone))),
        (str(_("案例标题")), receipt.title),
        (str(_("申报单位")), receipt.unit_name),
        (str(_("版本")), str(_("第 %(n)s 版", n=receipt.ordinal))),
        (str(_("内容校验值（SHA-256）")), _grouped(receipt.content_hash)),
        *_claims(receipt),
        (str(_("真实性承诺")), str(_("由 %(name)s 作出", name=receipt.pledge_name))),
    ]
    if receipt.copyright_text:
        rows.append((str(_("版权条款")), str(_("已由 %(name)s 同意", name=receipt.pledge_name))))
    return rows


def _claims(receipt: Receipt) -> list[tuple[str, str]]:
    if not receipt.claims:
        return []
    said = n_(
        "%(num)s 处，已计入内容校验值", "%(num)s 处，已计入内容校验值", receipt.claims, num=receipt.claims
    )
    return [(str(_("主张与证据")), str(said))]


def _grouped(digest: str) -> str:
    """In groups that an eye can follow."""
    return " ".join(digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP))
