"""The building blocks of what is sent (`Given`) and what comes back (`Shape`)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rest_framework import serializers
from rest_framework.fields import empty

NOT_KNOWN = "is not known here"
WORDS = 4000
"""How long a rationale, a reason or any other explanation can be, in characters."""


class Given(serializers.Serializer[Any]):
    """What is sent, in a body or a query. Keys that are not declared are refused, so that a slip of the pen shows."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            unknown = sorted(str(key) for key in data.keys() - self.fields.keys())
            if unknown:
                raise serializers.ValidationError({key: [NOT_KNOWN] for key in unknown})
        return super().to_internal_value(data)


class Shape(serializers.Serializer[Any]):
    """What comes back, of an object or a mapping."""


class With:
    """Something with more to show: what `more` does not name is asked of the thing itself."""

    def __init__(self, thing: Any, **more: Any) -> None:
        self._thing = thing
        for name, value in more.items():
            setattr(self, name, value)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._thing, name)


class Line(serializers.CharField):
    """Text, and only text: a number is not quietly turned into one."""

    def run_validation(self, data: Any = empty) -> Any:
        if data is not empty and data is not None and not isinstance(data, str):
            raise serializers.ValidationError(["must be text"])
        return super().run_validation(data)


class Count(serializers.IntegerField):
    """A whole number, written as one."""

    def to_internal_value(self, data: Any) -> int:
        if type(data) is not int:
            raise serializers.ValidationError(["must be a whole number"])
        return super().to_internal_value(data)


class Flag(serializers.BooleanField):
    """true or false, and nothing that resembles them."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            raise serializers.ValidationError(["must be true or false"])
        return data


class Moment(serializers.DateTimeField):
    """A moment with its zone; one without would mean different things to different people."""

    def enforce_timezone(self, value: datetime) -> datetime:
        if value.tzinfo is None:
            raise serializers.ValidationError(["must name its zone, such as 2026-11-24T14:00:00Z"])
        return super().enforce_timezone(value)


class Window(Given):
    """Which piece of a list: at most `limit` items, after the place that `next` of the piece before names."""

    limit = serializers.IntegerField(min_value=1, max_value=100, default=50)
    after = serializers.CharField(max_length=500, required=False)


class Nothing(Given):
    """An empty body."""


def page_of(item: type[Shape]) -> type[Shape]:
    """The shape of a piece of a list of these: `items`, and `next` (null at the end) to ask for what follows."""
    parts = {
        "__doc__": "A piece of a list. `next` is null at its end.",
        "items": item(many=True),
        "next": serializers.CharField(allow_null=True),
    }
    return type(f"{item.__name__}Page", (Shape,), parts)
