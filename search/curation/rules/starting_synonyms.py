"""The list that the product ships: in force until somebody changes the list for the first time.

Only words that writers of Party-building cases use for one another; a longer list would blur the search.
"""

from __future__ import annotations

from search.curation.values.synonyms import Direction, SynonymGroup, Words

_BOTH = (
    "党建、党的建设",
    "党支部书记、支部书记、支书",
    "支委会、支部委员会",
    "党员大会、支部大会",
    "主题党日、党员活动日",
    "发展党员、党员发展",
    "两新组织、非公企业和社会组织",
    "流动党员、外出党员",
    "离退休党员、退休党员",
    "党群服务中心、党群之家",
    "志愿者、志愿服务",
    "线上党课、云党课、网络党课",
    "微党课、微型党课",
    "思政工作、思想政治工作",
    "基层减负、减轻基层负担",
    "市民热线、政务热线、12345 热线",
    "加装电梯、电梯加装",
    "村改居、村改社区",
)
_ONE_WAY = (
    "三会一课、支部党员大会、支部委员会、党小组会、党课",
    "夜校、夜间党校、夜间课堂",
    "新就业群体、快递员、外卖骑手、网约车司机",
    "基层治理、社区治理、乡村治理、网格化",
    "学习教育、主题教育、党史学习",
    "数字化、信息化、智慧党建",
    "乡村振兴、新农村建设",
)


def starting_groups() -> tuple[SynonymGroup, ...]:
    """The shipped groups, with ids of their own and revision 0."""
    lines = [(Direction.BOTH, line) for line in _BOTH] + [(Direction.ONE_WAY, line) for line in _ONE_WAY]
    wishes = [Words(words=tuple(line.split("、")), direction=direction) for direction, line in lines]
    return tuple(
        SynonymGroup(
            id=f"shipped{place:02}", words=wish.words, direction=wish.direction, note=wish.note, revision=0
        )
        for place, wish in enumerate(wishes, start=1)
    )
