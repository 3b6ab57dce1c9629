"""What is found when manuscripts are read side by side: names and repeats."""

from casebook.aids.rules import names, repeats
from casebook.aids.rules.checking import side_by_side
from casebook.aids.rules.terms import Glossary
from casebook.aids.values import Script, Slip, Term, TermKind, TermWish
from tests.casebook.aids.reading import script, written

OFFICIAL = ("清河镇东风社区党支部", "清河镇东丰村党支部", "南山街道党工委")


def shown(scripts: dict[str, Script], found: list[tuple[str, Slip]]) -> list[tuple[str, str]]:
    texts = {key: {line.place: line.text for line in each.lines} for key, each in scripts.items()}
    return [(key, written(slip, texts[key][slip.place])) for key, slip in found]


def names_in(**bodies: str) -> list[tuple[str, str]]:
    scripts = {key: script(f"<p>{body}</p>") for key, body in bodies.items()}
    return shown(scripts, list(names.find(scripts, OFFICIAL)))


def test_a_unit_that_sounds_like_an_official_one() -> None:
    right, wrong = OFFICIAL[0], "清河镇东峰社区党支部"
    assert names_in(a=f"{right}成立于2010年。", b=f"{wrong}来学习。") == [("b", f"{wrong}>{right}")]
    scripts = {"a": script(f"<p>{right}。</p>"), "b": script(f"<p>{wrong}。</p>")}
    ((_key, slip),) = names.find(scripts, OFFICIAL)
    assert slip.others == (("a", "body.0", right),)


def test_a_character_left_out_or_doubled() -> None:
    assert names_in(a="清河镇东风社区区党支部") == [("a", "清河镇东风社区区党支部>清河镇东风社区党支部")]
    assert names_in(a="清河镇东风社区支部来了") == []  # people leave 党 out on purpose
    assert names_in(a="清镇东风社区党支部来了") == [("a", "清镇东风社区党支部>清河镇东风社区党支部")]


def test_other_units_are_no_slips() -> None:
    assert names_in(a=f"{OFFICIAL[0]}和{OFFICIAL[1]}", b="清河镇东山社区党支部") == []
    assert names_in(a="南山街道党工委", b="北山街道党工委") == []


def test_persons() -> None:
    one = "党支部书记王晓明说，要做好。书记王晓明，在场。党员王小明，报名。"
    assert names_in(a=one) == [("a", "王小明>王晓明")]
    assert names_in(a="党支部书记刘洋说。", b="主任刘阳说。") == []  # names of many people
    assert names_in(a="书记张涛英说。书记张涛英说。", b="书记张涛瑛说。") == [("b", "张涛瑛")]
    assert names_in(a="党支部书记的职责是，抓落实。") == []


def test_a_person_with_two_titles() -> None:
    assert names_in(a="书记王晓明，到会。副书记王晓明，发言。") == [("a", "副书记王晓明")]
    assert names_in(a="书记王晓明，到会。副书记李国强，发言。") == []


PASSAGE = (
    "每周四晚上七点半，支部在活动室摆开长桌，党员和居民面对面坐下，"
    "从楼道里的一盏灯说到小区门口的一条路，说完当场定人定时限，下周先报上周的账。"
)


def repeats_in(**bodies: str) -> list[tuple[str, str]]:
    scripts = {key: script(body) for key, body in bodies.items()}
    return shown(scripts, list(repeats.find(scripts)))


def test_a_passage_of_two_cases() -> None:
    other = "<p>这里是另一篇的开头，讲的是水库边上的合作社如何分红。</p>"
    ((key, passage),) = repeats_in(a=f"<p>{PASSAGE}</p>", b=f"{other}<p>开场白。{PASSAGE}</p>")
    assert key == "b"
    assert passage in PASSAGE + "开场白。"
    assert len(passage) > 50
    assert repeats_in(a=f"<p>{PASSAGE}</p>", b=other) == []


def test_set_phrases_are_no_repeats() -> None:
    phrase = "<p>学习贯彻习近平新时代中国特色社会主义思想，深刻领悟“两个确立”的决定性意义。</p>"
    assert repeats_in(a=phrase, b=phrase) == []


def test_a_sentence_that_comes_back() -> None:
    sentence = "每周四晚上七点半，支部在活动室摆开长桌，党员和居民面对面坐下。"
    assert repeats_in(a=f"<p>{sentence}大家都来。</p><p>{sentence}</p>") == [("a", sentence)]
    assert repeats_in(a="<p>做好工作。</p><p>做好工作。</p>") == []


def test_the_house_may_take_a_name_as_right() -> None:
    scripts = {"a": script("<p>清河镇东峰社区党支部</p>")}
    wish = TermWish(written="东峰社区", kind=TermKind.ALLOW)
    allowed = Glossary.of([Term(id="a", wish=wish)])
    assert len(side_by_side(scripts, OFFICIAL, Glossary())) == 1
    longer = Glossary.of([Term(id="a", wish=TermWish(written="清河镇东峰社区党支部", kind=TermKind.ALLOW))])
    assert side_by_side(scripts, OFFICIAL, longer) == []
    assert len(side_by_side(scripts, OFFICIAL, allowed)) == 1  # the finding is larger than what is allowed
