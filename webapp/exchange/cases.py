"""Cases from a table, or from a zip of Word files with such a table in it: drafts of the units they name.

A row is known by its own key where it has one, else by its unit with its file or title. What a unit has
written in since, or handed in, is never touched.
"""

from __future__ import annotations

import hashlib
import html
import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation import richtext
from foundation.errors import FieldError, Invalid, Problem
from foundation.text import Text, _
from foundation.visibility import as_system
from foundation.wordcount import word_count
from submissions import queries
from submissions.intake import ParsedCase
from submissions.intake.naming import authors_of
from submissions.queries.exchange import WrittenCase, written_cases
from submissions.values import CallView, CaseStatus, CaseText
from webapp.exchange.archive import Archive
from webapp.exchange.heads import chosen, missing, too_long
from webapp.exchange.models import ImportedCase
from webapp.exchange.units import Tree, UnitView, tree_now
from webapp.exchange.values import Column, Deed, Row, RowError, RowReport

TITLE = Column(
    "title",
    _("标题"),
    _("有 Word 文件时可以留空，从文件里识别"),
    "示例：一本台账解开老疙瘩",
    also=("案例标题", "title"),
)
UNIT = Column(
    "unit", _("单位"), _("必填，单位的全称、简称或代码"), "青溪镇上河村党支部", True,
    ("单位名称", "单位代码", "申报单位", "unit name"),
)  # fmt: skip
CATEGORY = Column("category", _("类别"), _("本次征集的类别名称"), "农村", also=("案例类别",))
SUMMARY = Column(
    "summary", _("内容摘要"), _("选填"), "党员包户，半年化解积案 23 件。", also=("摘要", "abstract")
)
AUTHORS = Column(
    "authors",
    _("作者"),
    _("姓名（职务），几位作者用顿号或分号隔开"),
    "李秀英（支部书记）；周明",
    also=("author",),
)
SINCE = Column(
    "practice_from",
    _("实践开始日期"),
    _("如 2025-03-01"),
    "2025-03-01",
    also=("开始日期", "from", "practice began on"),
)
UNTIL = Column(
    "practice_to", _("实践结束日期"), _("选填"), "2025-12-31", also=("结束日期", "to", "practice ended on")
)
FILE = Column(
    "file", _("Word 文件"), _("压缩包里的文件名；不用 Word 的，把正文写在“正文”一列"), "001.docx",
    also=("文件", "文件名", "word", "word file", "document"),
)  # fmt: skip
FOLDER = Column(
    "folder", _("附件文件夹"), _("压缩包里放照片和附件的文件夹；留空时找与 Word 文件同名的文件夹"), "001",
    also=("附件", "照片", "照片文件夹", "attachments", "attachments folder", "photos"),
)  # fmt: skip
BODY = Column("body", _("正文"), _("没有 Word 文件时填写"), "", also=("案例正文", "text"))
SOURCE = Column("source_line", _("来源"), _("选填"), "", also=("source",))
SIGNOFF = Column("signoff_line", _("署名行"), _("选填"), "", also=("signoff", "signature line"))
KEY = Column(
    "key",
    _("编号"),
    _("选填，您自己的编号；再次导入时用它认出同一个案例"),
    "2026-001",
    also=("序号", "number", "no"),
)
COLUMNS = (
    TITLE, UNIT, CATEGORY, SUMMARY, AUTHORS, SINCE, UNTIL, FILE, FOLDER, BODY, SOURCE, SIGNOFF, KEY,
)  # fmt: skip

_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})(?:\s*[-./月]\s*(\d{1,2})?\s*日?)?(?:\s+[\d:]+)?")
MANIFESTS = ("清单", "manifest", "目录", "list")


