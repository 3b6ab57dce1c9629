"""The score page: case and form side by side. Everything works without script; `scoring.js` makes it fast."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote

from markupsafe import Markup
from starlette.responses import Response
from starlette.routing import Route

from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound
from foundation.forms import read_form
from foundation.text import Text, _
from foundation.web import Rq, get, post, stream
from judging import queries, rules, service
from judging.cleaning import NotCleanable, without_properties
from judging.errors import ScoringOver
from judging.forms import CardForm, FlagForm, ReasonForm
from judging.pages.queue import Filter, asked_filter
from judging.pages.verdicts import save_verdicts, writes_verdicts
from judging.queries.calibrations import waits_for
from judging.statistics.standing import full_score
from judging.values import BlindCopy, CommentKind
from judging.views import Desk, ReadView
from submissions.rules.criteria import Box, box, plain
from submissions.values import Criterion

_PICTURE = re.compile(r'<img src="attachment:([0-9A-Za-z]+)"')


def routes() -> list[Route]:
    return [
        get("/judging/reads/{read_id}", desk),
        post("/judging/reads/{read_id}", save, again=desk),
        post("/judging/reads/{read_id}/recuse", recuse, again=desk),
        post("/judging/reads/{read_id}/reopen", reopen, again=desk),
        post("/judging/reads/{read_id}/flag", flag, again=desk),
        get("/judging/reads/{read_id}/files/{name}", file),
    ]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the case stands among those the filter shows."""

    number: int
    count: int
    previous: ReadView | None
    next: ReadView | None


def desk(rq: Rq) -> Response:
    actor = rq.signed_in()
    found = queries.desk(rq.db, actor, rq.path("read_id"), rq.now)
    if waits_for(rq.db, actor, found.round, rq.now):
        return rq.redirect(
            f"/judging/rounds/{found.round.id}/calibration", _("请先给校准案例评分，再开始评审。")
        )
    _view, lines = queries.queue(rq.db, actor, found.round.id, with_titles=False)
    chosen = asked_filter(rq)
    return rq.render(
        "judging/read.html",
        desk=found,
        body=body_shown(found),
        gallery=gallery(found.copy),
        boxes=[_box(rq, found, criterion) for criterion in found.round.call.rules.criteria],
        full=full_score(found.round.call.rules.criteria),
        filter=chosen,
        place=place_among(lines, found, chosen),
        done=sum(1 for line in lines if line.status in ("ready", "handed_in")),
        assigned=sum(1 for line in lines if line.status != "recused"),
        wide=True,
    )


def _box(rq: Rq, found: Desk, criterion: Criterion) -> Box:
    mark = found.scorecard.marks.get(criterion.key)
    given = plain(mark) if mark is not None else ""
    typed = rq.field(f"mark-{criterion.key}") if rq.problem and f"mark-{criterion.key}" in rq.form else given
    needed = found.round.call.rules.judging.extremes_need_comment
    return box(criterion, typed, with_extremes=needed)


def body_shown(found: Desk) -> Markup:
    """The body with its pictures under addresses of the desk's own; one that is not there is left out."""
    names = {each.id: each.name for each in found.copy.attachments}

    def address(match: re.Match[str]) -> str:
        name = names.get(match[1])
        return f'<img loading="lazy" src="/judging/reads/{found.id}/files/{quote(name)}"' if name else "<img"

    return Markup(_PICTURE.sub(address, found.copy.body_html))  # noqa: S704  # canonical and escaped by foundation.richtext


def gallery(copy: BlindCopy) -> list[object]:
    """Attachments that the body does not show."""
    shown = set(_PICTURE.findall(copy.body_html))
    return [each for each in copy.attachments if each.id not in shown]


def place_among(lines: Sequence[ReadView], found: Desk, chosen: Filter) -> Place:
    """Neighbours in the filtered queue, also when the case itself has just left it. Nobody is led on to a
    case that he has recused himself from, unless he looks at those."""
    recused = "recused"
    shown = [
        line
        for line in lines
        if line.id == found.id or (chosen.picks(line) and (line.status != recused or chosen.show == recused))
    ]
    at = next(place for place, line in enumerate(shown) if line.id == found.id)
    return Place(
        number=at + 1,
        count=len(shown),
        previous=shown[at - 1] if at else None,
        next=shown[at + 1] if at + 1 < len(shown) else None,
    )


def save(rq: Rq) -> Response:
    """Save the whole form, then do what the button says: save, next, skip, hand_in or unskip."""
    actor = rq.signed_in()
    read_id = rq.path("read_id")
    form = read_form(CardForm, rq.form)
    found = queries.desk(rq.db, actor, read_id, rq.now)
    if found.closed is not None and _writes(rq, found):
        raise ScoringOver(found.closed)  # never "saved" for what was not
    if found.closed is None:
        _save_marks(rq, actor, found)
        save_verdicts(rq, actor, found)
        for kind in CommentKind:
            if kind.value in rq.form:
                words = getattr(form, kind.value)
                service.save_comment(
                    rq.db, actor=actor, now=rq.now, assignment_id=read_id, kind=kind, words=words
                )
    if form.command == "hand_in":
        _hand_in(rq, actor, read_id)
        return _onward(rq, actor, found, _("%(case)s 的评分表已提交。", case=found.copy.label))
    if form.command in ("skip", "unskip"):
        service.skip(rq.db, actor=actor, now=rq.now, assignment_id=read_id, skipped=form.command == "skip")
    if form.command in ("skip", "next"):
        return _onward(rq, actor, found, None)
    return rq.redirect(asked_filter(rq).address(_address(found)), _("已保存。"))


