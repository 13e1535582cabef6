"""What comes near a suggestion: the same wish, another wish on the same field, a title much like it."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from apps.proposals.domain.similar import alike, likeness, near


def test_the_same_wish_comes_before_another_wish_and_what_is_elsewhere_not_at_all() -> None:
    others = {
        "elsewhere": {"owner": "Council"},
        "another": {"population": "All"},
        "same": {"population": "11 and over", "owner": "Council"},
    }
    found = near({"population": "11 and over"}, others)
    assert [(one.name, one.same, one.differs) for one in found] == [
        ("same", ("population",), ()),
        ("another", (), ("population",)),
    ]


def test_titles_are_alike_by_their_long_words() -> None:
    others = {"a": "Loneliness of older people", "b": "Housing stress", "c": "The loneliness of people"}
    assert alike("Loneliness of people", others) == ["c", "a"]


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1
    assert likeness(one, one) in {Fraction(0), Fraction(1)}
