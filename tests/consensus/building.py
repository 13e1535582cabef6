"""Short ways to write rules and ballots in tests."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from hypothesis import settings

from apps.consensus import ItemResult, Row, Rule, parse_rule, tally

settings.register_profile("patient", deadline=None)  # a busy machine is no reason to fail
settings.load_profile("patient")

DATA = Path(__file__).resolve().parents[2] / "../shared/data"

ALL: Mapping[str, Any] = {"kind": "all"}
POOLED: Mapping[str, Any] = {"kind": "pooled"}
HALF = {"share": "1/2", "of": "entitled"}
HARMAN: Mapping[str, Any] = {
    "kind": "rating",
    "scale": [1, 9],
    "criterion": "share",
    "in": [{"range": [7, 9], "at_least": "0.70"}, {"range": [1, 3], "below": "0.15"}],
    "out": [{"range": [1, 3], "at_least": "0.70"}, {"range": [7, 9], "below": "0.15"}],
}


def at_least(n: int) -> dict[str, Any]:
    """The composition `at_least` n groups."""
    return {"kind": "at_least", "n": n}


def document(
    method: Mapping[str, Any] | str = "majority",
    deciding: Iterable[str] = ("A",),
    composition: Mapping[str, Any] = ALL,
    quorum: Mapping[str, Any] | None = None,
    **groups: Any,
) -> dict[str, Any]:
    """A rule.json; `method` may be a bare kind, `groups` adds keys to its groups."""
    body = {"kind": method} if isinstance(method, str) else dict(method)
    made: dict[str, Any] = {
        "version": 1,
        "method": body,
        "groups": {"deciding": list(deciding), "composition": dict(composition), **groups},
    }
    return made | ({"quorum": dict(quorum)} if quorum else {})


def make(*given: Any, **groups: Any) -> Rule:
    """The parsed rule of `document`."""
    return parse_rule(document(*given, **groups))


def rows(group: str, choices: Mapping[str, int] | Iterable[str], item: str = "Q") -> list[Row]:
    """One row per voter of a group: choices as a list, or as a mapping from choice to number of voters."""
    if isinstance(choices, Mapping):
        choices = [choice for choice, count in choices.items() for _ in range(count)]
    return [Row(item, group, f"{group}{number}", choice) for number, choice in enumerate(choices)]


def vote(text: str) -> dict[str, int]:
    """`3-1` for and against, `3-0-1` with abstentions."""
    numbers = [int(number) for number in text.split("-")]
    return dict(zip(("for", "against", "abstain"), numbers, strict=False))


def rate(text: str) -> dict[str, int]:
    """`6/1/1`: so many rate it high (8), middling (5), low (2)."""
    high, middle, low = (int(number) for number in text.split("/"))
    return {"8": high, "5": middle, "2": low}


def judge(rule: Rule, groups: Mapping[str, Mapping[str, int]], entitled: Mapping[str, int] | None = None) -> ItemResult:
    """The result on one item for votes by group. Everybody entitled votes unless `entitled` says more."""
    cast = [row for group, votes in groups.items() for row in rows(group, votes)]
    return tally(rule, cast, entitled or {}, items=["Q"]).item("Q")


def select(kind: str, alternatives: str, ballots: Mapping[str, int], **parameters: Any) -> dict[str, Any]:
    """The JSON of a selection among one-letter alternatives by one group of voters."""
    method = {"kind": kind, "alternatives": list(alternatives), **parameters}
    counted = [Row("Q", "A", f"a{number}", choice, weight) for number, (choice, weight) in enumerate(ballots.items())]
    found: dict[str, Any] = tally(make(method, ["A"], POOLED), counted, {}).item("Q").to_json()
    return found
