"""What people send about collections."""

from __future__ import annotations

from pydantic import Field

from foundation.audience import Audience
from foundation.forms import Form
from search.curation.values.collections import CollectionItem, CollectionProposal


class CollectionForm(Form):
    """A collection; `item` are its cases in order with `note` beside each. `cover` is "case/photo".

    `move` ("up:case", "down:case") and `remove` (a case) are what a button wants done on the way.
    """

    title: str = Field("", max_length=200)
    slug: str = Field("", max_length=100)
    introduction_html: str = Field("", max_length=100_000)
    audience: Audience = Audience.PUBLIC
    cover: str = Field("", max_length=50)
    item: list[str] = Field(default_factory=list, max_length=500)
    note: list[str] = Field(default_factory=list, max_length=500)
    revision: int = 0
    move: str = Field("", max_length=40)
    remove: str = Field("", max_length=40)

    def items(self) -> tuple[CollectionItem, ...]:
        notes = [*self.note, *[""] * len(self.item)]
        return tuple(CollectionItem(case_id, note) for case_id, note in zip(self.item, notes, strict=False))

    def proposal(self, items: tuple[CollectionItem, ...] | None = None) -> CollectionProposal:
        case_id, _slash, photo_id = self.cover.partition("/")
        return CollectionProposal(
            title=self.title,
            slug=self.slug,
            introduction_html=self.introduction_html,
            cover_case_id=case_id,
            cover_photo_id=photo_id,
            audience=self.audience,
            items=self.items() if items is None else items,
        )
