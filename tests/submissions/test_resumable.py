"""Uploads in pieces (tus 1.0.0): what arrived stays, a whole file is attached once, strangers get nothing."""

import base64
import hashlib
import io
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from PIL import Image

from foundation.clock import FixedClock
from foundation.people import user
from submissions import queries
from submissions.values import AttachmentView
from tests.submissions.factories import DURING, World, start, world
from tests.support.web import Visitor

TUS = {"Tus-Resumable": "1.0.0"}
BYTES = {"Content-Type": "application/offset+octet-stream"}


def jpeg(width: int = 60) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, 40), "red").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def here(product: Any, clock: FixedClock) -> World:
    clock.set(DURING)
    return world(product.database)


class Sender:
    """Somebody who uploads to one case."""

    def __init__(self, product: Any, actor: Any, case_id: str) -> None:
        self.product = product
        self.visitor = Visitor(product)
        with product.database.read() as db:
            self.visitor.sign_in(user(db, actor.user_id))
        self.address = f"/cases/{case_id}/uploads"
        self.case_id = case_id
        self.headers = {**TUS, "X-CSRF-Token": self.visitor.csrf_token}

    def announce(self, name: str, size: int, **headers: str) -> httpx2.Response:
        metadata = f"filename {base64.b64encode(name.encode()).decode()},filetype aW1hZ2UvanBlZw=="
        sent = {**self.headers, "Upload-Length": str(size), "Upload-Metadata": metadata, **headers}
        return self.visitor.client.post(self.address, headers=sent)

    def send(self, place: str, offset: int, data: bytes, **headers: str) -> httpx2.Response:
        sent = {**self.headers, **BYTES, "Upload-Offset": str(offset), **headers}
        return self.visitor.client.patch(place, content=data, headers=sent)

    def ask(self, place: str) -> httpx2.Response:
        return self.visitor.client.head(place, headers=TUS)

    def attached(self) -> tuple[AttachmentView, ...]:
        with self.product.database.read() as db:
            return queries.attachments(db, self.case_id)


@pytest.fixture
def sender(product: Any, here: World) -> Sender:
    return Sender(product, here.branch, start(product.database, here.branch, here.call))


def test_a_photo_in_pieces_becomes_one_attachment(sender: Sender) -> None:
    photo = jpeg()
    created = sender.announce("现场.jpg", len(photo))
    assert (created.status_code, created.headers["Tus-Resumable"]) == (201, "1.0.0")
    place = created.headers["Location"]
    assert sender.send(place, 0, photo[:100]).headers["Upload-Offset"] == "100"
    asked = sender.ask(place)
    assert (asked.headers["Upload-Offset"], asked.headers["Upload-Length"]) == ("100", str(len(photo)))
    assert asked.headers["Cache-Control"] == "no-store"
    assert asked.headers["Upload-Expires"] == "Wed, 11 Mar 2026 08:00:00 GMT"
    assert sender.attached() == ()
    done = sender.send(place, 100, photo[100:])
    assert (done.status_code, done.headers["Upload-Offset"]) == (204, str(len(photo)))
    (attached,) = sender.attached()
    assert (attached.name, attached.kind, attached.width) == ("现场.jpg", "photo", 60)
    assert done.headers["Upload-Result"] == attached.id
    again = sender.ask(place)  # the last reply was lost
    assert (again.headers["Upload-Result"], again.headers["Upload-Offset"]) == (attached.id, str(len(photo)))
    assert len(sender.attached()) == 1


def test_where_a_photo_was_taken_is_seen_by_nobody(sender: Sender, product: Any, here: World) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "TelephoneMaker"
    exif.get_ifd(0x8825).update({1: "N", 2: (28.0, 13.0, 41.0), 3: "E", 4: (112.0, 56.0, 20.0)})
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "JPEG", exif=exif, comment=b"28.228N 112.939E")
    photo = out.getvalue()
    assert Image.open(io.BytesIO(photo)).getexif().get_ifd(0x8825)[2] == (28.0, 13.0, 41.0)
    sender.send(sender.announce("现场.jpg", len(photo)).headers["Location"], 0, photo)
    (attached,) = sender.attached()
    got = sender.visitor.get(f"/cases/{sender.case_id}/files/{attached.id}").content
    with Image.open(io.BytesIO(got)) as kept:
        assert kept.size == (40, 60)
        assert (dict(kept.getexif()), dict(kept.getexif().get_ifd(0x8825))) == ({}, {})
    assert b"Exif" not in got
    assert b"TelephoneMaker" not in got
    assert b"112.939E" not in got


