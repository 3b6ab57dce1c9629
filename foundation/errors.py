"""The few ways in which a request can be refused; the edge turns each into a page or a JSON problem."""

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.text import Text, _, n_


class Problem(Exception):
    """Something a person must know to go on. `reason` is one sentence that says what to do next."""

    status = 400

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.msgid)
        self.reason = reason


class NotFound(Problem):
    """Missing and invisible things alike."""

    status = 404

    def __init__(self, reason: Text | None = None) -> None:
        super().__init__(reason or _("没有找到这个页面或内容，可能已被移动，或者您没有查看权限。"))


class NotSignedIn(Problem):
    status = 401

    def __init__(self, reason: Text | None = None) -> None:
        super().__init__(reason or _("请先登录，然后继续刚才的操作。"))


class Forbidden(Problem):
    """Visible, but not for this actor to do."""

    status = 403


class Refused(Problem):
    """A rule of the product says no at this moment (window closed, already decided, edited meanwhile)."""

    status = 409


class TooLarge(Problem):
    status = 413


class TooMany(Problem):
    """Asked too often; `retry_after` is in seconds."""

    status = 429

    def __init__(self, reason: Text, retry_after: int) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field; `field` is the form's name of it, which is also its id on the page."""

    field: str
    message: Text


class Invalid(Problem):
    """The input cannot be used as it is; nothing was changed."""

    status = 422

    def __init__(self, errors: Sequence[FieldError]) -> None:
        super().__init__(n_("有 %(n)s 处内容需要修改", "有 %(n)s 处内容需要修改", len(errors)))
        self.errors = tuple(errors)


class ClientGone(Exception):
    """The sender stopped in the middle: nothing to answer, nothing to keep."""
