"""A sealed choice opens with its key at its place and nowhere else, and its length says nothing."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.errors import Conflict, Invalid
from apps.consensus import Rule, ballot_form, parse_rule, valid_choice, write_approvals, write_ranking, write_scores
from apps.deliberation.domain.sealing import LONGEST, Place, new_key, open_sealed, room_for, seal

HERE = Place("round", "item", "seat", 7)
NAMES = st.lists(
    st.text("ABCdefÄöß 雨", min_size=1, max_size=12).map(str.strip).filter(bool), min_size=2, max_size=8, unique=True
)
EVERY = {"deciding": ["A"], "composition": {"kind": "all"}}


def a_rule(**method: Any) -> Rule:
    return parse_rule({"version": 1, "method": method, "groups": EVERY})


@given(st.text(max_size=200), st.integers(0, 300))
def test_what_was_sealed_opens_as_it_was(choice: str, room: int) -> None:
    key = new_key()
    assert open_sealed(key, seal(key, choice, HERE, room), HERE) == choice


@given(st.text(max_size=20), st.text(max_size=20))
def test_two_choices_that_fit_are_sealed_in_as_many_bytes(one: str, other: str) -> None:
    key = new_key()
    assert len(seal(key, one, HERE, 80)) == len(seal(key, other, HERE, 80))


def test_the_same_choice_is_never_sealed_alike() -> None:
    key = new_key()
    assert seal(key, "for", HERE, 10) != seal(key, "for", HERE, 10)


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("other", "item", "seat", 7),
        Place("round", "other", "seat", 7),
        Place("round", "item", "other", 7),
        Place("round", "item", "seat", 6),
    ],
)
def test_under_another_seat_item_round_or_entry_it_does_not_open(elsewhere: Place) -> None:
    key = new_key()
    with pytest.raises(Conflict) as refused:
        open_sealed(key, seal(key, "for", HERE, 10), elsewhere)
    assert refused.value.code == "ballot.sealed_otherwise"


@given(st.binary(max_size=60))
def test_what_was_never_sealed_does_not_open(anything: bytes) -> None:
    with pytest.raises(Conflict):
        open_sealed(new_key(), anything, HERE)


@given(st.data())
def test_one_changed_bit_is_noticed(data: st.DataObject) -> None:
    key = new_key()
    sealed = bytearray(seal(key, "against", HERE, 12))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(Conflict):
        open_sealed(key, bytes(sealed), HERE)


@given(names=NAMES, data=st.data())
def test_every_ballot_among_alternatives_fits_the_room_of_its_rule(names: list[str], data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["irv", "approval", "score"]))
    try:
        rule = a_rule(kind=kind, alternatives=names, **({"scale": [-5, 10]} if kind == "score" else {}))
    except Invalid:
        return  # names that no rule takes
    chosen = data.draw(st.lists(st.sampled_from(names), unique=True))
    written = {
        "irv": write_ranking({name: place for place, name in enumerate(chosen)}),
        "approval": write_approvals(chosen),
        "score": write_scores({name: data.draw(st.integers(-5, 10)) for name in chosen}),
    }[kind]
    assert len(valid_choice(rule, written).encode()) <= room_for(rule)


@pytest.mark.parametrize("method", [{"kind": "majority"}, {"kind": "consent"}, {"kind": "rating", "criterion": "ram"}])
def test_every_word_and_rating_fits_the_room_of_its_rule(method: dict[str, Any]) -> None:
    rule = a_rule(**method)
    assert all(len(choice.encode()) <= room_for(rule) for choice in (*ballot_form(rule).choices, "abstain", "unable"))


def test_no_room_is_larger_than_the_longest_choice_that_is_taken() -> None:
    names = [f"{number:03} {'long' * 20}" for number in range(200)]
    assert room_for(a_rule(kind="irv", alternatives=names)) == LONGEST
