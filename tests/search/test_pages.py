"""The library's pages and API, as a visitor who is not signed in meets them."""

import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from foundation.actor import Actor, Role
from foundation.clock import FixedClock
from judging.values import AwardView
from submissions import queries
from submissions.service.attachments import NewFile, attach_file
from submissions.service.drafts import save_draft
from submissions.values import AttachmentView
from tests.judging.world import revoke
from tests.search.factories import award
from tests.support import databases
from tests.support.factories import (
    NOW,
    hand_in,
    make_call,
    make_draft,
    make_entry,
    make_submitter,
    make_text,
    make_unit,
    make_user,
)
from tests.support.web import Visitor
from webapp.settings import Settings
from webapp.wiring import build

pytestmark = pytest.mark.xdist_group("shelf")  # its shelf is filled once

ORGANISER = Actor("organiser-000001", "组织者", frozenset({Role.ORGANISER}))
BODY = (
    "<h2>一、做法</h2><p>支部在泵房墙上公開一本水账，逐戶裝表，每旬對賬。</p>"
    "<h2>二、成效</h2><p>两年没有再为抢水动过手，水费收缴率升到 97%。</p>"
)


@dataclass(frozen=True)
class Shelf:
    """Three awarded cases and one without a prize."""

    awards: dict[str, AwardView]
    photo: AttachmentView
    hidden: str


def fill(product: Any) -> Shelf:
    with product.database.write() as db:
        old = make_call(db, now=NOW - timedelta(days=400), title="2025 年案例征集")
        new = make_call(db, title="2026 年案例征集")
        village = make_submitter(db, make_unit(db, "双坡村党支部"))
        case_id = make_draft(db, actor=village, call=new)
        picture = io.BytesIO()
        Image.new("RGB", (30, 20), "green").save(picture, "JPEG")
        stored = product.files.put([picture.getvalue()])
        file = NewFile(stored, "photo", "泵房.jpg", "image/jpeg", "泵房墙上的旬水账", 30, 20)
        photo = attach_file(db, actor=village, now=NOW, case_id=case_id, file=file)
        text = make_text(
            title="一本贴在泵房墙上的水账", summary="水费十年扯皮，一本公开水账理清。", body_html=BODY,
            source_line="来源：《党建工作简报》", signoff_line="责任编辑：周敏",
        )  # fmt: skip
        revision = queries.draft(db, case_id).revision
        save_draft(db, actor=village, now=NOW, case_id=case_id, revision=revision, text=text)
        receipt = hand_in(db, actor=village, case_id=case_id)
        ledger = award(db, queries.version(db, receipt.version_id), key="first")
        school = make_entry(db, call=new, title="夜校办到第九期", category_key="community")
        past = make_entry(db, call=old, title="<b>楼道长</b>的电话", now=NOW - timedelta(days=400))
        loser = make_entry(db, call=new, title="没有获奖的案例")
        awards = {
            "ledger": ledger,
            "school": award(db, school, now=NOW + timedelta(hours=1)),
            "past": award(db, past, now=NOW - timedelta(days=300)),
        }
    product.worker.run_once()
    return Shelf(awards, photo, loser.case_id)


@pytest.fixture(scope="module")
def stocked(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, Shelf]]:
    """A product with the shelf, for all tests that change nothing."""
    folder = tmp_path_factory.mktemp("library")
    url = databases.copy_sqlite(sqlite_template, folder / "exemplar.sqlite")
    built = build(Settings(data_dir=folder / "var", database_url=url, secret_key="s" * 32), FixedClock(NOW))
    yield built, fill(built)
    built.close()


@pytest.fixture
def shelf(stocked: tuple[Any, Shelf]) -> Shelf:
    return stocked[1]


@pytest.fixture
def reader(stocked: tuple[Any, Shelf]) -> Visitor:
    return Visitor(stocked[0]).speak("zh")


def test_the_library_shows_everything_newest_first(shelf: Shelf, reader: Visitor) -> None:
    shown = reader.get("/library")
    assert shown.status_code == 200
    places = [shown.text.index(title) for title in ("夜校办到第九期", "泵房墙上的水账", "楼道长")]
    assert places == sorted(places)
    assert "共 3 个案例" in shown.text
    assert "没有获奖的案例" not in shown.text
    assert "&lt;b&gt;楼道长" in shown.text
    assert "<b>楼道长" not in shown.text


@pytest.mark.parametrize("question", ["公开水账", "公開水賬", "“公开一本水账”", "年份:2026 逐户"])
def test_both_scripts_find_and_mark(shelf: Shelf, reader: Visitor, question: str) -> None:
    shown = reader.get("/library", params={"q": question}).text
    assert "找到 1 个案例" in shown
    assert "<mark>" in shown
    assert f"/library/{shelf.awards['ledger'].case_id}" in shown


