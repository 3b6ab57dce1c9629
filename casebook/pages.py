"""The editorial desk: editions, their order, the manuscripts, the book's file."""

from __future__ import annotations

import re

from markupsafe import Markup
from starlette.responses import Response
from starlette.routing import Route

from casebook import policy, queries, rules, service
from casebook.api import numbered, send_book
from casebook.assemble import standing
from casebook.forms import DetailsForm, ManuscriptForm, OpenForm
from casebook.values import Arrangement, BuildView, ChapterView, EditionView, EntryView
from foundation.errors import NotFound, Refused
from foundation.forms import read_form
from foundation.permission import require
from foundation.text import Text, _, n_
from foundation.web import Rq, get, post
from judging.values import AwardView

_PICTURE = re.compile(r'src="attachment:([0-9A-Za-z]+)"')
ARRANGEMENTS: tuple[tuple[Arrangement, Text], ...] = (
    (Arrangement.PRIZE, _("按奖项分章，章内按类别排列")),
    (Arrangement.CATEGORY, _("按类别分章，章内按奖项排列")),
    (Arrangement.PRIZE_AND_CATEGORY, _("每个奖项的每个类别各成一章")),
    (Arrangement.NONE, _("不分章，按奖项和类别排列")),
)


def routes() -> list[Route]:
    one, entry = "/editions/{id}", "/editions/{id}/entries/{entry}"
    return [
        get("/editions", editions_page),
        post("/editions", open_edition, again=editions_page),
        get(one, edition_page),
        get(f"{one}/progress", progress),
        get(f"{one}/edit", details_page),
        post(f"{one}/edit", save_details, again=details_page),
        post(f"{one}/order", reorder, again=edition_page),
        post(f"{one}/group", regroup, again=edition_page),
        post(f"{one}/awards", take_up_awards, again=edition_page),
        post(f"{one}/chapters", add_chapter, again=edition_page),
        post(f"{one}/chapters/{{chapter}}", change_chapter, again=edition_page),
        post(f"{entry}/move", move_entry, again=edition_page),
        post(f"{entry}/remove", remove_entry, again=edition_page),
        get(f"{entry}/manuscript", manuscript_page),
        post(f"{entry}/manuscript", save_manuscript, again=manuscript_page),
        get(f"{entry}/rounds/{{round}}", round_page),
        post(f"{entry}/rounds/{{round}}", restore_round, again=round_page),
        get(f"{entry}/photos/{{photo}}", photo),
        post(f"{one}/builds", request_build, again=edition_page),
        get(f"{one}/builds/{{number}}/file", download),
    ]


# --- editions --------------------------------------------------------------------------------------


def editions_page(rq: Rq) -> Response:
    _permit(rq)
    found = queries.editions(rq.db)
    calls = queries.calls_with_awards(rq.db)
    return rq.render(
        "casebook/editions.html",
        editions=[(each, *_extent(rq, each), _latest(rq, each)) for each in found],
        calls=calls,
        call_titles={call.id: call.title for call, _count in calls},
        arrangements=ARRANGEMENTS,
    )


def _extent(rq: Rq, edition: EditionView) -> tuple[int, int]:
    """Chapters and printed entries."""
    chapters = queries.chapters(rq.db, edition.id)
    return len(chapters), sum(len(standing(chapter)) for chapter in chapters)


def _latest(rq: Rq, edition: EditionView) -> BuildView | None:
    return next(iter(queries.builds(rq.db, edition.id)), None)


def open_edition(rq: Rq) -> Response:
    _permit(rq)
    form = read_form(OpenForm, rq.form)
    edition_id = service.open_edition(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        call_id=form.call_id,
        title=form.title,
        arrangement=form.arrangement,
    )
    return rq.redirect(f"/editions/{edition_id}", _("选编已建立，可以开始编排。"))


