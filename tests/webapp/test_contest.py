"""A contest as a folder of CSV files: known answers, complaints with line numbers, the commands' files."""

import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from webapp.cli import contest as commands
from webapp.contest.assigning import assign
from webapp.contest.reading import read_contest
from webapp.contest.reliability import help_most, rely
from webapp.contest.standing import Rule, stand
from webapp.contest.table import BadFolder
from webapp.contest.values import Contest, Sheet
from webapp.contest.writing import write_sheets

Files = dict[str, str]

CASES = "case_id,category,unit,region,recommender\n" + "".join(f"c{n},rural,u{n},r1,\n" for n in range(1, 5))
JURORS = "juror_id,unit,region,org,max_load,category\n" + "".join(f"j{n},,,,,\n" for n in range(1, 4))


def reviews(*rows: str) -> str:
    """Rows "case juror mark": one mark for all four criteria."""
    lines = ["case_id,juror_id,truth,effect,novelty,example,status,seconds"]
    for row in rows:
        case_id, juror_id, mark = row.split()
        lines.append(f"{case_id},{juror_id},{mark},{mark},{mark},{mark},complete,300")
    return "\n".join(lines) + "\n"


def folder(path: Path, **files: str) -> Path:
    everything = {"cases": CASES, "jurors": JURORS, "reviews": reviews(), **files}
    for name, text in everything.items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def crossed(marks: Mapping[str, Sequence[int]]) -> str:
    """Juror -> his marks of c1, c2, ..."""
    return reviews(
        *(f"c{n} {juror} {mark}" for juror, row in marks.items() for n, mark in enumerate(row, start=1))
    )


def faults(path: Path, **files: str) -> list[tuple[str, int, str]]:
    with pytest.raises(BadFolder) as refused:
        read_contest(folder(path, **files))
    return [(each.file, each.line, str(each.reason)) for each in refused.value.faults]


def scores(found: Contest, rule: Rule, reads: int = 1) -> list[tuple[str, str, int | None]]:
    rows = stand(found, rule, reads=reads).rows
    return [(row.case_id, str(row.score), row.rank) for row in rows]


def by_key(sheet: Sheet) -> dict[str, list[object]]:
    return {str(row[0]): list(row[1:]) for row in sheet.rows}


# --- reading ----------------------------------------------------------------------------------------


def test_what_is_wrong_is_said_with_its_line(tmp_path: Path) -> None:
    wrong = (
        "case_id,juror_id,truth,effect,novelty,example,status,seconds\n"
        "c1,j1,80,80,80,80,complete,300\n"
        "\n"
        "c9,j1,80,80,80,80,complete,300\n"
        "c1,j2,80,101,80,80,complete,300\n"
        "c1,j3,80,,80,80,complete,300\n"
        "c2,j1,80,80,80,80,fertig,300\n"
        "c1,j1,70,70,70,70,complete,300\n"
        "c2,j2,80,80,achtzig,80,draft,-5\n"
    )
    assert faults(tmp_path, reviews=wrong) == [
        ("reviews.csv", 4, "cases.csv 里没有案例 c9"),
        ("reviews.csv", 5, "“effect”的分数应在 0 到 100 之间。"),
        ("reviews.csv", 6, "缺少分数：effect。还没有评完的，状态请写 draft"),
        (
            "reviews.csv",
            7,
            "不认识的状态“fertig”；"
            "计入的写 complete、completed、done、handed_in、submitted、valid，"
            "不计入的写 assigned、conflict、draft、incomplete、invalid、missing、"
            "open、recused、removed、withdrawn",
        ),
        ("reviews.csv", 8, "c1 / j1 在第 2 行已经有了"),
        ("reviews.csv", 9, "novelty 应为数字，现在是“achtzig”"),
        ("reviews.csv", 9, "seconds 不能小于 0，现在是“-5”"),
    ]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"jurors": "name\nx\n"},
            [("jurors.csv", 1, "缺少列：juror_id"), ("jurors.csv", 2, "juror_id 没有填写")],
        ),
        ({"cases": ""}, [("cases.csv", 0, "文件是空的，第一行应为列名")]),
        ({"cases": CASES + "c1,rural,,,\n"}, [("cases.csv", 6, "c1 在第 2 行已经有了")]),
        ({"cases": "case_id\nc1,zu,viel\n"}, [("cases.csv", 2, "这一行有 3 格，列名只有 1 个")]),
        ({"prizes": "prize,quota\nfirst,viele\n"}, [("prizes.csv", 2, "quota 应为数字，现在是“viele”")]),
        ({"conflicts": "juror_id,case_id\nj7,c1\n"}, [("conflicts.csv", 2, "jurors.csv 里没有评委 j7")]),
        (
            {"criteria": "criterion,weight\nbeauty,1\n", "reviews": reviews("c1 j1 80")},
            [("criteria.csv", 2, "reviews.csv 里没有列 beauty")],
        ),
    ],
)
def test_bad_files(tmp_path: Path, files: Files, expected: list[tuple[str, int, str]]) -> None:
    found = faults(tmp_path, **files)
    assert found[: len(expected)] == expected


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFolder) as refused:
        read_contest(tmp_path)
    assert [each.file for each in refused.value.faults] == ["cases.csv", "jurors.csv"]


