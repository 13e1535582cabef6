"""Plain statements on this thread's connection, for the few places where rows are many and time is short.

    with together():
        run(LOCK, [id])
        size = run(SIZE, [log]).fetchone()

Statements are prepared once and bound on the server. Inside `together` they travel as one until an answer is asked for. Errors
are Django's, as everywhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, LiteralString

import psycopg
from django.db import connection

Cursor = psycopg.Cursor[tuple[Any, ...]]


def run(query: LiteralString, parameters: Sequence[Any] | Mapping[str, Any]) -> Cursor:
    """Send a statement; its rows are read from what is returned."""
    with connection.wrap_database_errors:
        connection.ensure_connection()
        return psycopg.Cursor(connection.connection).execute(query, parameters, prepare=True, binary=True)


@contextmanager
def together() -> Iterator[None]:
    """Send what is run inside in one go. Only for `run`: the ORM waits for each answer."""
    with connection.wrap_database_errors:
        connection.ensure_connection()
        with connection.connection.pipeline():
            yield
