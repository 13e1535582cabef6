"""Pieces of lists by key: what is asked for next starts after the last row seen, whatever has come in between."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet

from apps.api.operations import Ask
from apps.api.parsers import require_storable
from apps.common.errors import Invalid

Row = TypeVar("Row")


def page(ask: Ask, rows: QuerySet[Any], by: str, *, newest_first: bool = False) -> dict[str, Any]:
    """At most `limit` rows in the order of column `by` (rows that share a value in the order of their ids).

    A cursor holds nothing secret and opens nothing: it only says where to go on in the rows that are visible anyway.
    """
    limit, cursor = ask.query["limit"], ask.query.get("after")
    beyond, sign = ("lt", "-") if newest_first else ("gt", "")
    if cursor is not None:
        value, id = _read(rows.model, by, cursor)
        rows = rows.filter(Q(**{f"{by}__{beyond}": value}) | Q(**{by: value, f"pk__{beyond}": id}))
    found = list(rows.order_by(f"{sign}{by}", f"{sign}pk")[: limit + 1])
    return {"items": found[:limit], "next": _write(found[limit - 1], by) if len(found) > limit else None}


def piece(ask: Ask, rows: Sequence[Row], name: Callable[[Row], str]) -> dict[str, Any]:
    """The same of a list that is worked out as a whole, in its own order; `name` is what stays the same of a row."""
    limit, cursor = ask.query["limit"], ask.query.get("after")
    names = [name(row) for row in rows]
    if cursor is not None and cursor not in names:
        raise _unknown()
    start = 0 if cursor is None else names.index(cursor) + 1
    end = start + limit
    return {"items": rows[start:end], "next": names[end - 1] if end < len(rows) else None}


def _write(row: Model, by: str) -> str:
    return urlsafe_b64encode(json.dumps([str(getattr(row, by)), str(row.pk)]).encode()).decode()


def _read(model: type[Model], by: str, cursor: str) -> tuple[Any, Any]:
    try:
        value, id = json.loads(urlsafe_b64decode(cursor.encode()))
        require_storable([value, id])
        column: Field[Any, Any] = model._meta.get_field(by)  # type: ignore[assignment]
        return column.to_python(value), model._meta.pk.to_python(id)
    except (ValueError, TypeError, RecursionError, ValidationError) as error:
        raise _unknown() from error


def _unknown() -> Invalid:
    return Invalid("cursor.malformed", "This place in the list is not known. Begin again without 'after'.")
