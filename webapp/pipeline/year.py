"""The year itself: accounts, call, submissions, judging, prizes, library, casebook, step by step."""

from __future__ import annotations

import csv
import hashlib
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from casebook import queries as casebook
from casebook import service as books
from casebook.book import Profile
from casebook.making import queries as making
from casebook.making.service import request_build
from casebook.making.values import BuildState, Output
from casebook.matters.service import add_matter
from casebook.matters.values import Place
from casebook.values import EditionDetails
from foundation import journal, people
from foundation.actor import Actor, Role
from foundation.clock import FixedClock
from foundation.errors import Invalid, Problem
from judging import queries as judging
from judging import service as jury
from judging.values import CommentKind
from judging.views import RoundView
from submissions import service as collecting
from submissions.values import Pledge
from webapp.pipeline import checking, filling
from webapp.pipeline.marks import Marks
from webapp.pipeline.reading import JURORS
from webapp.pipeline.values import CannotRun, CaseReport, FileReport, FilledCase, Plan, Report
from webapp.pipeline.writing import StoredDocument, store, write_draft
from webapp.wiring import Product

BOOK = "casebook.docx"
STANDINGS = "standings.csv"
TIE_REASON = "并列案例按文件名的先后授奖（流水线试运行的约定）。"


@dataclass(slots=True)
class Cast:
    """Who acts."""

    organiser: Actor
    editor: Actor
    jurors: list[Actor]
    submitters: dict[str, Actor] = field(default_factory=dict)


