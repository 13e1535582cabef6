"""Majority, consensus and consent: boundaries, denominators, who stands in the way."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.errors import Invalid
from apps.consensus import choices, valid_choice
from apps.consensus.methods.majority import Threshold
from tests.consensus.building import ALL, POOLED, at_least, judge, make, vote


def majority(**threshold: Any) -> dict[str, Any]:
    return {"kind": "majority", "threshold": threshold}


def outcome(method: Mapping[str, Any] | str, votes: Mapping[str, int], seats: int | None = None) -> str:
    """The outcome of one group's vote."""
    entitled = None if seats is None else {"A": seats}
    return judge(make(method), {"A": votes}, entitled).outcome.value


def test_a_tie_is_not_concurrence() -> None:
    """Rules 4.1."""
    result = judge(make("majority"), {"A": vote("11-11")})
    assert result.outcome == "not_agreed"
    assert "A tie is not a yes." in result.groups["A"].why


@pytest.mark.parametrize(
    ("threshold", "votes", "agreed"),
    [
        ({"share": "2/3", "strict": False}, "2-1", True),
        ({"share": "2/3", "strict": True}, "2-1", False),
        ({"share": "2/3", "strict": False}, "20-10", True),
        ({"share": "3/4", "strict": False}, "6-2", True),
        ({"share": "3/4", "strict": True}, "6-2", False),
        ({"share": "1/2", "strict": False}, "2-2", True),
        ({"share": "1/2", "strict": True}, "2-1", True),
        ({"share": "1", "strict": False}, "5-0", True),
        ({"share": "1", "strict": False}, "5-1", False),
    ],
)
def test_the_boundary_is_exact_and_says_whether_it_is_reached(threshold: Any, votes: str, agreed: bool) -> None:
    """Rules 4.2: two thirds of three is two."""
    assert (outcome(majority(**threshold), vote(votes)) == "agreed") is agreed


@pytest.mark.parametrize(("of", "agreed"), [("cast", True), ("present", False), ("entitled", False)])
def test_the_denominator_decides_who_counts(of: str, agreed: bool) -> None:
    """Rules 4.3: 3 for, 2 against, 2 abstained, of 10 seats."""
    assert (outcome(majority(of=of), vote("3-2-2"), 10) == "agreed") is agreed


def test_present_counts_those_who_abstain_and_cast_does_not() -> None:
    """Rules 3.1."""
    counts = judge(make("majority"), {"A": {"for": 3, "abstain": 1, "": 1}}, {"A": 9}).groups["A"].counts
    assert counts == {"for": 3, "against": 0, "abstain": 2, "present": 5, "cast": 3, "entitled": 9}


def test_nobody_in_favour_never_carries() -> None:
    """Rules 4.4."""
    assert outcome(majority(share="0", strict=False), vote("0-0-3")) == "not_agreed"
    assert outcome(majority(share="0", strict=False), vote("0-3")) == "not_agreed"


@given(st.integers(1, 200), st.fractions(min_value=0, max_value=1, max_denominator=100), st.booleans())
def test_the_least_number_that_carries_is_the_least(whole: int, share: Any, strict: bool) -> None:
    """Rules 4.5."""
    threshold = Threshold(share, strict)
    least = threshold.least(whole)
    assert not threshold.reached(least - 1, whole)
    assert threshold.reached(least, whole) or least > whole


@pytest.mark.parametrize(
    ("method", "votes", "expected"),
    [
        ({}, {"consent": 5}, "agreed"),
        ({}, {"consent": 5, "stand_aside": 1}, "agreed_with_reservations"),
        ({}, {"consent": 5, "block": 1}, "blocked"),
        ({"blocks": 1}, {"consent": 5, "block": 1}, "agreed"),
        ({"blocks": 1}, {"consent": 5, "block": 2}, "blocked"),
        ({}, {"consent": 2, "stand_aside": 2}, "agreed_with_reservations"),
        ({}, {"consent": 2, "stand_aside": 3}, "not_agreed"),
        ({"stand_asides": "1/4"}, {"consent": 6, "stand_aside": 2}, "agreed_with_reservations"),
        ({"stand_asides": "1/4"}, {"consent": 5, "stand_aside": 2}, "not_agreed"),
        ({"stand_asides": "0"}, {"consent": 6, "stand_aside": 1}, "not_agreed"),
        ({"active": "0"}, {"stand_aside": 3}, "not_agreed"),
        ({"active": "0"}, {"abstain": 3}, "not_agreed"),
        ({}, {"consent": 1, "abstain": 9}, "agreed"),
        ({}, {"stand_aside": 3, "block": 1}, "blocked"),
    ],
)
def test_consensus_minus_n(method: dict[str, Any], votes: Mapping[str, int], expected: str) -> None:
    """Rules 5.1, 5.2, 5.3, 5.4."""
    assert outcome({"kind": "consensus", **method}, votes) == expected


