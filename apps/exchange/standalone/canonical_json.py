"""Stands in for `orjson`: strict JSON in, canonical JSON out (sorted keys, no spaces), in the subset an entry may use."""

import json
from typing import Any, NoReturn

OPT_SORT_KEYS = 4
OPT_INDENT_2 = 1
OPT_APPEND_NEWLINE = 2

JSONDecodeError = json.JSONDecodeError


def loads(raw: bytes | str) -> Any:
    """The value of a JSON text. Like the library it refuses NaN, and bytes that are not UTF-8."""
    try:
        text = raw.decode() if isinstance(raw, bytes) else raw
        return json.loads(text, parse_constant=_no_constant)
    except (UnicodeDecodeError, RecursionError) as error:
        raise JSONDecodeError("not JSON in UTF-8", "", 0) from error


def dumps(value: object, option: int = 0) -> bytes:
    """The value as JSON, keys sorted by code point."""
    indent = 2 if option & OPT_INDENT_2 else None
    separators = (",", ": ") if indent else (",", ":")
    text = json.dumps(
        value, sort_keys=bool(option & OPT_SORT_KEYS), separators=separators, indent=indent, ensure_ascii=False
    )
    return (text + ("\n" if option & OPT_APPEND_NEWLINE else "")).encode()


def _no_constant(name: str) -> NoReturn:
    raise JSONDecodeError(f"{name} is no JSON", "", 0)
