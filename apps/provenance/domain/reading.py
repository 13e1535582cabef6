"""Reading decoded JSON strictly: every refusal names its place (`acts[2].method`) and says what was expected there."""

import re
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from apps.common.errors import Invalid

DECIMAL = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")
SHARE = re.compile(r"[0-9]{1,12}(\.[0-9]{1,12}|/[0-9]{1,12})?")
LARGEST = 10**12


def refusal(place: str, reason: str) -> Invalid:
    """The error for something in a history that cannot be read; `fields` maps the place to the reason."""
    return Invalid("history.malformed", f"{place}: {reason}.", {place: reason})


def shown(value: object) -> str:
    """A value as it may stand inside a one-line message: escaped to ASCII and cut at 60 characters."""
    try:
        text = ascii(value)
    except (ValueError, RecursionError):
        # Python refuses to write integers of more than 4300 digits, and lists in hundreds of lists.
        text = "something too large to be shown"
    return text if len(text) <= 60 else f"{text[:57]}..."


def escaped(key: str) -> str:
    """A key as it may stand in a place: on one line, in ASCII."""
    return key.encode("unicode_escape").decode("ascii")


def mapping(value: object, place: str) -> Mapping[str, Any]:
    """An object with text keys that are not empty."""
    if not isinstance(value, Mapping):
        raise refusal(place, f"must be an object, not {shown(value)}")
    for key in value:
        if not isinstance(key, str) or not key:
            raise refusal(place, f"has the key {shown(key)}; keys are text and not empty")
    return value


def known_keys(value: Mapping[str, Any], known: Collection[str], required: Iterable[str], place: str) -> None:
    """Refuses a key outside `known` and the lack of a required one; `place` is empty at the top of the document."""
    prefix = f"{place}." if place else ""
    for key in value:
        if key not in known:
            raise refusal(f"{prefix}{escaped(key)}", "is not a key that is known here")
    for key in required:
        if key not in value:
            raise refusal(f"{prefix}{key}", "is missing")


def sequence(value: object, place: str) -> list[Any]:
    """A list."""
    if not isinstance(value, list):
        raise refusal(place, f"must be a list, not {shown(value)}")
    return value


def text(value: object, place: str) -> str:
    """A text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        raise refusal(place, f"must be a text, not {shown(value)}")
    return value


def one_of(value: object, choices: Collection[str], place: str) -> str:
    """A text out of a closed list."""
    if not isinstance(value, str) or value not in choices:
        raise refusal(place, f"must be one of {', '.join(sorted(choices))}, not {shown(value)}")
    return value


def names(value: object, choices: Collection[str], what: str, place: str) -> tuple[str, ...]:
    """A list of different names out of `choices`; `what` says in words what they name ("group", "part")."""
    found: list[str] = []
    for index, name in enumerate(sequence(value, place)):
        if not isinstance(name, str) or name not in choices:
            raise refusal(f"{place}[{index}]", f"{shown(name)} is not a {what} of this history")
        if name in found:
            raise refusal(f"{place}[{index}]", f"{shown(name)} is named twice")
        found.append(name)
    return tuple(found)


def yes_or_no(value: object, place: str) -> bool:
    """true or false, and nothing that merely resembles them."""
    if not isinstance(value, bool):
        raise refusal(place, f"must be true or false, not {shown(value)}")
    return value


def count(value: object, place: str) -> int:
    """A whole number from 0."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST:
        raise refusal(place, f"must be a whole number from 0, not {shown(value)}")
    return value


def number(value: object, place: str) -> Fraction:
    """An exact number: an integer, a decimal, or a decimal as text, with at most 12 digits on each side of the point.

    A float is read by its shortest decimal form, which is what a JSON file said.
    """
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST:
        return Fraction(value)
    written = _plain(value)
    if not DECIMAL.fullmatch(written):
        raise refusal(place, f"must be a number such as 3 or 0.25, not {shown(value)}")
    return Fraction(written)


def share(value: object, place: str) -> Fraction:
    """An exact share between 0 and 1, written as a text ("0.8", "4/5") or a number."""
    written = value if isinstance(value, str) else _plain(value)
    try:
        exact = Fraction(written) if SHARE.fullmatch(written) else None
    except ZeroDivisionError:
        exact = None
    if exact is None or exact > 1:
        raise refusal(place, f"must be a share between 0 and 1, not {shown(value)}")
    return exact


def _plain(value: object) -> str:
    """A number in plain decimal notation; an empty text for whatever is none, or has too many digits to be meant."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return ""
    decimal = value if isinstance(value, Decimal) else Decimal(repr(value) if isinstance(value, float) else value)
    if not decimal.is_finite() or not -12 <= decimal.adjusted() <= 12:
        return ""
    plain = f"{decimal:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
