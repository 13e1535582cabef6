"""The rounds of the demo partnership, by group: agency, providers, frontline, team managers, community, users."""

from collections.abc import Mapping
from typing import Any

import pytest

from apps.consensus import Outcome, Row, Rule, tally
from tests.consensus.building import ALL, HALF, HARMAN, POOLED, at_least, judge, make, rate, rows, vote

SEATS = {"A": 4, "P": 4, "F": 8, "T": 4, "C": 7, "U": 7}
FIVE_OF_SIX = at_least(5)
TWO_THIRDS = {"kind": "majority", "threshold": {"share": "2/3", "strict": False}}
MORE_THAN_TWO_THIRDS = {"kind": "majority", "threshold": {"share": "2/3", "strict": True}}


def six(method: Any, composition: Mapping[str, Any] = ALL) -> Rule:
    return make(method, SEATS, composition, HALF)


def by_group(text: str) -> dict[str, dict[str, int]]:
    """`A 4-0 P 3-1 ...` or `A 4/0/0 ...`."""
    words = text.split()
    return {
        group: rate(votes) if "/" in votes else vote(votes)
        for group, votes in zip(words[::2], words[1::2], strict=True)
    }


@pytest.mark.parametrize(
    ("name", "rule", "votes", "outcome", "concurring"),
    [
        ("R2", six("majority"), "A 4-0 P 4-0 F 8-0 T 4-0 C 7-0 U 7-0", "agreed", "APFTCU"),
        ("R3a", six(HARMAN, FIVE_OF_SIX), "A 4/0/0 P 3/1/0 F 7/1/0 T 2/2/0 C 6/1/0 U 4/2/1", "undecided", "APFC"),
        ("R3b", six(HARMAN, FIVE_OF_SIX), "A 4/0/0 P 3/1/0 F 7/1/0 T 3/1/0 C 6/1/0 U 6/1/0", "agreed", "APFTCU"),
        ("R3 M3", six(HARMAN, FIVE_OF_SIX), "A 3/1/0 P 2/2/0 F 6/1/1 T 3/1/0 C 5/1/1 U 6/1/0", "agreed", "AFTCU"),
        ("R3 V", six(HARMAN, FIVE_OF_SIX), "A 3/1/0 P 4/0/0 F 3/4/1 T 2/2/0 C 7/0/0 U 4/2/1", "undecided", "APC"),
        ("R4", six("majority"), "A 3-1 P 3-0-1 F 6-2 T 3-0-1 C 5-2 U 6-1", "agreed", "APFTCU"),
        ("R5", six("majority"), "A 1-3 P 1-3 F 8-0 T 3-1 C 7-0 U 7-0", "not_agreed", "FTCU"),
        ("R6", six(TWO_THIRDS, POOLED), "A 4-0 P 4-0 F 8-0 T 4-0 C 2-5 U 2-5", "agreed", "APFT"),
        ("R6 out, at least", six(TWO_THIRDS, POOLED), "A 4-0 F 8-0 T 4-0 C 2-5 U 2-5", "agreed", "AFT"),
        ("R6 out, more", six(MORE_THAN_TWO_THIRDS, POOLED), "A 4-0 F 8-0 T 4-0 C 2-5 U 2-5", "not_agreed", "AFT"),
        ("R7", six("majority", POOLED), "A 0-4 P 0-4 F 8-0 T 4-0 C 1-6 U 5-2", "agreed", "FTU"),
        ("R10", six("majority"), "A 2-2 P 1-3 F 7-1 T 3-1 C 6-1 U 7-0", "not_agreed", "FTCU"),
        ("R12", six("majority", FIVE_OF_SIX), "A 2-2 P 3-1 F 8-0 T 4-0 C 7-0 U 7-0", "agreed", "PFTCU"),
    ],
)
def test_the_rounds_of_the_demo(name: str, rule: Rule, votes: str, outcome: str, concurring: str) -> None:
    result = judge(rule, by_group(votes), SEATS)
    assert result.outcome == outcome, name
    assert "".join(result.concurring) == concurring, name


def test_the_pooled_vote_that_carries_over_two_groups_would_fail_under_every_group() -> None:
    votes = by_group("A 4-0 P 4-0 F 8-0 T 4-0 C 2-5 U 2-5")
    pooled, every = judge(six(TWO_THIRDS, POOLED), votes, SEATS), judge(six("majority"), votes, SEATS)
    assert (pooled.outcome, every.outcome) == (Outcome.AGREED, Outcome.NOT_AGREED)
    assert pooled.together.counts["for"] == 24
    assert pooled.together.counts["against"] == 10


def test_an_objection_blocks_and_its_removal_agrees() -> None:
    present = {"A": 4, "P": 3, "F": 7, "T": 4, "C": 6, "U": 6}
    second: dict[str, Mapping[str, int]] = {group: {"consent": count} for group, count in present.items()}
    first = second | {"F": {"consent": 6, "object": 1}}
    rule = six("consent")
    blocked, agreed = judge(rule, first, SEATS), judge(rule, second, SEATS)
    assert (blocked.outcome, agreed.outcome) == (Outcome.BLOCKED, Outcome.AGREED)
    assert blocked.concurring == ("A", "P", "T", "C", "U")
    assert len(agreed.concurring) == 6


def test_the_boundaries_of_the_first_rating_are_exact() -> None:
    result = judge(six(HARMAN, FIVE_OF_SIX), by_group("A 3/1/0 P 2/2/0 F 6/1/1 T 3/1/0 C 5/1/1 U 6/1/0"), SEATS)
    assert str(result.groups["F"].shares["1-3"]) == "1/8"
    assert str(result.groups["C"].shares["1-3"]) == "1/7"
    assert result.groups["F"].concurs
    assert result.groups["C"].concurs
    assert str(result.groups["P"].shares["7-9"]) == "1/2"


def test_many_items_are_counted_in_one_tally_each_for_itself() -> None:
    cast: list[Row] = [*rows("A", vote("4-0"), "V1"), *rows("A", vote("1-3"), "V2")]
    result = tally(make("majority", ["A"]), cast, {"A": 4})
    assert [(one.item, one.outcome.value) for one in result.items] == [("V1", "agreed"), ("V2", "not_agreed")]
