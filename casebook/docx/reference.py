"""The reference document as the renderer needs it: its parts as they are, and its page."""

import re
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from casebook.docx.look import Look
from casebook.docx.make_reference import REFERENCE, build
from casebook.docx.trims import Geometry

_OURS = Look()


@dataclass(frozen=True, slots=True)
class Reference:
    """`parts` are the package's parts by name, without the document itself. `page` is a house's own, None
    where it is the look's."""

    parts: dict[str, bytes]
    look: Look
    page: Geometry | None = None

    @property
    def geometry(self) -> Geometry:
        return self.page or self.look.geometry


@lru_cache(maxsize=16)
def reference(look: Look = _OURS) -> Reference:
    """The reference document of a look, read or built once."""
    archive = REFERENCE.read_bytes() if look == _OURS else build(look)
    with zipfile.ZipFile(BytesIO(archive)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return Reference({name: part for name, part in parts.items() if name != "word/document.xml"}, look)


def relations_without_ids(xml: bytes) -> str:
    """The relationships of a part, open at the end so that more can be added."""
    return re.sub(r"</Relationships>\s*$", "", xml.decode())
