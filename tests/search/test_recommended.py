"""Who recommended a case: on its page in the library where its call has said so, and nowhere else."""

from dataclasses import replace
from typing import Any

import pytest

from foundation.actor import Role
from foundation.forms import validated
from foundation.people import Unit
from submissions.codec import rules_from_json, rules_to_json
from submissions.forms import CallForm, values_of
from submissions.service import recommend_case
from tests.search.factories import award
from tests.support.factories import (
    NOW,
    make_actor,
    make_call,
    make_entry,
    make_rules,
    make_submitter,
    make_unit,
    make_user,
)
from tests.support.web import Visitor


@pytest.mark.parametrize("shown", [True, False])
def test_the_library_names_the_superior_where_the_call_says_so(product: Any, shown: bool) -> None:
    with product.database.write() as db:
        county: Unit = make_unit(db, "临河县委组织部")
        branch = make_submitter(db, make_unit(db, "上河村党支部", parent=county))
        call = make_call(db, shows_recommenders=shown)
        entry = make_entry(db, call=call, actor=branch)
        superior = make_actor(db, Role.RECOMMENDER, unit=county)
    with product.database.write(superior) as db:
        recommend_case(db, actor=superior, now=NOW, case_id=entry.case_id, opinion="做法扎实。")
    with product.database.write() as db:
        award(db, entry)
    reader = Visitor(product).speak("zh")
    page = reader.get(f"/library/{entry.case_id}").text
    assert ("由临河县委组织部推荐" in page) is shown
    assert "做法扎实" not in page
    told = reader.get(f"/api/v1/library/{entry.case_id}").json()["recommended_by"]
    assert told == (["临河县委组织部"] if shown else [])
    assert ("获奖案例在案例库里写明推荐单位。" in reader.get(f"/calls/{call.slug}").text) is shown


def test_the_flag_is_kept_and_shown_in_the_form(product: Any) -> None:
    rules = replace(make_rules(), shows_recommenders=True)
    assert rules_from_json(rules_to_json(rules)) == rules
    assert not rules_from_json(rules_to_json(make_rules())).shows_recommenders
    with product.database.write() as db:
        call = make_call(db, published=False, shows_recommenders=True)
        organiser = make_user(db, Role.ORGANISER)
    assert validated(CallForm, values_of(call)).rules().shows_recommenders
    form = Visitor(product).sign_in(organiser, language="zh").get(f"/organise/calls/{call.id}/edit").text
    box = form[form.index('name="shows_recommenders"') :].partition(">")[0]
    assert "checked" in box
