"""The stamped form comes back: upload, reading its code, typing the hash where the code cannot be read."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import cast

from starlette.responses import Response
from starlette.routing import Route

from foundation.body import Upload
from foundation.errors import FieldError, Invalid, Refused
from foundation.files import StoredFile
from foundation.permission import require
from foundation.text import _
from foundation.web import Rq, get, post
from submissions import policy, queries, service
from submissions.intake import read_codes
from submissions.pages.cases import case_page
from submissions.pages.uploading import PHOTOS, file_name, stored
from submissions.values import AttachmentKind

KINDS = {"pdf", *PHOTOS}


def routes() -> list[Route]:
    return [
        post("/cases/{case_id}/scans", bring, again=case_page, prepare=read),
        get("/cases/{case_id}/scans/{scan_id}", fetch),
    ]


@dataclass(frozen=True, slots=True)
class Brought:
    """A stored scan with the codes that were read on it."""

    file: service.NewFile
    codes: tuple[str, ...]


def read(rq: Rq) -> Brought:
    """Store the scan and read its codes; or take up again the one that was sent before."""
    rq.signed_in()
    case = queries.case(rq.db, rq.path("case_id"))
    require(policy.may_recommend(rq.actor, unit_path=case.unit_path))
    if rq.field("kept"):
        return Brought(_kept(rq, case.id, rq.field("kept")), ())
    sent = rq.upload("scan")
    if sent is None:
        raise Invalid([FieldError("scan", _("请先选择盖章后的推荐表扫描件。"))])
    return brought(rq, sent)


def brought(rq: Rq, sent: Upload) -> Brought:
    """Store the scan and read its codes.

    Raises:
        Invalid: neither a PDF nor a picture.
        Refused, TooLarge
    """
    if PurePosixPath(file_name(sent.name)).suffix.lower().removeprefix(".") not in KINDS:
        sentence = _("扫描件只能是 PDF 或照片（JPG、PNG、HEIC）。请重新选择，或另存为 PDF 后上传。")
        raise Invalid([FieldError("scan", sentence)])
    file = stored(rq.files, sent)
    return Brought(file, read_codes(rq.files.read(file.stored.sha256)))


def bring(rq: Rq) -> Response:
    """Attach the scan; where its code cannot be read, ask for the first characters of the hash."""
    rq.signed_in()
    case_id = rq.path("case_id")
    what = cast(Brought, rq.prepared)
    try:
        scan = service.attach_scan(
            rq.db,
            actor=rq.actor,
            now=rq.now,
            case_id=case_id,
            file=what.file,
            codes=what.codes,
            typed=rq.field("hash_start"),
        )
    except Invalid as problem:
        return _ask(rq, case_id, what, problem)
    if scan.proof == "qr":
        return rq.redirect(f"/cases/{case_id}", _("扫描件已上传，二维码与推荐的版本相符。"))
    return rq.redirect(f"/cases/{case_id}", _("扫描件已上传，填写的校验值与推荐的版本相符。"))


def _ask(rq: Rq, case_id: str, what: Brought, problem: Invalid) -> Response:
    """The same scan again, with a box for what can be read off it: nothing has to be uploaded twice."""
    rq.problem = problem
    return rq.render(
        "submissions/scan.html",
        status=problem.status,
        case=queries.case(rq.db, case_id),
        name=what.file.name,
        kept=_token(rq, case_id, what.file),
    )


def fetch(rq: Rq) -> Response:
    """A stamped form, as a download; pictures that we have drawn anew are shown."""
    rq.signed_in()
    scan = queries.scan(rq.db, rq.path("case_id"), rq.path("scan_id"))
    return rq.send_file(
        scan.sha256,
        name=scan.name,
        media_type=scan.media_type,
        size=scan.size,
        inline=scan.media_type.startswith("image/"),
    )


def _token(rq: Rq, case_id: str, file: service.NewFile) -> str:
    """A stored scan between two requests, sealed so that nobody can name another file."""
    facts = [file.stored.sha256, file.stored.size, file.kind, file.name, file.media_type]
    body = base64.urlsafe_b64encode(json.dumps(facts).encode()).decode()
    return f"{body}.{_mac(rq, case_id, body)}"


def _kept(rq: Rq, case_id: str, token: str) -> service.NewFile:
    body, _dot, mac = token.partition(".")
    if not hmac.compare_digest(mac.encode(), _mac(rq, case_id, body).encode()):
        raise Refused(_("页面已失效，请重新上传扫描件。"))
    sha256, size, kind, name, media_type = json.loads(base64.urlsafe_b64decode(body))
    return service.NewFile(StoredFile(sha256, size), cast(AttachmentKind, kind), name, media_type)


def _mac(rq: Rq, case_id: str, body: str) -> str:
    said = f"scan:{case_id}:{rq.actor.user_id}:{body}".encode()
    return hmac.new(rq.edge.secret, said, hashlib.sha256).hexdigest()
