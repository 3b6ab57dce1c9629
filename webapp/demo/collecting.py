"""Calls and cases of the demonstration: published, written, handed in, forwarded."""

import html
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from foundation.actor import Actor
from foundation.files import StoredFile
from foundation.sheets.writing import media_type
from submissions import queries, service
from submissions.values import Author, CallProposal, CallView, CaseText, Pledge, Source
from webapp.demo.markdown import to_html
from webapp.demo.pictures.canvas import HEIGHT, WIDTH
from webapp.demo.reading import DemoCall, DemoCase, DemoTable
from webapp.demo.world import World

WRITING = timedelta(days=2, minutes=25)
"""How long before handing in a case was begun."""


def publish(world: World, call: DemoCall) -> CallView:
    """Create the call three days before its window opens and publish it on the next day."""
    opens_at, closes_at = world.window(call)
    year = {"year": opens_at.year}
    notice = call.notice.format(**year)
    first = notice.replace(call.correction.after, call.correction.before) if call.correction else notice
    proposal = CallProposal(
        title=call.title.format(**year),
        theme=call.theme,
        notice_html=to_html(first),
        slug=call.slug.format(**year),
        opens_at=opens_at,
        closes_at=closes_at,
        timezone=world.content.timezone,
        rules=call.rules,
    )
    organiser = world.actors["organiser"]
    made = service.create_call(world.db, actor=organiser, now=opens_at - timedelta(days=3), proposal=proposal)
    view = service.publish_call(world.db, actor=organiser, now=opens_at - timedelta(days=2), call_id=made.id)
    _answer(world, call, view)
    if call.correction is None:
        return view
    return service.update_call(
        world.db,
        actor=organiser,
        now=opens_at + timedelta(days=call.correction.day, hours=2),
        call_id=view.id,
        revision=queries.revision_of(world.db, view.id),
        proposal=replace(proposal, notice_html=to_html(notice)),
        reason=call.correction.reason,
    )


def _answer(world: World, call: DemoCall, view: CallView) -> None:
    """What branches asked about the call."""
    for each in call.questions:
        service.answer_question(
            world.db,
            actor=world.actors["organiser"],
            now=view.opens_at + timedelta(days=each.day, hours=1),
            call_id=view.id,
            question=each.question,
            answer=each.answer.strip(),
        )


def write(world: World, call_id: str, case: DemoCase, now: datetime) -> str:
    """Start a working copy with its files, text and claims; returns the case's id."""
    actor = world.actors[case.unit]
    case_id = service.start_draft(world.db, actor=actor, now=now, call_id=call_id)
    figures, files = {}, {}
    for place, (name, caption) in enumerate(case.photos, start=1):
        photo = _photo(world.pictures[name], f"照片{place}.jpg", caption)
        view = service.attach_file(world.db, actor=actor, now=now, case_id=case_id, file=photo)
        figures[name], files[name] = _figure(view.id, caption), view.id
    for table in case.tables:
        file = _sheet(world.sheets[table.name], table)
        files[table.name] = service.attach_file(world.db, actor=actor, now=now, case_id=case_id, file=file).id
    for name in {table.name for table in case.tables} & {claim.evidence for claim in case.claims}:
        service.release_attachment(
            world.db, actor=actor, now=now, case_id=case_id, attachment_id=files[name], released=True
        )
    service.save_draft(
        world.db,
        actor=actor,
        now=now + timedelta(minutes=40),
        case_id=case_id,
        revision=queries.draft(world.db, case_id).revision,
        text=_text(case, figures),
    )
    for claim in case.claims:
        service.mark_claim(
            world.db,
            actor=actor,
            now=now + timedelta(minutes=55),
            case_id=case_id,
            quote=claim.quote,
            sources=[Source(files[claim.evidence], note=claim.note)] if claim.evidence else [],
        )
    return case_id


def _sheet(stored: StoredFile, table: DemoTable) -> service.NewFile:
    return service.NewFile(
        stored=stored, kind="file", name=table.name, media_type=media_type("xlsx"), caption=table.caption
    )


