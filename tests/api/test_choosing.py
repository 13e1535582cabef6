"""Rounds that choose, and rules tried before they are registered, by programs."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from apps.record.readers import advance_all
from tests.api.caller import Caller
from tests.people import MAJORITY_OF_EVERY_GROUP, Lismorrow

pytestmark = pytest.mark.django_db
IRV: dict[str, Any] = {
    "version": 1,
    "method": {"kind": "irv", "alternatives": ["A", "B", "keep"]},
    "groups": {"deciding": ["A", "C"], "composition": {"kind": "pooled"}},
}


def test_a_question_from_its_draft_to_what_was_chosen(lismorrow: Lismorrow, cast: dict[str, Caller]) -> None:
    orla, framework = cast["orla"], lismorrow.framework.id
    texts = [str(lismorrow.propose(by).id) for by in (lismorrow.gareth, lismorrow.ify)]
    rule = orla("register_rule", framework=framework, title="Choose", document=IRV).body
    names = [
        {"name": "A", "proposal": texts[0]},
        {"name": "B", "proposal": texts[1]},
        {"name": "keep", "proposal": None},
    ]
    drafted = orla(
        "draft_round", framework=framework, title="Which?", rule=rule["id"], questions=[{"alternatives": names}]
    )
    assert drafted.status == 201
    (item,) = drafted["items"]
    assert item["proposal"] is None
    assert [one["name"] for one in item["alternatives"]] == ["A", "B", "keep"]
    assert drafted["ballot"] == {"shape": "ranking", "choices": ["A", "B", "keep"], "low": 0, "high": 0}
    orla("open_round", round=drafted["id"])
    for name, choice in (("gareth", "B>A"), ("ify", "B"), ("samira", "A=B>keep")):
        given = {"round": drafted["id"], "item": item["id"], "choice": choice, "key": str(uuid4())}
        assert cast[name]("cast_ballot", given).status == 201
    orla("close_round", round=drafted["id"])
    advance_all(UUID(str(lismorrow.log)))
    (counted,) = cast["nobody"]("read_round", round=drafted["id"])["items"]
    assert counted["tally"]["result"]["winners"] == ["B"]
    decisions = cast["nobody"]("list_decisions", framework=framework)["items"]
    assert {one["proposal"]: one["outcome"] for one in decisions} == {texts[0]: "not_chosen", texts[1]: "agreed"}


def test_the_templates_are_rules_for_these_groups(lismorrow: Lismorrow, cast: dict[str, Caller]) -> None:
    items = cast["nobody"]("read_rule_templates", framework=lismorrow.framework.id)["items"]
    assert [one["everyday"] for one in items[:5]] == [True] * 4 + [False]
    for one in items:
        made = cast["orla"](
            "register_rule", framework=lismorrow.framework.id, title=one["name"], document=one["document"]
        )
        assert made.status == 201, one["key"]
    rate = next(one for one in items if one["key"] == "rate_it")
    assert "In Agency (2 seats) one low rating is enough for the group not to agree." in rate["words"]["small_groups"]


def test_a_rule_tried_says_over_whose_heads_and_how_it_would_read(
    lismorrow: Lismorrow, cast: dict[str, Caller]
) -> None:
    counts = {"A": {"for": 2}, "P": {"for": 1}, "F": {"for": 1}, "T": {"for": 1}, "C": {"against": 2}, "U": {"for": 2}}
    pooled = {**MAJORITY_OF_EVERY_GROUP, "groups": {"deciding": list("APFTCU"), "composition": {"kind": "pooled"}}}
    asked = {"document": pooled, "votes": {"counts": counts}}
    first, *others = cast["ify"]("try_rule", asked, framework=lismorrow.framework.id)["forecasts"]
    assert (first["outcome"], first["over_the_heads"]) == ("agreed", ["C"])
    assert first["would_read"] == "Voted through over the heads of Community."
    assert {one["rule"]: one["outcome"] for one in others} == {
        "The same with at least one half": "agreed",
        "The same asked of every group": "not_agreed",
    }


def test_what_a_rule_was_tried_on_is_kept_with_it(lismorrow: Lismorrow, cast: dict[str, Caller]) -> None:
    votes = {"counts": {"C": {"for": 2}}, "groups_out": ["A"]}
    given = {"title": "Tried", "document": MAJORITY_OF_EVERY_GROUP, "tried_on": votes}
    made = cast["orla"]("register_rule", given, framework=lismorrow.framework.id)
    entry = cast["nobody"]("read_entry", partnership=lismorrow.partnership.id, seq=made["seq"]).body
    told = str(entry)
    assert "simulation" in told
    assert "groups_out" in told
