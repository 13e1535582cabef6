"""The four everyday rules and the simulator."""

import pytest

from apps.consensus import GroupInfo, explain, explain_together, parse_rule
from apps.consensus.simulator import forecast, imagined, without_groups, without_seats
from apps.consensus.templates import EVERYDAY, TEMPLATES, Template, template
from tests.consensus.building import rows, vote

SEATS = {"A": 4, "P": 4, "F": 8, "T": 4, "C": 7, "U": 7}
NAMES = {"C": "Community", "U": "People who use services"}
SHOW_OF_HANDS = {
    "A": vote("4-0"),
    "P": vote("4-0"),
    "F": vote("8-0"),
    "T": vote("4-0"),
    "C": vote("2-5"),
    "U": vote("2-5"),
}


@pytest.mark.parametrize("one", TEMPLATES, ids=lambda one: one.key)
def test_every_template_is_a_valid_rule_that_can_be_said(one: Template) -> None:
    """Rules 26.1."""
    rule = parse_rule(one.document(list(SEATS)))
    sentences = explain(rule, {group: GroupInfo(group, seats) for group, seats in SEATS.items()})
    assert len(sentences) == 6
    assert explain_together(rule, {}).endswith(".")
    assert all((one.name, one.when, one.weakness, one.source))


def test_there_are_four_everyday_templates() -> None:
    """Rules 26.1."""
    assert [one.name for one in EVERYDAY] == [
        "Everyone can live with it",
        "Most of every group",
        "Rate it",
        "Two thirds of all",
    ]
    assert template("rate_it").name == "Rate it"


def test_rating_in_a_small_group_says_that_one_low_rating_is_a_veto() -> None:
    """Rules 26.2: from seven seats on it no longer is."""
    rule = parse_rule(template("rate_it").document(["A"]))
    warned = [seats for seats in range(1, 12) if "is a veto here" in explain(rule, {"A": GroupInfo("A", seats)})[0]]
    assert warned == [1, 2, 3, 4, 5, 6]


def test_the_simulator_shows_what_passes_over_whose_heads() -> None:
    """Rules 26.3: the pooled vote passes, the rule by groups fails."""
    rules = {
        key: parse_rule(template(key).document(list(SEATS))) for key in ("two_thirds_of_all", "most_of_every_group")
    }
    pooled, every = forecast(rules, "M5", imagined("M5", SHOW_OF_HANDS), SEATS, NAMES)
    assert (pooled.result.outcome, every.result.outcome) == ("agreed", "not_agreed")
    assert pooled.outvoted == ("C", "U")
    assert pooled.sentence.endswith("Carried over the heads of Community and People who use services.")
    assert every.outvoted == ()
    assert (
        every.sentence
        == "Not agreed. Every deciding group must agree: 4 of 6 do, not Community, People who use services."
    )


def test_a_group_with_a_declared_interest_can_be_left_out_to_see() -> None:
    """Rules 26.4: 20 to 10 is exactly two thirds; three of five groups."""
    rule = parse_rule(template("two_thirds_of_all").document(list(SEATS)))
    without = without_groups(rule, imagined("M5", SHOW_OF_HANDS), SEATS, ["P"])
    result = forecast({"": without[0]}, "M5", without[1], without[2], {})[0].result
    assert (result.together.counts["for"], result.together.counts["against"], result.outcome) == (20, 10, "agreed")
    assert (len(result.concurring), len(result.groups)) == (3, 5)


def test_a_seat_with_a_declared_interest_can_be_left_out_to_see() -> None:
    """Rules 26.4."""
    cast = rows("A", vote("2-2"))
    staying, seats = without_seats(cast, {"A": 4}, [("A", "A3")])
    assert (len(staying), seats) == (3, {"A": 3})
    rule = parse_rule(template("most_of_every_group").document(["A"]))
    before, after = (
        forecast({"": rule}, "Q", *ballots, {})[0].result.outcome for ballots in ((cast, {"A": 4}), (staying, seats))
    )
    assert (before, after) == ("not_agreed", "agreed")