@dataclass(frozen=True, slots=True)
class CaseStep:
    """A draft as it shall be. `text` is what the row says; what it leaves empty the document may say.

    `case_id` names the draft to write anew, "" where there is none yet.
    """

    line: int
    key: str
    unit: UnitView
    text: CaseText
    document: str
    files: tuple[str, ...]
    fingerprint: str
    case_id: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """`settled` are rows about which there is nothing to do, with the reason."""

    steps: tuple[CaseStep, ...]
    settled: tuple[RowReport, ...]
    errors: tuple[RowError, ...]
    remarks: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What is there already: units, cases of the call, and what earlier imports made."""

    call: CallView
    tree: Tree
    cases: Mapping[str, WrittenCase]
    imported: Mapping[str, ImportedCase]
    open_until: Mapping[str, datetime]
    """Deadlines by unit, of the units that the rows name."""


def known(db: Session, call_id: str, rows: Sequence[Row]) -> Known:
    """Everything that a plan of these rows must know."""
    with as_system(db):
        call = queries.call(db, call_id)
        tree = tree_now(db)
        units = {unit.id: unit for row in rows if (unit := tree.find(row.get("unit"))) is not None}
        imported = db.scalars(select(ImportedCase).where(ImportedCase.call_id == call_id))
        return Known(
            call=call,
            tree=tree,
            cases={each.case_id: each for each in written_cases(db, call_id)},
            imported={row.key: row for row in imported},
            open_until={unit_id: queries.deadline(db, call, unit_id) for unit_id in units},
        )


def plan(rows: Sequence[Row], there: Known, archive: Archive | None, now: datetime) -> Plan:
    """What the rows would do. `archive` holds the files that they name; None: the table came alone."""
    errors = [*missing(rows, COLUMNS), *too_long(rows, ((KEY, 100), (FILE, 250), (FOLDER, 250)))]
    errors += _window(there, now)
    reader = _Reader(there, archive, now)
    steps, settled = [], []
    for row in rows:
        step, wrong = reader.step(row)
        if step is not None:
            wrong += _of_another_unit(step, row, there)
        errors += wrong
        if step is not None and not wrong:
            done = _settled(step, row, there)
            if done is None:
                steps.append(replace(step, case_id=_case_of(step, there)))
            else:
                settled.append(done)
    errors += _same_key_twice(steps)
    bad = {each.line for each in errors}
    return Plan(
        tuple(step for step in steps if step.line not in bad),
        tuple(settled),
        tuple(sorted(errors, key=lambda each: each.line)),
        reader.remarks(),
    )


def _window(there: Known, now: datetime) -> list[RowError]:
    if there.call.published_at is None:
        return [RowError(0, None, "", _("这个征集活动尚未发布，请先发布再导入案例。"))]
    if now >= max([there.call.closes_at, *there.open_until.values()]):
        return [
            RowError(0, None, "", _("这个征集活动已经截止，不能再导入草稿。如需导入，请先延长截止时间。"))
        ]
    return []


class _Reader:
    """Turns rows into steps; knows which files of the archive were used."""

    def __init__(self, there: Known, archive: Archive | None, now: datetime) -> None:
        self._there = there
        self._archive = archive
        self._now = now
        names = archive.names if archive else ()
        self._names = {_file_key(name): name for name in names}
        self._used: set[str] = set()

    def step(self, row: Row) -> tuple[CaseStep | None, list[RowError]]:
        errors: list[RowError] = []
        unit = self._unit(row, errors)
        document = self._document(row, errors)
        files = self._files(row, document, errors)
        text = CaseText(
            title=row.get("title"),
            summary=row.get("summary"),
            body_html="" if document else paragraphs(row.get("body")),
            category_key=self._category(row, errors),
            authors=authors_of(row.get("authors")),
            practice_from=_day(row, SINCE, errors),
            practice_to=_day(row, UNTIL, errors),
            source_line=row.get("source_line"),
            signoff_line=row.get("signoff_line"),
        )
        if not document and not text.title:
            errors.append(RowError(row.line, TITLE.name, "", _("没有 Word 文件时，标题必须填写")))
        if unit is None:
            return None, errors
        key = _key(row, unit, document, text.title)
        marks = [self._archive.mark(name) for name in (document, *files) if name] if self._archive else []
        said = "\n".join([*(f"{name}={row.values[name]}" for name in sorted(row.values)), *marks])
        fingerprint = hashlib.sha256(said.encode()).hexdigest()
        return CaseStep(row.line, key, unit, text, document, files, fingerprint), errors

    def remarks(self) -> tuple[Text, ...]:
        """Files that no row names."""
        left = [name for name in self._names.values() if name not in self._used and not is_manifest(name)]
        if not left:
            return ()
        shown = "、".join(left[:8]) + ("…" if len(left) > 8 else "")
        return (_("压缩包里有 %(count)s 个文件没有用到：%(names)s", count=len(left), names=shown),)

    def _unit(self, row: Row, errors: list[RowError]) -> UnitView | None:
        written = row.get("unit")
        unit = self._there.tree.find(written) if written else None
        if written and unit is None:
            message = _("系统中没有这个单位，请检查名称，或先导入单位。")
            errors.append(RowError(row.line, UNIT.name, written, message))
        if unit is not None and self._now >= self._there.open_until[unit.id]:
            message = _("对这个单位征集已经截止，不能再新建草稿。")
            errors.append(RowError(row.line, UNIT.name, written, message))
        return unit

    def _category(self, row: Row, errors: list[RowError]) -> str:
        written = row.get("category")
        categories = self._there.call.rules.categories
        if written and (category := chosen(written, categories)) is not None:
            return category.key
        if written:
            names = "、".join(each.name for each in categories)
            message = _("没有这个类别，可以填：%(names)s", names=names)
            errors.append(RowError(row.line, CATEGORY.name, written, message))
        return ""

    def _document(self, row: Row, errors: list[RowError]) -> str:
        written = row.get("file")
        if not written:
            return ""
        if self._archive is None:
            message = _("表格里写了 Word 文件名，请把表格和 Word 文件一起压缩成 ZIP 再上传。")
            errors.append(RowError(row.line, FILE.name, written, message))
            return ""
        for name in (written, f"{written}.docx"):
            found = self._names.get(_file_key(name))
            if found is not None:
                self._used.add(found)
                return found
        errors.append(RowError(row.line, FILE.name, written, _("压缩包里没有这个文件，请检查文件名。")))
        return ""

    def _files(self, row: Row, document: str, errors: list[RowError]) -> tuple[str, ...]:
        if self._archive is None:
            return ()
        written = row.get("folder").strip("/\\")
        folder = _file_key(written) if written else _file_key(posixpath.splitext(document)[0])
        found = tuple(name for key, name in self._names.items() if folder and key.startswith(f"{folder}/"))
        if written and not found:
            message = _("压缩包里没有这个文件夹，或者它是空的。")
            errors.append(RowError(row.line, FOLDER.name, written, message))
        self._used.update(found)
        return found


def _file_key(name: str) -> str:
    return name.replace("\\", "/").strip("/").lower()


def is_manifest(name: str) -> bool:
    """Whether a file of an archive is its list of cases: a table that does not lie in a folder."""
    return "/" not in name and name.lower().endswith((".csv", ".xlsx", ".xls"))


def manifest_of(archive: Archive) -> str:
    """The archive's list of cases; one called so goes before any other table.

    Raises:
        Invalid
    """
    tables = [name for name in archive.names if is_manifest(name)]
    named = [name for name in tables if name.lower().startswith(MANIFESTS)]
    if len(named) == 1:
        return named[0]
    if len(tables) == 1:
        return tables[0]
    if tables:
        reason = _("压缩包里有几个表格，请把列出案例的那个命名为“清单.xlsx”。")
    else:
        reason = _("压缩包里没有列出案例的表格。请下载模板填好，命名为“清单.xlsx”，与 Word 文件一起压缩。")
    raise Invalid([FieldError("file", reason)])


def _key(row: Row, unit: UnitView, document: str, title: str) -> str:
    if row.get("key"):
        return f"key:{row.get('key').lower()}"[:300]
    return (f"{unit.id}/file:{document.lower()}" if document else f"{unit.id}/title:{title}")[:300]


def _same_key_twice(steps: Sequence[CaseStep]) -> list[RowError]:
    seen: dict[str, int] = {}
    errors = []
    for step in steps:
        first = seen.setdefault(step.key, step.line)
        if first != step.line:
            message = _("与第 %(line)s 行重复，请删去其中一行。", line=first)
            errors.append(RowError(step.line, None, step.text.title or step.document, message))
    return errors


def _case_of(step: CaseStep, there: Known) -> str:
    made = there.imported.get(step.key)
    return made.case_id if made is not None and made.case_id in there.cases else ""


def _case_there(step: CaseStep, row: Row, there: Known) -> WrittenCase | None:
    """The case that the row's key means: by its number, or as an earlier import made it."""
    numbered = next((each for each in there.cases.values() if each.number == row.get("key") != ""), None)
    made = there.imported.get(step.key)
    return numbered or (there.cases.get(made.case_id) if made else None)


