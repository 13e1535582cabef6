"""Selections in general: forms of ballots, ties, declared tie-breaks, groups."""

from typing import Any

import pytest

from apps.common.errors import Invalid
from apps.consensus import (
    Row,
    ballot_form,
    choices,
    parse_rule,
    tally,
    valid_choice,
    write_approvals,
    write_ranking,
    write_scores,
)
from apps.consensus.selecting.counts import WAYS, by_lot
from tests.consensus.ballots_of import SEVERAL, SINGLE
from tests.consensus.building import ALL, POOLED, document, judge, make, select


def test_a_ranking_has_one_spelling() -> None:
    """Rules 10.1: ties stay ties, in the order of the rule; the unlisted stay unlisted."""
    rule = make({"kind": "schulze", "alternatives": ["A", "B", "C", "D"]})
    assert valid_choice(rule, " C = A > D ") == "A=C>D"
    assert valid_choice(rule, "B") == "B"
    assert valid_choice(rule, "") == "abstain"
    assert choices(rule) == ("A", "B", "C", "D")


def test_approvals_and_scores_have_one_spelling() -> None:
    """Rules 10.1."""
    assert valid_choice(make({"kind": "approval", "alternatives": ["A", "B"]}), "B | A") == "A|B"
    rule = make({"kind": "score", "alternatives": ["A", "B"]})
    assert valid_choice(rule, "B:0| A:5") == "A:5|B:0"
    assert valid_choice(rule, "unable") == "unable"


@pytest.mark.parametrize(
    ("kind", "choice"),
    [
        ("schulze", "A>E"),
        ("schulze", "A>A"),
        ("schulze", "A=A"),
        ("schulze", "A>>B"),
        ("schulze", ">A"),
        ("schulze", "A|B"),
        ("schulze", "unable"),
        ("approval", "A|A"),
        ("approval", "A>B"),
        ("approval", "A|"),
        ("score", "A"),
        ("score", "A:6"),
        ("score", "A:-1"),
        ("score", "A:2.5"),
        ("score", "A:5|A:4"),
        ("score", "A:"),
        ("score", "A:unable"),
        ("score", "E:1"),
    ],
)
def test_a_ballot_that_cannot_be_read_is_refused(kind: str, choice: str) -> None:
    """Rules 10.2."""
    with pytest.raises(Invalid) as refused:
        valid_choice(make({"kind": kind, "alternatives": ["A", "B", "C", "D"]}), choice)
    assert refused.value.code == "ballot.unknown_choice"


@pytest.mark.parametrize(
    ("method", "code", "place"),
    [
        ({"kind": "irv"}, "rule.missing_key", "method.alternatives"),
        ({"kind": "irv", "alternatives": ["A"]}, "rule.out_of_range", "method.alternatives"),
        ({"kind": "irv", "alternatives": ["A", "A"]}, "rule.duplicate", "method.alternatives[1]"),
        ({"kind": "irv", "alternatives": ["A", "A "]}, "rule.duplicate", "method.alternatives[1]"),
        ({"kind": "irv", "alternatives": ["A", "B>C"]}, "rule.bad_alternative", "method.alternatives[1]"),
        ({"kind": "irv", "alternatives": ["A", "abstain"]}, "rule.bad_alternative", "method.alternatives[1]"),
        ({"kind": "irv", "alternatives": ["A", 7]}, "rule.wrong_type", "method.alternatives[1]"),
        ({"kind": "irv", "alternatives": ["A", "B"], "seats": 2}, "rule.unknown_key", "method.seats"),
        ({"kind": "stv", "alternatives": ["A", "B"]}, "rule.missing_key", "method.seats"),
        ({"kind": "stv", "alternatives": ["A", "B"], "seats": 3}, "rule.out_of_range", "method.seats"),
        (
            {"kind": "stv", "alternatives": ["A", "B"], "seats": 1, "variant": "irish"},
            "rule.unknown_value",
            "method.variant",
        ),
        ({"kind": "irv", "alternatives": ["A", "B"], "tie_break": "coin"}, "rule.unknown_value", "method.tie_break"),
        ({"kind": "irv", "alternatives": ["A", "B"], "tie_break": {"lot": ""}}, "rule.blank", "method.tie_break.lot"),
    ],
)
def test_a_fault_in_a_selection_is_refused_and_its_place_is_named(method: Any, code: str, place: str) -> None:
    """Rules 1.5."""
    with pytest.raises(Invalid) as refused:
        parse_rule(document(method))
    assert (refused.value.code, refused.value.message.split(": ")[0]) == (code, place)


def test_a_selection_needs_no_groups() -> None:
    """Rules 1.8: then all ballots count together."""
    rule = parse_rule({"version": 1, "method": {"kind": "irv", "alternatives": ["A", "B"]}})
    result = tally(rule, [Row("Q", "anybody", "1", "A")], {}).item("Q")
    assert (result.outcome, result.details["winners"]) == ("agreed", ["A"])


ONE = {"approval": "{}", "borda": "{}", "irv": "{}", "schulze": "{}", "star": "{}:5", "majority_judgment": "{}:5"}


@pytest.mark.parametrize(("kind", "ballot"), ONE.items())
def test_a_tie_is_reported_as_a_tie(kind: str, ballot: str) -> None:
    """Rules 10.3, 10.4: all who may win one place are named, and nothing is decided."""
    found = select(kind, "ABC", {ballot.format("A"): 2, ballot.format("B"): 2})
    assert (found["winners"], found["ties"], found["outcome"]) == (["A", "B"], [["A", "B"]], "undecided")


