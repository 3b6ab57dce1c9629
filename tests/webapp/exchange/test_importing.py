"""Imports from the upload to what is in the database: pages, worker, one transaction, again and again."""

import io
import re
from collections.abc import Mapping
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import func, select, update

from foundation import journal, people
from foundation.actor import Role
from foundation.errors import Refused
from foundation.mail import OutgoingMail
from foundation.people import Unit, User
from foundation.visibility import as_system
from submissions import queries, service
from submissions.queries.exchange import written_cases
from submissions.values import CallView
from tests.submissions.intake import documents
from tests.support.factories import make_call, make_unit, make_user
from tests.support.web import Visitor
from tests.webapp.exchange.files import archive, table, workbook
from webapp.exchange import importer, runs
from webapp.exchange.models import ImportRun
from webapp.exchange.values import RunState
from webapp.wiring import Product

USERS = ("姓名", "邮箱", "单位", "角色", "语言")
UNITS = ("单位全称", "单位代码", "上级单位")
CASES = ("单位", "标题", "类别", "Word 文件", "附件文件夹", "编号", "作者", "实践开始日期", "正文")


@pytest.fixture
def administrator(product: Product, visitor: Visitor) -> Visitor:
    with product.database.write() as db:
        user = make_user(db, Role.ADMINISTRATOR, Role.ORGANISER, name="管理员")
    return visitor.sign_in(user)


def send(visitor: Visitor, address: str, name: str, content: bytes) -> str:
    """Upload, let the worker check, and return the address of the import."""
    page = visitor.post(address, files={"file": (name, content)})
    assert page.status_code == 200, page.text
    visitor.product.worker.run_once()
    return str(page.url.path)


