"""The message classes as TypeScript types."""

from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import datetime
from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin
from uuid import UUID

from apps.live.contract.shapes import Part, Shape, names, shapes
from apps.live.messages import VERSION, ClientMessage, ServerMessage

HEAD = f"""/** The messages of a room, both ways, version {VERSION}. Generated from the server's message classes: do not edit. */
"""
_WORDS: Mapping[Any, str] = {
    str: "string",
    UUID: "string",
    datetime: "string",
    int: "number",
    Fraction: "number",
    bool: "boolean",
    NoneType: "null",
    Any: "unknown",
}


def typescript() -> str:
    """The whole file."""
    unions = [f"export type {name} = {' | '.join(names(union))};\n" for name, union in _unions()]
    return "\n".join([HEAD, *(_interface(shape) for shape in shapes()), *unions])


def _unions() -> list[tuple[str, Any]]:
    return [("ServerMessage", ServerMessage), ("ClientMessage", ClientMessage)]


def _interface(shape: Shape) -> str:
    kind = [f'  t: "{shape.t}";'] if shape.t else []
    lines = [f"/** {shape.words} */", f"export interface {shape.name} {{", *kind, *map(_line, shape.parts), "}"]
    return "\n".join(lines) + "\n"


def _line(part: Part) -> str:
    return f"  {part.name}{'?' if part.optional else ''}: {_type(part.type)};"


def _type(hint: Any) -> str:
    if hint in _WORDS:
        return _WORDS[hint]
    if is_dataclass(hint):
        return str(hint.__name__)  # type: ignore[union-attr]
    return _compound(get_origin(hint), get_args(hint))


def _compound(origin: Any, inner: tuple[Any, ...]) -> str:
    if origin is Literal:
        return " | ".join(f'"{value}"' for value in inner)
    if origin in (Union, UnionType):
        return " | ".join(_type(one) for one in inner)
    if origin is tuple:
        return f"{_type(inner[0])}[]"
    if origin is Mapping:
        return f"Record<string, {_type(inner[1])}>"
    raise TypeError(f"{origin} has no TypeScript type here")
