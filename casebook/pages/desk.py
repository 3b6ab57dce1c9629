"""The desk: editions, and the order of a book."""

from __future__ import annotations

from functools import partial

from starlette.responses import Response
from starlette.routing import Route

from casebook import access, queries, rules, service
from casebook.assemble import standing
from casebook.editing import queries as editing
from casebook.forms import OpenForm
from casebook.making import queries as making
from casebook.making.values import BuildKind, BuildView
from casebook.service import TopicsOf
from casebook.values import Arrangement, ChapterView, EditionView
from foundation.errors import Refused
from foundation.forms import read_form
from foundation.text import Text, _, n_
from foundation.web import Rq, get, post
from judging.values import AwardView

ARRANGEMENTS: tuple[tuple[Arrangement, Text], ...] = (
    (Arrangement.PRIZE, _("按奖项分章，章内按类别排列")),
    (Arrangement.CATEGORY, _("按类别分章，章内按奖项排列")),
    (Arrangement.PRIZE_AND_CATEGORY, _("每个奖项的每个类别各成一章")),
    (Arrangement.TOPIC, _("按主题分章，案例多的主题在前")),
    (Arrangement.NONE, _("不分章，按奖项和类别排列")),
)


def routes(topics: TopicsOf) -> list[Route]:
    """`topics`: what the library says cases are about."""
    one, entry = "/editions/{id}", "/editions/{id}/entries/{entry}"
    return [
        get("/editions", editions_page),
        post("/editions", partial(open_edition, topics), again=editions_page),
        get(one, edition_page),
        post(f"{one}/order", reorder, again=edition_page),
        post(f"{one}/group", partial(regroup, topics), again=edition_page),
        post(f"{one}/awards", partial(take_up_awards, topics), again=edition_page),
        post(f"{one}/chapters", add_chapter, again=edition_page),
        post(f"{one}/chapters/{{chapter}}", change_chapter, again=edition_page),
        post(f"{one}/terms", partial(fill_terms, topics), again=edition_page),
        post(f"{one}/calls", add_call, again=edition_page),
        post(f"{one}/gather", move_entries, again=edition_page),
        post(f"{one}/archive", archive, again=edition_page),
        post(f"{one}/delete", delete, again=edition_page),
        post(f"{entry}/move", move_entry, again=edition_page),
        post(f"{entry}/remove", remove_entry, again=edition_page),
    ]


def editions_page(rq: Rq) -> Response:
    access.permit(rq)
    found = queries.editions(rq.db)
    calls = queries.calls_with_awards(rq.db)
    listed = [(each, *_extent(rq, each), _latest(rq, each)) for each in found]
    return rq.render(
        "casebook/editions.html",
        editions=[each for each in listed if each[0].archived_at is None],
        archived=[each for each in listed if each[0].archived_at is not None],
        calls=calls,
        call_titles={each.id: [call.title for call in queries.calls_of(rq.db, each.id)] for each in found},
        arrangements=ARRANGEMENTS,
    )


def _extent(rq: Rq, edition: EditionView) -> tuple[int, int]:
    """Chapters and printed entries."""
    chapters = queries.chapters(rq.db, edition.id)
    return len(chapters), sum(len(standing(chapter)) for chapter in chapters)


def _latest(rq: Rq, edition: EditionView) -> BuildView | None:
    return making.latest(rq.db, edition.id)


def open_edition(topics: TopicsOf, rq: Rq) -> Response:
    access.permit(rq)
    form = read_form(OpenForm, rq.form)
    edition_id = service.open_edition(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        call_id=form.call_id,
        further=form.further,
        title=form.title,
        arrangement=form.arrangement,
        topics=topics,
    )
    return rq.redirect(f"/editions/{edition_id}", _("选编已建立，可以开始编排。"))


def edition_page(rq: Rq) -> Response:
    """The desk: order on the left, the file on the right. Also shown again when a change was refused."""
    edition = access.edition(rq)
    calls = queries.calls_of(rq.db, edition.id)
    chapters = queries.chapters(rq.db, edition.id)
    return rq.render(
        "casebook/edition.html",
        edition=edition,
        calls=calls,
        more_calls=[pair for pair in queries.calls_with_awards(rq.db) if pair[0] not in calls],
        has_final=_has_final(rq, edition),
        bare=sum(not each.topics for chapter in chapters for each in standing(chapter)),
        standings=editing.standings(rq.db, edition.id, rq.now.date()),
        chapters=chapters,
        printed=sum(len(standing(chapter)) for chapter in chapters),
        withdrawn=[e for chapter in chapters for e in chapter.entries if e.withdrawn_at is not None],
        waiting=_waiting(rq, edition, chapters),
        builds=making.builds(rq.db, edition.id),
        arrangements=ARRANGEMENTS,
    )


