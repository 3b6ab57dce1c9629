"""What the record gives the printed book: sign-off lines, the colophon's names, and whether it may go out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from sqlalchemy.orm import Session

from casebook import queries
from casebook.book import BoardLine
from casebook.reviewing.queries.files import files
from casebook.reviewing.rules.counting import BY_KEY, passes, rate
from casebook.reviewing.rules.standing import last_reading
from casebook.reviewing.values import (
    PROOFS,
    REVIEWS,
    Clearance,
    ErrorKind,
    ErrorState,
    File,
    State,
    Step,
    Verdict,
)
from casebook.reviewing.wording import STEP_NAMES, colophon_roles, signoff_line
from foundation.text import Text, _, n_


def signoff_lines(db: Session, edition_id: str) -> dict[str, str]:
    """Entry -> the line printed under it, in the book's language; an entry that is not signed off by all
    three for its present words has none."""
    language = queries.edition(db, edition_id).details.language
    lines = {}
    for found in files(db, edition_id):
        signed = [found.signed(step) for step in REVIEWS]
        names = [act.by_name for act in signed if act is not None]
        if not found.subject.is_book and len(names) == len(REVIEWS):
            lines[found.subject.id] = signoff_line(language, first=names[0], second=names[1], final=names[2])
    return lines


def colophon_lines(db: Session, edition_id: str) -> tuple[BoardLine, ...]:
    """What the colophon says of who edited and proofread the book, in the book's language.

    Editors are who did the first reviews; of several who did most is named first. An office that nobody has
    held yet is left out.
    """
    language = queries.edition(db, edition_id).details.language
    found = files(db, edition_id)
    offices = zip(
        colophon_roles(language), ((Step.FIRST,), (Step.SECOND,), (Step.FINAL,), PROOFS), strict=True
    )
    named = [(office, _names(found, steps)) for office, steps in offices]
    return tuple(BoardLine(office, names) for office, names in named if names)


def _names(found: Iterable[File], steps: Sequence[Step]) -> tuple[str, ...]:
    counts = Counter(
        state.act.by_name
        for each in found
        for step in steps
        if (state := each.states[step]).act is not None and state.state is State.SIGNED
    )
    return tuple(name for name, _count in counts.most_common())


def cleared(db: Session, edition_id: str) -> Clearance:
    """Whether all three reviews and the proofs of every printed text stand for the texts as they are now,
    no error is left open, and the last proof found no more than one in 10,000."""
    return clearance(files(db, edition_id))


def clearance(found: Sequence[File]) -> Clearance:
    """The same of files that are there already: those of the whole book."""
    missing = [sentence for step in (*REVIEWS, *PROOFS[:3]) for sentence in _missing(found, step)]
    missing += _changed_proofs(found)
    missing += _rejected(found)
    missing += _open_errors(found)
    missing += _too_many(found)
    return Clearance(tuple(missing))


def _chosen(found: Iterable[File], test: Callable[[File], bool]) -> list[File]:
    return [each for each in found if test(each)]


def _missing(found: Sequence[File], step: Step) -> list[Text]:
    name = STEP_NAMES[step]
    without = _chosen(
        found, lambda each: each.states[step].state in {State.NOT_YET, State.OPEN, State.RETURNED}
    )
    sentences = []
    if without:
        sentences.append(
            n_(
                "%(n)s 篇没有%(step)s，例如“%(title)s”。",
                "%(n)s 篇没有%(step)s，例如“%(title)s”。",
                len(without),
                step=name,
                title=without[0].subject.title,
            )
        )
    changed = _chosen(found, lambda each: each.states[step].state is State.CHANGED)
    if changed and step in REVIEWS:
        sentences.append(
            n_(
                "%(n)s 篇在%(step)s之后改过文字，要重新签署，例如“%(title)s”。",
                "%(n)s 篇在%(step)s之后改过文字，要重新签署，例如“%(title)s”。",
                len(changed),
                step=name,
                title=changed[0].subject.title,
            )
        )
    return sentences


def _changed_proofs(found: Sequence[File]) -> list[Text]:
    changed = _chosen(found, lambda each: any(each.states[step].state is State.CHANGED for step in PROOFS))
    if not changed:
        return []
    return [
        n_(
            "%(n)s 篇在最后一次校对之后有改动，要核红，例如“%(title)s”。",
            "%(n)s 篇在最后一次校对之后有改动，要核红，例如“%(title)s”。",
            len(changed),
            title=changed[0].subject.title,
        )
    ]


def _rejected(found: Sequence[File]) -> list[Text]:
    return [
        _("“%(title)s”终审决定不采用，请在编排页移出。", title=each.subject.title)
        for each in found
        if (act := each.signed(Step.FINAL)) is not None and act.opinion.verdict is Verdict.REJECT
    ]


def _open_errors(found: Sequence[File]) -> list[Text]:
    errors = [error for each in found for error in each.errors]
    sentences = []
    if waiting := [error for error in errors if error.state is ErrorState.OPEN]:
        sentences.append(
            n_("勘误表里还有 %(n)s 处差错没有更正。", "勘误表里还有 %(n)s 处差错没有更正。", len(waiting))
        )
    if unverified := [error for error in errors if error.state is ErrorState.CORRECTED]:
        sentences.append(n_("有 %(n)s 处更正还没有核红。", "有 %(n)s 处更正还没有核红。", len(unverified)))
    if any(BY_KEY[error.fault].kind is ErrorKind.POLITICAL for error in (*waiting, *unverified)):
        sentences.append(_("其中有政治性差错，改正并核红之前，内容不合格。"))
    return sentences


def _too_many(found: Sequence[File]) -> list[Text]:
    """The last proof says what is left: above the pass mark one more reading of the book is asked for."""
    if not all(each.states[Step.PROOF3].act for each in found):
        return []
    errors = [error for each in found for error in last_reading(each.acts, each.errors)]
    last = rate(errors, sum(each.subject.characters for each in found))
    if passes(last):
        return []
    titles = [each.subject.title for each in found if last_reading(each.acts, each.errors)]
    return [
        _(
            "最后一次校对的差错率是万分之 %(rate)s，高于万分之一："
            "请把查出差错的文字再通读一遍，例如“%(title)s”。",
            rate=last.per_10000,
            title=titles[0],
        )
    ]