def test_filters_count_and_can_be_removed(shelf: Shelf, reader: Visitor) -> None:
    shown = reader.get("/library", params={"prize": "一等奖", "sort": "newest"}).text
    assert "找到 1 个案例" in shown
    assert 'id="f-prize-一等奖" name="prize" value="一等奖" checked' in shown
    assert 'class="chip" href="/library?sort=newest"' in shown
    assert reader.get("/library", params={"year": ["2025", "2026"]}).text.count("data-hit") == 3
    assert "找到 1 个案例" in reader.get("/library", params={"extras": "photos"}).text


@pytest.mark.parametrize("number", ["0", "-1", "x", "٣", "9" * 5000, "0" * 5000 + "1"])
def test_any_page_number_is_a_page(shelf: Shelf, reader: Visitor, number: str) -> None:
    assert reader.get("/library", params={"page": number}).status_code == 200


def test_htmx_gets_the_results_alone(shelf: Shelf, reader: Visitor) -> None:
    shown = reader.get("/library", params={"q": "水账", "page": "7"}, headers={"HX-Request": "true"})
    assert "<html" not in shown.text
    assert 'id="facets"' in shown.text
    assert shown.headers["HX-Replace-Url"] == "/library?q=%E6%B0%B4%E8%B4%A6"
    assert "HX-Request" in shown.headers["Vary"]


def test_nothing_found_is_no_dead_end(shelf: Shelf, reader: Visitor) -> None:
    misspelt = reader.get("/library", params={"q": "水帐本子扯平区块链"}).text
    assert "没有找到" in misspelt or "没有案例同时含有" in misspelt
    shown = reader.get("/library", params={"q": "夜效", "year": "2026"}).text
    assert "您要找的是不是：" in shown
    assert ">夜校</strong>" in shown
    filtered = reader.get("/library", params={"q": "水账", "year": "2025"}).text
    assert "去掉条件“年份：2025”" in filtered
    assert "（1 个案例）" in filtered
    assert "最新案例" in filtered
    worded = reader.get("/library", params={"q": "+水账 +区块链"}).text
    assert 'href="/library?q=%2B%E6%B0%B4%E8%B4%A6">去掉“+区块链”</a>' in worded


@pytest.mark.parametrize(
    "query",
    ["q=%00%ff", "q=" + "%22" * 500, "page=0", "page=-3", "page=9999999999999999999999", "page=²",
     "sort=x", "year=%F0%9F%98%80", "prize=" + "a" * 3000, "unit=&unit=", "q=%F0%9F%98%80+OR+OR+-"],
)  # fmt: skip
def test_no_address_is_an_error(shelf: Shelf, reader: Visitor, query: str) -> None:
    assert reader.get(f"/library?{query}").status_code == 200
    assert reader.get(f"/api/v1/library?{query}").status_code == 200


def test_a_case_as_it_is_read(shelf: Shelf, reader: Visitor) -> None:
    case_id = shelf.awards["ledger"].case_id
    shown = reader.get(f"/library/{case_id}").text
    for words in (
        "一本贴在泵房墙上的水账", "双坡村党支部", "一等奖", "来源：《党建工作简报》", "责任编辑：周敏",
        '<h2 id="s1">一、做法</h2>', '<a href="#s2">二、成效</a>', "泵房墙上的旬水账",
        f"/library/{case_id}/photos/{shelf.photo.id}", "[EB/OL]. (2026-03-01)[2026-03-01]. http",
    ):  # fmt: skip
        assert words in shown


def test_photos_belong_to_their_case(shelf: Shelf, reader: Visitor) -> None:
    case_id = shelf.awards["ledger"].case_id
    shown = reader.get(f"/library/{case_id}/photos/{shelf.photo.id}")
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")
    other = shelf.awards["school"].case_id
    for path in (
        f"/library/{other}/photos/{shelf.photo.id}",
        f"/library/{case_id}/photos/unknown",
        f"/library/{shelf.hidden}/photos/{shelf.photo.id}",
    ):
        assert reader.get(path).status_code == 404


def test_a_case_can_be_taken_along_as_a_word_file(shelf: Shelf, reader: Visitor) -> None:
    case_id = shelf.awards["ledger"].case_id
    assert f"/library/{case_id}/word" in reader.get(f"/library/{case_id}").text
    found = reader.get(f"/library/{case_id}/word")
    assert (found.status_code, found.content[:2]) == (200, b"PK")
    assert "attachment" in found.headers["content-disposition"]
    assert reader.get(f"/library/{shelf.hidden}/word").status_code == 404


