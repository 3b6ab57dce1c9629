"""Cases of a file, one after the other: read the document, store its pictures and files, write the draft."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from foundation import mail, people
from foundation.actor import Actor, Role
from foundation.body import Upload
from foundation.clock import Clock
from foundation.db import Database
from foundation.errors import Problem, Refused
from foundation.files import FileStore
from foundation.text import Text, _, n_
from submissions.intake import ParsedCase, read_document
from submissions.pages import uploading
from submissions.service import NewFile
from submissions.service.taking_in import take_in
from submissions.values import CallView, CaseText, DraftView
from webapp.exchange import cases
from webapp.exchange.archive import Archive
from webapp.exchange.cases import CaseStep, sentence_of
from webapp.exchange.models import ImportedCase
from webapp.exchange.values import (
    Deed,
    Outcome,
    Progress,
    Report,
    Row,
    RowError,
    RowReport,
    RunView,
)

_PHOTOS_AND_FILES = uploading.PHOTOS | uploading.KINDS.keys()


class CaseWriter:
    """Checks and writes the cases of one import. Each draft is a transaction of its own: what is written
    stays written, whatever happens to the next."""

    def __init__(
        self, database: Database, files: FileStore, clock: Clock, *, run: RunView, actor: Actor, site: str
    ) -> None:
        self._database = database
        self._files = files
        self._clock = clock
        self._run = run
        self._actor = actor
        self._site = site

    def check(
        self, rows: Sequence[Row], archive: Archive | None, report: Report, progress: Progress
    ) -> Outcome:
        """Read every document and say what would be written."""
        plan, call = self._plan(rows, archive)
        reports = list(plan.settled)
        errors = [*report.errors, *plan.errors]
        for number, step in enumerate(plan.steps):
            progress(number, len(plan.steps))
            try:
                reports.append(self._look(step, archive, call))
            except Problem as problem:
                errors.append(_error(step, problem))
        return Outcome(_report(reports, errors, (*report.remarks, *plan.remarks)))

    def apply(
        self, rows: Sequence[Row], archive: Archive | None, report: Report, progress: Progress
    ) -> Outcome:
        """Write the drafts, and tell the units' people once for all of them."""
        plan, call = self._plan(rows, archive)
        reports = list(plan.settled)
        errors = [*report.errors, *plan.errors]
        created: dict[str, int] = {}
        for number, step in enumerate(plan.steps):
            progress(number, len(plan.steps))
            try:
                reports.append(self._write(step, archive, call))
            except IntegrityError:  # another worker has written this row at the same moment
                reports.append(RowReport(step.line, Deed.SKIP, step.text.title or step.document))
                continue
            except Problem as problem:
                errors.append(_error(step, problem))
                continue
            if not step.case_id:
                created[step.unit.id] = created.get(step.unit.id, 0) + 1
        with self._database.write() as db:
            self._tell(db, call, created)
        return Outcome(_report(reports, errors, (*report.remarks, *plan.remarks)))

    def _plan(self, rows: Sequence[Row], archive: Archive | None) -> tuple[cases.Plan, CallView]:
        with self._database.read() as db:
            there = cases.known(db, self._run.call_id or "", rows)
            return cases.plan(rows, there, archive, self._clock.now()), there.call

    def _look(self, step: CaseStep, archive: Archive | None, call: CallView) -> RowReport:
        text, parsed = self._text(step, archive, call)
        _check_files(step)
        pictures = len(parsed.pictures) if parsed else 0
        deed = Deed.CHANGE if step.case_id else Deed.CREATE
        findings = parsed.findings if parsed else ()
        open_findings = [each for each in findings if not _is_settled(each, step.text)]
        notes = cases.notes_on(text, step.unit, pictures + len(step.files), open_findings)
        return RowReport(step.line, deed, text.title, notes=notes)

    def _text(
        self, step: CaseStep, archive: Archive | None, call: CallView
    ) -> tuple[CaseText, ParsedCase | None]:
        """What the row and its document say together.

        Raises:
            Problem: the document cannot be read, or nobody has given a title.
        """
        if not step.document or archive is None:
            return step.text, None
        parsed = read_document(step.document, archive.read(step.document))
        text = cases.completed(step.text, parsed, call)
        if not text.title:
            raise Refused(_("文件里没有识别出标题，请在表格的“标题”一列写明。"))
        return text, parsed

    def _write(self, step: CaseStep, archive: Archive | None, call: CallView) -> RowReport:
        text, parsed = self._text(step, archive, call)
        _check_files(step)
        pictures = uploading.stored_pictures(self._files, parsed) if parsed else []
        files = list(self._stored(step, archive))
        with self._database.write() as db:
            draft = take_in(
                db,
                actor=self._actor,
                now=self._clock.now(),
                call_id=call.id,
                unit=people.unit(db, step.unit.id),
                text=text,
                pictures=pictures,
                files=files,
                case_id=step.case_id,
            )
            self._remember(db, step, draft)
        deed = Deed.CHANGE if step.case_id else Deed.CREATE
        return RowReport(
            step.line,
            deed,
            text.title,
            notes=cases.notes_on(text, step.unit, len(pictures) + len(files), ()),
        )

    def _stored(self, step: CaseStep, archive: Archive | None) -> Iterator[NewFile]:
        for name in step.files if archive else ():
            data = archive.read(name) if archive else b""
            upload = Upload(_last(name), "application/octet-stream", len(data), io.BytesIO(data))
            yield uploading.stored(self._files, upload)

    def _remember(self, db: Session, step: CaseStep, draft: DraftView) -> None:
        row = db.scalar(
            select(ImportedCase).where(
                ImportedCase.call_id == self._run.call_id, ImportedCase.key == step.key
            )
        )
        if row is None:
            row = ImportedCase(call_id=self._run.call_id or "", key=step.key)
            db.add(row)
        row.case_id, row.revision = draft.case_id, draft.revision
        row.fingerprint, row.run_id = step.fingerprint, self._run.id

    def _tell(self, db: Session, call: CallView, created: dict[str, int]) -> None:
        """One letter to each submitter of a unit for which drafts were written."""
        for user in people.users_with(db, Role.SUBMITTER):
            count = created.get(user.unit_id or "", 0)
            if count:
                mail.queue(
                    db,
                    now=self._clock.now(),
                    to=user.email,
                    subject=_("《%(call)s》：有案例草稿等您核对", call=call.title),
                    body=_letter(user.name, call, count, self._site),
                )


