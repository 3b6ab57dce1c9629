"""The main navigation: what each role finds at the top of every page."""

from foundation.actor import Role
from foundation.text import Text, _
from foundation.web import NavItem, Rq

# (label, address, roles that see it; empty: everybody)
_ITEMS: tuple[tuple[Text, str, frozenset[Role]], ...] = (
    (_("首页"), "/", frozenset()),
    (_("征集活动"), "/calls", frozenset()),
    (_("我的申报"), "/cases", frozenset({Role.SUBMITTER})),
    (_("推荐"), "/recommendations", frozenset({Role.RECOMMENDER})),
    (_("评审"), "/judging", frozenset({Role.JUROR})),
    (_("组织工作"), "/organise", frozenset({Role.ORGANISER})),
    (_("案例库"), "/library", frozenset()),
    (_("教学"), "/teaching", frozenset({Role.TRAINER, Role.ORGANISER})),
    (_("学习"), "/teaching/sessions", frozenset({Role.SUBMITTER})),
    (_("选编"), "/editions", frozenset({Role.EDITOR})),
    (_("研究报告"), "/reports", frozenset({Role.EDITOR, Role.ORGANISER})),
    (_("管理"), "/admin", frozenset({Role.ADMINISTRATOR})),
)


def navigation(rq: Rq) -> list[NavItem]:
    """The items for this user, the one he is in marked."""
    path = rq.request.url.path
    return [
        NavItem(label, url, path == url or (url != "/" and path.startswith(f"{url}/")))
        for label, url, roles in _ITEMS
        if not roles or rq.actor.has(*roles)
    ]
