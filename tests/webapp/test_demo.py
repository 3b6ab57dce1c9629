"""The demonstration year: its content keeps its promises, and everybody has something to do in it."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from casebook import queries as casebook
from casebook.making import queries as making
from casebook.making.values import BuildState
from casebook.reviewing import queries as reviewing
from foundation import journal, people, richtext
from foundation.actor import ANONYMOUS, Actor, Role
from foundation.clock import FixedClock
from foundation.people import Unit, User
from foundation.sheets.reading import read_sheet
from judging import queries as judging
from judging.queries.honours import published_commendations
from judging.values import InvitationState, RoundState
from search.values import Sort
from submissions import queries as submissions
from submissions.queries.originality import originality_rows
from submissions.service import check_draft
from submissions.values import CallView, CaseStatus, StepKind, VersionView
from tests.support import databases
from webapp.accounts import service as accounts
from webapp.cli.demo import prepare, show_accounts
from webapp.demo.loader import OPEN_DRAFTS, load_demo
from webapp.demo.markdown import to_html
from webapp.demo.pictures import SCENES, draw
from webapp.demo.reading import Content, DemoCase
from webapp.settings import Settings
from webapp.wiring import Product, build

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
pytestmark = pytest.mark.xdist_group("demo")  # loading the year takes longer than asking it everything

HAN = re.compile(r"[\u4e00-\u9fff]")
WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
CONTENT = Content()
CASES = [case for call in CONTENT.calls.values() for case in call.cases]
UNFINISHED = "04-chong-dian"


@pytest.fixture(scope="module")
def year(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The product with the demonstration year, loaded once for all tests of this file, which only read."""
    folder = tmp_path_factory.mktemp("demo")
    url = databases.copy_sqlite(sqlite_template, folder / "exemplar.sqlite")
    product = build(Settings(data_dir=folder / "var", database_url=url, secret_key="s" * 32), FixedClock(NOW))
    load_demo(product.database, product.files, now=NOW, signing_key=product.edge.secret)
    yield product
    product.close()


def call(product: Product, key: str) -> CallView:
    slugs = {
        "last-year": "branch-cases-2025",
        "judging": "branch-cases-2026",
        "open": "one-hard-thing-2026",
    }
    with product.database.read() as db:
        return submissions.call_by_slug(db, slugs[key])


def account(product: Product, key: str) -> Actor:
    with product.database.read() as db:
        user = people.user_by_email(db, f"{key}@demo.example")
        assert user is not None
        return people.actor_of(user)


# --- content ---------------------------------------------------------------------------------------


def is_english(case: DemoCase) -> bool:
    return "-en-" in case.key


def test_there_are_enough_cases_and_they_are_long_enough() -> None:
    chinese = {case.key: len(HAN.findall(case.body)) for case in CASES if not is_english(case)}
    english = {case.key: len(WORD.findall(case.body)) for case in CASES if is_english(case)}
    assert (len(chinese), len(english)) == (27, 4)
    assert [key for key, count in chinese.items() if not 850 <= count <= 1600] == [UNFINISHED]
    assert [key for key, count in english.items() if not 500 <= count <= 800] == []


def test_cases_are_of_every_category_and_written_by_units_that_exist() -> None:
    rules = CONTENT.calls["last-year"].rules
    units = {unit.key for unit in CONTENT.units}
    assert {case.category for case in CASES} == {category.key for category in rules.categories}
    assert {case.unit for case in CASES} - units == set()


def test_no_two_cases_share_a_sentence() -> None:
    seen: Counter[str] = Counter()
    for case in CASES:
        seen.update({each for each in re.split(r"[。！？\n]", case.body) if len(HAN.findall(each)) > 12})
    assert [sentence for sentence, times in seen.items() if times > 1] == []


def test_every_photo_has_a_scene_and_a_caption_and_stands_in_the_text() -> None:
    for case in CASES:
        figures = {name: f"[{caption}]" for name, caption in case.photos}
        written = to_html(case.body, figures)
        assert "![" not in written
        for name, caption in case.photos:
            assert re.sub(r"(-\d)?\.jpg$", "", name) in SCENES
            assert len(caption) > 5


