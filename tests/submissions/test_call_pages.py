"""A call's pages beyond the form: previews, questions, changes, categories' deadlines, who may take part."""

from datetime import timedelta
from typing import Any

import pytest

from foundation import people
from foundation.clock import FixedClock
from submissions import queries, service
from submissions.values import CallProposal, Category, Eligibility, FileKind, FileRules, Part
from tests.submissions.factories import BODY, CLOSES, DURING, World, world, write
from tests.submissions.test_api import bearer
from tests.submissions.test_pages import call_fields, sign_in, text_of, value_of

EARLY = CLOSES - timedelta(days=5)
CATEGORIES = (Category("rural", "农村"), Category("school", "高等院校和学校", closes_at=EARLY))
PARTS = (Part("background", "背景", lowest=10), Part("lessons", "启示", ("体会",)))


@pytest.fixture
def here(product: Any, clock: FixedClock) -> World:
    clock.set(DURING)
    return world(
        product.database,
        categories=CATEGORIES,
        parts=PARTS,
        copyright_text="同意汇编出版。",
        files=FileRules(kinds=(FileKind.PHOTO,), size_highest=2, number_highest=3),
    )


# --- looking at it beforehand ---------------------------------------------------------------------------


def test_a_call_is_looked_at_as_a_branch_and_as_a_juror(visitor: Any, here: World) -> None:
    sign_in(visitor, here.organiser)
    base = f"/organise/calls/{here.call.id}/preview"
    branch = text_of(visitor.get(f"{base}?as=branch"))
    for said in (
        "申报进度",
        "背景 不少于 10 字",
        "单个不超过 2 MB，最多 3 个",
        "我已阅读并同意版权条款",
        "未开始",
    ):
        assert said in branch
    assert "高等院校和学校（2026年3月26日 18:00 截止）" in branch
    juror = text_of(visitor.get(f"{base}?as=juror"))
    for said in ("1. 真实性", "权重 25%", "90–100 优秀 全部来自本单位近年的实践", "一本台账解开村里的老疙瘩"):
        assert said in juror
    assert "写小写实" in text_of(visitor.get(f"{base}?as=nobody"))
    sign_in(visitor, here.branch)
    assert visitor.get(base).status_code == 403


def test_the_form_shows_the_score_sheet_while_it_is_typed(visitor: Any, here: World) -> None:
    sign_in(visitor, here.organiser)
    typed = call_fields(preview_as="juror", **{"criteria-0-lowest": "1", "criteria-0-highest": "5"})
    page = visitor.post("/organise/calls/preview", typed)
    assert "权重 100%" in text_of(page)
    assert page.text.count('type="radio"') == 5
    assert " / 5" in text_of(page)


def test_an_opened_call_is_previewed_with_the_rules_it_has(visitor: Any, here: World) -> None:
    sign_in(visitor, here.organiser)
    form = visitor.get(f"/organise/calls/{here.call.id}/edit")
    typed = {"title": "改过的标题", "theme": "", "notice_html": "<p>好</p>", "call": value_of(form, "call")}
    said = text_of(visitor.post("/organise/calls/preview", typed))
    assert "改过的标题" in said
    assert "征集时间待定" not in said
    assert f"{len(here.call.rules.categories)} 个类别" in said.replace("\n", " ")


# --- the form -------------------------------------------------------------------------------------------


def test_the_form_keeps_all_that_a_call_lays_down(visitor: Any, here: World) -> None:
    sign_in(visitor, here.organiser)
    page = visitor.post(
        "/organise/calls/new/edit",
        call_fields(
            **{
                "categories-0-closes_at": "2027-01-20T12:00",
                "parts-0-name": "背景",
                "parts-0-headings": "缘起、起因，由来",
                "parts-0-highest": "500",
                "unit_kinds": ["rural", "school"],
                "practice_months": "24",
                "earlier_awards": "refused",
                "file_kinds": ["photo", "pdf"],
                "file_size_highest": "10",
                "file_number_highest": "5",
                "file_total_highest": "30",
                "copyright_text": "同意出版",
                "conflicts": ["same_unit", "same_region"],
                "needs_recommendation": "yes",
                "recommendations_share": "30",
                "recommendations_floor": "2",
            }
        ),
    )
    call_id = page.url.path.rsplit("/", 1)[-1]
    with visitor.product.database.read() as db:
        rules = queries.call(db, call_id).rules
    assert (rules.categories[0].closes_at or CLOSES).isoformat() == "2027-01-20T04:00:00+00:00"
    assert rules.parts == (Part("k1", "背景", ("缘起", "起因", "由来"), None, 500),)
    assert (rules.eligibility.unit_kinds, rules.eligibility.practice_months) == (("rural", "school"), 24)
    assert (rules.files.kinds, rules.files.total_highest) == ((FileKind.PHOTO, FileKind.PDF), 30)
    assert [each.value for each in rules.conflicts] == ["same_unit", "same_region"]
    assert (rules.recommendations_share, rules.recommendations_floor) == (30, 2)
    form = visitor.get(f"/organise/calls/{call_id}/edit")
    assert value_of(form, "categories-0-closes_at") == "2027-01-20T12:00"
    assert value_of(form, "parts-0-headings") == "缘起、起因、由来"


