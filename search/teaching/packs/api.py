"""Teaching packs through the JSON API: list, read, start, save, and where their files are."""

from __future__ import annotations

from foundation.api import Operation
from foundation.permission import require
from foundation.web import Rq
from search.teaching.packs import codec, forms, policy, queries
from search.teaching.packs.pages.showing import Card, cards, opened
from search.teaching.packs.papers import title_of
from search.teaching.packs.queries import Shown
from search.teaching.packs.service.writing import save_pack, start_pack
from search.teaching.packs.values import Content
from search.teaching.packs.wording import section_names

FILES = ("book.docx", "handout.docx", "slides.pptx", "all.zip")


def operations() -> list[Operation]:
    return [
        Operation(
            "GET",
            "/teaching/packs",
            lambda rq, _body: _list(rq),
            summary="Your teaching packs and those that trainers share",
            tag="teaching",
            reply=forms.PackLine,
            many=True,
            query={"case": "Id of a case: only packs that are made of it"},
        ),
        Operation(
            "POST",
            "/teaching/packs",
            _start,
            summary="Start a pack from a kind of class (meeting, class, workshop, evening, blank) and cases",
            tag="teaching",
            body=forms.NewPackForm,
            reply=forms.PackReply,
            status=201,
        ),
        Operation(
            "GET",
            "/teaching/packs/{pack}",
            lambda rq, _body: _reply(rq, opened(rq)),
            summary="A teaching pack with the addresses of its files",
            tag="teaching",
            reply=forms.PackReply,
        ),
        Operation(
            "PUT",
            "/teaching/packs/{pack}",
            _save,
            summary="Save a pack of your own; a copy saved meanwhile is merged section by section",
            tag="teaching",
            body=forms.SaveForm,
            reply=forms.SavedReply,
        ),
    ]


def _list(rq: Rq) -> list[forms.PackLine]:
    require(policy.may_teach(rq.signed_in()))
    case_id = rq.query("case")
    own = [
        each
        for each in queries.own_packs(rq.db, rq.actor.user_id)
        if not case_id or case_id in each.content.case_ids
    ]
    others = [
        each for each in queries.shared_packs(rq.db, case_id=case_id) if each.owner_id != rq.actor.user_id
    ]
    return [_line(rq, card) for card in cards(rq, [*own, *others])]


def _line(rq: Rq, card: Card) -> forms.PackLine:
    content = card.shown.content
    return forms.PackLine(
        id=card.pack.id,
        title=card.title,
        owner=card.pack.owner_name,
        sharing=card.pack.sharing,
        minutes=content.minutes,
        cases=list(content.case_ids),
        questions=len(content.questions),
        classes=card.tally.classes,
        changed_at=card.pack.saved_at,
        url=rq.absolute(f"/teaching/packs/{card.pack.id}"),
    )


def _start(rq: Rq, form: forms.NewPackForm) -> forms.PackReply:
    pack_id = start_pack(
        rq.db,
        actor=rq.signed_in(),
        now=rq.now,
        kind=form.kind,
        case_ids=form.cases,
        propose=form.propose,
    )
    return _reply(rq, queries.shown(rq.db, queries.pack(rq.db, pack_id)))


def _reply(rq: Rq, shown: Shown) -> forms.PackReply:
    view = shown.pack
    address = rq.absolute(f"/teaching/packs/{view.id}")
    return forms.PackReply(
        id=view.id,
        title=title_of(shown),
        owner=view.owner_name,
        sharing=view.sharing,
        revision=view.shown_revision,
        content=_form(shown.content),
        withheld_cases=shown.missing,
        adapted_from=view.adapted_from,
        saved_at=view.saved_at,
        files=[forms.PackFile(name=name, url=f"{address}/{name}") for name in FILES],
    )


def _save(rq: Rq, form: forms.SaveForm) -> forms.SavedReply:
    saved = save_pack(
        rq.db,
        actor=rq.signed_in(),
        now=rq.now,
        pack_id=rq.path("pack"),
        revision=form.revision,
        content=form.content.content(),
        prefer=form.prefer,
    )
    return forms.SavedReply(
        revision=saved.pack.revision,
        saved_at=saved.pack.saved_at,
        merged=list(saved.merged),
        merged_names=section_names(saved.merged),
        content=_form(queries.shown(rq.db, saved.pack).content),
    )


def _form(content: Content) -> forms.ContentForm:
    return forms.ContentForm.model_validate(codec.to_json(content))
