"""The strip of the organiser's pages: four stages, each with its own pages."""

import re

from foundation import people
from submissions.values import JudgingRules
from tests.judging.world import assigned
from tests.support.web import Visitor
from webapp.wiring import Product


def test_the_strip_leads_to_every_page_by_its_stage(sqlite_product: Product) -> None:
    made = assigned(sqlite_product.database, judging=JudgingRules(blind=True, discussion=True))
    with sqlite_product.database.write() as db:
        user = people.user(db, made.organiser.user_id)
    boss = Visitor(sqlite_product).sign_in(user)
    home = f"/organise/calls/{made.call.id}/judging"
    strip = re.compile(rf'<a href="({home}[^"]*)"( aria-current="(?:step|page)")?>([^<]+)</a>')
    first = strip.findall(boss.get(home).text.split('<ol class="phases">')[1].split("</nav>")[0])
    assert [name for _url, _now, name in first] == [
        "准备",
        "评分",
        "评定",
        "公示授奖",
        "进度",
        "评议",
        "轮次",
    ]
    seen = {}
    for stage, _now, _name in first[:4]:
        row = strip.findall(boss.get(stage).text.split('<ol class="phases">')[1].split("</nav>")[0])
        for page, _here, name in row[4:]:
            shown = boss.get(page).text.split('<ol class="phases">')[1].split("</nav>")[0]
            marked = [(url, now) for url, now, _label in strip.findall(shown) if now]
            assert marked == [(stage, ' aria-current="step"'), (page, ' aria-current="page"')]
            seen[name] = page
    assert len(seen) == 15
