"""The body of a case: a small HTML subset, its typed blocks, and the way between the two.

`clean` is the only door through which HTML from an editor, a Word file or the API comes in. nh3 (html5ever
and ammonia) parses it and drops everything outside the whitelist; what is left is read into typed blocks and
written again by `html`. So a stored body is always exactly `html(blocks(body))`: no inline styles, no empty
paragraphs, no text outside a block, pictures only as `attachment:ID`, and the Word writer, the search index
and the page all read the same blocks.
"""

from foundation.richtext.read import blocks
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
    figures,
    lines,
    text,
)
from foundation.richtext.write import html

__all__ = [
    "LINE_BREAK",
    "Align",
    "Block",
    "Cell",
    "Figure",
    "Heading",
    "ListBlock",
    "Paragraph",
    "Quote",
    "Run",
    "Table",
    "attachment_ids",
    "blocks",
    "clean",
    "figures",
    "html",
    "lines",
    "plain",
    "text",
]


def clean(dirty: str) -> str:
    """Any HTML -> the whitelisted canonical HTML of a case's body. `clean(clean(x)) == clean(x)`."""
    return html(blocks(dirty))


def plain(dirty: str) -> str:
    """The text of a body: one line a paragraph, list item, table row (cells separated by tabs) or caption."""
    return "\n".join(lines(blocks(dirty)))


def attachment_ids(dirty: str) -> tuple[str, ...]:
    """The attachments that a body shows, in order of first appearance, each once."""
    return tuple(dict.fromkeys(figure.attachment_id for figure in figures(blocks(dirty))))