def test_the_markdown_of_the_cases_is_the_html_that_is_stored() -> None:
    for case in CASES:
        figures = dict.fromkeys(
            (name for name, _caption in case.photos),
            '<figure><img src="attachment:a1" alt="x"><figcaption>x</figcaption></figure>',
        )
        written = to_html(case.body, figures)
        assert richtext.clean(written) == written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## 一、标题\n\n第一行\n第二行", "<h2>一、标题</h2><p>第一行第二行</p>"),
        ("one line\nand another", "<p>one line and another</p>"),
        ("- **甲**\n- 乙 < 丙", "<ul><li><strong>甲</strong></li><li>乙 &lt; 丙</li></ul>"),
        ("1. 甲\n2. 乙", "<ol><li>甲</li><li>乙</li></ol>"),
        ("> 引文", "<blockquote><p>引文</p></blockquote>"),
        (
            "| 甲 | 乙 |\n|---|---|\n| 1 | |",
            "<table><thead><tr><th>甲</th><th>乙</th></tr></thead><tbody><tr><td>1</td><td></td></tr></tbody></table>",
        ),
        ("![](a.jpg)", "<figure></figure>"),
    ],
)
def test_markdown(text: str, expected: str) -> None:
    assert to_html(text, {"a.jpg": "<figure></figure>"}) == expected


def test_a_picture_is_drawn_the_same_every_time() -> None:
    assert draw("terraces") == draw("terraces")


def test_another_number_is_another_look_of_the_scene() -> None:
    assert len({draw("round-table"), draw("round-table-2"), draw("round-table-3")}) == 3


# --- the loaded year -------------------------------------------------------------------------------


def test_units_and_accounts(year: Product) -> None:
    with year.database.read() as db:
        assert db.query(Unit).count() == 33
        assert db.query(User).count() == 45
        for person in CONTENT.people:
            user = people.user_by_email(db, person.email)
            assert user is not None
            assert (user.name, user.roles) == (person.name, person.roles)
        assert {role for person in CONTENT.people for role in person.roles} == set(Role)


def test_everybody_signs_in_with_the_same_password(year: Product) -> None:
    with year.database.read() as db:
        for email in ("branch@demo.example", "admin@demo.example", "tax-hall@demo.example"):
            user_id = accounts.check_password(db, now=NOW, email=email, password=CONTENT.password, address="")
            assert user_id is not None
            assert people.user(db, user_id).email == email


def test_loading_again_does_nothing(year: Product) -> None:
    assert load_demo(year.database, year.files, now=NOW, signing_key=b"") == ()


def test_the_command_names_the_accounts(year: Product, capsys: pytest.CaptureFixture[str]) -> None:
    assert not prepare(year)
    show_accounts(year)
    shown = capsys.readouterr().out
    assert [person.email for person in CONTENT.people if person.email not in shown] == []
    assert CONTENT.password in shown


def test_no_account_of_the_demonstration_exists_unasked(
    product: Product, capsys: pytest.CaptureFixture[str]
) -> None:
    show_accounts(product)
    assert capsys.readouterr().out == ""


def test_the_calls_ran_when_they_say(year: Product) -> None:
    windows = [(call(year, key).opens_at, call(year, key).closes_at) for key in CONTENT.calls]
    assert windows == [
        (datetime(2025, 9, 8, 1, tzinfo=UTC), datetime(2025, 10, 13, 9, tzinfo=UTC)),
        (datetime(2026, 9, 9, 1, tzinfo=UTC), datetime(2026, 10, 29, 9, tzinfo=UTC)),
        (datetime(2026, 11, 10, 1, tzinfo=UTC), datetime(2026, 12, 15, 9, tzinfo=UTC)),
    ]
    with year.database.read() as db:
        late = []
        for key in CONTENT.calls:
            view = call(year, key)
            for entry in submissions.entries(db, view.id):
                assert view.opens_at <= entry.received_at
                late += [entry.title] if entry.received_at >= view.closes_at else []
    assert late == ["讲错了请举手：江澜博物馆志愿讲解的“纠错卡”"]  # which was returned with a deadline


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("last-year", {CaseStatus.SUBMITTED: 16}),
        ("judging", {CaseStatus.CHECKED: 9}),
        ("open", {CaseStatus.SUBMITTED: 2, CaseStatus.DRAFT: 4}),
    ],
)
def test_where_the_cases_stand(year: Product, key: str, expected: dict[CaseStatus, int]) -> None:
    view = call(year, key)
    with year.database.read() as db:
        units = {unit.id for unit in people.units(db)}
        cases = [
            case for unit in units for case in submissions.cases_of_unit(db, unit) if case.call_id == view.id
        ]
    assert Counter(case.status for case in cases) == expected


