"""The page of a case and what can be taken along from it."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from foundation.actor import Role
from foundation.clock import FixedClock
from search import holdings
from tests.conftest import lacking
from tests.search.reading import QUOTE, Rich, fill
from tests.support import databases
from tests.support.factories import NOW, make_user
from tests.support.web import Visitor
from webapp.settings import Settings
from webapp.wiring import build

pytestmark = pytest.mark.xdist_group("reader")  # its shelf is filled once

ADDRESSES = ("", "/word", "/pdf", "/photos.zip", "/citation.bib", "/qr.png", "/print.css")


@pytest.fixture(scope="module")
def stocked(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, Rich]]:
    """A product with the rich case, for all tests that change nothing."""
    folder = tmp_path_factory.mktemp("reading")
    url = databases.copy_sqlite(sqlite_template, folder / "exemplar.sqlite")
    built = build(Settings(data_dir=folder / "var", database_url=url, secret_key="s" * 32), FixedClock(NOW))
    yield built, fill(built)
    built.close()


@pytest.fixture
def rich(stocked: tuple[Any, Rich]) -> Rich:
    return stocked[1]


@pytest.fixture
def reader(stocked: tuple[Any, Rich]) -> Visitor:
    return Visitor(stocked[0]).speak("zh")


def test_a_case_is_set_as_a_long_read(rich: Rich, reader: Visitor) -> None:
    shown = reader.get(f"/library/{rich.case_id}").text.split("</head>")[1]
    for words in (
        'class="case-title">一本贴在泵房墙上的水账<', "水费十年扯皮", "双坡村党支部", "李强", "支部书记",
        '<h2 id="s1">一、做法</h2>', '<h3 id="s2">（一）装表</h3>', '<a href="#s3">二、成效</a>',
        'role="region" tabindex="0" aria-label="水费收缴"', "来源：《党建工作简报》", "责任编辑：周敏",
        'class="lead-photo"', "读完约 2 分钟", "一等奖", 'lang="zh-Hans"',
    ):  # fmt: skip
        assert words in shown
    assert (
        shown.index(rich.files["lead"]) < shown.index(rich.files["wall"]) < shown.index(rich.files["meter"])
    )


def test_only_released_evidence_is_shown(rich: Rich, reader: Visitor) -> None:
    page = reader.get(f"/library/{rich.case_id}").text
    assert f"/evidence/{rich.files['ledger']}" in page
    assert f"<q>{QUOTE}</q>" in page
    for kept in ("村民名册", "内部名册", "签到表", rich.files["secret"], rich.files["scan"]):
        assert kept not in page
        assert kept not in reader.get(f"/api/v1/library/{rich.case_id}").text
    sent = reader.get(f"/library/{rich.case_id}/evidence/{rich.files['ledger']}")
    assert (sent.status_code, sent.content) == (200, "水账.xlsx".encode())
    assert sent.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in sent.headers["content-security-policy"]
    for path in (
        f"evidence/{rich.files['secret']}", f"evidence/{rich.files['scan']}",
        f"evidence/{rich.files['wall']}", f"photos/{rich.files['scan']}", f"photos/{rich.files['ledger']}",
    ):  # fmt: skip
        assert reader.get(f"/library/{rich.case_id}/{path}").status_code == 404


def test_word_and_photos_leave_kept_evidence_out(rich: Rich, reader: Visitor) -> None:
    word = zipfile.ZipFile(io.BytesIO(reader.get(f"/library/{rich.case_id}/word").content))
    assert len([name for name in word.namelist() if name.startswith("word/media/")]) == 3
    text = word.read("word/document.xml").decode()
    assert "签到表" not in text
    assert f"/c/{rich.version.number.removesuffix('-1')}" in text
    photos = zipfile.ZipFile(io.BytesIO(reader.get(f"/library/{rich.case_id}/photos.zip").content))
    assert photos.namelist() == ["01 墙.jpg", "02 会.jpg", "03 表.jpg"]


def test_what_programs_read(rich: Rich, reader: Visitor) -> None:
    page = reader.get(f"/library/{rich.case_id}").text
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    said = json.loads(found[1])
    assert said["headline"] == "一本贴在泵房墙上的水账"
    assert said["author"] == [{"@type": "Person", "name": "李强"}, {"@type": "Person", "name": "王芳"}]
    assert (said["inLanguage"], said["isAccessibleForFree"], len(said["image"])) == ("zh-Hans", True, 3)
    for tag in (
        f'<link rel="canonical" href="http://testserver/library/{rich.case_id}">',
        '<meta name="DC.creator" content="王芳">',
        '<meta name="citation_publication_date" content="2026/03/01">',
        '<meta property="og:title" content="一本贴在泵房墙上的水账">',
    ):
        assert tag in page
    assert "noindex" not in page


def test_the_short_address_and_citations(rich: Rich, reader: Visitor) -> None:
    number = rich.version.number.removesuffix("-1")
    moved = reader.client.get(f"/c/{number}", follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (302, f"/library/{rich.case_id}")
    assert reader.client.get(f"/c/{rich.version.number}", follow_redirects=False).status_code == 302
    for wrong in ("2026-XXXXXXXX", "1", "%00", "a" * 300):
        assert reader.get(f"/c/{wrong}").status_code == 404
    kinds = {form: reader.get(f"/library/{rich.case_id}/citation.{form}") for form in ("bib", "ris", "json")}
    assert all("attachment" in each.headers["content-disposition"] for each in kinds.values())
    assert json.loads(kinds["json"].text)[0]["URL"] == f"http://testserver/library/{rich.case_id}"
    assert reader.get(f"/library/{rich.case_id}/citation.xml").status_code == 404
    assert (
        "李强, 王芳. 一本贴在泵房墙上的水账[EB/OL]. (2026-03-01)[2026-03-01]."
        in reader.get(f"/library/{rich.case_id}").text
    )


def test_the_way_through_a_search(rich: Rich, reader: Visitor) -> None:
    came = {"referer": "http://testserver/library?q=%E6%B3%B5%E6%88%BF"}
    first = reader.get(f"/library/{rich.case_id}", headers=came).text
    assert "共 2 个" in first
    links = re.findall(r'rel="(?:next|prev)" href="([^"]+)"', first)
    assert len(links) == 1
    second = reader.get(links[0].replace("&amp;", "&")).text
    assert "泵房墙上的第二本账</h1>" in second
    assert f'href="/library/{rich.case_id}?in=' in second
    assert 'href="/library?q=%E6%B3%B5%E6%88%BF"' in second
    for strange in ("%00", "q=%ff&page=9999", "&" * 2000, "page=2"):
        assert reader.get(f"/library/{rich.case_id}?in={strange}").status_code == 200


def test_related_cases_say_why_and_the_unit_has_others(rich: Rich, reader: Visitor) -> None:
    more = reader.get(f"/library/{rich.case_id}").text.split('class="case-more')[1]
    assert "同一单位的案例" in more
    assert f'href="/library/{rich.sister}"' in more
    assert "都谈到：" in more
    assert "只给教师看的案例" not in more


def test_who_may_not_read_a_case_finds_none(stocked: tuple[Any, Rich], rich: Rich, reader: Visitor) -> None:
    product, _rich = stocked
    with product.database.write() as db:
        teacher = make_user(db, Role.TRAINER)
    trainer = Visitor(product).sign_in(teacher)
    with product.database.read() as db:
        number = holdings.case(db, rich.hidden).version.number
    for path in (*(f"/library/{rich.hidden}{each}" for each in ADDRESSES), f"/c/{number}"):
        assert reader.get(path).status_code == 404
    assert trainer.get(f"/c/{number}").status_code == 200
    assert '<meta name="robots" content="noindex">' in trainer.get(f"/library/{rich.hidden}").text


def test_a_pdf_that_was_made_is_sent_again(stocked: tuple[Any, Rich], rich: Rich, reader: Visitor) -> None:
    product, _rich = stocked
    if "下载 PDF" not in reader.get(f"/library/{rich.case_id}").text:
        lacking("LibreOffice is not installed")
    first = reader.get(f"/library/{rich.case_id}/pdf")
    assert (first.content[:5], first.headers["content-type"]) == (b"%PDF-", "application/pdf")
    (kept,) = (product.settings.data_dir / "pdf").glob("*.pdf")
    kept.write_bytes(b"%PDF-1.7 kept")
    assert reader.get(f"/library/{rich.case_id}/pdf").content == b"%PDF-1.7 kept"


def test_the_printed_head_is_a_safe_style_sheet(rich: Rich, reader: Visitor) -> None:
    sheet = reader.get(f"/library/{rich.case_id}/print.css")
    assert sheet.headers["content-type"] == "text/css; charset=utf-8"
    assert '"一本贴在泵房墙上的水账"' in sheet.text


def test_in_english(stocked: tuple[Any, Rich], rich: Rich) -> None:
    page = Visitor(stocked[0]).speak("en").get(f"/library/{rich.case_id}").text
    for words in ("Cite", "Share", "Evidence made public", "minutes to read", "3 sections"):
        assert words in page


def test_the_api_tells_what_the_page_shows(rich: Rich, reader: Visitor) -> None:
    said = reader.get(f"/api/v1/library/{rich.case_id}").json()
    assert [(each["name"], each["claims"]) for each in said["evidence"]] == [("水账.xlsx", [QUOTE])]
    assert (said["authors"], said["language"], len(said["photos"])) == (["李强", "王芳"], "zh-Hans", 3)
    for address in (said["short_url"], *said["citation_files"].values(), said["evidence"][0]["url"]):
        assert reader.get(address.removeprefix("http://testserver")).status_code == 200
