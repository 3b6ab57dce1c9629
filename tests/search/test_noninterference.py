"""What stands in a case for trainers changes no byte that a visitor or a member can reach in the library.

The same library twice, with another text in that one case: every GET address below the library, with the ids
of all cases, many questions, facets, sorts and suggestions. What differs would have told something.
"""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterable, Sequence
from typing import Any

from PIL import Image
from sqlalchemy import text

from foundation.actor import ANONYMOUS, SYSTEM, Role
from foundation.audience import Audience
from foundation.journal import record
from search import shelf
from search.curation.events.placements import CasePutBack
from search.curation.service import collections, placements, topics
from search.curation.values.collections import CollectionItem, CollectionProposal
from submissions import queries
from submissions.service.attachments import NewFile, attach_file
from submissions.values import VersionView
from tests.judging.test_blindness import answers
from tests.judging.test_noninterference import _NAME, _paths
from tests.search.factories import award
from tests.support.databases import make_changeable
from tests.support.factories import (
    NOW,
    hand_in,
    make_actor,
    make_call,
    make_draft,
    make_submitter,
    make_unit,
    make_user,
)
from tests.support.web import Visitor

LIBRARY = re.compile(r"^(/api/v1)?/(library|oai|sitemap)")
EACH = re.compile(r"/(stream|events)$")
"""Streams do not end."""

PUBLIC = "支部在泵房墙上公开一本水账，逐户装表。水账公开以后没有人再抢水，水账公开得了人心。"
MEMBERS = "楼道会开了九次，分摊方案改了四稿。楼道会由党员轮流主持，楼道会记录贴在电梯口。"
SECRETS = (
    ("密语甲乙丙", "夜间党校开到工地，夜间党校讲四十课，水账公开也讲。班前三分钟说一件怕的事。"),
    ("另一个题目", "An evening log of the camp, an evening log; 防汛值班表，防汛值班表。"),
)
QUESTIONS = (
    "", "水账", "密语甲乙丙", "另一个题目", "夜間黨校", "yjdx", "怎样把水账公开", "+水账 -夜间党校",
    "“夜间党校”",
)  # fmt: skip
MORE = ("sort=newest", "sort=prize", "sort=most_used", "topic=夜间党校", "extras=photos&length=under-1500")


def library(product: Any) -> dict[str, VersionView]:
    """A case for everybody, one for members, one for trainers; a collection holds all of them."""
    made = {}
    with product.database.write() as db:
        top = make_unit(db, "江州市委")
        call = make_call(db, title="2026 年案例征集")
        for name, (title, body), unit in (
            ("public", ("水账", PUBLIC), "双坡村党支部"),
            ("members", ("楼道会", MEMBERS), "银杏里党支部"),
            ("trainers", SECRETS[0], "保密单位党支部"),
        ):
            home = make_unit(db, unit, parent=make_unit(db, f"{name}县", parent=top))
            actor = make_submitter(db, home)
            made[name] = _entry(product, db, actor, call, title, f"<h2>做法</h2><p>{body * 3}</p>")
            award(db, made[name], key="first" if name == "trainers" else "second")
        editor = make_actor(db, Role.EDITOR, Role.ORGANISER)
    with product.database.write(editor) as db:
        for name, audience in (("members", Audience.MEMBERS), ("trainers", Audience.TRAINERS)):
            placements.place_cases(
                db, actor=editor, now=NOW, case_ids=[made[name].case_id], audience=audience
            )
        collection = collections.create_collection(
            db,
            actor=editor,
            now=NOW,
            proposal=CollectionProposal(
                title="必读",
                slug="must-read",
                items=tuple(CollectionItem(each.case_id, "值得一读") for each in made.values()),
            ),
        )
        collections.publish_collection(db, actor=editor, now=NOW, collection_id=collection)
        topics.add_topic(db, actor=editor, now=NOW, label="轮流主持", names=["轮值"])
    return made


def _entry(product: Any, db: Any, actor: Any, call: Any, title: str, body: str) -> VersionView:
    case_id = make_draft(db, actor=actor, call=call, title=title, summary=f"{title}的摘要。", body_html=body)
    picture = io.BytesIO()
    Image.new("RGB", (30, 20), "green").save(picture, "JPEG")
    stored = product.files.put([picture.getvalue()])
    file = NewFile(stored, "photo", "照片.jpg", "image/jpeg", "现场", 30, 20)
    attach_file(db, actor=actor, now=NOW, case_id=case_id, file=file)
    return queries.version(db, hand_in(db, actor=actor, case_id=case_id).version_id)


def reading(product: Any, case_id: str) -> None:
    """The worker reads topics and keeps the index, for a shelf on which nothing was read yet."""
    with product.database.write() as db:
        for table in ("topic_reading", "case_topic"):
            db.execute(text(f"DELETE FROM {table}"))
        db.execute(text("DELETE FROM topic WHERE changed_by = 'system'"))
        record(db, actor=SYSTEM, now=NOW, event=CasePutBack(case_id=case_id, reason=""))
    product.worker.run_once()
    product.indexer.rebuild()


