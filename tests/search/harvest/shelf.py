"""A small shelf that harvesters meet: three public cases of two calls, one for members, one that has gone."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from foundation.audience import Audience
from foundation.journal import Delivery
from search.harvest.subscriptions import subscriptions
from tests.search.factories import award
from tests.support.factories import NOW, make_call, make_entry


@dataclass(frozen=True)
class Harvest:
    """Ids of cases by what they are."""

    ledger: str
    school: str
    past: str
    members: str
    calls: tuple[str, str]
    slug: str


def settle(product: Any) -> None:
    """What the worker does after the shelf has changed, without the letters and papers of other rooms."""
    heard = [product.indexer.subscription(), *subscriptions(product.clock)]
    Delivery(product.database, heard).run(product.clock.now())


def stock(product: Any) -> Harvest:
    """Fill the product's shelf and let the index and the record of the shelf see it."""
    with product.database.write() as db:
        old = make_call(db, now=NOW - timedelta(days=400), title="2025 年案例征集")
        new = make_call(db, title="2026 年案例征集")
        closed = make_call(db, title="2026 年内部征集", library_audience=Audience.MEMBERS)
        ledger = make_entry(
            db,
            call=new,
            title="一本贴在墙上的<水账>",
            summary="水费公开 & 逐户对账。",
            source_line="来源：《简报》",
        )
        school = make_entry(db, call=new, title="夜校办到第九期", category_key="community")
        past = make_entry(db, call=old, title="楼道长的电话", now=NOW - timedelta(days=400))
        inside = make_entry(db, call=closed, title="只给内部看的案例")
        award(db, ledger, key="first")
        award(db, school)
        award(db, past, now=NOW - timedelta(days=300))
        award(db, inside)
    settle(product)
    return Harvest(ledger.case_id, school.case_id, past.case_id, inside.case_id, (old.id, new.id), new.slug)
