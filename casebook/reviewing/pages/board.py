"""The board: every text of a book with its steps, who does what, and what is missing before it is printed."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from casebook import access
from casebook.reviewing import queries, service
from casebook.reviewing.pages import views
from casebook.reviewing.rules.counting import PASS_MARK, passes
from casebook.reviewing.values import State, Step
from casebook.reviewing.wording import STEP_NAMES
from foundation.errors import FieldError, Invalid
from foundation.text import _, n_
from foundation.web import Rq, get, post


def routes() -> list[Route]:
    one = "/editions/{id}/reviews"
    return [
        get(one, board_page),
        post(f"{one}/duties", assign, again=board_page),
        post(f"{one}/several", sign_several, again=board_page),
    ]


def board_page(rq: Rq) -> Response:
    edition = access.edition(rq)
    files = queries.files(rq.db, edition.id)
    given = queries.duties(rq.db, edition.id)
    lines = views.lines(rq.actor, files, given, queries.read_digests(rq.db, rq.actor, edition.id))
    which = rq.query("show")
    steps = [step for step in Step if step is not Step.READING or any(f.states[step].act for f in files)]
    return rq.render(
        "casebook/reviewing/board.html",
        edition=edition,
        lines=views.chosen(lines, which),
        counts={key: len(views.chosen(lines, key)) for key, _name in views.FILTERS},
        filters=views.FILTERS,
        which=which,
        steps=steps,
        step_names=STEP_NAMES,
        done={step: sum(each.states[step].state is State.SIGNED for each in files) for step in steps},
        total=len(files),
        people=queries.people(rq.db),
        given=given,
        clearance=queries.clearance(files),
        rates=[(name, found, passes(found)) for name, found in views.rates(files)],
        pass_mark=PASS_MARK,
        picked=set(map(str, rq.form.getlist("pick"))),
    )


def assign(rq: Rq) -> Response:
    edition = access.edition(rq)
    service.assign(rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, people=posted_people(rq))
    return rq.redirect(f"/editions/{edition.id}/reviews", _("分工已保存。"))


def posted_people(rq: Rq) -> dict[Step, str]:
    """Step -> user, as the form of assignments posts them."""
    return {step: rq.field(step.value) for step in Step}


def sign_several(rq: Rq) -> Response:
    edition = access.edition(rq)
    statement = rq.field("statement")
    if len(statement) > 2000:
        raise Invalid([FieldError("statement", _("不能超过 %(limit)s 个字", limit=2000))])
    picked = [str(each).partition(".") for each in rq.form.getlist("pick")]
    chosen = [(subject, Step(step)) for subject, _dot, step in picked if step in set(Step)]
    count = service.sign_several(
        rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, chosen=chosen, statement=statement
    )
    return rq.redirect(f"/editions/{edition.id}/reviews", n_("已签署 %(n)s 篇。", "已签署 %(n)s 篇。", count))