def addresses(product: Any, made: dict[str, VersionView]) -> list[str]:
    """Every address of the library with every id, and the questions."""
    known: dict[str, Sequence[str]] = {
        "case": [made["public"].case_id, made["trainers"].case_id],
        "photo": [made["trainers"].attachments[0].id],
        "file": [made["trainers"].attachments[0].id],
        "number": [made["trainers"].number],
        "slug": ["must-read"],
        "format": ["bib"],
    }
    found = []
    for path in _paths(product):
        if LIBRARY.search(path) and not EACH.search(path):
            names = _NAME.findall(path)
            for values in itertools.product(*(known.get(name, ["nothing"]) for name in names)):
                address = path
                for name, value in zip(names, values, strict=True):
                    address = re.sub(r"\{" + name + r"(:\w+)?\}", value, address, count=1)
                found.append(address)
    asked = [
        *(f"{at}?q={question}" for question in QUESTIONS for at in _ASKED_AT),
        *(f"/library?q={question}" for question in QUESTIONS[2:4]),
        *(f"/api/v1/library?q=水账&{more}" for more in MORE),
        *(f"/oai?{more}" for more in _HARVEST),
        *(f"/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier={each.case_id}" for each in made.values()),
    ]
    made_anew = re.compile(rf"{made['public'].case_id}.*/(word|pdf|photos.zip)$")
    return [at for at in dict.fromkeys([*found, *asked]) if not made_anew.search(at)]


_ASKED_AT = ("/api/v1/library", "/api/v1/library/suggestions")
_HARVEST = (
    "verb=Identify", "verb=ListSets", "verb=ListRecords&metadataPrefix=oai_dc",
    "verb=ListIdentifiers&metadataPrefix=oai_dc",
)  # fmt: skip


def change(product: Any, version: VersionView) -> None:
    """The case for trainers has another title, summary and text."""
    title, body = SECRETS[1]
    with product.database.write() as db:
        make_changeable(db, "case_version")
        db.execute(
            text(
                "UPDATE case_version SET title = :t, summary = :s, body_html = :b, word_count = 2 "
                "WHERE id = :id"
            ),
            {"t": title, "s": "另一个摘要", "b": f"<p>{body}</p>", "id": version.id},
        )


def readable(found: dict[str, tuple[int, Any, bytes]], words: Iterable[str]) -> list[str]:
    return [at for at, reply in found.items() if any(word.encode() in reply[2] for word in words)]


def test_a_case_for_trainers_changes_nothing_for_others(product: Any) -> None:
    made = library(product)
    reading(product, made["public"].case_id)
    secret = made["trainers"]
    with product.database.write() as db:
        member, trainer = make_user(db, Role.SUBMITTER), make_user(db, Role.TRAINER)
    who = {
        "visitor": Visitor(product),
        "member": Visitor(product).sign_in(member),
        "trainer": Visitor(product).sign_in(trainer),
    }
    for each in who.values():
        each.get("/")  # the first page gives a visitor his cookie
    everywhere = addresses(product, made)
    theirs = {"visitor": everywhere, "member": [at for at in everywhere if "/api/" in at]}
    theirs["member"] += [at for at in everywhere if secret.case_id in at and "/api/" not in at]
    before = {name: answers(who[name], theirs[name]) for name in theirs}
    page = f"/library/{secret.case_id}"
    read = answers(who["trainer"], [page])
    marks = ("密语甲乙丙的摘要", "夜间党校讲四十课")
    for name in ("visitor", "member"):
        assert readable(before[name], marks) == [], name
        for at in theirs[name]:
            if f"/library/{secret.case_id}" in at and "/api/" not in at:
                assert before[name][at][0] == 404, at
    assert readable(read, marks)  # the trainer does read it
    change(product, secret)
    reading(product, made["public"].case_id)
    with product.database.read(ANONYMOUS) as db:
        assert len(shelf.on_shelf(db)) == 1
    for name in ("visitor", "member"):
        after = answers(who[name], theirs[name])
        assert [at for at in theirs[name] if after[at] != before[name][at]] == [], name
    assert answers(who["trainer"], [page]) != read


def test_hidden_and_missing_look_alike(product: Any) -> None:
    """The same status and page, but for the address itself."""
    made = library(product)
    hidden, nothing = made["trainers"].case_id, "no-such-case-000"
    nobody = Visitor(product)
    nobody.get("/")
    everywhere = [at for at in addresses(product, made) if hidden in at]
    assert len(everywhere) > 10
    for at in everywhere:
        one, other = answers(nobody, [at])[at], answers(nobody, [at.replace(hidden, nothing)])
        (same,) = other.values()
        assert one[0] == same[0], at
        assert one[2].replace(hidden.encode(), b"") == same[2].replace(nothing.encode(), b""), at
