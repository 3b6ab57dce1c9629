"""Small documents for the search."""

from search.values import LibraryDocument

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
            unit="审计局二处党支部", unit_id="u-audit", prize="一等奖", prize_rank=1, year=2025, granted_at=1_760_000_000,
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
