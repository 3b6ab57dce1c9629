"""Rules of the package: its entries, their content types, and the relationships between them."""

import posixpath
from collections.abc import Iterator

from casebook.docx.check.opened import DOCUMENT, Opened, repeated

_TYPED = {"header", "footer", "styles", "numbering", "settings", "fontTable", "footnotes"}
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MAGIC = {"png": b"\x89PNG", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff", "gif": b"GIF8"}


def _entries(opened: Opened) -> Iterator[str]:
    yield from opened.broken
    yield from repeated(opened.names, "entry")
    lower = {name.lower() for name in opened.names}
    if len(lower) < len(set(opened.names)):
        yield "two entries differ only in capitals"
    for name in opened.names:
        if name.startswith("/") or "\\" in name or ".." in name.split("/"):
            yield f"entry with a bad path: {name}"
    for name in ("[Content_Types].xml", "_rels/.rels", DOCUMENT):
        if name not in opened.names:
            yield f"no {name}"


def _types(opened: Opened) -> Iterator[str]:
    declared = opened.tree("[Content_Types].xml")
    suffixes = [str(each.get("Extension")).lower() for each in declared if each.get("Extension")]
    overrides = [str(each.get("PartName")).lstrip("/") for each in declared if each.get("PartName")]
    yield from repeated(suffixes, "default type of")
    yield from repeated(overrides, "override of")
    yield from (f"override without a part: {name}" for name in overrides if name not in opened.names)
    for name in opened.names:
        known = name in overrides or name.rsplit(".", 1)[-1].lower() in suffixes
        if name != "[Content_Types].xml" and not known:
            yield f"no content type: {name}"
    if opened.types().get(DOCUMENT) != _MAIN:
        yield "the document has another content type"


def _pictures(opened: Opened) -> Iterator[str]:
    for name, head in opened.heads.items():
        magic = _MAGIC.get(name.rsplit(".", 1)[-1].lower())
        if magic is not None and not head.startswith(magic):
            yield f"{name} is no picture of its type"


def _relations(opened: Opened) -> Iterator[str]:
    types = opened.types()
    for name, tree in opened.trees.items():
        if not name.endswith(".rels"):
            continue
        yield from repeated((each.get("Id") for each in tree), f"{name}: id")
        base = posixpath.dirname(posixpath.dirname(name))
        for each in tree:
            kind = each.get("Type", "").rsplit("/", 1)[-1]
            if each.get("TargetMode") == "External":
                if kind != "hyperlink":
                    yield f"{name}: {each.get('Id')} takes a {kind} from outside the file"
                continue
            target = posixpath.normpath(posixpath.join(base, each.get("Target", ""))).lstrip("/")
            if target not in opened.names:
                yield f"{name}: {each.get('Id')} leads to no part ({target})"
            elif kind in _TYPED and not types.get(target, "").endswith(f".{kind}+xml"):
                yield f"{target}: wrong content type for a {kind}"


def _start(opened: Opened) -> Iterator[str]:
    kinds = [each.get("Type", "").rsplit("/", 1)[-1] for each in opened.tree("_rels/.rels")]
    if kinds.count("officeDocument") != 1:
        yield "the package does not name its document"


RULES = (_entries, _types, _pictures, _relations, _start)
