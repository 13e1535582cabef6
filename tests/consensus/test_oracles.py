"""The counts held against slow, plain counts written another way, and against a library for STAR, on random ballots with ties."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise, permutations, product
from typing import Any

import starvote
from hypothesis import given, settings

from tests.consensus.ballots_of import approvals, duels, positions, profiles, rankings, scores, strict_orders
from tests.consensus.building import select

NAMES = "ABCD"
MANY = settings(max_examples=300, deadline=None)


def widest(beats: Mapping[tuple[str, str], int], start: str, end: str) -> int:
    """The strongest path, by trying every path."""
    found = 0
    others = [name for name in NAMES if name not in (start, end)]
    for length in range(len(others) + 1):
        for middle in permutations(others, length):
            way = (start, *middle, end)
            steps = list(pairwise(way))
            if all(beats[a, b] > beats[b, a] for a, b in steps):
                found = max(found, min(beats[step] for step in steps))
    return found


@MANY
@given(profiles(rankings()))
def test_schulze_against_every_path(ballots: dict[str, int]) -> None:
    """Rules 17.1, 17.2."""
    beats = duels(ballots, NAMES)
    expected = [a for a in NAMES if all(widest(beats, a, b) >= widest(beats, b, a) for b in NAMES if b != a)]
    assert select("schulze", NAMES, ballots)["winners"] == expected


def reaches(locked: set[tuple[str, str]], start: str, end: str) -> bool:
    return start == end or any(reaches(locked, b, end) for a, b in locked if a == start)


@settings(max_examples=300, deadline=None)
@given(profiles(rankings(), most=6, weight=3))
def test_ranked_pairs_against_every_order_of_equal_contests(ballots: dict[str, int]) -> None:
    """Rules 18.1, 18.2."""
    beats = duels(ballots, NAMES)
    levels: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for a, b in permutations(NAMES, 2):
        if beats[a, b] > beats[b, a]:
            levels.setdefault((-beats[a, b], beats[b, a]), []).append((a, b))
    expected: set[str] = set()
    for orders in product(*(list(permutations(levels[level])) for level in sorted(levels))):
        locked: set[tuple[str, str]] = set()
        for contest in (contest for order in orders for contest in order):
            if not reaches(locked, contest[1], contest[0]):
                locked.add(contest)
        expected |= {name for name in NAMES if all(loser != name for _, loser in locked)}
    assert select("ranked_pairs", NAMES, ballots)["winners"] == sorted(expected)


def runoff(ballots: list[tuple[tuple[str, ...], Fraction]], left: frozenset[str]) -> set[str]:
    """Who can win an instant runoff, excluding any of those tied for last."""
    votes = dict.fromkeys(left, Fraction(0))
    for order, weight in ballots:
        first = next((name for name in order if name in left), None)
        if first:
            votes[first] += weight
    if 2 * max(votes.values()) > sum(votes.values()) or len(left) == 1:
        return {max(sorted(votes), key=lambda name: votes[name])}
    low = min(votes.values())
    return set().union(*(runoff(ballots, left - {name}) for name in left if votes[name] == low))


@MANY
@given(profiles(rankings()))
def test_instant_runoff_against_every_way_ties_can_fall(ballots: dict[str, int]) -> None:
    """Rules 16.1, 16.2, 10.5."""
    papers = [(order, part * weight) for ballot, weight in ballots.items() for order, part in strict_orders(ballot)]
    assert select("irv", NAMES, ballots)["winners"] == sorted(runoff(papers, frozenset(NAMES)))


@MANY
@given(profiles(rankings()))
def test_one_scottish_place_is_an_instant_runoff_while_ties_do_not_matter(ballots: dict[str, int]) -> None:
    """Rules 19.1: with strict rankings and no ties the two counts agree."""
    strict = {ballot: weight for ballot, weight in ballots.items() if "=" not in ballot}
    if not strict:
        return
    irv, stv = select("irv", NAMES, strict), select("stv", NAMES, strict, seats=1)
    if len(irv["winners"]) == 1:
        assert stv["winners"] == irv["winners"]
    assert set(stv["winners"]) <= set(irv["winners"])


@MANY
@given(profiles(rankings()))
def test_borda_against_pairs_won(ballots: dict[str, int]) -> None:
    """Rules 13.1, 13.2: a point for everyone ranked below, half a point for everyone ranked equal."""
    points = dict.fromkeys(NAMES, Fraction(0))
    for ballot, weight in ballots.items():
        ranks = positions(ballot, NAMES)
        for a, b in permutations(NAMES, 2):
            points[a] += weight * (Fraction(ranks[a] < ranks[b]) + Fraction(ranks[a] == ranks[b], 2))
    found = select("borda", NAMES, ballots)
    assert found["stages"][0]["votes"] == {name: str(value) for name, value in points.items()}
    assert found["winners"] == [name for name in NAMES if points[name] == max(points.values())]


def parse(ballot: str) -> dict[str, int]:
    return {part[0]: int(part[2:]) for part in ballot.split("|")}


@MANY
@given(profiles(scores()))
def test_star_against_a_library(ballots: dict[str, int]) -> None:
    """Rules 14.1, 14.2, 14.3."""
    given_scores = [parse(ballot) for ballot, weight in ballots.items() for _ in range(weight)]
    full = [{name: ballot.get(name, 0) for name in NAMES} for ballot in given_scores]
    tie_break = starvote.predefined_permutation_tiebreaker(list(NAMES))
    expected = starvote.star_voting(full, tiebreaker=tie_break)
    assert select("star", NAMES, ballots, tie_break="listed")["winners"] == expected
    try:
        unbroken = starvote.star_voting(full, tiebreaker=None)
    except starvote.UnbreakableTieError:
        return
    assert select("star", NAMES, ballots)["winners"] == unbroken


def medians(ballots: Mapping[str, int], name: str) -> list[int]:
    """Grades in the order in which the lower median is taken away, ballot by ballot."""
    grades = sorted(parse(ballot).get(name, 0) for ballot, weight in ballots.items() for _ in range(weight))
    return [grades.pop((len(grades) - 1) // 2) for _ in range(len(grades))]


@MANY
@given(profiles(scores(high=3)))
def test_majority_judgment_against_taking_one_median_at_a_time(ballots: dict[str, int]) -> None:
    """Rules 15.1, 15.2."""
    values = {name: medians(ballots, name) for name in NAMES}
    expected = [name for name in NAMES if values[name] == max(values.values())]
    assert select("majority_judgment", NAMES, ballots, scale=[0, 5])["winners"] == expected


def sets_of(ballots: Mapping[str, int]) -> list[set[str]]:
    """One approval set per voter."""
    return [set(ballot.split("|")) for ballot, weight in ballots.items() for _ in range(weight)]


def chosen_in_every_way(ballots: Mapping[str, int], seats: int, step: Any, start: Any) -> tuple[set[str], set[str]]:
    """Who is chosen however ties fall, and who is chosen in some way, by following every tie."""
    ends: list[frozenset[str]] = []

    def follow(chosen: tuple[str, ...], state: Any) -> None:
        options = step(sets_of(ballots), chosen, state) if len(chosen) < seats else []
        if not options:
            ends.append(frozenset(chosen))
        for name, after in options:
            follow((*chosen, name), after)

    follow((), start)
    return set(frozenset.intersection(*ends)), set().union(*ends)


def pav_step(voters: list[set[str]], chosen: tuple[str, ...], state: None) -> list[tuple[str, None]]:
    gain = {
        name: sum((Fraction(1, 1 + len(voter & set(chosen))) for voter in voters if name in voter), Fraction(0))
        for name in NAMES
        if name not in chosen
    }
    most = max(gain.values(), default=Fraction(0))
    return [(name, None) for name in gain if most and gain[name] == most]


def phragmen_step(
    voters: list[set[str]], chosen: tuple[str, ...], loads: tuple[Fraction, ...]
) -> list[tuple[str, tuple[Fraction, ...]]]:
    cost: dict[str, Fraction] = {}
    for name in NAMES:
        supporters = [load for voter, load in zip(voters, loads, strict=True) if name in voter]
        if supporters and name not in chosen:
            cost[name] = sum(supporters, Fraction(1)) / len(supporters)
    least = min(cost.values(), default=None)
    return [
        (name, tuple(least if name in voter else load for voter, load in zip(voters, loads, strict=True)))
        for name in cost
        if least is not None and cost[name] == least
    ]


def shares_step(
    voters: list[set[str]], chosen: tuple[str, ...], purses: tuple[Fraction, ...]
) -> list[tuple[str, tuple[Fraction, ...]]]:
    """The price per head is found among the amounts at which somebody's purse is empty."""
    price: dict[str, Fraction] = {}
    for name in NAMES:
        held = sorted(purse for voter, purse in zip(voters, purses, strict=True) if name in voter)
        if name not in chosen and sum(held) >= 1:
            each = [(1 - sum(held[:broke], Fraction(0))) / (len(held) - broke) for broke in range(len(held))]
            price[name] = next(amount for amount, purse in zip(each, held, strict=True) if amount <= purse)
    least = min(price.values(), default=None)
    return [
        (
            name,
            tuple(max(Fraction(0), p - least) if name in voter else p for voter, p in zip(voters, purses, strict=True)),
        )
        for name in price
        if least is not None and price[name] == least
    ]