def test_last_year_is_awarded_by_its_rule(year: Product) -> None:
    view = call(year, "last-year")
    with year.database.read() as db:
        found = judging.winners(db, view)
        rounded = judging.round_of_call(db, view)
        assert rounded is not None
        assert rounded.state is RoundState.DECIDED
    assert Counter(winner.prize_name for winner in found) == {"一等奖": 3, "二等奖": 5, "优秀案例": 8}
    assert sorted(winner.title for winner in found if winner.prize_rank == 1) == [
        "一本贴在泵房墙上的水账",
        "六楼的老人先算账：银杏里加装电梯的九次楼道会",
        "把“差一点出事”写下来——化学学院实验室的未遂事件本",
    ]


def test_first_prizes_are_praised_in_public(year: Product) -> None:
    view = call(year, "last-year")
    with year.database.read(ANONYMOUS) as db:
        found = judging.winners(db, view)
        praised = published_commendations(db, [winner.case_id for winner in found])
    assert set(praised) == {winner.case_id for winner in found if winner.prize_rank == 1}


def test_this_year_is_in_the_middle_of_judging(year: Product) -> None:
    organiser = account(year, "organiser")
    view = call(year, "judging")
    with year.database.read() as db:
        opened = judging.round_of_call(db, view)
        assert opened is not None
        how_far = judging.progress(db, organiser, opened)
        invited = judging.panel(db, opened.id, states=[InvitationState.INVITED])
    assert (how_far.whole.assigned, how_far.short) == (27, ())
    assert {each.name: each.handed_in for each in how_far.jurors} == {
        "范知秋": 1,
        "温以宁": next(each.assigned for each in how_far.jurors if each.name == "温以宁"),
        "卓然": 3,
        "栾岳": 0,
        "闵怀素": 2,
        "易水寒": 0,
    }
    assert [seat.name for seat in invited] == ["易水寒"]
    assert [each.juror_name for each in how_far.flags] == ["卓然"]


def test_a_juror_from_a_unit_never_reads_its_case(year: Product) -> None:
    organiser = account(year, "organiser")
    with year.database.read() as db:
        opened = judging.round_of_call(db, call(year, "judging"))
        assert opened is not None
        board = judging.assignment_board(db, organiser, opened)
    museum = next(line for line in board.cases if line.unit_name == "江澜博物馆开放教育党支部")
    assert "闵怀素" not in {read.juror_name for read in board.reads[museum.case_id]}


def test_each_juror_has_something_to_see(year: Product) -> None:
    states = {}
    for key in ("juror", "juror4"):
        with year.database.read() as db:
            actor = account(year, key)
            waiting = judging.invitations(db, actor)
            opened = next(each.round for each in waiting if each.round.state is RoundState.OPEN)
            _view, reads = judging.queue(db, actor, opened.id)
            states[key] = Counter(read.status for read in reads)
    assert (states["juror"]["handed_in"], states["juror"]["ready"]) == (1, 1)
    assert states["juror"]["todo"] == states["juror"].total() - 2
    assert set(states["juror4"]) == {"todo"}


def test_the_branch_has_a_draft_that_is_ready_but_for_a_look(year: Product) -> None:
    branch = account(year, "branch")
    with year.database.write(branch) as db:
        drafts = [
            case
            for case in submissions.cases_of_unit(db, branch.unit_id or "")
            if case.status is CaseStatus.DRAFT
        ]
        assert [case.title for case in drafts] == ["晒场上的一百盏灯（草稿）"]
        found = check_draft(db, actor=branch, now=NOW, case_id=drafts[0].id)
        claims = submissions.draft(db, drafts[0].id).claims
    assert [(each.field, each.blocking) for each in found] == [("claims", False)]
    assert sorted(len(each.sources) for each in claims) == [0, 1]


def test_unfinished_drafts_lack_something(year: Product) -> None:
    lacking = {}
    units = {case.key: case.unit for case in CONTENT.calls["open"].cases if case.key in OPEN_DRAFTS}
    for key in ("01-shang-hui", "02-dang-an", "04-chong-dian"):
        name = next(unit for unit in CONTENT.units if unit.key == units[key]).contact
        with year.database.write() as db:
            user = db.query(User).filter(User.name == name).one()
            actor = people.actor_of(user)
            case = next(
                each
                for each in submissions.cases_of_unit(db, actor.unit_id or "")
                if each.status is CaseStatus.DRAFT
            )
            findings = check_draft(db, actor=actor, now=NOW, case_id=case.id)
            lacking[key] = [finding.field for finding in findings if finding.blocking]
    assert lacking == {
        "01-shang-hui": ["authors-0-name"],
        "02-dang-an": ["summary"],
        "04-chong-dian": ["summary", "body"],
    }