def words(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def confirm(visitor: Visitor, run: str, **fields: str) -> str:
    """Press the button, let the worker write, and return what the page says then."""
    pressed = visitor.post(f"{run}/confirm", {"invite": "yes", **fields})
    assert pressed.status_code == 200, words(pressed)
    visitor.product.worker.run_once()
    return words(visitor.get(run))


def counts(page: str) -> dict[str, int]:
    found = re.findall(r"(\d+) (将新建|将修改|已新建|已修改|不变|跳过|有错误的行)", page)
    return {name: int(number) for number, name in found}


def test_the_page_names_the_largest_file_and_the_command(administrator: Visitor, product: Product) -> None:
    with product.database.write() as db:
        call = make_call(db)
    page = words(administrator.get(f"/organise/calls/{call.id}/import"))
    assert f"不超过 {product.settings.upload_limit_mb} MB" in page
    assert f"exemplar import cases FILE.zip --call {call.slug}" in page


def test_of_two_who_decide_at_once_the_second_sees_the_first(
    administrator: Visitor, product: Product
) -> None:
    run = send(administrator, "/admin/import/units", "u.csv", table(UNITS, ("甲党委", "", "")))
    with product.database.write() as db:
        actor = people.actor_of(db.scalars(select(User).where(User.name == "管理员")).one())
        seen = db.get_one(ImportRun, run.rsplit("/", 1)[-1])
        moved_on = update(ImportRun).values(state=RunState.APPLYING.value)
        db.execute(moved_on.execution_options(synchronize_session=False))
        assert seen.state == RunState.CHECKED.value
        with pytest.raises(Refused):
            runs.discard(db, actor=actor, run_id=seen.id)
        with pytest.raises(Refused):
            runs.confirm(db, actor=actor, now=product.clock.now(), run_id=seen.id, invite=False)


# --- units and users --------------------------------------------------------------------------------


def test_units_are_shown_first_and_written_when_confirmed(administrator: Visitor, product: Product) -> None:
    rows = table(UNITS, ("上河村党支部", "SH", "QX"), ("青溪镇党委", "QX", ""))
    run = send(administrator, "/admin/import/units", "单位.csv", rows)
    page = words(administrator.get(run))
    assert counts(page) == {"将新建": 2, "将修改": 0, "不变": 0, "有错误的行": 0}
    with product.database.read() as db:
        assert list(people.units(db)) == []
    assert "导入完成" in confirm(administrator, run)
    with product.database.read() as db:
        village = db.scalars(select(Unit).where(Unit.code == "SH")).one()
        assert [unit.name for unit in people.units_above(db, village)] == ["青溪镇党委"]
        assert [entry.action for entry in journal.latest(db, limit=4)] == [
            "import.finished",
            "unit.created",
            "unit.created",
            "import.confirmed",
        ]
    again = words(administrator.get(send(administrator, "/admin/import/units", "单位.csv", rows)))
    assert counts(again)["不变"] == 2
    assert "没有需要导入的" in again


def test_mistakes_keep_the_whole_file_out(administrator: Visitor, product: Product) -> None:
    rows = workbook(UNITS, ("甲党委", "", ""), ("乙党支部", "", "没有的党委"))
    run = send(administrator, "/admin/import/units", "单位.xlsx", rows)
    page = words(administrator.get(run))
    assert "3 上级单位 没有的党委 系统和文件里都没有这个上级单位" in page
    assert "确认导入" not in page
    assert administrator.post(f"{run}/confirm").status_code == 409
    errors = administrator.get(f"{run}/errors.csv").content.decode("utf-8-sig")
    assert errors.splitlines()[1].startswith('"3","上级单位","没有的党委"')
    with product.database.read() as db:
        assert list(people.units(db)) == []


def test_users_are_invited_in_their_language(administrator: Visitor, product: Product) -> None:
    with product.database.write() as db:
        make_unit(db, "青溪镇上河村党支部")
    lines = (
        ("李秀英", "li@example.org", "青溪镇上河村党支部", "申报人", ""),
        ("Ann", "ann@example.org", "", "评委", "English"),
    )
    run = send(administrator, "/admin/import/users", "用户.csv", table(USERS, *lines))
    assert "导入完成" in confirm(administrator, run)
    with product.database.read() as db:
        li = people.user_by_email(db, "li@example.org")
        assert li is not None
        assert li.unit is not None
        assert (li.unit.name, li.roles) == ("青溪镇上河村党支部", frozenset({Role.SUBMITTER}))
        letters = {row.recipient: row.body for row in db.scalars(select(OutgoingMail))}
        assert "http://testserver/password/" in letters["li@example.org"]
        assert "Open this link" in letters["ann@example.org"] or "link" in letters["ann@example.org"]
        assert "请打开" not in letters["ann@example.org"]


def test_users_can_be_imported_without_letters(administrator: Visitor, product: Product) -> None:
    run = send(
        administrator, "/admin/import/users", "用户.csv", table(USERS, ("甲", "a@b.c", "", "评委", ""))
    )
    assert "导入完成" in confirm(administrator, run, invite="")
    with product.database.read() as db:
        assert db.scalar(select(func.count(OutgoingMail.id))) == 0
        assert people.user_by_email(db, "a@b.c") is not None


def test_very_many_rows_come_in_portions(
    administrator: Visitor, product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer, "AT_ONCE", 3)
    lines = [(f"第{number}党支部", "", "总党委") for number in range(7)]
    run = send(administrator, "/admin/import/units", "u.csv", table(UNITS, *lines, ("总党委", "", "")))
    assert counts(confirm(administrator, run))["已新建"] == 8
    with product.database.read() as db:
        assert db.scalar(select(func.count(Unit.id))) == 8


def test_a_right_lost_before_the_writing_stops_it(administrator: Visitor, product: Product) -> None:
    run = send(administrator, "/admin/import/users", "u.csv", table(USERS, ("甲", "a@b.c", "", "评委", "")))
    administrator.post(f"{run}/confirm", {"invite": "yes"})
    with product.database.write() as db:
        user = db.scalars(select(User).where(User.name == "管理员")).one()
        people.set_roles(db, user, [Role.JUROR])
    product.worker.run_once()
    with product.database.read() as db:
        assert people.user_by_email(db, "a@b.c") is None


def test_an_organiser_cannot_make_administrators_by_import(product: Product, visitor: Visitor) -> None:
    with product.database.write() as db:
        organiser = make_user(db, Role.ORGANISER)
    visitor.sign_in(organiser)
    run = send(visitor, "/admin/import/users", "u.csv", table(USERS, ("甲", "a@b.c", "", "系统管理员", "")))
    assert "只能由系统管理员修改" in words(visitor.get(run))


def test_others_import_nothing_and_see_no_import(administrator: Visitor, product: Product) -> None:
    run = send(administrator, "/admin/import/units", "u.csv", table(UNITS, ("甲", "", "")))
    with product.database.write() as db:
        user = make_user(db, Role.SUBMITTER, Role.RECOMMENDER, Role.JUROR, Role.EDITOR, unit=make_unit(db))
        call = make_call(db)
    other = Visitor(product).sign_in(user)
    assert other.get("/admin/import").status_code == 403
    assert other.post("/admin/import/units", files={"file": ("u.csv", b"x")}).status_code == 403
    assert other.get(f"/organise/calls/{call.id}/import").status_code == 403
    assert other.get(run).status_code == 404
    assert other.post(f"{run}/confirm").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("", b"", "请先选择要导入的文件"),
        ("名单.docx", b"x", "不能导入这种文件"),
        ("名单.zip", b"x", "不能导入这种文件"),
    ],
)
def test_a_wrong_file_is_refused_at_once(
    administrator: Visitor, name: str, content: bytes, part: str
) -> None:
    page = administrator.post("/admin/import/users", files={"file": (name, content)})
    assert page.status_code == 422
    assert part in words(page)


