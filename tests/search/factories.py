"""Small documents for the search, and awards as they stand in the database."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.ids import new_id
from foundation.journal import record
from judging.events import AwardGranted
from judging.models import Award, Decision, Round
from judging.queries.awards import award_view
from judging.values import AwardView
from search.values import LibraryDocument
from submissions import queries as submissions
from submissions.values import VersionView
from tests.support.factories import NOW, ORGANISER

NIGHT_SCHOOL = "每周四晚，各党小组在微信群里准时开播“夜间党校”。轮值主播讲一段党史，大家接龙答三道必答题。"
WECHAT = "近年來，長沙辦認(rèn)真貫徹黨建工作要求，搭建黨建微信群，打造學(xué)習(xí)教育微平臺。"
VISITS = "支部建立客户走访台账，限时办结、回访评价，客户满意度由 92% 提升至 97%。"
ENGLISH = "The branch runs a night party school online. Every Thursday a rotating anchor gives a lecture."


def document(identity: str = "c1", **changes: object) -> LibraryDocument:
    """A document that differs from the default only where a test says so."""
    values: dict[str, object] = {
        "id": identity,
        "version_id": f"v-{identity}",
        "number": "2025-0001",
        "title": "两个课堂",
        "body": "支部坚持把课堂搬到一线。",
        "unit": "第一支部",
        "unit_id": "u1",
        "category": "机关",
        "prize": "二等奖",
        "prize_rank": 2,
        "year": 2025,
        "call": "2025 年案例征集",
        "call_id": "call-2025",
        "granted_at": 1_750_000_000,
    }
    return LibraryDocument(**{**values, **changes})  # type: ignore[arg-type]  # a test names its fields


def shelf() -> list[LibraryDocument]:
    """Four cases of three units, two years and two prizes."""
    return [
        document(
            "night", title="直播间里的夜间党校", body=NIGHT_SCHOOL,
            unit="审计局二处党支部", unit_id="u-audit", prize="一等奖", prize_rank=1, year=2025,
            granted_at=1_760_000_000,
        ),
        document(
            "wechat", title="用好黨建微信群", body=WECHAT, unit="長沙辦", unit_id="u-changsha", year=2024,
            call="2024 年案例征集", call_id="call-2024", granted_at=1_730_000_000, has_photos=True,
        ),
        document(
            "visits", title="以客户走访提升服务质量", body=VISITS, category="国有企业", year=2024,
            unit="审计局二处党支部", unit_id="u-audit", call="2024 年案例征集", call_id="call-2024",
            granted_at=1_730_000_001,
        ),
        document(
            "english", title="Night school in the live room", body=ENGLISH, unit="Branch Three",
            unit_id="u-three", category="国有企业", year=2025, granted_at=1_760_000_002,
        ),
    ]  # fmt: skip


def award(
    db: Session, version: VersionView, *, prize: str = "", now: datetime = NOW, key: str = "second"
) -> AwardView:
    """The fact that a version has a prize, with its event; a round and a decision are made for its call."""
    call = submissions.call(db, version.call_id)
    ranks = {each.key: (rank, each.name) for rank, each in enumerate(call.rules.prizes, start=1)}
    rank, name = ranks[key]
    found = db.scalar(
        select(Decision).join(Round, Round.id == Decision.round_id).where(Round.call_id == call.id)
    )
    decision = found or _decision(db, call.id, now)
    row = Award(
        id=new_id(), call_id=call.id, decision_id=decision.id, case_id=version.case_id, version_id=version.id,
        prize_key=key, prize_name=prize or name, prize_rank=rank, granted_at=now, granted_by="organiser",
    )  # fmt: skip
    db.add(row)
    db.flush()
    event = AwardGranted(
        award_id=row.id, call_id=call.id, case_id=version.case_id, version_id=version.id, prize_key=key
    )
    record(db, actor=ORGANISER, now=now, event=event)
    return award_view(row)


def _decision(db: Session, call_id: str, now: datetime) -> Decision:
    held = Round(
        id=new_id(), call_id=call_id, state="decided", seed="s", reads_required=3, reads_per_case=3,
        opened_at=now, opened_by="organiser",
    )  # fmt: skip
    db.add(held)
    db.flush()
    decision = Decision(
        id=new_id(), round_id=held.id, decided_at=now, decided_by="organiser", decided_by_name="组织者",
        digest="0" * 64, standings=[],
    )  # fmt: skip
    db.add(decision)
    db.flush()
    return decision
