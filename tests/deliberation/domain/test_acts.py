"""From what happened to an act of a history: method, origin, timing, offers counted by part and group."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.consensus import ItemResult, Row, Rule, parse_rule, tally
from apps.deliberation.domain.acts import (
    Consultation,
    Offered,
    Proposed,
    Setting,
    count_offers,
    imposed_act,
    joint_act,
    method_of,
    origin_of,
    outside_act,
    unilateral_method,
)
from apps.proposals.domain.working_days import working_days
from apps.provenance.domain.history import read_history
from apps.provenance.domain.scoring import score

KINDS = {"A": "agency", "P": "provider", "F": "frontline", "T": "managers", "C": "community", "U": "users"}
SETTING = Setting(KINDS, plan_sealed=True, t="0.25", on="2024-01-01")
PROPOSED = Proposed("add", ["target"], ["A"], 12)


def rule(kind: str, composition: str) -> Rule:
    extra = {"n": 4} if composition == "at_least" else {}
    return parse_rule(
        {
            "version": 1,
            "method": {"kind": kind},
            "groups": {"deciding": list(KINDS), "composition": {"kind": composition, **extra}},
        }
    )


def result(kind: str, composition: str, **choices: str) -> ItemResult:
    rows = [
        Row("m", group, f"{group}1", choices.get(group, "for" if kind == "majority" else "consent")) for group in KINDS
    ]
    return tally(rule(kind, composition), rows, dict.fromkeys(KINDS, 1)).item("m")


@pytest.mark.parametrize(
    ("kind", "composition", "method"),
    [
        ("majority", "pooled", "vote"),
        ("majority", "all", "concurrent"),
        ("majority", "at_least", "concurrent"),
        ("consent", "all", "consent"),
        ("consensus", "all", "consent"),
    ],
)
def test_the_method_follows_from_the_rule(kind: str, composition: str, method: str) -> None:
    assert method_of(rule(kind, composition), result(kind, composition)) == method


def test_agreed_with_reservations_is_not_consent() -> None:
    given = result("consensus", "all", F="stand_aside")
    assert method_of(rule("consensus", "all"), given) != "consent"


@pytest.mark.parametrize(
    ("sponsors", "origin"),
    [
        (["A"], "authority"),
        ([], "authority"),
        (["F"], "practice"),
        (["F", "U"], "practice"),
        (["C", "T"], "practice"),
        (["A", "F"], "joint"),
        (["P"], "joint"),
        (["P", "U"], "joint"),
    ],
)
def test_where_a_proposal_came_from(sponsors: list[str], origin: str) -> None:
    assert origin_of(sponsors, KINDS) == origin


def test_parts_are_counted_per_group_not_amendments() -> None:
    target, source = frozenset({"target"}), frozenset({"source"})
    offers = [
        Offered("C", target, frozenset(), True),
        Offered("C", target, target, True),
        Offered("C", source, frozenset(), True),
        Offered("U", source, target, True),
    ]
    assert count_offers(offers) == {"C": [1, 2], "U": [0, 1]}


@pytest.mark.parametrize(
    ("consultation", "days", "answered", "method"),
    [
        (Consultation(), 0, None, "decree"),
        (Consultation(notice=True), 9, None, "inform"),
        (Consultation(polled=True), 0, None, "consult"),
        (Consultation(), 10, None, "consult"),
        (Consultation(), 10, False, "consult"),
        (Consultation(), 10, True, "involve"),
        (Consultation(), 0, True, "decree"),
    ],
)
def test_how_far_a_decision_by_mandate_went_towards_others(
    consultation: Consultation, days: int, answered: bool | None, method: str
) -> None:
    offers = [] if answered is None else [Offered("C", frozenset({"target"}), frozenset(), answered)]
    assert unilateral_method(Proposed("add", ["target"], ["A"], days, offers), consultation) == method


def test_sponsors_do_not_count_as_having_offered() -> None:
    offers = [Offered("A", frozenset({"target"}), frozenset({"target"}), True)]
    act = imposed_act(
        SETTING, Proposed("add", ["target"], ["A"], 12, offers), Consultation(), by="x", under="y", statutory=False
    )
    assert act["offers"] == {}


def test_before_the_plan_is_sealed_everything_is_in_the_plan() -> None:
    early = Setting(KINDS, plan_sealed=False, t="0", on="2023-10-01")
    assert outside_act(early, ["target"], evidence="x")["timing"] == "plan"
    assert outside_act(SETTING, ["target"], evidence="x")["timing"] == "unforeseen"


@given(
    composition=st.sampled_from(["pooled", "all", "at_least"]),
    sponsors=st.lists(st.sampled_from(list(KINDS)), unique=True, max_size=3),
    days=st.integers(0, 30),
    first=st.booleans(),
)
def test_every_act_made_here_is_one_the_scoring_rule_reads(
    composition: str, sponsors: list[str], days: int, first: bool
) -> None:
    proposed = Proposed("add" if first else "change", ["target", "source"], sponsors, days)
    agreed = joint_act(
        SETTING, proposed, rule("majority", composition), result("majority", composition), first=first, binding=False
    )
    imposed = imposed_act(
        SETTING, proposed, Consultation(objecting=["C"], bound=["F"]), by="x", under="y", statutory=False
    )
    outside = outside_act(SETTING, ["target"], evidence="x")
    history = {"version": 1, "groups": KINDS, "until": 1, "acts": [agreed, imposed, outside]}
    assert score(read_history(history)).acts


@given(first=st.dates(), length=st.integers(0, 60))
def test_working_days_are_counted_day_by_day(first: date, length: int) -> None:
    last = min(first, date.max - timedelta(days=length)) + timedelta(days=length)
    first = last - timedelta(days=length)
    days = [first + timedelta(days=offset) for offset in range(length + 1)]
    assert working_days(first, last) == sum(day.weekday() < 5 for day in days)