def test_the_superior_has_two_cases_to_recommend(year: Product) -> None:
    superior = account(year, "superior")
    view = call(year, "open")
    with year.database.read(superior) as db:
        cases = submissions.handed_in(db, view.id)
        given = submissions.recommendations(db, [case.id for case in cases])
    waiting = [case.title for case in cases if not given.get(case.id)]
    assert sorted(waiting) == [
        "The warm line: a heating company's night desk",
        "服务区里的组织生活：长途货车司机的“一壶热水”",
    ]


def judged(product: Product, key: str) -> VersionView:
    """The version of this case of the call in judging that counts."""
    title = next(case.title for case in CONTENT.calls["judging"].cases if case.key == key)
    with product.database.read() as db:
        entries = submissions.entries(db, call(product, "judging").id)
    return next(each for each in entries if each.title == title)


def test_claims_are_frozen_with_their_evidence_in_the_order_in_which_jurors_find_them(year: Product) -> None:
    with_claims = [case for case in CONTENT.calls["judging"].cases if case.claims]
    assert len(with_claims) == 5
    for case in with_claims:
        version = judged(year, case.key)
        files = {each.id: each for each in version.attachments}
        names = dict(case.photos)
        for written, kept in zip(case.claims, version.claims, strict=True):
            assert written.quote == kept.quote
            linked = [files[each.attachment_id] for each in kept.sources]
            expected = [names.get(written.evidence, written.evidence)] if written.evidence else []
            assert [each.caption if each.kind == "photo" else each.name for each in linked] == expected


def test_a_spreadsheet_beside_a_case_says_what_the_case_says(year: Product) -> None:
    version = judged(year, "05-wu-ye")
    (file,) = [each for each in version.attachments if each.kind == "file"]
    *parts, whole = [line.cells for line in read_sheet(file.name, year.files.read(file.sha256)).lines]
    assert sum(int(cells[1]) for cells in parts) == int(whole[1]) == 386_000


def test_a_juror_who_is_done_has_held_claims_against_their_evidence(year: Product) -> None:
    organiser = account(year, "organiser")
    with year.database.read(organiser) as db:
        opened = judging.round_of_call(db, call(year, "judging"))
        assert opened is not None
        tallies = {
            case.key: judging.tallies(db, opened.id, judged(year, case.key))
            for case in CONTENT.calls["judging"].cases
            if case.claims
        }
    told = {key: found for key, found in tallies.items() if any(sum(each.counts.values()) for each in found)}
    assert told  # whose they are changes from one loading to the next; all jurors but one are at work
    for key, found in told.items():
        written = next(case.claims for case in CONTENT.calls["judging"].cases if case.key == key)
        given = [[verdict.value for verdict, n in each.counts.items() if n] for each in found]
        assert given == [[each.verdict] for each in written]


def test_masked_copies_are_confirmed_but_for_one_of_each_call(year: Product) -> None:
    titles = {}
    for key in ("judging", "open"):
        with year.database.read() as db:
            titles[key] = [
                case.title
                for case in submissions.handed_in(db, call(year, key).id)
                if not submissions.identity_decision(db, case.id).confirmed_hash
            ]
    assert titles == {
        "judging": ["Room 314 is cold: a dormitory repair diary"],
        "open": ["服务区里的组织生活：长途货车司机的“一壶热水”"],
    }


def test_what_happened_to_a_case_that_was_returned(year: Product) -> None:
    version = judged(year, "02-bo-wu-guan")
    with year.database.read() as db:
        steps = [each.kind.value for each in reversed(submissions.steps(db, version.case_id))]
        authors = [len(each.authors) for each in submissions.versions(db, version.case_id)]
        confirmed = submissions.identity_decision(db, version.case_id).confirms(version.content_hash)
    assert steps == [
        *("submitted", "recommended", "checked", "undone", "returned"),
        *("submitted", "recommended", "checked"),
    ]
    assert sorted(authors) == [1, 2]
    assert confirmed


def test_the_superior_has_put_its_cases_in_order_and_commented_on_one(year: Product) -> None:
    superior = account(year, "superior")
    with year.database.read(superior) as db:
        given = submissions.recommended(db, call(year, "judging").id, superior.unit_id or "")
        titles = {each.id: each.title for each in submissions.cases_named(db, [one.case_id for one in given])}
        commented = [
            case.title
            for case in submissions.handed_in(db, call(year, "open").id)
            if any(step.kind is StepKind.COMMENTED for step in submissions.steps(db, case.id))
        ]
    assert [titles[each.case_id] for each in given] == ["云岭村不再比谁的笋便宜", "一粒稻种的“户口簿”"]
    assert commented == ["服务区里的组织生活：长途货车司机的“一壶热水”"]


