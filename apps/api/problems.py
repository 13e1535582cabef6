"""Every "no" of the API has one form: RFC 9457, `application/problem+json`, with a stable code and the fields at fault."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import singledispatch
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, DataError, IntegrityError, OperationalError
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response

from apps.common.errors import Refusal

MEDIA_TYPE = "application/problem+json"
TYPE = "urn:negotiator:problem:"
APPEND_ONLY = "42501"
"""SQLSTATE insufficient_privilege: how triggers and rights refuse a change of the record."""
CODES: Mapping[type[exceptions.APIException], str] = {
    exceptions.ParseError: "body.broken",
    exceptions.AuthenticationFailed: "token.unknown",
    exceptions.NotAuthenticated: "person.not_signed_in",
    exceptions.PermissionDenied: "request.forged",
    exceptions.NotFound: "path.unknown",
    exceptions.MethodNotAllowed: "method.not_allowed",
    exceptions.NotAcceptable: "answer.media_type",
    exceptions.UnsupportedMediaType: "body.media_type",
    exceptions.Throttled: "request.too_often",
}
log_line = logging.getLogger(__name__)


@dataclass(frozen=True)
class Problem:
    """What went wrong: HTTP status, stable code `noun.reason`, a sentence, and what is wrong with which field."""

    status: int
    code: str
    detail: str
    fields: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def to_json(self, instance: str = "") -> dict[str, Any]:
        """As RFC 9457 writes it; `instance` is the path that was asked for."""
        return {
            "type": TYPE + self.code,
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            "fields": dict(self.fields),
            "instance": instance,
        }


class BodyTooLarge(exceptions.APIException):
    """More was sent than the server reads."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_code = "body.too_large"


def handle(error: Exception, context: Mapping[str, Any]) -> Response:
    """What the REST framework asks whenever an operation raises."""
    problem = problem_of(error)
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log_line.error("%s at %s", problem.code, context["request"].path, exc_info=error)
    body = problem.to_json(context["request"].path)
    return Response(body, problem.status, headers=dict(problem.headers), content_type=MEDIA_TYPE)


@singledispatch
def problem_of(error: Exception) -> Problem:
    """The problem an error becomes. What nobody foresaw says nothing about itself, except in the server's log."""
    return Problem(500, "server.failed", "Something went wrong on the server. It has been noted; nothing was changed.")


@problem_of.register
def _(error: Refusal) -> Problem:
    headers = {"WWW-Authenticate": "Bearer"} if error.status == HTTPStatus.UNAUTHORIZED else {}
    return Problem(error.status, error.code, error.message, error.fields, headers)


@problem_of.register
def _(error: exceptions.ValidationError) -> Problem:
    fields = dict(_faults(error.detail))
    named = "; ".join(f"{name}: {fault}" for name, fault in list(fields.items())[:5])
    return Problem(422, "body.invalid", f"What was sent cannot be used. {named}", fields)


@problem_of.register
def _(error: exceptions.APIException) -> Problem:
    code = next((code for kind, code in CODES.items() if isinstance(error, kind)), error.default_code)
    headers = {"WWW-Authenticate": "Bearer"} if error.status_code == HTTPStatus.UNAUTHORIZED else {}
    wait = getattr(error, "wait", None)
    if wait is not None:
        headers["Retry-After"] = str(round(wait))
    return Problem(error.status_code, code, str(error.detail), headers=headers)


@problem_of.register
def _(error: Http404) -> Problem:
    return Problem(404, "path.unknown", "There is nothing at this address.")


@problem_of.register
def _(error: PermissionDenied) -> Problem:
    return Problem(403, "request.forged", "This cannot be done from here.")


@problem_of.register
def _(error: DataError) -> Problem:
    return Problem(422, "body.invalid", "What was sent holds something that cannot be stored.")


@problem_of.register
def _(error: IntegrityError) -> Problem:
    return Problem(
        409, "state.moved_on", "Somebody else changed this at the same moment. Look at it again, then repeat."
    )


@problem_of.register
def _(error: OperationalError) -> Problem:
    return Problem(503, "database.away", "The server cannot reach its database just now. Try again in a moment.")


@problem_of.register
def _(error: DatabaseError) -> Problem:
    if getattr(error.__cause__, "sqlstate", "") == APPEND_ONLY:
        return Problem(409, "record.append_only", "The record can only grow: nothing in it is changed or removed.")
    return Problem(500, "server.failed", "Something went wrong on the server. It has been noted; nothing was changed.")


def _faults(detail: Any, place: str = "") -> list[tuple[str, str]]:
    """Faults with their places: `ballots.2.item`. The framework's name for the whole body is not the user's."""
    if isinstance(detail, Mapping):
        pairs = [(str(key), value) for key, value in detail.items()]
    elif isinstance(detail, list) and any(isinstance(item, Mapping | list) for item in detail):
        pairs = [(str(index), value) for index, value in enumerate(detail)]
    else:
        words = detail if isinstance(detail, list) else [detail]
        return [(place or "body", " ".join(str(word) for word in words))] if words else []
    return [fault for key, value in pairs for fault in _faults(value, _join(place, key))]


def _join(place: str, key: str) -> str:
    return place if key == "non_field_errors" else f"{place}.{key}".strip(".")
