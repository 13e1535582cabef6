"""What is shown of a round before people vote again: whole groups or groups together, never fewer than five opinions."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.consensus import Row, Rule, parse_rule, tally
from apps.consensus.statistics.pooling import FLOOR
from apps.deliberation.domain.feedback import Spread, answers_of, spreads

GROUPS = ["A", "P", "F", "T", "C", "U"]
HARMAN = {
    "kind": "rating",
    "scale": [1, 9],
    "criterion": "share",
    "in": [{"range": [7, 9], "at_least": "0.70"}, {"range": [1, 3], "below": "0.15"}],
}


def rule_of(method: dict[str, Any], deciding: list[str] = GROUPS) -> Rule:
    return parse_rule(
        {"version": 1, "method": method, "groups": {"deciding": deciding, "composition": {"kind": "all"}}}
    )


def shown(rule: Rule, ballots: dict[str, list[str]]) -> tuple[Spread, ...]:
    rows = [
        Row("M4", group, f"{group}{n}", choice) for group, given in ballots.items() for n, choice in enumerate(given)
    ]
    result = tally(rule, rows, dict.fromkeys(GROUPS, 12), items=["M4"]).item("M4").to_json()
    votes: dict[str, dict[str, int]] = {}
    for row in rows:
        here = votes.setdefault(row.group, {})
        here[row.choice] = here.get(row.choice, 0) + 1
    return spreads(rule, answers_of(rule, result, votes))


def rated(*numbers: int) -> list[str]:
    return [str(number) for number in numbers]


LISMORROW = {
    "A": rated(9, 8, 8, 7),
    "P": rated(9, 8, 7, 6),
    "F": rated(9, 9, 8, 8, 7, 7, 7, 5),
    "T": rated(8, 7, 6, 5),
    "C": rated(9, 8, 8, 7, 7, 7, 6),
    "U": rated(9, 8, 7, 7, 5, 4, 2),
}


def test_four_and_four_and_four_are_shown_as_twelve() -> None:
    found = shown(rule_of(HARMAN), LISMORROW)
    assert [(one.groups, one.opinions) for one in found] == [
        (("A", "P", "T"), 12),
        (("F",), 8),
        (("C",), 7),
        (("U",), 7),
    ]
    together = found[0]
    assert {choice: n for choice, n in together.counts.items() if n} == {"5": 1, "6": 2, "7": 3, "8": 4, "9": 2}
    assert (together.median, together.lower, together.upper) == (Fraction(15, 2), Fraction(27, 4), Fraction(8))


def test_who_cannot_say_holds_nobody_above_the_floor() -> None:
    found = shown(rule_of(HARMAN), {"F": [*rated(9, 9, 9), "unable", "unable"], "C": rated(1, 2, 3, 4, 5, 6)})
    assert [(one.groups, one.opinions, dict(one.apart)) for one in found] == [(("F", "C"), 9, {"unable": 2})]


def test_fewer_than_five_opinions_are_not_shown() -> None:
    assert shown(rule_of(HARMAN), {"F": rated(9, 9), "C": rated(1, 2)}) == ()


def test_yes_and_no_are_counted_and_have_no_middle() -> None:
    (one,) = shown(rule_of({"kind": "consent"}), {"C": ["consent"] * 5 + ["object"] * 2, "T": ["abstain"]})
    assert (one.groups, dict(one.counts), dict(one.apart)) == (
        ("T", "C"),
        {"consent": 5, "object": 2},
        {"abstain": 1},
    )
    assert one.median is None


@pytest.mark.parametrize(
    ("method", "ballots", "firsts"),
    [
        ({"kind": "schulze"}, ["A>B"] * 4 + ["B=keep>A"] * 2, {"A": 4, "B": 2, "keep": 2}),
        ({"kind": "approval"}, ["A|B"] * 5, {"A": 5, "B": 5, "keep": 0}),
        ({"kind": "score", "scale": [0, 5]}, ["A:5|B:1"] * 3 + ["B:4"] * 2, {"A": 3, "B": 2, "keep": 0}),
    ],
)
def test_among_alternatives_it_is_how_many_put_each_first(
    method: dict[str, Any], ballots: list[str], firsts: dict[str, int]
) -> None:
    (one,) = shown(rule_of({**method, "alternatives": ["A", "B", "keep"]}), {"C": ballots})
    assert (dict(one.counts), one.opinions) == (firsts, len(ballots))


PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no reason to fail
ANSWERS = st.sampled_from([*map(str, range(1, 10)), "unable", "abstain"])
BALLOTS = st.dictionaries(st.sampled_from(GROUPS), st.lists(ANSWERS, min_size=1, max_size=12))


@PATIENT
@given(BALLOTS)
def test_every_figure_rests_on_five_and_everybody_is_in_one(ballots: dict[str, list[str]]) -> None:
    found = shown(rule_of(HARMAN), ballots)
    opinions = {group: sum(choice.isdigit() for choice in given) for group, given in ballots.items()}
    assert all(one.opinions == sum(one.counts.values()) >= FLOOR for one in found)
    assert all(one.opinions == sum(opinions[group] for group in one.groups) for one in found)
    shown_groups = sorted(group for one in found for group in one.groups)
    assert shown_groups == (sorted(ballots) if sum(opinions.values()) >= FLOOR else [])


@PATIENT
@given(BALLOTS, st.randoms())
def test_who_in_a_small_group_answered_what_changes_nothing(ballots: dict[str, list[str]], random: Any) -> None:
    """Answers may change places among the groups that are shown together: what is shown stays the same to the letter."""
    found = shown(rule_of(HARMAN), ballots)
    for pool in found:
        seats = [(group, n) for group in pool.groups for n, choice in enumerate(ballots[group]) if choice.isdigit()]
        answers = [ballots[group][n] for group, n in seats]
        random.shuffle(answers)
        for (group, n), answer in zip(seats, answers, strict=True):
            ballots[group][n] = answer
    assert shown(rule_of(HARMAN), ballots) == found
