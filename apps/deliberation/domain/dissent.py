"""Who disagrees with what is decided, as ballots tell it."""

from collections.abc import Mapping
from typing import Any

from apps.consensus import Rule

NOES = ("against", "object", "block", "stand_aside")


def disagreeing(rule: Rule, counts: Mapping[str, int]) -> int:
    """How many of a group disagree: those against it; those who rate it low; those who put something else first."""
    if rule.is_selection:
        return counts["cast"] - counts["chosen"]
    if rule.kind == "rating":
        low, _ = bands(rule)
        return sum(count for choice, count in ratings(counts).items() if choice in low)
    return sum(counts.get(word, 0) for word in NOES)


def ratings(counts: Mapping[str, int]) -> dict[int, int]:
    """The ratings among a group's counts."""
    return {int(key): count for key, count in counts.items() if key.lstrip("-").isdigit()}


def bands(rule: Rule) -> tuple[range, range]:
    """Which ratings are low and which high: as the rule says, else the outer thirds of its scale."""
    method: dict[str, Any] = dict(rule.document["method"])  # type: ignore[call-overload]
    first, last = method.get("scale", [1, 9])
    third = (last - first + 1) // 3
    high = next((part["range"] for part in method.get("in", []) if "at_least" in part), [last - third + 1, last])
    low = next((part["range"] for part in method.get("in", []) if "below" in part), [first, first + third - 1])
    return range(low[0], low[1] + 1), range(high[0], high[1] + 1)
