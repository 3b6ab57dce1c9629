"""A case that came by e-mail becomes a draft: with everything that was understood and that the call takes."""

from dataclasses import replace

from foundation.db import Database
from foundation.files import StoredFile
from submissions import queries
from submissions.service import NewFile
from submissions.service.mailed import Message, accept_mailed, receive_mailed
from submissions.values import AttachmentKind
from tests.support.factories import NOW, make_call, make_rules, make_submitter, make_text


def a_file(name: str, kind: AttachmentKind = "photo") -> NewFile:
    return NewFile(StoredFile(name[:1] * 64, 10), kind, name, "image/jpeg")


def test_the_category_stays_and_too_many_photos_stop_nobody(sqlite_database: Database) -> None:
    with sqlite_database.write() as db:
        call = make_call(db, files=replace(make_rules().files, number_highest=2))
        actor = make_submitter(db)
        photos = [a_file(f"{name}.jpg") for name in "abc"]
        message = Message(
            "a@example.org", "", "主题", "<1@example.org>", "标题", 3, a_file("d.docx", "file"), photos
        )
        kept = receive_mailed(db, claimed=actor, now=NOW, call_id=call.id, message=message)
        case_id, left = accept_mailed(
            db, actor=actor, now=NOW, mailed_id=kept.id, text=make_text(category_key="rural"), pictures=[]
        )
        draft = queries.draft(db, case_id)
    assert draft.text.category_key == "rural"
    assert [each.name for each in draft.attachments] == ["a.jpg", "b.jpg"]
    assert left == ("c.jpg",)
