"""Home, help, and the switches for text size, theme and language."""

from starlette.responses import Response
from starlette.routing import Route

from foundation.web import THEMES, ZOOMS, Rq, get
from webapp.accounts import service as accounts
from webapp.accounts.pages import own_path
from webapp.home import waiting


def routes() -> list[Route]:
    return [get("/", home), get("/help", help_page), get("/preferences", preferences)]


def home(rq: Rq) -> Response:
    if not rq.actor.signed_in and not accounts.any_user(rq.db):
        return rq.redirect("/setup")
    desk = waiting.desk(rq.db, actor=rq.actor, now=rq.now)
    return rq.render(
        "home.html",
        sections=waiting.sections(desk),
        calls=waiting.open_calls(desk),
        latest=waiting.latest_winners(desk),
    )


def help_page(rq: Rq) -> Response:
    return rq.render("help.html")


def preferences(rq: Rq) -> Response:
    """Remember a choice in this browser and go back; works without script."""
    for name, allowed in (("zoom", ZOOMS), ("theme", THEMES), ("lang", tuple(rq.edge.languages))):
        if rq.query(name) in allowed:
            rq.set_cookie(name, rq.query(name))
    return rq.redirect(own_path(rq.query("back", "/")))
