"""Reading what a client sends: exactly one of the client's messages, or a refusal that says what is wrong with it."""

from collections.abc import Callable, Mapping, Set
from dataclasses import MISSING, fields
from functools import cache
from typing import Any, get_args, get_type_hints
from uuid import UUID

import orjson

from apps.common.errors import Invalid
from apps.live.messages import ClientMessage

LARGEST = 64 * 1024
"""The largest message, in bytes."""
LONGEST_TEXT = 2000
LONGEST_ID = 100
Reader = Callable[[str, Any], Any]
_MESSAGES: Mapping[str, type[Any]] = {message.t: message for message in get_args(ClientMessage)}


def decode(text: str | None) -> ClientMessage:
    """A client's message. Raises `Invalid` (frame.malformed); `text` is None where something else than text came."""
    if text is None:
        raise _malformed("Send text, not bytes.")
    if len(text) > LARGEST or len(text.encode(errors="replace")) > LARGEST:
        raise _malformed(f"A message has at most {LARGEST} bytes.")
    return _message(_json(text))


def id_of(text: str | None) -> str:
    """The `id` of a message that cannot be read, where it has one: so that the sender knows which was refused."""
    try:
        value = orjson.loads(text or "")
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        return ""
    id = value.get("id") if isinstance(value, dict) else None
    return id if isinstance(id, str) and len(id) <= LONGEST_ID else ""


def _json(text: str) -> dict[str, Any]:
    try:
        value = orjson.loads(text)
    except (orjson.JSONDecodeError, UnicodeEncodeError) as error:
        raise _malformed("This is not JSON.") from error
    if not isinstance(value, dict):
        raise _malformed("A message is a JSON object.")
    return value


def _message(value: dict[str, Any]) -> ClientMessage:
    kind = value.pop("t", None)
    wanted = _MESSAGES.get(kind) if isinstance(kind, str) else None
    if wanted is None:
        raise _malformed(f"'t' is one of {', '.join(_MESSAGES)}.", {"t": "unknown"})
    needed, readers = _needed(str(kind)), _readers(str(kind))
    if not needed <= value.keys() <= readers.keys():
        faults = dict.fromkeys(needed - value.keys(), "is missing")
        faults |= {key[:LONGEST_ID]: "is not known here" for key in value.keys() - readers.keys()}
        raise _malformed(f"A {kind} has the keys t, {', '.join(readers)}.", faults)
    found: ClientMessage = wanted(*(readers[key](key, value.get(key)) for key in readers))
    return found


@cache
def _needed(kind: str) -> Set[str]:
    """The keys that may not be left out."""
    return {part.name.rstrip("_") for part in fields(_MESSAGES[kind]) if part.default is MISSING}


@cache
def _readers(kind: str) -> Mapping[str, Reader]:
    message = _MESSAGES[kind]
    hints = get_type_hints(message)
    return {part.name.rstrip("_"): _READERS[hints[part.name]] for part in fields(message)}


def _text(key: str, value: Any) -> str:
    longest = LONGEST_ID if key == "id" else LONGEST_TEXT
    if not isinstance(value, str) or len(value) > longest:
        raise _malformed(f"'{key}' is text of at most {longest} characters.", {key: "is not such a text"})
    return value


def _count(key: str, value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**53:
        raise _malformed(f"'{key}' is a whole number from 0.", {key: "is not such a number"})
    return value


def _uuid(key: str, value: Any) -> UUID:
    try:
        return UUID(_text(key, value))
    except ValueError as error:
        raise _malformed(f"'{key}' is a UUID.", {key: "is not a UUID"}) from error


def _flag(key: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _malformed(f"'{key}' is true or false.", {key: "is neither true nor false"})
    return value


def _or_null(read: Reader) -> Reader:
    return lambda key, value: None if value is None else read(key, value)


_READERS: Mapping[Any, Reader] = {
    str: _text,
    int: _count,
    bool: _flag,
    UUID: _uuid,
    UUID | None: _or_null(_uuid),
    int | None: _or_null(_count),
}


def _malformed(message: str, faults: Mapping[str, str] | None = None) -> Invalid:
    return Invalid("frame.malformed", message, faults)
