"""Sentences for people: made anywhere, translated only where they are shown.

Message ids are Chinese (the product speaks Chinese first); other languages are catalogues.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from gettext import NullTranslations

_translations: ContextVar[NullTranslations] = ContextVar("translations")
_SOURCE = NullTranslations()


def current_translations() -> NullTranslations:
    return _translations.get(_SOURCE)


@contextmanager
def use_translations(translations: NullTranslations) -> Iterator[None]:
    """Speak this language inside the block (this thread or task only)."""
    token = _translations.set(translations)
    try:
        yield
    finally:
        _translations.reset(token)


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence with its parameters; `str()` gives it in the language in use at that moment."""

    msgid: str
    params: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None
    count: int = 0

    def __str__(self) -> str:
        translations = current_translations()
        if self.plural is None:
            sentence = translations.gettext(self.msgid)
        else:
            sentence = translations.ngettext(self.msgid, self.plural, self.count)
        return sentence % self.params if self.params else sentence


def _(msgid: str, **params: object) -> Text:
    """Mark a sentence: `_("标题不能超过 %(limit)s 个字", limit=40)`."""
    return Text(msgid, params)


def n_(msgid: str, plural: str, n: int, **params: object) -> Text:
    """Mark a sentence that depends on a number, available in it as `%(n)s`."""
    return Text(msgid, {"n": n, **params}, plural, n)


def verbatim(sentence: str) -> Text:
    """A text that is somebody's own words or a name, the same in every language."""
    return Text(sentence)
