"""For what a sign-off holds: the words of a text, or everything that is printed of it.

A review stands for the words: whoever changes a letter, a digit, a sign such as % or a picture takes it back.
Punctuation, spaces and bold type are the proofreader's business: they take back the third proof only. A mark
between two digits, or a sign before one, belongs to the number.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata

from casebook.values import ManuscriptText
from foundation import richtext

_WORDS = frozenset("LNMSC")
"""Unicode's general categories that are words: letters, numbers, marks, symbols, and what is in none."""
_SIGNS = frozenset("%‰‱％#＃&＆@＠*＊")
_IN_NUMBER = re.compile(r"((?<=\d)\S(?=\d)|[-−－](?=\d))")


def words_digest(text: ManuscriptText) -> str:
    """The SHA-256 of the words and pictures of a text, in hex."""
    parts = [
        words_of(text.title),
        words_of(text.unit),
        [words_of(author) for author in text.authors],
        words_of(text.summary),
        words_of(richtext.plain(text.body)),
        richtext.attachment_ids(text.body),
        [(photo.id, words_of(photo.caption)) for photo in text.photos],
        words_of(text.source_line),
    ]
    written = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def words_of(text: str) -> str:
    """The text without punctuation and spaces: "共 3.5 万人，其中……" -> "共3.5万人其中"."""
    pieces = _IN_NUMBER.split(text)
    return "".join(piece if place % 2 else piece.translate(_KEPT) for place, piece in enumerate(pieces))


class _Kept(dict[int, int | None]):
    """For `str.translate`: which characters are kept, looked up once a character."""

    def __missing__(self, code: int) -> int | None:
        category = unicodedata.category(chr(code))
        word = chr(code) in _SIGNS or (category[0] in _WORDS and category not in {"Cc", "Cf"})
        self[code] = code if word else None
        return self[code]


_KEPT = _Kept()
