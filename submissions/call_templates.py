"""Starting points for a new call: the nine categories, four standards, two prizes, four parts and the pledge.

The categories and the four standards are those of the national call for innovative work of Party branches of
January 2022 (authenticity, effectiveness, innovation, exemplarity); the wording here is written for this
product. They are data an organiser edits, so they stay in the language of the call and are not translated.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from submissions.values import (
    CallRules,
    Category,
    Criterion,
    EarlierAwards,
    Eligibility,
    JudgingRules,
    Level,
    Part,
    Prize,
    StandingRule,
)

CATEGORIES = (
    Category("rural", "农村"),
    Category("community", "社区"),
    Category("enterprise", "国有企业和集体企业"),
    Category("school", "高等院校和学校"),
    Category("non_public", "非公有制经济组织"),
    Category("social", "社会组织"),
    Category("institution", "事业单位"),
    Category("organ", "党政机关"),
    Category("mobile", "流动党员"),
)

CRITERIA = (
    Criterion(
        "authenticity",
        "真实性",
        25,
        0,
        100,
        levels=(
            Level(Decimal(0), "较差", "空话套话为主，事实无法核对，或有拼凑、夸大、虚构的迹象。"),
            Level(Decimal(60), "一般", "能看出做过，但叙述笼统，多用概括性说法，少有可核对的细节。"),
            Level(Decimal(75), "良好", "主要事实具体可信，个别数据没有交代来源。"),
            Level(
                Decimal(90),
                "优秀",
                "全部来自本单位近年的实践，时间、地点、人物、数据具体，有照片、文件或记录可以核对，写的是小事实事。",
            ),
        ),
    ),
    Criterion(
        "effectiveness",
        "实效性",
        25,
        0,
        100,
        levels=(
            Level(Decimal(0), "较差", "看不出解决了什么问题。"),
            Level(Decimal(60), "一般", "讲了成效，但多为过程和活动次数，变化不清楚。"),
            Level(Decimal(75), "良好", "有成效并有数据或事例支持，持续时间或受益面有限。"),
            Level(
                Decimal(90),
                "优秀",
                "问题得到解决，前后对比清楚，群众和服务对象认可，对党员作用发挥有明显带动。",
            ),
        ),
    ),
    Criterion(
        "innovation",
        "创新性",
        25,
        0,
        100,
        levels=(
            Level(Decimal(0), "较差", "照搬通行做法，没有自己的东西。"),
            Level(Decimal(60), "一般", "做法常见，局部有变化。"),
            Level(Decimal(75), "良好", "对已有做法作了有价值的改进，有本单位特点。"),
            Level(
                Decimal(90),
                "优秀",
                "在内容、形式、方法或机制上有自己的新办法，抓住了工作中的难点，说得清新在哪里。",
            ),
        ),
    ),
    Criterion(
        "exemplarity",
        "示范性",
        25,
        0,
        100,
        levels=(
            Level(Decimal(0), "较差", "只适用于个别情形，谈不上借鉴。"),
            Level(Decimal(60), "一般", "有启发，但操作性不强，别的单位难以照做。"),
            Level(Decimal(75), "良好", "做法可以借鉴，个别环节依赖本单位的特殊条件。"),
            Level(
                Decimal(90),
                "优秀",
                "步骤、条件、成本和要避免的问题都写清楚，同类单位拿去就能用，有推广价值。",
            ),
        ),
    ),
)

NOTICE_DAYS = 5
"""Working days for which winners are announced before their awards are final: what most rules ask."""

PRIZES = (Prize("first", "一等奖", 10), Prize("second", "二等奖", 20))

PLEDGE = (
    "本单位承诺：所提交的案例来自本单位的真实实践，文字、数据、照片和附件真实可查，没有虚构、夸大和抄袭；"
    "照片中人物已知情同意；同意主办单位将案例用于评审、公示、收入案例库、编辑出版和培训教学，署名权归作者和本单位所有。"
    "如有不实，愿意承担由此产生的责任。"
)

COPYRIGHT = (
    "申报单位和作者享有案例的著作权。申报单位同意：主办单位可以免费、非独占地复制、汇编、出版、翻译案例及其照片，"
    "通过信息网络提供给学习者，用于评审、公示、案例库、案例选编和培训教学，并可以作不改变原意的文字编辑；使用时署单位和作者的名字。"
    "申报单位保证有权作出这一许可，案例和照片不侵犯他人的著作权、肖像权和隐私。"
)

PARTS = (
    Part("background", "背景", ("起因", "缘起", "由来", "概况", "基本情况", "问题的提出", "Background")),
    Part("practice", "做法", ("举措", "措施", "实践", "过程", "Practice", "Practices", "Measures")),
    Part("results", "成效", ("效果", "成果", "成绩", "变化", "Results", "Outcomes", "Effects")),
    Part("lessons", "启示", ("经验", "体会", "思考", "反思", "Lessons", "Inspiration")),
)

NOTICE = (
    "<h2>一、征集内容</h2>"
    "<p>面向各基层单位征集近年来工作中的创新做法和实践案例，为学习交流、培训教学和进一步推广提供素材。</p>"
    "<h2>二、选用标准</h2>"
    "<p><strong>一是注重真实性。</strong>案例应当来自本单位近年的实践，是对实际成果的总结和提炼，严禁虚构和杜撰；"
    "提倡写小写实，避免写大写空。</p>"
    "<p><strong>二是注重实效性。</strong>做法应当已经取得实际效果，对发挥党员作用有明显的带动。</p>"
    "<p><strong>三是注重创新性。</strong>在内容、形式、方法或机制上有新意，能破解工作中的难点。</p>"
    "<p><strong>四是注重示范性。</strong>具有可操作性，对其他单位有借鉴和推广价值。</p>"
    "<h2>三、结果运用</h2>"
    "<p>征集结束后组织专家评审，评出一、二等奖。获奖案例收入案例库，编入培训教材，并汇编成书。</p>"
)


@dataclass(frozen=True, slots=True)
class CallTemplate:
    """A starting point an organiser chooses; the names are data, shown as they are."""

    key: str
    notice_html: str
    rules: CallRules


def _rules(**changes: object) -> CallRules:
    standard: dict[str, object] = {
        "categories": CATEGORIES,
        "criteria": CRITERIA,
        "prizes": PRIZES,
        "standing_rule": StandingRule.TRIMMED_MEAN,
        "cases_per_unit": 3,
        "words_lowest": 800,
        "words_highest": 3000,
        "pledge_text": PLEDGE,
        "needs_recommendation": False,
        "reads_per_case": 3,
        "parts": PARTS,
        "copyright_text": COPYRIGHT,
        "eligibility": Eligibility(practice_months=36, earlier_awards=EarlierAwards.POINTED_OUT),
        "judging": JudgingRules(notice_days=NOTICE_DAYS),
    }
    return CallRules(**(standard | changes))  # type: ignore[arg-type]  # keyword names are checked by the tests


STANDARD = CallTemplate("standard", NOTICE, _rules())
BLANK = CallTemplate(
    "blank",
    "",
    _rules(
        categories=(Category("general", ""),),
        criteria=(Criterion("overall", "", 100, 0, 100),),
        prizes=(Prize("first", "", 1),),
        standing_rule=StandingRule.MEAN,
        cases_per_unit=None,
        pledge_text="",
        parts=(),
        copyright_text="",
        eligibility=Eligibility(),
        judging=JudgingRules(),
    ),
)

TEMPLATES = {each.key: each for each in (STANDARD, BLANK)}
