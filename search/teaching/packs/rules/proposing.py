"""A first draft out of the cases: aims and questions by what their sections are about, each with the
sentences it rests on. The questions' words are fixed, the quotations are the case's own with their places; a
trainer edits both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from search.teaching.packs.rules.sections import Kind, Section
from search.teaching.packs.values import Column, Content, Level, Line, Question, Slide

QUOTED = 6
"""Sentences that are quoted under a question: of each section the first, then of each the second."""
BOARD_POINTS = 5


@dataclass(frozen=True, slots=True)
class Source:
    """A case as proposing needs it."""

    case_id: str
    title: str
    unit: str
    summary: str
    topics: tuple[str, ...]
    sections: tuple[Section, ...]


AIMS = {
    Kind.BACKGROUND: "能说清案例单位当时面对的问题，分清表面现象和根子上的原因。",
    Kind.PRACTICE: "能按先后说出案例的关键做法，讲明白每一步解决了什么。",
    Kind.RESULT: "能用案例里的事实和数据判断成效，指出证据还缺什么。",
    Kind.LESSON: "能把案例的经验同本单位实际对照，提出一条可以马上试的做法。",
}
QUESTIONS = {
    Kind.BACKGROUND: (("案例单位当时遇到了什么问题？哪些是表面现象，哪些是根子上的原因？", Level.FACTS),),
    Kind.PRACTICE: (
        ("他们先后做了哪几件事？哪一件最关键，为什么？", Level.ANALYSIS),
        ("如果由你来牵头，哪一步会做得不一样？你会担心什么？", Level.JUDGEMENT),
    ),
    Kind.RESULT: (("成效靠什么证明？哪些事实最有说服力，还缺什么证据？", Level.ANALYSIS),),
    Kind.LESSON: (("这个做法换到我们单位，哪些能直接用，哪些条件还不具备，怎么改？", Level.TRANSFER),),
}
COLUMNS = {
    Kind.BACKGROUND: "背景与问题",
    Kind.PRACTICE: "做法",
    Kind.RESULT: "成效",
    Kind.LESSON: "启示",
}
ORDER = tuple(COLUMNS)
BEGINNING = "开头"
SUMMARY = "摘要"
OURS = "我们单位"
"""The board's last column is left empty for what the participants say of themselves."""


def proposed(content: Content, cases: Sequence[Source]) -> Content:
    """A starter filled from the cases; what the starter already says comes first and stays."""
    kinds = {section.kind for case in cases for section in case.sections}
    # what follows from a case for oneself is asked of every case, whether or not it draws lessons itself
    wanted = [kind for kind in ORDER if kind in kinds or kind is Kind.LESSON]
    topics = tuple(dict.fromkeys(topic for case in cases for topic in case.topics))[:3]
    aims = tuple(Line(AIMS[kind]) for kind in wanted)
    if topics:
        aims = (Line(f"围绕“{'、'.join(topics)}”，读懂案例做了什么、为什么有效。"), *aims)
    return replace(
        content,
        aims=(*content.aims, *aims),
        questions=(*content.questions, *_questions(wanted, cases)),
        board=(*content.board, *_board(wanted, cases)),
        slides=(*content.slides, *_slides(cases)),
    )


def quoted(case: Source, section: Section, sentence: str) -> Line:
    """A sentence of a case with its place."""
    return Line(quotation(sentence, section.heading), case.case_id)


def quotation(sentence: str, heading: str) -> str:
    """A case's words with their place, as they stand in a pack."""
    return f"“{sentence}”（{heading or BEGINNING}）"


def _questions(kinds: Iterable[Kind], cases: Sequence[Source]) -> Iterable[Question]:
    for kind in kinds:
        found = [(case, section) for case in cases for section in case.sections if section.kind is kind]
        hints = tuple(
            quoted(case, section, section.telling[turn])
            for turn in range(2)
            for case, section in found
            if turn < len(section.telling)
        )[:QUOTED]
        for number, (words, level) in enumerate(QUESTIONS[kind]):
            yield Question(words, level, hints=hints if number == 0 else ())


def _board(kinds: Iterable[Kind], cases: Sequence[Source]) -> Iterable[Column]:
    for kind in kinds:
        found = [(case, section) for case in cases for section in case.sections if section.kind is kind]
        # the headings below a heading say more than that heading itself
        named = [(case, section) for case, section in found if section.heading]
        deeper = [pair for pair in named if pair[1].level > 2] or named
        yield Column(
            COLUMNS[kind],
            tuple(Line(section.heading, case.case_id) for case, section in deeper[:BOARD_POINTS]),
        )
    yield Column(OURS)


def _slides(cases: Sequence[Source]) -> Iterable[Slide]:
    for case in cases:
        opening = [Line(case.summary, case.case_id)] if case.summary else []
        yield Slide("案例", (Line(f"《{case.title}》（{case.unit}）", case.case_id), *opening))
    for kind in ORDER:
        bullets = tuple(
            Line(section.telling[0], case.case_id)
            for case in cases
            for section in case.sections
            if section.kind is kind and section.telling
        )
        if bullets:
            yield Slide(COLUMNS[kind], bullets[:BOARD_POINTS])
    yield Slide("讨论", ())
