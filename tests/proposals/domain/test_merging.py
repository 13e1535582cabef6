"""Taking offers into a proposal: the order does not matter, nothing is taken back silently, every collision is seen."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.errors import Conflict
from apps.proposals.domain.merging import Asked, Taken, Waiting, origins, overwrites, table, take
from apps.proposals.domain.patch import collisions

KEYS = ["title", "unit", "target", "owner"]
values = st.none() | st.sampled_from(["a", "b"])
patches = st.dictionaries(st.sampled_from(KEYS), values, min_size=1)
currents = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(["a", "b"]))
WHOLE = {"unit": "%", "target": {"value": "16"}}
PLACES = Taken("places", 2, {"unit": "households"})


def asked(offer: str, patch: dict[str, Any], on_number: int = 1, take: dict[str, Any] | None = None) -> Asked:
    return Asked(offer, on_number, patch, patch if take is None else take)


def test_an_offer_written_before_another_was_taken_does_not_silently_replace_it() -> None:
    current = {**WHOLE, "unit": "households"}
    with pytest.raises(Conflict) as refused:
        take(current, [PLACES], [asked("people", {"unit": "people"})])
    assert refused.value.code == "patch.collision"
    assert refused.value.fields.keys() == {"unit"}


def test_who_builds_on_what_was_taken_means_it() -> None:
    current = {**WHOLE, "unit": "households"}
    assert take(current, [PLACES], [asked("people", {"unit": "people"}, on_number=2)])["unit"] == "people"


def test_a_form_of_its_own_settles_it_and_the_same_words_again_do_not() -> None:
    current = {**WHOLE, "unit": "households"}
    settled = asked("people", {"unit": "people"}, take={"unit": "households and people"})
    assert take(current, [PLACES], [settled])["unit"] == "households and people"
    with pytest.raises(Conflict):
        take(current, [PLACES], [asked("people", {"unit": "people"}, take={"unit": "people", "owner": "Council"})])


def test_leaving_the_field_alone_settles_it_too() -> None:
    current = {**WHOLE, "unit": "households"}
    both = {"unit": "people", "owner": "Council"}
    assert take(current, [PLACES], [asked("people", both, take={"owner": "Council"})]) == {
        **current,
        "owner": "Council",
    }


def test_what_its_authors_changed_again_is_not_defended_any_more() -> None:
    assert overwrites({**WHOLE, "unit": "homes"}, [PLACES], {"unit": "people"}, 1) == []


def test_two_offers_that_want_different_things_do_not_go_together() -> None:
    with pytest.raises(Conflict) as refused:
        take(WHOLE, [], [asked("one", {"unit": "a"}), asked("other", {"unit": "b"})])
    assert refused.value.code == "patch.collision"


@given(currents, st.lists(patches, min_size=1, max_size=4))
def test_taken_together_or_one_by_one_in_any_order_they_give_one_result(
    current: dict[str, Any], wanted: list[dict[str, Any]]
) -> None:
    named = {f"offer {n}": patch for n, patch in enumerate(wanted)}
    if collisions(named):
        with pytest.raises(Conflict):
            take(current, [], [asked(name, patch) for name, patch in named.items()])
        return
    together = take(current, [], [asked(name, patch) for name, patch in named.items()])
    for order in permutations(named):
        stands, taken = dict(current), list[Taken]()
        for number, name in enumerate(order, 2):
            stands = take(stands, taken, [asked(name, named[name])])
            taken.append(Taken(name, number, named[name]))
        assert stands == together


@given(currents, st.lists(st.tuples(patches, st.integers(2, 4)), max_size=4), patches, st.integers(1, 4))
def test_every_silent_replacement_is_found_and_nothing_else(
    current: dict[str, Any], earlier: list[tuple[dict[str, Any], int]], patch: dict[str, Any], on_number: int
) -> None:
    taken = [Taken(f"offer {n}", number, each) for n, (each, number) in enumerate(earlier)]
    naive = {
        key
        for one in taken
        for key, value in one.patch.items()
        if one.number > on_number and key in patch and current.get(key) == value and patch[key] != value
    }
    assert {one.field for one in overwrites(current, taken, patch, on_number)} == naive


@given(currents, st.lists(patches, max_size=4))
def test_the_table_holds_every_wish_once_and_marks_where_they_differ(
    current: dict[str, Any], wanted: list[dict[str, Any]]
) -> None:
    waiting = [Waiting(f"offer {n}", 1, patch) for n, patch in enumerate(wanted)]
    rows = table(current, [], waiting)
    assert [(row.field, one.offer, one.value) for row in rows for one in row.wanted] == [
        (field, one.offer, one.patch[field])
        for field in sorted({key for patch in wanted for key in patch})
        for one in waiting
        if field in one.patch
    ]
    differing = {one.field for one in collisions({one.offer: one.patch for one in waiting})}
    assert {row.field for row in rows if row.collides} == differing


def test_each_field_remembers_the_offers_it_came_from() -> None:
    taken = [PLACES, Taken("homes", 3, {"unit": "homes"}), Taken("rooms", 4, {"owner": "Council"})]
    assert origins({"unit": "homes", "owner": "Council"}, taken) == {"unit": ("homes",), "owner": ("rooms",)}
