"""The message classes as an AsyncAPI 3 document."""

from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import datetime
from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin
from uuid import UUID

from apps.live.contract.shapes import Shape, names, shapes
from apps.live.messages import SUBPROTOCOL, VERSION, ClientMessage, ServerMessage

Document = dict[str, Any]
_SCHEMAS: Mapping[Any, Document] = {
    str: {"type": "string"},
    UUID: {"type": "string", "format": "uuid"},
    datetime: {"type": "string", "format": "date-time"},
    int: {"type": "integer"},
    Fraction: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    Any: {},
}
ABOUT = (
    "The room of a deliberation round. Sign in with the session's cookie, with 'Authorization: Bearer <token>', or with the "
    f"subprotocols '{SUBPROTOCOL}' and 'bearer.<token>'. The server closes with 4400 (malformed too often), 4401 (not or no longer "
    "signed in), 4403 (foreign page), 4404 (no such round for you) or 4429 (too often)."
)


def asyncapi() -> Document:
    """The whole document."""
    found = shapes()
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Negotiator: live rooms", "version": str(VERSION), "description": ABOUT},
        "defaultContentType": "application/json",
        "channels": {"room": _channel()},
        "operations": {
            "hear": _operation("send", ServerMessage, "What the server says."),
            "say": _operation("receive", ClientMessage, "What a client may say."),
        },
        "components": {
            "messages": {shape.name: _message(shape) for shape in found if shape.t},
            "schemas": {shape.name: _schema(shape) for shape in found},
        },
    }


def _channel() -> Document:
    messages = [*names(ServerMessage), *names(ClientMessage)]
    return {
        "address": "/live/rounds/{round}/",
        "parameters": {"round": {"description": "The id of the round (a UUID)."}},
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in messages},
    }


def _operation(action: str, union: Any, summary: str) -> Document:
    messages = [{"$ref": f"#/channels/room/messages/{name}"} for name in names(union)]
    return {"action": action, "channel": {"$ref": "#/channels/room"}, "summary": summary, "messages": messages}


def _message(shape: Shape) -> Document:
    return {"name": shape.t, "summary": shape.words, "payload": {"$ref": f"#/components/schemas/{shape.name}"}}


def _schema(shape: Shape) -> Document:
    kind: Document = {"t": {"const": shape.t}} if shape.t else {}
    return {
        "type": "object",
        "description": shape.words,
        "properties": kind | {part.name: _type(part.type) for part in shape.parts},
        "required": [*kind, *(part.name for part in shape.parts if not part.optional)],
        "additionalProperties": False,
    }


def _type(hint: Any) -> Document:
    if hint in _SCHEMAS:
        return dict(_SCHEMAS[hint])
    if is_dataclass(hint):
        return {"$ref": f"#/components/schemas/{hint.__name__}"}  # type: ignore[union-attr]
    return _compound(get_origin(hint), get_args(hint))


def _compound(origin: Any, inner: tuple[Any, ...]) -> Document:
    if origin is Literal:
        return {"enum": list(inner)}
    if origin in (Union, UnionType):
        return {"anyOf": [_type(one) for one in inner]}
    if origin is tuple:
        return {"type": "array", "items": _type(inner[0])}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": _type(inner[1]) or True}
    raise TypeError(f"{origin} has no schema here")