def test_rows_in_another_order_are_the_same_contest(tmp_path: Path) -> None:
    lines = crossed({"j1": [80, 70, 60, 50], "j2": [81, 69, 62, 50]}).splitlines()
    first = read_contest(folder(tmp_path, reviews="\n".join(lines) + "\n"))
    turned = read_contest(folder(tmp_path, reviews="\n".join([lines[0], *lines[:0:-1]]) + "\n"))
    other = read_contest(folder(tmp_path, reviews="\n".join(lines[:-1]) + "\n"))
    assert first.data_hash == turned.data_hash != other.data_hash
    assert scores(first, Rule.LOCATION_SCALE) == scores(turned, Rule.LOCATION_SCALE)


def test_encodings_and_separators_of_spreadsheets(tmp_path: Path) -> None:
    folder(tmp_path)
    (tmp_path / "cases.csv").write_bytes("case_id;unit\nc1;党支部\n".encode("gb18030"))
    (tmp_path / "jurors.csv").write_bytes("juror_id\tunit\nj1\t党支部\n".encode("utf-16"))
    found = read_contest(tmp_path)
    assert (found.cases[0].unit, found.jurors[0].unit) == ("党支部", "党支部")


# --- standings --------------------------------------------------------------------------------------


def test_weights_and_scales_of_criteria(tmp_path: Path) -> None:
    text = "case_id,juror_id,a,b\nc1,j1,9,40\nc2,j1,8,50\n"
    criteria = "criterion,weight,lowest,highest\na,3,0,10\nb,1,0,50\n"
    found = read_contest(folder(tmp_path, reviews=text, criteria=criteria))
    assert scores(found, Rule.MEAN)[:2] == [("c1", "175/2", 1), ("c2", "85", 2)]


def test_drafts_conflicts_and_empty_rows_do_not_count_and_nought_is_a_mark(tmp_path: Path) -> None:
    text = reviews("c1 j1 0", "c1 j2 90", "c2 j1 50", "c2 j2 60") + (
        "c1,j3,99,99,99,99,draft,\nc2,j3,,,,,complete,\nc3,j1,80,80,80,80,withdrawn,\n"
    )
    found = read_contest(folder(tmp_path, reviews=text, conflicts="juror_id,case_id\nj2,c1\n"))
    result = stand(found, Rule.MEAN, reads=2)
    assert [(row.case_id, str(row.score), row.rank, row.reads) for row in result.rows] == [
        ("c2", "55", 1, 2),
        ("c1", "0", None, 1),
        ("c3", "None", None, 0),
        ("c4", "None", None, 0),
    ]
    assert [(row[1], row[5]) for row in result.sheets[2].rows if row[0] == "c1"] == [
        ("j1", ""), ("j2", "conflict"), ("j3", "draft"),
    ]  # fmt: skip


def test_ties_share_a_rank_and_stand_on_the_cut_openly(tmp_path: Path) -> None:
    text = crossed({"j1": [84, 84, 70, 60], "j2": [84, 84, 70, 60]})
    result = stand(
        read_contest(folder(tmp_path, reviews=text, prizes="prize,quota\nfirst,1\nsecond,1\n")),
        Rule.MEAN,
        reads=2,
    )
    cases = by_key(result.sheets[0])
    assert [cases[key][3] for key in ("c1", "c2", "c3")] == [1, 1, 3]
    assert [cases[key][4] for key in ("c1", "c2", "c3")] == ["", "", ""]
    assert cases["c1"][-1] == ["tied", "tie_at_cut", "borderline"]


