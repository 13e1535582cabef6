"""What every family of operations shares: parse what was sent, call, and represent what comes back.

    class Groups(Operations):
        family = "partnerships"

        @operation(body=AddGroup, answer=Group, status=201)
        def add_group(self, ask: Ask, partnership: UUID) -> StakeholderGroup:
            \"\"\"Add a stakeholder group with its seats.\"\"\"
            return services.add_group(by=open_partnership(ask.person, partnership), **ask.data)

The method's name is the operationId; its docstring describes it in the OpenAPI document (apps/api/schema.py).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.viewsets import ViewSet

from apps.accounts.models import Person
from apps.api.parsers import StrictJSON
from apps.api.shapes import Given, Shape
from apps.common.errors import NotSignedIn

Method = Callable[..., Any]


@dataclass(frozen=True)
class Ask:
    """One request, read: who asks, the body and the query as their declared types say."""

    request: Request
    data: dict[str, Any]
    query: dict[str, Any]

    @property
    def person(self) -> Person | None:
        """Who asks; None where nobody is signed in."""
        return self.request.user if isinstance(self.request.user, Person) else None

    def signed_in(self) -> Person:
        """Who asks. Raises `NotSignedIn`."""
        if self.person is None:
            raise NotSignedIn("person.not_signed_in", "Sign in first, or send a token.")
        return self.person

    @property
    def by_token(self) -> bool:
        """Whether a program asks with a token, rather than a person with a session."""
        return self.request.auth == "token"


@dataclass(frozen=True)
class Operation:
    """What an operation takes and gives. `answer` None: nothing comes back."""

    body: type[Given] | None
    query: type[Given] | None
    answer: type[Shape] | None
    status: int
    throttles: Sequence[type[BaseThrottle]]


class Operations(ViewSet):
    """A family of operations on one kind of resource; `urls.py` says which method of HTTP leads to which."""

    family: ClassVar[str] = ""
    metadata_class = None
    parser_classes = (StrictJSON,)

    def declared(self) -> Operation | None:
        """What the operation asked for has declared; None where this address has no such method."""
        return getattr(getattr(self, self.action or "", None), "operation", None)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Answers are for who asked: nothing on the way may keep them."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Cache-Control"] = "private, no-store"
        return answer

    def get_throttles(self) -> list[BaseThrottle]:
        declared = self.declared()
        return [throttle() for throttle in declared.throttles] if declared else []


def operation(
    *,
    body: type[Given] | None = None,
    query: type[Given] | None = None,
    answer: type[Shape] | None = None,
    status: int = 200,
    throttles: Sequence[type[BaseThrottle]] = (),
) -> Callable[[Method], Method]:
    """Make a method of `Operations` an operation: it gets an `Ask` and the path's values, and returns what `answer` shows."""
    declared = Operation(body, query, answer, status if answer else 204, throttles)

    def wrap(method: Method) -> Method:
        @wraps(method)
        def run(self: Operations, request: Request, **path: Any) -> Response:
            ask = Ask(request, _read(body, request.data if body else {}), _read(query, request.query_params))
            result = method(self, ask, **path)
            return Response(_form(answer).to_representation(result) if answer else None, declared.status)

        run.operation = declared  # type: ignore[attr-defined]
        return run

    return wrap


def _read(given: type[Given] | None, raw: Any) -> dict[str, Any]:
    """What was sent, as declared; where nothing is declared, anything that was sent is refused."""
    if given is None and not raw:
        return {}
    return dict(_form(given or Given).run_validation(raw))


@cache
def _form(declared: type[Given] | type[Shape]) -> Given | Shape:
    """A declaration with its fields, made once: it keeps nothing of what is sent or shown."""
    return declared()
