"""Pages of a PDF as pictures, and a book's builds through the JSON API."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fpdf import FPDF
from PIL import Image

from casebook.making.previews import Previews
from foundation.files import LocalFiles
from tests.casebook.world import desk
from tests.support.web import Visitor


@pytest.fixture
def shown(files: LocalFiles, tmp_path: Path) -> tuple[Previews, str]:
    """Two pages of 100 by 200 points."""
    pdf = FPDF(unit="pt", format=(100, 200))
    for _page in range(2):
        pdf.add_page()
    stored = files.put(iter([bytes(pdf.output())]))
    return Previews(files, tmp_path / "previews"), stored.sha256


def test_a_page_is_drawn_when_it_is_asked_for_and_kept(shown: tuple[Previews, str]) -> None:
    previews, pdf = shown
    assert previews.pages(pdf) == 2
    picture = previews.picture(pdf, 2, "small")
    with Image.open(BytesIO(picture)) as image:
        assert image.size == (200, 400)
    (kept,) = (previews.folder / pdf).iterdir()
    assert kept.name == "small-2.jpg"
    kept.write_bytes(b"kept")
    assert previews.picture(pdf, 2, "small") == b"kept"
    previews.forget(pdf)
    assert previews.picture(pdf, 2, "small") == picture


@pytest.mark.parametrize("page", [0, 3])
def test_other_pages_are_not_there(shown: tuple[Previews, str], page: int) -> None:
    previews, pdf = shown
    with pytest.raises(FileNotFoundError):
        previews.picture(pdf, page, "large")


def test_all_pages_are_drawn_while_they_are_wanted(shown: tuple[Previews, str]) -> None:
    previews, pdf = shown
    previews.draw_all(pdf, lambda page: page == 1)
    assert {each.name for each in (previews.folder / pdf).iterdir()} == {"small-1.jpg", "large-1.jpg"}
    assert previews.draw_all(pdf) == 2
    assert len(list((previews.folder / pdf).iterdir())) == 4


def test_builds_through_the_api(product: Any, visitor: Visitor) -> None:
    made = desk(product.database)
    client, headers = visitor.client, visitor.token(made.user)
    base = f"/api/v1/editions/{made.edition_id}/builds"
    assert client.post(base, json={"outputs": ["word"]}, headers=headers).status_code == 422
    assert client.post(base, json={"kind": "final"}, headers=headers).status_code == 409
    asked = client.post(base, json={"kind": "proof", "outputs": ["epub"]}, headers=headers)
    assert (asked.status_code, asked.json()["kind"], asked.json()["state"]) == (202, "proof", "queued")
    stopped = client.post(f"{base}/1/cancel", headers=headers)
    assert (stopped.status_code, stopped.json()["state"]) == (200, "cancelled")
    client.post(base, json={"outputs": ["epub"]}, headers=headers)
    made.deliver(product.files, product.books)
    done = client.get(f"{base}/2", headers=headers).json()
    assert [each["output"] for each in done["files"]] == ["word", "epub", "manifest", "book"]
    manifest = client.get(f"{base}/2/files/manifest", headers=headers).json()
    assert [each["title"] for each in manifest["entries"]] == ["案例之一", "案例之三", "案例之二"]
    again = client.post(f"{base}/2/again", headers=headers)
    assert (again.status_code, again.json()["again_of"]) == (202, 2)
    made.deliver(product.files, product.books)
    assert client.get(f"{base}/3", headers=headers).json()["files"] == done["files"]
    assert client.post(f"{base}/1/again", headers=headers).status_code == 409
    assert client.get(f"{base}/2/files/poster", headers=headers).status_code == 404
