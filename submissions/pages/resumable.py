"""Photos and files of a draft that come in pieces (tus); the form with one button stays beside it."""

from __future__ import annotations

from typing import Any, BinaryIO

from starlette.routing import BaseRoute

from foundation import tus
from foundation.body import Upload
from foundation.partials import PartialFiles
from foundation.web import Rq
from submissions import queries, service
from submissions.pages import uploading
from submissions.pages.showing import own_case


def routes(partials: PartialFiles) -> list[BaseRoute]:
    return [*tus.routes("/cases/{case_id}/uploads", DraftUploads(), partials)]


class DraftUploads:
    """Whole files become attachments of the working copy. Only its own writers, each only his own uploads."""

    limit = uploading.FILE_LIMIT

    def create(self, rq: Rq, name: str, size: int) -> str:
        case = own_case(rq)
        name = uploading.file_name(name)
        uploading.check_kind(name)
        announced = service.announce_upload(
            rq.db, actor=rq.actor, now=rq.now, case_id=case.id, name=name, size=size
        )
        return announced.id

    def find(self, rq: Rq, key: str) -> tus.Expected:
        found = queries.upload(rq.db, own_case(rq).id, key)
        return tus.Expected(found.size, found.expires_at, found.attachment_id or "")

    def prepare(self, rq: Rq, key: str, whole: BinaryIO) -> service.NewFile:
        found = queries.upload(rq.db, own_case(rq).id, key)
        with whole:
            return uploading.stored(rq.files, Upload(found.name, "", found.size, whole))

    def finish(self, rq: Rq, key: str, prepared: Any) -> str:
        attachment = service.finish_upload(
            rq.db, actor=rq.actor, now=rq.now, case_id=rq.path("case_id"), upload_id=key, file=prepared
        )
        return attachment.id

    def abandon(self, rq: Rq, key: str) -> None:
        service.abandon_upload(rq.db, case_id=rq.path("case_id"), upload_id=key)
