"""A pack on paper: the trainer's book, the participants' hand-out, the slides. They are blocks of the house:
the same words go to Word and to the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from foundation.richtext import Block, Cell, Heading, ListBlock, Paragraph, Run, Table
from foundation.text import Text, _, n_
from search.holdings import Shelved
from search.teaching.packs.ports import Deck, Print
from search.teaching.packs.queries import Shown
from search.teaching.packs.rules.handing_out import handout
from search.teaching.packs.rules.lines import tidied
from search.teaching.packs.rules.sections import part
from search.teaching.packs.rules.timing import timing
from search.teaching.packs.values import Content, Handout, Line, Question
from search.teaching.packs.wording import LEVEL_NAMES, SECTION_NAMES, STEP_NAMES, UNNAMED

Citations = Mapping[str, str]
"""Case id -> its reference."""


def kept_back(count: int) -> Text:
    """What a pack says of cases that its reader may not read."""
    return n_(
        "这个教学包还有 %(n)s 个案例现在不能阅读：已经撤下，或者不对您开放。引自它的文字也一并隐去。",
        "这个教学包还有 %(n)s 个案例现在不能阅读：已经撤下，或者不对您开放。引自它的文字也一并隐去。",
        count,
    )


def title_of(shown: Shown) -> str:
    return shown.title or str(UNNAMED)


def trainers_book(shown: Shown, citations: Citations) -> Print:
    """Guide, plan, questions with hints, board, slides; then every case as it is in the library."""
    content = tidied(shown.content)
    blocks: list[Block] = [_facts(content)]
    if shown.missing:
        blocks.append(_line(kept_back(shown.missing)))
    for name, found in _parts(content, shown.cases, citations):
        if found:
            blocks += [_head(SECTION_NAMES[name]), *found]
    cases = tuple(shown.cases[case_id] for case_id in content.case_ids)
    byline = str(
        _(
            "教师用书　编写：%(name)s　第 %(revision)s 版",
            name=shown.pack.owner_name,
            revision=shown.pack.shown_revision,
        )
    )
    return Print(title_of(shown), byline, tuple(blocks), cases)


def participants_paper(shown: Shown, citations: Citations) -> Print:
    """The hand-out: made of a `Handout`, which knows no hints."""
    given = handout_of(shown)
    return Print(
        given.title, str(_("学员讲义")), handout_blocks(given, citations), readings(given, shown.cases)
    )


def handout_of(shown: Shown) -> Handout:
    return handout(shown.content, title_of(shown))


def readings(given: Handout, cases: Mapping[str, Shelved]) -> tuple[Shelved, ...]:
    """The cases of a hand-out, cut to what participants are to read."""
    return tuple(
        replace(
            cases[each.case_id],
            version=replace(
                cases[each.case_id].version,
                body_html=part(cases[each.case_id].version.body_html, each.parts),
                attachments=() if each.parts else cases[each.case_id].version.attachments,
            ),
        )
        for each in given.readings
        if each.case_id in cases
    )


def handout_blocks(given: Handout, citations: Citations) -> tuple[Block, ...]:
    """Everything of the hand-out before its cases."""
    blocks: list[Block] = []
    if given.aims:
        blocks += [_head(SECTION_NAMES["aims"]), _list(given.aims)]
    if given.tasks:
        blocks += [_head(SECTION_NAMES["handout"]), _list(given.tasks)]
    if given.questions:
        blocks += [_head(SECTION_NAMES["questions"]), _list(given.questions, ordered=True)]
    sources = [
        *given.references,
        *(citations[each.case_id] for each in given.readings if each.case_id in citations),
    ]
    if sources:
        blocks += [_head(SECTION_NAMES["references"]), _list(sources, ordered=True)]
    return tuple(blocks)


def deck(shown: Shown) -> Deck:
    """The slides: title, the outline, and the questions that participants see, one a page."""
    content = tidied(shown.content)
    pages = [(each.title, [line.text for line in each.bullets]) for each in content.slides]
    asked = [each.text for each in content.questions if each.handed_out and each.text]
    pages += [(str(_("讨论题 %(number)s", number=number)), [words]) for number, words in enumerate(asked, 1)]
    return Deck(title_of(shown), content.audience, tuple(pages))


def _parts(
    content: Content, cases: Mapping[str, Shelved], citations: Citations
) -> Iterable[tuple[str, list[Block]]]:
    yield "aims", _lines(content.aims)
    yield "cases", _cases(content, cases)
    yield "preparation", [_line(f"□ {line.text}") for line in content.preparation]
    yield "steps", _plan(content)
    yield (
        "questions",
        [block for number, each in enumerate(content.questions, 1) for block in _question(number, each)],
    )
    yield "key_points", _lines(content.key_points)
    yield "board", _board(content)
    yield "slides", [block for each in content.slides for block in (_bold(each.title), *_lines(each.bullets))]
    yield "handout", _lines(content.handout)
    sources = [line.text for line in content.references]
    sources += [citations[case_id] for case_id in content.case_ids if case_id in citations]
    yield "references", [_list(sources, ordered=True)] if sources else []


def _facts(content: Content) -> Block:
    planned = timing(content).planned
    time = _("%(minutes)s 分钟，已安排 %(planned)s 分钟", minutes=content.minutes, planned=planned)
    rows = [(SECTION_NAMES["audience"], content.audience), (SECTION_NAMES["minutes"], str(time))]
    return Table(tuple((_cell(str(name), header=True), _cell(words)) for name, words in rows if words))


def _cases(content: Content, cases: Mapping[str, Shelved]) -> list[Block]:
    found: list[Block] = []
    for each in content.cases:
        version = cases[each.case_id].version
        found.append(_bold(_("《%(title)s》（%(unit)s）", title=version.title, unit=version.unit_name)))
        if each.note:
            found.append(_line(each.note))
    return found


def _plan(content: Content) -> list[Block]:
    if not content.steps:
        return []
    starts = timing(content).starts
    head = tuple(_cell(str(each), header=True) for each in (_("时间"), _("环节"), _("分钟"), _("做什么")))
    rows = [
        (
            _cell(f"{start}–{start + step.minutes}"),
            _cell(str(STEP_NAMES[step.kind])),
            _cell(str(step.minutes)),
            _cell(step.text),
        )
        for start, step in zip(starts, content.steps, strict=True)
    ]
    total = (_cell(str(_("合计")), header=True), _cell(""), _cell(str(timing(content).planned)), _cell(""))
    return [Table((head, *rows, total))]


def _question(number: int, question: Question) -> Iterable[Block]:
    level = str(_("（%(level)s）", level=LEVEL_NAMES[question.level]))
    yield Paragraph((Run(f"{number}. {question.text}", bold=True), Run(level)))
    if not question.handed_out:
        yield _line(_("备用题，不印在学员讲义上。"))
    yield from _lines(question.hints)


def _board(content: Content) -> list[Block]:
    if not content.board:
        return []
    head = tuple(_cell(each.title, header=True) for each in content.board)
    row = tuple(
        Cell(tuple(_line(line.text) for line in each.points) or (_line(""),)) for each in content.board
    )
    return [Table((head, row))]


def _lines(found: Sequence[Line]) -> list[Block]:
    return [_list([line.text for line in found])] if found else []


def _list(texts: Sequence[str], *, ordered: bool = False) -> Block:
    return ListBlock(ordered, tuple((_line(text),) for text in texts))


def _head(words: Text | str) -> Block:
    return Heading(2, (Run(str(words)),))


def _bold(words: Text | str) -> Block:
    return Paragraph((Run(str(words), bold=True),))


def _line(words: Text | str) -> Block:
    return Paragraph((Run(str(words)),))


def _cell(words: str, *, header: bool = False) -> Cell:
    return Cell((_line(words),), header=header)
