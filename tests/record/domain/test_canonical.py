"""The canonical bytes: equal to a full RFC 8785 writer inside the subset, and a refusal with a place outside it."""

import enum
from collections import OrderedDict
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from apps.common.errors import Invalid
from apps.record.domain.canonical import LARGEST_INTEGER, decode, encode

texts = st.text(st.characters(exclude_categories=["Cs"]))
keys = st.text(st.characters(max_codepoint=127))
integers = st.integers(-LARGEST_INTEGER, LARGEST_INTEGER)
values = st.recursive(
    st.none() | st.booleans() | integers | texts,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(keys, inner, max_size=5),
    max_leaves=20,
)


class Colour(enum.Enum):
    RED = "red"


class Choice(enum.StrEnum):
    FOR = "for"


class MarkedText(str):
    __slots__ = ()


class Weekday(enum.IntEnum):
    MONDAY = 1


@given(values)
@example({"\r": 1, "\n": 2, "\x00": 3, "\x7f": 4, "": 5, "a": 6, "A": 7, "10": 8, "1": 9, "</script>": 10, '"\\/': 11})
@example('\x00\x01\x1f \x08\t\n\x0b\x0c\r"\\/\x7f\x80é\u2028\ufeff\U0001f602')
@example([LARGEST_INTEGER, -LARGEST_INTEGER, 0, True, None])
def test_the_bytes_are_those_of_a_full_rfc_8785_writer(value: object) -> None:
    assert encode(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@given(values)
def test_reading_the_bytes_gives_the_value_back(value: object) -> None:
    assert decode(encode(value)) == value


@pytest.mark.parametrize(
    "foreign",
    [
        1.0,
        float("nan"),
        UUID(int=1),
        date(2026, 1, 1),
        datetime(2026, 1, 1, tzinfo=UTC),
        Decimal("1.5"),
        Fraction(1, 2),
        b"bytes",
        (1, 2),
        {1, 2},
        OrderedDict(a=1),
        Colour.RED,
        Choice.FOR,
        Weekday.MONDAY,
        MarkedText("safe"),
        LARGEST_INTEGER + 1,
        -LARGEST_INTEGER - 1,
        2**70,
        "\ud800",
        {"é": 1},
        {1: "number as key"},
        {Choice.FOR: "enum as key"},
    ],
    ids=repr,
)
def test_what_an_entry_may_not_hold_is_refused_at_any_depth(foreign: object) -> None:
    with pytest.raises(Invalid) as at_top:
        encode(foreign)
    with pytest.raises(Invalid) as deep:
        encode({"data": {"votes": [1, foreign]}})
    assert at_top.value.code == deep.value.code == "canonical.refused"
    assert list(at_top.value.fields) == ["value"]
    assert list(deep.value.fields) == ["data.votes[1]"]
    assert "data.votes[1]" in deep.value.message


def test_endless_nesting_is_refused_before_it_exhausts_the_stack() -> None:
    value: list[object] = []
    for _ in range(5000):
        value = [value]
    with pytest.raises(Invalid, match="deeper than"):
        encode(value)
    with pytest.raises(Invalid):
        decode(b"[" * 5000 + b"]" * 5000)


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a": 1}',
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a":1}\n',
        b'{"a":1.0}',
        b'"\\u0041"',
        b'"\\/"',
        b"-0",
        b"1e2",
        b'{"\xc3\xa9":1}',
        b"\xff",
        b"",
        b"[1,]",
        b"NaN",
        b"9007199254740992",
    ],
)
def test_bytes_in_any_other_form_are_refused(raw: bytes) -> None:
    with pytest.raises(Invalid):
        decode(raw)