def test_for_several_places_only_the_certain_are_winners() -> None:
    """Rules 10.4."""
    found = select("phragmen", "ABC", {"A": 5, "B": 2, "C": 2}, seats=2)
    assert (found["winners"], found["ties"], found["outcome"]) == (["A"], [["B", "C"]], "undecided")


def test_a_tie_that_cannot_change_the_result_is_no_tie() -> None:
    """Rules 10.5: whichever of B and C is excluded first, A wins."""
    found = select("irv", "ABC", {"A": 4, "B>A": 2, "C>A": 2})
    assert (found["winners"], found["ties"], found["outcome"]) == (["A"], [], "agreed")


def test_a_tie_is_broken_only_as_the_rule_declares() -> None:
    """Rules 10.6."""
    ballots = {"A": 2, "B": 2, "C": 1}
    listed = select("approval", "BAC", ballots, tie_break="listed")
    drawn = select("approval", "ABC", ballots, tie_break={"lot": "draw of 1 May"})
    assert (listed["winners"], listed["ties"], listed["outcome"]) == (["B"], [["B", "A"]], "agreed")
    order = by_lot("ABC", "draw of 1 May")
    assert drawn["winners"] == ["A" if order.index(0) < order.index(1) else "B"]
    assert drawn["ties_broken_by"] == "lot drawn from 'draw of 1 May'"


def test_a_declared_order_excludes_the_last_listed_first() -> None:
    """Rules 10.6."""
    found = select("irv", "ABC", {"A": 3, "B>C": 2, "C>B": 2}, tie_break="listed")
    assert found["winners"] == ["B"]


def test_too_many_ways_of_falling_are_reported_as_a_tie() -> None:
    """Rules 10.7."""
    names = "ABCDEFGHIJKL"
    found = select(
        "irv", names, {f"{name}>{other}": 1 for name, other in zip(names, names[1:] + names[:1], strict=True)}
    )
    assert 2 ** len(names) > WAYS
    assert (found["winners"], found["outcome"], len(found["ties"])) == ([], "undecided", 1)


def test_nobody_voting_chooses_nothing() -> None:
    """Rules 10.8."""
    for kind, extra in [(kind, {}) for kind in SINGLE] + [(kind, {"seats": 2}) for kind in SEVERAL]:
        method = {"kind": kind, "alternatives": ["A", "B", "C"], **extra}
        result = judge(make(method, "A", POOLED), {"A": {"": 3}})
        assert (result.outcome, result.details["winners"]) == ("undecided", [])


def test_a_group_concurs_in_a_selection_if_alone_it_would_choose_the_same() -> None:
    """Rules 10.9."""
    votes = {"P": {"A": 5, "B": 1}, "Q": {"B": 2, "A": 1}}
    method = {"kind": "approval", "alternatives": ["A", "B"]}
    every, pooled = judge(make(method, "PQ", ALL), votes), judge(make(method, "PQ", POOLED), votes)
    assert (every.outcome, every.concurring, every.details["winners"]) == ("not_agreed", ("P",), ["A"])
    assert (pooled.outcome, pooled.concurring) == ("agreed", ("P",))


def test_what_is_filled_in_becomes_a_ballot() -> None:
    """Rules 10.13."""
    rules = {kind: make({"kind": kind, "alternatives": ["A", "B", "C"]}) for kind in ("irv", "approval", "score")}
    assert valid_choice(rules["irv"], write_ranking({"C": 2, "A": 7, "B": 2})) == "B=C>A"
    assert valid_choice(rules["approval"], write_approvals(["C", "A"])) == "A|C"
    assert valid_choice(rules["score"], write_scores({"B": 0, "A": 5})) == "A:5|B:0"
    nothing = {"irv": write_ranking({}), "approval": write_approvals([]), "score": write_scores({})}
    assert {valid_choice(rules[kind], choice) for kind, choice in nothing.items()} == {"abstain"}


@pytest.mark.parametrize(
    ("kind", "shape"),
    [("majority", "one"), ("irv", "ranking"), ("approval", "approvals"), ("star", "scores")],
)
def test_every_rule_has_its_form_of_ballot(kind: str, shape: str) -> None:
    """Rules 10.13."""
    alternatives = {"alternatives": ["A", "B"]} if shape != "one" else {}
    form = ballot_form(make({"kind": kind, **alternatives}))
    assert form.shape == shape
    assert form.choices == (("for", "against", "abstain") if shape == "one" else ("A", "B"))
    assert form.high == (5 if shape == "scores" else 0)


def test_every_group_tells_how_many_put_first_what_is_chosen() -> None:
    """Rules 10.14: the top of a ranking, everything approved, the highest scores."""
    cases = {
        "irv": ({"A>B": 3, "B>A": 1, "A=B": 1, "": 1}, 4),
        "approval": ({"A": 2, "A|B": 1, "B": 2, "C": 1}, 3),
        "score": ({"A:5|B:5": 3, "B:1": 1, "A:1|C:2": 1}, 3),
    }
    for kind, (votes, chosen) in cases.items():
        rule = parse_rule(
            {"version": 1, "method": {"kind": kind, "alternatives": ["A", "B", "C"], "tie_break": "listed"}}
        )
        cast = [Row("q", "g", f"{number}", choice, many) for number, (choice, many) in enumerate(votes.items())]
        found = tally(rule, cast, {}).item("q")
        assert found.details["winners"] == ["A"], kind
        assert found.together.counts["chosen"] == chosen, kind
