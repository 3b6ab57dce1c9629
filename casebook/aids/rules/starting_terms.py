"""The list that the product ships: in force until somebody changes the list for the first time.

Only forms that the Party's own documents or public style guides of the state's news agency lay down; each
with its source. Editors add what their house wants.
"""

from __future__ import annotations

from functools import lru_cache

from casebook.aids.values import Term, TermKind, TermWish

_ORDINALS = (("16", "十六"), ("17", "十七"), ("18", "十八"), ("19", "十九"), ("20", "二十"))
_SESSIONS = "一二三四五六七"
_CONGRESS = "党的全国代表大会的规范简称"
_CHARTER = "《中国共产党章程》"
_STYLE = "新华社新闻报道中的禁用词和慎用词"
_NUMBERS = "GB/T 15835—2011：约定俗成的政治用语用汉字数字"
_QUOTES = "规范写法加引号（GB/T 15834—2011）"
_TITLE = "条例的全名"

# written | better | source; without a better form it is forbidden
_LISTED = f"""
以习近平总书记为核心的党中央|以习近平同志为核心的党中央|党的文件的规范表述
以习近平为核心的党中央|以习近平同志为核心的党中央|党的文件的规范表述
习近平新时代中国特色社会主义理论|习近平新时代中国特色社会主义思想|{_CHARTER}
习近平新时期中国特色社会主义思想|习近平新时代中国特色社会主义思想|{_CHARTER}
习近平新时代有中国特色社会主义思想|习近平新时代中国特色社会主义思想|{_CHARTER}
习近平中国特色社会主义思想|习近平新时代中国特色社会主义思想|{_CHARTER}
习近平总书记新时代中国特色社会主义思想|习近平新时代中国特色社会主义思想|{_CHARTER}
习近平书记|习近平总书记|党的文件的规范表述
习总书记|习近平总书记|党的文件的规范表述
三个代表重要思想|“三个代表”重要思想|{_CHARTER}
中国共产党党章|中国共产党章程|{_CHARTER}
缴纳党费|交纳党费|{_CHARTER}
青山绿水就是金山银山|绿水青山就是金山银山|{_CHARTER}
筑牢中华民族共同体意识|铸牢中华民族共同体意识|{_CHARTER}
中华民族伟大复兴中国梦|中华民族伟大复兴的中国梦|{_CHARTER}
4个意识|四个意识|{_NUMBERS}
4个自信|四个自信|{_NUMBERS}
4个全面|四个全面|{_NUMBERS}
2个维护|两个维护|{_NUMBERS}
2个确立|两个确立|{_NUMBERS}
5位一体|五位一体|{_NUMBERS}
3会一课|三会一课|{_NUMBERS}
3会1课|三会一课|{_NUMBERS}
三会1课|三会一课|{_NUMBERS}
两学1做|两学一做|{_NUMBERS}
二个维护|两个维护|党的文件的规范表述
二个确立|两个确立|党的文件的规范表述
两学一做学习教育|“两学一做”学习教育|{_QUOTES}
三严三实专题教育|“三严三实”专题教育|{_QUOTES}
不忘初心，牢记使命主题教育|“不忘初心、牢记使命”主题教育|中共中央2019年5月的意见
不忘初心牢记使命主题教育|“不忘初心、牢记使命”主题教育|中共中央2019年5月的意见
不忘初心、牢记使命主题教育|“不忘初心、牢记使命”主题教育|中共中央2019年5月的意见
党史教育学习|党史学习教育|中共中央2021年2月的通知
四风问题|“四风”问题|{_QUOTES}
三公经费|“三公”经费|{_QUOTES}
三农问题|“三农”问题|{_QUOTES}
三农工作|“三农”工作|{_QUOTES}
村两委|村“两委”|{_QUOTES}
放管服改革|“放管服”改革|{_QUOTES}
双随机一公开|“双随机、一公开”|{_QUOTES}
双随机、一公开|“双随机、一公开”|{_QUOTES}
最多跑一次改革|“最多跑一次”改革|{_QUOTES}
共建一带一路|共建“一带一路”|{_QUOTES}
一带一路建设|“一带一路”建设|{_QUOTES}
一带一路倡议|“一带一路”倡议|{_QUOTES}
党中央国务院|党中央、国务院|并列的两个机关之间用顿号（GB/T 15834—2011）
中共中央国务院|中共中央、国务院|并列的两个机关之间用顿号（GB/T 15834—2011）
扫黑除恶专项行动|扫黑除恶专项斗争|中共中央、国务院2018年1月的通知
《中国共产党支部工作条例》|《中国共产党支部工作条例（试行）》|{_TITLE}
《中国共产党党支部工作条例》|《中国共产党支部工作条例（试行）》|{_TITLE}
《中国共产党国有企业基层组织工作条例》|《中国共产党国有企业基层组织工作条例（试行）》|{_TITLE}
《党员纪律处分条例》|《中国共产党纪律处分条例》|{_TITLE}
《中国共产党党员纪律处分条例》|《中国共产党纪律处分条例》|{_TITLE}
《中国共产党党员教育管理条例》|《中国共产党党员教育管理工作条例》|{_TITLE}
《中国共产党农村基层党组织工作条例》|《中国共产党农村基层组织工作条例》|{_TITLE}
《中国共产党党内监督工作条例》|《中国共产党党内监督条例》|{_TITLE}
《中国共产党发展党员工作条例》|《中国共产党发展党员工作细则》|{_TITLE}
中国共产党建党100周年|中国共产党成立100周年|中共中央2021年关于庆祝活动的通知
中国共产党建党一百周年|中国共产党成立一百周年|中共中央2021年关于庆祝活动的通知
建国70周年|新中国成立70周年|{_STYLE}
建国以来|新中国成立以来|{_STYLE}
村长|村委会主任|{_STYLE}：村民委员会主任简称村主任，不称村长
残废人|残疾人|{_STYLE}
瞎子|盲人|{_STYLE}
弱智|智力障碍|{_STYLE}
回教|伊斯兰教|{_STYLE}
武汉肺炎||{_STYLE}
武汉病毒||{_STYLE}
中港台||{_STYLE}：香港、澳门、台湾不与中国并列
中国和香港||{_STYLE}：香港不与中国并列，可用“内地和香港”
中国与香港||{_STYLE}：香港不与中国并列，可用“内地与香港”
中国和澳门||{_STYLE}：澳门不与中国并列，可用“内地和澳门”
中国与澳门||{_STYLE}：澳门不与中国并列，可用“内地与澳门”
中国和台湾||{_STYLE}：台湾不与中国并列，可用“大陆和台湾”
中国与台湾||{_STYLE}：台湾不与中国并列，可用“大陆与台湾”
港澳台等国||{_STYLE}：港澳台是地区，不是国家
台湾政府||{_STYLE}：用“台湾当局”或“台湾方面”
台湾总统||{_STYLE}：用“台湾当局领导人”
收回香港主权|对香港恢复行使主权|{_STYLE}
收回澳门主权|对澳门恢复行使主权|{_STYLE}
香港主权移交|香港回归祖国|{_STYLE}
澳门主权移交|澳门回归祖国|{_STYLE}
尖阁群岛|钓鱼岛|{_STYLE}
尖阁列岛|钓鱼岛|{_STYLE}
斯普拉特利群岛|南沙群岛|{_STYLE}
东突厥斯坦||{_STYLE}：用“新疆”
"""


