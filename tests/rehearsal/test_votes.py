"""Counts by group become one choice per seat."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.errors import Invalid
from negotiator.rehearsal.votes import read_votes

SEATED = {"A": ["gareth", "moira", "a3", "a4"], "U": ["jamie", "u2"]}


def choices(**counts: Any) -> dict[str, str]:
    return {vote.who: vote.choice for vote in read_votes({"round": "r", "item": "i", **counts}, SEATED)}


def test_counts_are_given_out_to_the_seats_in_order() -> None:
    assert choices(A={"for": 2, "against": 1}, U={"for": 1}) == {
        "gareth": "for",
        "moira": "for",
        "a3": "against",
        "jamie": "for",
    }


def test_who_is_named_votes_so_and_does_not_vote_twice() -> None:
    found = choices(A={"consent": 3}, named={"gareth": "object"})
    assert found == {"gareth": "object", "moira": "consent", "a3": "consent", "a4": "consent"}


def test_who_votes_on_paper_is_left_out() -> None:
    assert choices(A={"for": 3}, on_paper=["moira"]) == {"gareth": "for", "a3": "for", "a4": "for"}


def test_one_choice_on_several_questions() -> None:
    found = read_votes({"round": "r", "items": ["i", "j"], "U": {"for": 1}}, SEATED)
    assert [(vote.who, vote.round, vote.item, vote.choice) for vote in found] == [
        ("jamie", "r", "i", "for"),
        ("jamie", "r", "j", "for"),
    ]


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        ({"A": {"for": 5}}, "there are 4 seats for 5 votes"),
        ({"A": {"for": 4}, "named": {"gareth": "against"}}, "there are 3 seats for 4 votes"),
        ({"A": {"for": "2"}}, "votes are counted in whole numbers"),
        ({"A": {"for": -1}}, "votes are counted in whole numbers"),
        ({"A": {"for": True}}, "votes are counted in whole numbers"),
        ({"A": ["for"]}, "vote.A: it must be an object"),
        ({"Z": {"for": 1}}, "unknown: Z"),
        ({"items": ["i"]}, "it needs 'item' or 'items'"),
        ({"named": ["gareth"]}, "vote.named: it must be an object"),
    ],
)
def test_counts_that_cannot_be_votes_are_refused(counts: dict[str, Any], why: str) -> None:
    with pytest.raises(Invalid) as wrong:
        choices(**counts)
    assert why in wrong.value.message


@given(st.integers(0, 4), st.integers(0, 4))
def test_every_count_is_kept(pro: int, con: int) -> None:
    if pro + con > 4:
        return
    assert Counter(choices(A={"for": pro, "against": con}).values()) == Counter({"for": pro, "against": con})
