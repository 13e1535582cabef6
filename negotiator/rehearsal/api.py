"""The API as a program sees it: operations by their operationId, as the server's own OpenAPI document describes them."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote, urlencode

from apps.common.errors import Invalid, NotFound


@dataclass(frozen=True)
class Answer:
    """What came back: the HTTP status and the JSON body (None where there is none)."""

    status: int
    body: Any


class Transport(Protocol):
    """A way to the server: over the network (at `url`), or inside the process."""

    url: str

    def request(self, method: str, path: str, token: str, body: Mapping[str, Any] | None) -> Answer:
        """Send one request; `token` is empty for nobody."""


@dataclass(frozen=True)
class Operation:
    """One operation: how it is called, and which of its arguments belong into the path or the query."""

    id: str
    method: str
    path: str
    query: frozenset[str]
    has_body: bool

    def place(self, arguments: Mapping[str, Any]) -> tuple[str, dict[str, Any] | None]:
        """The address and the body for these arguments. Raises `Invalid` naming a missing path argument."""
        rest = dict(arguments)
        names = re.findall(r"\{(\w+)\}", self.path)
        missing = [name for name in names if name not in rest]
        if missing:
            raise Invalid("scenario.argument", f"{self.id} needs {', '.join(missing)}.")
        path = self.path
        for name in names:
            path = path.replace("{" + name + "}", quote(str(rest.pop(name)), safe=""))
        query = urlencode({key: rest.pop(key) for key in sorted(self.query & rest.keys())})
        return (f"{path}?{query}" if query else path), (rest if self.has_body or rest else None)


class Api:
    """All operations of one server."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        answer = transport.request("GET", "/api/schema/?format=json", "", None)
        if answer.status != 200 or not isinstance(answer.body, dict) or "paths" not in answer.body:
            raise NotFound("rehearsal.no_server", "The server does not show its OpenAPI document at /api/schema/.")
        self.operations = dict(_operations(answer.body))

    def call(self, id: str, arguments: Mapping[str, Any], token: str = "") -> Answer:
        """Call an operation by its operationId."""
        if id not in self.operations:
            raise Invalid("scenario.operation", f"The API has no operation '{id}'.")
        operation = self.operations[id]
        path, body = operation.place(arguments)
        return self.transport.request(operation.method, path, token, body)


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, Operation]]:
    for path, methods in document["paths"].items():
        for method, about in methods.items():
            if isinstance(about, dict) and "operationId" in about:
                query = frozenset(p["name"] for p in about.get("parameters", []) if p["in"] == "query")
                yield (
                    about["operationId"],
                    Operation(about["operationId"], method.upper(), path, query, "requestBody" in about),
                )


def read_json(raw: bytes) -> Any:
    """The JSON value of a body, or None where there is none."""
    try:
        return json.loads(raw) if raw else None
    except ValueError:
        return None