def _waiting(
    rq: Rq, edition: EditionView, chapters: tuple[ChapterView, ...]
) -> list[tuple[AwardView, str, str]]:
    """Awards whose cases are not in the book, each with the case's title and unit."""
    found = []
    for award in queries.new_awards(rq.db, queries.call_ids_of(rq.db, edition), chapters):
        version = queries.awarded_version(rq.db, award.version_id)
        found.append((award, version.title, version.unit_name))
    return found


def reorder(rq: Rq) -> Response:
    edition = access.edition(rq)
    wanted = rules.read_order(rq.field("order"))
    service.reorder(rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, wanted=wanted)
    return _arranged(rq, edition)


def regroup(topics: TopicsOf, rq: Rq) -> Response:
    edition = access.edition(rq)
    by = rq.field("by")
    if by not in set(Arrangement):
        raise Refused(_("请选择一种分章方式。"))
    service.regroup(
        rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, by=Arrangement(by), topics=topics
    )
    return _arranged(rq, edition, _("已重新分章。"))


def take_up_awards(topics: TopicsOf, rq: Rq) -> Response:
    edition = access.edition(rq)
    chosen = None if rq.field("which") == "all" else frozenset(map(str, rq.form.getlist("award")))
    count = service.take_up_awards(
        rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, award_ids=chosen, topics=topics
    )
    return _arranged(rq, edition, n_("已补入 %(n)s 个案例。", "已补入 %(n)s 个案例。", count))


def add_call(rq: Rq) -> Response:
    edition = access.edition(rq)
    call_id = rq.field("call_id")
    service.add_call(rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, call_id=call_id)
    return _arranged(rq, edition, _("已加入这次征集，它的获奖案例可以在下面补入。"))


def fill_terms(topics: TopicsOf, rq: Rq) -> Response:
    edition = access.edition(rq)
    count = service.fill_topics(rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, topics=topics)
    return _arranged(rq, edition, n_("已为 %(n)s 篇补上主题。", "已为 %(n)s 篇补上主题。", count))


def move_entries(rq: Rq) -> Response:
    edition = access.edition(rq)
    count = service.move_entries(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=edition.id,
        entry_ids=frozenset(map(str, rq.form.getlist("entry"))),
        chapter_id=rq.field("chapter"),
    )
    return _arranged(rq, edition, n_("已移动 %(n)s 个案例。", "已移动 %(n)s 个案例。", count))


def archive(rq: Rq) -> Response:
    """Put the book aside, or take it out again, by the button that was pressed."""
    access.permit(rq)
    edition = queries.edition(rq.db, rq.path("id"))
    if rq.field("action") == "back":
        service.unarchive_edition(rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id)
        return rq.redirect(f"/editions/{edition.id}", _("已取消归档，可以继续编辑。"))
    service.archive_edition(rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id)
    return rq.redirect("/editions", _("已归档。需要时可以在列表下方找到它。"))


def delete(rq: Rq) -> Response:
    access.permit(rq)
    edition = queries.edition(rq.db, rq.path("id"))
    service.delete_edition(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=edition.id,
        reason=rq.field("reason"),
        has_final=_has_final(rq, edition),
    )
    return rq.redirect("/editions", _("选编“%(title)s”已删除。", title=edition.title))


def _has_final(rq: Rq, edition: EditionView) -> bool:
    """Whether a file for the printer was made of the book."""
    return any(each.kind is BuildKind.FINAL and each.files for each in making.builds(rq.db, edition.id))


def add_chapter(rq: Rq) -> Response:
    edition = access.edition(rq)
    title = rq.field("title")
    service.add_chapter(rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, title=title)
    return _arranged(rq, edition, _("已增加一章。"))


def change_chapter(rq: Rq) -> Response:
    """Rename, move or remove a chapter, by the button that was pressed."""
    edition = access.edition(rq)
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
    edition = access.edition(rq)
    step = -1 if rq.field("step") == "up" else 1
    service.move_entry(
        rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, entry_id=rq.path("entry"), step=step
    )
    return _arranged(rq, edition)


def remove_entry(rq: Rq) -> Response:
    edition = access.edition(rq)
    entry = rq.path("entry")
    service.remove_entry(rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, entry_id=entry)
    return _arranged(rq, edition, _("已从书中移出。"))


def _arranged(rq: Rq, edition: EditionView, done: Text | None = None) -> Response:
    return rq.redirect(f"/editions/{edition.id}", None if rq.is_htmx else done)
