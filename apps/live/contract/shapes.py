"""Message classes read as plain shapes: names, parts, and the types of parts, from which both documents are written."""

import inspect
from collections.abc import Iterator
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

from apps.live.messages import ClientMessage, ServerMessage


@dataclass(frozen=True)
class Part:
    """One key of a shape. `optional`: left out where there is nothing to say."""

    name: str
    type: Any
    optional: bool


@dataclass(frozen=True)
class Shape:
    """A class as it is sent; `t` is the kind of a message, empty for the values inside."""

    name: str
    t: str
    words: str
    parts: tuple[Part, ...]


def shapes() -> list[Shape]:
    """Every shape that messages need: values first, then the messages."""
    found: dict[type[Any], Shape] = {}
    for message in (*get_args(ServerMessage), *get_args(ClientMessage)):
        _collect(message, found)
    return sorted(found.values(), key=lambda shape: bool(shape.t))


def names(union: Any) -> list[str]:
    """The names of the messages in a union."""
    return [message.__name__ for message in get_args(union)]


def _collect(kind: type[Any], found: dict[type[Any], Shape]) -> None:
    if kind in found:
        return
    hints = get_type_hints(kind)
    parts = tuple(_part(field, hints[field.name]) for field in fields(kind))
    for part in parts:
        for inner in _classes(part.type):
            _collect(inner, found)
    words = " ".join(inspect.getdoc(kind).split()) if inspect.getdoc(kind) else ""  # type: ignore[union-attr]
    found[kind] = Shape(kind.__name__, getattr(kind, "t", ""), words, parts)


def _part(field: "Field[Any]", hint: Any) -> Part:
    optional = field.default is not MISSING and field.default is None
    type = _without_none(hint) if optional else hint
    return Part(field.name.rstrip("_"), type, optional)


def _without_none(hint: Any) -> Any:
    kept = [part for part in get_args(hint) if part is not type(None)]
    return kept[0]


def _classes(hint: Any) -> Iterator[type[Any]]:
    if is_dataclass(hint) and isinstance(hint, type):
        yield hint
    elif get_origin(hint) is not None:
        for inner in get_args(hint):
            yield from _classes(inner)