def test_a_file_that_cannot_be_read_ends_in_a_sentence(administrator: Visitor) -> None:
    for content in (b"\x00\x00", b"PK\x03\x04rubbish", b"a,b\r\n1,2\r\n", "姓名\r\n".encode()):
        page = words(administrator.get(send(administrator, "/admin/import/users", "u.csv", content)))
        assert "什么都没有写入" in page or "没有导入" in page
        assert "正在检查" not in page


def test_the_blank_file_can_be_filled_and_sent(administrator: Visitor) -> None:
    for what, kind in (("units", "xlsx"), ("users", "csv")):
        blank = administrator.get(f"/admin/import/{what}/blank.{kind}")
        assert blank.status_code == 200
        run = send(administrator, f"/admin/import/{what}", f"blank.{kind}", blank.content)
        page = words(administrator.get(run))
        assert "第 2 行是模板的示例" in page
        assert "只有列名" in page


def test_a_checked_file_can_be_thrown_away(administrator: Visitor, product: Product) -> None:
    run = send(administrator, "/admin/import/units", "u.csv", table(UNITS, ("甲", "", "")))
    assert "什么都没有写入" in words(administrator.post(f"{run}/discard"))
    assert administrator.post(f"{run}/confirm").status_code == 409


# --- cases ------------------------------------------------------------------------------------------


@pytest.fixture
def call(product: Product) -> CallView:
    with product.database.write() as db:
        village = people.add_unit(db, name="青溪镇上河村党支部", short_name="上河村")
        make_user(db, Role.SUBMITTER, unit=village, name="李秀英", email="li@example.org")
        people.add_unit(db, name="东城街道和平社区党支部", short_name="和平社区")
        return make_call(db)


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    return out.getvalue()


def word(title: str = "一本台账解开老疙瘩") -> bytes:
    document = documents.new()
    document.add_heading(title, 0)
    document.add_heading("一、背景", 1)
    document.add_paragraph(documents.LONG)
    return documents.saved(document)


def packed(*rows: tuple[str, ...], files: Mapping[str, bytes] | None = None) -> bytes:
    return archive({"清单.xlsx": workbook(CASES, *rows), **(files or {})}, gbk=True)


