"""From what a document holds to what a case needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from foundation import richtext
from foundation.richtext import Block, Figure, Heading, ListBlock, Paragraph, Quote, Run, Table, text
from foundation.text import Text, _
from foundation.wordcount import word_count
from submissions.intake import captions, debris, headings, naming
from submissions.intake.elements import Element, ItemPlace, Line, without_glosses
from submissions.intake.pictures import Picture
from submissions.intake.values import ParsedCase, ParsedPicture
from submissions.values import Author

_HEAD = 15
_QUOTES = ("quote", "block text", "intense quote", "引用", "明显引用")
_TITLE_LONG = 60


def assemble(
    elements: Sequence[Element],
    *,
    pictures: Mapping[str, Picture] | None = None,
    notes: Sequence[str] = (),
    findings: Sequence[Text] = (),
    given: Mapping[str, str] | None = None,
) -> ParsedCase:
    """Find title, unit, authors and the rest, and make the body of what is left.

    Args:
        pictures: by the id under which the elements show them.
        notes: texts of the footnotes, in the order in which they are cited.
        given: what the document says of itself outside its text (front matter): title, unit, authors ...
    """
    clear = debris.cleared(elements)
    found = _Found(list(clear.elements), dict(given or {}))
    found.read()
    blocks = richtext.blocks(richtext.html([*_blocks(captions.joined(found.elements)), *_notes(notes)]))
    known = _known(found, blocks)
    return ParsedCase(
        title=known["title"],
        unit=known["unit"],
        authors=found.authors(),
        summary=known["summary"],
        body_html=richtext.html(blocks),
        pictures=_shown(blocks, pictures or {}),
        source_line=clear.source_line,
        signoff_line=clear.signoff_line,
        category=known["category"],
        findings=(*_doubts(found, known, blocks), *findings),
    )


class _Found:
    """What the document says of itself; what has been understood leaves `elements`."""

    def __init__(self, elements: list[Element], values: dict[str, str]) -> None:
        self.elements = elements
        self.values = values
        self.signed = ""

    def read(self) -> None:
        self._forms()
        self._labels()
        self._title()
        self._unit()
        self._summary()
        self._signed_names()

    def authors(self) -> tuple[Author, ...]:
        return naming.authors_of(self.values.get("authors") or self.signed)

    def _forms(self) -> None:
        """Application forms: tables whose cells ask for 案例名称, 申报单位 and so on."""
        kept: list[Element] = []
        for element in self.elements:
            form = _form(element) if isinstance(element, Table) else None
            if form is None:
                kept.append(element)
            else:
                for key, written in form.values.items():
                    self.values.setdefault(key, written)
                kept.extend(form.rest)
        self.elements = kept

    def _labels(self) -> None:
        kept: list[Element] = []
        for index, element in enumerate(self.elements):
            label = naming.labelled(element.text) if isinstance(element, Line) and index < _HEAD else None
            if label is None or label[0] in self.values or (label[0] != "summary" and len(label[1]) > 120):
                kept.append(element)
            else:
                self.values[label[0]] = label[1]
        self.elements = kept

    def _title(self) -> None:
        place = naming.title_place(self.elements)
        if "title" in self.values:
            self.elements = [
                each
                for each in self.elements
                if not (isinstance(each, Line) and each.text == self.values["title"])
            ]
            return
        if place is None:
            return
        line = self.elements.pop(place)
        title = without_glosses(line.text) if isinstance(line, Line) else ""
        following = self.elements[place] if place < len(self.elements) else None
        if isinstance(following, Line):
            longer = naming.subtitle(title, following)
            if longer != title:
                title = longer
                self.elements.pop(place)
        self.values["title"] = " ".join(title.split())
        self.elements = [
            each
            for index, each in enumerate(self.elements)
            if not (index < _HEAD and isinstance(each, Line) and each.text == line_text(line))
        ]

    def _unit(self) -> None:
        if "unit" in self.values:
            return
        for index, element in enumerate(self.elements[:4]):
            if isinstance(element, Line) and naming.is_unit(element) and not headings.rank(element):
                self.values["unit"] = naming.unit_name(element.text)
                del self.elements[index]
                return

    def _summary(self) -> None:
        if "summary" in self.values:
            return
        for index, element in enumerate(self.elements[:_HEAD]):
            if isinstance(element, Line) and naming.is_summary_heading(element):
                following = self.elements[index + 1 : index + 2]
                if following and isinstance(following[0], Line):
                    self.values["summary"] = following[0].text
                    del self.elements[index : index + 2]
                return

    def _signed_names(self) -> None:
        """（刘阳、陈正杰） at the end of a late paragraph are the authors, who must not stand in the text."""
        for index in range(len(self.elements) - 1, max(-1, len(self.elements) - 6), -1):
            element = self.elements[index]
            signed = naming.signed_names(element.text) if isinstance(element, Line) else None
            if signed is not None and isinstance(element, Line):
                self.signed = signed[0]
                rest = replace(element, runs=debris.cut(element.runs, signed[1] + _lead(element), 1 << 30))
                self.elements[index : index + 1] = [rest] if rest.text else []
                return


def line_text(element: Element) -> str:
    return element.text if isinstance(element, Line) else ""


def _lead(line: Line) -> int:
    written = text(line.runs)
    return len(written) - len(written.lstrip())


def _known(found: _Found, body: Sequence[Block]) -> dict[str, str]:
    """What was said, and where nothing was said, what the text suggests."""
    said = found.values
    paragraphs = [text(block.runs) for block in body if isinstance(block, Paragraph)]
    unit = said.get("unit") or naming.unit_in(paragraphs)
    title = said.get("title") or (naming.title_in(paragraphs[0], unit) if paragraphs else "")
    return {
        "title": title,
        "unit": unit,
        "summary": said.get("summary", ""),
        "category": said.get("category", ""),
    }


def _doubts(found: _Found, known: Mapping[str, str], body: Sequence[Block]) -> Iterator[Text]:
    """What the author should look at or add."""
    yield from _doubts_about_names(found, known)
    if not found.authors():
        yield _("没有找到作者，请填写。")
    if not known["summary"]:
        yield _("没有找到内容摘要，请填写。")
    if not body:
        yield _("没有读到正文。请检查文件内容，或直接在编辑页面填写。")
    elif not any(isinstance(block, Heading) for block in body):
        yield _("正文没有小标题。建议按背景、做法、成效、启示分成几个部分。")


def _doubts_about_names(found: _Found, known: Mapping[str, str]) -> Iterator[Text]:
    if not known["title"]:
        yield _("没有找到案例标题，请填写。")
    elif "title" not in found.values:
        yield _("文件没有单独的标题，暂用正文首句中的“%(title)s”，请核对。", title=known["title"])
    elif len(known["title"]) > _TITLE_LONG:
        yield _("标题较长，请核对是否把正文读成了标题。")
    if not known["unit"]:
        yield _("没有找到单位名称，请核对申报单位。")
    elif "unit" not in found.values:
        yield _("文件没有单独写明单位，按正文推断为“%(unit)s”，请核对。", unit=known["unit"])


def _shown(body: Sequence[Block], pictures: Mapping[str, Picture]) -> tuple[ParsedPicture, ...]:
    """The pictures in the order in which the body shows them."""
    legends: dict[str, str] = {}
    for figure in richtext.figures(body):
        legends.setdefault(figure.attachment_id, figure.caption or figure.alt)
    return tuple(
        ParsedPicture(
            key,
            f"{key}.{pictures[key].extension}",
            pictures[key].data,
            pictures[key].media_type,
            legend,
            pictures[key].width,
            pictures[key].height,
        )
        for key, legend in legends.items()
        if key in pictures
    )


def _notes(notes: Sequence[str]) -> Iterator[Block]:
    if notes:
        yield Paragraph((Run("注释", bold=True),))
        yield ListBlock(True, tuple((Paragraph((Run(note or "—"),)),) for note in notes))


# --- the body -----------------------------------------------------------------------------------------------


def _blocks(elements: Sequence[Element]) -> Iterator[Block]:
    ranks = [_rank(elements, index) for index in range(len(elements))]
    levels = headings.levels(rank for rank in ranks if rank is not None)
    items: list[tuple[ItemPlace, Line]] = []
    for element, rank in zip(elements, ranks, strict=True):
        if isinstance(element, Line) and element.item is not None:
            items.append((element.item, element))
            continue
        yield from _lists(items)
        items = []
        if not isinstance(element, Line):
            yield element
        elif rank is not None:
            yield Heading(levels[rank], element.runs)
        elif element.style in _QUOTES:
            yield Quote((Paragraph(element.runs),))
        else:
            yield Paragraph(element.runs, element.align)
    yield from _lists(items)


def _rank(elements: Sequence[Element], index: int) -> int | None:
    element = elements[index]
    if not isinstance(element, Line):
        return None
    rank = headings.rank(element)
    return headings.rank_by_looks(elements, index) if rank is None else rank


def _lists(items: Sequence[tuple[ItemPlace, Line]], depth: int = 0) -> Iterator[ListBlock]:
    """Items with their depths as nested lists; a change of kind at one depth begins another list."""
    ordered: bool | None = None
    current: list[tuple[Block, ...]] = []
    index = 0
    while index < len(items):
        place, line = items[index]
        end = index + 1
        while end < len(items) and items[end][0].depth > max(place.depth, depth):
            end += 1
        if ordered is not None and ordered != place.ordered:
            yield ListBlock(ordered, tuple(current))
            current = []
        ordered = place.ordered
        current.append((Paragraph(line.runs), *_lists(items[index + 1 : end], place.depth + 1)))
        index = end
    if ordered is not None and current:
        yield ListBlock(ordered, tuple(current))


# --- application forms --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Form:
    values: dict[str, str]
    rest: list[Element]


def _form(table: Table) -> _Form | None:
    """A table as an application form, None unless it names a title or a unit. Long cells are the text."""
    values: dict[str, str] = {}
    rest: list[Element] = []
    for row in table.rows:
        cells = [" ".join(richtext.lines(cell.blocks)) for cell in row]
        for label, content in pairwise(cells):
            if (key := naming.label_of(label)) and content:
                values.setdefault(key, content)
        for cell, written in zip(row, cells, strict=True):
            if word_count(written) > 200 and written != values.get("summary"):
                rest.extend(_as_elements(cell.blocks))
    return _Form(values, rest) if {"title", "unit"} & values.keys() else None


def _as_elements(blocks: Sequence[Block]) -> Iterator[Element]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield Line(block.runs, block.align)
        elif isinstance(block, Figure | Table):
            yield block
        elif isinstance(block, ListBlock):
            for item in block.items:
                for inner in item:
                    if isinstance(inner, Paragraph):
                        yield Line(inner.runs, item=ItemPlace(block.ordered, 0))
