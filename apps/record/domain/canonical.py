"""The one form in which an entry is hashed: RFC 8785 (JSON Canonicalization Scheme), restricted to what an entry may
hold.

The subset leaves out what makes RFC 8785 slow and what makes readers disagree: no floats, integers within +-(2^53 - 1),
keys in ASCII. Inside it a plain JSON writer with sorted keys gives the same bytes as a full RFC 8785 one.
"""

from typing import Any

import orjson

from apps.common.errors import Invalid

LARGEST_INTEGER = 2**53 - 1
DEEPEST = 64

_Fault = tuple[str, str]


def encode(value: object) -> bytes:
    """The canonical bytes of `value`, made of str, int, bool, None, list and dict with ASCII keys, at most 64 levels
    deep.

    Anything else, subclasses included, is refused with `Invalid` whose `fields` names the place (`data.votes[2]`).
    """
    fault = _fault(value, DEEPEST)
    if fault is not None:
        path, reason = fault
        place = path.lstrip(".") or "value"
        raise Invalid("canonical.refused", f"{place}: {reason}", {place: reason})
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def decode(raw: bytes) -> Any:
    """The value whose canonical form is `raw`; bytes that are not that form (spaces, order, duplicate keys) are
    `Invalid`.
    """
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise Invalid("canonical.unreadable", f"These bytes are not JSON: {error}.") from error
    if encode(value) != raw:
        raise Invalid("canonical.refused", "These bytes are JSON, but not in canonical form (RFC 8785).")
    return value


def _fault(value: object, depth: int) -> _Fault | None:
    """Where and why `value` leaves the subset. Exact types are asked for, because an enum or a UUID would pass
    silently.
    """
    kind = type(value)
    if kind is str:
        return _text_fault(value)  # type: ignore[arg-type]
    if kind is int:
        return None if -LARGEST_INTEGER <= value <= LARGEST_INTEGER else ("", "is an integer beyond 2^53 - 1")  # type: ignore[operator]
    if value is None or kind is bool:
        return None
    if depth == 0:
        return "", f"lies deeper than {DEEPEST} levels"
    if kind is dict:
        return _dict_fault(value, depth - 1)  # type: ignore[arg-type]
    if kind is list:
        return _list_fault(value, depth - 1)  # type: ignore[arg-type]
    return "", f"is a {kind.__name__}; an entry holds str, int, bool, None, list and dict only"


def _text_fault(text: str) -> _Fault | None:
    if text.isascii():
        return None
    try:
        text.encode()
    except UnicodeEncodeError:
        return "", "is text with half a surrogate pair"
    return None


def _dict_fault(values: dict[object, object], depth: int) -> _Fault | None:
    for key, value in values.items():
        if type(key) is not str or not key.isascii():
            return "", f"has the key {key!r}; keys are ASCII text"
        if type(value) is str and value.isascii():
            continue  # most values are: spared a call for each
        fault = _fault(value, depth)
        if fault is not None:
            return f".{key}{fault[0]}", fault[1]
    return None


def _list_fault(values: list[object], depth: int) -> _Fault | None:
    for index, value in enumerate(values):
        fault = _fault(value, depth)
        if fault is not None:
            return f"[{index}]{fault[0]}", fault[1]
    return None