def edition_page(rq: Rq) -> Response:
    """The desk: order on the left, the file on the right. Also shown again when a change was refused."""
    edition = _edition(rq)
    chapters = queries.chapters(rq.db, edition.id)
    return rq.render(
        "casebook/edition.html",
        edition=edition,
        call=queries.call_of(rq.db, edition.call_id),
        chapters=chapters,
        printed=sum(len(standing(chapter)) for chapter in chapters),
        withdrawn=[e for chapter in chapters for e in chapter.entries if e.withdrawn_at is not None],
        waiting=_waiting(rq, edition, chapters),
        builds=queries.builds(rq.db, edition.id),
        arrangements=ARRANGEMENTS,
    )


def _waiting(
    rq: Rq, edition: EditionView, chapters: tuple[ChapterView, ...]
) -> list[tuple[AwardView, str, str]]:
    """Awards whose cases are not in the book, each with the case's title and unit."""
    found = []
    for award in queries.new_awards(rq.db, edition.call_id, chapters):
        version = queries.awarded_version(rq.db, award.version_id)
        found.append((award, version.title, version.unit_name))
    return found


def details_page(rq: Rq) -> Response:
    edition = _edition(rq)
    return rq.render("casebook/details.html", edition=edition, details=edition.details)


def save_details(rq: Rq) -> Response:
    edition = _edition(rq)
    form = read_form(DetailsForm, rq.form)
    service.change_details(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=edition.id,
        revision=form.revision,
        details=form.details(),
    )
    return rq.redirect(f"/editions/{edition.id}", _("书的信息已保存。"))


# --- order -----------------------------------------------------------------------------------------


def reorder(rq: Rq) -> Response:
    edition = _edition(rq)
    wanted = rules.read_order(rq.field("order"))
    service.reorder(rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, wanted=wanted)
    return _arranged(rq, edition)


def regroup(rq: Rq) -> Response:
    edition = _edition(rq)
    by = rq.field("by")
    if by not in set(Arrangement):
        raise Refused(_("请选择一种分章方式。"))
    service.regroup(rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, by=Arrangement(by))
    return _arranged(rq, edition, _("已重新分章。"))


def take_up_awards(rq: Rq) -> Response:
    edition = _edition(rq)
    chosen = None if rq.field("which") == "all" else frozenset(map(str, rq.form.getlist("award")))
    count = service.take_up_awards(rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, award_ids=chosen)
    return _arranged(rq, edition, n_("已补入 %(n)s 个案例。", "已补入 %(n)s 个案例。", count))


def add_chapter(rq: Rq) -> Response:
    edition = _edition(rq)
    title = rq.field("title")
    service.add_chapter(rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, title=title)
    return _arranged(rq, edition, _("已增加一章。"))


def change_chapter(rq: Rq) -> Response:
    """Rename, move or remove a chapter, by the button that was pressed."""
    edition = _edition(rq)
    chapter, action = rq.path("chapter"), rq.field("action")
    if action in ("up", "down"):
        service.move_chapter(
            rq.db,
            actor=rq.actor,
            now=rq.now,
            edition_id=edition.id,
            chapter_id=chapter,
            step=-1 if action == "up" else 1,
        )
    elif action == "remove":
        service.remove_chapter(rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, chapter_id=chapter)
    else:
        service.rename_chapter(
            rq.db,
            actor=rq.actor,
            now=rq.now,
            edition_id=edition.id,
            chapter_id=chapter,
            title=rq.field("title"),
        )
    return _arranged(rq, edition)


def move_entry(rq: Rq) -> Response:
    edition = _edition(rq)
    step = -1 if rq.field("step") == "up" else 1
    service.move_entry(
        rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, entry_id=rq.path("entry"), step=step
    )
    return _arranged(rq, edition)


def remove_entry(rq: Rq) -> Response:
    edition = _edition(rq)
    entry = rq.path("entry")
    service.remove_entry(rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, entry_id=entry)
    return _arranged(rq, edition, _("已从书中移出。"))


def _arranged(rq: Rq, edition: EditionView, done: Text | None = None) -> Response:
    return rq.redirect(f"/editions/{edition.id}", None if rq.is_htmx else done)


# --- manuscripts -----------------------------------------------------------------------------------


