"""Checks a story before it is told: every operation exists, and every `$name` was kept by an earlier step."""

from collections.abc import Container, Iterator
from typing import Any

from negotiator.rehearsal.reading import wrong
from negotiator.rehearsal.scenario import Scenario, Step

GIVEN = frozenset({"partnership", "member", "seated"})
"""What is known before the first step, beside the groups by their keys."""
OWN = frozenset({"vote"})
"""What steps can do that is not an operation."""


def check(scenario: Scenario, operations: Container[str]) -> None:
    """Raises `Invalid` (scenario.malformed) naming the step."""
    known = GIVEN | {group.key for group in scenario.groups}
    for number, step in enumerate(scenario.steps, 1):
        for each in step.parallel or (step,):
            _check_step(each, f"step {number}", operations, known)
        known |= {each.name for each in step.parallel or (step,)}
    for number, row in enumerate(scenario.table, 1):
        _check_names(row["measure"], f"row {number} of the table", known)


def _check_step(step: Step, place: str, operations: Container[str], known: frozenset[str]) -> None:
    if step.do and step.do not in OWN and step.do not in operations:
        raise wrong(place, f"the API has no operation '{step.do}'")
    _check_names(dict(step.with_), place, known)


def _check_names(value: Any, place: str, known: frozenset[str]) -> None:
    for reference in _references(value):
        if reference[1:].split(".")[0] not in known:
            raise wrong(place, f"'{reference}' is not known at this point")


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.startswith("$"):
        yield value
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _references(each)
