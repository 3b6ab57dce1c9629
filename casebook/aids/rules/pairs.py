"""Marks that come in pairs: GB/T 15834-2011, 4.8 引号, 4.9 括号, 4.15 书名号, 4.5.3.5 顿号."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebook.aids.rules.marks import each_match, is_chinese, slip
from casebook.aids.values import Kind, Line, Seriousness, Slip
from foundation.folding import HAN
from foundation.text import Text, _

_STRAIGHT = re.compile('"')
_SINGLE = re.compile(rf"(?<=[{HAN}，。：；！？“（])'|'(?=[{HAN}，。；！？”）])")
_QUOTES = re.compile("[“”]")
_OPEN, _CLOSE = "（《〈【「『‘", "）》〉】」』’"
_PARTNER = dict(zip(_OPEN, _CLOSE, strict=True)) | dict(zip(_CLOSE, _OPEN, strict=True))
_BETWEEN = re.compile("(?<=”)、(?=“)|(?<=》)、(?=《)")
_NOTE_BETWEEN = re.compile("[”》]（[^（）]*）、?[“《]")


def find(line: Line) -> Iterator[Slip]:
    if not is_chinese(line.text):
        return
    yield from _straight(line)
    yield from _quotes(line)
    yield from _brackets(line)
    yield from _enumeration(line)


def _found(
    line: Line, at: int, rule: str, message: Text, proposal: str | None, how: Seriousness = Seriousness.MUST
) -> Slip:
    return slip(line, (at, at + 1), Kind.PUNCTUATION, rule, how, message, proposal)


def _straight(line: Line) -> Iterator[Slip]:
    for pattern, marks in ((_STRAIGHT, "“”"), (_SINGLE, "‘’")):
        places = [found.start() for found in pattern.finditer(line.text)]
        certain = len(places) % 2 == 0 and not re.search(f"[{marks}]", line.text)
        for number, at in enumerate(places):
            proposal = marks[number % 2] if certain else None
            yield _found(line, at, "punctuation.straight", _("中文里用弯引号（GB/T 15834）。"), proposal)


def _quotes(line: Line) -> Iterator[Slip]:
    """Each quotation has its two marks; one inside another has single ones."""
    marks = [(found.start(), found[0]) for found in _QUOTES.finditer(line.text)]
    written = "".join(mark for _at, mark in marks)
    if re.fullmatch("(?:“”)*", written) or '"' in line.text:
        return
    if re.fullmatch("(?:“(?:“”)*”)*", written):
        yield from _nested(line, marks)
    elif len(marks) % 2 == 0 and re.fullmatch("“+|”+", written):
        for number, (at, mark) in enumerate(marks):
            if mark != "“”"[number % 2]:
                message = _("前引号和后引号用反了（GB/T 15834）。")
                yield _found(line, at, "punctuation.quote_turned", message, "“”"[number % 2])
    else:
        yield from _lonely(line, marks)


def _nested(line: Line, marks: list[tuple[int, str]]) -> Iterator[Slip]:
    depth = 0
    for at, mark in marks:
        depth += mark == "“"
        if depth > 1:
            message = _("引号里面再用引号时，里面用单引号（GB/T 15834）。")
            yield _found(line, at, "punctuation.quote_nested", message, "‘" if mark == "“" else "’")
        depth -= mark == "”"


def _lonely(line: Line, marks: list[tuple[int, str]]) -> Iterator[Slip]:
    waiting: list[int] = []
    for at, mark in marks:
        if mark == "“":
            waiting.append(at)
        elif waiting:
            waiting.pop()
        else:
            yield _alone(line, at)
    # A quotation of several paragraphs opens each of them and closes the last one only.
    yield from (_alone(line, at) for at in waiting if at != 0)


def _alone(line: Line, at: int) -> Slip:
    message = _("“%(mark)s”没有配对，请补上或删去（GB/T 15834）。", mark=line.text[at])
    return _found(line, at, "punctuation.unbalanced", message, None)


def _brackets(line: Line) -> Iterator[Slip]:
    waiting: list[int] = []
    for at, mark in enumerate(line.text):
        if mark in _OPEN:
            if mark == "《" and any(line.text[other] == "《" for other in waiting):
                message = _("书名号里面再用书名号时，里面用单书名号（GB/T 15834）。")
                yield _found(line, at, "punctuation.title_nested", message, "〈")
            waiting.append(at)
        elif mark in _CLOSE:
            if waiting and line.text[waiting[-1]] == _PARTNER[mark]:
                waiting.pop()
                if mark == "》" and any(line.text[other] == "《" for other in waiting):
                    message = _("书名号里面再用书名号时，里面用单书名号（GB/T 15834）。")
                    yield _found(line, at, "punctuation.title_nested", message, "〉")
            elif not _is_numbering(line.text, at):
                yield _alone(line, at)
    yield from (_alone(line, at) for at in waiting)


def _is_numbering(text: str, at: int) -> bool:
    """ "1）" and "a）" at the beginning of a line or sentence need no other half; ’ may be an apostrophe."""
    if text[at] == "’":
        return bool(re.search("[A-Za-z0-9]\\Z", text[:at]))
    return text[at] == "）" and bool(
        re.search(r"(?:\A|[。；：，、\s])[0-9A-Za-z一二三四五六七八九十]{1,3}\Z", text[:at])
    )


def _enumeration(line: Line) -> Iterator[Slip]:
    if _NOTE_BETWEEN.search(line.text):
        return
    for _match, span in each_match(_BETWEEN, line.text):
        yield slip(
            line,
            (span[0] - 1, span[1] + 1),
            Kind.PUNCTUATION,
            "punctuation.enumeration",
            Seriousness.SHOULD,
            _("并列的引号之间、书名号之间通常不用顿号（GB/T 15834）。"),
            line.text[span[0] - 1] + line.text[span[1]],
        )