def _numbered() -> list[TermWish]:
    """What follows the same pattern for each congress and each five-year plan."""
    found = []
    for digits, ordinal in _ORDINALS:
        found += [
            TermWish(written=f"党的{digits}大", better=f"党的{ordinal}大", why=_NUMBERS),
            TermWish(written=f"{digits}大报告", better=f"{ordinal}大报告", why=_NUMBERS),
            TermWish(written=f"{digits}大精神", better=f"{ordinal}大精神", why=_NUMBERS),
            TermWish(
                written=f"中国共产党第{ordinal}次代表大会",
                better=f"中国共产党第{ordinal}次全国代表大会",
                why=_CONGRESS,
            ),
            TermWish(
                written=f"党的第{ordinal}次代表大会",
                better=f"党的第{ordinal}次全国代表大会",
                why=_CONGRESS,
            ),
        ]
        for number, session in enumerate(_SESSIONS, start=1):
            right = f"{ordinal}届{session}中全会"
            found += [
                TermWish(written=f"{ordinal}大{session}中全会", better=right, why=_CONGRESS),
                TermWish(written=f"{ordinal}届{number}中全会", better=right, why=_NUMBERS),
                TermWish(written=f"{digits}届{session}中全会", better=right, why=_NUMBERS),
                TermWish(written=f"{digits}届{number}中全会", better=right, why=_NUMBERS),
            ]
    for plan in ("十二五", "十三五", "十四五", "十五五"):
        found += [
            TermWish(written=f"{plan}{noun}", better=f"“{plan}”{noun}", why=_QUOTES)
            for noun in ("规划", "时期", "期间", "开局", "末")
        ]
    return found


@lru_cache(maxsize=1)
def starting_terms() -> tuple[Term, ...]:
    """The shipped list, with ids of its own and revision 0."""
    rows = [line.split("|") for line in _LISTED.split("\n") if line]
    wishes = [
        TermWish(
            written=written,
            better=better,
            kind=TermKind.REPLACE if better else TermKind.FORBID,
            why=why,
        )
        for written, better, why in rows
    ] + _numbered()
    return tuple(Term(id=f"shipped{place:03}", wish=wish) for place, wish in enumerate(wishes, start=1))
