"""What follows a decision: commendations, feedback, result letters, certificates and their proof."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from foundation.actor import ANONYMOUS, Actor, Role
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound, Refused
from foundation.mail import OutgoingMail
from foundation.people import User
from judging.errors import Outdated
from judging.models import Award, Certificate, Commendation, CommentVersion, FeedbackRelease, ResultLetter
from judging.papers.certificate_pdf import certificates_pdf
from judging.papers.praise import draft, praising
from judging.papers.wording import certificate_lines, chinese_date, filled, problem, written_date
from judging.queries import certificates as certificates
from judging.queries import honours as queries
from judging.service import honouring, telling
from judging.values.honours import CertificateState, LetterKind, Sheet
from judging.values.live import CriterionFigure
from judging.views.honours import FeedbackLine, WordingView
from submissions.queries import handed_in_by
from tests.judging.test_pages import at, visitor
from tests.judging.world import CLOSED, DECIDED, World, award, awarded, judged, revoke
from tests.support.factories import make_actor
from tests.support.web import Visitor
from webapp.wiring import Product

# --- words ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 22), "二〇二六年十一月二十二日"),
        (date(2030, 1, 10), "二〇三〇年一月十日"),
        (date(2027, 10, 31), "二〇二七年十月三十一日"),
        (date(2028, 2, 9), "二〇二八年二月九日"),
        (date(2026, 12, 20), "二〇二六年十二月二十日"),
    ],
)
def test_dates_as_on_certificates(day: date, words: str) -> None:
    assert chinese_date(day) == words


def test_dates_in_english() -> None:
    assert written_date(date(2026, 1, 5), "en") == "5 January 2026"


@pytest.mark.parametrize(
    ("words", "fine"),
    [
        ("{单位}：荣获{奖项}", True),
        ("{unit}: {prize}", True),
        ("{单位：荣获", False),
        ("{电话}", False),
        ("{}", False),
        ("没有占位词", True),
    ],
)
def test_placeholders_are_checked(words: str, fine: bool) -> None:
    assert (problem(words, ("unit", "prize")) is None) == fine


def test_a_line_with_nothing_to_say_is_left_out() -> None:
    words = "您好\n\n授奖词：{授奖词}\n{单位}敬上 {不认识}"
    assert filled(words, {"unit": "甲", "commendation": ""}) == "您好\n"
    assert (
        filled("授奖词：{授奖词}\n{unit}敬上", {"unit": "甲", "commendation": "好"}) == "授奖词：好\n甲敬上"
    )


def test_the_lines_of_a_certificate() -> None:
    values = {"unit": "甲支部", "title": "题", "prize": "一等奖", "call": "征集", "author": ""}
    assert certificate_lines("{单位}：\n案例《{案例}》荣获\n{奖项}\n\n特发此证", values) == (
        ("to", "甲支部："),
        ("text", "案例《题》荣获"),
        ("prize", "一等奖"),
        ("text", "特发此证"),
    )


def test_a_draft_takes_praise_and_leaves_advice() -> None:
    comments = [
        "做法具体，三十六件实事逐件公开。建议补充经费来源。",
        "做法具体，三十六件实事逐件公开！成效可以核对；但缺少对比",
        "The figures are checked. Please add a source.",
    ]
    assert praising(comments) == [
        "做法具体，三十六件实事逐件公开。",
        "做法具体，三十六件实事逐件公开！",
        "成效可以核对",
        "The figures are checked.",
    ]
    figures = [
        CriterionFigure(name, "9", "10", share) for name, share in (("甲", 70), ("乙", 90), ("丙", 80))
    ]
    words = draft("题", figures, comments[1:2])
    assert words == "《题》在乙和丙方面得到评委充分肯定。做法具体，三十六件实事逐件公开！成效可以核对。"


def test_a_certificate_as_pdf_has_a_page_each_and_says_everything() -> None:
    sheet = Sheet(
        number="ZS202600001-ABCD",
        heading="荣誉证书",
        lines=(("to", "甲支部："), ("text", "案例《" + "很长的题目" * 12 + "》荣获"), ("prize", "一等奖")),
        issuers=("某某工作委员会",),
        dated="二〇二六年十一月二十二日",
        language="zh",
        verify_url="https://example.org/certificates/ZS202600001-ABCD",
        holder="甲支部",
    )
    pages = PdfReader(io.BytesIO(certificates_pdf([sheet, replace(sheet, number="ZS2")], now=DECIDED))).pages
    text = "".join(pages[0].extract_text().replace("\0", "").split())
    wide, high = pages[0].mediabox.width, pages[0].mediabox.height
    assert (len(pages), round(wide), round(high)) == (2, 842, 595)
    said = ("甲支部：", "一等奖", "某某工作委员会", "二〇二六年十一月二十二日", "ZS202600001-ABCD")
    assert [words for words in said if words not in text] == []


_ABOUT_RESULTS = select(OutgoingMail.subject).where(OutgoingMail.subject.contains("评审"))

# --- the world --------------------------------------------------------------------------------------


def final(made: World) -> World:
    """Decide and publish."""
    award(made, {made.entries[0].case_id: "first", made.entries[1].case_id: "second"}, reason="空缺一个")
    return made


def lines(made: World) -> dict[str, FeedbackLine]:
    with made.database.read(made.organiser) as db:
        found = queries.feedback_lines(db, made.organiser, made.current(db))
    return {line.case.case_id: line for line in found}


def read_all(made: World, case_id: str, changes: Mapping[str, tuple[str, bool]] | None = None) -> None:
    said = lines(made)[case_id].comments
    decided = {}
    for each in said:
        words, withheld = (changes or {}).get(each.original, (each.original, False))
        decided[each.assignment_id] = telling.Decided(each.original, words, withheld)
    with made.database.write(made.organiser) as db:
        telling.read_comments(
            db, actor=made.organiser, now=CLOSED, round_id=made.round.id, case_id=case_id, decided=decided
        )


def release(made: World, *case_ids: str, basis: str = "", by_mail: bool = True) -> int:
    ready = telling.releasable(list(lines(made).values()), case_ids)
    with made.database.write(made.organiser) as db:
        return telling.release_feedback(
            db,
            actor=made.organiser,
            now=DECIDED,
            round_id=made.round.id,
            case_ids=case_ids,
            basis=basis or telling.basis_of(ready),
            by_mail=by_mail,
            address=lambda path: f"https://example.org{path}",
        )


def submitter(made: World, number: int) -> Actor:
    """Somebody else of the unit that handed this case in."""
    with made.database.write() as db:
        unit = db.get_one(User, _handed_in_by(made, number)).unit
        return make_actor(db, Role.SUBMITTER, unit=unit)


def _handed_in_by(made: World, number: int) -> str:
    with made.database.read() as db:
        version_id = made.entries[number].id
        return handed_in_by(db, [version_id])[version_id]


# --- commendations ----------------------------------------------------------------------------------


def test_a_commendation_keeps_its_versions_and_is_public_with_the_award_only(
    sqlite_database: Database,
) -> None:
    made = judged(sqlite_database)
    case_id = made.entries[0].case_id

    def write(actor: Actor, words: str) -> None:
        with made.database.write(actor) as db:
            honouring.write_commendation(
                db, actor=actor, now=CLOSED, round_id=made.round.id, case_id=case_id, words=words
            )

    write(made.organiser, "第一稿")
    write(made.organiser, "第二稿")
    write(made.organiser, "第二稿")
    with pytest.raises((Forbidden, NotFound)):
        write(made.jurors[0], "评委自己写")
    with made.database.read(ANONYMOUS) as db:
        assert queries.commendation_of(db, case_id) == ""
    final(made)
    with made.database.read(ANONYMOUS) as db:
        assert queries.commendation_of(db, case_id) == "第二稿"
    with made.database.read() as db:
        assert list(db.scalars(select(Commendation.words).order_by(Commendation.ordinal))) == [
            "第一稿",
            "第二稿",
        ]
    with made.database.write() as db:
        revoke(db, db.scalars(select(Award.id).where(Award.case_id == case_id)).one(), "查实不符")
    with made.database.read(ANONYMOUS) as db:
        assert queries.commendation_of(db, case_id) == ""


# --- feedback ---------------------------------------------------------------------------------------


def test_feedback_goes_out_read_edited_and_after_the_end(sqlite_database: Database) -> None:
    made = judged(sqlite_database)
    first, third = made.entries[0].case_id, made.entries[2].case_id
    with pytest.raises(Refused):  # awards are not final
        release(made, third)
    final(made)
    assert lines(made)[first].unread == 2
    with pytest.raises(Refused):  # nobody has read the comments
        release(made, first)
    read_all(made, first, {"建议写明经费，我在省院见过。": ("建议写明经费。", False)})
    with pytest.raises(Outdated):
        release(made, first, basis="another")
    assert release(made, first, third) == 2
    with pytest.raises(Refused):  # nothing new
        release(made, first)
    unit, stranger = submitter(made, 0), submitter(made, 1)
    with made.database.read(unit) as db:
        found = queries.released_feedback(db, first)
    assert found is not None
    assert found.content.comments == ("实事办得扎实，结果公开。", "建议写明经费。")
    assert [each.average for each in found.content.criteria] == ["92.00"] * 4
    assert (found.content.score, found.content.reads, found.content.prize_name) == ("92.00", 3, "一等奖")
    for actor in (stranger, made.jurors[0], ANONYMOUS):
        with made.database.read(actor) as db:
            assert queries.released_feedback(db, first) is None
            assert db.scalars(select(FeedbackRelease)).all() == []
    with made.database.read() as db:
        kept = set(db.scalars(select(CommentVersion.words).where(CommentVersion.kind == "author")))
        letters = list(db.scalars(_ABOUT_RESULTS))
    assert "建议写明经费，我在省院见过。" in kept  # the juror's own row stays
    assert sorted(letters) == ["评审反馈已公布：《案例之一》", "评审反馈已公布：《案例之三》"]


def test_what_was_released_stays_until_it_is_released_anew(sqlite_database: Database) -> None:
    made = awarded(sqlite_database)
    first = made.entries[0].case_id
    read_all(made, first)
    release(made, first, by_mail=False)
    read_all(made, first, {"建议写明经费，我在省院见过。": ("", True)})
    unit = submitter(made, 0)
    with made.database.read(unit) as db:
        before = queries.released_feedback(db, first)
    assert before is not None
    assert len(before.content.comments) == 2
    release(made, first, by_mail=False)
    with made.database.read(unit) as db:
        after = queries.released_feedback(db, first)
        assert db.scalars(_ABOUT_RESULTS).all() == []
    assert after is not None
    assert (after.ordinal, after.content.comments) == (2, ("实事办得扎实，结果公开。",))


def test_too_few_reads_show_no_averages(sqlite_database: Database) -> None:
    made = awarded(sqlite_database)

    def terms(fewest: int) -> None:
        with made.database.write(made.organiser) as db:
            telling.save_terms(
                db,
                actor=made.organiser,
                now=DECIDED,
                round_id=made.round.id,
                fewest_reads=fewest,
                greeting="您好",
            )

    with pytest.raises(Invalid):
        terms(1)
    terms(4)
    content = lines(made)[made.entries[0].case_id].draft
    assert (content.criteria, content.score, content.reads, content.greeting) == ((), "", 0, "您好")


# --- result letters ---------------------------------------------------------------------------------


def bases(made: World, *kinds: LetterKind) -> str:
    with made.database.read(made.organiser) as db:
        view = made.current(db)
        found = [each for each in queries.letter_lines(db, made.organiser, view) if each.kind in kinds]
        ready = telling.ready_letters(found, queries.wordings(db, view.id), view, str)
    return telling.basis_of_letters(ready)


def send(made: World, *kinds: LetterKind, basis: str = "") -> int:
    with made.database.write(made.organiser) as db:
        return telling.queue_letters(
            db,
            actor=made.organiser,
            now=DECIDED,
            round_id=made.round.id,
            kinds=kinds,
            basis=basis or bases(made, *kinds),
            address=str,
        )


def test_everybody_is_told_once(sqlite_database: Database) -> None:
    made = judged(sqlite_database)
    with pytest.raises(Refused):
        send(made, LetterKind.OTHER)
    final(made)
    with pytest.raises(Outdated):
        send(made, LetterKind.WINNER, basis="another")
    assert send(made, LetterKind.WINNER) == 2
    with pytest.raises(Refused):
        send(made, LetterKind.WINNER)
    assert send(made, LetterKind.WINNER, LetterKind.OTHER) == 1
    with made.database.read() as db:
        told = [(row.outcome, row.recipient) for row in db.scalars(select(ResultLetter))]
        subjects = sorted(db.scalars(_ABOUT_RESULTS))
        bodies = list(db.scalars(select(OutgoingMail.body).where(OutgoingMail.subject.contains("评审"))))
    assert sorted(outcome for outcome, _to in told) == ["", "first", "second"]
    assert len({to for _outcome, to in told}) == 3
    assert subjects == [
        "“2026 年创新案例征集”评审结果",
        "评审结果：《案例之一》获一等奖",
        "评审结果：《案例之二》获二等奖",
    ]
    assert ["{" in body or "授奖词：" in body for body in bodies] == [False] * 3
    case_id = made.entries[1].case_id
    with made.database.write() as db:
        revoke(db, db.scalars(select(Award.id).where(Award.case_id == case_id)).one(), "查实不符")
    with pytest.raises(Refused):  # a revocation is told by its ruling, not as "no prize"
        send(made, LetterKind.WINNER, LetterKind.OTHER)


def test_unknown_placeholders_are_refused(sqlite_database: Database) -> None:
    made = judged(sqlite_database)
    words = {
        LetterKind.WINNER: WordingView("{案例}", "{电话}"),
        LetterKind.OTHER: WordingView("{奖项}", "您好"),  # who has no prize has no such word
    }
    with pytest.raises(Invalid) as refused, made.database.write(made.organiser) as db:
        telling.save_wording(db, actor=made.organiser, now=CLOSED, round_id=made.round.id, words=words)
    assert [each.field for each in refused.value.errors] == ["winner_body", "other_subject"]


# --- certificates -----------------------------------------------------------------------------------


def designed(made: World) -> World:
    with made.database.write(made.organiser) as db:
        chosen = replace(certificates.usual_design("zh"), issuers=("某某工作委员会",))
        honouring.save_design(db, actor=made.organiser, now=CLOSED, round_id=made.round.id, chosen=chosen)
    return made


def issue(made: World, count: int) -> int:
    with made.database.write(made.organiser) as db:
        return honouring.issue_certificates(
            db,
            actor=made.organiser,
            now=DECIDED,
            round_id=made.round.id,
            dated=date(2026, 4, 10),
            count=count,
            address="https://example.org/certificates",
        )


def test_certificates_are_issued_once_and_prove_the_award(sqlite_database: Database) -> None:
    made = designed(judged(sqlite_database))
    with pytest.raises(Refused):
        issue(made, 4)
    final(made)
    with pytest.raises(Outdated):
        issue(made, 3)
    assert issue(made, 4) == 4
    with pytest.raises(Refused):
        issue(made, 4)
    with made.database.read(made.organiser) as db:
        found = certificates.certificates(db, made.organiser, made.round.id)
    assert [each.holder for each in found] == ["第一农场党支部", "李强", "第二农场党支部", "李强"]
    numbers = [each.sheet.number for each in found]
    assert [number[:11] for number in numbers] == [f"ZS2026{n:05d}" for n in range(1, 5)]
    with made.database.read(ANONYMOUS) as db:
        proof = certificates.proof(db, f" {numbers[0].lower()} ")
        assert certificates.proof(db, "ZS202600001-XXXX") is None
        assert db.scalars(select(Certificate)).all() == []
    assert proof is not None
    assert (proof.state, proof.holder, proof.prize_name) == (
        CertificateState.VALID,
        "第一农场党支部",
        "一等奖",
    )
    with made.database.write(made.organiser) as db:
        honouring.void_certificate(
            db, actor=made.organiser, now=DECIDED, certificate_id=found[1].id, reason="姓名有误"
        )
    assert issue(made, 1) == 1
    with made.database.write() as db:
        revoke(db, db.scalars(select(Award.id).where(Award.case_id == found[2].case_id)).one(), "查实不符")
    with made.database.read(ANONYMOUS) as db:
        states = [proof.state if (proof := certificates.proof(db, number)) else None for number in numbers]
    valid, void, gone = CertificateState.VALID, CertificateState.VOID, CertificateState.REVOKED
    assert states == [valid, void, gone, gone]


# --- pages ------------------------------------------------------------------------------------------


def basis_in(page: str, before: str = "") -> str:
    """The hidden hash of what a page shows."""
    match = re.search(re.escape(before) + r'.*?name="basis" value="([0-9a-f]{64})"', page, re.DOTALL)
    assert match is not None
    return match[1]


def test_the_way_of_an_organiser_and_of_a_unit(sqlite_product: Product) -> None:
    product = sqlite_product
    made = awarded(product.database)
    at(product, DECIDED)
    first = made.entries[0].case_id
    unit = visitor(product, submitter(made, 0))
    other = visitor(product, submitter(made, 1))
    organiser = visitor(product, made.organiser)
    base = f"/organise/calls/{made.call.id}/judging/honours"
    page = organiser.get(base).text
    assert ("实事办得扎实，结果公开。" in page, "评委甲" in page) == (True, False)
    organiser.post(f"{base}/cases/{first}", {f"words-{first}": "办实事，有回音。"})
    reading = organiser.get(f"{base}/feedback/cases/{first}").text
    assert "评委甲" not in reading
    form = {}
    for key in re.findall(r'name="words-(\w+)"', reading):
        form[f"words-{key}"] = original(reading, key).replace("，我在省院见过", "")
        form[f"original-{key}"] = original(reading, key)
    organiser.post(f"{base}/feedback/cases/{first}", form)
    assert "建议写明" not in unit.get(f"/cases/{first}/outcome").text
    shown = organiser.post(f"{base}/feedback/preview", {"cases": first, "by_mail": "true"}).text
    done = organiser.post(
        f"{base}/feedback/release", {"cases": first, "basis": basis_in(shown), "by_mail": "true"}
    )
    assert "已向 1 个案例的单位公布反馈" in done.text
    letters = organiser.get(f"{base}/letters").text
    assert "授奖词：办实事，有回音。" in letters
    sent = organiser.post(f"{base}/letters", {"kinds": "winner", "basis": basis_in(letters, "</details>")})
    assert "2 封结果通知已放入待发邮件" in sent.text
    organiser.post(
        f"{base}/certificates/design",
        {
            "heading": "荣誉证书",
            "issuers": "某某工作委员会\n\n另一单位",
            "unit_words": "{单位}：\n{奖项}",
            "author_words": "{作者}：\n{奖项}",
            "holders": ["units"],
            "language": "zh",
        },
    )
    assert organiser.get(f"{base}/certificates/sample.pdf").content[:5] == b"%PDF-"
    issued = organiser.post(f"{base}/certificates", {"count": "2", "dated": "2026-04-10"})
    assert "已签发 2 张证书" in issued.text
    with zipfile.ZipFile(io.BytesIO(organiser.get(f"{base}/certificates/all.zip").content)) as archive:
        assert sorted(name[:4] for name in archive.namelist()) == ["PDF/", "PDF/", "Word", "Word"]
    assert "评审结果与反馈" in unit.get(f"/cases/{first}").text
    own = unit.get(f"/cases/{first}/outcome").text
    assert [
        words for words in ("办实事，有回音。", "建议写明经费。", "92.00", "ZS2026") if words not in own
    ] == []
    assert ("省院" in own, "评委甲" in own) == (False, False)
    assert unit.get(f"/cases/{first}/outcome/feedback.pdf").content[:5] == b"%PDF-"
    assert unit.get(f"/cases/{first}/outcome/feedback.docx").content[:2] == b"PK"
    certificate = re.search(rf"/cases/{first}/certificates/\w+\.", own)
    assert certificate is not None
    assert unit.get(certificate[0] + "docx").content[:2] == b"PK"
    statuses = [
        other.get(path).status_code
        for path in (certificate[0] + "pdf", f"/cases/{first}/outcome/feedback.pdf")
    ]
    assert statuses == [404, 404]
    number = re.search(r"ZS2026\d{5}-\w{4}", own)
    assert number is not None
    guest = Visitor(product)
    assert "证书真实有效" in guest.get(f"/certificates/{number[0]}").text
    assert guest.get("/certificates", params={"number": "ZS000"}).status_code == 404
    assert guest.get(f"/api/v1/certificates/{number[0]}").json()["state"] == "valid"
    assert unit.get(f"/api/v1/cases/{first}/feedback").json()["comments"] == [
        "实事办得扎实，结果公开。",
        "建议写明经费。",
    ]
    assert other.get(f"/api/v1/cases/{first}/feedback").status_code == 404
    assert "办实事，有回音。" in guest.get(f"/calls/{made.call.slug}/results").text


def original(page: str, key: str) -> str:
    match = re.search(rf'name="original-{key}" hidden>\n(.*?)</textarea>', page, re.DOTALL)
    assert match is not None
    return match[1]
