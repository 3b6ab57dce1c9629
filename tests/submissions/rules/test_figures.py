"""What in a sentence is a countable statement, and what is an ordinary number."""

import pytest

from submissions.rules.figures import figures
from submissions.values import ClaimKind

STATED = [
    ("群众满意度由92%升至97%。", ["comparison:由92%升至97%"]),
    ("办理时间从15天压缩到3天。", ["comparison:从15天压缩到3天"]),
    ("同比增长12.5个百分点。", ["comparison:同比增长12.5个百分点"]),
    ("办结率100%。", ["share:100%"]),
    ("全员覆盖率达到百分之九十八点五。", ["share:百分之九十八点五"]),
    ("全村九成以上的群众参加。", ["share:九成"]),
    ("七成居民表示满意。", ["share:七成"]),
    ("投诉量下降了近一半。", ["share:下降了近一半"]),
    ("产量提高了三倍。", ["multiple:三倍"]),
    ("累计化解矛盾23件。", ["amount:23件"]),
    ("化解矛盾二十三件，办成实事三十六件。", ["amount:二十三件", "amount:三十六件"]),
    ("走访群众1200余户。", ["amount:1200余户"]),
    ("集体收入突破50万元。", ["amount:50万元"]),
    ("服务群众3万余人次。", ["amount:3万余人次"]),
    ("料钱三万一千元。", ["amount:三万一千元"]),
    ("收集意见一百二十余条。", ["amount:一百二十余条"]),
    ("人均增收1,800元。", ["amount:1,800元"]),
    ("耗时缩短20分钟。", ["amount:20分钟"]),
    ("在全县考核中名列第一。", ["rank:名列第一"]),
    ("这是全省首个数字化党支部。", ["rank:全省首个"]),
    ("荣获“全国先进基层党组织”称号。", ["honour:荣获“全国先进"]),
    ("经验被人民日报报道。", ["honour:人民日报报道"]),
    ("截至2025年6月底，28处隐患完成整改。", ["amount:28处", "result_date:截至2025年6月底，28处隐患完成"]),
]
ORDINARY = [
    "党的二十大以来，支部坚持三会一课制度。",
    "2025年3月，支部召开党员大会。",
    "二〇二四年九月，院坝里拉起了灯。",
    "第一，建立台账；第二，逐户走访。",
    "一是抓学习，二是抓服务。",
    "第一书记驻村三年，一直在一线。",
    "每月开展三次主题党日，每周2次入户。",
    "打造“15分钟便民服务圈”。",
    "一名党员带一户，一户一策。",
    "召开院坝会两次。",
    "拨打12345热线，电话13800138000。",
    "落实“一岗双责”，推进“四下基层”“千万工程”。",
    "按照《关于2025年3项工作的意见》和中发〔2024〕5号文件执行。",
    "建立“1+3+N”工作机制。",
    "1. 背景介绍",
    "（一）主要做法",
    "①建立台账",
    "3号楼加装了电梯。",
    "形成长效机制，取得成果，组成专班，变成现实。",
    "完成了一批、建成了一批，千方百计、万众一心。",
    "上午9点30分开会，下午3点结束。",
    "十分重视，万一有事马上到。",
    "“十四五”期间，两委一班人拧成一股劲。",
    "这件事持续了二十来天。",
    "第二党支部与第三党小组结对。",
    "第三次来时只写了六个字，坐了两个晚上，前后三个星期。",
]


@pytest.mark.parametrize(("sentence", "expected"), STATED)
def test_what_is_stated(sentence: str, expected: list[str]) -> None:
    found = [f"{kind.value}:{sentence[start:end]}" for kind, start, end in figures(sentence)]
    assert found == expected


@pytest.mark.parametrize("sentence", ORDINARY)
def test_ordinary_numbers_are_left_alone(sentence: str) -> None:
    assert list(figures(sentence)) == []


def test_a_long_sentence_takes_no_time() -> None:
    """Rows of digits, brackets and blanks do not make the patterns wander."""
    for piece in ("从1", "由 ", "一", "（1", "荣获先", "每3", "截至2025年"):
        list(figures(piece * 2000))


def test_kinds_have_words() -> None:
    assert {kind.value for kind in ClaimKind} == {
        "comparison", "share", "multiple", "amount", "rank", "honour", "result_date",
    }  # fmt: skip
