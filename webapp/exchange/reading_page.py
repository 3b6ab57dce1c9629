"""A juror's copy of a case as one HTML file beside its photos: any browser reads it, without a network."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

from foundation.downloads import safe_name
from foundation.text import _
from judging.values import BlindCopy

_PICTURE = re.compile(r'<img src="attachment:([0-9A-Za-z]+)"')
_STYLE = (
    "body{font:17px/1.85 system-ui,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;max-width:44em;"
    "margin:2em auto;padding:0 1em;color:#1f2328}img{max-width:100%;height:auto}"
    "table{border-collapse:collapse}td,th{border:1px solid #999;padding:.2em .5em}.meta{color:#555}"
    "figure{margin:1em 0}figcaption{color:#555;font-size:.95em}"
)


def reading_page(copy: BlindCopy) -> str:
    """The page; pictures are asked for under the names they have in the same folder."""
    names = {each.id: safe_name(each.name) for each in copy.attachments}

    def picture(match: re.Match[str]) -> str:
        name = names.get(match[1])
        return f'<img src="{quote(name)}"' if name else "<img"

    shown = set(_PICTURE.findall(copy.body_html))
    loose = [each for each in copy.attachments if each.kind == "photo" and each.id not in shown]
    head = f"{copy.label} {copy.title}"
    parts = [
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{escape(head)}</title><style>{_STYLE}</style></head><body><h1>{escape(head)}</h1>",
        *(f"<p>{escape(line)}</p>" for line in _byline(copy)),
        f'<p class="meta">{escape(str(_("类别：%(name)s", name=copy.category_name)))}</p>',
        f"<p><strong>{escape(copy.summary)}</strong></p>" if copy.summary else "",
        _PICTURE.sub(picture, copy.body_html),  # canonical and escaped by foundation.richtext
        *(
            f'<figure><img src="{quote(names[each.id])}" alt="{escape(each.caption)}">'
            f"<figcaption>{escape(each.caption)}</figcaption></figure>"
            for each in loose
        ),
        "</body></html>",
    ]
    return "\n".join(part for part in parts if part)


def _byline(copy: BlindCopy) -> list[str]:
    if copy.blind:
        return []
    return [
        copy.unit_name,
        *(" ".join(part for part in (each.name, each.post) if part) for each in copy.authors),
    ]
