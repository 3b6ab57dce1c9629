"""The page of one text: as it is now, what was said of it, what changed, and what the reader can do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from starlette.responses import Response
from starlette.routing import Route

from casebook import access
from casebook import queries as casebook
from casebook.reviewing import policy, queries, service
from casebook.reviewing.forms import DraftForm, OpinionForm, ReturnForm
from casebook.reviewing.pages import views
from casebook.reviewing.pages.board import posted_people
from casebook.reviewing.pages.views import ProofNumbers
from casebook.reviewing.rules.changing import changes, printed_lines
from casebook.reviewing.rules.counting import FAULTS, KIND_NAMES, passes
from casebook.reviewing.rules.opinions import signed_before
from casebook.reviewing.rules.standing import step_before
from casebook.reviewing.values import PROOFS, REVIEWS, Act, Duties, File, Mark, Step, Verdict
from casebook.reviewing.wording import ERROR_STATES, REPORT_NAMES, STEP_NAMES, VERDICT_NAMES
from casebook.showing import shown_body
from casebook.values import EditionView, EntryView, ManuscriptText
from foundation.differences import Mark as Difference
from foundation.errors import Refused
from foundation.forms import read_form
from foundation.text import Text, _
from foundation.web import Rq, get, post


def routes(proofs: ProofNumbers) -> list[Route]:
    own, entry = "/editions/{id}/reviews/own", "/editions/{id}/entries/{entry}/reviews"
    found = []
    show = partial(text_page, proofs)
    for one in (own, entry):
        found += [
            get(one, show),
            post(f"{one}/sign", partial(sign, proofs), again=show),
            post(f"{one}/return", return_text, again=show),
            post(f"{one}/draft", save_draft),
            post(f"{one}/read", mark_read),
            post(f"{one}/duties", assign, again=show),
        ]
    return found


@dataclass(frozen=True, slots=True)
class Place:
    """The text that an address names; `entry` is None for the book's own texts."""

    edition: EditionView
    entry: EntryView | None

    @property
    def subject_id(self) -> str:
        return self.entry.id if self.entry else self.edition.id

    @property
    def url(self) -> str:
        return views.address(self.edition.id, self.subject_id)

    @property
    def closed(self) -> Text | None:
        """Why nothing is signed here any more."""
        if self.edition.archived_at is not None:
            return _("这本书已经归档，不能修改。请先在编排页取消归档。")
        if self.entry is not None and self.entry.withdrawn_at is not None:
            return _("这个案例已被撤销授奖，不再审校。")
        return None


def place(rq: Rq) -> Place:
    """Raises NotFound."""
    if "entry" in rq.request.path_params:
        return Place(*access.entry(rq))
    return Place(access.edition(rq), None)


@dataclass(frozen=True, slots=True)
class Task:
    """What the reader can do with one step. `denied` says why not; `before` is his own last sign-off, after
    which only the difference is left to read; `since` is the sign-off that changes are shown against."""

    step: Step
    denied: Text | None
    turn: bool
    before: Act | None
    since: Act | None
    changes: tuple[tuple[Difference, ...], ...]
    back_to: Step | None
    is_proof: bool


def text_page(proofs: ProofNumbers, rq: Rq) -> Response:
    at = place(rq)
    found = queries.file(rq.db, at.edition.id, at.subject_id)
    given = queries.duties(rq.db, at.edition.id)
    task = _task(rq, at, found, given)
    earlier, later = queries.neighbours(rq.db, at.edition.id, at.subject_id)
    return rq.render(
        "casebook/reviewing/text.html",
        edition=at.edition,
        entry=at.entry,
        url=at.url,
        file=found,
        subject=found.subject,
        body=shown_body(f"/editions/{at.edition.id}/entries/{at.subject_id}/photos", found.subject.text.body),
        cells=views.cells(found, given),
        task=task,
        draft=queries.draft(rq.db, rq.actor, at.subject_id, task.step),
        acts=[(act, views_of_act(act)) for act in reversed(found.acts)],
        verdicts=_verdicts(task.step),
        reports=REPORT_NAMES,
        step_names=STEP_NAMES,
        errors=[(each, _stands(found.subject.text, each.before)) for each in found.errors],
        error_states=ERROR_STATES,
        faults=FAULTS,
        kinds=KIND_NAMES,
        rates=[(name, each, passes(each)) for name, each in views.rates([found])],
        proofs=proofs(rq.db, at.edition.id) if task.is_proof else (),
        people=queries.people(rq.db),
        given=given,
        read=queries.read_digests(rq.db, rq.actor, at.edition.id).get(at.subject_id) == found.subject.digest,
        earlier=views.address(at.edition.id, earlier) if earlier else None,
        later=views.address(at.edition.id, later) if later else None,
    )


