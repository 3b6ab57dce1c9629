"""Writing a case: start, the editor, its files, who else may write."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from foundation.errors import FieldError, Invalid, Problem, Refused
from foundation.forms import validated
from foundation.text import _
from foundation.web import Rq, get, post
from submissions import queries, service
from submissions.errors import EditedMeanwhile
from submissions.forms import DraftForm, change_rows, nested
from submissions.pages import call_shown, uploading
from submissions.pages.public import call_page
from submissions.pages.showing import Task, body_shown, case_deadline, own_case, stored_body, tasks
from submissions.rules.lifecycle import can_edit
from submissions.rules.parts import PartState, part_states
from submissions.rules.releasing import needs_release
from submissions.rules.texts import PRINT_PIXELS
from submissions.values import CaseView, DraftView

AUTHOR_ROWS = 2


def routes() -> list[Route]:
    return [
        post("/calls/{slug}/start", start, again=call_page),
        get("/cases/{case_id}/edit", edit),
        post("/cases/{case_id}/edit", save, again=edit),
        get("/cases/{case_id}/tasks", task_list),
        get("/cases/{case_id}/files", file_list),
        post("/cases/{case_id}/files", add_files, again=edit, prepare=prepare_files),
        get("/cases/{case_id}/files/{attachment_id}", draft_file),
        post("/cases/{case_id}/files/order", order_files, again=edit),
        post("/cases/{case_id}/files/{attachment_id}", change_file, again=edit),
        post("/cases/{case_id}/coauthors", invite, again=edit),
        post("/cases/{case_id}/coauthors/{user_id}", uninvite, again=edit),
    ]


def start(rq: Rq) -> Response:
    rq.signed_in()
    call = queries.call_by_slug(rq.db, rq.path("slug"))
    case_id = service.start_draft(rq.db, actor=rq.actor, now=rq.now, call_id=call.id)
    return rq.redirect(f"/cases/{case_id}/edit")


def edit(rq: Rq) -> Response:
    """The editor; also after a refusal, with what was typed."""
    case = own_case(rq)
    if "title" in rq.form:
        return _editor(rq, case, _posted(rq))
    return _editor(rq, case, None)


def save(rq: Rq) -> Response:
    """Save by button: stay, check, or leave; or one author's row more or less."""
    case = own_case(rq)
    posted = _posted(rq)
    if rq.field("rows"):
        change_rows(posted, rq.field("rows"))
        return _editor(rq, case, posted)
    form = validated(DraftForm, posted)
    draft = service.save_draft(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        case_id=case.id,
        revision=form.revision,
        text=form.text(stored_body(case.id, form.body)),
    )
    target = {"check": f"/cases/{case.id}/check", "leave": "/cases"}.get(rq.field("then"))
    if target is not None:
        return rq.redirect(target)
    return rq.redirect(f"/cases/{case.id}/edit", _("已保存，正文现有 %(count)s 字。", count=draft.word_count))


def task_list(rq: Rq) -> Response:
    """The task list alone, for the editor to refresh."""
    case = own_case(rq)
    return rq.render(
        "submissions/tasks.html", case=case, tasks=_tasks(rq, case), part_states=_part_states(rq, case)
    )


def file_list(rq: Rq) -> Response:
    """The files alone, for the editor to refresh."""
    case = own_case(rq)
    draft = queries.draft(rq.db, case.id)
    return rq.render(
        "submissions/files.html",
        case=case,
        attachments=draft.attachments,
        evidence=_evidence(draft),
        PRINT_PIXELS=PRINT_PIXELS,
    )


def prepare_files(rq: Rq) -> list[service.NewFile]:
    """Read, draw anew and store what was sent, before the write transaction."""
    case = own_case(rq)
    sent = rq.uploads("file")
    if not sent:
        raise Invalid([FieldError("files", _("请先选择要上传的文件。"))])
    allowed = queries.call(rq.db, case.call_id).rules.files
    return [uploading.stored(rq.files, each, allowed) for each in sent]


def add_files(rq: Rq) -> Response:
    case = own_case(rq)
    for file in rq.prepared:
        service.attach_file(rq.db, actor=rq.actor, now=rq.now, case_id=case.id, file=file)
    return rq.redirect(f"/cases/{case.id}/edit#files", _("文件已上传。"))


def draft_file(rq: Rq) -> Response:
    """A file of the working copy; pictures we have drawn anew are shown in the page."""
    rq.signed_in()
    file = queries.attachment(rq.db, rq.path("case_id"), rq.path("attachment_id"))
    return rq.send_file(
        file.sha256,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        inline=file.kind == "photo",
    )


def change_file(rq: Rq) -> Response:
    """Caption, release, move or remove one file, by the button pressed."""
    case = own_case(rq)
    attachment_id = rq.path("attachment_id")
    deed = rq.field("do")
    named: dict[str, Any] = {
        "actor": rq.actor,
        "now": rq.now,
        "case_id": case.id,
        "attachment_id": attachment_id,
    }
    if deed in ("up", "down"):
        service.move_attachment(rq.db, **named, by=-1 if deed == "up" else 1)
    elif deed in ("release", "hold"):
        service.release_attachment(rq.db, **named, released=deed == "release")
    elif deed == "remove":
        service.remove_attachment(rq.db, **named)
    else:
        service.caption_attachment(rq.db, **named, caption=rq.field(f"caption-{attachment_id}"))
    if rq.is_htmx:
        return file_list(rq)
    return rq.redirect(f"/cases/{case.id}/edit#files")


