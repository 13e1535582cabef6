"""The four everyday rules and the simulator."""

import pytest

from apps.common.errors import Invalid
from apps.consensus import GroupInfo, explain, explain_together, lone_vetoes, parse_rule
from apps.consensus.parsing import METHODS
from apps.consensus.simulator import (
    forecast,
    imagined,
    read_counts,
    variants,
    without_groups,
    without_seats,
    write_counts,
)
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


def test_every_kind_of_rule_has_a_template() -> None:
    """Rules 26.1."""
    assert {parse_rule(one.document(["A", "B", "C"])).kind for one in TEMPLATES} == set(METHODS)


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


def test_the_nearest_variants_of_a_rule_are_named_by_what_is_different() -> None:
    """Rules 26.5: the limit turned, every group asked; an all-groups rule counted together; a consent rule has no limit."""
    pooled = parse_rule(template("two_thirds_of_all").document(list(SEATS)))
    assert list(variants(pooled)) == ["The same with more than two thirds", "The same asked of every group"]
    every = parse_rule(template("most_of_every_group").document(list(SEATS)))
    assert list(variants(every)) == [
        "The same with at least one half",
        "The same with all persons counted together",
    ]
    assert list(variants(parse_rule(template("everyone_can_live_with_it").document(["A"])))) == [
        "The same with all persons counted together"
    ]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("3 x for, 1 x against", {"for": 3, "against": 1}),
        ("3 for,1 for", {"for": 4}),
        ("2 x A>B=C, 1 x abstain", {"A>B=C": 2, "abstain": 1}),
        ("4 x 8, 1 2", {"8": 4, "2": 1}),
        ("1 x A:5|B:0", {"A:5|B:0": 1}),
        ("", {}),
    ],
)
def test_imagined_votes_are_written_as_people_write_them(text: str, counts: dict[str, int]) -> None:
    """Rules 26.6."""
    assert read_counts(text) == counts
    assert read_counts(write_counts(counts)) == counts


@pytest.mark.parametrize("text", ["for", "many x for", "-1 x for", "3", "1.5 x for", "for 3"])
def test_votes_that_cannot_be_read_are_named(text: str) -> None:
    """Rules 26.6."""
    with pytest.raises(Invalid) as refused:
        read_counts(f"1 x for, {text}")
    assert text in refused.value.message


def test_one_person_alone_can_stop_a_small_group_and_the_rule_says_so() -> None:
    """Rules 26.7."""
    groups = {key: GroupInfo(key, seats) for key, seats in {"A": 1, "B": 2, "C": 4, "D": 6, "E": 7}.items()}

    def warned(key: str) -> list[str]:
        return [one.split()[1] for one in lone_vetoes(parse_rule(template(key).document(list(groups))), groups)]

    assert warned("rate_it") == warned("everyone_can_live_with_it") == ["B", "C", "D"]
    assert warned("most_of_every_group") == ["B"]
    assert warned("consensus_minus_one") == []
    assert warned("two_thirds_of_all") == warned("approve") == []
