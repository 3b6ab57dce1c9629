"""A unit says, file by file and before handing in, what the library may show."""

from typing import Any

from foundation.people import User
from submissions import queries
from submissions.service.attachments import NewFile, attach_file
from tests.support.factories import NOW, make_call, make_draft, make_submitter
from tests.support.web import Visitor


def test_a_file_is_released_and_held_back_again(product: Any, visitor: Visitor) -> None:
    with product.database.write() as db:
        actor = make_submitter(db)
        case_id = make_draft(db, actor=actor, call=make_call(db))
        new = NewFile(product.files.put([b"x"]), "file", "台账.xlsx", "application/octet-stream")
        file = attach_file(db, actor=actor, now=NOW, case_id=case_id, file=new)
        user = db.get(User, actor.user_id)
    visitor.sign_in(user, language="zh")

    def released() -> bool:
        with product.database.read() as db:
            return queries.draft(db, case_id).attachments[0].released

    assert not released()
    assert "不公开" in visitor.get(f"/cases/{case_id}/check").text
    for deed, expected in (("release", True), ("release", True), ("hold", False), ("release", True)):
        visitor.post(f"/cases/{case_id}/files/{file.id}", {"do": deed})
        assert released() is expected
    assert "获奖后公开" in visitor.get(f"/cases/{case_id}/check").text
    assert "改为不公开" in visitor.get(f"/cases/{case_id}/edit").text
    stranger = Visitor(product)
    with product.database.write() as db:
        other = db.get(User, make_submitter(db).user_id)
    stranger.sign_in(other)
    assert stranger.post(f"/cases/{case_id}/files/{file.id}", {"do": "hold"}).status_code == 404
    assert released()
