"""Originality for the organiser: a call at a glance, one case, two texts side by side."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from starlette.responses import Response
from starlette.routing import Route

from foundation.actor import Actor
from foundation.errors import NotFound
from foundation.forms import read_form
from foundation.permission import require
from foundation.sheets import FORMATS, Cell, Table, media_type, write
from foundation.text import Text, _
from foundation.web import Rq, get, post, stream
from submissions import policy, queries
from submissions.forms.originality import ReviewForm
from submissions.originality.reading import Line, lines_of, plain_lines
from submissions.originality.showing import shown
from submissions.queries import originality as found
from submissions.service import originality as service
from submissions.values import CaseView
from submissions.values.originality import OriginalityRow, OriginalityView, SourceView, Verdict

PAGE = 100
LEVELS = (5, 10, 20, 30, 50)
"""Percentages that a list can be narrowed to."""


def routes() -> list[Route]:
    return [
        get("/organise/calls/{call_id}/originality", overview),
        get("/organise/calls/{call_id}/originality.{kind}", export),
        post("/organise/calls/{call_id}/originality", check_again, again=overview),
        get("/cases/{case_id}/originality", case_report),
        post("/cases/{case_id}/originality", review, again=case_report),
        get("/cases/{case_id}/originality/{match_id}", side_by_side),
    ]


def overview(rq: Rq) -> Response:
    """All cases of a call, those with the greatest share first."""
    _permit(rq)
    call = queries.call(rq.db, rq.path("call_id"))
    rows = found.originality_rows(rq.db, call.id)
    wanted = _narrowed(rq, rows)
    page = _number(rq.query("page"), 1)
    pages = max(1, -(-len(wanted) // PAGE))
    return rq.render(
        "submissions/originality.html",
        call=call,
        rows=wanted[(page - 1) * PAGE : page * PAGE],
        found=len(wanted),
        page=page,
        pages=pages,
        levels=LEVELS,
        level=_number(rq.query("from"), 0),
        round=found.last_round(rq.db, call.id),
        unchecked=sum(row.report is None for row in rows),
        high=sum(row.report is not None and row.report.share >= 30 for row in rows),
        with_photos=sum(row.photos > 0 for row in rows),
        unseen=sum(_is_unseen(row) for row in rows),
        total=len(rows),
    )


def export(rq: Rq) -> Response:
    """The same list for a spreadsheet program."""
    _permit(rq)
    call = queries.call(rq.db, rq.path("call_id"))
    kind = rq.path("kind")
    if kind not in FORMATS:
        raise NotFound
    names = {each.key: each.name for each in call.rules.categories}
    rows = (_cells(row, names) for row in _narrowed(rq, found.originality_rows(rq.db, call.id)))
    table = Table(name=str(_("原创性核对")), heads=_HEADS, rows=rows, zone=call.timezone)
    target = io.BytesIO()
    write(table, kind, target)
    return stream(
        iter([target.getvalue()]), name=f"{call.slug}-originality.{kind}", media_type=media_type(kind)
    )


_HEADS = (
    _("编号"), _("标题"), _("类别"), _("单位"), _("相同比例（%）"), _("最大单一来源（%）"),
    _("来源数"), _("相似照片"), _("查看结论"), _("说明"), _("查看人"), _("核对时间"),
)  # fmt: skip


def _cells(row: OriginalityRow, names: dict[str, str]) -> list[Cell]:
    about = [row.number, row.title, names.get(row.category_key, row.category_key), row.unit_name]
    report = row.report
    if report is None:
        return [*about, *[None] * (len(_HEADS) - len(about))]
    return [
        *about,
        report.share,
        report.largest_share,
        row.sources,
        row.photos,
        VERDICTS[report.verdict] if report.verdict else None,
        report.note,
        report.reviewed_by_name,
        report.checked_at,
    ]


VERDICTS: dict[Verdict, Text] = {Verdict.FINE: _("没有问题"), Verdict.PROBLEM: _("有问题")}


def check_again(rq: Rq) -> Response:
    call = queries.call(rq.db, rq.path("call_id"))
    service.request_originality(rq.db, actor=_permit(rq), now=rq.now, call_id=call.id)
    return rq.redirect(
        f"/organise/calls/{call.id}/originality", _("已开始重新核对全部案例，完成后这里会显示时间。")
    )


def case_report(rq: Rq) -> Response:
    """One case: its text with what stands elsewhere, the sources, the photos."""
    _permit(rq)
    case, report = _report(rq)
    version = queries.version(rq.db, report.version_id)
    sources = found.sources(rq.db, version.id)
    spans = [
        (passage.start, passage.end, number)
        for number, source in enumerate(sources, 1)
        for passage in source.passages
    ]
    return rq.render(
        "submissions/originality_case.html",
        case=case,
        call=queries.call(rq.db, case.call_id),
        version=version,
        report=report,
        sources=sources,
        photos=found.photo_pairs(rq.db, version.id),
        lines=shown(lines_of(version.body_html), spans),
    )


def review(rq: Rq) -> Response:
    actor = _permit(rq)
    case, report = _report(rq)
    form = read_form(ReviewForm, rq.form)
    service.review_originality(
        rq.db,
        actor=actor,
        now=rq.now,
        version_id=report.version_id,
        verdict=form.given(),
        note=form.note,
    )
    return rq.redirect(f"/cases/{case.id}/originality", _("查看结论已记录。"))


def side_by_side(rq: Rq) -> Response:
    """A case and one source of it, passages coloured and numbered alike."""
    _permit(rq)
    case = queries.case(rq.db, rq.path("case_id"))
    source = found.source(rq.db, rq.path("match_id"))
    version = queries.version(rq.db, source.version_id)
    if version.case_id != case.id:
        raise NotFound
    mine = [(each.start, each.end, number) for number, each in enumerate(source.passages, 1)]
    theirs = [(each.other_start, each.other_end, number) for number, each in enumerate(source.passages, 1)]
    return rq.render(
        "submissions/originality_pair.html",
        case=case,
        call=queries.call(rq.db, case.call_id),
        version=version,
        report=found.originality(rq.db, version.id),
        source=source,
        mine=shown(lines_of(version.body_html), mine),
        theirs=shown(_lines_of_source(rq, source), theirs),
    )


def _lines_of_source(rq: Rq, source: SourceView) -> Sequence[Line]:
    if source.version is not None:
        return lines_of(source.version.body_html)
    return plain_lines(found.reference_text(rq.db, source.source_id))


def _report(rq: Rq) -> tuple[CaseView, OriginalityView]:
    """The case and the report on the version that counts.

    Raises:
        NotFound: there is none yet.
    """
    case = queries.case(rq.db, rq.path("case_id"))
    report = found.originality(rq.db, case.version_id or case.pending_version_id or "")
    if report is None:
        raise NotFound
    return case, report


def _narrowed(rq: Rq, rows: list[OriginalityRow]) -> list[OriginalityRow]:
    """The rows as the visitor's choices narrow them."""
    level, only, category = _number(rq.query("from"), 0), rq.query("only"), rq.query("category")
    tests: dict[str, Callable[[OriginalityRow], bool]] = {
        "unseen": _is_unseen,
        "problem": lambda row: row.report is not None and row.report.verdict is Verdict.PROBLEM,
        "fine": lambda row: row.report is not None and row.report.verdict is Verdict.FINE,
        "photos": lambda row: row.photos > 0,
        "unchecked": lambda row: row.report is None,
    }
    test = tests.get(only)
    return [
        row
        for row in rows
        if (test is None or test(row))
        and category in ("", row.category_key)
        and (not level or (row.report is not None and row.report.share >= level))
    ]


def _is_unseen(row: OriginalityRow) -> bool:
    """Something was found and nobody has said anything, or it has changed since."""
    if row.report is None or (row.report.matched == 0 and row.photos == 0):
        return False
    return row.report.verdict is None or row.report.changed


def _permit(rq: Rq) -> Actor:
    actor = rq.signed_in()
    require(policy.may_manage_calls(actor))
    return actor


def _number(typed: str, default: int) -> int:
    return int(typed) if typed.isdecimal() and 0 < len(typed) < 6 and int(typed) > 0 else default
