"""Ratings by share, by the RAND/UCLA method and by median, against the published constants."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations_with_replacement, groupby
from math import comb
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.errors import Invalid
from apps.consensus import choices, valid_choice
from apps.consensus.methods.quantiles import median, sas5, type6, type7
from apps.consensus.methods.ram import Ram, split_by_table, split_by_thirds, spread
from apps.consensus.methods.scales import ONE_TO_NINE, Ratings
from tests.consensus.building import HARMAN, POOLED, at_least, judge, make

RAM = {"kind": "rating", "scale": [1, 9], "criterion": "ram"}


def counted(values: tuple[int, ...]) -> Ratings:
    """Ratings from a sorted list of them."""
    return tuple((value, len(list(same))) for value, same in groupby(sorted(values)))


def panel(text: str) -> dict[str, int]:
    """Votes of a panel from its digits."""
    return {digit: text.count(digit) for digit in sorted(set(text))}


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        ({"8": 14, "5": 3, "2": 3}, "undecided"),
        ({"8": 18, "2": 3}, "agreed"),
        ({"8": 7, "5": 3}, "agreed"),
        ({"8": 69, "5": 31}, "undecided"),
        ({"2": 7, "5": 3}, "not_agreed"),
        ({"2": 17, "8": 3}, "undecided"),
    ],
)
def test_in_and_out_are_exact_at_their_limits(votes: Mapping[str, int], expected: str) -> None:
    """Rules 7.1, 7.2, 7.3: 3 of 20 is not below 15 %; 7 of 10 is 70 %."""
    assert judge(make(HARMAN), {"A": votes}).outcome == expected


@pytest.mark.parametrize(
    ("unable", "expected", "share"), [("excluded", "agreed", "172/209"), ("in_denominator", "undecided", "172/211")]
)
def test_those_unable_to_score_count_where_the_rule_says_so(unable: str, expected: str, share: str) -> None:
    """Rules 7.4: 172 of 211 is 81.5 %, 172 of 209 is 82.3 %."""
    limits = [{"range": [7, 9], "at_least": "0.82"}]
    rule = make({"kind": "rating", "in": limits, "unable": unable})
    result = judge(rule, {"A": {"8": 172, "5": 37, "unable": 2, "abstain": 5}})
    assert (result.outcome, str(result.groups["A"].shares["7-9"])) == (expected, share)


def test_out_may_be_what_few_want_instead_of_what_many_reject() -> None:
    """Rules 7.5: at most half rate it 7-9, in each group."""
    few = {"kind": "rating", "in": HARMAN["in"], "out": [{"range": [7, 9], "at_most": "1/2"}]}
    assert judge(make(few, "AB"), {"A": {"8": 2, "5": 2}, "B": {"5": 3}}).outcome == "not_agreed"
    assert judge(make(few, "AB"), {"A": {"8": 3, "5": 2}, "B": {"5": 3}}).outcome == "undecided"


def test_out_needs_the_same_composition_as_in() -> None:
    """Rules 7.6."""
    votes = {"A": {"2": 5}, "B": {"2": 5}, "C": {"8": 5}}
    assert judge(make(HARMAN, "ABC"), votes).outcome == "undecided"
    assert judge(make(HARMAN, "ABC", at_least(2)), votes).outcome == "not_agreed"
    assert judge(make(HARMAN, "ABC", POOLED), votes).outcome == "undecided"


def test_a_rating_is_a_whole_number_on_the_scale() -> None:
    """Rules 7.7."""
    rule = make(HARMAN)
    assert choices(rule) == ("1", "2", "3", "4", "5", "6", "7", "8", "9", "unable", "abstain")
    for wrong in ("0", "10", "7.0", "07", "+7", "seven", "７", "-0"):
        with pytest.raises(Invalid):
            valid_choice(rule, wrong)


def test_the_middle_rating_of_an_even_panel_is_halved() -> None:
    """Rules 9.1."""
    result = judge(make({"kind": "rating", "criterion": "median", "at_least": "6.5"}), {"A": panel("6789")})
    assert result.details["median"] == "7.5"
    assert median(counted((6, 7))) == Fraction(13, 2)


@pytest.mark.parametrize(("ratings", "expected"), [("67", "agreed"), ("66", "not_agreed"), ("", "not_agreed")])
def test_the_median_must_reach_its_limit(ratings: str, expected: str) -> None:
    """Rules 9.1, 9.2."""
    rule = make({"kind": "rating", "criterion": "median", "at_least": "6.5"})
    assert judge(rule, {"A": panel(ratings)}, {"A": 4}).outcome == expected


@pytest.mark.parametrize(
    ("values", "p", "seven", "six", "five"),
    [
        ((1, 2, 3, 4, 5, 6, 7, 8, 9), "3/10", "17/5", "3", "3"),
        ((1, 2, 3, 4, 5, 6, 7, 8, 9), "7/10", "33/5", "7", "7"),
        ((1, 1, 2, 5, 5, 5, 8, 9, 9, 9), "3/10", "41/10", "29/10", "7/2"),
        ((4,), "3/10", "4", "4", "4"),
        ((1, 9), "7/10", "33/5", "9", "9"),
    ],
)
def test_three_definitions_of_a_percentile(values: tuple[int, ...], p: str, seven: str, six: str, five: str) -> None:
    """Rules 8.3."""
    ratings, at = counted(values), Fraction(p)
    assert (str(type7(ratings, at)), str(type6(ratings, at)), str(sas5(ratings, at))) == (seven, six, five)


def test_the_published_table_of_disagreement() -> None:
    """Rules 8.2: 3 for 8-10, 4 for 11-13, 5 for 14-16."""
    table = dict.fromkeys((8, 9, 10), 3) | dict.fromkeys((11, 12, 13), 4) | dict.fromkeys((14, 15, 16), 5)
    for n, k in table.items():
        assert split_by_table(k, k, n)
        assert not split_by_table(k - 1, n, n)


def test_ten_panellists_tell_the_table_from_the_third() -> None:
    """Rules 8.2: three on each side disagree by the table, four are a third."""
    assert split_by_table(3, 3, 10)
    assert not split_by_thirds(3, 3, 10)
    assert split_by_thirds(4, 4, 10)


def test_outside_the_published_table_is_marked() -> None:
    """Rules 8.4."""
    rule = make({**RAM, "disagreement": "table"})
    assert judge(rule, {"A": panel("1119999")}).details["note"] == "outside published table"
    assert judge(rule, {"A": panel("1119999")}).details["disagreement"] is True
    assert "note" not in judge(rule, {"A": panel("11199999")}).details


@pytest.mark.parametrize(
    ("ratings", "expected", "outcome"),
    [
        ("777888999", {"median": "8", "ipr": "1.2", "disagreement": False, "class": "appropriate"}, "agreed"),
        ("111222333", {"median": "2", "disagreement": False, "class": "inappropriate"}, "not_agreed"),
        ("111555999", {"median": "5", "disagreement": True, "class": "uncertain"}, "undecided"),
        ("666777", {"median": "6.5", "class": "appropriate"}, "agreed"),
        ("333444", {"median": "3.5", "class": "uncertain"}, "undecided"),
        ("3", {"median": "3", "class": "inappropriate"}, "not_agreed"),
        ("", {"median": None, "class": None, "disagreement": None}, "undecided"),
    ],
)
def test_the_median_places_an_item_unless_the_panel_disagrees(
    ratings: str, expected: dict[str, Any], outcome: str
) -> None:
    """Rules 8.1, 8.5, 8.6."""
    result = judge(make(RAM), {"A": panel(ratings)}, {"A": 12})
    assert result.outcome == outcome
    assert {key: result.details[key] for key in expected} == expected


def test_the_range_adjusted_for_symmetry_grows_from_2_35_at_the_centre() -> None:
    """Rules 8.1."""
    found = spread(counted((5, 5, 5)), "type7", ONE_TO_NINE)
    assert (found.ipr, found.ipras) == (Fraction(0), Fraction("2.35"))
    assert spread(counted((9, 9, 9)), "type7", ONE_TO_NINE).ipras == Fraction("8.35")


def test_the_published_counts_over_all_panels_of_nine() -> None:
    """Rules 8.3: of 24,310 panels 3,238 depend on the percentile; the table and IPRAS (type 7) disagree on 1,818."""
    panels = [counted(values) for values in combinations_with_replacement(range(1, 10), 9)]
    verdicts = [[spread(one, name, ONE_TO_NINE).disagrees for name in ("type7", "sas5", "type6")] for one in panels]
    table = [Ram("table").disagrees(one, spread(one, "type7", ONE_TO_NINE)) for one in panels]
    assert len(panels) == comb(17, 8) == 24_310
    assert sum(len(set(three)) > 1 for three in verdicts) == 3_238
    assert sum(three[0] is not classic for three, classic in zip(verdicts, table, strict=True)) == 1_818


@given(st.lists(st.integers(1, 9), min_size=1, max_size=30), st.sampled_from([type6, type7, sas5]))
def test_a_percentile_lies_within_the_ratings_and_mirrors(values: list[int], quantile: Any) -> None:
    """Rules 8.3: turning the scale round turns the percentiles round."""
    ratings, mirrored = counted(tuple(values)), counted(tuple(10 - value for value in values))
    low, high = quantile(ratings, Fraction(3, 10)), quantile(ratings, Fraction(7, 10))
    assert min(values) <= low <= high <= max(values)
    assert quantile(mirrored, Fraction(7, 10)) == 10 - low


@given(st.dictionaries(st.integers(1, 9).map(str), st.integers(0, 6), min_size=1), st.integers(0, 3))
def test_a_higher_rating_never_turns_in_to_something_else(votes: dict[str, int], unable: int) -> None:
    """Rules 7.8."""
    before: Mapping[str, int] = votes | {"unable": unable}
    raised = dict(before) | {"9": before.get("9", 0) + 1}
    if judge(make(HARMAN), {"A": before}, {"A": 99}).outcome == "agreed":
        assert judge(make(HARMAN), {"A": raised}, {"A": 99}).outcome == "agreed"
