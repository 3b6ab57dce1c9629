"""Small texts for the rules, and what they find in them."""

from collections.abc import Callable, Iterator

from casebook.aids.rules.reading import Change, changed, read
from casebook.aids.values import Line, Role, Script, Slip
from casebook.values import ManuscriptText

ROUND = ManuscriptText(
    title="案例之一",
    unit="清河镇党委",
    authors=(),
    summary="",
    body="<p>正文。</p>",
    photos=(),
    source_line="",
    signoff_line="",
)


def manuscript(body: str = "", **changes: object) -> ManuscriptText:
    known = {name: getattr(ROUND, name) for name in ManuscriptText.__slots__}
    return ManuscriptText(**{**known, "body": body, **changes})


def script(body: str, **changes: object) -> Script:
    return read(manuscript(body, **changes))


def line(text: str, role: Role = Role.PARAGRAPH) -> Line:
    return Line("body.0", role, text)


def found(rule: Callable[[Line], Iterator[Slip]], text: str, role: Role = Role.PARAGRAPH) -> list[str]:
    """What a rule of lines finds, as "passage>proposal"; without ">" where it proposes nothing."""
    return [written(slip, text) for slip in rule(line(text, role))]


def found_in(rule: Callable[[Script], Iterator[Slip]], body: str, **changes: object) -> list[str]:
    """The same for a rule of whole texts."""
    whole = script(body, **changes)
    texts = {each.place: each.text for each in whole.lines}
    return [written(slip, texts.get(slip.place, "")) for slip in rule(whole)]


def written(slip: Slip, text: str) -> str:
    passage = text[slip.start : slip.end]
    return passage if slip.proposal is None else f"{passage}>{slip.proposal}"


def mended(text: ManuscriptText, slips: list[Slip]) -> ManuscriptText:
    """The text after every proposal was taken."""
    return changed(
        text,
        [
            Change(each.place, each.start, each.end, each.proposal)
            for each in slips
            if each.proposal is not None
        ],
    )
