"""What a book must say about itself, by what kind of book it is. Pure.

A formal book follows GB/T 12450 (title page and its back) and GB/T 5795 (ISBN); internal material the rules
for 内部资料性出版物: permit number and "内部资料 免费交流" on the cover, who compiled and printed it, how
many, when and for whom, and no price.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casebook.book import BoardLine, Profile
from casebook.details import EditionDetails
from foundation.errors import FieldError
from foundation.text import Text, _

_FIRST_COLON = re.compile("[：:]")
_BETWEEN_NAMES = re.compile("[、，,；;\t]+|\u3000+| {2,}")
_ISBN_LENGTH = 13
_CIP = re.compile(r"[（(]?(\d{4})[）)]?\s*第?\s*(\d{6})\s*号?")


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that this kind of book must have and that is not there; `field` is its name on the page."""

    field: str
    part: str
    sentence: Text


def board_lines(written: str) -> tuple[BoardLine, ...]:
    """Lines of "office: names"; a line without an office goes on with the names of the one above it."""
    found: list[BoardLine] = []
    for line in (each.strip() for each in written.splitlines()):
        if not line:
            continue
        office, names = _split(line)
        if office or not found:
            found.append(BoardLine(office, names))
        else:
            last = found.pop()
            found.append(BoardLine(last.office, last.names + names))
    return tuple(line for line in found if line.names)


def _split(line: str) -> tuple[str, tuple[str, ...]]:
    office, *rest = _FIRST_COLON.split(line, maxsplit=1)
    words = rest[0] if rest else line
    names = tuple(name.strip() for name in _BETWEEN_NAMES.split(words) if name.strip())
    return (office.strip() if rest else ""), names


def isbn_problem(isbn: str) -> Text | None:
    """What is wrong with an ISBN: 13 digits from 978 or 979, the last of them a check digit."""
    digits = re.sub(r"[\s\-–—]|^ISBN", "", isbn.upper())
    if not digits.isascii() or not digits.isdigit() or len(digits) != _ISBN_LENGTH:
        return _("书号（ISBN）应有 13 位数字，例如 978-7-111-07575-2；请核对后再填。")
    if not digits.startswith(("978", "979")):
        return _("书号（ISBN）应以 978 或 979 开头，请核对后再填。")
    expected = check_digit(digits[:-1])
    if digits[-1] != expected:
        return _(
            "书号（ISBN）的最后一位是校验码，按前 12 位应为 %(expected)s，填的是 %(found)s。"
            "请对照书号通知单核对。",
            expected=expected,
            found=digits[-1],
        )
    return None


def check_digit(twelve: str) -> str:
    """The check digit after twelve digits: weights 1 and 3 in turn, to a multiple of ten (GB/T 5795)."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return str(-total % 10)


def problems(details: EditionDetails) -> list[FieldError]:
    """What cannot be saved: wrong numbers, and what internal material may not have."""
    found = []
    if details.profile is Profile.INTERNAL:
        if details.price:
            found.append(
                FieldError("price", _("内部资料免费交流，不能定价。请清空定价，或把类型改为“正式出版”。"))
            )
        if details.isbn or details.cip or details.cip_data:
            field = "isbn" if details.isbn else "cip" if details.cip else "cip_data"
            found.append(
                FieldError(field, _("内部资料没有书号和 CIP 数据。请清空，或把类型改为“正式出版”。"))
            )
    elif details.isbn and (problem := isbn_problem(details.isbn)) is not None:
        found.append(FieldError("isbn", problem))
    if details.profile is Profile.FORMAL and details.cip and not _CIP.fullmatch(details.cip.strip()):
        found.append(
            FieldError(
                "cip", _("CIP 数据核字号是四位年份加六位数字，例如“（2026）第012345号”，请核对后再填。")
            )
        )
    return found


def cip_number(written: str) -> str:
    """（2026）第012345, as the line of the copyright page has it before 号."""
    match = _CIP.fullmatch(written.strip())
    return f"（{match[1]}）第{match[2]}" if match else f"第{written.removeprefix('第').removesuffix('号')}"


def lacking(details: EditionDetails, recorded: tuple[BoardLine, ...] = ()) -> tuple[Lack, ...]:
    """What this kind of book requires and the details do not have, in the page's order. `recorded`: who
    answers for it by the record of the reviews."""
    return tuple(_formal(details, recorded) if details.profile is Profile.FORMAL else _internal(details))


def _formal(details: EditionDetails, recorded: tuple[BoardLine, ...]) -> Iterator[Lack]:
    for field, part, sentence in (
        ("compiler", "names", _("还没有填编者：扉页要有著作责任者。")),
        ("publisher", "names", _("还没有填出版单位。")),
        ("address", "imprint", _("还没有填出版单位的地址。")),
        ("isbn", "imprint", _("还没有填书号（ISBN）。")),
        ("cip", "imprint", _("还没有填 CIP 数据核字号。")),
        ("cip_data", "imprint", _("还没有填图书在版编目（CIP）数据。")),
        ("printer", "imprint", _("还没有填印刷单位。")),
        ("edition_line", "imprint", _("还没有填版次。")),
        ("printing_line", "imprint", _("还没有填印次。")),
        ("price", "imprint", _("还没有填定价。")),
    ):
        if not getattr(details, field):
            yield Lack(field, part, sentence)
    staff = (*board_lines(details.staff), *recorded)
    if not any("责任编辑" in "".join(line.office.split()) for line in staff):
        yield Lack("staff", "imprint", _("还没有填责任编辑。"))


def _internal(details: EditionDetails) -> Iterator[Lack]:
    for field, part, sentence in (
        ("permit", "imprint", _("还没有填准印证号：封面上必须有。")),
        ("printer", "imprint", _("还没有填印刷单位。")),
        ("print_run", "imprint", _("还没有填印数。")),
        ("printed_on", "imprint", _("还没有填印刷日期。")),
        ("audience", "imprint", _("还没有填发送对象。")),
    ):
        if not getattr(details, field):
            yield Lack(field, part, sentence)
    if not (details.compiler or details.publisher):
        yield Lack("compiler", "names", _("还没有填编印单位。"))
