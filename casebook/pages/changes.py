"""修改对照: two rounds of a manuscript side by side or in one text, each change with who brought it, and a
button that takes it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import Route

from casebook import access, queries, service
from casebook.rules.changes import Change, traced
from casebook.showing import photos_url
from casebook.values import EditionView, EntryView, ManuscriptView
from foundation.errors import NotFound
from foundation.text import Text, _, n_
from foundation.web import Rq, get, post

LABELS: dict[str, Text] = {
    "title": _("标题"),
    "unit": _("单位"),
    "authors": _("作者"),
    "summary": _("摘要"),
    "body": _("正文"),
    "photos": _("文后的照片"),
    "source_line": _("来源行"),
    "signoff_line": _("签发行"),
}
AROUND = 1
"""Unchanged blocks shown before and after a change; more of them are folded away."""


def routes() -> list[Route]:
    entry = "/editions/{id}/entries/{entry}"
    return [
        get(f"{entry}/changes", changes_page),
        post(f"{entry}/changes", take_back, again=changes_page),
    ]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Blocks that are shown, or unchanged ones that are folded."""

    folded: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One field with its stretches; `count` of its changes."""

    name: str
    label: Text
    stretches: tuple[Stretch, ...]
    count: int


def changes_page(rq: Rq) -> Response:
    """Without numbers: from the awarded text to the text as it is."""
    edition, entry = access.entry(rq)
    rounds = queries.rounds(rq.db, entry.id)  # the last one first
    newest = rounds[0].ordinal
    after = _round(rounds, rq.query("to") or rq.field("to") or str(newest))
    before = _round(rounds, rq.query("from") or rq.field("from") or "1")
    before, after = sorted((before, after), key=lambda each: each.ordinal)
    spanned = [each for each in reversed(rounds) if before.ordinal <= each.ordinal <= after.ordinal]
    found = traced([(each.ordinal, each.text) for each in spanned])
    return rq.render(
        "casebook/changes.html",
        edition=edition,
        entry=entry,
        rounds=rounds,
        by_ordinal={each.ordinal: each for each in rounds},
        before=before,
        after=after,
        newest=newest,
        view="inline" if rq.query("view") == "inline" else "side",
        parts=[part for name in LABELS if (part := _part(name, found)).count],
        total=sum(each.kind != "same" for each in found),
        photos_url=photos_url(edition, entry),
    )


def _round(rounds: Iterable[ManuscriptView], written: str) -> ManuscriptView:
    found = next((each for each in rounds if str(each.ordinal) == written), None)
    if found is None:
        raise NotFound
    return found


def _part(name: str, found: Sequence[Change]) -> Part:
    changes = [each for each in found if each.field == name]
    near = {
        place + step
        for place, each in enumerate(changes)
        if each.kind != "same"
        for step in range(-AROUND, AROUND + 1)
    }
    stretches: list[tuple[bool, list[Change]]] = []
    for place, each in enumerate(changes):
        folded = place not in near
        if not stretches or stretches[-1][0] != folded:
            stretches.append((folded, []))
        stretches[-1][1].append(each)
    return Part(
        name,
        LABELS[name],
        tuple(Stretch(folded, tuple(each)) for folded, each in stretches),
        sum(each.kind != "same" for each in changes),
    )


def take_back(rq: Rq) -> Response:
    """One change, or all of them, by the button that was pressed."""
    edition, entry = access.entry(rq)
    since, until = access.posted_number(rq, "from"), access.posted_number(rq, "to")
    done = service.take_back(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=edition.id,
        entry_id=entry.id,
        base=access.posted_number(rq, "base"),
        since=since,
        until=until,
        number=access.posted_number(rq, "number") or None,
    )
    return rq.redirect(f"{_url(edition, entry)}?from={since}", _said(done))


def _said(done: service.TakenBack) -> Text:
    if done.missed:
        return _(
            "已退回 %(count)s 处，存为第 %(n)s 稿；另有 %(missed)s 处后来又改过，没有退回。",
            count=done.changes,
            n=done.ordinal,
            missed=done.missed,
        )
    return n_("已退回 %(n)s 处修改，存为新的一稿。", "已退回 %(n)s 处修改，存为新的一稿。", done.changes)


def _url(edition: EditionView, entry: EntryView) -> str:
    return f"/editions/{edition.id}/entries/{entry.id}/changes"