def manuscript_page(rq: Rq) -> Response:
    """The editor's copy; after a refusal with what was typed."""
    edition, entry = _entry(rq)
    current = queries.manuscript(rq.db, entry.id)
    return rq.render(
        "casebook/manuscript.html",
        edition=edition,
        entry=entry,
        manuscript=current,
        body=_shown(edition, entry, rq.field("body") if rq.problem else current.text.body),
        rounds=queries.rounds(rq.db, entry.id),
        photos=queries.photos(rq.db, entry),
        photos_url=_photos_url(edition, entry),
    )


def save_manuscript(rq: Rq) -> Response:
    edition, entry = _entry(rq)
    form = read_form(ManuscriptForm, rq.form)
    current = queries.manuscript(rq.db, entry.id)
    body = re.sub(
        rf'src="(?:https?://[^"/]+)?{re.escape(_photos_url(edition, entry))}/([0-9A-Za-z]+)[^"]*"',
        r'src="attachment:\1"',
        form.body,
    )
    ordinal = service.write_manuscript(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=edition.id,
        entry_id=entry.id,
        base=form.base,
        text=form.text(body, current.text.photos),
        note=form.note,
    )
    return rq.redirect(f"/editions/{edition.id}", _("书稿已保存为第 %(n)s 稿。", n=ordinal))


def round_page(rq: Rq) -> Response:
    """An earlier round, to read and to restore."""
    edition, entry = _entry(rq)
    found = queries.manuscript(rq.db, entry.id, numbered(rq, "round"))
    return rq.render(
        "casebook/round.html",
        edition=edition,
        entry=entry,
        manuscript=found,
        body=Markup(_shown(edition, entry, found.text.body)),  # noqa: S704 - cleaned before it was stored
        current=queries.manuscript(rq.db, entry.id).ordinal,
    )


def restore_round(rq: Rq) -> Response:
    edition, entry = _entry(rq)
    base = rq.field("base")
    ordinal = service.restore_round(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=edition.id,
        entry_id=entry.id,
        base=int(base) if base.isascii() and base.isdigit() and len(base) < 10 else 0,
        ordinal=numbered(rq, "round"),
    )
    target = f"/editions/{edition.id}/entries/{entry.id}/manuscript"
    return rq.redirect(target, _("已恢复，保存为第 %(n)s 稿。", n=ordinal))


def photo(rq: Rq) -> Response:
    """A photo of the awarded version, shown in the editor."""
    _edition_found, entry = _entry(rq)
    for each in queries.photos(rq.db, entry):
        if each.id == rq.path("photo"):
            return rq.send_file(
                each.sha256, name=each.name, media_type=each.media_type, size=each.size, inline=True
            )
    raise NotFound


# --- the file --------------------------------------------------------------------------------------


def request_build(rq: Rq) -> Response:
    edition = _edition(rq)
    service.request_build(rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id)
    return rq.redirect(f"/editions/{edition.id}", None if rq.is_htmx else _("已开始生成，完成后可以下载。"))


def progress(rq: Rq) -> Response:
    """The panel of the file alone, asked for again and again while a build is under way."""
    edition = _edition(rq)
    chapters = queries.chapters(rq.db, edition.id)
    return rq.render(
        "casebook/_builds.html",
        edition=edition,
        builds=queries.builds(rq.db, edition.id),
        printed=sum(len(standing(chapter)) for chapter in chapters),
    )


def download(rq: Rq) -> Response:
    edition = _edition(rq)
    return send_book(rq, edition, queries.build(rq.db, edition.id, numbered(rq, "number")))


def _permit(rq: Rq) -> None:
    rq.signed_in()
    require(policy.may_edit(rq.actor))


def _edition(rq: Rq) -> EditionView:
    _permit(rq)
    return queries.edition(rq.db, rq.path("id"))


def _entry(rq: Rq) -> tuple[EditionView, EntryView]:
    edition = _edition(rq)
    return edition, queries.entry(rq.db, edition.id, rq.path("entry"))


def _photos_url(edition: EditionView, entry: EntryView) -> str:
    return f"/editions/{edition.id}/entries/{entry.id}/photos"


def _shown(edition: EditionView, entry: EntryView, body: str) -> str:
    """A stored body with its pictures' addresses."""
    return _PICTURE.sub(rf'src="{_photos_url(edition, entry)}/\1"', body)
