"""Statistics beside a decision, against published figures and slow plain counts."""

import json
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import isclose
from statistics import correlation

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from apps.consensus.shares import decimal_text
from apps.consensus.statistics.agreement import METRICS, gwet_ac1, kendall_w, krippendorff_alpha, mid_ranks
from apps.consensus.statistics.informed import Votes, agrees_significantly, group_informed_consensus, per_group
from apps.consensus.statistics.polarisation import between_groups, mean, polarisation
from tests.consensus.building import DATA

# Krippendorff's example of four observers and twelve units, the last of which nobody but one rated.
TABLE = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
UNITS = [Counter(rating for rating in column if rating is not None) for column in zip(*TABLE, strict=True)]


@pytest.mark.parametrize(
    ("metric", "published"), [("nominal", "0.743"), ("ordinal", "0.815"), ("interval", "0.849"), ("ratio", "0.797")]
)
def test_alpha_of_the_published_example(metric: str, published: str) -> None:
    """Rules 25.1."""
    alpha = krippendorff_alpha(UNITS, metric)
    assert alpha is not None
    assert decimal_text(alpha, 3) == published


def test_ac1_of_the_published_example() -> None:
    """Rules 25.2."""
    found = gwet_ac1(UNITS, 5)
    assert found is not None
    assert decimal_text(found, 5) == "0.77544"


def test_alpha_collapses_where_nearly_all_agree_and_ac1_does_not() -> None:
    """Rules 25.2."""
    units = [Counter({9: 5})] * 19 + [Counter({9: 4, 1: 1})]
    alpha, ac1 = krippendorff_alpha(units), gwet_ac1(units, 9)
    assert alpha is not None
    assert ac1 is not None
    assert alpha < Fraction(1, 10)
    assert ac1 > Fraction(9, 10)


@pytest.mark.parametrize("units", [[], [Counter({3: 1})], [Counter({3: 4}), Counter({3: 2})]])
def test_without_pairs_or_variation_alpha_is_undefined(units: list[Counter[int]]) -> None:
    """Rules 25.3."""
    assert krippendorff_alpha(units) is None


def test_ac1_depends_on_the_declared_categories_not_the_observed() -> None:
    """Rules 25.2."""
    units = [Counter({1: 2, 2: 1}), Counter({2: 3})]
    assert gwet_ac1(units, 2) != gwet_ac1(units, 9)
    assert gwet_ac1([], 9) is None


@given(
    st.lists(st.lists(st.integers(1, 5), min_size=2, max_size=5), min_size=2, max_size=6),
    st.sampled_from(sorted(METRICS)),
)
def test_alpha_against_every_pair_of_ratings(units: list[list[int]], metric: str) -> None:
    """Rules 25.1."""
    counts = [Counter(unit) for unit in units]
    totals = {rating: Fraction(count) for rating, count in sum(counts, Counter[int]()).items()}
    n, distance = sum(totals.values()), METRICS[metric]
    everything = [rating for unit in units for rating in unit]
    expected = sum((distance(a, b, totals) for a, b in combinations(everything, 2)), Fraction(0)) / (n * (n - 1) / 2)
    assume(expected)
    observed = Fraction(0)
    for unit in units:
        pairs = sum((distance(a, b, totals) for a, b in combinations(unit, 2)), Fraction(0))
        observed += len(unit) * pairs / Fraction(len(unit) * (len(unit) - 1), 2)
    assert krippendorff_alpha(counts, metric) == 1 - observed / n / expected


def test_ranks_of_equals_are_shared() -> None:
    """Rules 25.4."""
    assert mid_ranks([5, 7, 5, 1]) == [Fraction(5, 2), Fraction(4), Fraction(5, 2), Fraction(1)]


@pytest.mark.parametrize(
    ("raters", "expected"),
    [
        ([[1, 2, 3], [1, 2, 3]], Fraction(1)),
        ([[1, 2, 3], [3, 2, 1]], Fraction(0)),
        ([[4, 4, 4], [2, 2, 2]], None),
        ([[1, 2, 3]], None),
        ([], None),
    ],
)
def test_concordance_at_its_ends(raters: Sequence[Sequence[int]], expected: Fraction | None) -> None:
    """Rules 25.4."""
    assert kendall_w(raters) == expected


