"""What waits for a user, role by role, from the packages' own queries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from casebook import queries as casebook
from casebook.editing import queries as editing
from casebook.editing.values import LetterKind, LetterView
from casebook.making import queries as making
from casebook.reviewing import queries as reviewing
from casebook.values import EditionView
from foundation.actor import Actor, Role
from foundation.display import date_of
from foundation.errors import Forbidden
from foundation.text import Text, _, n_
from judging import queries as judging
from judging.values import InvitationState, RoundState
from judging.views import InvitationView, StatementView, Winner
from submissions import queries as submissions
from submissions.rules.windows import window_state
from submissions.values import CallView, CaseStatus, CaseView, WindowState


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to go on with. `kind` colours it (todo ok err info), `icon` is a Tabler name."""

    title: str | Text
    url: str
    icon: str
    text: Text | None = None
    kind: str = ""
    due: datetime | None = None
    timezone: str = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class Section:
    """What waits in one role; `tiles` are (number, name, url), `empty` is said when there is no task."""

    title: Text
    tasks: Sequence[Task]
    empty: Text
    link: tuple[str, Text] | None = None
    tiles: Sequence[tuple[int, Text, str]] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Desk:
    """What every section needs to know."""

    db: Session
    actor: Actor
    now: datetime
    calls: Sequence[CallView]

    def in_state(self, *states: WindowState) -> list[CallView]:
        """The calls whose window is in one of these states now."""
        return [call for call in self.calls if self.state(call) in states]

    def state(self, call: CallView) -> WindowState:
        return window_state(
            published_at=call.published_at, opens_at=call.opens_at, closes_at=call.closes_at, at=self.now
        )


def desk(db: Session, *, actor: Actor, now: datetime) -> Desk:
    return Desk(db, actor, now, submissions.calls(db))


def open_calls(at: Desk) -> list[CallView]:
    """Published calls that take cases now or will: the nearest deadline first."""
    coming = at.in_state(WindowState.OPEN, WindowState.NOT_YET)
    return sorted(coming, key=lambda call: call.closes_at)


LATEST = 6


def latest_winners(at: Desk) -> tuple[CallView, list[Winner]] | None:
    """The awarded cases of the call that was decided last, the highest prizes first."""
    for call in sorted(at.in_state(WindowState.CLOSED), key=lambda each: each.closes_at, reverse=True):
        if found := judging.winners(at.db, call):
            return call, found[:LATEST]
    return None


def sections(at: Desk) -> list[Section]:
    """The sections of the user's roles, in the order of an award year."""
    return [section for role, section_of in _SECTIONS if at.actor.has(role) for section in section_of(at)]


# --- branch ----------------------------------------------------------------------------------------


def _branch(at: Desk) -> list[Section]:
    if at.actor.unit_id is None:
        return []
    cases = submissions.cases_of_unit(at.db, at.actor.unit_id)
    calls = {call.id: call for call in at.calls}
    tasks = [_statement_task(each) for each in judging.statements_asked(at.db, at.actor) if _open(each)]
    tasks += [_letter_task(at, each) for each in editing.waiting_for(at.db, at.actor.unit_id)]
    tasks += [task for case in cases if (task := _case_task(at, case, calls.get(case.call_id)))]
    started = {case.call_id for case in cases}
    tasks += [_start_task(call) for call in at.in_state(WindowState.OPEN) if call.id not in started]
    return [
        Section(
            title=_("本单位的申报"),
            tasks=tasks,
            empty=_("没有需要处理的案例。新的征集活动开始后会出现在这里。"),
            link=("/cases", _("全部申报")),
        )
    ]


def _open(asked: StatementView) -> bool:
    return asked.given_at is None and not asked.ruled


def _statement_task(asked: StatementView) -> Task:
    """What somebody objected to the unit's case and the organiser asks about."""
    text = _("有人提出异议，请在 %(due)s 前提交说明", due=date_of(asked.due_on))
    return Task(asked.line.title, f"/objections/statements/{asked.id}", "gavel", text, "todo")


def _letter_task(at: Desk, letter: LetterView) -> Task:
    """What an editor asks about the text of the unit's case in a book."""
    due = date_of(letter.due_on)
    if letter.kind is LetterKind.QUESTIONS:
        text = _("编辑有问题请您答复，期限 %(due)s", due=due)
    else:
        text = _("请确认编入选编的书稿，期限 %(due)s", due=due)
    title = editing.current_round(at.db, letter.entry_id).text.title
    kind = "err" if letter.due_on < at.now.date() else "todo"
    return Task(title, f"/cases/{letter.case_id}/editing", "mail", text, kind)