def test_what_is_not_awarded_is_not_there(shelf: Shelf, reader: Visitor) -> None:
    hidden, missing = reader.get(f"/library/{shelf.hidden}"), reader.get("/library/unknown")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert reader.get(f"/api/v1/library/{shelf.hidden}").status_code == 404


def test_a_revoked_award_disappears_everywhere(product: Any) -> None:
    shelf, reader = fill(product), Visitor(product).speak("zh")
    gone = shelf.awards["ledger"]
    assert "泵房" in reader.get("/library/suggestions?q=bengfang").text
    with product.database.write() as db:
        revoke(db, gone.id, "材料不实，经核查撤销。")
    for told in (False, True):  # at once, and after the index has heard of it
        if told:
            product.worker.run_once()
        assert "泵房墙上的水账" not in reader.get("/library").text
        assert f"/library/{gone.case_id}" not in reader.get("/library", params={"q": "泵房"}).text
        assert reader.get(f"/library/{gone.case_id}").status_code == 404
        assert reader.get(f"/library/{gone.case_id}/word").status_code == 404
        assert reader.get(f"/library/{gone.case_id}/photos/{shelf.photo.id}").status_code == 404
        assert reader.get(f"/api/v1/library/{gone.case_id}").status_code == 404
        assert gone.case_id not in reader.get("/api/v1/library?q=泵房").text
        assert "泵房" not in reader.get("/library/suggestions?q=bengfang").text
        assert gone.case_id not in reader.get("/api/v1/library/suggestions?q=bengfang").text
    assert reader.get("/api/v1/library?q=泵房").json()["total"] == 0
    other = reader.get(f"/library/{shelf.awards['school'].case_id}").text
    assert gone.case_id not in other


def test_an_award_is_found_within_a_second(product: Any) -> None:
    reader = Visitor(product).speak("zh")
    product.worker.start()
    with product.database.write() as db:
        version = make_entry(db, call=make_call(db), title="刚刚授奖的案例")
    reader.get("/library")
    with product.database.write() as db:
        award(db, version)
    for _ in range(40):
        if "刚刚授奖的案例" in reader.get("/library?q=刚刚授奖").text:
            break
    else:
        pytest.fail("the award was not found")


def test_suggestions(shelf: Shelf, reader: Visitor) -> None:
    shown = reader.get("/library/suggestions", params={"q": "bengfang"}).text
    assert f'data-href="/library/{shelf.awards["ledger"].case_id}"' in shown
    assert 'role="option"' in shown
    assert reader.get("/library/suggestions", params={"q": ""}).text.strip() == ""
    assert reader.get("/api/v1/library/suggestions?q=spc").json()[0]["text"] == "双坡村党支部"


def test_pinyin_in_the_search_box_says_how_it_was_read(shelf: Shelf, reader: Visitor) -> None:
    shown = reader.get("/library", params={"q": "bengfang"}).text
    assert "没有找到“bengfang”，已按拼音检索“泵房”" in shown
    assert "<mark>泵房</mark>" in shown
    assert 'value="bengfang"' in shown
    assert 'href="/library?q=bengfang&amp;exact=1"' in shown
    exact = reader.get("/library", params={"q": "bengfang", "exact": "1"}).text
    assert "没有找到符合条件的案例" in exact
    assert "只按输入的词" in exact


def test_a_hit_says_why_it_is_one(shelf: Shelf, reader: Visitor) -> None:
    shown = reader.get("/library", params={"q": "水账 逐戶 无人机"}).text
    assert "为什么有这条" in shown
    assert "“水账”：标题 1 处，摘要 1 处" in shown
    assert "“逐户”：正文 1 处" in shown
    assert "没有“无人机”" in shown
    assert "这些词连在一起出现" in shown


def test_new_fields_of_the_search_box(shelf: Shelf, reader: Visitor) -> None:
    for question, count in (("含:照片", 1), ("字数:0..1500", 3), ("字数:5000以上", 0), ("活动:2025", 1)):
        assert f"找到 {count} 个案例" in reader.get("/library", params={"q": question}).text


