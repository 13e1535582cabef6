"""Reading a JSON value strictly: each refusal names the place in the file and what belongs there."""

from collections.abc import Iterable, Set
from typing import Any

from apps.common.errors import Invalid


def keys(value: Any, place: str, allowed: Set[str], needed: Set[str]) -> dict[str, Any]:
    """An object with these keys and no others."""
    given = mapping(value, place)
    unknown, missing = sorted(given.keys() - allowed), sorted(needed - given.keys())
    if unknown or missing:
        raise wrong(place, f"unknown: {', '.join(unknown)}" if unknown else f"missing: {', '.join(missing)}")
    return given


def mapping(value: Any, place: str) -> dict[str, Any]:
    """An object."""
    if not isinstance(value, dict):
        raise wrong(place, "it must be an object")
    return dict(value)


def items(value: Any, place: str) -> list[tuple[Any, str]]:
    """A list, each item with its place."""
    if not isinstance(value, list):
        raise wrong(place, "it must be a list")
    return [(each, f"{place}[{number}]") for number, each in enumerate(value)]


def text(given: dict[str, Any], key: str, place: str) -> str:
    """A text; empty where the key is missing."""
    value = given.get(key, "")
    if not isinstance(value, str):
        raise wrong(f"{place}.{key}", "it must be text")
    return value


def filled(given: dict[str, Any], key: str, place: str) -> str:
    """A text that is not blank."""
    value = text(given, key, place)
    if not value.strip():
        raise wrong(f"{place}.{key}", "it must not be empty")
    return value


def one_of(given: dict[str, Any], key: str, known: Iterable[str], place: str) -> str:
    """One of these words; the first where the key is missing."""
    words = list(known)
    value = given.get(key, words[0])
    if value not in words:
        raise wrong(f"{place}.{key}", f"choose one of {', '.join(words)}")
    return str(value)


def wrong(place: str, why: str) -> Invalid:
    """The one refusal of a scenario file (scenario.malformed)."""
    return Invalid("scenario.malformed", f"{place}: {why}.", {place: why})
