"""Reading a score sheet that came back: whose rows they are, and what stands in the cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from foundation.errors import FieldError, Invalid
from foundation.sheets import Line, Sheet
from foundation.text import Text, _
from judging.score_sheet.tokens import Token, read
from judging.score_sheet.writing import TOKEN

FILE = "file"
_PARTS = ("mark:", "comment:")


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One row: `line` as a spreadsheet program numbers it, `cells` by column name with the column's letter
    and what stands there, empty cells left out; `versions` as in the token."""

    line: int
    read_id: str
    label: str
    versions: Mapping[str, int]
    cells: Mapping[str, tuple[str, str]]

    def as_json(self) -> dict[str, Any]:
        """For a column of the database."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> SheetLine:
        """The way back."""
        cells = {key: (letter, words) for key, (letter, words) in value["cells"].items()}
        return cls(value["line"], value["read_id"], value["label"], value["versions"], cells)


def lines_of(sheet: Sheet, *, secret: bytes, juror_id: str, round_id: str) -> list[SheetLine]:
    """The rows of a juror's own sheet of this round.

    Raises:
        Invalid: it is no score sheet of ours, of another round or juror, or its hidden cells were changed;
            the field is "file".
    """
    names = list(sheet.heads.cells)
    if TOKEN not in names or "label" not in names:
        raise _refused(
            _("这不是从本系统下载的离线评分表，或者隐藏的行列被删去了。请重新下载离线评分表，填写后再上传。")
        )
    found: dict[str, SheetLine] = {}
    for line in sheet.lines:
        cells = _cells(names, line)
        text = cells.pop(TOKEN, ("", ""))[1]
        if not text and not any(key.startswith(_PARTS) for key in cells):
            continue
        token = read(text, secret)
        if token is None:
            if line.number == sheet.heads.number + 1:
                continue  # the visible heads
            raise _refused(
                _(
                    "第 %(line)s 行的隐藏编号缺失或被改动，不能接收。请重新下载离线评分表，填写后再上传。",
                    line=line.number,
                )
            )
        _check_owner(token, juror_id, round_id)
        if token.read_id in found:
            first = found[token.read_id].line
            raise _refused(
                _(
                    "第 %(line)s 行和第 %(first)s 行是同一个案例。请删去其中一行后再上传。",
                    line=line.number,
                    first=first,
                )
            )
        wanted = {key: cell for key, cell in cells.items() if key.startswith(_PARTS)}
        label = cells.get("label", ("", ""))[1]
        found[token.read_id] = SheetLine(line.number, token.read_id, label, token.versions, wanted)
    if not found:
        raise _refused(_("离线评分表里没有案例。请重新下载离线评分表，填写后再上传。"))
    return list(found.values())


def _cells(names: list[str], line: Line) -> dict[str, tuple[str, str]]:
    """Column name -> (column letter, words) of the cells that are not empty."""
    return {
        name: (_letter(at), words.strip())
        for at, (name, words) in enumerate(zip(names, line.cells, strict=False))
        if name and words.strip()
    }


def _letter(column: int) -> str:
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _check_owner(token: Token, juror_id: str, round_id: str) -> None:
    if token.round_id != round_id:
        raise _refused(_("这份离线评分表属于另一轮评审，不能用在这里。请下载本轮的离线评分表。"))
    if token.juror_id != juror_id:
        raise _refused(_("这份离线评分表属于另一位评委，不能上传。请下载自己的离线评分表。"))


def _refused(sentence: Text) -> Invalid:
    return Invalid([FieldError(FILE, sentence)])