def _hand_in(rq: Rq, actor: Actor, read_id: str) -> None:
    try:
        service.hand_in_case(rq.db, actor=actor, now=rq.now, assignment_id=read_id)
    except Invalid as refusal:
        raise Invalid(of_form(refusal)) from refusal


def of_form(refusal: Invalid) -> list[FieldError]:
    """Errors of criteria under the names of their boxes; that of the comment to the jury as it is."""
    return [
        each if each.field == CommentKind.JURY.value else FieldError(f"mark-{each.field}", each.message)
        for each in refusal.errors
    ]


def _writes(rq: Rq, found: Desk) -> bool:
    """Whether the form holds a mark or words other than those that are kept."""
    marks = {key: plain(value) for key, value in found.scorecard.marks.items()}
    typed = {each.key: f"mark-{each.key}" for each in found.round.call.rules.criteria}
    return (
        any(rq.field(name) != marks.get(key, "") for key, name in typed.items() if name in rq.form)
        or rq.field("author", found.comment) != found.comment
        or rq.field("jury", found.to_jury) != found.to_jury
        or rq.field("note", found.note) != found.note
        or writes_verdicts(rq, found)
    )


def _save_marks(rq: Rq, actor: Actor, found: Desk) -> None:
    """Every mark in the form; all errors at once."""
    errors: list[FieldError] = []
    for criterion in found.round.call.rules.criteria:
        name = f"mark-{criterion.key}"
        if name not in rq.form:
            continue
        try:
            service.save_mark(
                rq.db,
                actor=actor,
                now=rq.now,
                assignment_id=found.id,
                criterion_key=criterion.key,
                value=typed_mark(rq.field(name), criterion),
            )
        except Invalid as refusal:
            errors += of_form(refusal)
    if errors:
        raise Invalid(errors)


def typed_mark(written: str, criterion: Criterion) -> Decimal | None:
    """A mark as typed; None for an empty box.

    Raises:
        Invalid: no number; the field is the criterion's key.
    """
    if not written.strip():
        return None
    value = rules.read_mark(criterion, written)
    if value is not None:
        return value
    if criterion.graded:
        names = "、".join(level.name for level in reversed(criterion.levels))
        sentence = _("“%(criterion)s”请选择 %(names)s 中的一个。", criterion=criterion.name, names=names)
    else:
        sentence = _("“%(criterion)s”的分数请填写数字。", criterion=criterion.name)
    raise Invalid([FieldError(criterion.key, sentence)])


def _place(rq: Rq, actor: Actor, found: Desk) -> Place:
    _view, lines = queries.queue(rq.db, actor, found.round.id, with_titles=False)
    return place_among(lines, found, asked_filter(rq))


def _onward(rq: Rq, actor: Actor, found: Desk, done: Text | None, *, place: Place | None = None) -> Response:
    """The next case of the filter, or the queue after the last one."""
    chosen = asked_filter(rq)
    place = place or _place(rq, actor, found)
    if place.next is not None:
        return rq.redirect(chosen.address(f"/judging/reads/{place.next.id}"), done)
    return rq.redirect(
        chosen.address(f"/judging/rounds/{found.round.id}"), done or _("已到最后一份，以下是您的评审任务。")
    )


def recuse(rq: Rq) -> Response:
    actor = rq.signed_in()
    read_id = rq.path("read_id")
    form = read_form(ReasonForm, rq.form)
    found = queries.desk(rq.db, actor, read_id, rq.now)
    place = _place(rq, actor, found)  # a recused case goes to the end of the queue: where it was counts
    service.recuse(rq.db, actor=actor, now=rq.now, assignment_id=read_id, reason=form.reason)
    done = _("已回避 %(case)s，组织单位会另行安排评委。", case=found.copy.label)
    return _onward(rq, actor, found, done, place=place)


def reopen(rq: Rq) -> Response:
    actor = rq.signed_in()
    read_id = rq.path("read_id")
    form = read_form(ReasonForm, rq.form)
    service.reopen_scorecard(rq.db, actor=actor, now=rq.now, assignment_id=read_id, reason=form.reason)
    return rq.redirect(
        asked_filter(rq).address(f"/judging/reads/{read_id}"), _("评分表已撤回，修改后请再次提交。")
    )


def flag(rq: Rq) -> Response:
    actor = rq.signed_in()
    read_id = rq.path("read_id")
    form = read_form(FlagForm, rq.form)
    service.flag(rq.db, actor=actor, now=rq.now, assignment_id=read_id, words=form.flag)
    done = _("已告知组织单位。") if form.flag.strip() else _("已取消标记。")
    return rq.redirect(asked_filter(rq).address(f"/judging/reads/{read_id}"), done)


def file(rq: Rq) -> Response:
    """A photo; a file as it is where the judging is not blind, else where the organiser allows it and without
    its document properties."""
    actor = rq.signed_in()
    view, found = queries.attachment(rq.db, actor, rq.path("read_id"), rq.path("name"))
    if found.kind == "photo" or not view.call.rules.judging.blind:
        return rq.send_file(
            found.sha256,
            name=found.name,
            media_type=found.media_type,
            size=found.size,
            inline=found.kind == "photo",
        )
    try:
        content = without_properties(rq.files.read(found.sha256), found.media_type)
    except (NotCleanable, FileNotFoundError) as error:
        raise NotFound from error
    return stream(iter([content]), name=found.name, media_type=found.media_type)


def _address(found: Desk) -> str:
    return f"/judging/reads/{found.id}"
