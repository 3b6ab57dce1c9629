"""A teaching pack in the demonstration: drafted from a case, edited, shared, used in a class."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from search.teaching.packs import queries
from search.teaching.packs.service.reporting import report_use
from search.teaching.packs.service.sharing import share_pack
from search.teaching.packs.service.writing import save_pack, start_pack
from search.teaching.packs.values import Again, Level, Line, Question, Report, Sharing
from webapp.demo.world import World

CASE, DAY, CLASS_DAY = "01-shui-zhang", -60, -40
TITLE = "一本水账怎样平息十年扯皮"
OPENING = Question(
    "换了你是支部书记，账贴上墙之前，你最担心谁来反对？你会先找谁谈？",
    Level.JUDGEMENT,
    hints=(
        Line("先表决再讨论：“先开会统一思想”还是“先把数字记出来”，两边各说一条理由，收尾时再表决一次。"),
        Line("追问：如果账上第一户就是支部委员自己呢？"),
    ),
)
WITH_WHOM = "第三期农村党组织书记培训班"
WORKED = "开场表决一下子把大家拉了进来；问到“依据在哪一段”以后，发言明显实在了。"
CHANGE = "三十人分五组，汇报超时十分钟，下次每组只讲一条。"


def teach(world: World, ids: Mapping[str, str]) -> None:
    """Leaves a pack that all trainers see, with one class behind it; the trainer's own."""
    db, trainer = world.db, world.actors["trainer"]
    now = world.calendar.moment(DAY, 20)
    pack_id = start_pack(db, actor=trainer, now=now, kind="class", case_ids=[ids[CASE]], propose=True)
    view = queries.pack(db, pack_id)
    content = replace(view.content, title=TITLE, questions=(OPENING, *view.content.questions))
    later = now + timedelta(minutes=40)
    save_pack(db, actor=trainer, now=later, pack_id=pack_id, revision=view.revision, content=content)
    share_pack(db, actor=trainer, now=later, pack_id=pack_id, sharing=Sharing.TRAINERS)
    held = world.calendar.moment(CLASS_DAY, 17)
    report = Report(
        used_on=held.astimezone(world.calendar.zone).date(),
        with_whom=WITH_WHOM,
        people=31,
        worked=WORKED,
        change=CHANGE,
        again=Again.CHANGED,
        shown=True,
    )
    report_use(db, actor=trainer, now=held, view=queries.pack(db, pack_id), report=report, ask=False)