def test_organisers_keep_synonyms_and_searches_use_them_at_once(product: Any) -> None:
    fill(product)
    with product.database.write() as db:
        users = [make_user(db, Role.ORGANISER), make_user(db, Role.SUBMITTER)]
    keeper, branch = (Visitor(product).sign_in(user, language="zh") for user in users)
    reader = Visitor(product).speak("zh")
    here = "/organise/library/synonyms"
    assert "试一试" not in reader.get(here).text
    assert branch.get(here).status_code == 403
    assert "没有找到" in reader.get("/library?q=流水簿").text
    short = keeper.post(here, {"words": "流水簿", "direction": "both"})
    assert (short.status_code, "流水簿</textarea>" in short.text) == (422, True)
    assert "至少填写两个不同的词" in short.text
    assert "已增加" in keeper.post(here, {"words": "流水簿、水账", "direction": "both", "note": "账"}).text
    found = reader.get("/library?q=流水簿").text
    assert "找到 1 个案例" in found
    assert "“流水簿”也检索了：水账。" in found
    assert "<mark>水账</mark>" in found
    assert "“流水簿”的同义词“水账”：标题 1 处" in found
    assert "没有找到" in reader.get("/library?q=流水簿&exact=1").text
    assert "没有找到" in reader.get("/library", params={"q": "“流水簿”"}).text
    tried = keeper.get(here, params={"try": "流水簿"}).text
    assert "用同义词：1 个案例" in tried
    assert "只按输入的词：0 个案例" in tried

    table = (
        keeper.get(f"{here}.csv").content.decode("utf-8-sig").replace("流水簿、水账", "流水簿、水账、账册")
    )
    looked = keeper.post(f"{here}/import", files={"table": ("a.csv", table.encode(), "text/csv")}).text
    assert "导入会改变 1 组" in looked
    lines = html.unescape(re.search(r'name="lines" value="([^"]*)"', looked)[1])  # type: ignore[index]  # the page has it
    assert "导入了 1 组同义词" in keeper.post(f"{here}/import/confirm", {"lines": lines}).text
    assert keeper.post(f"{here}/import/confirm", {"lines": "[["}).status_code == 422
    identity = re.search(rf"{here}/(\w{{16}})/delete", keeper.get(f"{here}?q=账册").text)[1]  # type: ignore[index]  # the same
    gone = keeper.post(f"{here}/{identity}/delete").text
    assert "撤销删除" in gone
    assert "没有找到" in reader.get("/library?q=流水簿").text
    keeper.post(f"{here}/{identity}/restore")
    assert "找到 1 个案例" in reader.get("/library?q=账册").text


def test_the_api_searches_and_reads(shelf: Shelf, reader: Visitor) -> None:
    answer = reader.get("/api/v1/library", params={"q": "公開水賬", "year": "2026"}).json()
    assert (answer["total"], answer["complete"], answer["pages"]) == (1, 1, 1)
    hit = answer["hits"][0]
    assert hit["title"] == "一本贴在泵房墙上的水账"
    assert "<mark>" in "".join(hit["snippets"])
    year = next(facet for facet in answer["facets"] if facet["name"] == "year")
    assert year["values"] == [{"value": "2026", "label": "2026", "count": 1, "chosen": True}]
    assert [(each["word"], each["times"].get("title")) for each in hit["why"]["found"]] == [
        ("公开", None), ("水账", 1),
    ]  # fmt: skip
    assert (answer["query"], answer["searched"], answer["help"]) == ("公開水賬", "公開水賬", None)
    read = reader.get("/api/v1/library", params={"q": "bengfang 区块链"}).json()
    assert (read["query"], read["searched"]) == ("bengfang 区块链", "泵房 区块链")
    nothing = reader.get("/api/v1/library", params={"q": "水账", "year": "2025"}).json()["help"]
    assert nothing["looser"] == [
        {"leaves_out": "filter", "facet": "year", "value": "2025", "q": "水账", "total": 1}
    ]
    case = reader.get(f"/api/v1/library/{hit['id']}").json()
    assert case["body_html"].startswith("<h2>一、做法</h2>")
    assert [photo["caption"] for photo in case["photos"]] == ["泵房墙上的旬水账"]


def test_english(stocked: tuple[Any, Shelf]) -> None:
    shown = Visitor(stocked[0]).speak("en").get("/library?q=水账&year=2025").text
    assert "Without the filter “Year: 2025”" in shown
    assert "Newest cases" in shown


def test_an_empty_library_says_so(visitor: Visitor) -> None:
    assert "案例库还没有案例" in visitor.speak("zh").get("/library").text


def test_on_postgresql(any_product: Any) -> None:
    """The same pages on either database with its own engine."""
    shelf = fill(any_product)
    reader = Visitor(any_product).speak("zh")
    shown = reader.get("/library", params={"q": "公開水賬", "year": "2026"}).text
    assert "找到 1 个案例" in shown
    assert reader.get(f"/library/{shelf.awards['ledger'].case_id}").status_code == 200
