"""A unit releases evidence after the award, file by file, and takes it back: its latest word counts."""

from typing import Any

from foundation import journal
from foundation.actor import Role
from foundation.people import Unit
from tests.search.reading import fill
from tests.support.factories import make_user
from tests.support.web import Visitor


def test_the_latest_word_counts_at_once_and_everywhere(product: Any) -> None:
    rich = fill(product)
    with product.database.write() as db:
        unit = db.get_one(Unit, rich.version.unit_id)
        branch = make_user(db, Role.SUBMITTER, unit=unit)
        editor = make_user(db, Role.ORGANISER)
    unit_page, reader = Visitor(product).sign_in(branch, language="zh"), Visitor(product).speak("zh")
    here, case = f"/cases/{rich.case_id}/library", f"/library/{rich.case_id}"
    scan, ledger = rich.files["scan"], rich.files["ledger"]

    def say(file: str, released: str) -> Any:
        return unit_page.post(f"{here}/evidence/{file}", {"released": released})

    def shown() -> list[bool]:
        page, api = reader.get(case).text, reader.get(f"/api/v1{case}").text
        found = [reader.get(f"{case}/evidence/{each}").status_code == 200 for each in (scan, ledger)]
        assert found == [f"/evidence/{each}" in page for each in (scan, ledger)]
        assert found == [f"evidence/{each}" in api for each in (scan, ledger)]
        return found

    assert "签到表.jpg" in unit_page.get(here).text
    assert shown() == [False, True]
    assert "已公开" in say(scan, "yes").text
    assert say(scan, "yes").status_code == 200
    assert shown() == [True, True]
    assert "已撤回" in say(ledger, "no").text
    assert "已撤回" in say(scan, "no").text
    assert shown() == [False, False]
    product.worker.run_once()
    assert reader.get("/api/v1/library?extras=evidence").json()["total"] == 0
    say(ledger, "yes")
    product.worker.run_once()
    assert shown() == [False, True]
    assert reader.get("/api/v1/library?extras=evidence").json()["total"] == 1
    assert say(rich.files["wall"], "no").status_code == 404  # a photo of the text is no evidence
    desk = Visitor(product).sign_in(editor, language="zh")
    assert desk.post(f"{here}/evidence/{scan}", {"released": "yes"}).status_code == 403
    assert reader.post(f"{here}/evidence/{scan}", {"released": "yes"}).url.path == "/sign-in"
    with product.database.read() as db:
        said = [
            (each.action.rpartition("_")[2], each.detail["attachment_id"])
            for each in journal.history(db, rich.case_id)
            if each.action.startswith("case.evidence")
        ]
    assert said == [("released", scan), ("withdrawn", ledger), ("withdrawn", scan), ("released", ledger)]