def test_groups_of_jurors_are_weighed(tmp_path: Path) -> None:
    jurors = "juror_id,group\nj1,expert\nj2,expert\nj3,public\n"
    text = reviews("c1 j1 80", "c1 j2 90", "c1 j3 60", "c2 j1 90", "c2 j2 90", "c2 j3 0")
    groups = "group,weight\nexpert,70\npublic,30\n"
    found = read_contest(folder(tmp_path, jurors=jurors, reviews=text, groups=groups))
    assert scores(found, Rule.WEIGHTED)[:2] == [("c1", "155/2", 1), ("c2", "63", 2)]
    without = read_contest(folder(tmp_path, groups="group,weight\n"))
    with pytest.raises(BadFolder):
        stand(without, Rule.WEIGHTED, reads=1)


HARSH = {"j1": [80, 75, 70, 65], "j2": [82, 75, 71, 66], "j3": [61, 55, 50, 44]}


def test_one_harsh_juror_is_found_and_taken_out(tmp_path: Path) -> None:
    text = crossed(HARSH)
    text = text.replace("c1,j3,61,61,61,61,complete,300\n", "")  # the harsh one did not read c1
    result = stand(read_contest(folder(tmp_path, reviews=text)), Rule.LOCATION_SCALE, reads=2)
    severity = {str(row[0]): float(str(row[2])) for row in result.sheets[1].rows}
    assert severity["j3"] > 10 > 0 > severity["j1"]
    mean = {row.case_id: row.score for row in stand(read_contest(tmp_path), Rule.MEAN, reads=2).rows}
    adjusted = {row.case_id: row.score for row in stand(read_contest(tmp_path), Rule.ADJUSTED, reads=2).rows}
    assert mean["c1"] is not None and mean["c2"] is not None  # noqa: PT018  # both for the next line
    assert float(mean["c1"] - mean["c2"]) > 12  # c2 looks far worse only because the harsh one read it
    assert adjusted["c1"] is not None and adjusted["c2"] is not None  # noqa: PT018  # as above
    assert 2 < float(adjusted["c1"] - adjusted["c2"]) < 10


@pytest.mark.parametrize("rule", [Rule.ADJUSTED, Rule.LOCATION_SCALE])
def test_a_constant_added_to_one_juror_leaves_the_calibrated_order(tmp_path: Path, rule: Rule) -> None:
    plain = {"j1": [80, 75, 70, 68], "j2": [79, 77, 69, 70], "j3": [85, 70, 72, 65]}
    raised = {**plain, "j3": [mark + 10 for mark in plain["j3"]]}
    orders = []
    for marks in (plain, raised):
        text = crossed(marks).replace("c2,j3,", "#").replace("#70,70,70,70,complete,300\n", "")
        text = text.replace("#80,80,80,80,complete,300\n", "")
        orders.append([row[0] for row in scores(read_contest(folder(tmp_path, reviews=text)), rule, 2)])
    assert orders[0] == orders[1]


@pytest.mark.parametrize(
    "rows",
    [["c1 j1 80"], ["c1 j1 80", "c2 j1 70"], ["c1 j1 80", "c1 j2 70"], ["c1 j1 80", "c2 j2 80"]],
    ids=["one read", "one juror", "one case", "apart"],
)
@pytest.mark.parametrize("rule", [each for each in Rule if each is not Rule.WEIGHTED])
def test_too_little_to_calibrate_falls_back_and_says_so(tmp_path: Path, rows: list[str], rule: Rule) -> None:
    result = stand(
        read_contest(folder(tmp_path, reviews=reviews(*rows), prizes="prize,quota\nfirst,1\n")), rule, reads=1
    )
    found = {row[0]: row[1] for row in result.sheets[-1].rows}
    assert result.rows[0].rank == 1
    assert found["method"] == "mean"
    assert found["reason"]


def test_all_equal_is_one_big_tie(tmp_path: Path) -> None:
    text = crossed({"j1": [75] * 4, "j2": [75] * 4})
    found = read_contest(folder(tmp_path, reviews=text))
    assert {rank for _case, _score, rank in scores(found, Rule.LOCATION_SCALE)} == {1}


# --- assignment, reliability, next reads ------------------------------------------------------------