def _task(rq: Rq, at: Place, found: File, given: Duties) -> Task:
    step = _step(rq, found, given)
    denied = policy.may_sign(rq.actor, found.subject, step, found.acts, given)
    state = found.states[step]
    since = state.act if state.act is not None and state.act.mark is Mark.SIGNED else None
    since = since or _last_signed(found, step)
    return Task(
        step=step,
        denied=at.closed or (denied.reason if denied else None),
        turn=state.turn,
        before=signed_before(found.acts, state, rq.actor.user_id),
        since=since,
        changes=_changes(rq, found, since),
        back_to=step_before(step) if step in REVIEWS else None,
        is_proof=step in PROOFS,
    )


def _step(rq: Rq, found: File, given: Duties) -> Step:
    """The step of the page: the one asked for, else what the reader can sign, else whose turn it is."""
    wanted = rq.field("step") or rq.query("step")
    if wanted in set(Step):
        return Step(wanted)
    mine = queries.task(rq.actor, found, given)
    turn = (step for step, state in found.states.items() if state.turn)
    return mine or next(turn, Step.FINAL)


def _last_signed(found: File, step: Step) -> Act | None:
    signed = [act for act in found.acts if act.step is step and act.mark is Mark.SIGNED]
    return signed[-1] if signed else None


def _changes(rq: Rq, found: File, since: Act | None) -> tuple[tuple[Difference, ...], ...]:
    if since is None or since.digest == found.subject.digest:
        return ()
    if found.subject.is_book:
        before = queries.snapshot(rq.db, since)
    else:
        before = casebook.manuscript(rq.db, found.subject.id, since.round).text
    return tuple(changes(before, found.subject.text)) if before else ()


def views_of_act(act: Act) -> list[tuple[Text, str | Text]]:
    """What was said, part by part."""
    said: list[tuple[Text, str | Text]] = []
    opinion = act.opinion
    if opinion.report is not None:
        said += [(REPORT_NAMES[name][0], words) for name, words in opinion.report.items() if words]
    if opinion.agrees is not None:
        said.append((_("对初审意见"), _("同意") if opinion.agrees else _("不同意")))
    if opinion.verdict is not None:
        label = _("决定") if act.step is Step.FINAL else _("建议")
        said.append((label, VERDICT_NAMES[opinion.verdict]))
    if opinion.statement:
        said.append((_("理由和要求") if act.mark is Mark.RETURNED else _("意见"), opinion.statement))
    return said


def _verdicts(step: Step) -> list[tuple[str, Text]]:
    offered = (Verdict.ACCEPT, Verdict.REJECT) if step is Step.FINAL else tuple(Verdict)
    return [(verdict.value, VERDICT_NAMES[verdict]) for verdict in offered]


def _stands(text: ManuscriptText, passage: str) -> int:
    """How often a passage stands in the text as it is now."""
    return sum(line.count(passage) for line in printed_lines(text)) if passage else 0


def sign(proofs: ProofNumbers, rq: Rq) -> Response:
    at = place(rq)
    form = read_form(OpinionForm, rq.form)
    if form.build is not None and form.build not in proofs(rq.db, at.edition.id):
        raise Refused(_("没有编号是 %(n)s 的校样，请核对成书页上的编号。", n=form.build))
    service.sign(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=at.edition.id,
        subject_id=at.subject_id,
        step=form.step,
        digest=form.digest,
        opinion=form.opinion(),
        build=form.build,
    )
    return rq.redirect(at.url, _("%(step)s已签署。", step=STEP_NAMES[form.step]))


def return_text(rq: Rq) -> Response:
    at = place(rq)
    form = read_form(ReturnForm, rq.form)
    service.return_text(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=at.edition.id,
        subject_id=at.subject_id,
        step=form.step,
        reasons=form.reasons,
    )
    return rq.redirect(at.url, _("已退修。"))


def save_draft(rq: Rq) -> Response:
    """Autosave: answers with when it was."""
    at = place(rq)
    form = read_form(DraftForm, rq.form)
    service.save_draft(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=at.edition.id,
        subject_id=at.subject_id,
        step=form.step,
        fields=form.fields(),
    )
    return rq.render("casebook/reviewing/_saved.html")


def mark_read(rq: Rq) -> Response:
    at = place(rq)
    service.mark_read(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=at.edition.id,
        subject_id=at.subject_id,
        digest=rq.field("digest"),
    )
    return rq.render("casebook/reviewing/_read.html") if rq.is_htmx else rq.redirect(at.url)


def assign(rq: Rq) -> Response:
    """Who does what with this text otherwise than with the book."""
    at = place(rq)
    service.assign(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=at.edition.id,
        subject_id=at.subject_id,
        people=posted_people(rq),
    )
    return rq.redirect(at.url, _("分工已保存。"))
