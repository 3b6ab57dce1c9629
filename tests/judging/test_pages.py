"""The pages of judging without script: what an organiser and a juror do with forms alone."""

import csv
import io
import json
import re
from datetime import timedelta

import httpx2
import pytest
from PIL import Image
from sqlalchemy import select, text

from foundation import people
from foundation.actor import Actor, Role
from foundation.clock import FixedClock
from foundation.journal import record
from foundation.mail import OutgoingMail
from judging import queries, service
from judging.values import RoundState
from submissions.events import CaseWithdrawn
from submissions.rules.criteria import levels
from tests.judging.world import CLOSED, OPEN, SCORING, World, assigned, mark, score, world
from tests.support.databases import make_changeable
from tests.support.factories import make_call, make_entry, make_user
from tests.support.web import Visitor
from webapp.wiring import Product


def visitor(product: Product, actor: Actor) -> Visitor:
    with product.database.write() as db:
        user = people.user(db, actor.user_id)
    return Visitor(product).sign_in(user)


def home(world: World) -> str:
    return f"/organise/calls/{world.call.id}/judging"


def said(reply: httpx2.Response) -> str:
    """The sentence shown after a deed, or the head of the error summary."""
    match = re.search(r"data-(?:flash|error-summary)>.*?</svg>(?:<div>|<span>)(.*?)</", reply.text, re.DOTALL)
    return match[1].strip() if match else ""


def errors(reply: httpx2.Response) -> list[str]:
    """The linked errors of the summary: field and sentence."""
    summary = re.search(r"data-error-summary>(.*?)</div>", reply.text, re.DOTALL)
    return re.findall(r'<li><a href="#([^"]+">[^<]+)', summary[1]) if summary else []


def at(product: Product, moment: object) -> None:
    clock = product.clock
    assert isinstance(clock, FixedClock)
    clock.set(moment)  # type: ignore[arg-type]  # a datetime of this module


# --- the organiser ----------------------------------------------------------------------------------


def test_an_organiser_opens_invites_distributes_and_closes(sqlite_product: Product) -> None:
    product = sqlite_product
    at(product, OPEN)
    with product.database.write() as db:
        call = make_call(db)
        for title in ("甲案例", "乙案例"):
            make_entry(db, call=call, title=title)
        organiser = make_user(db, Role.ORGANISER, name="王组织")
        known = make_user(db, Role.JUROR, name="已知评委")
        by_name = make_user(db, name="独名")
        by_mail = make_user(db, name="重名", email="mail@example.org")
        make_user(db, name="重名")
    who = Visitor(product).sign_in(organiser)
    base = f"/organise/calls/{call.id}/judging"
    assert "将进入评审的案例：2 个" in who.get(base).text
    opened = who.post(f"{base}/open", {"closes_at": "2026-04-30T18:00"})
    assert said(opened) == "评审已开始，案例已编号。下一步：邀请评委。"
    wrong = who.post(f"{base}/jury/invite", {"user_ids": known.id, "people": "重名\n没有此人"})
    assert wrong.status_code == 422
    assert errors(wrong) == [
        'people">有 2 个用户叫“重名”，请改填邮箱。',
        'people">没有找到用户“没有此人”。请先把他加入评委库。',
    ]
    assert "没有此人</textarea>" in wrong.text
    invited = who.post(f"{base}/jury/invite", {"user_ids": known.id, "people": "独名，mail@example.org"})
    assert said(invited) == "已邀请 3 位评委。"
    for user in (known, by_name, by_mail):
        juror = Visitor(product).sign_in(user)
        page = juror.get("/judging")
        assert call.title in page.text
        round_id = re.findall(r"/judging/rounds/(\w+)/answer", page.text)[0]
        refused = juror.post(f"/judging/rounds/{round_id}/answer", {"answer": "accept"})
        assert errors(refused) == ['pledge">接受邀请前，请先阅读并同意承诺。']
        accepted = juror.post(f"/judging/rounds/{round_id}/answer", {"answer": "accept", "pledge": "true"})
        assert said(accepted) == "谢谢您接受邀请。分配案例后即可开始评分。"
    preview = who.get(f"{base}/assignment/even?reads=2&seed=4")
    assert "将新增 4 次评审。" in preview.text
    basis = re.findall(r'name="basis" value="(\w+)"', preview.text)[0]
    stale = who.post(f"{base}/assignment/even", {"reads": "2", "seed": "4", "basis": "0" * 64})
    assert stale.status_code == 409
    assert "请再确认一次" in said(stale)
    done = who.post(f"{base}/assignment/even", {"reads": "2", "seed": "4", "basis": basis})
    assert said(done) == "已分配 4 次评审。"
    assert "按每个案例 3 次评审，还缺 2 次。" in done.text
    case_id = re.findall(r"/assignment/cases/(\w+)\"", done.text)[0]
    by_hand = who.post(
        f"{base}/assignment/cases/{case_id}", {"juror_ids": [known.id, by_name.id, by_mail.id]}
    )
    assert said(by_hand) == "已增加 1 位评委。"
    early = who.post(f"{base}/close", {"reads_required": "3"})
    assert early.status_code == 422
    assert "请写明理由" in early.text
    closed = who.post(f"{base}/close", {"reads_required": "3", "reason": "时间已到"})
    assert said(closed) == "评审已结束，评分不能再修改。请核对排名。"
    reopened = who.post(f"{base}/reopen", {"reason": "补评"})
    assert said(reopened) == "评审已重新开始，评委可以继续评分。"


