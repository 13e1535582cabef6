"""Quorum, absent groups, compositions, and the order in which outcomes are tried."""

import hashlib
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.errors import Invalid
from apps.consensus import GroupInfo, Outcome, Row, ballots_sha256, explain, explain_together, tally
from tests.consensus.building import ALL, HALF, HARMAN, POOLED, at_least, judge, make, rate, rows, vote

WEIGHTED = {"kind": "weighted", "pooled": "0.60", "each": "0.40"}


def test_quorum_is_the_share_of_entitled_seats_that_took_part() -> None:
    """Rules 3.2: abstaining is taking part; two of four is half."""
    rule = make("majority", "A", ALL, HALF)
    assert judge(rule, {"A": vote("2-0")}, {"A": 4}).outcome == "agreed"
    assert judge(rule, {"A": vote("1-0-1")}, {"A": 4}).outcome == "agreed"
    assert judge(rule, {"A": vote("2-0")}, {"A": 5}).outcome == "inquorate"


def test_a_group_below_quorum_does_not_concur_even_if_all_who_came_agree() -> None:
    """Rules 3.3."""
    rule = make("majority", "AB", at_least(1), HALF)
    result = judge(rule, {"A": vote("1-0"), "B": vote("3-1")}, {"A": 4, "B": 4})
    assert result.concurring == ("B",)
    assert result.outcome == "agreed"
    assert result.groups["A"].why.startswith("Below quorum (1 of 4 seats, at least one half needed)")


@pytest.mark.parametrize(("n", "expected"), [(1, "not_agreed"), (2, "inquorate")])
def test_inquorate_only_if_too_few_quorate_groups_remain(n: int, expected: str) -> None:
    """Rules 3.4."""
    rule = make("majority", "AB", at_least(n), HALF)
    assert judge(rule, {"A": vote("1-0"), "B": vote("1-3")}, {"A": 4, "B": 4}).outcome == expected


def test_under_every_group_one_without_quorum_is_enough_to_be_inquorate() -> None:
    """Rules 3.4."""
    rule = make("majority", "AB", ALL, HALF)
    result = judge(rule, {"A": vote("4-0"), "B": vote("0-1")}, {"A": 4, "B": 4})
    assert result.outcome == "inquorate"
    assert "B 1 of 4 seats" in result.reason


def test_under_pooled_the_quorum_is_that_of_all_together() -> None:
    """Rules 3.5: nobody of B is needed."""
    rule = make("majority", "AB", POOLED, HALF)
    assert judge(rule, {"A": vote("4-0")}, {"A": 4, "B": 4}).outcome == "agreed"
    assert judge(rule, {"A": vote("4-0")}, {"A": 4, "B": 5}).outcome == "inquorate"


def test_pooled_counts_every_ballot_in_the_file() -> None:
    """Rules 3.6."""
    votes = {"A": vote("2-1"), "X": vote("0-5")}
    assert judge(make("majority", "A", POOLED), votes).outcome == "not_agreed"
    outside = judge(make("majority", "A"), votes)
    assert outside.outcome == "agreed"
    assert outside.others["X"].counts["against"] == 5
    assert list(outside.groups) == ["A"]


@pytest.mark.parametrize("composition", [ALL, at_least(2), WEIGHTED])
@pytest.mark.parametrize("seats", [{"A": 4, "B": 4}, {"A": 4, "B": 0}, {"A": 4}])
def test_an_absent_group_never_agrees(composition: Mapping[str, object], seats: Mapping[str, int]) -> None:
    """Rules 3.7."""
    result = judge(make("majority", "AB", composition), {"A": vote("4-0")}, seats)
    assert result.outcome == "not_agreed"
    assert result.groups["B"].concurs is False
    assert result.groups["B"].shares["for"] is None


def test_an_absent_group_is_left_out_where_the_rule_says_so() -> None:
    """Rules 3.8."""
    rule = make("majority", "AB", ALL, HALF, absent="excluded")
    result = judge(rule, {"A": vote("4-0")}, {"A": 4, "B": 4})
    assert result.outcome == "agreed"
    assert not result.groups["B"].concurs
    assert "left out: B" in result.reason


def test_if_every_group_is_absent_nothing_is_agreed() -> None:
    """Rules 3.8."""
    for absent, expected in (("excluded", "inquorate"), ("not_concurring", "not_agreed")):
        result = judge(make("majority", "AB", absent=absent), {}, {"A": 4, "B": 4})
        assert result.outcome == expected


