"""After the decision: the words that go with prizes, feedback that is read and released, result letters."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from foundation.errors import NotFound
from foundation.forms import read_form
from foundation.text import Text, _, n_
from foundation.web import Rq, get, post
from judging.pages.common import home, organiser_round, tabs
from judging.papers.forms import ReleaseForm, SendForm, TermsForm, WordingForm
from judging.papers.praise import draft
from judging.papers.wording import IN_LETTERS, named
from judging.queries import honours as queries
from judging.queries.awards import awards
from judging.queries.outcome import outcome, results_are_final
from judging.service import honouring, telling
from judging.values.honours import LetterKind
from judging.views import RoundView
from judging.views.honours import FeedbackLine, WordingView

BASE = "/organise/calls/{call_id}/judging/honours"
PARTS: tuple[tuple[str, Text], ...] = (
    ("", _("授奖词")),
    ("/feedback", _("评审反馈")),
    ("/letters", _("结果通知")),
    ("/certificates", _("证书")),
)


def routes() -> list[Route]:
    return [
        get(BASE, commendations),
        post(BASE + "/cases/{case_id}", commend, again=commendations),
        get(BASE + "/feedback", feedback),
        post(BASE + "/feedback/terms", save_terms, again=feedback),
        get(BASE + "/feedback/cases/{case_id}", comments),
        post(BASE + "/feedback/cases/{case_id}", read_comments, again=comments),
        post(BASE + "/feedback/preview", preview, again=feedback),
        post(BASE + "/feedback/release", release, again=feedback),
        get(BASE + "/letters", letters),
        post(BASE + "/letters/wording", save_wording, again=letters),
        post(BASE + "/letters", send, again=letters),
    ]


def frame(view: RoundView, part: str) -> dict[str, Any]:
    """What all pages of this strip show."""
    base = home(view.call) + "/honours"
    return {
        "round": view,
        "tabs": tabs(view, "/honours"),
        "subpages": [(base + path, label, path == part) for path, label in PARTS],
        "base": base,
    }


# --- commendations ----------------------------------------------------------------------------------


def commendations(rq: Rq) -> Response:
    """Cases with a prize (before the decision: those in its reach), each with its words and a draft."""
    actor, view = organiser_round(rq)
    found = outcome(rq.db, actor, view)
    granted = {award.case_id: award for award in awards(rq.db, view.call.id)}
    places = sum(prize.quota for prize in view.call.rules.prizes)
    near = [row.case_id for row in found.board.rows if row.rank is not None and row.rank <= places]
    said = queries.juror_words(rq.db, actor, view)
    written = queries.commendations(rq.db, view.id)
    chosen = [key for key in granted if key in found.board.cases] if granted else near
    chosen += [key for key in written if key not in chosen and key in found.board.cases]
    return rq.render(
        "judging/commendations.html",
        **frame(view, ""),
        cases=[found.board.cases[key] for key in chosen],
        granted=granted,
        written=written,
        said=said,
        drafts={
            key: draft(
                found.board.cases[key].title,
                found.figures[key].criteria,
                [each.original for each in said.get(key, ())],
            )
            for key in chosen
        },
        longest=honouring.LONGEST_COMMENDATION,
    )


def commend(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    case_id = rq.path("case_id")
    honouring.write_commendation(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        case_id=case_id,
        words=rq.field(f"words-{case_id}"),
    )
    return rq.redirect(f"{home(view.call)}/honours#case-{case_id}", done=_("授奖词已保存。"))


# --- feedback ---------------------------------------------------------------------------------------


def feedback(rq: Rq) -> Response:
    """All cases: comments read or not, released or not."""
    actor, view = organiser_round(rq)
    return _feedback(rq, view, queries.feedback_lines(rq.db, actor, view), shown=None)


def _feedback(rq: Rq, view: RoundView, lines: list[FeedbackLine], *, shown: ReleaseForm | None) -> Response:
    ready = telling.releasable(lines, shown.cases) if shown else []
    return rq.render(
        "judging/feedback.html",
        **frame(view, "/feedback"),
        lines=lines,
        terms=queries.terms(rq.db, view.id),
        final=results_are_final(rq.db, view.id),
        chosen=set(shown.cases) if shown else set(),
        ready=ready,
        previewed=shown is not None,
        by_mail=shown.by_mail if shown else False,
        examples=_examples(ready),
        basis=telling.basis_of(ready) if ready else "",
    )


def _examples(ready: list[FeedbackLine]) -> list[FeedbackLine]:
    """One with a prize and one without, where there are such."""
    won = next((line for line in ready if line.prize_name), None)
    other = next((line for line in ready if not line.prize_name), None)
    return [line for line in (won, other) if line is not None]


def save_terms(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(TermsForm, rq.form)
    telling.save_terms(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        fewest_reads=form.fewest_reads,
        greeting=form.greeting,
    )
    return rq.redirect(f"{home(view.call)}/honours/feedback", done=_("已保存。"))


def comments(rq: Rq) -> Response:
    """The comments on one case, to be read one by one; without the jurors' names."""
    actor, view = organiser_round(rq)
    lines = queries.feedback_lines(rq.db, actor, view)
    line = next((each for each in lines if each.case.case_id == rq.path("case_id")), None)
    if line is None:
        raise NotFound
    after = [each for each in lines if each.unread and each.case.label > line.case.label]
    return rq.render(
        "judging/feedback_case.html",
        **frame(view, "/feedback"),
        line=line,
        following=after[0].case.case_id if after else "",
        unread=sum(1 for each in lines if each.unread),
    )