def _case_task(at: Desk, case: CaseView, call: CallView | None) -> Task | None:
    if call is None:
        return None
    url = f"/cases/{case.id}"
    title = case.title or _("（还没有标题）")
    if case.status is CaseStatus.RETURNED:
        due = case.return_due_at or call.closes_at
        return Task(
            title, url, "arrow-back-up", _("被退回，请按意见修改后重新提交"), "err", due, call.timezone
        )
    window = submissions.window_for(at.db, call, case, at.now)
    if case.status in (CaseStatus.DRAFT, CaseStatus.WITHDRAWN) and window is WindowState.OPEN:
        text = _("草稿，尚未提交：%(call)s", call=call.title)
        due = submissions.deadline(at.db, call, case.unit_id)
        return Task(title, url, "pencil", text, "todo", due, call.timezone)
    return None


def _start_task(call: CallView) -> Task:
    text = _("正在征集，本单位还没有开始申报")
    return Task(call.title, f"/calls/{call.slug}", "news", text, "info", call.closes_at, call.timezone)


# --- superior --------------------------------------------------------------------------------------


def _superior(at: Desk) -> list[Section]:
    tasks = []
    for call in at.in_state(WindowState.OPEN, WindowState.GRACE, WindowState.CLOSED):
        if not call.rules.needs_recommendation:
            continue
        cases = submissions.handed_in(at.db, call.id, status=CaseStatus.SUBMITTED, below=at.actor.unit_path)
        given = submissions.recommendations(at.db, [case.id for case in cases])
        waiting = sum(1 for case in cases if not given.get(case.id))
        if waiting:
            text = n_("%(n)s 个下级案例等待推荐", "%(n)s 个下级案例等待推荐", waiting)
            tasks.append(Task(call.title, "/recommendations", "flag", text, "todo"))
    return [
        Section(
            title=_("推荐"),
            tasks=tasks,
            empty=_("没有等待推荐的案例。"),
            link=("/recommendations", _("全部案例")),
        )
    ]


# --- organiser -------------------------------------------------------------------------------------


def _organiser(at: Desk) -> list[Section]:
    tasks = [_call_task(at, call) for call in at.calls[:8]]
    return [
        Section(
            title=_("征集活动"),
            tasks=tasks,
            empty=_("还没有征集活动。新建一个，填好通知和规则，预览后发布。"),
            link=("/organise", _("组织工作")),
        )
    ]


_STATE_ICONS = {
    WindowState.UNPUBLISHED: "pencil",
    WindowState.NOT_YET: "calendar-time",
    WindowState.OPEN: "inbox",
    WindowState.GRACE: "hourglass-high",
    WindowState.CLOSED: "clipboard-list",
}


def _call_task(at: Desk, call: CallView) -> Task:
    state = at.state(call)
    icon = _STATE_ICONS[state]
    url = f"/organise/calls/{call.id}"
    if state is WindowState.UNPUBLISHED:
        return Task(call.title, url, icon, _("尚未发布"), "todo")
    if state is WindowState.NOT_YET:
        return Task(call.title, url, icon, _("已发布，尚未开始征集"), "info")
    counts = submissions.filling(at.db, call.id)
    handed_in = sum(counts.by_category.values())
    if state is WindowState.OPEN:
        text = _("已收 %(n)s 个案例，另有 %(drafts)s 个草稿", n=handed_in, drafts=counts.drafts)
        return Task(call.title, url, icon, text, "ok", call.closes_at, call.timezone)
    return _after_closing(at, call, handed_in)


def _decided(at: Desk, call: CallView, url: str) -> Task:
    """A decision that waits for its notice, a notice that runs or waits for rulings, or final awards."""
    notices = judging.notices(at.db, call.id)
    if not notices:
        return Task(call.title, f"{url}/notice", "news", _("奖项已评定，等待发布公示"), "todo")
    latest = notices[0]
    if latest.final_at is not None:
        prizes = len(judging.awards(at.db, call.id))
        text = n_("已授奖 %(n)s 个案例", "已授奖 %(n)s 个案例", prizes)
        return Task(call.title, url, "award", text, "ok")
    if open_count := judging.open_objections(at.db, latest.id, at.now):
        text = n_("公示中，有 %(n)s 件异议待裁定", "公示中，有 %(n)s 件异议待裁定", open_count)
        return Task(call.title, f"{url}/notice", "gavel", text, "todo", latest.ends_at, call.timezone)
    return Task(call.title, f"{url}/notice", "news", _("公示中"), "info", latest.ends_at, call.timezone)