FILED = ("上河村", "", "农村", "001.docx", "", "K1", "李秀英（支部书记）；周明", "2025年3月", "")
TYPED = ("和平社区", "楼道议事会", "社区", "", "", "", "孙丽", "2025-05-01", "第一段。\n第二段。")


def drafts(product: Product, call: CallView) -> dict[str, Any]:
    """title -> draft of the call."""
    with product.database.read() as db, as_system(db):
        return {
            (draft := queries.draft(db, each.case_id)).text.title: draft
            for each in written_cases(db, call.id)
        }


def test_a_zip_of_word_files_becomes_drafts_of_the_units(
    administrator: Visitor, product: Product, call: CallView
) -> None:
    files = {"001.docx": word(), "001/现场.jpg": photo(), "001/证明.pdf": b"%PDF-1.7 x", "没用到.txt": b"x"}
    run = send(
        administrator, f"/organise/calls/{call.id}/import", "案例.zip", packed(FILED, TYPED, files=files)
    )
    page = words(administrator.get(run))
    assert counts(page)["将新建"] == 2
    assert "一本台账解开老疙瘩 青溪镇上河村党支部" in page
    assert "2 个照片和附件" in page
    assert "有 1 个文件没有用到：没用到.txt" in page
    assert drafts(product, call) == {}
    assert "导入完成" in confirm(administrator, run)
    made = drafts(product, call)
    filed, typed = made["一本台账解开老疙瘩"], made["楼道议事会"]
    assert [each.name for each in filed.attachments] == ["现场.jpg", "证明.pdf"]
    assert (filed.text.category_key, [each.name for each in filed.text.authors]) == (
        "rural",
        ["李秀英", "周明"],
    )
    assert "轮流主讲" in filed.text.body_html
    assert typed.text.body_html == "<p>第一段。</p><p>第二段。</p>"
    with product.database.read() as db:
        letters = [row for row in db.scalars(select(OutgoingMail)) if row.recipient == "li@example.org"]
        assert ["1 份" in letter.body for letter in letters] == [True]


def test_a_key_of_another_unit_is_said_as_such(
    administrator: Visitor, product: Product, call: CallView
) -> None:
    address = f"/organise/calls/{call.id}/import"
    confirm(administrator, send(administrator, address, "a.zip", packed(FILED, files={"001.docx": word()})))
    astray = (*TYPED[:5], "K1", *TYPED[6:])
    page = words(administrator.get(send(administrator, address, "b.csv", table(CASES, astray))))
    assert "这个编号已用于“青溪镇上河村党支部”的案例" in page
    assert list(drafts(product, call)) == ["一本台账解开老疙瘩"]


def test_the_same_file_again_changes_nothing_and_a_changed_row_only_its_draft(
    administrator: Visitor, product: Product, call: CallView
) -> None:
    address = f"/organise/calls/{call.id}/import"
    same = packed(FILED, TYPED, files={"001.docx": word()})
    confirm(administrator, send(administrator, address, "a.zip", same))
    again = send(administrator, address, "a.zip", same)
    assert counts(words(administrator.get(again)))["不变"] == 2
    new = {"001.docx": word("两本台账解开老疙瘩")}
    changed = send(administrator, address, "a.zip", packed(FILED, TYPED, files=new))
    assert counts(words(administrator.get(changed)))["将修改"] == 1
    confirm(administrator, changed)
    assert set(drafts(product, call)) == {"两本台账解开老疙瘩", "楼道议事会"}