def _of_another_unit(step: CaseStep, row: Row, there: Known) -> list[RowError]:
    case = _case_there(step, row, there)
    if case is None or case.unit_id == step.unit.id:
        return []
    unit = there.tree.by_id.get(case.unit_id)
    message = _("这个编号已用于“%(unit)s”的案例。请核对单位，或换一个编号。", unit=unit.name if unit else "—")
    return [RowError(row.line, KEY.name, row.get("key"), message)]


def _settled(step: CaseStep, row: Row, there: Known) -> RowReport | None:
    """The row's report if there is nothing to do, and why."""
    label = step.text.title or step.document
    made = there.imported.get(step.key)
    case = _case_there(step, row, there)
    if case is None:
        double = _double(step, there)
        return RowReport(step.line, Deed.SKIP, label, notes=(double,)) if double else None
    if case.status is not CaseStatus.DRAFT:
        note = _("已经提交（%(number)s），不再改动。", number=case.number)
        return RowReport(step.line, Deed.SKIP, label, notes=(note,))
    if made is None or case.revision != made.revision:
        note = _("单位已经在修改这份草稿，导入不覆盖。")
        return RowReport(step.line, Deed.SKIP, label, notes=(note,))
    if step.fingerprint == made.fingerprint:
        return RowReport(step.line, Deed.UNCHANGED, label)
    return None


