"""A page with 300 handed-in cases: the organiser's page beside a bare handler that prints the same rows."""

from pathlib import Path

from bench import bare, serving
from bench.serving import Call
from bench.table import Result
from webapp.accounts.service import cookie_name

JOB = "case list page, 300 cases"
PLAIN = "Starlette + sqlite3 + Jinja2: one query, one table without links, filters, navigation or language"
COUNT = 300
ROUNDS = 40
CLIENTS = 4


def run(folder: Path) -> list[Result]:
    plain_folder = folder / "plain"
    plain_folder.mkdir()
    bare.prepare(plain_folder, COUNT, handed_in=True)
    filled = serving.fill(folder / "ours", COUNT, handed_in=True)
    cookie = (("cookie", f"{cookie_name(False)}={filled.organiser_cookie}"),)
    page = Call("GET", f"/organise/calls/{filled.call_id}", headers=cookie)
    with serving.ours(folder / "ours", worker=False) as port, serving.bare(plain_folder) as bare_port:
        serving.ask(port, [page] * 5, 1)
        serving.ask(bare_port, [Call("GET", "/cases")] * 5, 1)
        _seconds, single = serving.ask(port, [page] * 20, 1)
        _seconds, plain_single = serving.ask(bare_port, [Call("GET", "/cases")] * 20, 1)
        seconds, answers = serving.ask(port, [page] * ROUNDS, CLIENTS)
        plain_seconds, plain = serving.ask(bare_port, [Call("GET", "/cases")] * ROUNDS, CLIENTS)
    for got, count in ((single, 20), (plain_single, 20), (answers, ROUNDS), (plain, ROUNDS)):
        serving.check(got, 200, count)
    return [
        Result(JOB, "one reader, median", serving.median(single), serving.median(plain_single), "ms"),
        Result(
            JOB, f"pages per second, {CLIENTS} readers", ROUNDS / seconds, ROUNDS / plain_seconds, "/s", True
        ),
    ]