def test_an_assignment_obeys_conflicts_limits_and_what_is_there_and_reads_back(tmp_path: Path) -> None:
    jurors = "juror_id,unit,max_load\nj1,u1,\nj2,,2\nj3,,\nj4,,\n"
    source = folder(
        tmp_path,
        jurors=jurors,
        conflicts="juror_id,case_id\nj3,c2\n",
        reviews=reviews("c1 j2 80") + "c3,j4,,,,,recused,\n",
    )
    plan, sheets = assign(read_contest(source), reads=2, seed=1)
    pairs = {(str(row[0]), str(row[1])) for row in sheets[0].rows if row[-2] in ("assigned", "complete")}
    assert len(plan.added) == 7
    assert {("c1", "j1"), ("c2", "j3"), ("c3", "j4")} & pairs == set()
    assert sum(1 for _case, juror in pairs if juror == "j2") <= 2
    assert by_key(sheets[1])["c1"][1] == 2
    write_sheets(tmp_path / "out", sheets)
    (tmp_path / "out" / "cases.csv").write_text(CASES, encoding="utf-8")
    (tmp_path / "out" / "jurors.csv").write_text(jurors, encoding="utf-8")
    again, _sheets = assign(read_contest(tmp_path / "out"), reads=2, seed=1)
    assert again.added == ()


def test_what_cannot_be_assigned_says_why(tmp_path: Path) -> None:
    plan, sheets = assign(read_contest(folder(tmp_path)), reads=4, seed=1)
    assert (len(plan.added), sum(each.missing for each in plan.shortfalls)) == (12, 4)
    assert all(str(row[4]) for row in sheets[1].rows)


def test_reliability_has_the_coefficients_and_every_juror(tmp_path: Path) -> None:
    source = folder(tmp_path, reviews=crossed({"j1": [80, 70, 60, 50], "j2": [81, 69, 62, 50]}))
    analysis, found, sheets = rely(read_contest(source))
    assert analysis.agreement.alpha is not None
    assert round(float(str(found["alpha"])), 2) == 0.99
    assert found["reads_per_case"] == 2.0
    assert [row[:2] for row in sheets[0].rows] == [["j1", 4], ["j2", 4], ["j3", 0]]


def test_next_reads_go_to_the_cases_at_the_cut_and_to_jurors_who_may(tmp_path: Path) -> None:
    text = crossed({"j1": [90, 76, 74, 40], "j2": [88, 73, 76, 42]})
    source = folder(
        tmp_path,
        jurors="juror_id,max_load\nj1,\nj2,\nj3,1\nj4,\n",
        conflicts="juror_id,case_id\nj4,c2\n",
        prizes="prize,quota\nfirst,2\n",
        reviews=text,
    )
    found, _sheets = help_most(read_contest(source), budget=4)
    assert {each.case_id for each in found[:2]} == {"c2", "c3"}
    assert ("c2", "j4") not in {(each.case_id, each.juror_id) for each in found}
    assert sum(1 for each in found if each.juror_id == "j3") <= 1
    assert {each.juror_id for each in found} <= {"j3", "j4"}
    (source / "prizes.csv").unlink()
    with pytest.raises(BadFolder):
        help_most(read_contest(source), budget=1)


# --- the commands -----------------------------------------------------------------------------------


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source))


def test_the_commands_write_their_files(tmp_path: Path) -> None:
    source = folder(tmp_path, reviews=crossed(HARSH), prizes="prize,quota\nfirst,1\n")
    out = tmp_path / "out"
    commands.standings(source, rule=Rule.ADJUSTED, out=out, reads=3)
    assert [(row["case_id"], row["rank"], row["prize"]) for row in read_csv(out / "cases.csv")][:2] == [
        ("c1", "1", "first"),
        ("c2", "2", ""),
    ]
    told = {row["key"]: row["value"] for row in read_csv(out / "summary.csv")}
    assert (told["rule"], told["reviews_counted"], len(told["data_hash"])) == ("adjusted", "12", 64)
    assert {"configuration_hash", "numpy", "scipy", "python", "exemplar", "seconds"} <= told.keys()
    commands.reliability(source, out=tmp_path / "rely")
    assert len(read_csv(tmp_path / "rely" / "jurors.csv")) == 3
    commands.next_reads(source, budget=2, out=tmp_path / "next")
    assert read_csv(tmp_path / "next" / "next_reads.csv") == []
    commands.assign(source, out=tmp_path / "plan", reads=3)
    assert len(read_csv(tmp_path / "plan" / "reviews.csv")) == 12


def test_a_bad_folder_ends_with_code_two_and_its_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = folder(tmp_path, reviews=reviews("c9 j1 80"))
    calls: list[Callable[[], None]] = [
        lambda: commands.standings(source),
        lambda: commands.standings(tmp_path / "nowhere"),
        lambda: commands.standings(source, language="xx"),
        lambda: commands.assign(source, out=source),
    ]
    for call in calls:
        with pytest.raises(SystemExit) as ended:
            call()
        assert ended.value.code == 2
    assert "reviews.csv:2 there is no case c9 in cases.csv" in capsys.readouterr().err
