"""Concrete elements of Chinese text: numbers, dates, named places, roles and people.

Numbers and dates by pattern; places and names by rjieba's tags (ns, nt, nr; with its guessing of new words),
helped by patterns for what its dictionary lacks; roles from a list of ours. Set phrases that merely contain a
number (三会一课, 两个维护) and numbers that say nothing (一个, 一系列, 第一) do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import rjieba

from submissions.values.concreteness import Element, ElementKind

_DIGIT = "一二两三四五六七八九十百千万亿零〇"
_MEASURE = (
    "万元|亿元|元|块钱|块|毛钱|万|亩|公顷|公里|千米|里地|平方米|平方|立方米|方|米|厘米|毫米|公斤|千克|克|斤|吨|升"
    "|度电|千瓦|户|口人|人次|人|位|名|个人|个月|个小时|个村|个组|个支部|个党小组|个网格|小时|分钟|秒|天|日|晚|夜|周|月|年|岁|代"
    "|次|场|期|批|轮|遍|回|趟|件|条|项|份|封|本|册|页|张|幅|块|栋|幢|层|间|套|家|所|座|处|台|辆|艘|架|部|盏|根|把|只|头|棵|株|袋|箱|瓶|桶|车"
    "|道|段|组|队|班|支|类|种|样|笔|单|宗|起|门|课时|学时|个百分点|个"
)
_NUMBER = re.compile(
    rf"百分之[{_DIGIT}点]+|[{_DIGIT}]+分之[{_DIGIT}]+"
    r"|\d[\d,，]*(?:\.\d+)?\s*(?:[%％‰]|万|亿)?(?:多|余)?"
    rf"|(?:[{_DIGIT}]+点)?[{_DIGIT}]+(?:多|余|来|几)?(?:{_MEASURE})(?:半|多)?"
    rf"|[{_DIGIT}]成(?!立|为|了|果|绩|员|功|长|就|本|分|效|熟|群|天|片|都)"
)
_EMPTY = re.compile(
    "一个(?!月|小时|人)|一(?:种|次|项|批|面|座|名|支|条|起|样|日|天|人|年|回|道|类|家|代|队|把|份|张|方|位|处|段|场|期|部|线|部分|本|班|组|门|头|车|根|块)$"
    "|[一二两三四五六七八九十]+(?:方|样|头|日|代|本|类|线|面|门)$|万[人家元]$|千[人家]$|百[年姓家]$|十[年月]$|两年$|[千百]方$"
)
_SET = re.compile(
    "三会一课|两学一做|两个维护|两个确立|四个意识|四个自信|四个全面|三重一大|一岗双责|八项规定|五位一体|三严三实|两优一先"
    "|二十大|十九大|十八大|二十届[一二三四五六]中全会|十[八九]届[一二三四五六]中全会|三农|一把手|一体化|一揽子|一盘棋"
    "|[一二三四五六七八九十]+个(?:方面|关键|坚持|结合|到位|务必|层面|环节|聚焦|必须|一批|强化|注重|度|狠抓|抓手|维度)"
    "|最后一公里|第一书记|第一时间|第一线|万众一心|千方百计|百年|四史|三级联动|一对一|面对面|一方面|另一方面|一家人|一条心|一条龙"
)
_DATE = re.compile(
    r"(?:19|20)\d\d\s*年(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?)?|\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?|\d{1,2}[日号](?!楼|院)"
    r"|\d{1,2}[:：]\d\d|(?:早|晚|上午|下午|凌晨|清晨|中午)?\d{1,2}点(?:半|钟)?"
    rf"|[一二][九〇零○][{_DIGIT}○]{{2}}年(?:[{_DIGIT}]{{1,3}}月(?:[{_DIGIT}]{{1,3}}[日号])?)?"
    rf"|(?:[一二三四五六七八九十]|十[一二]|正|腊|冬)月(?:初?[{_DIGIT}]{{1,3}}[日号]?|底|初|中旬|上旬|下旬)?(?!份以来)"
    rf"|(?:早上|晚上|上午|下午|凌晨|清晨|中午|傍晚|夜里)[{_DIGIT}]{{1,3}}点(?:半|钟)?|[{_DIGIT}]{{1,2}}点(?:半|钟)"
    "|(?:每|上|本|这)?(?:周|星期|礼拜)[一二三四五六日天](?:[早晚]|[上下]午)?"
    "|(?:去年|前年|次年|第二年|当年)(?:[春夏秋冬]天?|年底|年初|[一二三四五六七八九十]+月|腊月|正月)?|年三十|大年初[一二三四五六七]"
)
_PLACE_NAME = re.compile(
    "[\u4e00-\u9fff]{2}(?:村|镇|乡|县|街道|社区|小区|路(?!线|径|子|数|过|演|途|由|边|口|上)|巷|弄|胡同|庄|屯|寨|码头|水库|工地|车间|合作社|养殖场|林场|农场|小学|中学|大学|医院|分局|支行|监狱|泵站|变电站|服务区)"
)
_GENERIC = re.compile(
    "[全各本该每这那某几多个两在到向为的和与及把对让从由乡农城我他她新老大小区县市镇街村进驻联包入下上回里外周邻附沿深走示"
    "党合建范美振帮扶基层坚持群众修铺好走带开]|发现|表格|美丽|示范|老旧|智慧|平安|幸福|特色|优秀|先进|现代|和谐"
)
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊"
    "纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪"
    "包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘"
    "钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂"
    "濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂"
)
_ROLE = (
    "党支部书记|支部书记|村支书|支书|第一书记|支委|党小组长|小组长|组长|村主任|居委会主任|主任|会计|出纳|网格员|楼门长|楼栋长|楼长|驻村干部"
    "|工作队员|护士长|护士|医生|大夫|村医|药师|教师|老师|班主任|校长|教练|班长|队长|车间主任|工段长|电工|焊工|钳工|技师|技术员|工程师|农技员"
    "|司机|驾驶员|骑手|快递员|配送员|保安|保洁员|环卫工|厨师|调度员|列车长|船长|机长|飞行员|社工|调解员|法官|检察官|书记员|律师|民警|辅警|交警|消防员"
    "|站长|所长|科长|处长|厂长|经理|店长|摊主|老板|馆长|讲解员|研究员|实验员|审计员|窗口人员|坐席员|退休老?党员|老党员|预备党员|年轻党员|青年党员"
    "|监督员|安全员|质检员|护林员|水管员|管闸人|村民代表|业主代表|用水户|养殖户|种粮大户|留守老人|独居老人|高龄老人|残疾人|返乡青年|大学生村官|志愿者"
)
_PERSON = re.compile(
    f"[{_SURNAMES}](?:某某?|[\u4e00-\u9fff]{{0,2}})(?:师傅|大爷|大妈|大娘|大叔|大嫂|大哥|大姐|阿姨|叔叔|奶奶|爷爷|婆婆|老汉|老太|老人家|书记|主任|老师|医生|院长|经理|队长|班长)"
    f"|(?!小时|小于|小路|小车|小党|小康|小包|小和|老路|老房|老车|老党)[老小][{_SURNAMES}](?=[，。、；：！？“”（）说把从在给到又就也先自]|[\u4e00-\u9fff]{{0,2}}(?:说|家|的))|{_ROLE}"
)


def elements(text: str) -> Iterator[Element]:
    """The concrete elements of one sentence, by kind; places are character ranges of it."""
    taken = [False] * len(text)
    for found in _SET.finditer(text):
        _take(taken, *found.span())
    yield from _free(taken, ElementKind.DATE, (each.span() for each in _DATE.finditer(text)))
    numbers = (each.span() for each in _NUMBER.finditer(text) if _says_something(text, each))
    yield from _free(taken, ElementKind.NUMBER, numbers)
    yield from _free(taken, ElementKind.ROLE, (each.span() for each in _PERSON.finditer(text)))
    tagged = list(_names(text))
    for kind in (ElementKind.PLACE, ElementKind.ROLE):
        yield from _free(taken, kind, (span for found, span in tagged if found is kind))
    named = (each for each in _PLACE_NAME.finditer(text) if not _GENERIC.search(each.group()[:-1]))
    yield from _free(taken, ElementKind.PLACE, (each.span() for each in named))


def _free(taken: list[bool], kind: ElementKind, spans: Iterable[tuple[int, int]]) -> Iterator[Element]:
    """Elements where nothing else was found before; their places are taken then."""
    for start, end in spans:
        if not any(taken[start:end]):
            _take(taken, start, end)
            yield Element(kind, start, end)


def _take(taken: list[bool], start: int, end: int) -> None:
    taken[start:end] = [True] * (end - start)


def _names(text: str) -> Iterator[tuple[ElementKind, tuple[int, int]]]:
    """People and places that the tagger knows or guesses."""
    start, before = 0, ""
    for word, tag in rjieba.tag(text, hmm=True):
        end = start + len(word)
        if tag in ("ns", "nt", "nz") and len(word) == 2 and _is_surname(before):
            yield ElementKind.ROLE, (start - 1, end)  # 周|桂兰
        elif tag in ("ns", "nt") and _is_place(word):
            yield ElementKind.PLACE, (start, end)
        elif tag == "nr" and _is_name(word):
            yield ElementKind.ROLE, (start, end)
        start, before = end, word


def _is_surname(word: str) -> bool:
    return len(word) == 1 and word in _SURNAMES and word not in "从于向和时常安全能都单经"


def _is_place(word: str) -> bool:
    return len(word) > 1 and word not in _NO_PLACES and _ABSTRACT.search(word) is None


def _is_name(word: str) -> bool:
    known = 2 <= len(word) <= 3 and word[0] in _SURNAMES
    return known and word not in _NO_NAMES and _ABSTRACT.search(word) is None


_ABSTRACT = re.compile("[感化性度力量型式制格局面程位级]$")
_NO_PLACES_LISTED = """
中国 全国 我国 中华 中央 社区 村里 镇上 县里 市里 国家 党中央 下坡 上坡 中共中央 中共
世界 东西 北上 新区 城市
"""
_NO_PLACES = frozenset(_NO_PLACES_LISTED.split())
_NO_NAMES_LISTED = """
张表 张图 张纸 张照片 和谐 明白 能力 广大 高效 高度 高质 文明 应有 成立 成效 安全 安心 强化 强基 平台 平安
经常 连心 党建 党群 农村 国有 满意 温暖 时常 时刻 应用 方便 方法 方式 高兴 高质量
安排 安静 万一 单独 单位 都市 和气 阳光 明确 明显 温馨 严格 严肃 强烈 项目 金额 石头
雷锋 马上 马路 何时 何况 党组织 居民 贡献 全面 全程 全力 常态 江山 花费 师傅 师生
水平 牛羊 双方 双向 双赢
"""
_NO_NAMES = frozenset(_NO_NAMES_LISTED.split())


def _says_something(text: str, found: re.Match[str]) -> bool:
    word = found.group()
    if text[max(0, found.start() - 1) : found.start()] in ("第", "每", "某", "哪", "几", "统", "专"):
        return False
    at_start = found.start() == 0 and re.match(r"\s*[.．、）)]", text[found.end() :]) is not None
    return not at_start and _EMPTY.match(word) is None