def test_reminders_are_previewed_and_go_to_the_chosen(sqlite_product: Product) -> None:
    made = assigned(sqlite_product.database, cases=1)
    who = visitor(sqlite_product, made.organiser)
    page = who.get(f"{home(made)}/remind?user_ids={made.jurors[0].user_id}&note=%E8%BE%9B%E8%8B%A6")
    assert all(f"{juror.name}（1 份）" in page.text for juror in made.jurors)
    assert page.text.count('<div class="letter">') == 1
    assert "还有 1 份评分表没有提交" in page.text
    assert "组织单位附言：辛苦" in page.text
    with sqlite_product.database.read() as db:
        before = len(db.scalars(select(OutgoingMail.id)).all())
    chosen = [juror.user_id for juror in made.jurors[:2]]
    assert said(who.post(f"{home(made)}/remind", {"user_ids": chosen})) == "已向 2 位评委发出提醒邮件。"
    with sqlite_product.database.read() as db:
        assert len(db.scalars(select(OutgoingMail.id)).all()) == before + 2
    none = who.post(f"{home(made)}/remind")
    assert (none.status_code, said(none)) == (409, "所选评委都已提交全部评分表，不需要提醒。")


def test_assignments_are_adjusted_and_recusals_recorded(sqlite_product: Product) -> None:
    made = assigned(sqlite_product.database, cases=2)
    who = visitor(sqlite_product, made.organiser)
    base = f"{home(made)}/assignment"
    case_id = made.entries[0].case_id
    read = made.read_of(made.jurors[0], case_id)
    removed = who.post(f"{base}/reads/{read}/remove", {"back": f"{base}?category=rural"})
    assert said(removed) == "已取消分配。"
    assert removed.url.query == b"category=rural"
    elsewhere = who.post(
        f"{base}/reads/{made.read_of(made.jurors[1], case_id)}/remove", {"back": "https://evil.example/"}
    )
    assert elsewhere.url.path == base
    conflict = who.post(
        f"{base}/cases/{case_id}/conflict", {"juror_id": made.jurors[2].user_id, "reason": "亲属"}
    )
    assert said(conflict) == "回避已登记，这位评委不会再分到这个案例。"
    assert "已声明回避：亲属" in conflict.text
    assert case_id in who.get(f"{base}?short=yes").text
    label = made.label_of(made.entries[1].case_id)
    assert f'id="case-{label}"' not in who.get(f"{base}?short=yes").text
    preview = who.get(f"{base}/even").text
    assert "没有利益冲突、也没有读过它的评委只有 0 位" in preview


