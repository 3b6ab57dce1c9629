"""The part that holds the notes at the feet of pages, with the two rules that every such part begins with."""

from collections.abc import Sequence

PART = "word/footnotes.xml"
RELATIONS = "word/_rels/footnotes.xml.rels"

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:footnotes '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
)
_RULE = (
    '<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:before="0" w:after="0" '
    'w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
)


def footnotes_xml(notes: Sequence[str]) -> str:
    """`notes` are the paragraphs of notes 1, 2, 3 …"""
    rules = _RULE.format(kind="separator", number=-1) + _RULE.format(kind="continuationSeparator", number=0)
    written = (f'<w:footnote w:id="{number}">{note}</w:footnote>' for number, note in enumerate(notes, 1))
    return f"{_HEAD}{rules}{''.join(written)}</w:footnotes>"
