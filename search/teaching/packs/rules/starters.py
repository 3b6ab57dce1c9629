"""What a pack may begin with: four kinds of class, each with a plan of the time, preparation, instructions to
the participants and slides. What they fill in is data that a trainer edits: it stays in Chinese and is not
translated.

Method: a case class moves from what the text says through why it worked to what one would do oneself, with
reading before and a close that goes back to the aims (teaching notes as the case schools write them: aims,
audience, plan of the class, questions with what to expect, board plan, key points)."""

from __future__ import annotations

from dataclasses import dataclass

from foundation.text import Text, _
from search.teaching.packs.values import Content, Level, Line, Question, Slide, Step, StepKind


@dataclass(frozen=True, slots=True)
class Starter:
    """A kind of class; `fit` says when to take it."""

    key: str
    name: Text
    fit: Text
    content: Content


def _lines(*texts: str) -> tuple[Line, ...]:
    return tuple(Line(text) for text in texts)


MEETING = Starter(
    "meeting",
    _("45 分钟支部学习（三会一课）"),
    _("党员大会、党课或主题党日上用一个案例，二十人上下，边读边议，当场认领一件事。"),
    Content(
        minutes=45,
        audience="本支部党员、入党积极分子",
        aims=(),
        preparation=_lines(
            "提前三天把案例发到支部群，请每名党员划出一句最有感触的话。",
            "请一名党员准备三分钟，用自己的话讲一遍案例。",
            "打印学员讲义，每人一份；准备白纸或白板。",
            "想好散会前要认领的“一件事”由谁记录、何时回头看。",
        ),
        steps=(
            Step(StepKind.OPENING, 5, "主持人说明为什么选这个案例，它同我们手头哪件事有关。"),
            Step(StepKind.READING, 8, "一名党员用自己的话讲案例，其他人对照讲义补充漏掉的关键事实。"),
            Step(StepKind.DISCUSSION, 18, "按讨论题逐题发言，每人不超过两分钟；先说事实，再说看法。"),
            Step(StepKind.REPORT, 8, "每名党员说一件自己本月能做的事，记录人写在白板“我们单位”一栏。"),
            Step(StepKind.CLOSE, 6, "书记小结：回到学习目标，定下一件事、责任人和回头看的日期。"),
        ),
        key_points=_lines(
            "讨论不评人、不摆功，落到“我们能做什么”。",
            "小结时把认领的事念一遍，写进支部工作记录，下次会上第一个议程就是回头看。",
        ),
        handout=_lines(
            "会前读一遍案例，划出最有感触的一句话。",
            "会上准备回答：案例里哪一步最难？我们支部碰到过类似的事吗？",
            "我认领的一件事：________________  完成时间：________",
        ),
    ),
)
CLASS = Starter(
    "class",
    _("90 分钟案例课"),
    _("党校主体班次或支部书记培训，三十到五十人，分组讨论后汇报。"),
    Content(
        minutes=90,
        audience="基层党组织书记、党务干部",
        preparation=_lines(
            "提前一周发案例和讲义，请学员写下一个问题带来。",
            "按单位性质交叉分组，每组六至八人，指定组长和记录人。",
            "备好白板（四栏）、马克笔、计时器；试一遍投影。",
            "自己先把讨论题答一遍，给每题准备一个追问。",
            "有条件的，请案例单位的同志到场或连线十分钟。",
        ),
        steps=(
            Step(
                StepKind.OPENING,
                8,
                "用一个两难处境开场：先不讲结果，问“换了你怎么办”，举手表决记在白板角上。",
            ),
            Step(StepKind.READING, 12, "再读案例，各人圈出关键决定和依据。"),
            Step(StepKind.LECTURE, 10, "教师梳理时间线，确认事实；需要时补充政策背景。"),
            Step(StepKind.DISCUSSION, 25, "分组讨论，每组侧重一题；记录人写三条，不超过三十个字一条。"),
            Step(StepKind.REPORT, 22, "各组汇报三分钟，教师按板书四栏归类，追问“依据在哪一段”。"),
            Step(StepKind.CLOSE, 13, "回到开场的表决再表决一次；教师讲评要点，学员写下带回去的一条做法。"),
        ),
        key_points=_lines(
            "先事实、后分析、再判断：没有依据的观点请发言人回到文本。",
            "不给标准答案，给判断的依据；不同意见并排写在白板上。",
            "收尾对照学习目标逐条确认，没达到的留作课后题。",
        ),
        handout=_lines(
            "课前：读案例约二十分钟，写下一个你想问案例单位的问题。",
            "课上：小组讨论时请注明依据在案例的哪一段。",
            "课后：一周内在本单位试一件小事，写两三句结果发给组长。",
        ),
        slides=(
            Slide(
                "今天怎么上",
                _lines("读案例，圈出关键决定", "分组讨论，各有侧重", "汇报、讲评、带一条做法回去"),
            ),
        ),
    ),
)
WORKSHOP = Starter(
    "workshop",
    _("半天工作坊"),
    _("两三个案例对照着学，分组做出本单位的方案，适合骨干培训、片区交流。"),
    Content(
        minutes=210,
        audience="片区支部书记、党建指导员",
        preparation=_lines(
            "选两三个路子不同、问题相近的案例，每组主读一个。",
            "会场按小组摆桌，每组一张大白纸、两色便签。",
            "提前收集学员单位的真实难题，选四至六个做练习。",
            "请一两位有经验的书记做点评人，提前把评议要点给他们。",
        ),
        steps=(
            Step(StepKind.OPENING, 15, "破冰：每人一句话说本单位最头疼的一件事，贴到墙上归类。"),
            Step(StepKind.READING, 30, "分组主读一个案例，在大白纸上画出“问题—做法—成效”。"),
            Step(StepKind.REPORT, 30, "各组五分钟讲自己的案例，别的组提两个问题。"),
            Step(StepKind.LECTURE, 20, "教师对照几个案例：相同的条件、不同的选择、各自的代价。"),
            Step(StepKind.CLOSE, 15, "茶歇，浏览各组白纸，用便签提意见。"),
            Step(
                StepKind.DISCUSSION,
                55,
                "每组挑墙上一个真实难题，借用案例做法写一页方案：谁、何时、做什么、怎么看效果。",
            ),
            Step(StepKind.REPORT, 30, "方案展示与点评，点评人只问三件事：做得到吗、谁受益、怎么知道有效。"),
            Step(StepKind.CLOSE, 15, "各组定下回去后第一步和两周后的通气时间。"),
        ),
        questions=(
            Question("几个案例面对的问题有什么相同，选择为什么不同？", Level.ANALYSIS),
            Question("哪个案例的做法成本最低、最容易坚持？依据是什么？", Level.JUDGEMENT),
            Question("借用案例的做法解决墙上的一个难题：第一步谁来做、两周内看到什么变化？", Level.TRANSFER),
        ),
        key_points=_lines(
            "比较不是评高下，是看条件：人、钱、时间、上级支持各占多少。",
            "方案只写一页；写不清“怎么知道有效”的，退回去再议。",
        ),
        handout=_lines(
            "上午：读本组案例，画出“问题—做法—成效”。",
            "我们组的方案：问题____  做什么____  谁负责____  何时____  怎么看效果____",
            "两周后的通气时间：________",
        ),
    ),
)
EVENING = Starter(
    "evening",
    _("微信群夜学（60 分钟）"),
    _("每周固定一晚在群里学，轮值主讲，语音图文结合，结束前接龙答必答题。"),
    Content(
        minutes=60,
        audience="分散各地的党员、流动党员",
        preparation=_lines(
            "白天在群里发预告：时间、案例题目、轮值主讲和主持人。",
            "主讲把案例拆成五六段，每段配一张图或一段不超过一分钟的语音。",
            "准备三道必答题和一道选答题，先请一名党员试答。",
            "约定发言规则：先举手（发“1”），一次一人，晚到的先爬楼。",
        ),
        steps=(
            Step(StepKind.OPENING, 5, "主持人点名接龙，说明今晚的案例和三道题。"),
            Step(StepKind.LECTURE, 20, "轮值主讲分段发送，每段停一分钟，让大家回一句话。"),
            Step(StepKind.DISCUSSION, 20, "按题讨论，主持人点名两三位先说，再自由接龙。"),
            Step(StepKind.REPORT, 10, "必答题接龙：每人三句话，写明单位和姓名。"),
            Step(StepKind.CLOSE, 5, "主持人小结，公布下周轮值主讲和案例，整理记录存档。"),
        ),
        questions=(
            Question("必答：案例里你印象最深的一个细节是什么？", Level.FACTS),
            Question("必答：这件事办成，最关键的一步是哪一步？为什么？", Level.ANALYSIS),
            Question("必答：你所在的地方，这个月可以学着做哪一件小事？", Level.TRANSFER),
        ),
        key_points=_lines(
            "群里刷屏多、听的少：主持人每十分钟收一次，把好的回答引用置顶。",
            "没能参加的，次日中午前看回放补答；连续两次缺席由党小组长联系。",
        ),
        handout=_lines(
            "晚上准时进群，先接龙报到。",
            "听完每一段回一句话；必答题每题不超过三句。",
            "没赶上的第二天中午前补答。",
        ),
    ),
)
BLANK = Starter("blank", _("空白"), _("自己从头写起，什么也不预填。"), Content(minutes=90))

STARTERS = (MEETING, CLASS, WORKSHOP, EVENING, BLANK)


def starter(key: str) -> Starter:
    """The starter of this key; an unknown one is the class."""
    return next((each for each in STARTERS if each.key == key), CLASS)
