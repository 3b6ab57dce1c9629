"""Whether a question can be asked as it is, whether an answer is one, and whether it is right."""

from __future__ import annotations

import unicodedata

from foundation.errors import FieldError
from foundation.text import Text, _
from search.teaching.sessions.values import Answer, Mark, Question, QuestionKind

MOST_OPTIONS = 8
LONGEST_ANSWER = 500
TRUE, FALSE = "0", "1"
_CHOICES = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)


def problems(question: Question) -> list[FieldError]:
    """What is missing in a question, by the field of the form."""
    found = []
    if not question.words:
        found.append(FieldError("words", _("请写下题目。")))
    if question.kind in _CHOICES:
        found += _choice_problems(question)
    if question.kind is QuestionKind.TRUE_FALSE and question.right not in ((TRUE,), (FALSE,)):
        found.append(FieldError("right", _("请选择这句话是“正确”还是“错误”。")))
    return found


def _choice_problems(question: Question) -> list[FieldError]:
    places = {str(place) for place in range(len(question.options))}
    found = []
    if not 2 <= len(question.options) <= MOST_OPTIONS:
        found.append(
            FieldError("options", _("选择题需要 2 至 %(most)s 个选项，每行写一个。", most=MOST_OPTIONS))
        )
    elif len(set(question.options)) < len(question.options):
        found.append(FieldError("options", _("有两个选项完全相同，请修改。")))
    if not question.right or not set(question.right) <= places:
        found.append(FieldError("right", _("请写出正确选项的字母，例如 B 或 AC。")))
    elif question.kind is QuestionKind.SINGLE and len(question.right) != 1:
        found.append(FieldError("right", _("单选题只能有一个正确选项。")))
    return found


def options_of(question: Question) -> tuple[str | Text, ...]:
    """The options as they are shown."""
    if question.kind is QuestionKind.TRUE_FALSE:
        return (_("正确"), _("错误"))
    return question.options


def letters(question: Question) -> str:
    """The right options as letters, "AC"; of a short answer the accepted words."""
    if question.kind is QuestionKind.SHORT:
        return "；".join(question.right)
    return "".join(chr(ord("A") + int(place)) for place in question.right)


def places(typed: str) -> Answer:
    """Letters as people write them ("A、C", "ac") as places; whatever is no letter is left out."""
    wide = unicodedata.normalize("NFKC", typed).upper()
    found = sorted({ord(letter) - ord("A") for letter in wide if "A" <= letter <= "Z"})
    return tuple(str(place) for place in found)


def read(question: Question, given: tuple[str, ...]) -> Answer | None:
    """An answer as it is kept, None for what is none."""
    if question.kind is QuestionKind.SHORT:
        words = given[0].strip() if given else ""
        return (words,) if words and len(words) <= LONGEST_ANSWER else None
    chosen = tuple(sorted(set(given), key=lambda each: (len(each), each)))
    known = {str(place) for place in range(len(options_of(question)))}
    if not chosen or not set(chosen) <= known:
        return None
    if question.kind is not QuestionKind.MULTIPLE and len(chosen) != 1:
        return None
    return chosen


def mark(question: Question, answer: Answer) -> Mark:
    """A choice is right when it is exactly the right one; a short answer when it is one of the accepted."""
    if question.kind is not QuestionKind.SHORT:
        return Mark.RIGHT if set(answer) == set(question.right) else Mark.WRONG
    if not question.right:
        return Mark.UNMARKED
    accepted = {_plain(each) for each in question.right}
    return Mark.RIGHT if _plain(answer[0]) in accepted else Mark.WRONG


def _plain(words: str) -> str:
    """Without the differences that make no other answer: width, case, blanks, punctuation."""
    wide = unicodedata.normalize("NFKC", words).casefold()
    return "".join(each for each in wide if unicodedata.category(each)[0] not in "PZC")