def test_whole_but_unfinished_is_finished_when_asked(sender: Sender, product: Any) -> None:
    """The server died between the last byte and the attachment."""
    photo = jpeg()
    place = sender.announce("a.jpg", len(photo)).headers["Location"]
    (product.settings.data_dir / "incoming" / place.rsplit("/", 1)[1]).write_bytes(photo)
    assert sender.ask(place).headers["Upload-Result"] == sender.attached()[0].id
    assert list((product.settings.data_dir / "incoming").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "size", "status"),
    [("a.exe", 10, 409), ("a.jpg", 0, 422), ("a.jpg", 60_000_000, 413), ("../../etc/passwd", 10, 409)],
)
def test_what_is_not_taken_is_said_before_a_byte_is_sent(
    sender: Sender, name: str, size: int, status: int
) -> None:
    refused = sender.announce(name, size)
    assert refused.status_code == status
    assert refused.json()["detail"]


def test_an_offset_that_is_not_ours_is_refused(sender: Sender) -> None:
    place = sender.announce("a.jpg", 100).headers["Location"]
    assert sender.send(place, 0, b"x" * 10).status_code == 204
    assert sender.send(place, 0, b"x" * 10).status_code == 409
    assert sender.send(place, 10, b"x" * 91).status_code == 413
    assert sender.send(place, 10, b"x", **{"Content-Type": "text/plain"}).status_code == 415
    assert sender.send(place, 10, b"x", **{"Tus-Resumable": "0.2.2"}).status_code == 412
    assert sender.ask(place).headers["Upload-Offset"] == "10"


def test_a_piece_that_changed_on_its_way_is_thrown_away(sender: Sender) -> None:
    place = sender.announce("a.jpg", 100).headers["Location"]
    right = base64.b64encode(hashlib.sha256(b"x" * 10).digest()).decode()
    assert sender.send(place, 0, b"y" * 10, **{"Upload-Checksum": f"sha256 {right}"}).status_code == 460
    assert sender.ask(place).headers["Upload-Offset"] == "0"
    assert sender.send(place, 0, b"x" * 10, **{"Upload-Checksum": f"sha256 {right}"}).status_code == 204
    assert sender.send(place, 10, b"x", **{"Upload-Checksum": "md5 eA=="}).status_code == 400


def test_a_file_that_is_not_what_its_name_says_leaves_nothing(sender: Sender, product: Any) -> None:
    place = sender.announce("a.pdf", 10).headers["Location"]
    refused = sender.send(place, 0, b"0123456789")
    assert refused.status_code == 409
    assert "与扩展名不符" in refused.json()["detail"]
    assert sender.ask(place).status_code == 404
    assert list((product.settings.data_dir / "incoming").iterdir()) == []


def test_nobody_else_sees_an_upload(sender: Sender, product: Any, here: World) -> None:
    place = sender.announce("a.jpg", 100).headers["Location"]
    for actor, status in ((here.colleague, 404), (here.neighbour, 404), (here.organiser, 404)):
        other = Sender(product, actor, sender.case_id)
        assert other.ask(place).status_code == status
        assert other.send(place, 0, b"x").status_code == status
    assert Sender(product, here.neighbour, sender.case_id).announce("a.jpg", 5).status_code == 404
    assert sender.announce("a.jpg", 5, **{"X-CSRF-Token": "no"}).status_code == 403
    assert Visitor(product).client.head(place, headers=TUS).status_code == 401
    elsewhere = place.replace(sender.case_id, start(product.database, here.branch, here.call))
    assert sender.ask(elsewhere).status_code == 404


def test_given_up_or_forgotten_it_is_gone(sender: Sender, product: Any, clock: FixedClock) -> None:
    folder = product.settings.data_dir / "incoming"
    place = sender.announce("a.jpg", 100).headers["Location"]
    assert sender.visitor.client.delete(place, headers=sender.headers).status_code == 204
    assert (sender.ask(place).status_code, list(folder.iterdir())) == (404, [])
    place = sender.announce("b.jpg", 100).headers["Location"]
    (folder / "nobodys").touch()
    product.worker.run_once()
    assert sender.ask(place).status_code == 200
    assert [each.name for each in folder.iterdir()] == [place.rsplit("/", 1)[1]]
    clock.set(DURING + timedelta(hours=25))
    product.worker.run_once()
    assert list(folder.iterdir()) == []
    with product.database.read() as db:
        assert queries.uploads_due(db, clock.now(), []) == (False, [])


def test_the_protocol_introduces_itself(sender: Sender) -> None:
    said = sender.visitor.client.options(sender.address)
    assert said.status_code == 204
    assert said.headers["Tus-Version"] == "1.0.0"
    assert set(said.headers["Tus-Extension"].split(",")) == {
        "creation",
        "expiration",
        "checksum",
        "termination",
    }
    overridden = sender.announce("a.jpg", 100).headers["Location"]
    sent = {**sender.headers, **BYTES, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    assert sender.visitor.client.post(overridden, content=b"x", headers=sent).headers["Upload-Offset"] == "1"