def test_the_jury_page_changes_terms_and_removes(sqlite_product: Product) -> None:
    made = assigned(sqlite_product.database, cases=1)
    who = visitor(sqlite_product, made.organiser)
    base = f"{home(made)}/jury/{made.jurors[0].user_id}"
    changed = who.post(f"{base}/terms", {"category_keys": ["rural"], "load_limit": "5"})
    assert said(changed) == "评委的评审范围已更新。"
    assert "最多 5 份" in changed.text
    assert who.post(f"{base}/terms", {"load_limit": "0"}).status_code == 422
    unexplained = who.post(f"{base}/remove", {"reason": ""})
    assert unexplained.status_code == 422
    assert "移出评委名单" in said(who.post(f"{base}/remove", {"reason": "调离"}))
    assert said(who.post(f"{base}/invite")) == "已再次邀请。"


def test_the_round_follows_the_cases(sqlite_product: Product) -> None:
    made = assigned(sqlite_product.database, cases=2)
    with sqlite_product.database.write() as db:
        db.execute(
            text("UPDATE \"case\" SET status = 'withdrawn' WHERE id = :id"), {"id": made.entries[0].case_id}
        )
    who = visitor(sqlite_product, made.organiser)
    assert "案例有变化：新增 0 个，退出 1 个" in who.get(home(made)).text
    assert said(who.post(f"{home(made)}/cases")) == "案例已更新：新增 0 个，退出 1 个。"
    moved = who.post(f"{home(made)}/settings", {"closes_at": "2020-01-01T00:00"})
    assert errors(moved) == ['closes_at">评分截止时间应晚于现在。']
    assert said(who.post(f"{home(made)}/settings", {"with_files": "true"})) == "评审安排已更新。"


def test_a_returned_scorecard_is_open_again(sqlite_product: Product) -> None:
    made = assigned(sqlite_product.database, cases=1)
    score(made, {0: (80, 70, 60)})
    who = visitor(sqlite_product, made.organiser)
    read = made.read_of(made.jurors[0], made.entries[0].case_id)
    assert who.post(f"{home(made)}/reads/{read}/return", {"reason": ""}).status_code == 422
    assert (
        said(who.post(f"{home(made)}/reads/{read}/return", {"reason": "漏看附件"}))
        == "评分表已退回给评委修改。"
    )


def scored(product: Product) -> World:
    """Four cases: one clear winner, then three tied for two places."""
    made = assigned(product.database, cases=4)
    score(made, {0: (90, 90, 90), 1: (80, 80, 80), 2: (70, 80, 90), 3: (80, 80, 80)})
    at(product, CLOSED)
    with product.database.write(made.organiser) as db:
        service.close_round(db, actor=made.organiser, now=CLOSED, round_id=made.round.id)
    return made


def test_a_tie_at_the_cut_is_decided_with_a_reason(sqlite_product: Product) -> None:
    made = scored(sqlite_product)
    who = visitor(sqlite_product, made.organiser)
    standings = who.get(f"{home(made)}/standings")
    assert standings.text.count(">并列</span>") == 3
    page = who.get(f"{home(made)}/prizes")
    assert "第 2 名并列 3 个案例，正好跨在名额线上，需要人来裁定：" in page.text
    assert page.text.count("不授奖（待裁定）") == 3
    digest = re.findall(r'name="digest" value="(\w+)"', page.text)[0]
    first, *tied = [entry.case_id for entry in made.entries]
    wrong = {f"prize-{first}": "second", f"prize-{tied[0]}": "first", "digest": digest}
    assert "奖项不能更低" in who.post(f"{home(made)}/prizes/check", wrong).text
    choice = {f"prize-{first}": "first", f"prize-{tied[0]}": "second", f"prize-{tied[1]}": "second"}
    confirm = who.post(f"{home(made)}/prizes/check", {**choice, "digest": digest})
    assert "确认评定 3 个奖项" in confirm.text
    assert all(entry.title in confirm.text for entry in made.entries[:3])
    assert "需要写明理由" in confirm.text
    silent = who.post(f"{home(made)}/prizes", {**choice, "digest": digest, "minutes": "五人到会"})
    assert silent.status_code == 422
    assert "五人到会</textarea>" in silent.text
    done = who.post(
        f"{home(made)}/prizes", {**choice, "digest": digest, "reason": "投票三比二", "minutes": "五人到会"}
    )
    assert said(done) == "已评定 3 个奖项，等待公示。"
    assert "投票三比二" in who.get(f"{home(made)}/prizes").text
    again = who.post(f"{home(made)}/prizes", {**choice, "digest": digest, "reason": "再来"})
    assert (again.status_code, said(again)) == (409, "奖项已经由其他工作人员评定，请刷新页面查看结果。")
    path = f"/calls/{made.call.slug}/results"
    assert made.entries[0].title not in Visitor(sqlite_product).get(path).text
    assert said(who.post(f"{home(made)}/notice/publish")) == "奖项已授予，结果已公布。"
    results = Visitor(sqlite_product).get(path)
    assert [entry.title in results.text for entry in made.entries] == [True, True, True, False]
    assert "投票" not in results.text


