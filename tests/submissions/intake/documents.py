"""Word files made for these tests: good ones by python-docx, odd and hostile ones by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from docx import Document
from docx.document import Document as WordDocument
from PIL import Image

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

LONG = (
    "支部坚持把学习教育同业务工作结合起来，每月安排一次集中学习和一次现场研讨，党员轮流主讲，群众可以旁听。"
    * 3
)


def saved(document: WordDocument) -> bytes:
    """The bytes of a python-docx document."""
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def new() -> WordDocument:
    return Document()


def package(
    body: str,
    *,
    parts: Mapping[str, bytes | str] | None = None,
    relationships: str = "",
    main_type: str = _MAIN,
    prolog: str = "",
) -> bytes:
    """A .docx by hand: `body` is the inside of w:body."""
    document = f"{prolog}<w:document {W} {R}><w:body>{body}</w:body></w:document>"
    content = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": document,
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships">{relationships}</Relationships>',
        **(parts or {}),
    }
    return zipped(content)


def relationship(key: str, kind: str, target: str, *, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>'


def zipped(content: Mapping[str, bytes | str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return target.getvalue()


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    before = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    form = f"<w:rPr>{run}</w:rPr>" if run else ""
    return f'<w:p>{before}<w:r>{form}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def photo(width: int = 640, height: int = 400, kind: str = "JPEG", **options: object) -> bytes:
    """A picture with something to see in it."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()