def test_an_absent_group_leaves_a_rating_undecided() -> None:
    """Rules 3.7, 7.6."""
    result = judge(make(HARMAN, "AB"), {"A": rate("4/0/0")}, {"A": 4, "B": 4})
    assert result.outcome == "undecided"


def test_weighted_looks_at_all_persons_and_at_each_group() -> None:
    """Rules 3.9: 72 to 30 of all is enough for 60/40/40, and would fail with every group's own majority."""
    votes = {"unionist": vote("29-30"), "nationalist": vote("39-0"), "other": vote("4-0")}
    designations = ["unionist", "nationalist"]
    assert judge(make("majority", designations, WEIGHTED), votes).outcome == "agreed"
    assert judge(make("majority", designations), votes).outcome == "not_agreed"


def test_weighted_is_exact_at_both_limits() -> None:
    """Rules 3.9."""
    rule = make("majority", "AB", WEIGHTED)
    assert judge(rule, {"A": vote("4-6"), "B": vote("8-2")}).outcome == "agreed"
    assert judge(rule, {"A": vote("3-6"), "B": vote("9-1")}).outcome == "not_agreed"
    assert judge(rule, {"A": vote("4-6"), "B": vote("7-3")}).outcome == "not_agreed"


def test_the_first_outcome_that_applies_is_taken() -> None:
    """Rules 3.10: inquorate before blocked, blocked before not agreed."""
    rule = make("consensus", "AB", ALL, HALF)
    block = {"block": 1, "stand_aside": 3}
    assert judge(rule, {"A": block, "B": {"consent": 1}}, {"A": 4, "B": 4}).outcome == "inquorate"
    assert judge(rule, {"A": block, "B": {"consent": 4}}, {"A": 4, "B": 4}).outcome == "blocked"
    assert judge(rule, {"A": {"stand_aside": 4}, "B": {"consent": 4}}, {"A": 4, "B": 4}).outcome == "not_agreed"


def test_an_item_nobody_voted_on_is_reported_when_asked_for() -> None:
    """Rules 3.11."""
    result = tally(make("majority", "A", ALL, HALF), [], {"A": 4}, items=["Q"])
    assert result.item("Q").outcome is Outcome.INQUORATE
    assert tally(make("majority"), [], {}).items == ()


def test_reasons_call_groups_by_the_names_given() -> None:
    """Rules 3.12."""
    result = tally(
        make("majority", "AB"), rows("A", vote("4-0")), {"A": 4, "B": 4}, names={"A": "Agency", "B": "Community"}
    )
    assert result.item("Q").reason == "Every deciding group must agree: 1 of 2 does, not Community."


def test_without_a_list_of_seats_those_in_the_ballots_are_entitled() -> None:
    """Rules 2.6: over all items together."""
    cast = [*rows("A", vote("1-0"), "first"), *rows("A", vote("4-0"), "second")]
    result = tally(make("majority", "A", ALL, HALF), cast, {})
    assert [one.outcome.value for one in result.items] == ["inquorate", "agreed"]
    assert result.item("first").groups["A"].counts["entitled"] == 4


@pytest.mark.parametrize(
    ("cast", "entitled", "code"),
    [
        ([Row("Q", "B", "b1", "for")], {"A": 3}, "entitled.unknown_group"),
        (rows("A", vote("3-1")), {"A": 3}, "entitled.too_many_ballots"),
        ([Row("Q", "A", "a1", "for"), Row("Q", "A", "a1", "against")], {}, "ballot.two_choices"),
        ([Row("Q", "A", "a1", "for", 0)], {}, "ballot.bad_weight"),
        ([Row("Q", "A", "a1", "perhaps")], {}, "ballot.unknown_choice"),
    ],
)
def test_rows_that_cannot_be_ballots_are_refused(cast: list[Row], entitled: dict[str, int], code: str) -> None:
    """Rules 2.2, 2.4, 2.5, 2.7."""
    with pytest.raises(Invalid) as refused:
        tally(make("majority", "A"), cast, entitled)
    assert refused.value.code == code


WORDS = st.sampled_from(["for", "against", ""])
CAST = st.lists(
    st.builds(Row, st.sampled_from(["Q", "P"]), st.sampled_from("AB"), st.sampled_from("123456"), WORDS, st.just(1)),
    unique_by=lambda row: row[:3],
)


@given(CAST, st.randoms())
def test_the_order_of_the_rows_does_not_matter(cast: list[Row], chance: object) -> None:
    """Rules 2.8."""
    shuffled = list(cast)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    rule = make("majority", "AB", ALL, HALF)
    assert tally(rule, cast, {}).to_json() == tally(rule, shuffled, {}).to_json()


