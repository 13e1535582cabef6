"""NI and PE of single acts: the decision, the offers, the caps, and who began it."""

from fractions import Fraction

import pytest

from tests.provenance.domain.builders import ALL, GROUPS, agreed, imposed, scored

FIVE = ALL[:-1]


def ni(*acts: object, **more: object) -> Fraction | None:
    return scored(*acts, **more).current.ni  # type: ignore[arg-type]


@pytest.mark.parametrize(("method", "value"), [("vote", "0.70"), ("concurrent", "0.85"), ("consent", "1")])
def test_a_joint_decision_counts_groups_and_not_heads(method: str, value: str) -> None:
    assert ni(agreed(*FIVE, method=method, window=True)) == Fraction(value) * Fraction(5, 6)


@pytest.mark.parametrize(
    ("method", "n"), [("decree", "0"), ("inform", "0.10"), ("consult", "0.25"), ("involve", "0.39")]
)
def test_an_act_decided_alone_is_worth_its_method_and_never_more_than_its_cap(method: str, n: str) -> None:
    assert ni(imposed(method=method, window=True)) == Fraction(n)


def test_no_window_for_offers_counts_as_nothing_taken() -> None:
    assert ni(agreed(window=False)) == Fraction(3, 4)


def test_an_open_window_with_no_offer_drops_the_term_and_is_flagged() -> None:
    found = scored(agreed(window=True))

    assert found.current.ni == 1
    assert found.flags == ("no_change_offered",)


def test_offers_are_averaged_over_groups_so_that_flooding_does_not_pay() -> None:
    act = agreed(window=True, offers={"C": [1, 1], "F": [0, 100]})

    assert ni(act) == Fraction(3, 4) + Fraction(1, 4) * Fraction(1, 2)


def test_offers_of_the_initiators_do_not_count() -> None:
    assert ni(agreed(window=True, initiators=["C"], offers={"C": [1, 1], "F": [0, 1]})) == Fraction(3, 4)
    assert scored(agreed(window=True, initiators=["C"], offers={"C": [1, 1]})).flags == ("no_change_offered",)


def test_a_group_that_offered_on_no_part_did_not_offer() -> None:
    assert ni(agreed(window=True, offers={"C": [0, 0]})) == 1


def test_exactly_half_of_the_groups_objecting_is_not_over_objection() -> None:
    assert ni(imposed(method="consult", window=True, objecting=["F", "C", "U"])) == Fraction(1, 4)


def test_more_than_half_objecting_lowers_the_cap() -> None:
    assert ni(imposed(method="consult", window=True, objecting=["F", "T", "C", "U"])) == Fraction(1, 5)


def test_one_group_that_is_measured_lowers_the_cap_by_objecting() -> None:
    assert ni(imposed(method="consult", window=True, objecting=["F"], bound=["F"])) == Fraction(1, 5)
    assert ni(imposed(method="consult", window=True, objecting=["C"], bound=["F"])) == Fraction(1, 4)


def test_objections_do_not_lower_what_was_decided_together() -> None:
    without = ni(agreed(*FIVE, method="vote"))

    assert ni(agreed(*FIVE, method="vote", objecting=["U"], bound=["U"])) == without


def test_observers_neither_count_nor_concur() -> None:
    groups = {**GROUPS, "O": "observer"}

    assert ni(agreed(*FIVE, "O", window=True), groups=groups) == Fraction(5, 6)
    assert ni(imposed(method="consult", window=True, objecting=["F", "C", "U", "O"]), groups=groups) == Fraction(1, 4)


def test_concurring_in_what_was_decided_alone_counts_for_nothing() -> None:
    assert ni(imposed(method="consult", window=True, concurring=ALL)) == Fraction(1, 4)


def test_groups_that_joined_later_do_not_change_an_earlier_act() -> None:
    groups = {**GROUPS, "N": "community"}

    assert ni(agreed(window=True), groups=groups) == Fraction(6, 7)
    assert ni(agreed(window=True, entitled=ALL), groups=groups) == 1


def test_with_one_entitled_group_nothing_can_be_negotiated() -> None:
    found = scored(agreed("A", window=True), imposed(1), groups={"A": "agency", "O": "observer"})

    assert found.current.ni is None
    assert found.label == ("not_applicable", "planned")
    assert found.ni_range is None
    assert found.to_json()["current"] == {"NI": None, "PE": "0.0000"}


def test_a_late_decree_of_an_authority_is_planned() -> None:
    assert scored(imposed(5, timing="unforeseen")).current.pe == 0


@pytest.mark.parametrize(
    ("timing", "origin", "pe"),
    [
        ("plan", "practice", Fraction(1, 3)),
        ("foreseen", "joint", Fraction(1, 2)),
        ("unforeseen", "joint", Fraction(5, 6)),
        ("unforeseen", "practice", Fraction(1)),
        ("unforeseen", "authority", Fraction(0)),
    ],
)
def test_emergence_is_two_thirds_timing_and_one_third_origin(timing: str, origin: str, pe: Fraction) -> None:
    assert scored(agreed(timing=timing, origin=origin)).current.pe == pe


@pytest.mark.parametrize(
    ("initiators", "pe"),
    [(["A"], Fraction(0)), (["F", "C"], Fraction(1)), (["A", "C"], Fraction(5, 6)), (["P"], Fraction(5, 6))],
)
def test_origin_follows_from_the_groups_that_began_it(initiators: list[str], pe: Fraction) -> None:
    act = agreed(initiators=initiators)
    del act["origin"]

    assert scored(act).current.pe == pe


def test_who_began_it_does_not_move_the_other_axis() -> None:
    assert ni(agreed(origin="practice")) == ni(agreed(origin="authority"))


def test_what_is_set_outside_is_a_decree_without_mandate() -> None:
    found = scored({"t": 0, "type": "set_outside", "evidence": "a letter"})

    assert found.current.ni == found.current.pe == 0
    assert found.flags == ("no_mandate",)


def test_what_is_set_outside_is_scored_as_a_decree_whatever_was_done_there() -> None:
    assert ni({"t": 0, "type": "set_outside", "method": "involve"}) == 0


def test_a_measure_in_force_on_the_first_day_enters_with_attested_facts() -> None:
    found = scored(agreed(type="inherited", completeness="4/5"))

    assert found.current.ni == Fraction(3, 4)
    assert [term.value for term in found.acts[0].terms if term.name == "facts"] == [Fraction(4, 5)]
