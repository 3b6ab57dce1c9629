"""What waits for a user, role by role, from the packages' own queries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from foundation.actor import Actor, Role
from foundation.text import Text, _, n_
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


def sections(at: Desk) -> list[Section]:
    """The sections of the user's roles, in the order of an award year."""
    return [section for role, section_of in _SECTIONS if at.actor.has(role) for section in section_of(at)]


# --- branch ----------------------------------------------------------------------------------------


def _branch(at: Desk) -> list[Section]:
    if at.actor.unit_id is None:
        return []
    cases = submissions.cases_of_unit(at.db, at.actor.unit_id)
    calls = {call.id: call for call in at.calls}
    tasks = [task for case in cases if (task := _case_task(at, case, calls.get(case.call_id)))]
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
    counts = submissions.filling(at.db, call.id)
    handed_in = sum(counts.by_category.values())
    if state is WindowState.NOT_YET:
        return Task(call.title, url, icon, _("已发布，尚未开始征集"), "info")
    text = _("已收 %(n)s 个案例，另有 %(drafts)s 个草稿", n=handed_in, drafts=counts.drafts)
    due = call.closes_at if state is WindowState.OPEN else None
    return Task(call.title, url, icon, text, "ok" if due else "", due, call.timezone)


_SECTIONS: tuple[tuple[Role, Callable[[Desk], list[Section]]], ...] = (
    (Role.SUBMITTER, _branch),
    (Role.RECOMMENDER, _superior),
    (Role.ORGANISER, _organiser),
)
