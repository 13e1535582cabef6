"""Several lists from the database in one trip, for pages that need a little of much.

    states, tracks, verdicts = at_once(FieldState.objects.filter(...), RenegotiationTrack.objects.filter(...), verdicts_on(id))

Each list is what its query would give: instances of its model, or plain mappings of a `.values(...)`. What a query joins
(`select_related`, `prefetch_related`) does not travel: ask for it as a list of its own and put it together by id.
"""

from collections.abc import Callable, Mapping
from typing import Any

import orjson
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BinaryField, Field, JSONField, Model, QuerySet

Reader = Callable[[Any], Any]


def at_once(*queries: QuerySet[Any, Any]) -> list[list[Any]]:
    """The lists of these queries, in their order. One statement, however many there are."""
    plain = [_plain(query) for query in queries]
    parts, parameters = list[str](), list[Any]()
    for query in plain:
        sql, given = _compiled(query)
        parts.append(sql)
        parameters += given
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", parameters)
        row = cursor.fetchone()
    return [_read(query, orjson.loads(text)) for query, text in zip(queries, row, strict=True)]


def _plain(query: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """The query without its joins, as columns under their own names."""
    if _is_plain(query):
        return query
    bare = query.select_related(None).prefetch_related(None)
    return bare.values(*_columns(query), *query.query.annotation_select)


def _compiled(query: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
    try:
        sql, parameters = query.query.sql_with_params()
    except EmptyResultSet:
        return "'[]'", ()
    aggregate = f"(SELECT coalesce(json_agg(_row), '[]')::text FROM ({sql}) AS _row)"  # noqa: S608  as the ORM compiles it
    return aggregate, parameters


def _read(query: QuerySet[Any, Any], rows: list[dict[str, Any]]) -> list[Any]:
    model: type[Model] = query.model
    readers = {field.attname: _reader(field) for field in model._meta.concrete_fields}
    if _is_plain(query):
        return [{key: _value(readers, key, value) for key, value in row.items()} for row in rows]
    return [_instance(model, readers, row) for row in rows]


def _instance(model: type[Model], readers: Mapping[str, Reader], row: Mapping[str, Any]) -> Model:
    """The row as the ORM would have made it; columns that were not asked for stay deferred, annotations become attributes."""
    names = [field.attname for field in model._meta.concrete_fields if field.attname in row]
    made = model.from_db(connection.alias, names, [_value(readers, name, row[name]) for name in names])
    for name in row.keys() - set(names):
        setattr(made, name, row[name])
    return made


def _value(readers: Mapping[str, Reader], key: str, value: Any) -> Any:
    return value if value is None or key not in readers else readers[key](value)


def _reader(field: "Field[Any, Any]") -> Reader:
    if isinstance(field, BinaryField):
        return lambda value: bytes.fromhex(value[2:])
    if isinstance(field, ArrayField):
        inner = _reader(field.base_field)
        return lambda value: [inner(item) for item in value]
    return (lambda value: value) if isinstance(field, JSONField) else field.to_python


def _is_plain(query: QuerySet[Any, Any]) -> bool:
    return query._fields is not None  # type: ignore[attr-defined]


def _columns(query: QuerySet[Any, Any]) -> list[str]:
    """The columns of the model that the query loads."""
    names, defers = query.query.deferred_loading
    wanted = [field for field in query.model._meta.concrete_fields if field.column is not None]
    if not names:
        return [field.attname for field in wanted]
    return [f.attname for f in wanted if f.primary_key or (f.name in names or f.attname in names) != defers]
