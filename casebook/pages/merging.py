"""Two editors' copies of one manuscript, laid side by side so that a person chooses, place by place."""

from __future__ import annotations

from dataclasses import dataclass

from casebook.forms import written_photos
from casebook.values import ManuscriptText
from foundation import richtext
from foundation.merging import Choice, Passage, choice, choices
from foundation.text import Text, _
from submissions.pages.comparing import block_text


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the page, with what there is to choose."""

    name: str
    label: Text
    choices: list[Choice]


def fields(mine: ManuscriptText, theirs: ManuscriptText, base: ManuscriptText | None) -> list[Field]:
    """The fields that differ, in the page's order."""
    found = [
        Field(name, label, [_whole(name, mine, theirs, base)])
        for name, label in (
            ("title", _("标题")),
            ("unit", _("单位")),
            ("authors", _("作者")),
            ("summary", _("摘要")),
            ("photos", _("文后的照片")),
            ("source_line", _("来源行")),
            ("signoff_line", _("签发行")),
        )
    ]
    body = choices(_blocks(mine), _blocks(theirs), None if base is None else _blocks(base))
    found.insert(4, Field("body", _("正文"), body))
    return [each for each in found if not all(place.same for place in each.choices)]


def _whole(name: str, mine: ManuscriptText, theirs: ManuscriptText, base: ManuscriptText | None) -> Choice:
    known = None if base is None else _passage(name, base)
    return choice(_passage(name, mine), _passage(name, theirs), known)


def _passage(name: str, text: ManuscriptText) -> Passage:
    if name == "photos":
        captions = "\n".join(str(_("［图片］%(caption)s", caption=each.caption)) for each in text.photos)
        return Passage(captions, written_photos(text.photos))
    if name == "authors":
        written = "\n".join(text.authors)
        return Passage(written, written)
    value = str(getattr(text, name))
    return Passage(value, value)


def _blocks(text: ManuscriptText) -> list[Passage]:
    return [Passage(block_text(block), richtext.html([block])) for block in richtext.blocks(text.body)]
