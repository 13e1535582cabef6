"""The RFC 8785 reference test data: equal bytes where an entry may hold the value, a refusal where it may not."""

import json
import struct

import pytest
import rfc8785

from apps.common.errors import Invalid
from apps.record.domain.canonical import decode, encode
from tests.record.domain.vectors import folder, load

JCS = folder("jcs")
INSIDE = ["arrays", "unicode"]
OUTSIDE = ["french", "structures", "values", "weird"]  # keys beyond ASCII, or floats


def expected(name: str) -> bytes:
    return bytes.fromhex((JCS / "outhex" / f"{name}.txt").read_text())


def given_value(name: str) -> object:
    return json.loads((JCS / "input" / f"{name}.json").read_text())


def test_every_vector_is_used() -> None:
    assert sorted(path.stem for path in (JCS / "input").iterdir()) == sorted(INSIDE + OUTSIDE)


@pytest.mark.parametrize("name", INSIDE)
def test_a_vector_inside_the_subset_gives_the_published_bytes(name: str) -> None:
    assert encode(given_value(name)) == expected(name)
    assert decode(expected(name)) == given_value(name)


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_vector_outside_the_subset_is_refused_and_the_oracle_knows_its_bytes(name: str) -> None:
    assert rfc8785.dumps(given_value(name)) == expected(name)  # type: ignore[arg-type]
    with pytest.raises(Invalid):
        encode(given_value(name))


@pytest.mark.parametrize("name", ["french", "values", "weird"])
def test_canonical_bytes_outside_the_subset_are_not_read(name: str) -> None:
    with pytest.raises(Invalid):
        decode(expected(name))


def test_the_vector_with_an_integral_float_fits_once_it_is_written_as_an_integer() -> None:
    text = (JCS / "input" / "structures.json").read_text().replace("56.0", "56")
    assert encode(json.loads(text)) == expected("structures")


def test_numbers_are_written_by_the_oracle_as_published_and_refused_as_floats() -> None:
    for bits, text in load("jcs", "es6_numbers.json")["samples"]:
        number = struct.unpack(">d", bytes.fromhex(bits.zfill(16)))[0]
        assert rfc8785.dumps(number).decode() == text
        with pytest.raises(Invalid):
            encode(number)