def test_standings_that_changed_meanwhile_are_shown_again(sqlite_product: Product) -> None:
    made = scored(sqlite_product)
    who = visitor(sqlite_product, made.organiser)
    stale = who.post(
        f"{home(made)}/prizes", {f"prize-{made.entries[0].case_id}": "first", "digest": "0" * 64}
    )
    assert (stale.status_code, said(stale)) == (409, "您查看之后，评分或排名有了变化，请按新的排名重新确认。")
    assert "核对后评定" in stale.text


def test_jury_and_assignment_can_be_taken_out(sqlite_product: Product) -> None:
    made = assigned(sqlite_product.database, cases=2)
    score(made, {0: (80, 70, 60)})
    who = visitor(sqlite_product, made.organiser)

    def lines(name: str) -> list[list[str]]:
        text = who.get(f"{home(made)}/{name}.csv").content.decode("utf-8-sig")
        return list(csv.reader(text.splitlines()))

    jury, assignment = lines("jury"), lines("assignment")
    assert jury[0][:4] == ["评委", "邮箱", "单位", "邀请"]
    assert sorted(line[0] for line in jury[1:]) == sorted(juror.name for juror in made.jurors)
    assert {line[6] for line in assignment[1:]} == {"未提交", "已提交"}
    assert len(assignment) - 1 == 2 * len(made.jurors)
    assert who.get(f"{home(made)}/jury.xlsx").content[:2] == b"PK"
    assert who.get(f"{home(made)}/jury.pdf").status_code == 404
    assert visitor(sqlite_product, made.jurors[0]).get(f"{home(made)}/jury.csv").status_code == 403


def test_the_export_holds_exact_values_and_no_formulas(sqlite_product: Product) -> None:
    made = assigned(sqlite_product.database, cases=1, titles=["=1+1"])
    score(made, {0: (80, 81, 81)})
    who = visitor(sqlite_product, made.organiser)
    export = who.get(f"{home(made)}/standings.csv")
    assert export.headers["content-type"] == "text/csv; charset=utf-8"
    head, line = export.content.decode("utf-8-sig").splitlines()
    assert head.startswith('"名次","评审号","标题"')
    assert '"\'=1+1"' in line
    assert '"80.67","242/3","3","3","80.00","81.00","81.00"' in line
    english = visitor(sqlite_product, made.organiser).speak("en").get(f"{home(made)}/standings.csv")
    assert english.content.decode("utf-8-sig").startswith('"Rank","No."')


def test_before_prizes_are_decided_the_results_say_so(sqlite_product: Product) -> None:
    made = world(sqlite_product.database, cases=1, jurors=0)
    assert "结果还没有公布" in Visitor(sqlite_product).get(f"/calls/{made.call.slug}/results").text
    assert Visitor(sqlite_product).get("/calls/nowhere/results").status_code == 404


# --- the juror --------------------------------------------------------------------------------------


def marks_form(world: World, *values: int | str) -> dict[str, str]:
    return {
        f"mark-{criterion.key}": str(value)
        for criterion, value in zip(world.call.rules.criteria, values, strict=False)
    }


