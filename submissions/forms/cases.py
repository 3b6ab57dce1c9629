"""What authors and their superiors send about a case."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field, field_validator

from foundation.forms import Form, FormError
from foundation.text import _
from submissions.values import (
    Author,
    CaseText,
    Pledge,
)

TAGS_HIGHEST = 20_000
"""Tags in a body: a long case with large tables has some thousands."""


class AuthorRow(Form):
    """One author."""

    name: str = Field("", max_length=100)
    post: str = Field("", max_length=200)


class DraftForm(Form):
    """A working copy as its authors type it; anything may still be missing."""

    revision: int
    title: str = ""
    summary: str = ""
    body: str = ""
    category_key: str = Field("", max_length=40)
    authors: list[AuthorRow] = Field(default_factory=list, max_length=40)
    practice_from: date | None = None
    practice_to: date | None = None
    source_line: str = ""
    signoff_line: str = ""

    @field_validator("body")
    @classmethod
    def _not_mostly_tags(cls, value: str) -> str:
        """Cleaning takes time by the tag, and it is done while nobody else can write."""
        if value.count("<") > TAGS_HIGHEST:
            raise FormError(
                _("正文的格式标记超过 %(limit)s 个，没有保存。请清除格式后重新粘贴。", limit=TAGS_HIGHEST)
            )
        return value

    def text(self, body_html: str) -> CaseText:
        """As it is stored; `body_html` is the body with pictures named by attachment."""
        return CaseText(
            title=self.title,
            summary=self.summary,
            body_html=body_html,
            category_key=self.category_key,
            authors=tuple(Author(row.name, row.post) for row in self.authors if row.name or row.post),
            practice_from=self.practice_from,
            practice_to=self.practice_to,
            source_line=self.source_line,
            signoff_line=self.signoff_line,
        )


class SubmitForm(Form):
    """Handing in: the key tells one press from the next, the pledge is accepted by name.

    `seen` is the content hash of what was looked at before; a program may leave it out. `copyright` is asked
    for where the call has a copyright clause.
    """

    key: str = Field("", max_length=200)
    seen: str = Field("", max_length=64)
    pledge: bool = False
    pledge_name: str = Field("", max_length=100)
    copyright: bool = False

    def given(self) -> Pledge:
        return Pledge(accepted=self.pledge, name=self.pledge_name, copyright_accepted=self.copyright)


class ReasonForm(Form):
    """A deed that needs a reason."""

    reason: str = Field("", max_length=4000)


class ReturnForm(Form):
    """Giving a case back; a time without a zone is that of a clock in the call's."""

    return_reason: str = Field("", max_length=4000)
    return_due_at: datetime | None = None