@given(st.integers(2, 5).flatmap(lambda n: st.lists(st.permutations(range(n)), min_size=2, max_size=5)))
def test_concordance_is_the_mean_rank_correlation(raters: list[list[int]]) -> None:
    """Rules 25.4: W = (1 + (m-1) r) / m where r is the mean correlation of ranks, without ties."""
    found, m = kendall_w(raters), len(raters)
    assert found is not None
    pairs = list(combinations(raters, 2))
    r = sum(correlation(a, b) for a, b in pairs) / len(pairs)
    assert isclose(float(found), (1 + (m - 1) * r) / m, abs_tol=1e-9)


def test_polarisation_tells_two_camps_from_one_centre() -> None:
    """Rules 25.5: both have the mean 5."""
    camps, centre = {1: 5, 9: 5}, {5: 10}
    assert mean(camps) == mean(centre) == 5
    assert (polarisation(camps, 1, 9), polarisation(centre, 1, 9)) == (Fraction(1), Fraction(0))
    assert polarisation({}, 1, 9) is None


def test_between_groups_tells_a_divided_house_from_divided_groups() -> None:
    """Rules 25.6."""
    assert between_groups({"A": {9: 4}, "B": {1: 4}}) == 1
    assert between_groups({"A": {9: 2, 1: 2}, "B": {1: 3, 9: 3}}) == 0
    assert between_groups({"A": {5: 4}, "B": {5: 1}}) is None


@given(st.dictionaries(st.integers(1, 9), st.integers(1, 5), min_size=1))
def test_polarisation_is_a_share(ratings: dict[int, int]) -> None:
    """Rules 25.5."""
    found = polarisation(ratings, 1, 9)
    assert found is not None
    assert 0 <= found <= 1


POLIS = DATA / "polis/25ptpt-3gp-no-strict-with-meta/math-pca2.json"


@pytest.mark.skipif(not POLIS.exists(), reason="the published conversation is not here (../shared/data/polis)")
def test_group_informed_consensus_of_a_published_conversation() -> None:
    """Rules 25.7."""
    published = json.loads(POLIS.read_text())
    statements = published["group-aware-consensus"]
    assert len(statements) == 57
    for statement, expected in statements.items():
        groups = [group["votes"][statement] for group in published["group-votes"].values()]
        found = group_informed_consensus(Votes(votes["A"], votes["S"]) for votes in groups)
        assert isclose(float(found), expected, rel_tol=1e-12)


@pytest.mark.skipif(not POLIS.exists(), reason="the published conversation is not here (../shared/data/polis)")
def test_statements_agreed_by_all_are_significant_in_the_published_conversation() -> None:
    """Rules 25.8."""
    for one in json.loads(POLIS.read_text())["consensus"]["agree"]:
        assert isclose(float(Votes(one["n-success"], one["n-trials"]).agreeing), one["p-success"])
        assert agrees_significantly(one["n-success"], one["n-trials"])


def test_a_group_that_has_seen_nothing_contributes_one_half() -> None:
    """Rules 25.7."""
    assert group_informed_consensus([Votes(0, 0), Votes(8, 8)]) == Fraction(9, 20)
    assert str(per_group(Fraction(1, 8), 3)) == "0.500000"


@pytest.mark.parametrize(
    ("agree", "seen", "expected"), [(5, 5, True), (3, 5, False), (0, 0, False), (1, 8, False), (8, 10, True)]
)
def test_significance_is_compared_exactly(agree: int, seen: int, expected: bool) -> None:
    """Rules 25.8."""
    z = 2 * (seen + 1) ** 0.5 * ((agree + 1) / (seen + 1) - 0.5)
    assert agrees_significantly(agree, seen) is expected is (z > 1.2816)