def test_a_juror_scores_skips_recuses_and_hands_in_without_script(sqlite_product: Product) -> None:
    made = assigned(sqlite_product.database, cases=3)
    juror = made.jurors[0]
    who = visitor(sqlite_product, juror)
    queue = f"/judging/rounds/{made.round.id}"
    labels = {made.label_of(entry.case_id): made.read_of(juror, entry.case_id) for entry in made.entries}
    first, second, third = (labels[key] for key in sorted(labels))
    assert "开始评分：A01" in who.get(queue).text
    wrong = who.post(f"/judging/reads/{first}", {**marks_form(made, 101, "x", 70, 60), "command": "next"})
    assert wrong.status_code == 422
    assert errors(wrong) == [
        'mark-authenticity">“真实性”的分数应在 0 到 100 之间。',
        'mark-effectiveness">“实效性”的分数请填写数字。',
    ]
    assert 'value="101"' in wrong.text
    onward = who.post(
        f"/judging/reads/{first}",
        {**marks_form(made, 90, 80, 70, 60), "author": "数据翔实", "note": "再看一遍", "command": "next"},
    )
    assert onward.url.path == f"/judging/reads/{second}"
    back = who.get(f"/judging/reads/{first}").text
    assert ">75.00</output>" in back
    assert "数据翔实</textarea>" in back
    skipped = who.post(f"/judging/reads/{second}", {**marks_form(made, 50), "command": "skip"})
    assert skipped.url.path == f"/judging/reads/{third}"
    flagged = who.post(f"/judging/reads/{third}/flag", {"flag": "数字前后不一"})
    assert said(flagged) == "已告知组织单位。"
    unexplained = who.post(f"/judging/reads/{third}/recuse", {"recusing": "yes", "reason": " "})
    assert errors(unexplained) == ['reason">请写明回避的理由。']
    recused = who.post(f"/judging/reads/{third}/recuse", {"recusing": "yes", "reason": "同学"})
    assert "已回避 A03" in said(recused)
    assert recused.url.path == queue
    locked = who.get(f"/judging/reads/{third}").text
    assert "您已申请回避这个案例，不能再评分。" in locked
    assert 'name="mark-' not in locked
    incomplete = who.post(f"/judging/reads/{second}", {"command": "hand_in"})
    assert incomplete.status_code == 422
    page = who.get(queue)
    assert "提交已评完的 1 份" in page.text
    assert "已回避" in page.text
    assert said(who.post(f"{queue}/hand-in")) == "已提交 1 份评分表，还有 1 份没有完成。"
    assert who.post(f"{queue}/hand-in").status_code == 409
    changed = who.post(f"/judging/reads/{first}", {**marks_form(made, 1), "command": "save"})
    assert ">75.00</output>" in changed.text
    assert who.post(f"/judging/reads/{first}/reopen", {"reason": ""}).status_code == 422
    assert "评分表已撤回" in said(who.post(f"/judging/reads/{first}/reopen", {"reason": "看错"}))


def test_the_queue_keeps_its_filter(sqlite_product: Product) -> None:
    made = assigned(sqlite_product.database, cases=3)
    juror = made.jurors[0]
    for entry in made.entries[:1]:
        mark(made, juror, made.read_of(juror, entry.case_id), 80)
    who = visitor(sqlite_product, juror)
    queue = f"/judging/rounds/{made.round.id}"
    filtered = who.get(f"{queue}?show=todo").text
    assert filtered.count('class="label nums"') == 2
    links = re.findall(r'href="(/judging/reads/\w+\?show=todo)"', filtered)
    assert len(set(links)) == 2
    assert who.get(queue).text.count('class="label nums"') == 2  # remembered
    assert who.get(f"{queue}?show=all").text.count('class="label nums"') == 3
    page = who.get(links[1]).text
    assert "共 2 份" in page
    onward = who.post(links[1], {**marks_form(made, 1, 2, 3, 4), "command": "next"})
    assert "show=todo" in str(onward.url)


