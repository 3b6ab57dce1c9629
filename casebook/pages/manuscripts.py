"""The manuscripts: the editor's copy of a case, its working copy, rounds, photos and index terms."""

from __future__ import annotations

import json
from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import Route

from casebook import access, queries, rules, service
from casebook.errors import EditedMeanwhile
from casebook.forms import ManuscriptForm, written_photos
from casebook.pages.merging import Field, fields
from casebook.rules.places import proposed_places
from casebook.service import TopicsOf
from casebook.showing import photos_url, shown_body, stored_body
from casebook.values import EditionView, EntryView, ManuscriptText, PlacedPhoto, WorkingCopy
from foundation import richtext
from foundation.errors import FieldError, Invalid, NotFound
from foundation.forms import read_form, validated
from foundation.text import _
from foundation.web import Rq, get, post
from judging.queries.honours import commendation_of
from submissions.values import AttachmentView

SENT_HIGHEST = 2_000_000


def routes(topics: TopicsOf) -> list[Route]:
    """`topics`: what the library says cases are about."""
    entry = "/editions/{id}/entries/{entry}"

    def manuscript(rq: Rq) -> Response:
        return manuscript_page(topics, rq)

    return [
        get(f"{entry}/manuscript", manuscript),
        post(f"{entry}/manuscript", save_manuscript, again=manuscript),
        post(f"{entry}/terms", save_terms, again=manuscript),
        post(f"{entry}/discard", discard, again=manuscript),
        post(f"{entry}/differences", show_differences, prepare=compare_copies),
        get(f"{entry}/rounds/{{round}}", round_page),
        post(f"{entry}/rounds/{{round}}", restore_round, again=round_page),
        get(f"{entry}/photos/{{photo}}", photo),
    ]


@dataclass(frozen=True, slots=True)
class PhotoLine:
    """A photo of the case as the editor sees it: shown in the text, or printed after it, or not at all."""

    photo: AttachmentView
    caption: str
    in_text: bool
    printed: bool


def manuscript_page(topics: TopicsOf, rq: Rq) -> Response:
    """The editor's copy; after a refusal with what was typed."""
    edition, entry = access.entry(rq)
    copy = queries.working_copy(rq.db, entry.id)
    typed = rq.problem is not None and "body" in rq.form
    url = photos_url(edition, entry)
    body = stored_body(url, rq.field("body")) if typed else copy.text.body
    known = topics(rq.db, [entry.case_id]).get(entry.case_id, ())
    places = proposed_places(copy.text.unit, richtext.plain(copy.text.body))
    return rq.render(
        "casebook/manuscript.html",
        edition=edition,
        entry=entry,
        copy=copy,
        body=str(shown_body(url, body)),
        rounds=queries.rounds(rq.db, entry.id),
        photos=_photo_lines(queries.photos(rq.db, entry), copy.text, body),
        photos_json=written_photos(copy.text.photos),
        photos_url=url,
        conflict=rq.problem.revision if isinstance(rq.problem, EditedMeanwhile) else None,
        more_topics=[each for each in known if each not in entry.topics],
        more_places=[each for each in places if each not in entry.places],
        commendation=commendation_of(rq.db, entry.case_id),
    )


def _photo_lines(photos: tuple[AttachmentView, ...], text: ManuscriptText, body: str) -> list[PhotoLine]:
    """Those printed after the text in their order, then the others as the case has them."""
    shown = set(richtext.attachment_ids(body))
    after = {each.id: each.caption for each in text.photos}
    order = {key: place for place, key in enumerate(after)}
    found = sorted(photos, key=lambda each: (order.get(each.id, len(order)), each.position))
    return [
        PhotoLine(each, after.get(each.id, each.caption), each.id in shown, each.id in after)
        for each in found
    ]


def save_manuscript(rq: Rq) -> Response:
    """What is on the page becomes a round."""
    edition, entry = access.entry(rq)
    form = read_form(ManuscriptForm, rq.form)
    text = form.text(stored_body(photos_url(edition, entry), form.body))
    ordinal = service.write_manuscript(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=edition.id,
        entry_id=entry.id,
        base=form.base,
        text=_with_photos(rq, text),
        note=form.note,
        revision=form.revision,
    )
    return rq.redirect(f"/editions/{edition.id}", _("书稿已保存为第 %(n)s 稿。", n=ordinal))


