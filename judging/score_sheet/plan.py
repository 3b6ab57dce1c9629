"""What a returned sheet would change: compared with what the server has now and had when it was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from foundation.text import Text, _
from judging.rules import LONGEST_COMMENT, mark_refusal, mark_shown, read_mark
from judging.score_sheet.reading import SheetLine
from judging.score_sheet.writing import comment_heads
from judging.values import CommentKind
from submissions.rules.criteria import plain
from submissions.values import Criterion


@dataclass(frozen=True, slots=True)
class State:
    """One read as the server has it: the versions of each mark and comment ("mark:KEY" -> values, the first
    being ordinal 1; a mark is its plain decimal, "" for none). `shut` says why nothing of it can change."""

    read_id: str
    label: str
    versions: Mapping[str, Sequence[str]]
    shut: Text | None = None

    def now(self, key: str) -> str:
        """What counts."""
        found = self.versions.get(key, ())
        return found[-1] if found else ""

    def at(self, key: str, ordinal: int) -> str:
        """What stood there in this version, "" before the first."""
        found = self.versions.get(key, ())
        return found[ordinal - 1] if 1 <= ordinal <= len(found) else ""

    def count(self, key: str) -> int:
        return len(self.versions.get(key, ()))


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that would change something. In a conflict `server` came after the sheet was made."""

    line: int
    column: str
    read_id: str
    label: str
    key: str
    name: Text | str
    server: str
    sheet: str
    value: str

    @property
    def field(self) -> str:
        """The name of the choice in the form."""
        return f"{self.read_id}:{self.key}"


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell or a row that cannot be taken; `column` is "" for the row."""

    line: int
    column: str
    label: str
    words: str
    message: Text


@dataclass(slots=True)
class Plan:
    """Changes that nobody objects to, conflicts to choose in, and what is wrong."""

    changes: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def plan_of(lines: Sequence[SheetLine], states: Mapping[str, State], criteria: Sequence[Criterion]) -> Plan:
    """Compare cell by cell. An empty cell changes nothing, and neither does one that the juror left as it was
    while the server got something newer."""
    found = Plan()
    by_key = {f"mark:{each.key}": each for each in criteria}
    for line in lines:
        state = states.get(line.read_id)
        if state is None:
            found.faults.append(
                Fault(line.line, "", line.label, "", _("这个案例已不在您的评审任务中，这一行不会采用。"))
            )
        elif line.label != state.label:
            found.faults.append(
                Fault(
                    line.line,
                    "",
                    line.label,
                    "",
                    _("评审号与这一行的隐藏编号对不上，可能只移动了部分列；这一行不会采用。"),
                )
            )
        else:
            _compare(found, line, state, by_key)
    return found


def _compare(found: Plan, line: SheetLine, state: State, by_key: Mapping[str, Criterion]) -> None:
    touched = []
    for key, column, words, value in _read(found, line, by_key):
        if value == state.now(key):
            continue
        base = int(line.versions.get(key, 0))
        if base != state.count(key) and value == state.at(key, base):
            continue
        touched.append((base == state.count(key), _change(line, state, key, column, words, value, by_key)))
    if touched and state.shut is not None:
        found.faults.append(Fault(line.line, "", state.label, "", state.shut))
        return
    for unopposed, change in touched:
        (found.changes if unopposed else found.conflicts).append(change)


def _change(
    line: SheetLine,
    state: State,
    key: str,
    column: str,
    words: str,
    value: str,
    by_key: Mapping[str, Criterion],
) -> Change:
    criterion = by_key.get(key)
    now = state.now(key)
    name: Text | str
    if criterion is not None:
        name = criterion.name
        server = mark_shown(criterion, Decimal(now)) if now else ""
        sheet = mark_shown(criterion, Decimal(value))
    else:
        name = comment_heads()[CommentKind(key.partition(":")[2])]
        server, sheet = now, words
    return Change(line.line, column, state.read_id, state.label, key, name, server, sheet, value)


def _read(
    found: Plan, line: SheetLine, by_key: Mapping[str, Criterion]
) -> Iterator[tuple[str, str, str, str]]:
    """(key, column letter, words, value) of the cells that can be read; faults for the others."""
    comments = {f"comment:{kind.value}" for kind in CommentKind}
    for key, (column, words) in line.cells.items():
        criterion = by_key.get(key)
        if criterion is not None:
            mark = read_mark(criterion, words)
            refusal = mark_refusal(criterion, mark) if mark is not None else _no_mark(criterion)
            if mark is None or refusal is not None:
                message = refusal or _no_mark(criterion)
                found.faults.append(Fault(line.line, column, line.label, words, message))
            else:
                yield key, column, words, plain(mark)
        elif key in comments:
            if len(words) > LONGEST_COMMENT:
                message = _("不能超过 %(limit)s 个字", limit=LONGEST_COMMENT)
                found.faults.append(Fault(line.line, column, line.label, words[:40], message))
            else:
                yield key, column, words, words


def _no_mark(criterion: Criterion) -> Text:
    if criterion.graded:
        names = "、".join(level.name for level in reversed(criterion.levels))
        return _("“%(criterion)s”请选择 %(names)s 中的一个。", criterion=criterion.name, names=names)
    return _("“%(criterion)s”的分数请填写数字。", criterion=criterion.name)
