"""Claims in a text: passages proposed as claims, and marked claims found again after the text was edited.

All places are characters of `richtext.plain(body_html)`. Headings and captions of tables state nothing by
themselves and are never proposed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice

from rapidfuzz import fuzz

from foundation import richtext
from foundation.richtext import Block, Heading, ListBlock, Quote, Table
from foundation.text import _
from submissions.rules.figures import figures
from submissions.values import Anchoring, Claim, Finding, Ledger, PlacedClaim, ProposedClaim, Source

CONTEXT = 24
"""Characters kept on either side of a quote."""
QUOTE_HIGHEST = 400
PROPOSAL_HIGHEST = 90
"""A longer sentence is cut down to the clauses that hold its figures."""
SAME = 62.0
"""How alike (of 100) the words of a place and its surroundings must be to the marked ones, to be theirs."""

NEAR_HIGHEST = 20_000
"""Places that are compared with lost claims, all claims of a text together: a text of nothing but commas has
millions, and whoever looks holds up everybody else who writes."""
SAME_WORDS_HIGHEST = 1_000
"""Places of the very same words that are looked at."""

_SENTENCE = re.compile(r"[^。！？!?；;\n]{1,600}[。！？!?；;]?[”’」』）)]?")
_CLAUSE = re.compile(r"[^，,、：:。！？!?；;\n]+")
_SPACE = re.compile(r"\s+")


def plain(body_html: str) -> str:
    """The text in which claims have their places."""
    return richtext.plain(body_html)


def marked(body_html: str, quote: str) -> Claim | None:
    """A claim of these words with what stands around them; None where the body does not have them.

    Blanks and line breaks do not count, so that words copied from a page are found.
    """
    text = plain(body_html)
    place = next(_occurrences(text, quote), None)
    if place is None:
        return None
    start, end = place
    return Claim("", text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def ledger(body_html: str, claims: Sequence[Claim]) -> Ledger:
    """All claims in the text as it is, in its order, the lost ones last; and what is proposed beside them."""
    text = plain(body_html)
    candidates = NEAR_HIGHEST // max(1, sum(_is_elsewhere(text, claim) for claim in claims))
    placed = [place(text, claim, candidates) for claim in claims]
    placed.sort(key=lambda each: (each.state is Anchoring.LOST, each.start))
    taken = [(each.start, each.end) for each in placed if each.state is not Anchoring.LOST]
    proposed = tuple(
        each
        for each in proposals(body_html)
        if not any(each.start < end and start < each.end for start, end in taken)
    )
    return Ledger(
        tuple(each for each in placed if not each.claim.needless),
        tuple(each for each in placed if each.claim.needless and each.state is not Anchoring.LOST),
        proposed,
    )


def _is_elsewhere(text: str, claim: Claim) -> bool:
    return next(_occurrences(text, claim.quote), None) is None


def place(text: str, claim: Claim, candidates: int = NEAR_HIGHEST) -> PlacedClaim:
    """Where the claim's words are now: the same words, words much like them between the same neighbours, or
    lost. At most `candidates` places are compared with the words."""
    same = islice(_occurrences(text, claim.quote), SAME_WORDS_HIGHEST)
    exact = max(same, key=lambda each: _surroundings(text, claim, *each), default=None)
    if exact is not None:
        start, end = exact
        return PlacedClaim(claim, Anchoring.EXACT, start, end, text[start:end])
    alike = islice(_candidates(text, len(claim.quote)), candidates)
    near = max(alike, key=lambda each: _likeness(text, claim, *each), default=None)
    if near is None or _likeness(text, claim, *near) < SAME:
        return PlacedClaim(claim, Anchoring.LOST)
    start, end = near
    return PlacedClaim(claim, Anchoring.CHANGED, start, end, text[start:end])


def frozen(body_html: str, claims: Sequence[Claim], attachment_ids: Iterable[str]) -> tuple[Claim, ...]:
    """The claims as a version keeps them: with the words the text has now and the files that are still there.
    What is lost, or said to need no evidence, is not part of a version."""
    if not claims:
        return ()
    there = set(attachment_ids)
    text = plain(body_html)
    placed = [place(text, each) for each in claims if not each.needless]
    return tuple(
        Claim(
            id=each.claim.id,
            quote=each.words,
            before=text[max(0, each.start - CONTEXT) : each.start],
            after=text[each.end : each.end + CONTEXT],
            sources=tuple(present(each.claim.sources, there)),
        )
        for each in sorted(placed, key=lambda each: each.start)
        if each.state is not Anchoring.LOST
    )


def present(sources: Iterable[Source], attachment_ids: Iterable[str]) -> Iterator[Source]:
    """The sources that exist: links, and files that were not removed."""
    there = set(attachment_ids)
    return (each for each in sources if each.url or each.attachment_id in there)


def check_claims(book: Ledger, attachment_ids: Iterable[str], *, required: bool) -> tuple[Finding, ...]:
    """What the authors should look at before handing in; `required`: no figure may be without evidence."""
    there = set(attachment_ids)
    bare = [each for each in book.standing if not list(present(each.claim.sources, there))]
    without = [each.quote for each in book.proposed] + [each.words for each in bare]
    found = []
    if without:
        sentence = _(
            "有 %(count)s 处数据或荣誉还没有注明证据，例如“%(words)s”。",
            count=len(without),
            words=short(without[0]),
        )
        found.append(Finding("claims", sentence, blocking=required))
    changed = [each for each in book.claims if each.state is Anchoring.CHANGED]
    if changed:
        sentence = _(
            "有 %(count)s 处已链接证据的文字后来改过，请确认证据仍然支持现在的说法，例如“%(words)s”。",
            count=len(changed),
            words=short(changed[0].words),
        )
        found.append(Finding("claims", sentence, blocking=False))
    if book.lost:
        sentence = _(
            "有 %(count)s 处已链接证据的文字在正文中找不到了，提交时不会带上，例如“%(words)s”。",
            count=len(book.lost),
            words=short(book.lost[0].claim.quote),
        )
        found.append(Finding("claims", sentence, blocking=False))
    return tuple(found)


def short(words: str, limit: int = 24) -> str:
    """The beginning of a passage, for a sentence about it."""
    words = _SPACE.sub(" ", words).strip()
    return words if len(words) <= limit else words[: limit - 1] + "…"


# --- proposals ---------------------------------------------------------------------------------------


def proposals(body_html: str) -> tuple[ProposedClaim, ...]:
    """The passages of a body that state something countable, in its order."""
    text = plain(body_html)
    found = []
    for start, end in _stating_lines(body_html, text):
        for match in _SENTENCE.finditer(text, start, end):
            proposal = _proposal(text, *match.span())
            if proposal is not None:
                found.append(proposal)
    return tuple(found)


def _stating_lines(body_html: str, text: str) -> Iterator[tuple[int, int]]:
    """The lines of the plain text that are no headings, in the order of the blocks."""
    at = 0
    for line, states in _lines(richtext.blocks(body_html)):
        begin = text.index(line, at)
        at = begin + len(line)
        if states:
            yield begin, at


def _lines(content: Iterable[Block]) -> Iterator[tuple[str, bool]]:
    """The lines of `richtext.lines`, each with whether it may state something."""
    for block in content:
        match block:
            case Heading():
                yield from ((line, False) for line in richtext.lines([block]))
            case ListBlock(items=items):
                yield from _lines(chain.from_iterable(items))
            case Quote(blocks=inner):
                yield from _lines(inner)
            case Table():
                yield from ((line, False) for line in richtext.lines([block]))
            case _:
                yield from ((line, True) for line in richtext.lines([block]))


def _proposal(text: str, start: int, end: int) -> ProposedClaim | None:
    """The sentence as a claim, or the clauses of a long one that hold its figures."""
    sentence = text[start:end]
    found = list(figures(sentence))
    if not found:
        return None
    first, last = min(each[1] for each in found), max(each[2] for each in found)
    if len(sentence.strip()) > PROPOSAL_HIGHEST:
        first, last = _clauses_around(sentence, first, last)
    else:
        first, last = 0, len(sentence)
    words = sentence[first:last]
    begin = start + first + len(words) - len(words.lstrip())
    until = begin + len(words.strip().rstrip("。；;"))
    return ProposedClaim(
        quote=text[begin:until],
        before=text[max(0, begin - CONTEXT) : begin],
        after=text[until : until + CONTEXT],
        kinds=tuple(dict.fromkeys(each[0] for each in found)),
        figures=tuple(dict.fromkeys(sentence[each[1] : each[2]].strip() for each in found)),
        start=begin,
        end=until,
    )


def _clauses_around(sentence: str, first: int, last: int) -> tuple[int, int]:
    touched = [
        each.span() for each in _CLAUSE.finditer(sentence) if each.start() < last and first < each.end()
    ]
    return touched[0][0], touched[-1][1]


# --- finding again -----------------------------------------------------------------------------------


def _occurrences(text: str, quote: str) -> Iterator[tuple[int, int]]:
    """Places of the quote, blanks left out of account."""
    wanted = "".join(quote.split())
    if not wanted:
        return
    letters, places = _letters(text)
    at = letters.find(wanted)
    while at >= 0:
        yield places[at], places[at + len(wanted) - 1] + 1
        at = letters.find(wanted, at + len(wanted))


@lru_cache(maxsize=4)
def _letters(text: str) -> tuple[str, tuple[int, ...]]:
    """The text without blanks, and where each of its characters stands."""
    places = tuple(at for at, each in enumerate(text) if not each.isspace())
    return "".join(text[at] for at in places), places


def _surroundings(text: str, claim: Claim, start: int, end: int) -> float:
    """How alike (0 to 100) what stands around a place is to what stood around the claim."""
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return (fuzz.ratio(before, claim.before) + fuzz.ratio(after, claim.after)) / 2


def _likeness(text: str, claim: Claim, start: int, end: int) -> float:
    """How alike a place is to the claim, surroundings included; words with nothing in common never are."""
    words = fuzz.ratio(text[start:end], claim.quote, score_cutoff=SAME / 2)
    if not words:
        return 0.0
    return 0.75 * words + 0.25 * _surroundings(text, claim, start, end)


def _candidates(text: str, length: int) -> Iterator[tuple[int, int]]:
    """Runs of clauses of about this length; of ends close together the first."""
    clauses = _clauses(text)
    lowest, highest, step = length * 0.5, length * 2 + 8, length / 16
    for first, (start, _end) in enumerate(clauses):
        last = start
        for place in range(first, len(clauses)):
            end = clauses[place][1]
            if end - start > highest:
                break
            if end - start >= lowest and end - last >= step:
                yield start, end
                last = end


@lru_cache(maxsize=4)
def _clauses(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(each.span() for each in _CLAUSE.finditer(text))
