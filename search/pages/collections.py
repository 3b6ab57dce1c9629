"""Collections for readers, and where they are put together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session
from starlette.responses import Response
from starlette.routing import BaseRoute

from foundation.actor import Actor
from foundation.audience import Audience
from foundation.errors import NotFound
from foundation.folding import fold
from foundation.forms import read_form
from foundation.permission import require
from foundation.text import _
from foundation.web import Rq, get, post
from search import holdings, pinyin, shelf
from search.curation.forms.collections import CollectionForm
from search.curation.policy.curating import may_collect
from search.curation.queries import collections as queries
from search.curation.rules.collections import moved, without
from search.curation.service import collections as service
from search.curation.values.collections import CollectionProposal, CollectionView
from search.holdings import Shelved
from search.library import Library
from search.pages.desk import AUDIENCES
from search.values import Sort

HERE = "/organise/library/collections"
SLUG_HIGHEST = 60
FOUND = 8
"""Cases that are offered for a collection when somebody looks for more."""
FRONT = 3


@dataclass(frozen=True, slots=True)
class Cover:
    """A photo of a case that the reader may read."""

    case_id: str
    photo_id: str
    alt: str

    @property
    def address(self) -> str:
        return f"/library/{self.case_id}/photos/{self.photo_id}"

    @property
    def value(self) -> str:
        return f"{self.case_id}/{self.photo_id}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A case of a collection with the note on why it is there."""

    case: Shelved
    note: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A collection as this reader sees it: `cases` of it that he may read."""

    collection: CollectionView
    cases: int
    cover: Cover | None


def routes(shelf_: Library) -> list[BaseRoute]:
    return [
        get("/library/collections", _collections),
        get("/library/collections/{slug}", _collection),
        get(HERE, _desk),
        get(HERE + "/new", _new),
        post(HERE + "/new", _create, again=_new),
        get(HERE + "/{collection}/edit", lambda rq: _edit(rq, shelf_)),
        post(HERE + "/{collection}/edit", _save, again=lambda rq: _edit(rq, shelf_)),
        post(HERE + "/{collection}/cases", _add),
        post(HERE + "/{collection}/publish", _publish, again=lambda rq: _edit(rq, shelf_)),
        post(HERE + "/{collection}/unpublish", _unpublish, again=lambda rq: _edit(rq, shelf_)),
        post(HERE + "/{collection}/delete", _delete, again=lambda rq: _edit(rq, shelf_)),
    ]


def shown(db: Session, found: list[CollectionView]) -> list[Shown]:
    """With how many of their cases the reader may read; without those of which he may read none."""
    readable = shelf.places(db, {item.case_id for each in found for item in each.items})
    counted = [(each, sum(item.case_id in readable for item in each.items)) for each in found]
    return [Shown(each, count, _cover(db, each)) for each, count in counted if count]


def front(db: Session) -> list[CollectionView]:
    """The collections that the front of the library names: those changed last."""
    return _readable(db, queries.collections(db, published=True))[:FRONT]


def _readable(db: Session, found: list[CollectionView]) -> list[CollectionView]:
    readable = shelf.places(db, {item.case_id for each in found for item in each.items})
    return [each for each in found if any(item.case_id in readable for item in each.items)]


def _cover(db: Session, collection: CollectionView) -> Cover | None:
    """The photo, where the reader may read its case and the case still shows it."""
    if not collection.cover_case_id:
        return None
    try:
        case = holdings.case(db, collection.cover_case_id)
    except NotFound:
        return None
    return next((each for each in _photos(case) if each.photo_id == collection.cover_photo_id), None)


def _photos(case: Shelved) -> list[Cover]:
    return [Cover(case.id, photo.id, photo.caption or case.version.title) for photo in case.photos]


def _entries(db: Session, collection: CollectionView) -> list[Entry]:
    cases = holdings.cases(db, [item.case_id for item in collection.items])
    return [Entry(cases[item.case_id], item.note) for item in collection.items if item.case_id in cases]


def _collections(rq: Rq) -> Response:
    response = rq.render(
        "search/collections.html",
        found=shown(rq.db, queries.collections(rq.db, published=True)),
        collects=may_collect(rq.actor) is None,
        here=HERE,
    )
    response.headers["Vary"] = "Cookie, Accept-Language"
    return response


def _collection(rq: Rq) -> Response:
    found = queries.collection_by_slug(rq.db, rq.path("slug"))
    entries = _entries(rq.db, found)
    collects = may_collect(rq.actor) is None
    if not entries and not collects:
        raise NotFound
    response = rq.render(
        "search/collection.html",
        collection=found,
        entries=entries,
        cover=_cover(rq.db, found),
        collects=collects,
        here=HERE,
    )
    response.headers["Vary"] = "Cookie, Accept-Language"
    return response


def _collector(rq: Rq) -> Actor:
    actor = rq.signed_in()
    require(may_collect(actor))
    return actor


def _desk(rq: Rq) -> Response:
    _collector(rq)
    return rq.render(
        "search/desk_collections.html",
        found=queries.collections(rq.db),
        audiences=AUDIENCES,
        here=HERE,
    )


def _new(rq: Rq) -> Response:
    _collector(rq)
    return rq.render("search/collection_new.html", audiences=AUDIENCES, here=HERE)


def _create(rq: Rq) -> Response:
    form = read_form(CollectionForm, rq.form)
    proposal = CollectionProposal(
        title=form.title, slug=form.slug or _sounded(form.title), audience=form.audience
    )
    made = service.create_collection(rq.db, actor=_collector(rq), now=rq.now, proposal=proposal)
    return rq.redirect(f"{HERE}/{made}/edit", _("已建好草稿，现在加入案例。"))


def _sounded(title: str) -> str:
    """An address for a title whose editor gave none: its pinyin, whole syllables."""
    slug = ""
    for part in pinyin.syllables(fold(title)):
        if re.fullmatch("[a-z0-9]+", part) and len(slug) + len(part) < SLUG_HIGHEST:
            slug += f"-{part}" if slug else part
    return slug


def _edit(rq: Rq, shelf_: Library) -> Response:
    _collector(rq)
    found = queries.collection(rq.db, rq.path("collection"))
    items = read_form(CollectionForm, rq.form).items() if rq.problem and "item" in rq.form else found.items
    entries = _entries(rq.db, replace(found, items=items))
    return rq.render(
        "search/collection_edit.html",
        collection=found,
        entries=entries,
        gone=len(items) - len(entries),
        covers=[photo for entry in entries for photo in _photos(entry.case)],
        audiences=AUDIENCES,
        asked=rq.query("find"),
        offered=_offered(rq, shelf_, {item.case_id for item in items}),
        narrower=[each for each in entries if _narrower(each.case.audience, found.audience)],
        here=HERE,
    )


_WIDTH = list(Audience)


def _narrower(case: Audience, collection: Audience) -> bool:
    return _WIDTH.index(case) > _WIDTH.index(collection)


def _offered(rq: Rq, shelf_: Library, has: set[str]) -> list[Shelved]:
    asked = rq.query("find")[:200]
    if not asked:
        return []
    results = shelf_.find(rq.db, asked, filters={}, sort=Sort.RELEVANCE)
    return [card.case for card in results.cards if card.case.id not in has][:FOUND]


def _save(rq: Rq) -> Response:
    actor, collection_id = _collector(rq), rq.path("collection")
    form = read_form(CollectionForm, rq.form)
    items = without(form.items(), form.remove)
    direction, _colon, case_id = form.move.partition(":")
    if case_id:
        items = moved(items, case_id, -1 if direction == "up" else 1)
    service.save_collection(
        rq.db,
        actor=actor,
        now=rq.now,
        collection_id=collection_id,
        revision=form.revision,
        proposal=form.proposal(items),
    )
    place = f"#case-{case_id}" if case_id else ""
    return rq.redirect(f"{HERE}/{collection_id}/edit{place}", None if case_id else _("已保存。"))


def _add(rq: Rq) -> Response:
    """From the page of the collection, or from the page of a case."""
    actor, collection_id = _collector(rq), rq.path("collection")
    case = holdings.case(rq.db, rq.field("case"))
    service.add_to_collection(rq.db, actor=actor, now=rq.now, collection_id=collection_id, case_id=case.id)
    title = queries.collection(rq.db, collection_id).title
    done = _("已加入专题“%(title)s”。", title=title)
    if rq.field("from") == "case":
        return rq.redirect(f"/library/{case.id}", done)
    return rq.redirect(f"{HERE}/{collection_id}/edit#case-{case.id}", done)


def _publish(rq: Rq) -> Response:
    collection_id = rq.path("collection")
    service.publish_collection(rq.db, actor=_collector(rq), now=rq.now, collection_id=collection_id)
    return rq.redirect(f"{HERE}/{collection_id}/edit", _("已发布。"))


def _unpublish(rq: Rq) -> Response:
    collection_id = rq.path("collection")
    service.unpublish_collection(rq.db, actor=_collector(rq), now=rq.now, collection_id=collection_id)
    return rq.redirect(f"{HERE}/{collection_id}/edit", _("已撤回发布，现在是草稿。"))


def _delete(rq: Rq) -> Response:
    service.delete_collection(rq.db, actor=_collector(rq), now=rq.now, collection_id=rq.path("collection"))
    return rq.redirect(HERE, _("已删除。"))
