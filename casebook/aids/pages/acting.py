"""What is done with one finding, the same on the book's page and on the manuscript's."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import Response
from starlette.routing import Route

from casebook import access
from casebook.aids import queries
from casebook.aids.forms import AcceptForm, IgnoreForm, KeyForm
from casebook.aids.service import findings as service
from casebook.aids.service import terms
from casebook.aids.values import Scope, TermKind, TermWish
from foundation.errors import FieldError, Invalid, Refused
from foundation.forms import read_form
from foundation.text import Text, _
from foundation.web import Rq, post

Page = Callable[[Rq], Response]


def routes(base: str, page: Page) -> list[Route]:
    """The deeds below an address; after a refusal `page` is shown again."""
    return [
        post(f"{base}/accept", accept, again=page),
        post(f"{base}/ignore", ignore, again=page),
        post(f"{base}/allow", allow, again=page),
        post(f"{base}/take-back", take_back, again=page),
    ]


def accept(rq: Rq) -> Response:
    edition = access.edition(rq)
    form = read_form(AcceptForm, rq.form)
    found = service.accept(
        rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, key=form.key, words=form.words
    )
    words = found.slip.proposal if form.words is None else form.words
    done = _("已把“%(before)s”改为“%(after)s”，另存一稿。", before=found.passage[:30], after=words or "")
    return _back(rq, done)


def ignore(rq: Rq) -> Response:
    edition = access.edition(rq)
    form = read_form(IgnoreForm, rq.form)
    service.ignore(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=edition.id,
        key=form.key,
        scope=form.scope,
        reason=form.reason,
    )
    if form.scope is Scope.BOOK:
        return _back(rq, _("已忽略，全书里相同的也不再提示。"))
    return _back(rq, _("已忽略。"))


def allow(rq: Rq) -> Response:
    """Add the words to the house's list as right; from then on no book is told of them."""
    edition = access.edition(rq)
    key = read_form(KeyForm, rq.form).key
    found = next((each for each in queries.checked(rq.db, edition.id).open if each.key == key), None)
    if found is None:
        raise Refused(_("这一处刚刚被改过，或者已经处理了。页面已按现在的书稿重新检查。"))
    written = rq.field("written") or found.passage
    if found.passage not in written:
        raise Invalid([FieldError("written", _("认可的写法里要有“%(words)s”", words=found.passage))])
    wish = TermWish(written=written, kind=TermKind.ALLOW, why=rq.field("reason"))
    terms.add_term(rq.db, actor=rq.actor, now=rq.now, wish=wish)
    return _back(rq, _("已加入本社词表，以后不再提示“%(words)s”。", words=written))


def take_back(rq: Rq) -> Response:
    edition = access.edition(rq)
    service.take_back(
        rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, ignoring_id=rq.field("ignoring")
    )
    return _back(rq, _("已撤回忽略，重新提示。"))


def _back(rq: Rq, done: Text) -> Response:
    """To the page that the deed was done on, with its filters; in place the list itself says it."""
    path, _mark, query = rq.here.partition("?")
    target = path.rpartition("/")[0] + (f"?{query}" if query else "")
    return rq.redirect(target, None if rq.is_htmx else done)
