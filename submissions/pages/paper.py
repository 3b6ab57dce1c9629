"""Recommendation forms as a PDF: made with fpdf2, so that no office program has to be installed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from starlette.responses import Response

from foundation.display import moment_in_zone
from foundation.pdf import Sheets
from foundation.text import _
from foundation.web import disposition
from submissions.rules.recommending import TYPED, grouped
from submissions.values import CallView, FormSheet

_BLANK = "\u3000"


def form_file(sheets: Sequence[FormSheet], call: CallView, *, now: datetime, whole_list: bool) -> Response:
    """The forms as a download; with a summary in front where they are a superior's whole list."""
    name = call.slug if whole_list else sheets[0].version_number
    headers = {"Content-Disposition": disposition(f"{_('案例推荐表')}-{name}.pdf")}
    content = forms_pdf(sheets, now=now, whole_list=whole_list)
    return Response(content, media_type="application/pdf", headers=headers)


def forms_pdf(sheets: Sequence[FormSheet], *, now: datetime, whole_list: bool) -> bytes:
    """One page a form (more where the opinion is long)."""
    first = sheets[0]
    paper = Sheets(
        str(_("案例推荐表")), now=now, foot=str(_("%(unit)s · 案例推荐表", unit=first.recommender))
    )
    if whole_list:
        _summary(paper, sheets)
    for number, sheet in enumerate(sheets):
        if number or whole_list:
            paper.next_page()
        _form(paper, sheet)
    return paper.content()


def _summary(paper: Sheets, sheets: Sequence[FormSheet]) -> None:
    first = sheets[0]
    paper.heading(str(_("案例推荐汇总表")), below=first.call_title)
    paper.paragraph(str(_("推荐单位：%(unit)s　　共 %(n)s 件", unit=first.recommender, n=len(sheets))))
    paper.table(
        [str(_("位次")), str(_("编号")), str(_("案例标题")), str(_("申报单位")), str(_("校验值前 8 位"))],
        [
            [str(each.place), each.version_number, each.title, each.unit_name, each.content_hash[:TYPED]]
            for each in sheets
        ],
        widths=(14, 44, 58, 44, 30),
    )
    paper.signature_box(_stamp_lines())


def _form(paper: Sheets, sheet: FormSheet) -> None:
    paper.heading(str(_("案例推荐表")), below=sheet.call_title)
    paper.facts([(str(name), value) for name, value in form_rows(sheet)])
    paper.code(
        sheet.verify_url,
        [
            str(_("本表只对上面这一个版本有效。申报单位提交新版本后，须重新推荐、打印和盖章。")),
            str(_("扫描二维码可以核对版本；盖章后的扫描件上传时按二维码自动核对。")),
            str(_("内容校验值前 8 位：%(start)s", start=sheet.content_hash[:TYPED])),
        ],
    )
    paper.signature_box(_stamp_lines())


def form_rows(sheet: FormSheet) -> list[tuple[object, str]]:
    """What the form says, name and value."""
    return [
        (_("案例标题"), sheet.title),
        (_("申报单位"), sheet.unit_name),
        (_("类别"), sheet.category),
        (_("作者"), str(_("、")).join(sheet.authors)),
        (
            _("编号与版本"),
            str(_("%(number)s（第 %(n)s 版）", number=sheet.version_number, n=sheet.ordinal)),
        ),
        (_("收到时间"), str(moment_in_zone(sheet.received_at, sheet.timezone))),
        (
            _("正文与附件"),
            str(_("%(words)s 字，附件 %(files)s 个", words=sheet.word_count, files=sheet.files)),
        ),
        (_("内容校验值（SHA-256）"), grouped(sheet.content_hash)),
        (_("推荐单位"), sheet.recommender),
        (_("推荐位次"), str(_("第 %(place)s 位，共 %(of)s 件", place=sheet.place, of=sheet.of))),
        (_("推荐意见"), sheet.opinion),
    ]


def _stamp_lines() -> list[str]:
    """Lines to fill in by hand; the room for it is not part of the words."""
    return [
        str(_("负责人签字：")) + _BLANK * 11,
        str(_("推荐单位（盖章）：")) + _BLANK * 11,
        str(_("年　　　月　　　日")) + _BLANK * 2,
    ]