def test_what_the_unit_has_written_is_never_overwritten(
    administrator: Visitor, product: Product, call: CallView
) -> None:
    address = f"/organise/calls/{call.id}/import"
    confirm(administrator, send(administrator, address, "a.zip", packed(FILED, files={"001.docx": word()})))
    (draft,) = drafts(product, call).values()
    with product.database.write() as db:
        li = people.user_by_email(db, "li@example.org")
        assert li is not None
        service.save_draft(
            db,
            actor=people.actor_of(li),
            now=product.clock.now(),
            case_id=draft.case_id,
            revision=draft.revision,
            text=draft.text,
        )
        text = queries.draft(db, draft.case_id).text
        revision = queries.draft(db, draft.case_id).revision
        service.save_draft(
            db,
            actor=people.actor_of(li),
            now=product.clock.now(),
            case_id=draft.case_id,
            revision=revision,
            text=type(text)(title="我们自己的标题", body_html=text.body_html),
        )
    run = send(administrator, address, "a.zip", packed(FILED, files={"001.docx": word("别的标题")}))
    page = words(administrator.get(run))
    assert "单位已经在修改这份草稿，导入不覆盖" in page
    assert counts(page)["跳过"] == 1
    assert set(drafts(product, call)) == {"我们自己的标题"}


def test_a_wrong_case_keeps_no_other_back(administrator: Visitor, product: Product, call: CallView) -> None:
    rows = (
        FILED,
        ("没有的单位", "甲", "农村", "", "", "", "", "", "正文"),
        ("上河村", "乙", "农村", "没有.docx", "", "", "", "", ""),
        ("上河村", "丙", "外星", "", "", "", "", "", "正文"),
        ("上河村", "丁", "农村", "", "", "", "", "某一天", "正文"),
        ("上河村", "", "农村", "", "", "", "", "", "正文"),
        ("上河村", "戊", "农村", "坏.docx", "", "", "", "", ""),
        ("上河村", "己", "农村", "证明.pdf", "", "", "", "", ""),
        ("上河村", "庚", "农村", "", "没有的文件夹", "", "", "", "正文"),
    )
    files = {"001.docx": word(), "坏.docx": b"PK\x03\x04 broken", "证明.pdf": b"%PDF-1.7"}
    run = send(administrator, f"/organise/calls/{call.id}/import", "a.zip", packed(*rows, files=files))
    page = words(administrator.get(run))
    assert counts(page) == {"将新建": 1, "将修改": 0, "不变": 0, "有错误的行": 8}
    for line, part in (
        (3, "没有这个单位"),
        (4, "压缩包里没有这个文件"),
        (5, "没有这个类别"),
        (6, "请填写日期"),
        (7, "标题必须填写"),
        (8, "已损坏"),
        (9, "这是 PDF 文件"),
        (10, "没有这个文件夹"),
    ):
        assert re.search(rf" {line} [^。]*{part}", page), part
    confirm(administrator, run)
    assert set(drafts(product, call)) == {"一本台账解开老疙瘩"}


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (archive({"001.docx": b"x"}), "没有列出案例的表格"),
        (archive({"a.xlsx": b"x", "b.csv": b"x"}), "有几个表格"),
        (archive({"清单.csv": table(CASES, FILED)}), "压缩包里没有这个文件"),
        (archive({"../清单.csv": b"x", "b": b""}), "指向包外"),
        (b"PK\x03\x04 broken", "已损坏"),
    ],
)
def test_a_zip_that_cannot_be_used_ends_in_a_sentence(
    administrator: Visitor, call: CallView, content: bytes, part: str
) -> None:
    run = send(administrator, f"/organise/calls/{call.id}/import", "a.zip", content)
    assert part in words(administrator.get(run))


def test_nothing_is_imported_into_a_call_that_is_over(administrator: Visitor, product: Product) -> None:
    with product.database.write() as db:
        people.add_unit(db, name="青溪镇上河村党支部", short_name="上河村")
        make_unit(db, "和平社区")
        now = product.clock.now()
        call = make_call(db, now=now.replace(year=2025))
    run = send(administrator, f"/organise/calls/{call.id}/import", "a.csv", table(CASES, TYPED))
    assert "已经截止" in words(administrator.get(run))
    assert "确认导入" not in administrator.get(run).text
