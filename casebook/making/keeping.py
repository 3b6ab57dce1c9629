"""A book's values as bytes and back: a build can be made again whatever happened to the edition since.

Every value is a dataclass, an enum, bytes, a tuple or plain; a dataclass is written with its name. Fields
that a later program has and the kept book has not take their defaults; fields that are gone are passed over.
The bytes are JSON, packed without a date: the same book gives the same bytes.
"""

from __future__ import annotations

import base64
import dataclasses
import gzip
import json
from enum import Enum
from typing import Any

from casebook import book as book_values
from casebook.book import Book
from foundation.richtext import values as text_values

_KIND = "$"
_BYTES = "bytes"


def _known() -> dict[str, type[Any]]:
    found = {}
    for module in (book_values, text_values):
        for name, value in vars(module).items():
            if isinstance(value, type) and (dataclasses.is_dataclass(value) or issubclass(value, Enum)):
                found[name] = value
    return found


_KNOWN = _known()


def packed(book: Book) -> bytes:
    """The book as bytes."""
    written = json.dumps(_plain(book), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return gzip.compress(written.encode(), mtime=0)


def unpacked(kept: bytes) -> Book:
    """Raises ValueError: these are no book's bytes."""
    try:
        value = _value(json.loads(gzip.decompress(kept)))
        if not isinstance(value, Book):
            raise TypeError(type(value).__name__)
    except (OSError, KeyError, TypeError) as failure:
        raise ValueError(f"no kept book: {failure}") from failure
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return {_KIND: type(value).__name__, "value": value.value}
    if dataclasses.is_dataclass(value):
        # What stands at its default is left out: a book has many runs without a format.
        fields = {
            each.name: _plain(content)
            for each in dataclasses.fields(value)
            if (content := getattr(value, each.name)) != each.default
        }
        return {_KIND: type(value).__name__, **fields}
    if isinstance(value, bytes):
        return {_KIND: _BYTES, "value": base64.b64encode(value).decode()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value


def _value(plain: Any) -> Any:
    if isinstance(plain, list):
        return tuple(_value(each) for each in plain)
    if not isinstance(plain, dict):
        return plain
    name = plain[_KIND]
    if name == _BYTES:
        return base64.b64decode(plain["value"])
    kind = _KNOWN[name]
    if issubclass(kind, Enum):
        return kind(plain["value"])
    fields = {each.name for each in dataclasses.fields(kind)}
    return kind(**{key: _value(content) for key, content in plain.items() if key in fields})
