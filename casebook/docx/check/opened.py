"""A Word file taken apart for its checks."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
DOCUMENT = "word/document.xml"
FOOTNOTES = "word/footnotes.xml"
_EDGE = re.compile(r"word/(header|footer)\d+\.xml")
_MAGIC_BYTES = 8


@dataclass(frozen=True, slots=True)
class Opened:
    """The package's parts, those in XML parsed; broken ones are absent from `trees`. `heads` are the first
    bytes of the other parts."""

    names: tuple[str, ...]
    trees: dict[str, etree._Element]
    heads: dict[str, bytes]
    broken: tuple[str, ...]

    def tree(self, name: str) -> etree._Element:
        return self.trees.get(name, etree.Element("missing"))

    @property
    def document(self) -> etree._Element:
        return self.tree(DOCUMENT)

    @property
    def texts(self) -> list[str]:
        """The parts with text that are there: document, notes, heads, feet."""
        edges = sorted(name for name in self.trees if _EDGE.fullmatch(name))
        return [name for name in (DOCUMENT, FOOTNOTES, *edges) if name in self.trees]

    def types(self) -> dict[str, str]:
        """Content types by part, as the package declares them for single parts."""
        return {
            str(each.get("PartName")).lstrip("/"): str(each.get("ContentType"))
            for each in self.tree("[Content_Types].xml")
            if each.get("PartName")
        }

    def relations(self, part: str) -> etree._Element:
        folder, _slash, name = part.rpartition("/")
        return self.tree(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")


def opened(archive: zipfile.ZipFile) -> Opened:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    trees: dict[str, etree._Element] = {}
    heads: dict[str, bytes] = {}
    damaged = archive.testzip()
    broken = [f"damaged entry {damaged}"] if damaged else []
    for name in archive.namelist():
        if not name.endswith((".xml", ".rels")):
            with archive.open(name) as part:
                heads[name] = part.read(_MAGIC_BYTES)
            continue
        try:
            trees[name] = etree.fromstring(archive.read(name), parser)
        except etree.XMLSyntaxError as failure:
            broken.append(f"{name} is not well-formed: {failure}")
    return Opened(tuple(archive.namelist()), trees, heads, tuple(broken))


def repeated(values: Iterable[str | None], what: str) -> Iterator[str]:
    yield from (
        f"{what} {value} occurs {count} times" for value, count in Counter(values).items() if count > 1
    )
