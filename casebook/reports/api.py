"""Research reports through the JSON API: their figures, making the files, fetching them."""

from __future__ import annotations

from casebook.reports import queries, service
from casebook.reports.counted import count
from casebook.reports.forms import BuildReply, FiguresReply, ReportReply
from casebook.reports.pages.access import permit, report
from casebook.reports.pages.building import send
from casebook.reports.pages.dashboard import asked
from casebook.reports.ports import Shelf
from casebook.reports.rules.counting import FILTERS
from foundation.api import Operation
from foundation.web import Rq

TAG = "reports"


def operations(shelf: Shelf) -> list[Operation]:
    """For editors and organisers."""
    return [
        Operation(
            "GET",
            "/reports",
            lambda rq, _body: _reports(rq),
            summary="All research reports that you may see, the one changed last first",
            tag=TAG,
            reply=ReportReply,
            many=True,
        ),
        Operation(
            "GET",
            "/reports/{id}/figures",
            lambda rq, _body: _figures(rq, shelf),
            summary="The figures of a report at this moment",
            tag=TAG,
            reply=FiguresReply,
            query=dict.fromkeys(FILTERS, "Only cases with this value"),
        ),
        Operation(
            "POST",
            "/reports/{id}/files",
            lambda rq, _body: _request(rq, shelf),
            summary="Ask for the Word files and the annex; they are made in the background",
            tag=TAG,
            reply=BuildReply,
            status=202,
        ),
        Operation(
            "GET",
            "/reports/{id}/files",
            lambda rq, _body: [BuildReply.of(each) for each in queries.builds(rq.db, report(rq).id)],
            summary="All makings of the files, the newest first",
            tag=TAG,
            reply=BuildReply,
            many=True,
        ),
        Operation(
            "GET",
            "/reports/{id}/files/{number}/{kind}",
            lambda rq, _body: send(rq),
            summary="A finished file: report, brief or annex",
            tag=TAG,
        ),
    ]


def _reports(rq: Rq) -> list[ReportReply]:
    permit(rq)
    return [ReportReply.of(each) for each in queries.reports(rq.db)]


def _figures(rq: Rq, shelf: Shelf) -> FiguresReply:
    view = report(rq)
    return FiguresReply.of(count(rq.db, view.definition, shelf, asked(rq)).counted)


def _request(rq: Rq, shelf: Shelf) -> BuildReply:
    view = report(rq)
    number = service.request_build(
        rq.db, actor=rq.actor, now=rq.now, report_id=view.id, language=rq.locale, shelf=shelf
    )
    return BuildReply.of(queries.build(rq.db, view.id, number))
