"""A library with one rich case: photos, a table, evidence released and not, authors; and cases around it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from PIL import Image
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.audience import Audience
from submissions import queries
from submissions.service.attachments import NewFile, attach_file, release_attachment
from submissions.service.drafts import save_draft
from submissions.service.evidence import mark_claim
from submissions.values import AttachmentKind, Author, Source, VersionView
from tests.search.factories import award
from tests.support.factories import (
    NOW,
    hand_in,
    make_call,
    make_draft,
    make_entry,
    make_submitter,
    make_text,
    make_unit,
)

PARAGRAPH = "<p>" + "支部把水账贴上泵房墙，逐户装表，每旬对账，谁家用了多少水一眼看清。" * 8 + "</p>"
BODY = (
    f"<h2>一、做法</h2>{PARAGRAPH}"
    f"<h3>（一）装表</h3>{PARAGRAPH}"
    '<figure><img src="attachment:WALL" alt=""><figcaption>泵房墙上的旬水账</figcaption></figure>'
    "<table><caption>水费收缴</caption><thead><tr>"
    + "".join(f"<th>{year} 年全村水费收缴情况</th>" for year in range(2020, 2026))
    + "</tr></thead><tbody><tr>"
    + "".join(f"<td>{share}%</td>" for share in (61, 66, 72, 85, 93, 97))
    + "</tr></tbody></table>"
    f"<h2>二、成效</h2><p>两年来水费收缴率升到 97%，没有再为抢水动过手。</p>{PARAGRAPH}"
)
QUOTE = "两年来水费收缴率升到 97%"


@dataclass(frozen=True)
class Rich:
    """Ids of the rich case, of what belongs to it, and of the cases around it."""

    case_id: str
    version: VersionView
    files: dict[str, str]
    sister: str
    hidden: str


def fill(product: Any) -> Rich:
    with product.database.write() as db:
        call = make_call(db)
        village = make_submitter(db, make_unit(db, "双坡村党支部"))
        rich, files = _rich(db, product, village, call)
        sister = make_entry(db, call=call, actor=village, title="泵房墙上的第二本账", body_html=PARAGRAPH * 2)
        for each in (rich, sister, make_entry(db, call=call, title="夜校办到第九期")):
            award(
                db, each, key="first" if each is rich else "second", now=NOW + timedelta(minutes=each is rich)
            )
        closed = make_call(db, title="内部征集", library_audience=Audience.TRAINERS)
        hidden = make_entry(db, call=closed, title="只给教师看的案例")
        award(db, hidden)
    product.worker.run_once()
    return Rich(rich.case_id, rich, files, sister.case_id, hidden.case_id)


def _rich(db: Session, product: Any, actor: Actor, call: Any) -> tuple[VersionView, dict[str, str]]:
    case_id = make_draft(db, actor=actor, call=call)
    files = {
        "wall": _photo(db, product, actor, case_id, "墙.jpg", (900, 600), "泵房墙上的旬水账"),
        "lead": _photo(db, product, actor, case_id, "会.jpg", (1200, 700), "村民在泵房前开会"),
        "meter": _photo(db, product, actor, case_id, "表.jpg", (300, 400), "新装的水表"),
        "scan": _photo(db, product, actor, case_id, "签到表.jpg", (500, 700), "有姓名的签到表"),
        "ledger": _file(db, product, actor, case_id, "水账.xlsx", "2020—2025 年水费台账"),
        "secret": _file(db, product, actor, case_id, "村民名册.pdf", "内部名册"),
    }
    text = make_text(
        title="一本贴在泵房墙上的水账", summary="水费十年扯皮，一本公开水账理清。",
        body_html=BODY.replace("WALL", files["wall"]),
        authors=(Author("李强", "支部书记"), Author("王芳", "")),
        source_line="来源：《党建工作简报》", signoff_line="责任编辑：周敏",
    )  # fmt: skip
    revision = queries.draft(db, case_id).revision
    save_draft(db, actor=actor, now=NOW, case_id=case_id, revision=revision, text=text)
    sources = [Source(attachment_id=files[name]) for name in ("ledger", "scan", "wall")]
    mark_claim(db, actor=actor, now=NOW, case_id=case_id, quote=QUOTE, sources=sources)
    release_attachment(
        db, actor=actor, now=NOW, case_id=case_id, attachment_id=files["ledger"], released=True
    )
    receipt = hand_in(db, actor=actor, case_id=case_id)
    return queries.version(db, receipt.version_id), files


def _photo(
    db: Session, product: Any, actor: Actor, case_id: str, name: str, size: tuple[int, int], caption: str
) -> str:
    picture = io.BytesIO()
    Image.new("RGB", size, (30 + size[0] % 200, 120, 90)).save(picture, "JPEG")
    return _attached(
        db, product, actor, case_id, ("photo", name, "image/jpeg", caption), picture.getvalue(), size
    )


def _file(db: Session, product: Any, actor: Actor, case_id: str, name: str, caption: str) -> str:
    return _attached(
        db, product, actor, case_id, ("file", name, "application/octet-stream", caption), name.encode()
    )


def _attached(
    db: Session,
    product: Any,
    actor: Actor,
    case_id: str,
    about: tuple[AttachmentKind, str, str, str],
    data: bytes,
    size: tuple[int, int] | None = None,
) -> str:
    kind, name, media_type, caption = about
    width, height = size or (None, None)
    file = NewFile(product.files.put([data]), kind, name, media_type, caption, width, height)
    return attach_file(db, actor=actor, now=NOW, case_id=case_id, file=file).id