def test_scoring_ends_at_the_deadline_and_says_so(sqlite_product: Product) -> None:
    made = assigned(sqlite_product.database, cases=1, closes_at=SCORING + timedelta(hours=1))
    juror = made.jurors[0]
    read = made.read_of(juror, made.entries[0].case_id)
    who = visitor(sqlite_product, juror)
    assert 'id="next-button"' in who.get(f"/judging/reads/{read}").text
    at(sqlite_product, SCORING + timedelta(hours=1))
    page = who.get(f"/judging/reads/{read}").text
    assert "评分截止时间已过" in page
    assert 'id="next-button"' not in page
    assert "评分截止时间已过" in who.get(f"/judging/rounds/{made.round.id}").text
    late = who.post(f"/judging/reads/{read}", {"command": "save", "author": "截止后写的评语"})
    assert late.status_code == 409  # never "saved" for what was not
    assert "截止后写的评语" in late.text
    assert who.post(f"/judging/rounds/{made.round.id}/hand-in").status_code == 409


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_speaks_both_languages(sqlite_product: Product, language: str) -> None:
    made = scored(sqlite_product)
    organiser = visitor(sqlite_product, made.organiser).speak(language)
    juror = visitor(sqlite_product, made.jurors[0]).speak(language)
    read = made.read_of(made.jurors[0], made.entries[0].case_id)
    pages = [
        organiser.get(home(made) + path) for path in ("", "/jury", "/assignment", "/standings", "/prizes")
    ]
    pages += [
        juror.get(path) for path in ("/judging", f"/judging/rounds/{made.round.id}", f"/judging/reads/{read}")
    ]
    assert [page.status_code for page in pages] == [200] * 8
    for page in pages:
        assert "%(" not in page.text
        if language == "en":
            head = re.sub(r"<(main|header).*", "", page.text, flags=re.DOTALL)
            assert "评审" not in head.replace("案例征集与评审系统", "")


def test_photos_come_under_neutral_names(sqlite_product: Product) -> None:
    made = assigned(sqlite_product.database, cases=1)
    picture = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(picture, "JPEG")
    stored = sqlite_product.files.put(iter([picture.getvalue()]))
    attachment = {
        "id": "a1",
        "kind": "photo",
        "name": "李强在第一农场.jpg",
        "media_type": "image/jpeg",
        "size": stored.size,
        "sha256": stored.sha256,
        "caption": "李强在现场",
        "width": 4,
        "height": 4,
        "position": 1,
    }
    with sqlite_product.database.write() as db:
        make_changeable(db, "case_version")
        db.execute(text("UPDATE case_version SET attachments = :files"), {"files": json.dumps([attachment])})
    juror = made.jurors[0]
    read = made.read_of(juror, made.entries[0].case_id)
    who = visitor(sqlite_product, juror)
    page = who.get(f"/judging/reads/{read}").text
    assert f'src="/judging/reads/{read}/files/photo-1.jpg"' in page
    assert "〔作者〕在现场" in page
    shown = who.get(f"/judging/reads/{read}/files/photo-1.jpg")
    assert shown.content == picture.getvalue()
    assert "photo-1.jpg" in shown.headers["content-disposition"]
    assert who.get(f"/judging/reads/{read}/files/photo-2.jpg").status_code == 404
    other = visitor(sqlite_product, made.jurors[1])
    assert other.get(f"/judging/reads/{read}/files/photo-1.jpg").status_code == 404


def test_rubric_lines_become_levels() -> None:
    found = levels("90–100 分：事实具体。\n0-59：空话\n\n其他说明")
    assert [(level.low, level.high, level.words) for level in found] == [
        ("90", "100", "事实具体。"),
        ("0", "59", "空话"),
        (None, None, "其他说明"),
    ]


def test_a_withdrawn_case_leaves_the_judging_by_itself(product: Product) -> None:
    """The journal tells; nobody has to press a button."""
    made = assigned(product.database, cases=2)
    with product.database.write() as db:
        db.execute(
            text("UPDATE \"case\" SET status = 'withdrawn' WHERE id = :id"), {"id": made.entries[0].case_id}
        )
        event = CaseWithdrawn(
            case_id=made.entries[0].case_id, call_id=made.call.id, version_id=made.entries[0].id, reason=""
        )
        record(db, actor=made.organiser, now=SCORING, event=event)
    product.worker.run_once()
    with product.database.read(made.organiser) as db:
        view = queries.round_of_call(db, made.call)
        assert view is not None
        assert view.state is RoundState.OPEN
        assert queries.count_cases(db, view.id) == 1
