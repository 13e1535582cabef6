"""Patches: where they meet is found, and where they do not the order does not matter."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.errors import Conflict
from apps.proposals.domain.patch import Accepted, Clash, apply, between, collisions, merge, three_way, touches

KEYS = ["title", "unit", "target", "owner", "periods", "population"]
present = st.sampled_from(["a", "b", "c"]) | st.fixed_dictionaries({"value": st.sampled_from(["1", "2"])})
values = st.none() | present
patches = st.dictionaries(st.sampled_from(KEYS), values)
states = st.dictionaries(st.sampled_from(KEYS), present)
BASE = {"title": "Loneliness", "target": {"value": "17"}, "unit": "%"}


def test_a_patch_sets_changes_and_clears() -> None:
    patch = {"target": {"value": "16"}, "unit": None, "owner": "Council"}
    assert apply(BASE, patch) == {"title": "Loneliness", "target": {"value": "16"}, "owner": "Council"}
    assert "unit" in BASE


def test_a_patch_touches_only_what_it_really_changes() -> None:
    assert touches(BASE, {"title": "Loneliness", "unit": None, "owner": None, "target": {"value": "16"}}) == {
        "unit",
        "target",
    }


@given(states, patches)
def test_a_field_is_touched_exactly_when_its_value_moves(base: dict[str, Any], patch: dict[str, Any]) -> None:
    after = apply(base, patch)
    assert touches(base, patch) == {key for key in KEYS if base.get(key) != after.get(key)}


@given(states, states)
def test_the_patch_between_two_states_leads_from_one_to_the_other_and_is_the_smallest(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    patch = between(old, new)
    assert apply(old, patch) == new
    assert touches(old, patch) == set(patch)


@given(st.lists(patches, max_size=5))
def test_every_collision_is_found_and_nothing_else(given_patches: list[dict[str, Any]]) -> None:
    named = {f"offer {n}": patch for n, patch in enumerate(given_patches)}
    naive = {
        key
        for one, other in combinations(given_patches, 2)
        for key in one.keys() & other.keys()
        if one[key] != other[key]
    }
    found = collisions(named)
    assert {collision.field for collision in found} == naive
    for collision in found:
        assert collision.values == {
            name: patch[collision.field] for name, patch in named.items() if collision.field in patch
        }


@given(patches, st.lists(patches, max_size=4), st.data())
def test_accepted_offers_that_do_not_collide_give_one_result_in_any_order(
    base: dict[str, Any], given_patches: list[dict[str, Any]], data: st.DataObject
) -> None:
    accepted = [Accepted(f"offer {n}", patch) for n, patch in enumerate(given_patches)]
    shuffled = data.draw(st.permutations(accepted))
    if collisions({each.offer: each.patch for each in accepted}):
        for order in (accepted, shuffled):
            with pytest.raises(Conflict) as refused:
                merge(base, order)
            assert refused.value.code == "patch.collision"
        return
    merged = merge(base, accepted)
    assert merge(base, shuffled) == merged
    one_by_one = dict(base)
    for each in shuffled:
        one_by_one |= each.patch
    assert merged.patch == one_by_one


def test_collisions_of_any_kind_are_named_when_merging() -> None:
    with pytest.raises(Conflict) as refused:
        merge(
            {},
            [
                Accepted("A", {"target": {"value": "16"}, "unit": "%"}),
                Accepted("C", {"target": {"value": "15"}, "unit": "%"}),
            ],
        )
    assert set(refused.value.fields) == {"target"}


def test_clearing_and_setting_a_field_collide() -> None:
    assert [collision.field for collision in collisions({"A": {"unit": None}, "C": {"unit": "%"}})] == ["unit"]


def test_the_origin_of_each_merged_field_is_kept() -> None:
    merged = merge(
        {"title": "Loneliness", "unit": "%"},
        [Accepted("C", {"target": {"value": "16"}, "periods": "yearly"}), Accepted("A", {"periods": "yearly"})],
    )
    assert merged.patch == {"title": "Loneliness", "unit": "%", "target": {"value": "16"}, "periods": "yearly"}
    assert merged.origins == {"target": ("C",), "periods": ("A", "C")}


def test_nothing_accepted_changes_nothing() -> None:
    assert merge(BASE, []).patch == BASE


def test_changes_to_different_fields_join_without_a_question() -> None:
    joined = three_way(BASE, {**BASE, "unit": "percent"}, {**BASE, "owner": "Council"})
    assert joined.merged == {**BASE, "unit": "percent", "owner": "Council"}
    assert joined.clashes == ()


def test_two_different_changes_of_one_field_have_to_be_chosen_between() -> None:
    theirs, mine = {**BASE, "target": {"value": "16"}}, {"title": "Loneliness", "unit": "%"}
    joined = three_way(BASE, theirs, mine)
    assert joined.clashes == (Clash("target", {"value": "17"}, {"value": "16"}, None),)
    assert joined.merged == theirs


@given(states, states, states)
def test_three_ways_lose_nothing_silently(base: dict[str, Any], theirs: dict[str, Any], mine: dict[str, Any]) -> None:
    joined = three_way(base, theirs, mine)
    clashing = {clash.field for clash in joined.clashes}
    for key in KEYS:
        was, their, my = base.get(key), theirs.get(key), mine.get(key)
        assert (key in clashing) == (was != their and was != my and their != my)
        if key not in clashing:
            assert joined.merged.get(key) == (their if their != was else my)
    swapped = three_way(base, mine, theirs)
    assert {clash.field for clash in swapped.clashes} == clashing


@given(states, states)
def test_a_side_that_changed_nothing_takes_the_other(base: dict[str, Any], other: dict[str, Any]) -> None:
    assert three_way(base, other, base).merged == three_way(base, base, other).merged == other
    assert not three_way(base, other, other).clashes
