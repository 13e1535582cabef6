"""Stands in for `rfc8785` where no number has a decimal point: there canonical JSON needs the standard library only."""

import json


def dumps(value: object) -> bytes:
    """RFC 8785 of a value without floats. Raises ValueError for one with floats: that would need the number format of ES6."""
    return json.dumps(_plain(value), separators=(",", ":"), ensure_ascii=False).encode()


def _plain(value: object) -> object:
    """The value with keys in the order of RFC 8785: by UTF-16 code units."""
    if isinstance(value, float):
        raise ValueError("a number with a decimal point has no place in this document")
    if isinstance(value, dict):
        return {key: _plain(value[key]) for key in sorted(value, key=lambda key: key.encode("utf-16-be"))}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value
