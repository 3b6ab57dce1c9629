"""The reference document as the renderer needs it: its parts as they are, and its page geometry."""

import re
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_REFERENCE = Path(__file__).with_name("reference.docx")


@dataclass(frozen=True, slots=True)
class Geometry:
    """Page size and margins in twips, the margins as of a right-hand page (left is the inner one)."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    header: int
    footer: int

    @property
    def measure(self) -> int:
        """Width of the text."""
        return self.width - self.left - self.right

    def xml(self) -> str:
        return (
            f'<w:pgSz w:w="{self.width}" w:h="{self.height}"/>'
            f'<w:pgMar w:top="{self.top}" w:right="{self.right}" w:bottom="{self.bottom}" '
            f'w:left="{self.left}" w:header="{self.header}" w:footer="{self.footer}" w:gutter="0"/>'
        )


@dataclass(frozen=True, slots=True)
class Reference:
    """`parts` are the package's parts by name, without the document itself."""

    parts: dict[str, bytes]
    geometry: Geometry


@lru_cache(maxsize=4)
def reference(path: Path = _REFERENCE) -> Reference:
    """Reads a reference document once."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    document = etree.fromstring(parts.pop("word/document.xml"))
    return Reference(parts, _geometry(document))


def _geometry(document: etree._Element) -> Geometry:
    size = document.find(f".//{_W}sectPr/{_W}pgSz")
    margins = document.find(f".//{_W}sectPr/{_W}pgMar")
    if size is None or margins is None:
        raise ValueError("the reference document has no page size")
    number = {name: int(margins.get(f"{_W}{name}", "0")) for name in ("top", "right", "bottom", "left")}
    return Geometry(
        width=int(size.get(f"{_W}w", "0")),
        height=int(size.get(f"{_W}h", "0")),
        header=int(margins.get(f"{_W}header", "0")),
        footer=int(margins.get(f"{_W}footer", "0")),
        **number,
    )


def relations_without_ids(xml: bytes) -> str:
    """The relationships of a part, open at the end so that more can be added."""
    return re.sub(r"</Relationships>\s*$", "", xml.decode())
