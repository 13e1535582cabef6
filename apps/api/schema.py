"""How operations describe themselves in the OpenAPI document: names from methods, tags from families, problems everywhere."""

from http import HTTPStatus
from typing import Any

from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers
from rest_framework.fields import empty

from apps.api.authentication import TokenScheme as TokenScheme
from apps.api.operations import Operation, Operations
from apps.api.problems import MEDIA_TYPE
from apps.api.shapes import Given, Shape

JSON = "application/json"
ALWAYS = (400, 401, 403, 404)
ON_WRITING = (409, 413, 415, 422)


class Problem(Shape):
    """What went wrong (RFC 9457)."""

    type = serializers.CharField(help_text="urn:negotiator:problem:<code>")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="A sentence that says what to do.")
    code = serializers.CharField(help_text="Stable: noun.reason")
    fields = serializers.DictField(child=serializers.CharField(), help_text="What is wrong with which field.")  # type: ignore[assignment]
    instance = serializers.CharField()


class Schema(AutoSchema):
    """Reads what `@operation` declares."""

    view: Operations  # type: ignore[override]

    @property
    def operation(self) -> Operation:
        declared = self.view.declared()
        if declared is None:
            raise TypeError(f"{self.view} at {self.path} is not made of operations.")
        return declared

    def get_operation_id(self) -> str:
        return str(self.view.action)

    def get_tags(self) -> list[str]:
        return [self.view.family]

    def get_summary(self) -> str:
        return self.get_operation_id().replace("_", " ").capitalize()

    def get_description(self) -> str:  # type: ignore[override]
        method = getattr(self.view, str(self.view.action))
        return " ".join((method.__doc__ or "").split())

    def get_request_serializer(self) -> Any:
        return self.operation.body

    def get_override_parameters(self) -> list[Any]:
        return [self.operation.query] if self.operation.query else []

    def get_response_serializers(self) -> Any:
        """The answer, and a problem for each way in which it can go wrong."""
        said: dict[Any, Any] = {(self.operation.status, JSON): self.operation.answer}
        statuses = [*ALWAYS, *(ON_WRITING if self.method != "GET" else ())]
        if self.operation.query:
            statuses.append(422)
        if self.operation.throttles:
            statuses.append(429)
        return said | {(status, MEDIA_TYPE): Problem for status in sorted(set(statuses))}

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> Any:
        """What is sent is closed: undeclared keys are refused. What comes back is always there, empty or not."""
        mapped = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]
        if isinstance(serializer, Given):
            return {**mapped, "additionalProperties": False}
        there = [name for name, field in serializer.fields.items() if field.required or field.default is not empty]
        return {**mapped, "required": sorted(there)} if there else mapped


def tidy(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """The last touch to the document: every answer says in words what its number means; no marks of the tool are left."""
    for operations in result["paths"].values():
        for about in operations.values():
            for status, answer in about["responses"].items():
                answer["description"] = answer["description"] or HTTPStatus(int(status)).phrase
    _drop(result, "x-spec-enum-id")
    return result


def _drop(value: Any, key: str) -> None:
    if isinstance(value, dict):
        value.pop(key, None)
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _drop(child, key)