class Year:
    """Runs a plan on an empty product whose clock is `clock`; the results are in `report`."""

    def __init__(
        self, product: Product, clock: FixedClock, plan: Plan, marks: Marks, marks_file: str
    ) -> None:
        self._product = product
        self._clock = clock
        self._plan = plan
        self._marks = marks
        self._cases = [filling.filled(each, plan) for each in plan.cases]
        self._by_case: dict[str, CaseReport] = {}
        self._stored: dict[str, StoredDocument] = {}
        proposal = plan.proposal
        self.report = Report(
            call_title=proposal.title,
            call_document=plan.call_document,
            theme=proposal.theme,
            opens_at=plan.opens_at,
            closes_at=plan.closes_at,
            timezone=proposal.timezone,
            categories=tuple(each.name for each in proposal.rules.categories),
            prizes=tuple((each.name, each.quota) for each in proposal.rules.prizes),
            marks_file=marks_file,
            marks_generated=marks.generated,
            cases=[
                CaseReport(each.source.name, each.text.title, each.unit, supplied=each.supplied)
                for each in self._cases
            ],
            skipped=plan.skipped,
        )

    def run(self, out: Path) -> None:
        """All steps in order; files go into `out`.

        Raises:
            CannotRun: nothing could be submitted.
            Problem: a service refused something the pipeline does for everybody.
        """
        self._product.indexer.rebuild()  # an empty one, so that the first search does not find it missing
        with self._timed("call"):
            cast, call_id = self._open_call()
        with self._timed("submit"):
            self._submit(cast, call_id)
        if not self.report.submitted:
            raise CannotRun("No case could be submitted:\n" + "\n".join(_refusals(self.report.cases)))
        with self._timed("judge"):
            self._judge(cast, call_id)
        with self._timed("library"):
            self._drain()
            self._check_library()
        with self._timed("casebook"):
            self._compile(cast, call_id, out / BOOK)
        _write_standings(out / STANDINGS, self.report.cases)
        with self._product.database.read() as db:
            self.report.journal_entries = _verified_journal(db)
        self.report.files = [
            FileReport(name, (out / name).stat().st_size)
            for name in (BOOK, STANDINGS)
            if (out / name).exists()
        ]

    @contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.report.seconds.append((name, time.perf_counter() - started))

    def _drain(self) -> None:
        """What a running server's worker does: subscriptions and mail, until nothing is left."""
        while self._product.worker.run_once():
            pass

    # --- the call --------------------------------------------------------------------------------

    def _open_call(self) -> tuple[Cast, str]:
        """Accounts and the published call, a day before its window opens."""
        now = self._plan.opens_at - timedelta(days=1)
        self._clock.set(now)
        with self._product.database.write() as db:
            cast = _cast(db, now, [each.unit for each in self._cases])
            made = collecting.create_call(db, actor=cast.organiser, now=now, proposal=self._plan.proposal)
            collecting.publish_call(db, actor=cast.organiser, now=now, call_id=made.id)
        return cast, made.id

    # --- submissions -----------------------------------------------------------------------------

    def _submit(self, cast: Cast, call_id: str) -> None:
        """Each case at its own moment inside the window, in a transaction of its own."""
        self._stored = {
            case.source.name: store(self._product.files, case.source, case.parsed) for case in self._cases
        }
        window = self._plan.closes_at - self._plan.opens_at
        for place, (case, report) in enumerate(zip(self._cases, self.report.cases, strict=True), start=1):
            self._clock.set(self._plan.opens_at + window * place / (len(self._cases) + 1))
            try:
                with self._product.database.write() as db:
                    self._submit_one(db, cast.submitters[case.unit], call_id, case, report)
            except Invalid as refused:
                report.refused = tuple(each.message for each in refused.errors)
            except Problem as refused:
                report.refused = (refused.reason,)

    def _submit_one(
        self, db: Session, actor: Actor, call_id: str, case: FilledCase, report: CaseReport
    ) -> None:
        now = self._clock.now()
        draft = write_draft(
            db, actor=actor, now=now, call_id=call_id, document=self._stored[case.source.name], text=case.text
        )
        report.words, case_id = draft.word_count, draft.case_id
        digest = hashlib.sha256(case.source.data).hexdigest()
        receipt = collecting.submit_case(
            db,
            actor=actor,
            now=now,
            case_id=case_id,
            key=f"pipeline-{digest[:40]}",
            pledge=Pledge(accepted=True, name=actor.name),
            signing_key=self._product.edge.secret,
        )
        report.case_id, report.number, report.received_at = case_id, receipt.number, receipt.received_at
        self._by_case[case_id] = report

    # --- judging ---------------------------------------------------------------------------------

    def _judge(self, cast: Cast, call_id: str) -> None:
        """After the window: a panel, its marks, the standings by the call's rule, the prizes."""
        self._clock.set(self._plan.closes_at + timedelta(hours=9))
        with self._product.database.write() as db:
            collecting.close_due(db, now=self._clock.now())
            view = self._open_round(db, cast, call_id)
        for number, juror in enumerate(cast.jurors, start=1):
            self._clock.advance(timedelta(hours=3))
            with self._product.database.write() as db:
                self._mark(db, cast, view, number, juror)
        self._clock.advance(timedelta(days=1))
        with self._product.database.write() as db:
            self._decide(db, cast.organiser, view.id)

    def _open_round(self, db: Session, cast: Cast, call_id: str) -> RoundView:
        now, organiser = self._clock.now(), cast.organiser
        view = jury.open_judging(db, actor=organiser, now=now, call_id=call_id)
        for juror in cast.jurors:
            jury.invite_juror(db, actor=organiser, now=now, round_id=view.id, user_id=juror.user_id)
            jury.respond_to_invitation(db, actor=juror, now=now, round_id=view.id, accept=True, pledge=True)
        jury.assign_evenly(db, actor=organiser, now=now, round_id=view.id, reads=JURORS)
        return view

    def _mark(self, db: Session, cast: Cast, view: RoundView, number: int, juror: Actor) -> None:
        board = judging.assignment_board(db, cast.organiser, view)
        now = self._clock.now()
        for reads in board.reads.values():
            for read in reads:
                if read.juror_id != juror.user_id:
                    continue
                card = self._marks.cards[self._by_case[read.case_id].file, number]
                for key, value in card.marks.items():
                    jury.save_mark(
                        db, actor=juror, now=now, assignment_id=read.id, criterion_key=key, value=value
                    )
                if card.comment:
                    jury.save_comment(
                        db,
                        actor=juror,
                        now=now,
                        assignment_id=read.id,
                        kind=CommentKind.AUTHOR,
                        words=card.comment,
                    )
        jury.hand_in_all(db, actor=juror, now=now, round_id=view.id)

    def _decide(self, db: Session, organiser: Actor, round_id: str) -> None:
        now = self._clock.now()
        jury.close_round(db, actor=organiser, now=now, round_id=round_id)
        board = judging.board(db, organiser, judging.round_by_id(db, round_id))
        chosen = dict(board.proposal.certain)
        for tie in board.proposal.ties:
            by_name = sorted(tie.case_ids, key=lambda case_id: self._by_case[case_id].file)
            places = [key for key, count in tie.places for _place in range(count)]
            chosen.update(zip(by_name, places, strict=False))
        decided = jury.decide_prizes(
            db,
            actor=organiser,
            now=now,
            round_id=round_id,
            chosen=chosen,
            digest=board.digest,
            reason=TIE_REASON if board.proposal.ties else "",
        )
        jury.publish_decision(db, actor=organiser, now=now, round_id=round_id)
        for row in board.rows:
            self._by_case[row.case_id].rank = row.rank
            self._by_case[row.case_id].score = str(row.precise or row.shown or "")
        for each in decided:
            self._by_case[each.case_id].prize = each.prize_name

    # --- library and book ------------------------------------------------------------------------

    def _check_library(self) -> None:
        with self._product.database.read() as db:
            found = checking.checked(db, self._product.shelf, self.report.cases, self._plan.queries)
            self.report.queries = list(found)

    def _compile(self, cast: Cast, call_id: str, target: Path) -> None:
        """An edition by prizes, built by the worker as from the editor's page."""
        self._clock.advance(timedelta(days=7))
        now, book = self._clock.now(), self._plan.book
        with self._product.database.write() as db:
            edition_id = books.open_edition(db, actor=cast.editor, now=now, call_id=call_id, title=book.title)
            edition = casebook.edition(db, edition_id)
            details = EditionDetails(
                title=book.title,
                subtitle=book.subtitle,
                publisher=book.publisher,
                compiler=book.compiler,
                year=now.year,
                profile=Profile.INTERNAL,
            )
            books.change_details(
                db,
                actor=cast.editor,
                now=now,
                edition_id=edition_id,
                revision=edition.details_revision,
                details=details,
            )
            add_matter(
                db,
                actor=cast.editor,
                now=now,
                edition_id=edition_id,
                place=Place.FRONT,
                heading="前言",
                body=book.foreword or self._foreword(),
            )
            number = request_build(db, actor=cast.editor, now=now, edition_id=edition_id)
        self._drain()
        with self._product.database.read() as db:
            build = making.build(db, edition_id, number)
        word = build.file(Output.WORD)
        if build.state is not BuildState.DONE or word is None:
            raise CannotRun(f"The casebook was not built: {'; '.join(build.log) or build.state}")
        target.write_bytes(self._product.books.read(word.sha256))
        self.report.book_title, self.report.book_pages = book.title, build.pages
        self.report.book_findings = build.log

    def _foreword(self) -> str:
        """What there is to say before the cases where nobody has written a foreword: how they were chosen."""
        report, rules = self.report, self._plan.proposal.rules
        zone = ZoneInfo(report.timezone)
        first = report.opens_at.astimezone(zone)
        last = report.closes_at.astimezone(zone) - timedelta(microseconds=1)
        prizes = "、".join(
            f"{each.name}{count}篇"
            for each in rules.prizes
            if (count := sum(case.prize == each.name for case in report.cases))
        )
        return (
            f"<p>“{escape(report.call_title)}”于{first.year}年{first.month}月{first.day}日至"
            f"{last.year}年{last.month}月{last.day}日征集案例，收到{len(report.submitted)}篇。"
            f"{JURORS}位评委按{'、'.join(each.name for each in rules.criteria)}"
            f"{len(rules.criteria)}项标准独立评分，按公布的规则排名，评出{prizes}。</p>"
            "<p>本书按奖项编排，收录全部获奖案例。文字保留来稿原貌，来源和编辑署名列于文末。</p>"
        )


