"""What is left of secret ballots: counts in order, as many as seats have voted, and nothing that was not counted."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.consensus import Row, parse_rule, tally
from apps.deliberation.domain.floor import FLOOR, kept_back
from apps.deliberation.domain.secret import multiset, multiset_faults, multiset_sha256, secret_rows
from apps.record.domain.entry import Entry

RULE = parse_rule(
    {
        "version": 1,
        "method": {"kind": "majority"},
        "groups": {"deciding": ["A", "C"], "composition": {"kind": "all"}},
    }
)
ENTITLED = {"A": 40, "C": 40}
SEATS = st.tuples(st.sampled_from(["x", "y"]), st.sampled_from(["A", "C"]), st.integers(0, 30))
CHOICES = st.sampled_from(["for", "against", "abstain"])


@st.composite
def ballots(draw: st.DrawFn) -> list[Row]:
    chosen = draw(st.dictionaries(SEATS, CHOICES))
    return [Row(item, group, f"{group}{seat}", choice) for (item, group, seat), choice in chosen.items()]


def entry_of(number: int, row: Row, **more: Any) -> Entry:
    return Entry(
        log=str(UUID(int=0)),
        seq=number,
        at="2026-11-23T14:05:09.123456Z",
        type="ballot.cast",
        by={"seat": row.seat},
        on={},
        data={"item": row.item, "group": row.group} | more,
    )


def faults(rows: Sequence[Row], lines: object, digest: str) -> list[str]:
    return list(multiset_faults(lines, digest, [entry_of(number, row) for number, row in enumerate(rows)]))


@given(ballots())
def test_counting_what_is_left_gives_what_counting_the_ballots_gives(rows: list[Row]) -> None:
    left = secret_rows(multiset(rows))
    assert tally(RULE, left, ENTITLED, items=["x", "y"]).items == tally(RULE, rows, ENTITLED, items=["x", "y"]).items


@given(ballots(), st.randoms())
def test_what_is_left_does_not_tell_the_order_in_which_people_voted(rows: list[Row], chance: Any) -> None:
    mixed = list(rows)
    chance.shuffle(mixed)
    assert multiset(mixed) == multiset(rows)


@given(ballots())
def test_what_is_left_names_no_seat(rows: list[Row]) -> None:
    assert not any(row.seat in str(multiset(rows)) for row in rows)


@given(ballots())
def test_an_honest_count_has_no_fault(rows: list[Row]) -> None:
    lines = multiset(rows)
    assert faults(rows, lines, multiset_sha256(lines)) == []


@given(ballots().filter(bool), st.data())
def test_any_other_count_is_found_even_with_a_digest_to_match(rows: list[Row], data: st.DataObject) -> None:
    lines = multiset(rows)
    line = data.draw(st.sampled_from(lines))
    how = data.draw(st.sampled_from(["one more", "another group", "gone", "twice", "not counted"]))
    if how == "one more":
        line["count"] += 1
    elif how == "another group":
        line["group"] = "B"
    elif how == "gone":
        lines.remove(line)
    elif how == "twice":
        lines.append(dict(line))
    else:
        line["count"] = 0
    assert faults(rows, lines, multiset_sha256(lines))


def test_a_choice_moved_within_a_group_is_told_by_the_digest() -> None:
    rows = [Row("x", "A", "A1", "for"), Row("x", "A", "A2", "against")]
    before = multiset_sha256(multiset(rows))
    moved = multiset([replace_choice(row) for row in rows[:1]] + rows[1:])
    assert faults(rows, moved, before) == [
        "the secret votes written there are not those whose digest stands beside them"
    ]


def replace_choice(row: Row) -> Row:
    return row._replace(choice="abstain")


def test_an_entry_that_says_what_was_chosen_is_named() -> None:
    row = Row("x", "A", "A1", "for")
    lines = multiset([row])
    shown = replace(entry_of(3, row), data={"item": "x", "group": "A", "choice": "for"})
    assert list(multiset_faults(lines, multiset_sha256(lines), [shown])) == [
        "the ballot of entry 3 is of a secret round, but says what was chosen"
    ]


@pytest.mark.parametrize(
    "lines", [None, {}, [[]], [{"item": "x"}], [{"item": 1, "group": "A", "choice": "for", "count": 1}]]
)
def test_what_is_no_such_count_is_refused_in_words(lines: object) -> None:
    assert faults([], lines, "") == ["it does not say what is left of the secret ballots as such an entry does"]


CROSSED = st.dictionaries(st.sampled_from("ABCDEF"), st.none() | st.integers(0, 99), min_size=1).filter(
    lambda one: len({at for at in one.values() if at is not None}) == sum(at is not None for at in one.values())
)


@given(CROSSED)
def test_below_the_floor_nobody_is_told_and_no_single_number_is_missing(crossed: dict[str, int | None]) -> None:
    hidden = kept_back(crossed)
    assert {group for group, at in crossed.items() if at is None} <= hidden
    assert len(hidden) != 1 or len(crossed) == 1


@given(st.permutations([(group, seat) for group in "ABC" for seat in range(FLOOR + 1)]))
def test_a_number_once_told_is_never_kept_back_again(order: list[tuple[str, int]]) -> None:
    """However people come to vote."""
    voted: dict[str, list[int]] = {group: [] for group in "ABC"}
    told: set[str] = set()
    for seq, (group, _) in enumerate(order):
        voted[group].append(seq)
        crossed = {key: seqs[FLOOR - 1] if len(seqs) >= FLOOR else None for key, seqs in voted.items()}
        now = voted.keys() - kept_back(crossed)
        assert told <= now
        told = set(now)
    assert told == {"A", "B", "C"}
