"""What stands inside one paragraph of a Word file: runs, pictures, notes, text boxes.

Tracked changes are read as accepted, hidden text and field codes are left out, of alternative contents the
first is taken. Nothing is ever fetched: a picture that lives outside the file is only counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from foundation.richtext import LINE_BREAK, Figure, Run
from submissions.intake.errors import Unreadable
from submissions.intake.guard import Relationship, too_deep
from submissions.intake.numbering import is_on

DEEPEST = 100
_HREF = re.compile(r"(?:https?://|mailto:)\S+\Z", re.IGNORECASE)
_VML_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
_VML_TITLE = "{urn:schemas-microsoft-com:office:office}title"

_NOT_TEXT = """
    del moveFrom pPr rPr instrText delText delInstrText sectPr commentReference annotationRef proofErr
    lastRenderedPageBreak bookmarkStart bookmarkEnd sdtPr sdtEndPr smartTagPr
"""
_FORMING = frozenset({"b", "i", "u", "strike", "dstrike", "vertAlign"})
_SKIPPED = frozenset(_NOT_TEXT.split())


@dataclass(slots=True)
class Source:
    """What paragraphs refer to (relationships, notes, pictures), and what could not be read, by kind."""

    ns: str
    relationships: dict[str, Relationship]
    notes: dict[str, str]
    picture: Callable[[str], str]
    """Part name -> id of the picture, "" if it cannot be read."""
    cited: list[str] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)


Piece = Run | Figure


class Inline:
    """Reads one paragraph. `pieces` are runs and pictures in order, `boxes` the text boxes anchored in it."""

    def __init__(self, source: Source) -> None:
        self.pieces: list[Piece] = []
        self.boxes: list[etree._Element] = []
        self._source = source
        self._ns = source.ns
        self._fields: list[bool] = []
        """One entry a field that is open: whether its result (not its code) is being read."""

    def read(self, paragraph: etree._Element) -> None:
        self._children(paragraph, Run(""), 0)

    def _children(self, parent: etree._Element, form: Run, depth: int) -> None:
        if depth > DEEPEST:
            raise Unreadable(too_deep())
        for child in parent:
            self._child(child, form, depth)

    def _child(self, child: etree._Element, form: Run, depth: int) -> None:
        name = local(child)
        if child.tag.startswith(self._ns):
            if name in _SKIPPED:
                return
            reader = _WORD.get(name)
            if reader is not None:
                reader(self, child, form, depth)
                return
        elif name in _DRAWN:
            _DRAWN[name](self, child, form, depth)
            return
        self._children(child, form, depth + 1)

    def _run(self, run: etree._Element, form: Run, depth: int) -> None:
        properties = run.find(f"{self._ns}rPr")
        if properties is None:
            self._children(run, form, depth + 1)
            return
        switches = {local(each): each for each in properties}
        if not is_on(switches.get("vanish"), self._ns):
            self._children(
                run, self._formed(switches, form) if switches.keys() & _FORMING else form, depth + 1
            )

    def _formed(self, switches: Mapping[str, etree._Element], form: Run) -> Run:
        """The format that a run's properties switch on."""
        on = {name for name in _FORMING & switches.keys() if is_on(switches[name], self._ns)}
        raised = switches["vertAlign"].get(f"{self._ns}val") if "vertAlign" in on else ""
        return Run(
            "",
            bold="b" in on,
            italic="i" in on,
            underline="u" in on and not form.href,
            strike=bool(on & {"strike", "dstrike"}),
            sub=raised == "subscript",
            sup=raised == "superscript",
            href=form.href,
        )

    def _add(self, written: str, form: Run) -> None:
        if written and (not self._fields or all(self._fields)):
            self.pieces.append(form.saying(written))

    def _text(self, child: etree._Element, form: Run, _depth: int) -> None:
        self._add((child.text or "").replace("\n", " "), form)

    def _tab(self, child: etree._Element, form: Run, _depth: int) -> None:
        parent = child.getparent()
        if parent is not None and local(parent) == "r":
            self._add(" ", form)

    def _break(self, child: etree._Element, form: Run, _depth: int) -> None:
        if (child.get(f"{self._ns}type") or "") not in ("page", "column"):
            self._add(LINE_BREAK, form)

    def _hyphen(self, _child: etree._Element, form: Run, _depth: int) -> None:
        self._add("-", form)

    def _symbol(self, _child: etree._Element, form: Run, _depth: int) -> None:
        self._add("●", form)

    def _field(self, child: etree._Element, _form: Run, _depth: int) -> None:
        kind = child.get(f"{self._ns}fldCharType")
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _ruby(self, child: etree._Element, form: Run, depth: int) -> None:
        """Phonetic guides: the characters, without what stands above them."""
        for base in child.iterchildren(f"{self._ns}rubyBase"):
            self._children(base, form, depth + 1)

    def _note(self, child: etree._Element, form: Run, _depth: int) -> None:
        kind = local(child)[0]
        self._source.cited.append(self._source.notes.get(kind + (child.get(f"{self._ns}id") or ""), ""))
        self.pieces.append(Run(f"[{len(self._source.cited)}]", sup=True))

    def _link(self, child: etree._Element, form: Run, depth: int) -> None:
        target = self._source.relationships.get(_relation(child, "id"))
        address = target.target.strip() if target and target.external else ""
        self._children(child, Run("", href=address if _HREF.match(address) else ""), depth + 1)

    def _vml(self, child: etree._Element, _form: Run, _depth: int) -> None:
        for each in _outside_boxes(child):
            if each.tag == _VML_PICTURE:
                self._figure(_relation(each, "id"), each.get(_VML_TITLE) or "")
            elif local(each) == "txbxContent":
                self.boxes.append(each)

    def _object(self, _child: etree._Element, _form: Run, _depth: int) -> None:
        self._source.lost["object"] += 1

    def _alternative(self, child: etree._Element, form: Run, depth: int) -> None:
        for choice in child:
            if local(choice) in ("Choice", "Fallback"):
                self._children(choice, form, depth + 1)
                return

    def _drawing(self, child: etree._Element, _form: Run, _depth: int) -> None:
        alt = next((each.get("descr") or "" for each in child if local(each) == "docPr"), "")
        inside = list(_outside_boxes(child))
        boxes = [each for each in inside if local(each) == "txbxContent"]
        pictures = [each for each in inside if local(each) == "blip"]
        self.boxes.extend(boxes)
        for picture in pictures:
            if _relation(picture, "embed"):
                self._figure(_relation(picture, "embed"), alt)
            elif _relation(picture, "link"):
                self._source.lost["outside"] += 1
        if not pictures and not boxes:
            self._source.lost["drawing"] += 1

    def _equation(self, child: etree._Element, form: Run, _depth: int) -> None:
        written = "".join(each.text or "" for each in child.iter() if local(each) == "t")
        self._source.lost["equation"] += 1
        self._add(written, form)

    def _figure(self, relation: str, alt: str) -> None:
        target = self._source.relationships.get(relation)
        if target is not None and target.external:
            self._source.lost["outside"] += 1
        elif target is None:
            self._source.lost["picture"] += 1
        elif picture_id := self._source.picture(target.target):
            self.pieces.append(Figure(f"attachment:{picture_id}", " ".join(alt.split())[:200]))