def test_photos_of_the_cases_are_stored(year: Product) -> None:
    with year.database.read() as db:
        entries = submissions.entries(db, call(year, "last-year").id)
    photos = [photo for entry in entries for photo in entry.photos]
    assert len(photos) == sum(len(case.photos) for case in CONTENT.calls["last-year"].cases)
    for photo in photos:
        opened = Image.open(BytesIO(year.files.read(photo.sha256)))
        assert (opened.format, opened.size) == ("JPEG", (photo.width, photo.height)) == ("JPEG", (1600, 1067))


def test_the_journal_is_whole_and_in_order(year: Product) -> None:
    with year.database.read() as db:
        assert journal.verify(db).broken_at is None
        entries = journal.latest(db, limit=10_000)
    assert all(newer.seq == older.seq + 1 for newer, older in pairwise(entries))
    assert max(entry.at for entry in entries) < NOW


# --- what the worker makes of it -------------------------------------------------------------------


@pytest.fixture(scope="module")
def worked(year: Product) -> Product:
    """The year after the worker has caught up: the index written, the book built, the letters sent."""
    while year.worker.run_once():
        pass
    return year


def test_originality_reports_the_one_pair_that_was_meant(worked: Product) -> None:
    with worked.database.read(account(worked, "organiser")) as db:
        lines = [line for key in CONTENT.calls for line in originality_rows(db, call(worked, key).id)]
    assert [line.title for line in lines if line.photos] == []
    shown = [line.title for line in lines if line.report is not None and line.report.share]
    assert shown == ["服务区里的组织生活：长途货车司机的“一壶热水”"]


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("水账", "一本贴在泵房墙上的水账"),
        ("水賬", "一本贴在泵房墙上的水账"),
        ("门板 洪峰", "河口村汛期值班表：一张写满名字的门板"),
        ("blue pump", "The evening log of Camp Three"),
    ],
)
def test_the_library_finds_last_year(worked: Product, question: str, title: str) -> None:
    with worked.database.read(ANONYMOUS) as db:
        results = worked.shelf.find(db, question, filters={}, sort=Sort.RELEVANCE)
    assert results.cards[0].case.version.title == title


def test_the_library_holds_the_awarded_cases_only(worked: Product) -> None:
    with worked.database.read(account(worked, "trainer")) as db:
        assert worked.shelf.find(db, "", filters={}, sort=Sort.NEWEST).page.total == 16
    with worked.database.read(ANONYMOUS) as db:  # one is for members only
        assert worked.shelf.find(db, "", filters={}, sort=Sort.NEWEST).page.total == 15
        assert worked.shelf.find(db, "鲜货钟", filters={}, sort=Sort.NEWEST).page.complete == 0


def test_the_editor_has_a_printed_book_and_one_to_compile(worked: Product) -> None:
    with worked.database.read(account(worked, "editor")) as db:
        short, full = casebook.editions(db)
        builds = {view.title: making.builds(db, view.id) for view in (short, full)}
        contents = {
            view.title: [(chapter.title, len(chapter.entries)) for chapter in casebook.chapters(db, view.id)]
            for view in (short, full)
        }
    assert contents["小切口　真办法"] == [("一等奖", 3), ("二等奖", 5), ("优秀案例", 8)]
    assert sum(count for _chapter, count in contents["八个办法"]) == 8
    assert [(each.state, each.entries, each.log) for each in builds["小切口　真办法"]] == [
        (BuildState.DONE, 16, ())
    ]
    assert builds["八个办法"] == []


def test_the_short_book_is_under_review(worked: Product) -> None:
    with worked.database.read(account(worked, "editor")) as db:
        files = reviewing.files(db, casebook.editions(db)[0].id)
    states = ["".join(step.state.value[0] for step in file.states.values()) for file in files]
    assert states[:5] == ["onnnnnn", "ssssonn", "ssonnnn", "rnnnnnn", "onnnnnn"]


def test_manuscripts_were_edited_and_the_cases_were_not(worked: Product) -> None:
    with worked.database.read() as db:
        full = casebook.editions(db)[1]
        entries = [entry for chapter in casebook.chapters(db, full.id) for entry in chapter.entries]
        edited = [entry for entry in entries if entry.rounds > 1]
        for entry in edited:
            last, first = casebook.rounds(db, entry.id)
            assert last.text.body != first.text.body
            assert submissions.version(db, entry.version_id).body_html == first.text.body
    assert len(edited) == 3