def _double(step: CaseStep, there: Known) -> Text | None:
    same = (
        each
        for each in there.cases.values()
        if step.text.title and each.unit_id == step.unit.id and each.title == step.text.title
    )
    if next(same, None) is None:
        return None
    return _("“%(unit)s”已有同名的案例，不再重复导入。", unit=step.unit.name)


def _day(row: Row, column: Column, errors: list[RowError]) -> date | None:
    written = row.get(column.key)
    if not written:
        return None
    match = _DAY.fullmatch(written)
    try:
        if match is None:
            raise ValueError(written)
        return date(int(match[1]), int(match[2]), int(match[3] or 1))
    except ValueError:
        errors.append(RowError(row.line, column.name, written, _("请填写日期，例如 2026-11-30")))
        return None


def paragraphs(text: str) -> str:
    """Plain text as a body: a line, a paragraph."""
    return "".join(f"<p>{html.escape(line.strip())}</p>" for line in text.splitlines() if line.strip())


def completed(text: CaseText, parsed: ParsedCase, call: CallView) -> CaseText:
    """The row's words, and the document's where the row says nothing."""
    return replace(
        text,
        title=text.title or parsed.title,
        summary=text.summary or parsed.summary,
        body_html=parsed.body_html,
        category_key=text.category_key or _category_in(parsed.category, call),
        authors=text.authors or parsed.authors,
        source_line=text.source_line or parsed.source_line,
        signoff_line=text.signoff_line or parsed.signoff_line,
    )


def _category_in(written: str, call: CallView) -> str:
    found = chosen(written, call.rules.categories)
    return found.key if found else ""


def notes_on(text: CaseText, unit: UnitView, files: int, findings: Sequence[Text]) -> tuple[Text, ...]:
    """What a person looks at before he lets a draft be written."""
    words = word_count(richtext.plain(text.body_html))
    notes: list[Text] = [
        _("%(unit)s，%(words)s 字，%(files)s 个照片和附件", unit=unit.name, words=words, files=files)
    ]
    if not text.category_key:
        notes.append(_("没有写明类别，由单位自己选择"))
    return (*notes, *findings)


def sentence_of(problem: Problem) -> Text:
    """A refusal as one sentence for a report."""
    return problem.errors[0].message if isinstance(problem, Invalid) and problem.errors else problem.reason
