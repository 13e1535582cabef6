"""Aligned or not: every thing from above answered by practice, and nothing pulling against it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.measurement.domain.alignment import Naming, from_practice, is_evidence, summarise

KINDS = {"A": "agency", "P": "provider", "F": "frontline", "U": "users"}


@pytest.mark.parametrize(
    ("above", "practice", "links", "words"),
    [
        ("", "", [], "nothing yet"),
        ("n", "", [], "only from above"),
        ("", "m", [], "only from practice"),
        ("n", "m", [], "apart"),
        ("n", "m", [("n", "m", "against")], "apart"),
        ("n", "m", [("n", "m", "leads_to")], "aligned"),
        ("no", "m", [("n", "m", "same")], "partly aligned"),
        ("n", "mk", [("n", "m", "same"), ("n", "k", "against")], "partly aligned"),
        ("n", "m", [("gone", "m", "same")], "apart"),
    ],
)
def test_in_one_word_or_two(above: str, practice: str, links: list[tuple[str, str, str]], words: str) -> None:
    assert summarise(above, practice, links).words == words


@given(
    st.sets(st.sampled_from("abc")),
    st.sets(st.sampled_from("xyz")),
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz"), st.sampled_from(["same", "leads_to", "against"]))
    ),
)
def test_one_more_answer_never_leaves_more_unanswered(
    above: set[str], practice: set[str], links: list[tuple[str, str, str]]
) -> None:
    before = summarise(above, practice, links)
    after = summarise(above, practice, [*links, ("a", "x", "same")])
    assert 0 <= after.unanswered <= before.unanswered <= len(above)


def test_practice_had_a_part_where_a_group_close_to_it_began_or_asked() -> None:
    assert from_practice({"origin": "practice"}, KINDS)
    assert from_practice({"origin": "joint", "asked_by": ["U"]}, KINDS)
    assert from_practice({"origin": "joint", "initiators": ["A", "F"]}, KINDS)
    assert not from_practice({"origin": "joint", "initiators": ["A", "P"]}, KINDS)
    assert not from_practice({"origin": "authority"}, KINDS)


def test_evidence_is_dated_before_any_plan_that_names_it() -> None:
    first = Naming(1, date(2024, 7, 1))
    assert is_evidence(date(2024, 5, 14), first)
    assert is_evidence(date(2024, 5, 14), None)
    assert not is_evidence(date(2024, 7, 1), first)
