"""Before a story is told: every operation exists, and every reference was kept by an earlier step."""

from typing import Any

import pytest

from apps.common.errors import Invalid
from negotiator.rehearsal import references
from negotiator.rehearsal.scenario import parse_scenario
from tests.rehearsal.story import last_of, story, with_step

OPERATIONS = {step["do"] for step in story()["steps"]} | {"me"}


def check(told: dict[str, Any]) -> None:
    references.check(parse_scenario(told), OPERATIONS)


def test_the_small_story_can_be_told() -> None:
    check(story())


@pytest.mark.parametrize(
    ("step", "why"),
    [
        ({"by": "orla", "do": "levitate"}, "step 1: the API has no operation 'levitate'"),
        ({"by": "orla", "do": "me", "with": {"a": {"b": ["$round.id"]}}}, "step 1: '$round.id' is not known"),
        ({"parallel": [{"by": "orla", "do": "fly"}]}, "step 1: the API has no operation 'fly'"),
    ],
)
def test_what_cannot_be_done_is_named_with_its_step(step: dict[str, Any], why: str) -> None:
    with pytest.raises(Invalid) as wrong:
        check(with_step(step))
    assert wrong.value.message.startswith(why)


@pytest.mark.parametrize("reference", ["$partnership.id", "$A.seats.0.id", "$member.ify", "$seated.U"])
def test_partnership_groups_and_people_are_known_from_the_start(reference: str) -> None:
    check(with_step({"by": "orla", "do": "me", "with": {"of": reference}}))


def test_what_a_step_keeps_is_known_to_later_steps_only() -> None:
    told = story()
    last_of(told, "seal_plan")["with"]["framework"] = "$sleep.id"
    with pytest.raises(Invalid, match="step 2"):
        check(told)


def test_the_table_can_name_only_what_was_kept() -> None:
    with pytest.raises(Invalid, match="row 1 of the table"):
        check(story(table=[{"measure": "$other.element"}]))
