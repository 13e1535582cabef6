"""Counts held against published libraries, on random ballots with ties, truncation and weights.

`libraries.json` has what pref_voting (Schulze with winning votes, Ranked Pairs, Borda, instant runoff in every way ties can
fall, score) and abcvoting (sequential PAV, sequential Phragmén, Equal Shares, all committees that ties allow) gave for them.
The libraries themselves need 780 MB and stay out. STAR is held against starvote; for majority judgment pref_voting stops at
the first comparison of shares above and below the median, where Balinski and Laraki go on.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from apps.consensus import Row, parse_rule, tally

CASES: list[tuple[str, int, dict[str, int], list[Any], int]] = json.loads(
    (Path(__file__).parent / "libraries.json").read_text()
)["cases"]
BY_LIBRARY = ("schulze", "ranked_pairs", "borda", "irv", "score", "sequential_pav", "phragmen", "equal_shares")


def test_there_are_many_cases_of_every_kind() -> None:
    assert set(Counter(case[0] for case in CASES)) == set(BY_LIBRARY)
    assert min(Counter(case[0] for case in CASES).values()) >= 240


@pytest.mark.parametrize("kind", BY_LIBRARY)
def test_the_library_and_we_choose_the_same(kind: str) -> None:
    """Rules 10.4, 10.5, 12.1, 13.1, 16.1, 17.1, 18.1, 21.1, 22.1, 23.1."""
    for _, number, ballots, expected, seats in (case for case in CASES if case[0] == kind):
        winners, tied = count(kind, number, ballots, seats)
        if seats == 1:
            assert sorted(winners) == expected, ballots
        else:
            assert winners == set.intersection(*map(set, expected)), ballots
            assert winners | tied == set.union(*map(set, expected)), ballots


def count(kind: str, number: int, ballots: dict[str, int], seats: int) -> tuple[set[str], set[str]]:
    """Who is chosen, and who is left tied."""
    places = {"seats": seats} if kind in ("sequential_pav", "phragmen", "equal_shares") else {}
    rule = parse_rule({"version": 1, "method": {"kind": kind, "alternatives": list("ABCDEF"[:number]), **places}})
    rows = [Row("q", "g", str(seat), choice, weight) for seat, (choice, weight) in enumerate(ballots.items())]
    details: dict[str, Any] = tally(rule, rows, {}).item("q").details
    return set(details["winners"]), {name for tied in details["ties"] for name in tied}