def _photo(stored: StoredFile, name: str, caption: str) -> service.NewFile:
    return service.NewFile(
        stored=stored,
        kind="photo",
        name=name,
        media_type="image/jpeg",
        caption=caption,
        width=WIDTH,
        height=HEIGHT,
    )


def _figure(attachment_id: str, caption: str) -> str:
    words = html.escape(caption)
    picture = f'<img src="attachment:{attachment_id}" alt="{words}">'
    return f"<figure>{picture}<figcaption>{words}</figcaption></figure>"


def _text(case: DemoCase, figures: Mapping[str, str]) -> CaseText:
    return CaseText(
        title=case.title,
        summary=case.summary,
        body_html=to_html(case.body, figures),
        category_key=case.category,
        authors=_authors(case),
        practice_from=case.practice_from,
        practice_to=case.practice_to,
    )


def _authors(case: DemoCase) -> tuple[Author, ...]:
    return tuple(Author(name, post) for name, post in case.authors)


def hand_in(world: World, call: DemoCall, view: CallView, case: DemoCase, at: datetime) -> str:
    """Write a case and hand it in at `at`; returns its id."""
    returned = call.returned is not None and call.returned.case == case.key
    first = replace(case, authors=case.authors[:1]) if returned else case
    case_id = write(world, view.id, first, at - WRITING)
    _submit(world, case, case_id, f"demo-{call.key}-{case.key}", at)
    return case_id


def hand_in_anew(world: World, call: DemoCall, case: DemoCase, case_id: str, now: datetime) -> None:
    """Hand a case in again with all its authors, and have it forwarded again the next morning."""
    actor = world.actors[case.unit]
    before = queries.draft(world.db, case_id)
    service.save_draft(
        world.db,
        actor=actor,
        now=now - timedelta(minutes=8),
        case_id=case_id,
        revision=before.revision,
        text=replace(before.text, authors=_authors(case)),
    )
    _submit(world, case, case_id, f"demo-{call.key}-{case.key}-2", now)
    _forward(world, call, case, case_id, now + timedelta(hours=17))


def _submit(world: World, case: DemoCase, case_id: str, key: str, now: datetime) -> None:
    contact = world.actors[case.unit]
    service.submit_case(
        world.db,
        actor=contact,
        now=now,
        case_id=case_id,
        key=key,
        pledge=Pledge(accepted=True, name=contact.name),
        signing_key=world.signing_key,
    )


def collect(world: World, call: DemoCall, *, drafts: Collection[str] = (), until: datetime) -> dict[str, str]:
    """Run a call's window up to `until`: cases come in one after the other, the superiors forward each.

    Those in `drafts` stay working copies, and a case without an opinion stays unforwarded. Returns the ids
    by the cases' keys.
    """
    view = publish(world, call)
    ids = {}
    for index, case in enumerate(call.cases):
        at = world.spread(call, index, until)
        if case.key in drafts:
            ids[case.key] = write(world, view.id, case, at)
            continue
        ids[case.key] = hand_in(world, call, view, case, at)
        if case.key in call.opinions:
            _forward(world, call, case, ids[case.key], at + timedelta(hours=26))
        if case.key in call.comments:
            _comment(world, call, case, ids[case.key], at + timedelta(hours=20))
    return ids


def _forward(world: World, call: DemoCall, case: DemoCase, case_id: str, now: datetime) -> None:
    service.recommend_case(
        world.db,
        actor=_superior(world, case),
        now=now,
        case_id=case_id,
        opinion=call.opinions[case.key],
    )


def _comment(world: World, call: DemoCall, case: DemoCase, case_id: str, now: datetime) -> None:
    service.comment_on_case(
        world.db, actor=_superior(world, case), now=now, case_id=case_id, comment=call.comments[case.key]
    )


def _superior(world: World, case: DemoCase) -> Actor:
    return world.actors[next(each.parent for each in world.content.units if each.key == case.unit)]
