"""What a unit sees of its case when all is over: prize and praise, certificates, released feedback."""

from __future__ import annotations

from functools import partial

from sqlalchemy.orm import Session
from starlette.responses import Response
from starlette.routing import Route

from foundation.errors import NotFound
from foundation.text import Text, _
from foundation.web import Rq, disposition, get
from judging.pages.certificates import PDF, WORD
from judging.papers.letter import letter_paper, letter_pdf
from judging.papers.ports import DocumentWriter
from judging.queries.awards import award_of_version
from judging.queries.certificates import certificates_of_case
from judging.queries.honours import commendation_of, released_feedback
from judging.views.honours import ReleasedFeedback
from submissions import queries as submissions
from submissions.values import CallView, CaseView


def routes(writer: DocumentWriter) -> list[Route]:
    return [
        get("/cases/{case_id}/outcome", outcome),
        get("/cases/{case_id}/outcome/feedback.{format}", partial(letter, writer)),
    ]


def links_of_case(db: Session, case: CaseView) -> list[tuple[Text, str]]:
    """What judging adds to a case's page: a way to the outcome, once there is something to see."""
    award = award_of_version(db, case.version_id) if case.version_id else None
    if award is None and released_feedback(db, case.id) is None:
        return []
    return [(_("评审结果与反馈"), f"/cases/{case.id}/outcome")]


def outcome(rq: Rq) -> Response:
    case, call, released = _load(rq)
    award = award_of_version(rq.db, case.version_id) if case.version_id else None
    return rq.render(
        "judging/case_outcome.html",
        case=case,
        call=call,
        award=award,
        commendation=commendation_of(rq.db, case.id) if award else "",
        certificates=certificates_of_case(rq.db, case.id),
        released=released,
    )


def letter(writer: DocumentWriter, rq: Rq) -> Response:
    """The released letter as PDF or Word."""
    case, call, released = _load(rq)
    kind = rq.path("format")
    if released is None or kind not in ("pdf", "docx"):
        raise NotFound
    if kind == "pdf":
        content = letter_pdf(released.content, released_at=released.released_at, timezone=call.timezone)
    else:
        content = writer(
            letter_paper(released.content, released_at=released.released_at, timezone=call.timezone)
        )
    headers = {"Content-Disposition": disposition(f"{_('评审反馈')}-{case.number or case.id}.{kind}")}
    return Response(content, media_type=PDF if kind == "pdf" else WORD, headers=headers)


def _load(rq: Rq) -> tuple[CaseView, CallView, ReleasedFeedback | None]:
    """The case for who may see it: its unit, its superiors, the organiser; feedback as far as each may."""
    rq.signed_in()
    case = submissions.case(rq.db, rq.path("case_id"))
    return case, submissions.call(rq.db, case.call_id), released_feedback(rq.db, case.id)