def agrees(kind: str, ballots: dict[str, int], seats: int, expected: tuple[set[str], set[str]], **extra: Any) -> bool:
    """Whether a count finds the certain and the possible as the plain one does."""
    found = select(kind, NAMES, ballots, seats=seats, **extra)
    possible = set(found["winners"]) | {name for tie in found["ties"] for name in tie}
    certain = set() if seats == 1 and found["ties"] else set(found["winners"])
    return (certain, possible) == expected


@MANY
@given(profiles(approvals(), most=6, weight=3))
def test_sequential_pav_against_a_plain_count(ballots: dict[str, int]) -> None:
    """Rules 21.1, 10.4."""
    for seats in (1, 2, 3):
        assert agrees("sequential_pav", ballots, seats, chosen_in_every_way(ballots, seats, pav_step, None))


@MANY
@given(profiles(approvals(), most=6, weight=3))
def test_phragmen_against_a_plain_count(ballots: dict[str, int]) -> None:
    """Rules 22.1."""
    start = (Fraction(0),) * sum(ballots.values())
    for seats in (1, 2, 3):
        assert agrees("phragmen", ballots, seats, chosen_in_every_way(ballots, seats, phragmen_step, start))


@MANY
@given(profiles(approvals(), most=6, weight=3))
def test_equal_shares_against_a_plain_count(ballots: dict[str, int]) -> None:
    """Rules 23.1."""
    for seats in (2, 3):
        start = (Fraction(seats, sum(ballots.values())),) * sum(ballots.values())
        expected = chosen_in_every_way(ballots, seats, shares_step, start)
        assert agrees("equal_shares", ballots, seats, expected, completion="none")