def _cast(db: Session, now: datetime, units: Sequence[str]) -> Cast:
    """The people of a trial year; nobody can sign in as them, they have no passwords."""
    head = people.add_unit(db, name="组织单位")

    def person(key: str, name: str, roles: Sequence[Role], unit: people.Unit | None) -> Actor:
        email = f"{key}@pipeline.invalid"
        return people.actor_of(people.add_user(db, now=now, email=email, name=name, roles=roles, unit=unit))

    cast = Cast(
        organiser=person("organiser", "组织单位", [Role.ORGANISER], head),
        editor=person("editor", "编辑", [Role.EDITOR], head),
        jurors=[person(f"juror{n}", f"评委{n}", [Role.JUROR], None) for n in range(1, JURORS + 1)],
    )
    for place, name in enumerate(dict.fromkeys(units), start=1):
        unit = people.add_unit(db, name=name, parent=head)
        cast.submitters[name] = person(f"unit{place}", f"{name}联系人"[:100], [Role.SUBMITTER], unit)
    return cast


def _refusals(cases: Sequence[CaseReport]) -> Iterator[str]:
    for case in cases:
        yield f"{case.file}: {' '.join(map(str, case.refused))}"


def _write_standings(file: Path, cases: Sequence[CaseReport]) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as target:
        rows = csv.writer(target)
        rows.writerow(["rank", "score", "prize", "title", "unit", "file", "number"])
        for case in sorted(cases, key=lambda each: (each.rank is None, each.rank or 0, each.file)):
            rows.writerow([case.rank, case.score, case.prize, case.title, case.unit, case.file, case.number])


def _verified_journal(db: Session) -> int:
    """How many entries the year has left.

    Raises:
        CannotRun: their chain is broken, which must not happen.
    """
    result = journal.verify(db)
    if result.broken_at is not None:
        raise CannotRun(f"The journal is broken at entry {result.broken_at}.")
    return result.entries
