"""A manuscript with its findings marked, as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from markupsafe import Markup, escape

from casebook.aids.rules.reading import rewritten
from casebook.aids.values import Finding
from casebook.values import ManuscriptText
from foundation import richtext
from foundation.richtext import Run

_OPEN, _SHUT, _CLOSE = "\U000f0000", "\U000f0001", "\U000f0002"
"""Characters of nobody's, where a mark shall begin (its number between the first two) and end."""
_ANY = re.compile(f"[{_OPEN}{_SHUT}{_CLOSE}]")
_BEGIN = re.compile(f"{_OPEN}([0-9]+){_SHUT}")
_PICTURE = re.compile(r'src="attachment:([0-9A-Za-z]+)"')


class Marker:
    """Puts marks around findings; the first mark of each finding has its id."""

    def __init__(self, found: Iterable[Finding]) -> None:
        self._by_place: dict[str, list[Finding]] = {}
        for each in found:
            if each.can_replace:
                self._by_place.setdefault(each.slip.place, []).append(each)
        self._tags: list[Markup] = []
        self._named: set[str] = set()

    def line(self, place: str, text: str) -> Markup:
        """One line of plain text."""
        pieces = self._pieces(place, 0, _ANY.sub("", text))
        return self._finished(str(escape("".join(pieces))))

    def body(self, text: ManuscriptText, photos_url: str) -> Markup:
        """The body as the book's reader sees it, with the pictures' addresses."""
        marked = rewritten(richtext.blocks(text.body), self._runs)
        shown = _PICTURE.sub(rf'src="{photos_url}/\1"', richtext.html(marked))
        return self._finished(shown)

    def _runs(self, place: str, runs: tuple[Run, ...]) -> tuple[Run, ...]:
        result, offset = [], 0
        for run in runs:
            result.append(run.saying("".join(self._pieces(place, offset, _ANY.sub("", run.text)))))
            offset += len(run.text)
        return tuple(result)

    def _pieces(self, place: str, offset: int, text: str) -> Sequence[str]:
        """The text from `offset` on, each stretch of the same findings between signs."""
        found = self._by_place.get(place, ())
        edges = {0, len(text)}
        for each in found:
            edges |= {min(max(at - offset, 0), len(text)) for at in (each.slip.start, each.slip.end)}
        cuts = sorted(edges)
        pieces = []
        for low, high in pairwise(cuts):
            words, first, last = text[low:high], low + offset, high + offset
            here = [each for each in found if each.slip.start <= first and last <= each.slip.end]
            pieces.append(f"{_OPEN}{self._tag(here)}{_SHUT}{words}{_CLOSE}" if here else words)
        return pieces

    def _tag(self, here: Sequence[Finding]) -> int:
        """The number of a new mark."""
        new = [each.key for each in here if each.key not in self._named]
        self._named.update(new)
        first = here[0].slip.seriousness.value
        names = Markup(' id="m-{}"').format(new[0]) if new else Markup("")
        keys = " ".join(each.key for each in here)
        self._tags.append(Markup('<mark class="finding {}" data-finding="{}"{}>').format(first, keys, names))
        return len(self._tags) - 1

    def _finished(self, escaped: str) -> Markup:
        shown = _BEGIN.sub(lambda sign: self._tags[int(sign[1])], escaped)
        return Markup(shown.replace(_CLOSE, "</mark>"))  # noqa: S704  # cleaned when it was stored, or escaped


def lines_of(marker: Marker, text: ManuscriptText) -> Mapping[str, Markup]:
    """What stands before and after the body, marked, by place."""
    plain = {
        "title": text.title,
        "unit": text.unit,
        **{f"author.{number}": name for number, name in enumerate(text.authors)},
        "summary": text.summary,
        **{f"photo.{number}": photo.caption for number, photo in enumerate(text.photos)},
        "source": text.source_line,
        "signoff": text.signoff_line,
    }
    return {place: marker.line(place, written) for place, written in plain.items() if written}