def test_limits_of_consensus_are_counted_over_all_deciding_groups() -> None:
    """Rules 5.5: one block in each of two groups is two blocks."""
    rule = make({"kind": "consensus", "blocks": 1}, "AB")
    one = {"consent": 4, "block": 1}
    assert judge(rule, {"A": one, "B": {"consent": 5}}).outcome == "agreed"
    assert judge(rule, {"A": one, "B": one}).outcome == "blocked"


def test_a_block_outside_the_deciding_groups_counts_only_when_persons_are_pooled() -> None:
    """Rules 5.5, 3.6."""
    votes = {"A": {"consent": 4}, "X": {"block": 1}}
    assert judge(make("consensus", "A"), votes).outcome == "agreed"
    assert judge(make("consensus", "A", POOLED), votes).outcome == "blocked"


def test_a_group_too_cool_to_consent_does_not_concur() -> None:
    """Rules 5.3."""
    result = judge(make("consensus", "AB", at_least(1)), {"A": {"consent": 3}, "B": {"consent": 1, "stand_aside": 2}})
    assert result.concurring == ("A",)
    assert result.outcome == "agreed_with_reservations"


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        ({"consent": 4}, "agreed"),
        ({"consent": 1, "abstain": 3}, "agreed"),
        ({"consent": 4, "object": 1}, "blocked"),
        ({"consent": 4, "overruled": 1}, "agreed"),
        ({"abstain": 4}, "not_agreed"),
        ({"overruled": 1, "abstain": 4}, "not_agreed"),
        ({"object": 1}, "blocked"),
    ],
)
def test_consent_is_the_absence_of_a_standing_objection_and_somebody_consenting(
    votes: Mapping[str, int], expected: str
) -> None:
    """Rules 6.1, 6.2, 6.3."""
    assert outcome("consent", votes) == expected


def test_under_consent_an_objection_stops_its_own_group() -> None:
    """Rules 6.4."""
    votes: dict[str, Mapping[str, int]] = {"A": {"consent": 4}, "B": {"consent": 3, "object": 1}, "C": {"consent": 1}}
    assert judge(make("consent", "ABC"), votes).outcome == "blocked"
    assert judge(make("consent", "ABC", at_least(2)), votes).outcome == "agreed"
    assert judge(make("consent", "ABC", POOLED), votes).outcome == "blocked"


def test_a_voter_cannot_rule_an_objection_invalid() -> None:
    """Rules 6.5."""
    with pytest.raises(Invalid) as refused:
        valid_choice(make("consent"), "overruled")
    assert refused.value.code == "ballot.unknown_choice"
    assert choices(make("consent")) == ("consent", "object", "abstain")


@pytest.mark.parametrize("kind", ["majority", "consensus", "consent"])
def test_every_choice_offered_is_valid_and_blank_is_abstain(kind: str) -> None:
    """Rules 2.3."""
    rule = make(kind)
    assert [valid_choice(rule, choice) for choice in choices(rule)] == list(choices(rule))
    assert valid_choice(rule, "") == valid_choice(rule, " abstain ") == "abstain"


@pytest.mark.parametrize("choice", ["yes", "For", "for,", "unable", "7"])
def test_a_choice_that_is_not_offered_is_refused(choice: str) -> None:
    """Rules 2.3."""
    with pytest.raises(Invalid) as refused:
        valid_choice(make("majority", "A", ALL), choice)
    assert refused.value.code == "ballot.unknown_choice"
    assert choice in refused.value.message


@given(st.dictionaries(st.sampled_from("ABC"), st.tuples(*[st.integers(0, 5)] * 2), min_size=3), st.sampled_from("ABC"))
def test_one_more_vote_for_it_never_undoes_an_agreement(votes: dict[str, tuple[int, int]], group: str) -> None:
    """Rules 4.6."""
    rule = make(majority(share="2/3", strict=False), "ABC")
    before = {name: {"for": yes, "against": no} for name, (yes, no) in votes.items()}
    after = before | {group: {**before[group], "for": before[group]["for"] + 1}}
    if judge(rule, before).outcome == "agreed":
        assert judge(rule, after).outcome == "agreed"
