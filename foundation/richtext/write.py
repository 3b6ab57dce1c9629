"""Blocks -> HTML."""

from collections.abc import Iterable
from html import escape

from foundation.richtext.values import (
    LINE_BREAK,
    Block,
    Cell,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Run,
    Table,
)


def html(content: Iterable[Block]) -> str:
    """Blocks -> canonical HTML; `blocks(html(x)) == x` for every x that `blocks` returned."""
    return "".join(_block_html(block) for block in content)


def _block_html(block: Block) -> str:
    match block:
        case Heading(level=level, runs=runs):
            return f"<h{level}>{_runs_html(runs)}</h{level}>"
        case Paragraph(runs=runs, align=align):
            return f'<p class="ta-{align}">{_runs_html(runs)}</p>' if align else f"<p>{_runs_html(runs)}</p>"
        case ListBlock(ordered=ordered, items=items):
            tag = "ol" if ordered else "ul"
            return f"<{tag}>" + "".join(f"<li>{_loose_html(item)}</li>" for item in items) + f"</{tag}>"
        case Table():
            return _table_html(block)
        case Figure(src=src, alt=alt, caption=caption):
            legend = f"<figcaption>{escape(caption, quote=False)}</figcaption>" if caption else ""
            return f'<figure><img src="{escape(src)}" alt="{escape(alt)}">{legend}</figure>'
        case Quote(blocks=inner):
            return f"<blockquote>{html(inner)}</blockquote>"


def _loose_html(content: tuple[Block, ...]) -> str:
    """In list items and cells one plain paragraph (and lists below it) needs no <p>."""
    match content:
        case (Paragraph(runs=runs, align=""), *rest) if all(isinstance(block, ListBlock) for block in rest):
            return _runs_html(runs) + html(rest)
        case _:
            return html(content)


def _table_html(table: Table) -> str:
    heads = 0
    while heads < len(table.rows) and table.rows[heads] and all(cell.header for cell in table.rows[heads]):
        heads += 1
    caption = f"<caption>{escape(table.caption, quote=False)}</caption>" if table.caption else ""
    head, body = (
        "".join(f"<tr>{''.join(map(_cell_html, row))}</tr>" for row in part)
        for part in (table.rows[:heads], table.rows[heads:])
    )
    return (
        f"<table>{caption}"
        + (f"<thead>{head}</thead>" if head else "")
        + (f"<tbody>{body}</tbody>" if body else "")
        + "</table>"
    )


def _cell_html(cell: Cell) -> str:
    tag = "th" if cell.header else "td"
    spans = (f' colspan="{cell.colspan}"' if cell.colspan > 1 else "") + (
        f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    )
    return f"<{tag}{spans}>{_loose_html(cell.blocks)}</{tag}>"


_MARK_TAGS = (
    ("bold", "strong"),
    ("italic", "em"),
    ("underline", "u"),
    ("strike", "s"),
    ("sub", "sub"),
    ("sup", "sup"),
)


def _runs_html(runs: Iterable[Run]) -> str:
    return "".join(map(_run_html, runs))


def _run_html(run: Run) -> str:
    written = escape(run.text, quote=False).replace(LINE_BREAK, "<br>")
    for name, tag in _MARK_TAGS:
        if getattr(run, name):
            written = f"<{tag}>{written}</{tag}>"
    if run.href:
        written = f'<a href="{escape(run.href)}" rel="nofollow noopener noreferrer">{written}</a>'
    return written
