"""Every method of selection on published examples and on small ones worked by hand."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.consensus.building import select

TENNESSEE = {"M>N>C>K": 42, "N>C>K>M": 26, "C>K>N>M": 15, "K>C>N>M": 17}
SCHULZE_45 = {
    "A>C>B>E>D": 5,
    "A>D>E>C>B": 5,
    "B>E>D>A>C": 8,
    "C>A>B>E>D": 3,
    "C>A>E>B>D": 7,
    "C>B>A>D>E": 2,
    "D>C>E>B>A": 7,
    "E>B>A>D>C": 8,
}
PHRAGMEN_1894 = {"A|B|C": 1034, "P|Q|R": 519, "A|B|Q": 90, "A|P|Q": 47}


def winners(kind: str, names: str, ballots: Mapping[str, int], **parameters: Any) -> list[str]:
    found = select(kind, names, ballots, **parameters)["winners"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize(("kind", "expected"), [("borda", "N"), ("schulze", "N"), ("ranked_pairs", "N"), ("irv", "K")])
def test_the_capital_of_tennessee(kind: str, expected: str) -> None:
    """Rules 13.1, 16.1, 17.1, 18.1."""
    assert winners(kind, "MNCK", TENNESSEE) == [expected]


def test_schulzes_own_example_of_45_voters() -> None:
    """Rules 17.1: E wins over strongest paths, though C and others beat some rivals directly."""
    found = select("schulze", "ABCDE", SCHULZE_45)
    assert found["winners"] == ["E"]
    assert found["stages"][0]["votes"]["A"]["D"] == 30
    assert found["stages"][1]["votes"]["E"] == {"A": 25, "B": 28, "C": 28, "D": 31}


def test_phragmens_own_example_of_1894() -> None:
    """Rules 22.1."""
    assert winners("phragmen", "ABCPQR", PHRAGMEN_1894, seats=3) == ["A", "Q", "B"]


def test_a_condorcet_cycle_is_decided_by_the_strongest_contests() -> None:
    """Rules 17.1, 18.1: A beats B 11-5, B beats C 12-4, C beats A 9-7: the weakest contest falls."""
    cycle = {"A>B>C": 7, "B>C>A": 5, "C>A>B": 4}
    assert winners("schulze", "ABC", cycle) == winners("ranked_pairs", "ABC", cycle) == ["A"]


def test_majority_judgment_goes_by_the_middle_grade() -> None:
    """Rules 15.1, 15.2: equal medians are compared after taking one median grade away, again and again."""
    assert winners("majority_judgment", "AB", {"A:5|B:3": 2, "A:0|B:3": 3}) == ["B"]
    found = select("majority_judgment", "AB", {"A:3|B:3": 1, "A:4|B:5": 1, "A:3|B:2": 1, "A:5|B:3": 1})
    assert found["stages"][0]["medians"] == {"A": "3", "B": "3"}
    assert found["winners"] == ["A"]


def test_a_grade_not_given_is_the_lowest_unless_the_rule_excludes_it() -> None:
    """Rules 15.3."""
    ballots = {"A:5": 2, "B:4": 3, "A:4|B:4": 1}
    assert winners("majority_judgment", "AB", ballots) == ["B"]
    assert winners("majority_judgment", "AB", ballots, blank="excluded") == ["A"]


def test_borda_shares_the_points_of_equals_and_of_the_unlisted() -> None:
    """Rules 13.2, 13.3."""
    average = select("borda", "ABCD", {"A>B=C": 1, "D": 1})["stages"][0]["votes"]
    zero = select("borda", "ABCD", {"A>B=C": 1, "D": 1}, truncated="zero")["stages"][0]["votes"]
    assert average == {"A": "4", "B": "5/2", "C": "5/2", "D": "3"}
    assert zero == {"A": "3", "B": "3/2", "C": "3/2", "D": "3"}


def test_approval_and_score_add_up() -> None:
    """Rules 11.1, 12.1, 12.2: a score not given is the lowest."""
    assert select("approval", "ABC", {"A|C": 2, "B": 3, "C": 2})["stages"][0]["votes"] == {"A": "2", "B": "3", "C": "4"}
    assert select("score", "AB", {"A:5|B:1": 1, "B:4": 1}, scale=[1, 5])["stages"][0]["votes"] == {"A": "6", "B": "5"}


def test_star_sends_the_two_highest_sums_to_a_runoff() -> None:
    """Rules 14.1: A leads on points, B is preferred on more ballots."""
    found = select("star", "ABC", {"A:5|B:4|C:0": 2, "A:2|B:3|C:0": 3})
    assert found["winners"] == ["B"]
    assert found["stages"] == [
        {"action": "scores", "votes": {"A": "16", "B": "17", "C": "0"}},
        {"action": "runoff", "votes": {"B": "3", "A": "2"}},
    ]


def test_irv_excludes_the_lowest_until_one_has_more_than_half() -> None:
    """Rules 16.1, 16.2: equal preferences share the paper."""
    stages = select("irv", "ABC", {"A": 4, "B=C": 4, "B": 1, "C": 2})["stages"]
    assert [stage["candidate"] for stage in stages] == [None, "B"]
    assert stages[0]["votes"] == {"A": "4", "B": "3", "C": "4"}
    assert stages[1]["votes"] == {"A": "4", "C": "6"}


def test_sequential_pav_gives_a_second_choice_of_the_same_voters_half() -> None:
    """Rules 21.1."""
    assert select("sequential_pav", "ABC", {"A|B": 5, "C": 3}, seats=2)["ties"] == [["A", "B"]]
    listed = select("sequential_pav", "ABC", {"A|B": 5, "C": 3}, seats=2, tie_break="listed")
    assert listed["winners"] == ["A", "C"]
    assert listed["stages"][1]["votes"] == {"B": "5/2", "C": "3"}


def test_equal_shares_lets_voters_buy_and_fills_up_as_declared() -> None:
    """Rules 23.1, 23.2: six voters share two places; nobody else can buy with what is left."""
    ballots = {"A": 3, "B": 2, "C": 1}
    none = select("equal_shares", "ABC", ballots, seats=2, completion="none")
    full = select("equal_shares", "ABC", ballots, seats=2)
    assert none["winners"] == ["A"]
    assert full["winners"] == ["A", "B"]
    assert [stage["action"] for stage in full["stages"]] == ["buy", "fill"]


@pytest.mark.parametrize("kind", ["sequential_pav", "phragmen", "equal_shares"])
def test_an_alternative_nobody_wants_is_not_chosen_from_approvals(kind: str) -> None:
    """Rules 21.2."""
    assert winners(kind, "ABC", {"A": 3}, seats=2) == ["A"]