def _letter(name: str, call: CallView, count: int, site: str) -> Text:
    return n_(
        "%(name)s：\n\n组织单位为贵单位导入了 %(n)s 份《%(call)s》的案例草稿，还没有提交。"
        "请登录后在“我的申报”中核对、补充，签署真实性承诺后提交：\n\n%(link)s\n",
        "%(name)s：\n\n组织单位为贵单位导入了 %(n)s 份《%(call)s》的案例草稿，还没有提交。"
        "请登录后在“我的申报”中核对、补充，签署真实性承诺后提交：\n\n%(link)s\n",
        count,
        name=name,
        call=call.title,
        link=f"{site}/cases",
    )


def _is_settled(finding: Text, said: CaseText) -> bool:
    """Whether the document lacks something that the row says: the unit always, other fields where filled."""
    given = {"单位": True, "标题": said.title, "作者": said.authors, "摘要": said.summary}
    lacks = finding.msgid.startswith(("没有找到", "文件没有单独的"))
    return lacks and any(bool(value) and word in finding.msgid for word, value in given.items())


def _check_files(step: CaseStep) -> None:
    for name in step.files:
        kind = PurePosixPath(name).suffix.lower().removeprefix(".")
        if kind not in _PHOTOS_AND_FILES:
            raise Refused(
                _(
                    "附件“%(name)s”的类型不能接收。可以放照片、PDF、Word、Excel、PPT、TXT、MP3、MP4 和 ZIP。",
                    name=_last(name),
                )
            )


def _last(name: str) -> str:
    return name.rsplit("/", 1)[-1]


def _error(step: CaseStep, problem: Problem) -> RowError:
    return RowError(step.line, None, step.text.title or step.document, sentence_of(problem))


def _report(rows: Sequence[RowReport], errors: Sequence[RowError], remarks: tuple[Text, ...]) -> Report:
    return Report(
        tuple(sorted(rows, key=lambda row: row.line)),
        tuple(sorted(errors, key=lambda each: each.line)),
        remarks,
    )
