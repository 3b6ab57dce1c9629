"""GB/T 15834: what is found and, as important, what is not."""

import pytest

from casebook.aids.rules import endings, pairs, punctuation
from casebook.aids.values import Role
from tests.casebook.aids.reading import found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("党员带头,群众参与;大家满意", [",>，", ";>；"]),
        ("支部有党员12名,其中女党员5名", [",>，"]),
        ("工作顺利完成.", [".>。"]),
        ("真的做到了吗?", ["?>？"]),
        ("开通热线(12345)办理", ["(12345)>（12345）"]),
        ("“四比一争”(比学习、比奉献)活动", ["(比学习、比奉献)>（比学习、比奉献）"]),
        ("人文化。 。", ["。 。>。"]),
        ("提高，，再提高", ["，，>，"]),
        ("做好了、，", ["、，>，"]),
        ("他说：“就这么办。”。", ["”。>”"]),
        ("开展活动...", ["...>……"]),
        ("种树、修路、清渠……等活动", ["……等>等"]),
        ("目标只有一个--让群众满意", ["-->——"]),
        ("Party members，young and old，joined the work", ["，>, ", "，>, "]),
        ("会议9:30开始，比分3:2", []),
        ("网址是www.example.com，请查看", []),
        ("增长3.5%，达到1,200户", []),
        ("他问：“真的吗？”大家笑了。", []),
        ("种树、修路、清渠……", []),
        ("目标只有一个——让群众满意", []),
        ("Party members, young and old.", []),
        ("方案(1)和方案(2)", []),
        ("認(rèn)真貫徹", []),
        ("什么？！", []),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    assert found(punctuation.find, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('打造"微课堂"品牌', ['">“', '">”']),
        ('打造"微课堂品牌', ['"']),
        ("打造”微课堂”品牌", ["”>“"]),
        ("他说：“要学“枫桥经验”才行。”", ["“>‘", "”>’"]),
        ("打造“微课堂品牌", ["“"]),
        ("他（党支部书记说", ["（"]),
        ("学习《关于印发《条例》的通知》", ["《>〈", "》>〉"]),
        ("开展“学习”、“讨论”活动", ["”、“>”“"]),
        ("学习《党章》、《条例》", ["》、《>》《"]),
        ("打造“微课堂”品牌", []),
        ("“第一段没有说完，", []),
        ("1）组织学习；2）开展讨论", []),
        ("他说：“要学‘枫桥经验’才行。”", []),
        ("学习《条例》（2018年）、《准则》和“讲话”", []),
        ("“夜校”和“讲堂”", []),
        ("it's a don’t，我们知道的", []),
    ],
)
def test_pairs(text: str, expected: list[str]) -> None:
    assert found(pairs.find, text) == expected


LONG = "支部围绕中心任务抓党建，把学习教育和业务工作同步安排、同步检查，形成了做法"


@pytest.mark.parametrize(
    ("text", "role", "expected"),
    [
        ("发挥作 用，做好工作。", Role.PARAGRAPH, ["作 用>作用"]),
        ("做好工作。 再接再厉。", Role.PARAGRAPH, ["。 >。"]),
        (LONG, Role.PARAGRAPH, ["法>法。"]),
        (LONG + "“最后一公里”", Role.PARAGRAPH, ["”>”。"]),
        ("一、主要做法。", Role.HEADING, ["法。>法"]),
        ("图为党员在学习。", Role.CAPTION, ["习。>习"]),
        ("一.主要做法", Role.HEADING, ["一.>一、"]),
        ("1、加强领导", Role.HEADING, ["1、>1."]),
        ("（一）、加强领导", Role.HEADING, ["（一）、>（一）"]),
        ("首先、加强领导。", Role.PARAGRAPH, ["首先、>首先，"]),
        (LONG + "。", Role.PARAGRAPH, []),
        (LONG + "。[3]", Role.PARAGRAPH, []),
        (LONG + "：", Role.PARAGRAPH, []),
        (LONG + "。（刘阳、陈平）", Role.PARAGRAPH, []),
        (LONG + "。”", Role.PARAGRAPH, []),
        (LONG, Role.ITEM, []),
        ("清河镇党委", Role.PARAGRAPH, []),
        ("能不能再近一点？", Role.TITLE, []),
        ("前　言", Role.HEADING, []),
        ("举办“共看开幕式 一起谈感言”活动", Role.PARAGRAPH, []),
        ("第一、第二党支部", Role.PARAGRAPH, []),
        ("3.5万人", Role.PARAGRAPH, []),
        ("参加的有王 凤、李建国。", Role.PARAGRAPH, []),
        ("王 强", Role.AUTHOR, []),
    ],
)
def test_endings(text: str, role: Role, expected: list[str]) -> None:
    assert found(endings.find, text, role) == expected
