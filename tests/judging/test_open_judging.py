"""A call that is not blind: unit, authors and true file names everywhere a juror reads; and extreme marks."""

import io
import json
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from PIL import Image
from sqlalchemy import text

from foundation import people
from foundation.actor import Actor
from judging import queries
from judging.blinding import open_copy
from judging.values import BlindSource
from submissions.call_templates import CRITERIA
from submissions.values import Author, Claim, JudgingRules, Level, Source
from tests.judging.factories import version
from tests.judging.world import SCORING, World, assigned, mark
from tests.support.databases import make_changeable
from tests.support.web import Visitor
from webapp.wiring import Product

GRADED = replace(
    CRITERIA[0],
    graded=True,
    levels=(Level(Decimal(60), "中", "一般"), Level(Decimal(85), "良", "较好"), Level(Decimal(95), "优")),
)
RULES = JudgingRules(extremes_need_comment=True)


def visitor(product: Product, actor: Actor) -> Visitor:
    with product.database.write() as db:
        user = people.user(db, actor.user_id)
    return Visitor(product).sign_in(user)


def photo(product: Product) -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(picture, "JPEG")
    stored = product.files.put(iter([picture.getvalue()]))
    files = [
        {
            "id": f"a{place}",
            "kind": "photo",
            "name": "李强在第一农场.jpg",
            "media_type": "image/jpeg",
            "size": stored.size,
            "sha256": stored.sha256,
            "caption": "李强在现场",
            "width": 4,
            "height": 4,
            "position": place,
        }
        for place in (1, 2)
    ]
    with product.database.write() as db:
        make_changeable(db, "case_version")
        db.execute(text("UPDATE case_version SET attachments = :files"), {"files": json.dumps(files)})
    return picture.getvalue()


@pytest.mark.parametrize("blind", [True, False])
def test_unit_authors_and_names_are_shown_where_the_call_is_not_blind(
    sqlite_product: Product, blind: bool
) -> None:
    made = assigned(
        sqlite_product.database,
        cases=1,
        titles=["第一农场党支部的做法"],
        text={"authors": (Author("李强", "支部书记"),)},
        judging=JudgingRules(blind=blind),
    )
    content = photo(sqlite_product)
    juror = made.jurors[0]
    who = visitor(sqlite_product, juror)
    read = made.read_of(juror, made.entries[0].case_id)
    queue = who.get(f"/judging/rounds/{made.round.id}").text
    page = who.get(f"/judging/reads/{read}").text
    reply = who.get(f"/api/v1/judging/reads/{read}").json()
    archive = zipfile.ZipFile(io.BytesIO(who.get(f"/exports/judging/{made.round.id}.zip").content))
    html = next(archive.read(name).decode() for name in archive.namelist() if name.endswith(".html"))
    shown = [
        name in where
        for where in (queue, page, html, json.dumps(reply, ensure_ascii=False))
        for name in ("第一农场党支部",)
    ]
    assert shown == [not blind] * 4
    assert [("李强" in where) for where in (page, html)] == [not blind] * 2
    assert (reply["unit"], reply["authors"]) == (("", []) if blind else ("第一农场党支部", ["李强"]))
    names = ["photo-1.jpg", "photo-2.jpg"] if blind else ["李强在第一农场.jpg", "李强在第一农场 (2).jpg"]
    assert [each["name"] for each in reply["files"]] == names
    assert [name.rpartition("/")[2] for name in archive.namelist() if name.endswith(".jpg")] == names
    assert who.get(reply["files"][1]["url"]).content == content
    assert ("匿名评审" in page) == blind


def test_an_open_copy_keeps_links_and_names() -> None:
    claims = (Claim(id="c1", quote="正文", sources=(Source(url="https://a.cn/1", note="甲单位网站"),)),)
    copy = open_copy(version(claims=claims), label="A01", category_name="农村")
    assert copy.claims[0].sources == (BlindSource("link", "", "", "甲单位网站", "https://a.cn/1"),)
    assert (copy.blind, copy.unit_name, copy.masked) == (False, "某局第二党支部", 0)


@pytest.fixture
def strict(sqlite_product: Product) -> World:
    return assigned(
        sqlite_product.database, cases=2, jurors=1, criteria=(GRADED, *CRITERIA[1:]), judging=RULES
    )


def test_extreme_marks_are_handed_in_with_a_comment_only(sqlite_product: Product, strict: World) -> None:
    juror = strict.jurors[0]
    who = visitor(sqlite_product, juror)
    first, second = (strict.read_of(juror, entry.case_id) for entry in strict.entries)
    mark(strict, juror, first, 95, 80, 80, 80)
    mark(strict, juror, second, 85, 80, 80, 80)
    queue = f"/judging/rounds/{strict.round.id}"
    page = who.get(queue).text
    assert "要写意见" in page
    assert "提交已评完的 1 份" in page
    refused = who.post(f"/judging/reads/{first}", {"command": "hand_in", "author": "写得实"})
    assert refused.status_code == 422
    assert 'href="#jury"' in refused.text
    assert "写得实</textarea>" in refused.text
    assert "已提交 1 份评分表，还有 1 份没有完成" in who.post(f"{queue}/hand-in").text
    done = who.post(f"/judging/reads/{first}", {"command": "hand_in", "jury": "逐条核对过"})
    assert "评分表已提交" in done.text
    with strict.database.read(strict.organiser) as db:
        assert queries.board(db, strict.organiser, strict.current(db)).rows[0].reads == 1
    assert "逐条核对过" not in who.get(queue).text


def test_grades_are_named_choices_and_missing_marks_lead_to_their_boxes(
    sqlite_product: Product, strict: World
) -> None:
    juror = strict.jurors[0]
    who = visitor(sqlite_product, juror)
    read = strict.read_of(juror, strict.entries[0].case_id)
    page = who.get(f"/judging/reads/{read}").text
    assert page.count('class="grade"') == 3
    assert page.index("优") < page.index("良") < page.index('data-key="C"')
    wrong = who.post(f"/judging/reads/{read}", {"mark-authenticity": "70", "command": "save"})
    assert 'href="#mark-authenticity"' in wrong.text
    named = who.post(f"/judging/reads/{read}", {"mark-authenticity": "良", "command": "hand_in"})
    assert 'href="#mark-effectiveness"' in named.text
    who.post(f"/judging/reads/{read}", {"mark-authenticity": "良", "command": "save"})
    with strict.database.read(juror) as db:
        desk = queries.desk(db, juror, read, SCORING)
    assert desk.scorecard.marks == {"authenticity": Decimal(85)}
    reply = who.get(f"/api/v1/judging/reads/{read}").json()["criteria"][0]
    assert (reply["graded"], reply["levels"][0]) == (True, {"lowest": "60", "name": "中", "text": "一般"})