def test_a_part_of_the_form_with_a_mistake_is_open(visitor: Any, here: World) -> None:
    sign_in(visitor, here.organiser)
    wrong = call_fields(practice_months="24", practice_earliest="2025-01-01", recommendations_floor="3")
    page = visitor.post("/organise/calls/new/edit", wrong)
    assert page.status_code == 422
    for key, is_open in (("eligibility", True), ("upward", True), ("criteria", False)):
        assert (f'id="part-{key}" open>' in page.text) == is_open
    assert "只能填一个" in text_of(page)
    assert "请填写推荐比例" in text_of(page)


# --- questions ------------------------------------------------------------------------------------------


def test_questions_are_answered_ordered_and_read(visitor: Any, here: World) -> None:
    sign_in(visitor, here.organiser)
    base = f"/organise/calls/{here.call.id}/faq"
    page = visitor.post(base, {"question": "", "answer": "可以。"})
    assert page.status_code == 422
    assert "请填写问题。" in text_of(page)
    assert value_of(page, "answer") == "可以。"
    visitor.post(base, {"question": "可以合报吗？", "answer": "可以。\n写在作者里。"})
    page = visitor.post(base, {"question": "要原图吗？", "answer": "要。"})
    assert "答复已公布在征集页面上。" in text_of(page)
    with visitor.product.database.read() as db:
        first, second = queries.questions(db, here.call.id)
    visitor.post(f"{base}/{second.id}", {"do": "up"})
    anew = {"do": "save", f"question-{first.id}": "两个支部可以合报吗？", f"answer-{first.id}": "可以。"}
    visitor.post(f"{base}/{first.id}", anew)
    said = text_of(visitor.get(f"/calls/{here.call.slug}"))
    assert said.index("要原图吗？") < said.index("两个支部可以合报吗？")
    guide = text_of(visitor.get(f"/calls/{here.call.slug}/faq"))
    for part in ("要原图吗？", "怎样把 .doc 或 WPS 文件存为 .docx", "截止时间怎样计算", "回执有什么用"):
        assert part in guide
    visitor.post(f"{base}/{second.id}", {"do": "remove"})
    assert "要原图吗？" not in text_of(visitor.get(f"/calls/{here.call.slug}/faq"))
    sign_in(visitor, here.branch)
    assert visitor.get(base).status_code == 403
    assert visitor.post(base, {"question": "问", "answer": "答"}).status_code == 403


# --- deadlines, eligibility, parts, files ---------------------------------------------------------------


def test_deadlines_of_categories_are_shown_wherever_one_matters(visitor: Any, here: World) -> None:
    address = f"/calls/{here.call.slug}"
    said = text_of(visitor.get(address))
    assert "高等院校和学校 不限 2026年3月26日 18:00 单独截止" in said
    assert "各类别的截止时间不同" in said
    calendar = visitor.get(f"{address}/calendar.ics").text.replace("\r\n ", "")
    assert "DTSTART:20260326T100000Z" in calendar
    assert "SUMMARY:征集截止（农村）" in calendar
    case_id = write(visitor.product.database, here.branch, here.call, category_key="school")
    sign_in(visitor, here.branch)
    for page in (visitor.get(f"/cases/{case_id}/edit"), visitor.get(f"/cases/{case_id}/check")):
        assert "2026年3月26日 18:00" in text_of(page)
    assert "农村（2026年3月31日 18:00 截止）" in text_of(visitor.get(f"/cases/{case_id}/edit"))


def test_an_extension_of_one_category_is_granted_by_the_page(visitor: Any, here: World) -> None:
    sign_in(visitor, here.organiser)
    page = visitor.post(
        f"/organise/calls/{here.call.id}/extend",
        {
            "extension_category": "school",
            "extension_closes_at": "2026-03-28T18:00",
            "extension_reason": "期中考试",
        },
    )
    assert "延期已记录" in text_of(page)
    said = text_of(visitor.get(f"/calls/{here.call.slug}"))
    assert "“高等院校和学校”类延期至 2026年3月28日 18:00" in said
    feed = visitor.get("/calls/feed.atom").text
    assert "延期至 2026年3月28日 18:00（北京时间）。理由：期中考试" in feed