def order_files(rq: Rq) -> Response:
    """Put the files into the order they were dragged into."""
    case = own_case(rq)
    ids = rq.field("order").split(",")[:100]
    service.order_attachments(rq.db, actor=rq.actor, now=rq.now, case_id=case.id, attachment_ids=ids)
    return file_list(rq) if rq.is_htmx else rq.redirect(f"/cases/{case.id}/edit#files")


def invite(rq: Rq) -> Response:
    """Let somebody of another unit write in this draft."""
    case = own_case(rq)
    invited = service.invite_coauthor(
        rq.db, actor=rq.actor, now=rq.now, case_id=case.id, email=rq.field("email")
    )
    return rq.redirect(
        f"/cases/{case.id}/edit#coauthors", _("已邀请%(name)s，邮件已发出。", name=invited.name)
    )


def uninvite(rq: Rq) -> Response:
    """Take an invitation back, or leave."""
    case = own_case(rq)
    user_id = rq.path("user_id")
    service.remove_coauthor(rq.db, actor=rq.actor, now=rq.now, case_id=case.id, user_id=user_id)
    if user_id == rq.actor.user_id:
        return rq.redirect("/cases", _("已退出共同撰写。"))
    return rq.redirect(f"/cases/{case.id}/edit#coauthors", _("已移除，对方不能再看到这个案例。"))


def _posted(rq: Rq) -> dict[str, Any]:
    return nested(rq.form.multi_items(), groups=("authors",))


def _editor(rq: Rq, case: CaseView, posted: dict[str, Any] | None) -> Response:
    call = queries.call(rq.db, case.call_id)
    draft = queries.draft(rq.db, case.id)
    window = queries.window_for(rq.db, call, case, rq.now)
    if not can_edit(case.status, window) and rq.problem is None:
        raise Refused(_("这个案例现在不能修改。可以在案例页面查看它的状态和原因。"))
    values = _values(draft)
    if posted is not None:
        values.update({key: "" for key in values if key not in ("authors", "revision")})
        values.update(posted)
    shown = body_shown(stored_body(case.id, str(values["body"])), f"/cases/{case.id}/files")
    return rq.render(
        "submissions/edit.html",
        case=case,
        call=call,
        draft=draft,
        v=values,
        categories=call_shown.category_options(rq, call, case.unit_id),
        author_rows=_author_rows(values["authors"]),
        body=str(shown).replace(' loading="lazy"', ""),
        attachments=draft.attachments,
        evidence=_evidence(draft),
        tasks=_tasks(rq, case),
        part_states=_part_states(rq, case),
        **call_shown.words(),
        window=window,
        deadline=case_deadline(rq, call, case),
        conflict=_conflict(rq.problem),
        coauthors=queries.coauthors(rq.db, case.id),
        PRINT_PIXELS=PRINT_PIXELS,
    )


def _evidence(draft: DraftView) -> frozenset[str]:
    """The files that the library shows only when their unit has released them."""
    return needs_release(draft.text.body_html, draft.claims, draft.attachments)


def _values(draft: DraftView) -> dict[str, Any]:
    text = draft.text
    return {
        "revision": draft.revision,
        "title": text.title,
        "summary": text.summary,
        "body": text.body_html,
        "category_key": text.category_key,
        "authors": [{"name": each.name, "post": each.post} for each in text.authors],
        "practice_from": text.practice_from,
        "practice_to": text.practice_to,
        "source_line": text.source_line,
        "signoff_line": text.signoff_line,
    }


def _author_rows(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The authors' rows with room for more."""
    return rows + [{}] * max(0, AUTHOR_ROWS - len(rows))


def _conflict(problem: Problem | None) -> int | None:
    """The revision in force, when somebody else saved meanwhile."""
    return problem.revision if isinstance(problem, EditedMeanwhile) else None


def _part_states(rq: Rq, case: CaseView) -> tuple[PartState, ...]:
    """The call's required parts as the working copy has them."""
    wanted = queries.call(rq.db, case.call_id).rules.parts
    return part_states(wanted, queries.draft(rq.db, case.id).text.body_html) if wanted else ()


def _tasks(rq: Rq, case: CaseView) -> list[Task]:
    draft = queries.draft(rq.db, case.id)
    findings = service.check_draft(rq.db, actor=rq.actor, now=rq.now, case_id=case.id)
    text = draft.text
    untouched = {
        "basics": not (text.title or text.category_key or text.summary or text.practice_from),
        "authors": not text.authors,
        "body": not draft.word_count,
        "files": not draft.attachments,
        "claims": not draft.word_count,
    }
    return tasks(findings, untouched=frozenset(key for key, empty in untouched.items() if empty))