def _with_photos(rq: Rq, text: ManuscriptText) -> ManuscriptText:
    """The photos after the text as the page's own fields say, which also work without a script."""
    if "photo-order" not in rq.form:
        return text
    printed = set(map(str, rq.form.getlist("photo-printed")))
    order = [str(each) for each in rq.form.getlist("photo-order")]
    chosen = [PlacedPhoto(key, rq.field(f"photo-caption-{key}")[:300]) for key in order if key in printed]
    return ManuscriptText(
        text.title,
        text.unit,
        text.authors,
        text.summary,
        text.body,
        tuple(chosen),
        text.source_line,
        text.signoff_line,
    )


def save_terms(rq: Rq) -> Response:
    edition, entry = access.entry(rq)
    service.change_terms(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=edition.id,
        entry_id=entry.id,
        topics=rules.read_terms(rq.field("topics")),
        places=rules.read_terms(rq.field("places")),
        prints_commendation="commendation" in rq.form,
    )
    return rq.redirect(_manuscript_url(edition, entry), _("索引词和授奖词的选择已保存。"))


def discard(rq: Rq) -> Response:
    """Give up what was written since the last round."""
    edition, entry = access.entry(rq)
    service.discard_draft(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=edition.id,
        entry_id=entry.id,
        revision=access.posted_number(rq, "revision"),
    )
    return rq.redirect(_manuscript_url(edition, entry), _("已放弃没有存成一稿的修改。"))


# --- two copies of one text ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Copies:
    theirs: WorkingCopy
    fields: list[Field]


def compare_copies(rq: Rq) -> _Copies:
    """The sender's copy beside the one the server has; `base`, if sent, is what his copy began with."""
    edition, entry = access.entry(rq)
    url = photos_url(edition, entry)
    mine = _sent(rq, url, "mine")
    if mine is None:
        raise Invalid([FieldError("mine", _("没有收到要比较的内容，请刷新页面后重试。"))])
    theirs = queries.working_copy(rq.db, entry.id)
    return _Copies(theirs, fields(mine, theirs.text, _sent(rq, url, "base")))


def _sent(rq: Rq, url: str, name: str) -> ManuscriptText | None:
    """A copy as the page's script sends it, cleaned as it would be when saved."""
    sent = rq.field(name)
    if not sent or len(sent) > SENT_HIGHEST:
        return None
    try:
        values = json.loads(sent)
    except (ValueError, RecursionError) as error:
        raise Invalid([FieldError(name, _("请求内容不是有效的 JSON。"))]) from error
    form = validated(ManuscriptForm, values)
    return form.text(richtext.clean(stored_body(url, form.body)))


def show_differences(rq: Rq) -> Response:
    copies: _Copies = rq.prepared
    return rq.render("submissions/differences.html", theirs=copies.theirs, fields=copies.fields)


# --- rounds ----------------------------------------------------------------------------------------


def round_page(rq: Rq) -> Response:
    """An earlier round, to read and to restore."""
    edition, entry = access.entry(rq)
    found = queries.manuscript(rq.db, entry.id, access.numbered(rq, "round"))
    return rq.render(
        "casebook/round.html",
        edition=edition,
        entry=entry,
        manuscript=found,
        body=shown_body(photos_url(edition, entry), found.text.body),
        current=queries.manuscript(rq.db, entry.id).ordinal,
    )


def restore_round(rq: Rq) -> Response:
    edition, entry = access.entry(rq)
    ordinal = service.restore_round(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=edition.id,
        entry_id=entry.id,
        base=access.posted_number(rq, "base"),
        ordinal=access.numbered(rq, "round"),
    )
    return rq.redirect(_manuscript_url(edition, entry), _("已恢复，保存为第 %(n)s 稿。", n=ordinal))


def photo(rq: Rq) -> Response:
    """A photo of the awarded version, shown in the editor."""
    _edition_found, entry = access.entry(rq)
    for each in queries.photos(rq.db, entry):
        if each.id == rq.path("photo"):
            return rq.send_file(
                each.sha256, name=each.name, media_type=each.media_type, size=each.size, inline=True
            )
    raise NotFound


def _manuscript_url(edition: EditionView, entry: EntryView) -> str:
    return f"/editions/{edition.id}/entries/{entry.id}/manuscript"
