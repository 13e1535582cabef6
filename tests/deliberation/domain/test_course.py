"""A plan of phases, read and followed."""

from datetime import UTC, datetime

import pytest

from apps.common.errors import Invalid
from apps.deliberation.domain.course import DECIDE, PHASES, Stage, following, read_plan


def test_phases_follow_each_other_and_the_vote_comes_last() -> None:
    plan = read_plan([{"phase": "clarify", "minutes": 10}, {"phase": "amend"}])
    assert following(plan, "") == Stage("clarify", 10)
    assert following(plan, "clarify") == Stage("amend")
    assert following(plan, "amend") == Stage(DECIDE)


def test_without_a_plan_the_vote_comes_at_once() -> None:
    assert following(read_plan([]), "") == Stage(DECIDE)


def test_every_phase_in_order_is_a_plan() -> None:
    assert [stage.phase for stage in read_plan([{"phase": phase} for phase in PHASES])] == list(PHASES)


def test_a_phase_with_minutes_ends_by_itself() -> None:
    begun = datetime(2024, 3, 27, 14, 0, tzinfo=UTC)
    assert Stage("clarify", 45).until(begun) == datetime(2024, 3, 27, 14, 45, tzinfo=UTC)
    assert Stage("clarify").until(begun) is None


@pytest.mark.parametrize(
    "plan",
    [
        [{"phase": "decide"}],
        [{"phase": "lunch"}],
        [{}],
        [{"phase": "amend"}, {"phase": "clarify"}],
        [{"phase": "amend"}, {"phase": "amend"}],
        [{"phase": "amend", "minutes": 0}],
        [{"phase": "amend", "minutes": True}],
        [{"phase": "amend", "minutes": "10"}],
        [{"phase": "amend", "minutes": 10**6}],
    ],
)
def test_what_is_no_plan_is_refused_with_the_reason(plan: list[dict[str, object]]) -> None:
    with pytest.raises(Invalid) as refused:
        read_plan(plan)
    assert refused.value.code == "round.plan"
