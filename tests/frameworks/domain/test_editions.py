"""Two states of a framework side by side: an element is the same by its id."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from apps.frameworks.domain.editions import compare

Item = dict[str, Any]


def item(id: str, title: str = "A", parent: str | None = None, number: int = 1) -> Item:
    return {"id": id, "kind": "measure", "code": id, "parent": parent, "number": number, "fields": {"title": title}}


def test_what_came_went_moved_and_changed() -> None:
    old = [item("a"), item("b"), item("c", parent="a"), item("d")]
    new = [item("a"), item("b", "B"), item("c", parent="b"), item("e")]
    found = compare(old, new)
    assert ([i["id"] for i in found.added], [i["id"] for i in found.gone]) == (["e"], ["d"])
    assert [(pair.new["id"], pair.has_moved) for pair in found.changed] == [("b", False), ("c", True)]
    assert found.kept == 1


def test_a_confirmation_without_change_is_no_change() -> None:
    assert compare([item("a")], [item("a", number=2)]).is_empty


states = st.lists(
    st.builds(item, st.sampled_from("abcdef"), st.sampled_from("xyz")), max_size=6, unique_by=lambda item: item["id"]
)


@given(states, states)
def test_nothing_is_lost_and_nothing_counted_twice(old: list[Item], new: list[Item]) -> None:
    found = compare(old, new)
    assert len(found.added) + len(found.changed) + found.kept == len(new)
    assert len(found.gone) + len(found.changed) + found.kept == len(old)
    assert compare(new, old).added == found.gone
    assert compare(new, new).is_empty
