"""The stages of a count among alternatives, in words: what happened, and where each alternative stood."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.consensus import Rule

Told = Mapping[str, Any]
WORDS: Mapping[str, str] = {
    "approvals": "How many approve each",
    "scores": "The sums of the scores",
    "points": "The points of all rankings",
    "grades": "The middle grade of each, and how often each grade was given",
    "runoff": "The two highest meet: how many ballots put each above the other",
    "first": "First preferences",
    "preferred": "How many ballots put each above each other one",
    "strongest_paths": "The strongest chain of wins from each to each other one",
    "elect": "{candidate} reached the quota",
    "exclude": "{candidate} has the fewest and is out; those ballots pass on",
    "surplus": "{candidate} has more than the quota; what is above it passes on",
    "lock": "{winner} before {loser} stands, {votes[0]} to {votes[1]}",
    "skip": "{winner} before {loser}, {votes[0]} to {votes[1]}, would close a circle and does not count",
    "choose": "{candidate} is chosen",
    "buy": "{candidate} is paid for by its supporters, out of equal shares",
    "fill": "{candidate} fills a place that nobody could pay for",
}
MEASURES: Mapping[str, str] = {
    "sequential_pav": "support, less from ballots that have been served",
    "phragmen": "what each supporter would bear",
    "equal_shares": "price for each supporter",
}


@dataclass(frozen=True)
class StageLine:
    """Where one alternative stood at a stage."""

    name: str
    value: str


@dataclass(frozen=True)
class Stage:
    """One stage of a count: what happened, as a sentence, and the numbers."""

    words: str
    lines: tuple[StageLine, ...]


def stages_of(found: Told, rule: Rule) -> tuple[Stage, ...]:
    """All stages of an item's result; none where nothing was selected."""
    return tuple(_stage(stage, rule) for stage in found.get("stages", ()))


def _stage(told: Told, rule: Rule) -> Stage:
    action = str(told["action"])
    words = WORDS.get(action, action.replace("_", " ")).format_map(told)
    measure = f" ({MEASURES[rule.kind]})" if rule.kind in MEASURES else ""
    quota = f". Quota {told['quota']}" if "quota" in told else ""
    elected = told.get("elected") or []
    reached = f". Elected: {', '.join(elected)}" if elected else ""
    return Stage(f"{words}{measure}{quota}{reached}.", _lines(told))


def _lines(told: Told) -> tuple[StageLine, ...]:
    if "grades" in told:
        return tuple(
            StageLine(name, _grades(told["medians"].get(name), given)) for name, given in told["grades"].items()
        )
    votes = told.get("votes")
    if not isinstance(votes, Mapping):
        return ()
    return tuple(StageLine(name, _value(value)) for name, value in votes.items())


def _grades(middle: str | None, given: Mapping[str, int]) -> str:
    counts = ", ".join(f"{count} x {grade}" for grade, count in sorted(given.items(), key=lambda pair: -int(pair[0])))
    return f"{middle} ({counts})" if middle is not None else "no grade"


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{other} {count}" for other, count in value.items())
    return str(value)
