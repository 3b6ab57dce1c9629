"""Questions from a table, looked at first. The file that was looked at is kept: nobody sends it twice."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from foundation.errors import FieldError, Invalid, Refused
from foundation.permission import require
from foundation.sheets import Sheet, Unreadable, read_sheet
from foundation.text import _, n_
from foundation.web import Rq, get, post
from search.teaching.quizzes import policy, tables
from search.teaching.quizzes.service import bank as service
from search.teaching.quizzes.tables import Fault, Read
from search.teaching.quizzes.values import BankQuestion
from search.teaching.sessions.queries import material

BANK = "/teaching/quizzes"
HERE = BANK + "/import"


@dataclass(frozen=True, slots=True)
class Sent:
    """A table that was sent, and what brings it back (`Kept` as a field of the form)."""

    sheet: Sheet
    name: str
    kept: str


def routes() -> list[Route]:
    return [
        get(HERE, page),
        post(HERE, look, again=page, prepare=read_file),
        post(HERE + "/confirm", take_up, again=page, prepare=read_kept),
    ]


def page(rq: Rq, **context: Any) -> Response:
    require(policy.may_keep_bank(rq.signed_in()))
    shown: dict[str, Any] = {"checked": None, "faults": (), "new": 0, "doubles": 0, **context}
    return rq.render("teaching/bank_import.html", most=tables.MOST, here=HERE, **shown)


def read_file(rq: Rq) -> Sent:
    """The table, kept and read before the transaction of the write."""
    require(policy.may_keep_bank(rq.signed_in()))
    sent = rq.upload("file")
    if sent is None:
        raise Invalid([FieldError("file", _("请先选择表格文件"))])
    data = sent.file.read()
    sheet = _read(sent.name, data)
    return Sent(sheet, sent.name, _sealed(rq, sent.name, rq.files.put([data]).sha256))


def read_kept(rq: Rq) -> Sent:
    """The table that was looked at, from where it is kept."""
    require(policy.may_keep_bank(rq.signed_in()))
    kept = rq.field("kept")
    name, sha256 = _unsealed(rq, kept)
    return Sent(_read(name, rq.files.read(sha256)), name, kept)


def _read(name: str, data: bytes) -> Sheet:
    try:
        return read_sheet(name, data)
    except Unreadable as unreadable:
        raise Invalid([FieldError("file", unreadable.reason)]) from unreadable


def look(rq: Rq) -> Response:
    """What importing the table would do; nothing is written."""
    sent: Sent = rq.prepared
    entries, faults = _entries(rq, sent.sheet)
    return _looked_at(rq, sent, entries, faults)


def take_up(rq: Rq) -> Response:
    """Import it: nothing is taken while a line has a fault, which may have come since it was looked at."""
    sent: Sent = rq.prepared
    entries, faults = _entries(rq, sent.sheet)
    if faults:
        return _looked_at(rq, sent, entries, faults)
    count = service.import_questions(rq.db, actor=rq.signed_in(), now=rq.now, entries=entries)
    return rq.redirect(
        BANK, n_("导入了 %(n)s 道题，重复的没有再加。", "导入了 %(n)s 道题，重复的没有再加。", count)
    )


def _looked_at(rq: Rq, sent: Sent, entries: list[BankQuestion], faults: list[Fault]) -> Response:
    hashes = [service.words_hash(each.question.words) for each in entries]
    fresh = set(hashes) - service.known_hashes(rq.db)
    return page(
        rq,
        checked=len(entries) + len(faults),
        faults=faults,
        new=len(fresh),
        doubles=len(hashes) - len(fresh),
        name=sent.name,
        kept=sent.kept,
    )


def _entries(rq: Rq, sheet: Sheet) -> tuple[list[BankQuestion], list[Fault]]:
    """The entries with their cases found; a case that is not in the library is a fault of its own."""
    found = tables.read(sheet)
    entries: list[BankQuestion] = []
    faults = list(found.faults)
    named = material.naming(rq.db)
    for place, (entry, written) in enumerate(found.entries):
        case_id = named(written) if written else ""
        if written and not case_id:
            words = _("案例库里没有“%(case)s”，请填写案例的标题、编号或网址，或留空。", case=written[:40])
            faults.append(Fault(_number(sheet, found, place), words))
        else:
            entries.append(BankQuestion(entry.question, entry.topic, entry.difficulty, case_id, entry.place))
    return entries, sorted(faults, key=lambda each: each.line)


def _number(sheet: Sheet, found: Read, place: int) -> int:
    """The line of an entry: faulty lines are no entries."""
    bad = {each.line for each in found.faults}
    return [line.number for line in sheet.lines if line.number not in bad][place]


# --- the file between the look and the import -----------------------------------------------------------


def _sealed(rq: Rq, name: str, sha256: str) -> str:
    """Name and key of the file as a field of the form, signed for who sent it: nobody reads others' files."""
    return json.dumps([name, sha256, _signature(rq, name, sha256)], ensure_ascii=False)


def _unsealed(rq: Rq, field: str) -> tuple[str, str]:
    gone = Refused(_("检查过的文件已经不在了，请再选一次文件，先检查再导入。"))
    try:
        name, sha256, signature = json.loads(field)
    except (ValueError, TypeError, RecursionError):
        raise gone from None
    genuine = hmac.compare_digest(str(signature).encode(), _signature(rq, name, sha256).encode())
    if not genuine or not rq.files.exists(sha256):
        raise gone
    return str(name), str(sha256)


def _signature(rq: Rq, name: str, sha256: str) -> str:
    signed = json.dumps(["quiz-import", rq.actor.user_id, name, sha256])
    return hmac.new(rq.edge.secret, signed.encode(), hashlib.sha256).hexdigest()
