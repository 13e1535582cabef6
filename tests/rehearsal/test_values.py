"""References into answers, and what an answer is expected to hold."""

from typing import Any

import pytest

from apps.common.errors import Invalid
from negotiator.rehearsal.values import look, resolve, unmet

KNOWN = {"round": {"id": "r1", "items": [{"id": "i0"}, {"id": "i1"}], "patch": {"unit": "%"}}, "none": None}


@pytest.mark.parametrize(
    ("value", "resolved"),
    [
        ("$round.id", "r1"),
        ("$round.items.1.id", "i1"),
        ("$round.patch", {"unit": "%"}),
        (["$round.id", "plain"], ["r1", "plain"]),
        ({"a": {"b": "$round.items.0.id"}}, {"a": {"b": "i0"}}),
        ("costs 5 $", "costs 5 $"),
        (7, 7),
        (None, None),
    ],
)
def test_references_are_replaced_wherever_they_stand(value: Any, resolved: Any) -> None:
    assert resolve(value, KNOWN) == resolved


@pytest.mark.parametrize(
    "path", ["$other", "$round.name", "$round.items.7.id", "$round.items.x", "$none.id", "$round.id.id"]
)
def test_a_reference_that_leads_nowhere_is_named(path: str) -> None:
    with pytest.raises(Invalid) as wrong:
        resolve(path, KNOWN)
    assert wrong.value.code == "scenario.reference"
    assert f"'{path}'" in wrong.value.message


def test_without_a_status_any_success_will_do() -> None:
    assert unmet({}, 201, {}) == ""
    assert unmet({}, 204, None) == ""
    assert unmet({}, 409, {"detail": "Too late."}) == "status 409, Too late. instead of success"


def test_a_wanted_refusal_is_met_by_that_refusal_only() -> None:
    assert unmet({"status": 403, "code": "mandate.scope"}, 403, {"code": "mandate.scope"}) == ""
    assert unmet({"status": 403}, 200, {}) == "status 200 instead of 403"
    assert "'code' is 'role.not_convenor'" in unmet(
        {"status": 403, "code": "mandate.scope"}, 403, {"code": "role.not_convenor"}
    )


def test_values_are_looked_up_by_their_path_and_missing_is_not_null() -> None:
    body = {"items": [{"state": "open", "end": None}]}
    assert unmet({"items.0.state": "open", "items.0.end": None}, 200, body) == ""
    assert unmet({"items.0.state": "closed"}, 200, body) == "'items.0.state' is 'open' instead of 'closed'"
    assert unmet({"items.1.state": None}, 200, body) == "'items.1.state' is not there"


def test_looking_into_a_list_takes_a_number() -> None:
    assert look(["a", "b"], "1", "$x") == "b"