def read_comments(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    case_id = rq.path("case_id")
    keys = [name.removeprefix("words-") for name in rq.form if name.startswith("words-")]
    telling.read_comments(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        case_id=case_id,
        decided={
            key: telling.Decided(
                original=rq.field(f"original-{key}"),
                words=rq.field(f"words-{key}"),
                withheld=rq.field(f"withheld-{key}") == "yes",
            )
            for key in keys
        },
    )
    base = f"{home(view.call)}/honours/feedback"
    following = rq.field("following")
    return rq.redirect(f"{base}/cases/{following}" if following else base, done=_("已记下对评语的处理。"))


def preview(rq: Rq) -> Response:
    """What would be released, by count and name, with an example each."""
    actor, view = organiser_round(rq)
    form = read_form(ReleaseForm, rq.form)
    return _feedback(rq, view, queries.feedback_lines(rq.db, actor, view), shown=form)


def release(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(ReleaseForm, rq.form)
    count = telling.release_feedback(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        case_ids=form.cases,
        basis=form.basis,
        by_mail=form.by_mail,
        address=rq.absolute,
    )
    return rq.redirect(
        f"{home(view.call)}/honours/feedback",
        done=n_("已向 %(n)s 个案例的单位公布反馈。", "已向 %(n)s 个案例的单位公布反馈。", count),
    )


# --- result letters ---------------------------------------------------------------------------------


def letters(rq: Rq) -> Response:
    """The words, who would get what, and an example each of the letters as they would go."""
    actor, view = organiser_round(rq)
    words = queries.wordings(rq.db, view.id)
    ready = telling.ready_letters(queries.letter_lines(rq.db, actor, view), words, view, rq.absolute)
    groups = {kind: [each for each in ready if each.line.kind is kind] for kind in LetterKind}
    return rq.render(
        "judging/result_letters.html",
        **frame(view, "/letters"),
        words=words,
        groups=groups,
        bases={kind.value: telling.basis_of_letters(found) for kind, found in groups.items()},
        all_basis=telling.basis_of_letters(ready),
        ready=ready,
        final=results_are_final(rq.db, view.id),
        sent=queries.letters_sent(rq.db, view.id),
        winner_names=named(IN_LETTERS),
        other_names=named([key for key in IN_LETTERS if key not in ("prize", "commendation")]),
        saved=_saved(words),
    )


def _saved(words: dict[LetterKind, WordingView]) -> dict[str, str]:
    return {
        f"{kind.value}_{part}": getattr(each, part)
        for kind, each in words.items()
        for part in ("subject", "body")
    }


def save_wording(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(WordingForm, rq.form)
    telling.save_wording(rq.db, actor=actor, now=rq.now, round_id=view.id, words=form.words())
    return rq.redirect(
        f"{home(view.call)}/honours/letters#preview", done=_("已保存，下面是按新文字生成的预览。")
    )


def send(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(SendForm, rq.form)
    count = telling.queue_letters(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        kinds=form.kinds,
        basis=form.basis,
        address=rq.absolute,
    )
    return rq.redirect(
        f"{home(view.call)}/honours/letters",
        done=n_("%(n)s 封结果通知已放入待发邮件。", "%(n)s 封结果通知已放入待发邮件。", count),
    )