@given(CAST, st.integers(2, 4))
def test_a_weight_is_that_many_identical_rows(cast: list[Row], times: int) -> None:
    """Rules 2.4, 2.8."""
    rule = make("majority", "AB", ALL, HALF)
    weighted = [row._replace(weight=times) for row in cast]
    repeated = [row for row in cast for _ in range(times)]
    assert tally(rule, weighted, {}).to_json() == tally(rule, repeated, {}).to_json()
    assert ballots_sha256(weighted) == ballots_sha256(repeated)


@given(CAST, st.sampled_from([ALL, at_least(1), at_least(2), POOLED]))
def test_seats_are_anonymous(cast: list[Row], composition: Mapping[str, object]) -> None:
    """Rules 2.9."""
    rule = make("majority", "AB", composition)
    renamed = [row._replace(seat=f"renamed {row.seat}") for row in cast]
    assert tally(rule, cast, {}).to_json()["items"] == tally(rule, renamed, {}).to_json()["items"]


def test_a_rule_is_said_in_numbers_of_people() -> None:
    """Rules 3.13."""
    groups = {"P": GroupInfo("Providers", 4), "F": GroupInfo("Frontline staff", 8)}
    rule = make(HARMAN, "PF", at_least(1), HALF)
    assert explain(rule, groups) == [
        "Providers (4 seats): if all 4 rate it, at least 3 must rate it 7-9 and nobody may rate it 1-3 "
        "(a single rating of 1-3 is a veto here); at least 2 of 4 must take part.",
        "Frontline staff (8 seats): if all 8 rate it, at least 6 must rate it 7-9 and at most 1 may rate it 1-3; "
        "at least 4 of 8 must take part.",
    ]
    assert explain_together(rule, groups) == "It is agreed when at least 1 of the 2 groups agree."


@pytest.mark.parametrize(
    ("method", "composition", "sentence"),
    [
        ("majority", ALL, "Team (1 seat): if all 1 vote, at least 1 must be for it."),
        ("majority", POOLED, "Team (1 seat): its votes count among all 1."),
        ("majority", WEIGHTED, "Team (1 seat): if all 1 vote, at least 1 must support it."),
        ("consent", ALL, "Team (1 seat): no objection may stand, and at least one must consent."),
        ("consensus", ALL, "Team (1 seat): if all 1 answer, at least 1 must actively consent."),
    ],
)
def test_every_kind_and_composition_has_its_sentence(
    method: str, composition: Mapping[str, object], sentence: str
) -> None:
    """Rules 3.13."""
    rule = make(method, "A", composition)
    assert explain(rule, {"A": GroupInfo("Team", 1)}) == [sentence]
    assert explain_together(rule, {"A": GroupInfo("Team", 1)}).endswith(".")


@given(st.integers(1, 12), st.integers(0, 12))
def test_the_number_of_people_a_rule_names_is_the_number_that_carries(seats: int, high: int) -> None:
    """Rules 3.13: what is said in people is what is counted."""
    high = min(high, seats)
    rule = make(HARMAN, "A")
    sentence = explain(rule, {"A": GroupInfo("A", seats)})[0]
    needed = int(sentence.split("at least ")[1].split()[0])
    result = judge(rule, {"A": {"8": high, "5": seats - high}})
    assert (result.outcome == "agreed") is (high >= needed)


def test_the_fingerprint_can_be_computed_by_anybody() -> None:
    """Rules 2.8: rows sorted, merged, as lines of CSV, in UTF-8."""
    cast = [
        Row("Q", "B", "b1", "for"),
        Row("Q", "A", 'a,"1"', "against"),
        Row("Q", "A", "é", "", 2),
        Row("Q", "B", "b1", "for", 4),
    ]
    lines = 'Q,A,"a,""1""",against,1\nQ,A,é,,2\nQ,B,b1,for,5\n'
    assert ballots_sha256(cast) == hashlib.sha256("".join(sorted(lines.splitlines(keepends=True))).encode()).hexdigest()


def test_the_limits_of_consensus_are_said_beside_the_composition() -> None:
    """Rules 3.13."""
    rule = make({"kind": "consensus", "blocks": 1, "stand_asides": "1/4"}, "AB")
    limits = "with at most 1 block and at most one quarter standing aside"
    assert explain_together(rule, {}) == f"It is agreed when all 2 groups agree, {limits}."
