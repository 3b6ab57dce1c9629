"""HTML -> blocks: nh3 first, then one walk over what it left."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import unescape

import nh3

from foundation.richtext.values import (
    LINE_BREAK,
    Align,
    Block,
    Cell,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Run,
    Table,
    lines,
)

DEEPEST = 12
"""Lists in quotes in tables: blocks nested deeper than this are flattened into the level above."""
WIDEST_SPAN = 60
TALLEST_SPAN = 1000


def blocks(dirty: str) -> tuple[Block, ...]:
    """The blocks of a body. Cleans first, so it may be given HTML from anywhere."""
    return tuple(_Reader().read(_tree(_sanitised(dirty)).children, depth=0))


_SOURCE = re.compile(r"attachment:[0-9A-Za-z]{1,32}\Z")
_HREF = re.compile(r"(?:https?://|mailto:)[^\s<>\"'\\\x00-\x20\x7f]+\Z", re.IGNORECASE)
_ALIGNS: dict[str, Align] = {"center": "center", "right": "right", "end": "right"}
_STYLE_ALIGN = re.compile(r"text-align\s*:\s*([a-z]+)", re.IGNORECASE)
_CLASS_ALIGN = re.compile(r"(?:^|\s)ta-(center|right)(?:\s|\Z)")
# Not characters of XML 1.0 (python-docx and PostgreSQL refuse them), or marks that reorder what is read.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_BLANKS = re.compile(r"[ \t\r\n\f]+")

_ALIGNED = {"class", "style", "align"}
_ATTRIBUTES: dict[str, set[str]] = {
    "p": _ALIGNED,
    "div": _ALIGNED,
    "center": set(),
    "img": {"src", "alt"},
    "a": {"href"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_HEADINGS = {"h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 4, "h6": 4}
_BOLD, _ITALIC = Run("", bold=True), Run("", italic=True)
_UNDERLINE, _STRIKE = Run("", underline=True), Run("", strike=True)
_MARKS = {
    "strong": _BOLD,
    "b": _BOLD,
    "em": _ITALIC,
    "i": _ITALIC,
    "u": _UNDERLINE,
    "ins": _UNDERLINE,
    "s": _STRIKE,
    "del": _STRIKE,
    "strike": _STRIKE,
    "sub": Run("", sub=True),
    "sup": Run("", sup=True),
}
_INLINE = {*_MARKS, "a", "br"}
_ROWS = {"tr", "thead", "tbody", "tfoot"}
_BOXES = {
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "center",
    "pre",
    "address",
    "dl",
    "dt",
    "dd",
}
_LISTS = {"ul", "ol"}
_TAGS = {*_HEADINGS, *_INLINE, *_ROWS, *_BOXES, *_LISTS} | {
    *("li", "table", "caption", "th", "td", "blockquote", "figure", "figcaption", "img")
}
_VOID = {"br", "img"}


def _allowed(tag: str, name: str, value: str) -> str | None:
    if tag == "img" and name == "src":
        return value if _SOURCE.match(value) else None
    if tag == "a":
        return value if _HREF.match(value.strip()) else None
    return value


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags={
        "script",
        "style",
        "title",
        "textarea",
        "select",
        "noscript",
        "template",
        "svg",
        "math",
    },
    attributes=_ATTRIBUTES,
    attribute_filter=_allowed,
    url_schemes={"http", "https", "mailto", "attachment"},
    filter_style_properties={"text-align"},
    link_rel=None,
    strip_comments=True,
)


_TAG = re.compile(r"<(/?)([a-z][a-z0-9:]*)[^>]*>", re.IGNORECASE)
_CLOSE_THEMSELVES = {
    "p",
    "li",
    "dd",
    "dt",
    "td",
    "th",
    "tr",
    "br",
    "img",
    "hr",
    "col",
    "wbr",
    "input",
    "link",
    "meta",
}
_DEEPEST_SOURCE = 500


def _sanitised(dirty: str) -> str:
    readable = _UNWANTED.sub("", dirty)
    # html5ever needs quadratic time for open elements: 200,000 nested <div> would take minutes.
    cleaned = _CLEANER.clean(_TAG.sub(" ", readable) if _nests_absurdly(readable) else readable)
    return _UNWANTED.sub("", cleaned)  # what was written as a reference


def _nests_absurdly(source: str) -> bool:
    if source.count("<") <= _DEEPEST_SOURCE:
        return False
    depth = 0
    for tag in _TAG.finditer(source):
        if tag[2].lower() not in _CLOSE_THEMSELVES:
            depth += -1 if tag[1] else 1
            if depth > _DEEPEST_SOURCE:
                return True
    return False


@dataclass(slots=True)
class _Node:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[_Node | str] = field(default_factory=list)

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")


_DEEPEST_TREE = 80
_PIECE = re.compile(r"""<(/?)([a-z0-9]+)((?:[^>"]|"[^"]*")*)>|([^<]+)""")
_ATTRIBUTE = re.compile(r"""([a-z]+)="([^"]*)\"""")


def _tree(well_formed: str) -> _Node:
    """nh3 writes well-formed HTML with quoted attributes, so that two patterns and a stack are enough (a
    parser of anything takes six times as long). Elements below _DEEPEST_TREE open ones are unwrapped."""
    root = _Node("")
    stack, skipped = [root], 0
    for closing, tag, attributes, text in _PIECE.findall(well_formed):
        if text:
            stack[-1].children.append(unescape(text) if "&" in text else text)
        elif closing:
            if skipped:
                skipped -= 1
            elif len(stack) > 1:
                stack.pop()
        elif tag not in _VOID and len(stack) > _DEEPEST_TREE:
            skipped += 1
        else:
            node = _Node(tag, _attributes(attributes) if attributes else {})
            stack[-1].children.append(node)
            if tag not in _VOID:
                stack.append(node)
    return root


def _attributes(written: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(written)}


@dataclass(slots=True)
class _Reader:
    """Reads nodes into blocks; characters that stand outside a paragraph gather in `loose` until a block."""

    found: list[Block] = field(default_factory=list)
    loose: list[Run] = field(default_factory=list)
    align: Align = ""

    def read(self, children: Iterable[_Node | str], depth: int) -> list[Block]:
        self._children(children, Run(""), depth)
        self._paragraph()
        return self.found

    def _children(self, children: Iterable[_Node | str], form: Run, depth: int) -> None:
        for child in children:
            if isinstance(child, str):
                self.loose.append(form.saying(_BLANKS.sub(" ", child)))
            else:
                self._node(child, form, depth)

    def _node(self, node: _Node, form: Run, depth: int) -> None:
        tag = node.tag
        if tag == "br":
            self.loose.append(form.saying(LINE_BREAK))
        elif tag in _INLINE:
            self._children(node.children, _marked(form, node), depth)
        elif tag == "img":
            self._picture(node)
        elif tag in _HEADINGS:
            self._heading(node, depth)
        elif tag in _READERS and depth < DEEPEST:
            self._paragraph()
            self.found.extend(_READERS[tag](node, depth + 1))
        else:
            self._box(node, form, depth)

    def _box(self, node: _Node, form: Run, depth: int) -> None:
        self._paragraph()
        outer, self.align = self.align, _align(node) or self.align
        self._children(node.children, form, depth)
        self._paragraph()
        self.align = outer

    def _heading(self, node: _Node, depth: int) -> None:
        """Pictures and blocks that an editor left inside a heading come after it."""
        self._paragraph()
        inside = _Reader().read(node.children, depth)
        runs = [
            run for block in inside if isinstance(block, Paragraph) for run in (*block.runs, Run(LINE_BREAK))
        ]
        heading = _tidy(Run(_BLANKS.sub(" ", run.text), sub=run.sub, sup=run.sup) for run in runs)
        if heading:
            self.found.append(Heading(_HEADINGS[node.tag], heading))
        self.found.extend(block for block in inside if not isinstance(block, Paragraph))

    def _picture(self, node: _Node) -> None:
        if node.get("src"):
            self._paragraph()
            self.found.append(Figure(node.get("src"), _BLANKS.sub(" ", node.get("alt")).strip()))

    def _paragraph(self) -> None:
        if not self.loose:
            return
        runs = _tidy(self.loose)
        self.loose.clear()
        if runs:
            self.found.append(Paragraph(runs, self.align))


def _marked(form: Run, node: _Node) -> Run:
    if node.tag == "a":
        return replace(form, href=node.get("href").strip())
    mark = _MARKS[node.tag]
    script = mark if mark.sub or mark.sup else form
    return replace(
        form,
        bold=form.bold or mark.bold,
        italic=form.italic or mark.italic,
        underline=form.underline or mark.underline,
        strike=form.strike or mark.strike,
        sub=script.sub,
        sup=script.sup,
    )


def _align(node: _Node) -> Align:
    if node.tag == "center":
        return "center"
    if not node.attributes:
        return ""
    if named := _CLASS_ALIGN.search(node.get("class")):
        return _ALIGNS[named[1]]
    styled = _STYLE_ALIGN.search(node.get("style"))
    return _ALIGNS.get((styled[1] if styled else node.get("align")).lower(), "")


def _tidy(runs: Iterable[Run]) -> tuple[Run, ...]:
    """White space as a page shows it: one blank in a row, none at the edges or beside a line break; runs of
    one format joined, runs without a character dropped."""
    kept: list[Run] = []
    last = LINE_BREAK
    for run in runs:
        written = _without_blanks_after(last, run.text)
        if not written:
            continue
        last = written[-1]
        if kept and kept[-1].form == run.form:
            kept[-1] = run.saying(kept[-1].text + written)
        else:
            kept.append(run.saying(written))
        _trim_before_break(kept)
    return _without_tail(kept)


def _without_blanks_after(last: str, written: str) -> str:
    if last == LINE_BREAK:
        return written.lstrip() if written != LINE_BREAK else written
    return written.lstrip(" ") if last == " " else written


def _trim_before_break(kept: list[Run]) -> None:
    """The newest run has just been added: before a line break no blank stays; a first break goes itself."""
    if not kept[-1].text.endswith(LINE_BREAK):
        return
    if len(kept) == 1 and not kept[0].text.strip():
        kept.clear()
        return
    body = kept[-1].text[: -len(LINE_BREAK)]
    kept[-1] = kept[-1].saying(body.rstrip(" ") + LINE_BREAK)
    if not body and len(kept) > 1:
        kept[-2] = kept[-2].saying(kept[-2].text.rstrip(" "))
        if not kept[-2].text:
            del kept[-2]


def _without_tail(kept: list[Run]) -> tuple[Run, ...]:
    while kept:
        trimmed = kept[-1].text.rstrip()
        if trimmed:
            kept[-1] = kept[-1].saying(trimmed)
            break
        kept.pop()
    return tuple(kept)


def _list_blocks(node: _Node, depth: int) -> list[Block]:
    items: list[tuple[Block, ...]] = []
    for child in node.children:
        if isinstance(child, _Node) and child.tag in _LISTS and items and depth < DEEPEST:
            # Word and old editors put a nested list beside its item, not inside it.
            items[-1] = (*items[-1], *_list_blocks(child, depth + 1))
            continue
        inside = child.children if isinstance(child, _Node) and child.tag == "li" else [child]
        if item := tuple(_Reader().read(inside, depth)):
            items.append(item)
    return [ListBlock(node.tag == "ol", tuple(items))] if items else []


def _table_blocks(node: _Node, depth: int) -> list[Block]:
    rows: list[tuple[Cell, ...]] = []
    caption = ""
    for child, in_head in _table_parts(node):
        if child.tag == "caption":
            caption = caption or " ".join(lines(_Reader().read(child.children, depth)))
        elif cells := tuple(_cell(cell, in_head, depth) for cell in child.children if _is_cell(cell)):
            rows.append(cells)
    if not any(cell.blocks for row in rows for cell in row):
        return []
    count = len(rows)
    fitting = tuple(
        tuple(replace(cell, rowspan=min(cell.rowspan, count - index)) for cell in row)
        for index, row in enumerate(rows)
    )
    return [Table(fitting, caption)]


def _table_parts(node: _Node) -> Iterator[tuple[_Node, bool]]:
    """Captions and rows of a table, each with whether it stands in the head."""
    for child in node.children:
        if not isinstance(child, _Node):
            continue
        if child.tag in ("thead", "tbody", "tfoot"):
            for row in child.children:
                if isinstance(row, _Node):
                    yield row, child.tag == "thead"
        elif child.tag in ("tr", "caption"):
            yield child, False


def _is_cell(child: _Node | str) -> bool:
    return isinstance(child, _Node) and child.tag in ("td", "th")


def _cell(child: _Node | str, in_head: bool, depth: int) -> Cell:
    node = child if isinstance(child, _Node) else _Node("td")
    return Cell(
        tuple(_Reader().read(node.children, depth)),
        _span(node.get("colspan"), WIDEST_SPAN),
        _span(node.get("rowspan"), TALLEST_SPAN),
        node.tag == "th" or in_head,
    )


def _span(written: str, most: int) -> int:
    return max(1, min(most, int(written))) if re.fullmatch(r"[0-9]{1,9}", written) else 1


def _quote_blocks(node: _Node, depth: int) -> list[Block]:
    inside = tuple(_Reader().read(node.children, depth))
    return [Quote(inside)] if inside else []


def _figure_blocks(node: _Node, depth: int) -> list[Block]:
    caption_nodes = [
        child for child in node.children if isinstance(child, _Node) and child.tag == "figcaption"
    ]
    rest = [child for child in node.children if child not in caption_nodes]
    caption = " ".join(line for item in caption_nodes for line in lines(_Reader().read(item.children, depth)))
    inside = _Reader().read(rest, depth)
    for index in range(len(inside) - 1, -1, -1):
        block = inside[index]
        if isinstance(block, Figure | Table) and caption:
            inside[index] = replace(block, caption=caption)
            return inside
    return inside + ([Paragraph((Run(caption),))] if caption else [])


_READERS: dict[str, Callable[[_Node, int], list[Block]]] = {
    "ul": _list_blocks,
    "ol": _list_blocks,
    "table": _table_blocks,
    "blockquote": _quote_blocks,
    "figure": _figure_blocks,
}