def _after_closing(at: Desk, call: CallView, handed_in: int) -> Task:
    """The window is closed: judging is to be opened, goes on, or is done."""
    url = f"/organise/calls/{call.id}/judging"
    try:
        view = judging.organised(at.db, at.actor, call)
        if view is None:
            text = _("征集已截止，收到 %(n)s 个案例，可以开始评审", n=handed_in)
            return Task(call.title, url, "clipboard-list", text, "todo")
        if view.state is RoundState.DECIDED:
            return _decided(at, call, url)
        whole = judging.progress(at.db, at.actor, view).whole
    except Forbidden:
        text = _("您是这次评审的评委，评审由其他组织者管理")
        return Task(call.title, "/judging", "scale", text)
    if whole.assigned and whole.unfinished == 0:
        text = _("评分表已全部交齐，可以确定奖项")
        return Task(call.title, url, "trophy", text, "todo")
    text = _("评审中：已交 %(done)s 份评分表，共 %(all)s 份", done=whole.handed_in, all=whole.assigned)
    return Task(call.title, url, "scale", text, "info", view.closes_at, call.timezone)


# --- juror -----------------------------------------------------------------------------------------


def _juror(at: Desk) -> list[Section]:
    mine = judging.invitations(at.db, at.actor)
    tasks = [task for each in mine if (task := _read_task(each))]
    return [
        Section(
            title=_("我的评审"),
            tasks=tasks,
            empty=_("没有等待评审的案例。收到邀请或分配后会出现在这里。"),
            link=("/judging", _("全部评审")),
        )
    ]


def _read_task(mine: InvitationView) -> Task | None:
    call, view = mine.round.call, mine.round
    if view.state is not RoundState.OPEN:
        return None
    if mine.seat.state is InvitationState.INVITED:
        text = _("邀请您担任评委，请答复")
        return Task(call.title, "/judging", "mail", text, "info", view.closes_at, call.timezone)
    left = mine.assigned - mine.handed_in
    if not mine.assigned:
        return Task(call.title, "/judging", "hourglass-high", _("已接受邀请，等待分配案例"))
    if left == 0:
        return Task(call.title, "/judging", "circle-check", _("评分表已全部交齐，谢谢"), "ok")
    text = _(
        "已评完 %(complete)s 份，已交 %(done)s 份，共 %(all)s 份",
        complete=mine.complete,
        done=mine.handed_in,
        all=mine.assigned,
    )
    return Task(call.title, "/judging", "scale", text, "todo", view.closes_at, call.timezone)


# --- editor ----------------------------------------------------------------------------------------


def _editor(at: Desk) -> list[Section]:
    books = casebook.editions(at.db)
    tasks = _review_tasks(at) + [_book_task(at, book) for book in books if book.archived_at is None]
    begun = {call_id for book in books for call_id in casebook.call_ids_of(at.db, book)}
    for call, count in casebook.calls_with_awards(at.db):
        if call.id not in begun:
            text = n_("%(n)s 个获奖案例，还没有选编", "%(n)s 个获奖案例，还没有选编", count)
            tasks.append(Task(call.title, "/editions", "book-2", text, "info"))
    return [
        Section(
            title=_("选编"),
            tasks=tasks,
            empty=_("授奖之后，就可以在这里开始编书。"),
            link=("/editions", _("全部选编")),
        )
    ]


def _review_tasks(at: Desk) -> list[Task]:
    """Texts that were given to this editor to review or proofread, and those that came back to him."""
    tasks = []
    for book, count, back in reviewing.waiting_for(at.db, at.actor):
        url = f"/editions/{book.id}/reviews"
        if back:
            text = n_("有 %(n)s 篇退给您修改", "有 %(n)s 篇退给您修改", back)
            tasks.append(Task(book.title, f"{url}?show=returned", "arrow-back-up", text, "err"))
        if count:
            text = n_("有 %(n)s 篇等您审校", "有 %(n)s 篇等您审校", count)
            tasks.append(Task(book.title, f"{url}?show=mine", "clipboard-check", text, "todo"))
    return tasks


def _book_task(at: Desk, book: EditionView) -> Task:
    url = f"/editions/{book.id}"
    waiting = len(
        casebook.new_awards(at.db, casebook.call_ids_of(at.db, book), casebook.chapters(at.db, book.id))
    )
    if waiting:
        text = n_("有 %(n)s 个新获奖案例没有编入", "有 %(n)s 个新获奖案例没有编入", waiting)
        return Task(book.title, url, "plus", text, "todo")
    build = making.latest(at.db, book.id)
    if build is None:
        return Task(book.title, url, "pencil", _("还没有生成 Word 文件"), "todo")
    if build.active:
        return Task(book.title, url, "refresh", _("正在生成 Word 文件"), "info")
    if build.downloadable and build.edition_revision == book.revision:
        return Task(book.title, url, "circle-check", _("Word 文件是最新的"), "ok")
    return Task(book.title, url, "refresh", _("最近的 Word 文件之后有改动"), "todo")


_SECTIONS: tuple[tuple[Role, Callable[[Desk], list[Section]]], ...] = (
    (Role.SUBMITTER, _branch),
    (Role.RECOMMENDER, _superior),
    (Role.ORGANISER, _organiser),
    (Role.JUROR, _juror),
    (Role.EDITOR, _editor),
)
