"""The parts around the body: content types, relationships, numbering, properties; and their packing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

from casebook.docx.draft import Draft
from casebook.docx.elements import escaped
from casebook.docx.footnotes import PART as FOOTNOTES
from casebook.docx.footnotes import RELATIONS as FOOTNOTE_RELATIONS
from casebook.docx.footnotes import footnotes_xml
from casebook.docx.numbering import restarted
from casebook.docx.reference import Reference, relations_without_ids
from casebook.docx.sections import Sections
from casebook.docx.zipped import Package

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_OFFICE}" xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main" '
    f'xmlns:pic="{_DRAWING}/picture"><w:body>'
)
_RELATIONSHIPS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
)
_REWRITTEN = frozenset(
    {
        "[Content_Types].xml",
        "word/_rels/document.xml.rels",
        "word/numbering.xml",
        "docProps/core.xml",
        FOOTNOTES,
        FOOTNOTE_RELATIONS,
    }
)


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file says about itself; no dates, so that the same content is the same file."""

    title: str
    subject: str
    creator: str
    language: str


@dataclass(frozen=True, slots=True)
class Binding:
    """Binds a body into a package. All sections must be planned before: the content types come first."""

    source: Reference
    sections: Sections
    draft: Draft

    def write(self, out: IO[bytes], properties: Properties, body: Iterable[str]) -> None:
        """The body is taken piece by piece, so that it never stands in memory as a whole."""
        package = Package(out)
        package.add("[Content_Types].xml", self._content_types())
        for name, content in self.source.parts.items():
            if name not in _REWRITTEN:
                package.add(name, content)
        package.add("docProps/core.xml", _properties(properties))
        with package.part("word/document.xml") as stream:
            stream.write(_HEAD.encode())
            for piece in body:
                stream.write(piece.encode())
            stream.write(b"</w:body></w:document>")
        package.add("word/numbering.xml", self._numbering())
        package.add(FOOTNOTES, footnotes_xml(self.draft.footnotes))
        package.add(FOOTNOTE_RELATIONS, f"{_RELATIONSHIPS}{self._links()}</Relationships>")
        package.add("word/_rels/document.xml.rels", self._relations())
        for edge in self.sections.edges:
            package.add(f"word/{edge.name}", edge.xml)
        shelf = self.draft.shelf
        for name, source in shelf.parts.items():
            package.add(f"word/{name}", shelf.read(source), stored=True)
        package.close()

    def _content_types(self) -> str:
        known = self.source.parts["[Content_Types].xml"].decode()
        defaults = "".join(
            f'<Default Extension="{suffix}" ContentType="image/{kind}"/>'
            for suffix, kind in (("jpg", "jpeg"), ("png", "png"), ("gif", "gif"))
            if f'Extension="{suffix}"' not in known
        )
        edges = "".join(
            f'<Override PartName="/word/{edge.name}" ContentType="{_WORD}.{edge.kind}+xml"/>'
            for edge in self.sections.edges
        )
        if "/word/footnotes.xml" not in known:
            edges += f'<Override PartName="/word/footnotes.xml" ContentType="{_WORD}.footnotes+xml"/>'
        head, first, rest = known.partition("<Default ")
        return (head + defaults + first + rest).replace("</Types>", edges + "</Types>")

    def _numbering(self) -> str:
        lists = "".join(restarted(number, level) for number, level in self.draft.ordered_lists)
        return (
            self.source.parts["word/numbering.xml"]
            .decode()
            .replace("</w:numbering>", lists + "</w:numbering>")
        )

    def _relations(self) -> str:
        found = [relations_without_ids(self.source.parts["word/_rels/document.xml.rels"])]
        own: list[tuple[str, str, str]] = [
            (edge.relation, edge.kind, edge.name) for edge in self.sections.edges
        ]
        own += [(relation, "image", name) for relation, name in self.draft.shelf.relations]
        found += [
            f'<Relationship Id="{one}" Type="{_OFFICE}/{kind}" Target="{name}"/>' for one, kind, name in own
        ]
        if "footnotes.xml" not in found[0]:
            found.append(
                f'<Relationship Id="rIdFootnotes" Type="{_OFFICE}/footnotes" Target="footnotes.xml"/>'
            )
        return "".join(found) + self._links() + "</Relationships>"

    def _links(self) -> str:
        """The addresses that text and notes lead to, under the same ids in both parts."""
        return "".join(
            f'<Relationship Id="{relation}" Type="{_OFFICE}/hyperlink" Target="{escaped(href)}" '
            'TargetMode="External"/>'
            for href, relation in self.draft.links.items()
        )


def _properties(about: Properties) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escaped(about.title)}</dc:title><dc:subject>{escaped(about.subject)}</dc:subject>"
        f"<dc:creator>{escaped(about.creator)}</dc:creator>"
        f"<dc:language>{about.language}</dc:language></cp:coreProperties>"
    )
