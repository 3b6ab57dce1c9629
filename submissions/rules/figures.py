"""Countable statements in Chinese prose: what in a sentence is a figure that somebody could check.

Looked at sentence by sentence. Ordinary numbers are taken out first, so that nobody is asked for evidence
of a year, a list number or "三会一课": dates, times of day, ordinals of parts, set phrases of official
language, titles of documents, frequencies ("每月三次"), and one or two of something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from submissions.values import ClaimKind

_D = r"[0-9\uff10-\uff19]"
_ARABIC = rf"{_D}+(?:[,，]{_D}{{3}})*(?:[.．]{_D}+)?"
_HAN = r"[零〇一二三四五六七八九十百千两]"
_BIG = r"[万亿]"
_NUMBER = rf"(?:{_ARABIC}\s*[十百千万亿]*|{_HAN}+{_BIG}?{_HAN}*)"
_ROUGH = r"[余多几来]?"
_UNITS = (
    "个百分点|百分点|万元|亿元|千元|元|人次|人|名|户次|户|家|件次|件|起|宗|次|场次|场|项|条|份|篇|期|批|"
    "亩|公顷|平方米|平方公里|公里|千米|米|吨|公斤|千克|斤|千瓦时|千瓦|度电|度|升|立方米|棵|株|头|只|辆|台|套|"
    "根|座|处|所|盏|间|栋|条街|个工作日|工作日|个星期|星期|个学期|学期|个晚上|天|小时|分钟|秒|个月|年|岁|笔|单|例|面|块|门|课时|节课|节|支队伍|支|"
    "个村|个社区|个支部|个网格|个小组|个项目|个问题|个岗位|个品牌|个"
)
ORDINARY: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        r"《[^》]{1,60}》",
        r"[〔\[【(（]\s*[0-9]{4}\s*[〕\]】)）]\s*[0-9]+\s*号",
        # dates, times of day, years
        rf"(?:公元)?{_D}{{4}}\s*(?:年|[-/.．]{_D}{{1,2}}[-/.．]{_D}{{1,2}})(?:\s*{_D}{{1,2}}\s*月)?(?:\s*{_D}{{1,2}}\s*[日号])?"
        r"(?:\s*(?:以来|以后|之后|以前|之前|初|底|末|春|夏|秋|冬|上半年|下半年))?",
        rf"(?:今年|去年|前年|当年|次年|每年|上年)?\s*{_D}{{1,2}}\s*月(?:\s*{_D}{{1,2}}\s*[日号]|份|底|初|中旬|上旬|下旬)?",
        rf"{_D}{{1,2}}\s*[日号](?=[，。、；：,;前后起至到晚早上下午]|$)",
        rf"(?:早上|上午|中午|下午|晚上|每晚|每天)?\s*{_D}{{1,2}}\s*[:：时点]\s*(?:{_D}{{2}}\s*分?|半)?",
        r"[二一〇零○三四五六七八九]{4}年(?:[一二三四五六七八九十]{1,2}月)?(?:[一二三四五六七八九十]{1,3}[日号])?",
        r"[一二三四五六七八九十]{1,2}月(?:份|底|初|[一二三四五六七八九十]{1,3}[日号])?",
        r"(?:十|二十|十[一二三四五六七八九]|二十一)\s*世纪|[一二三四五六七八九]十年代",
        # parts, ordinals, places in a list
        r"第[一二三四五六七八九十百0-9\uff10-\uff19]{1,4}\s*(?:书记|党支部|支部|党小组|小组|党总支|批|届|次会议|季度|阶段|步|章|节|条|款|项|部分|"
        r"方面|期|轮|产业|课堂|时间|现场|线|村民小组|网格|居民小组|方阵|人称|道|任|代|[个位名只次回遍天年张])(?!名)",
        r"[一二三四五六七八九十两几0-9]{1,3}\s*个(?:字|词|方面|步骤|环节|阶段|层面|维度|结合|转变|统一|关口|时辰)",
        r"第[一二三四五六七八九十]{1,3}[，、,：:]",
        r"(?:^|(?<=[。；：，\s]))\s*[一二三四五六七八九十]{1,2}\s*(?:是|要|则|来)",
        r"^\s*(?:[（(]?\s*[一二三四五六七八九十0-9]{1,3}\s*[)）、.．]|[①-⑳])",
        r"[一二三四五六七八九十0-9]{1,3}\s*(?:分钟|公里|小时)[^，。；]{0,10}?圈",
        r"[一二三四五六七八九十0-9]{1,3}\s*号(?:楼|院|线|文|井|库|路|店|地块)",
        # set phrases of official language
        r"(?:党的)?(?:十[五六七八九]|二十|二十一)大(?:报告|精神|以来)?|(?:十[五六七八九]|二十)届[一二三四五六七八]中全会|[一二三四五六七八]中全会",
        r"[\"“]?十[一二三四五六七]五[\"”]?(?:规划|时期|期间)?|两个一百年|第[一二]个百年",
        r"三会一课|两学一做|四史|四个(?:意识|自信|全面|合格)|两个(?:维护|确立|务必|结合)|三个(?:务必|代表|表率)|五位一体|"
        r"一岗双责|三重一大|四风|八项规定|六项纪律|两不愁三保障|一站式|一门式|一窗(?:通办|受理)|一网(?:通办|统管)|"
        r"一[\u4e00-\u9fff]一[\u4e00-\u9fff]|三农|三资|两新|双报到|双联|两委|四议两公开|五星(?:支部)?|七一|八一|五一|十一(?=黄金周|期间|假期)|九三|"
        r"三公|五小|四下基层|千万工程|百千万工程|一把手|一条心|一条龙|一揽子|一系列|一整套|一大批|一批|一体化|"
        r"一线|一律|一度|一致|一并|一同|一起|一直|一样|一定|一般|一旦|一边|一面|一时|一方面|一家人|一张网|一盘棋|一本账|一股劲|一公里|"
        r"千方百计|千家万户|千头万绪|万众一心|百姓|百年|百般|百花|(?<![一二三四五六七八九])十分(?!钟|之)|十足|万万|万一(?![千百十])|千万(?=不|要|别)|"
        r"三三两两|四面八方|五湖四海|七嘴八舌|九牛一毛|三言两语|接二连三|丢三落四|再三|三番五次|十全十美|一心一意|"
        r"双向|双方|两岸|两会|两手|两级|两侧|两边|两头|两难|三级|四级|五级|三方|四方|多方|三农|三产|零距离|零跑腿|零门槛|"
        r"[一二三四五六七八九]点半|不怕一万|四个[\"“]|三个[\"“]|五个[\"“]|[0-9一二三四五六七八九十]{1,2}\s*[\"“]",
        # how often something is done, not what came of it
        rf"(?:每|逐)(?:隔)?(?:天|日|周|星期|月|季度|季|半年|年|个月|学期|名|人|户|个|村|位|家|组|次|晚|{_NUMBER}(?:天|个月|周|年))"
        rf"[^，。；0-9]{{0,8}}?(?:{_D}+|{_HAN}+)\s*(?:{_UNITS})?(?:[以]?[上内])?",
        # the phone, the post, and codes of things
        r"1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}|[A-Za-z]+[-_]?[0-9]+|[0-9]+[A-Za-z]{1,3}(?![0-9A-Za-z])(?<!kg)(?<!km)",
        r"(?:1?2345|110|119|120)(?:热线|平台|电话|报警)|[\"“]?1\+[0-9N][+0-9N]*[\"”]?|[0-9]+\+[0-9N]+(?:\+[0-9N]+)*",
        r"(?:年龄|年|今年|现年|时年)\s*[0-9]{2}\s*岁|[0-9]{2}\s*[余多]?岁(?:的)",
    )
)

_SHARE = (
    rf"(?:{_ARABIC}\s*[%％‰]|百分之{_HAN}+(?:点{_HAN}+)?|千分之{_HAN}+|{_NUMBER}\s*个?百分点|"
    r"[一二三四五六七八九](?:至[一二三四五六七八九])?成(?:半|[一二三四五六七八九])?"
    r"(?=以上|以下|左右|多|的|群众|居民|村民|党员|用户|企业|商户|农户|家庭|学生|[，。；、]|$)|"
    rf"{_D}+(?:\.{_D}+)?\s*成(?!员|果|绩|立|效|就|本)|三分之[一二]|四分之[一三]|(?:近|约|超过?|减少了?|下降了?|降低了?|缩短了?|提高了?|增加了?)(?:近|约)?一半|一半以上|过半|全覆盖|清零|翻番|翻了[一两三]番)"
)
_MULTIPLE = rf"(?:{_ARABIC}|{_HAN}+)\s*[余多]?\s*倍|翻[了一]?[番两]番?"
_QUANTITY = rf"(?P<number>{_NUMBER}){_ROUGH}\s*[万亿]?\s*(?P<unit>{_UNITS})(?:[余多])?"
_RANK = (
    r"(?:排名|位列|位居|居|列|名列|排|获|夺得|荣获)[^，。；]{0,14}?第[一二三四五六七八九十0-9]{1,3}(?:名|位)?|"
    r"(?:全国|全省|全市|全县|全区|全镇|全街道|系统|同行业)(?:内)?(?:第[一二三四五六七八九十0-9]+|首个|首批|首家|首创|唯一|率先)|"
    r"前[一二三四五六七八九十0-9]{1,3}(?:名|位|强)|首位|榜首"
)
_HONOUR = (
    r"(?:荣获|获评|被评为|被授予|获得|获|授予|评为|入选|列为|被列入|获颁|斩获|捧回)[^，。；！？]{0,40}?"
    r"(?:称号|荣誉|奖|先进|优秀|示范|表彰|典型|标兵|模范|冠军|案例|红旗|单位|试点|名单|优胜|品牌|支部)|"
    r"(?:国家级|省级|市级|区级|县级|部级|省部级)[^，。；]{0,20}?(?:表彰|称号|荣誉|奖励|示范)|"
    r"(?:人民日报|新华社|央视|新闻联播|光明日报|学习强国)[^，。；]{0,16}?(?:报道|刊发|推广|播出|转发)|(?:被|获|经)[^，。；]{0,20}?(?:全省|全市|全国|全县|全区)[^，。；]{0,6}?推广"
)
_COMPARISON = (
    rf"(?:由|从)[^，。；]{{0,20}}?(?:{_NUMBER}|{_SHARE})[^，。；]{{0,12}}?(?:上升|下降|提高|提升|增加|增长|减少|降低|缩短|压缩|升|降|增|减|扩大|跃升)?(?:到|至|为)[^，。；]{{0,10}}?(?:{_NUMBER}|{_SHARE})[^，。；]{{0,6}}|"
    rf"(?:同比|环比|较上年|较去年|比上年|比去年|比同期|较上月|较年初|比[^，。；]{{1,8}}?(?:多|少|高|低|快))[^，。；]{{0,16}}?(?:{_NUMBER}|{_SHARE})[^，。；]{{0,6}}"
)
_RESULT_DATE = (
    r"(?:截至|截止|到|至|于)\s*(?:[0-9]{4}\s*年)?(?:\s*[0-9]{1,2}\s*月)?(?:底|末|初|份|\s*[0-9]{1,2}\s*日)?[^。；]{0,24}?"
    r"(?:竣工|完工|建成|投用|投入使用|通车|交付|验收|脱贫|摘帽|销号|办结|清零|完成|实现)"
)
_KINDS: tuple[tuple[ClaimKind, re.Pattern[str]], ...] = (
    (ClaimKind.COMPARISON, re.compile(_COMPARISON)),
    (ClaimKind.SHARE, re.compile(_SHARE)),
    (ClaimKind.MULTIPLE, re.compile(_MULTIPLE)),
    (ClaimKind.AMOUNT, re.compile(_QUANTITY)),
    (ClaimKind.RANK, re.compile(_RANK)),
    (ClaimKind.HONOUR, re.compile(_HONOUR)),
)
_DATED = re.compile(_RESULT_DATE)
_YEAR = re.compile(r"[0-9]{4}\s*年|[0-9]{1,2}\s*月")
_FEW = re.compile(r"(?:0*[12]|[零〇]|[一两二])(?![0-9.．百千万亿])")
_WEIGHTY = frozenset(
    {"百分点", "个百分点", "元", "万元", "亿元", "千元", "人次", "户次", "件次", "吨", "亩", "公里"}
)
_SPAN = frozenset(
    {
        *("年", "岁", "个月", "天", "小时", "分钟", "秒"),
        *("个工作日", "工作日", "个星期", "星期", "个学期", "学期", "个晚上"),
    }
)
_SHORTENED = re.compile(r"压缩|缩短|减少|提前|仅|只需|最快|平均|不超过|控制")
"""Lengths of time tell how long something went on; they are a claim where they say how fast it became."""
_BLANK = "\u0000"


def figures(sentence: str) -> Iterator[tuple[ClaimKind, int, int]]:
    """The countable statements of a sentence: kind and place, comparisons before what stands inside them."""
    bare = without_ordinary(sentence)
    taken: list[tuple[int, int]] = []
    for kind, pattern in _KINDS:
        for match in pattern.finditer(bare):
            start, end = match.span()
            if _BLANK in match[0] and kind is not ClaimKind.HONOUR:
                continue
            if kind is ClaimKind.AMOUNT and _is_slight(match):
                continue
            if all(end <= other[0] or start >= other[1] for other in taken):
                taken.append((start, end))
                yield kind, start, end
    dated = _DATED.search(sentence)
    if dated is not None and _YEAR.search(dated[0]):
        yield ClaimKind.RESULT_DATE, *dated.span()


def without_ordinary(sentence: str) -> str:
    """The sentence, as long as before, with its ordinary numbers blanked out."""
    for pattern in ORDINARY:
        sentence = pattern.sub(lambda match: _BLANK * len(match[0]), sentence)
    return sentence


def _is_slight(match: re.Match[str]) -> bool:
    """One or two of something ordinary, or how long something has gone on."""
    unit = match["unit"]
    if unit in _SPAN:
        return not _SHORTENED.search(match.string[max(0, match.start() - 10) : match.start()])
    return bool(_FEW.fullmatch(match["number"].strip())) and unit not in _WEIGHTY