_Reader = Callable[[Inline, etree._Element, Run, int], None]

_WORD: dict[str, _Reader] = {
    "r": Inline._run,
    "t": Inline._text,
    "tab": Inline._tab,
    "br": Inline._break,
    "cr": Inline._break,
    "noBreakHyphen": Inline._hyphen,
    "sym": Inline._symbol,
    "fldChar": Inline._field,
    "ruby": Inline._ruby,
    "footnoteReference": Inline._note,
    "endnoteReference": Inline._note,
    "hyperlink": Inline._link,
    "pict": Inline._vml,
    "object": Inline._object,
}
_DRAWN: dict[str, _Reader] = {
    "AlternateContent": Inline._alternative,
    "inline": Inline._drawing,
    "anchor": Inline._drawing,
    "oMath": Inline._equation,
    "oMathPara": Inline._equation,
}


def local(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return element.tag.rsplit("}", 1)[-1]


def _outside_boxes(root: etree._Element) -> Iterator[etree._Element]:
    """The elements below `root` in order; a text box itself, but nothing inside it: that is read apart."""
    waiting = list(reversed(root))
    while waiting:
        element = waiting.pop()
        yield element
        if local(element) != "txbxContent":
            waiting.extend(reversed(element))


def _relation(element: etree._Element, name: str) -> str:
    """The relationship id in r:id, r:embed, r:link, in the transitional or the strict namespace."""
    for attribute, content in element.attrib.items():
        key = str(attribute)
        if key.endswith(f"/relationships}}{name}"):
            return str(content)
    return ""
