"""Calls and cases of the demonstration: published, written, handed in, forwarded, checked."""

import html
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from foundation.files import StoredFile
from submissions import queries, service
from submissions.rules.lifecycle import Deed
from submissions.rules.windows import SETTLED
from submissions.values import Author, CallProposal, CallView, CaseText, Pledge
from webapp.demo.markdown import to_html
from webapp.demo.pictures.canvas import HEIGHT, WIDTH
from webapp.demo.reading import DemoCall, DemoCase
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
    """Start a working copy with its photos and text; returns the case's id."""
    actor = world.actors[case.unit]
    case_id = service.start_draft(world.db, actor=actor, now=now, call_id=call_id)
    figures = {}
    for place, (name, caption) in enumerate(case.photos, start=1):
        photo = _photo(world.pictures[name], f"照片{place}.jpg", caption)
        view = service.attach_file(world.db, actor=actor, now=now, case_id=case_id, file=photo)
        figures[name] = _figure(view.id, caption)
    service.save_draft(
        world.db,
        actor=actor,
        now=now + timedelta(minutes=40),
        case_id=case_id,
        revision=queries.draft(world.db, case_id).revision,
        text=_text(case, figures),
    )
    return case_id


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
        authors=tuple(Author(name, post) for name, post in case.authors),
        practice_from=case.practice_from,
        practice_to=case.practice_to,
    )


def hand_in(world: World, call: DemoCall, view: CallView, case: DemoCase, at: datetime) -> str:
    """Write a case and hand it in at `at`; returns its id."""
    case_id = write(world, view.id, case, at - WRITING)
    contact = world.actors[case.unit]
    service.submit_case(
        world.db,
        actor=contact,
        now=at,
        case_id=case_id,
        key=f"demo-{call.key}-{case.key}",
        pledge=Pledge(accepted=True, name=contact.name),
        signing_key=world.signing_key,
    )
    return case_id


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
    return ids


def _forward(world: World, call: DemoCall, case: DemoCase, case_id: str, now: datetime) -> None:
    superior = next(each.parent for each in world.content.units if each.key == case.unit)
    service.recommend_case(
        world.db,
        actor=world.actors[superior],
        now=now,
        case_id=case_id,
        opinion=call.opinions[case.key],
    )


def close(world: World, call: DemoCall, ids: Mapping[str, str]) -> None:
    """The window ends; the organiser checks the cases where the call asks for it."""
    _opens_at, closes_at = world.window(call)
    service.close_due(world.db, now=closes_at + SETTLED)
    if not call.rules.needs_check:
        return
    for place, case_id in enumerate(ids.values()):
        service.check_case(
            world.db,
            actor=world.actors["organiser"],
            now=closes_at + timedelta(hours=17, minutes=9 * place),
            case_id=case_id,
            outcome=Deed.CHECK,
        )
