"""Calling the API as a program does: operations by their name, people by their tokens."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from apps.accounts.models import ApiToken, Person
from apps.api.urls import urlpatterns
from tests.people import Lismorrow


def operations() -> Iterator[tuple[str, str, str, str]]:
    """Name, family, method and address of every operation."""
    for pattern in urlpatterns:
        address = "/api/" + re.sub(r"<\w+:(\w+)>", r"{\1}", str(pattern.pattern))
        view: Any = pattern.callback
        for method, name in getattr(view, "actions", {}).items():
            yield name, view.cls.family, method.upper(), address


OPERATIONS = {name: (method, address) for name, _, method, address in operations()}
FAMILY = {name: family for name, family, _, _ in operations()}
FAMILIES = sorted(set(FAMILY.values()))


@dataclass
class Said:
    """What came back."""

    status: int
    body: Any
    headers: Any = field(default_factory=dict)

    @property
    def code(self) -> str:
        return str(self.body["code"])

    def __getitem__(self, key: str) -> Any:
        return self.body[key]


class Caller:
    """Somebody who calls the API with a token, or nobody."""

    def __init__(self, person: Person | None = None, token: str = "") -> None:
        self.client = Client()
        self.token = token or (ApiToken.make(person, "a test") if person else "")

    def __call__(self, name: str, body: Any = None, /, query: str = "", **values: Any) -> Said:
        """Call an operation: values of the path by name; `body` as JSON, or all further values as its keys."""
        method, address = OPERATIONS[name]
        path = {key: values.pop(key) for key in re.findall(r"{(\w+)}", address)}
        return self.send(method, address.format(**path) + query, values if body is None else body)

    def send(self, method: str, address: str, body: Any = None, **more: Any) -> Said:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        data = body if isinstance(body, bytes | str) else self.client._encode_json(body or {}, "application/json")  # type: ignore[attr-defined]
        given = {"data": data, "content_type": "application/json"} | more if method != "GET" else more
        answer = self.client.generic(method, address, headers=headers, **given)
        return Said(answer.status_code, answer.json() if answer.content else None, answer.headers)

    def get(self, address: str) -> Said:
        return self.send("GET", address)


def callers(lismorrow: Lismorrow) -> dict[str, Caller]:
    """Everybody of the cast, and nobody."""
    return {name.lower(): Caller(person) for name, person in lismorrow.people.items()} | {"nobody": Caller()}