def test_a_unit_that_cannot_take_part_is_told_before_it_starts(visitor: Any, product: Any) -> None:
    asked = Eligibility(unit_kinds=("rural",))
    here = world(product.database, eligibility=asked)
    with product.database.write() as db:
        people.unit(db, here.branch.unit_id or "").category_key = "organ"
    sign_in(visitor, here.branch)
    page = visitor.get(f"/calls/{here.call.slug}")
    assert "这次征集不面向“党政机关”类单位，贵单位不能申报。" in text_of(page)
    assert "新建案例" not in text_of(page)
    refused = visitor.post(f"/calls/{here.call.slug}/start")
    assert refused.status_code == 409
    assert "贵单位不能申报" in text_of(refused)


def test_the_task_list_and_the_check_page_name_the_missing_part(visitor: Any, here: World) -> None:
    case_id = write(visitor.product.database, here.branch, here.call, body_html=BODY)
    sign_in(visitor, here.branch)
    tasks = text_of(visitor.get(f"/cases/{case_id}/tasks"))
    assert "背景 1200 字 启示 缺少" in tasks
    check = visitor.get(f"/cases/{case_id}/check")
    assert "正文缺少“启示”部分。请加一个标题，如“启示”“体会”" in text_of(check)
    assert f'href="/cases/{case_id}/edit#body"' in check.text


def test_a_file_that_the_call_does_not_take_is_refused_with_a_sentence(visitor: Any, here: World) -> None:
    case_id = write(visitor.product.database, here.branch, here.call)
    sign_in(visitor, here.branch)
    files = {"file": ("说明.pdf", b"%PDF-1.4 ", "application/pdf")}
    page = visitor.post(f"/cases/{case_id}/files", files=files)
    assert page.status_code == 409
    assert "“说明.pdf”不能上传：这次征集只收照片（JPG、PNG、HEIC 等）。" in text_of(page)


# --- programs -------------------------------------------------------------------------------------------


def test_a_program_accepts_both_pledge_and_copyright(visitor: Any, here: World) -> None:
    body = BODY + "<h2>二、启示</h2><p>台账上要写名字。</p>"
    case_id = write(visitor.product.database, here.branch, here.call, body_html=body)
    mine, client = bearer(visitor, here.branch), visitor.client
    given = {"key": "k1", "pledge": True, "pledge_name": "张建国"}
    refused = client.post(f"/api/v1/cases/{case_id}/submit", json=given, headers=mine)
    assert [each["field"] for each in refused.json()["errors"]] == ["copyright"]
    both = {**given, "copyright": True}
    receipt = client.post(f"/api/v1/cases/{case_id}/submit", json=both, headers=mine).json()
    assert (receipt["pledge_name"], receipt["copyright_text"]) == ("张建国", "同意汇编出版。")


def test_a_program_extends_answers_and_reads_changes(visitor: Any, here: World) -> None:
    client, organiser = visitor.client, bearer(visitor, here.organiser)
    base = f"/api/v1/calls/{here.call.id}"
    later = {
        "extension_category": "school",
        "extension_closes_at": "2026-03-28T18:00",
        "extension_reason": "期中考试",
    }
    granted = client.post(f"{base}/extensions", json=later, headers=organiser)
    assert (granted.status_code, granted.json()["closes_at"]) == (201, "2026-03-28T10:00:00Z")
    asked = {"question": "可以合报吗？", "answer": "可以。"}
    made = client.post(f"{base}/questions", json=asked, headers=organiser).json()
    assert [each["question"] for each in client.get(f"{base}/questions").json()] == ["可以合报吗？"]
    assert client.delete(f"{base}/questions/{made['id']}", headers=organiser).status_code == 204
    with visitor.product.database.write(here.organiser) as db:
        call = queries.call(db, here.call.id)
        proposal = CallProposal(
            "新标题",
            call.theme,
            call.notice_html,
            call.slug,
            call.opens_at,
            call.closes_at,
            call.timezone,
            call.rules,
        )
        service.update_call(
            db,
            actor=here.organiser,
            now=DURING,
            call_id=call.id,
            revision=1,
            proposal=proposal,
            reason="标题写错了",
        )
    (change,) = client.get(f"{base}/changes").json()
    assert (change["reason"], change["fields"][0]["after"]) == ("标题写错了", "新标题")
    rules = client.get(base).json()["rules"]
    assert [each["headings"] for each in rules["parts"]] == [[], ["体会"]]
    assert rules["files"]["kinds"] == ["photo"]
