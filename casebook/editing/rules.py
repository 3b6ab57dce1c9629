"""Words found again in a text that was edited since, and how a unit's consent stands. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from casebook.aids.rules.reading import Change, changed, read
from casebook.editing.values import Anchor, Anchoring, LetterKind, LetterView, Placed, Standing, Verdict
from casebook.values import ManuscriptText
from foundation.errors import Refused
from foundation.text import _
from submissions.rules import claims
from submissions.values import Anchoring as Found
from submissions.values import Claim

QUOTE_LONGEST = 600


def printed_words(text: ManuscriptText) -> str:
    """Everything that is printed of a text, a line each: what anchors have their places in."""
    return "\n".join(line.text for line in read(text).lines)


def anchored(text: ManuscriptText, quote: str) -> Anchor | None:
    """An anchor at these words; None where the text does not have them. Blanks do not count."""
    if not quote:
        return Anchor()
    written = printed_words(text)
    found = claims.place(written, Claim("", quote))
    if found.state is not Found.EXACT:
        return None
    around = claims.CONTEXT
    return Anchor(
        found.words,
        written[max(0, found.start - around) : found.start],
        written[found.end : found.end + around],
    )


def placed(text: ManuscriptText, anchor: Anchor) -> Placed:
    """Where the words are now. Method: `submissions.rules.claims.place`."""
    if not anchor.quote:
        return Placed(anchor, Anchoring.WHOLE)
    found = claims.place(printed_words(text), Claim("", anchor.quote, anchor.before, anchor.after))
    return Placed(anchor, Anchoring(found.state.value), found.words, found.start, found.end)


def with_wording(text: ManuscriptText, place: Placed, words: str) -> ManuscriptText:
    """The text with other words at a place.

    Raises:
        Refused: the place is gone, is the whole text, or goes over more than one paragraph.
    """
    start = 0
    for line in read(text).lines:
        end = start + len(line.text)
        if place.start >= start and place.end <= end and place.end > place.start:
            return changed(text, [Change(line.place, place.start - start, place.end - start, words)])
        start = end + 1
    raise Refused(_("这段话在现在的书稿里找不到了，或者跨了几个段落，不能自动替换。请在“书稿”页手工修改。"))


def consent(letters: Sequence[LetterView], digest: str) -> Standing:
    """How consent stands for the text of this digest; the last letter counts."""
    asked = [each for each in letters if each.kind is LetterKind.CONSENT and each.closed_at is None]
    if not asked:
        return Standing.NOT_ASKED
    last = max(asked, key=lambda each: (each.sent_at, each.id))
    if last.verdict is None:
        return Standing.WAITING
    if last.verdict is Verdict.OBJECTED:
        return Standing.OBJECTED
    return Standing.AGREED if last.digest == digest else Standing.OUTDATED
