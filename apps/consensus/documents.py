"""Reading a JSON document strictly: every refusal names the place (`groups.overrides.community.quorum`) and what belongs there."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import NoReturn

from apps.common.errors import Invalid
from apps.consensus.shares import read_fraction

DEEPEST = 12


def refuse(reason: str, place: str, message: str) -> NoReturn:
    """Raise the one kind of error a rule has: code `rule.<reason>`, message and field named by the place."""
    raise Invalid(f"rule.{reason}", f"{place}: {message}", {place: message})


def at(place: str, key: str | int) -> str:
    """The place of `key` inside `place`, as errors name it."""
    if isinstance(key, int):
        return f"{place}[{key}]"
    return f"{place}.{key}" if place else key


def fields(value: object, place: str, required: Iterable[str] = (), optional: Iterable[str] = ()) -> dict[str, object]:
    """`value` as an object that has every required key and no key beyond these two lists."""
    required, optional = tuple(required), tuple(optional)
    read = mapping(value, place)
    known = (*required, *optional)
    for key in read:
        if key not in known:
            refuse("unknown_key", at(place, key), f"unknown key; known here: {', '.join(known) or 'none'}")
    for key in required:
        if key not in read:
            refuse("missing_key", at(place, key), "missing; this key is required")
    return read


def mapping(value: object, place: str) -> dict[str, object]:
    """`value` as a JSON object."""
    if not isinstance(value, Mapping):
        refuse("wrong_type", place or "rule", "must be an object { ... }")
    for key in value:
        if not isinstance(key, str):
            refuse("wrong_type", place or "rule", "every key must be a text")
    return dict(value)


def sequence(value: object, place: str) -> list[object]:
    """`value` as a JSON list with at least one entry."""
    if not isinstance(value, list | tuple):
        refuse("wrong_type", place, "must be a list [ ... ]")
    if not value:
        refuse("empty", place, "must name at least one entry")
    return list(value)


def text(value: object, place: str) -> str:
    """`value` as a text that is not blank and has no blanks at its ends."""
    if not isinstance(value, str):
        refuse("wrong_type", place, "must be a text")
    if not value or value != value.strip():
        refuse("blank", place, "must not be empty or begin or end with a blank")
    return value


def names(value: object, place: str, read_name: Callable[[object, str], str] = text) -> tuple[str, ...]:
    """`value` as a list of different texts."""
    read = tuple(read_name(entry, at(place, number)) for number, entry in enumerate(sequence(value, place)))
    for number, name in enumerate(read):
        if name in read[:number]:
            refuse("duplicate", at(place, number), f"'{name}' stands here twice")
    return read


def one_of(value: object, place: str, known: Iterable[str]) -> str:
    """`value` as one of the known words."""
    known = tuple(known)
    if not isinstance(value, str) or value not in known:
        refuse("unknown_value", place, f"must be one of {', '.join(known)}")
    return value


def flag(value: object, place: str) -> bool:
    """`value` as true or false."""
    if not isinstance(value, bool):
        refuse("wrong_type", place, "must be true or false")
    return value


def integer(value: object, place: str, low: int, high: int) -> int:
    """`value` as a whole number from `low` to `high`."""
    if isinstance(value, bool) or not isinstance(value, int):
        refuse("wrong_type", place, "must be a whole number")
    if not low <= value <= high:
        refuse("out_of_range", place, f"must be from {low} to {high}")
    return value


def fraction(value: object, place: str) -> Fraction:
    """`value` as an exact number given as a text: `"2/3"` or `"0.70"`."""
    read = read_fraction(value) if isinstance(value, str) else None
    if read is None:
        refuse("not_exact", place, 'must be an exact number written as a text, such as "2/3" or "0.70"')
    return read


def share(value: object, place: str) -> Fraction:
    """`value` as an exact share from 0 to 1."""
    read = fraction(value, place)
    if read > 1:
        refuse("out_of_range", place, 'must be from "0" to "1"')
    return read


def refuse_floats(value: object, place: str = "", depth: int = 0) -> None:
    """Refuse any number with a decimal point, wherever it stands: it is not exact and two machines may read it differently."""
    if depth > DEEPEST:
        refuse("too_deep", place, f"nested more than {DEEPEST} levels deep")
    if isinstance(value, float):
        refuse(
            "float",
            place or "rule",
            'numbers with a decimal point are refused; write the share as a text, such as "0.70"',
        )
    if isinstance(value, Mapping):
        for key, inner in value.items():
            refuse_floats(inner, at(place, str(key)), depth + 1)
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            refuse_floats(inner, at(place, number), depth + 1)
