"""Words about templates: sizes, groups of styles, what is left behind."""

from __future__ import annotations

from collections.abc import Iterable

from casebook.book import Trim
from foundation.text import Text, _

TRIMS: tuple[tuple[Trim, Text], ...] = (
    (Trim.K16_LARGE, _("大16开（210×285 毫米）")),
    (Trim.K16, _("16开（185×260 毫米）")),
    (Trim.A4, _("A4（210×297 毫米）")),
)

_GROUPS: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (_("封面、扉页和封底"), ("title", "subtitle", "cover", "inner", "half", "back")),
    (_("版权页和编委会"), ("colophon", "cip", "board")),
    (_("目录和索引"), ("toc", "contents", "index")),
    (_("章的隔页"), ("divider", "heading 1")),
    (_("页眉、页脚和页码"), ("header", "footer", "folio")),
    (_("图、表和脚注"), ("caption", "figure", "table", "after table", "footnote")),
    (
        _("案例的标题、摘要和落款"),
        ("case", "heading 2", "source", "sign", "summary", "commendation", "front"),
    ),
)
_REST = _("正文、小标题和列表")

_DROPPED = {
    "text": _("文件里的正文不会印到书里，只取样式和页面。"),
    "edges": _("文件里的页眉、页脚不采用：书眉和页码由系统按章和篇生成。"),
    "pictures": _("文件里的图片不采用。"),
    "fonts": _("文件里嵌入的字体不采用，印刷前请把字体另交印厂。"),
}


def style_groups(names: Iterable[str]) -> list[tuple[Text, list[str]]]:
    """Names of styles by what they are for, in the order of a book."""
    left = list(names)
    found = []
    for title, beginnings in _GROUPS:
        inside = [name for name in left if name.startswith(beginnings)]
        left = [name for name in left if name not in inside]
        if inside:
            found.append((title, inside))
    return [*found, (_REST, left)] if left else found


def dropped_words(dropped: Iterable[str]) -> list[Text]:
    return [_DROPPED[each] for each in dropped if each in _DROPPED]
