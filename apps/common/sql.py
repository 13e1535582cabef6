"""Plain statements on this thread's connection, for the few places where rows are many and time is short.

    rows = run(LATEST, [round.id])

    with batch() as b:  # several in one trip, with the beginning and the end of their transaction
        locked = b.send(LOCK, [id])
        size = b.send(SIZE, [log])
    locked.row, size.row

This speaks to libpq by `psycopg.pq`, because psycopg's own pipelines make a trip of their own for BEGIN and take lists apart
value by value: 0.4 ms of processor time for a batch of ballots, where this needs 0.15.

Placeholders are $1, $2, ...; a statement is prepared once for each connection. Parameters are UUID, str, bytes, datetime, int
(a bigint), None, and lists of one of these. Errors are Django's, as everywhere; a statement that fails takes the others with it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from itertools import count
from struct import Struct
from typing import Any, LiteralString
from uuid import UUID
from weakref import WeakKeyDictionary

import psycopg
from django.db import connection
from psycopg.abc import PQGen
from psycopg.adapt import Transformer
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult
from psycopg.waiting import Ready, Wait

Connection = psycopg.Connection[Any]
Parameters = Sequence[Any]
Row = tuple[Any, ...]
TEXT, BINARY = 0, 1
GOOD = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""From where PostgreSQL counts microseconds."""
_bigint, _length, _array = Struct("!q").pack, Struct("!i").pack, Struct("!iiiii").pack
_known: "WeakKeyDictionary[Connection, set[bytes]]" = WeakKeyDictionary()
"""The names of the statements that each connection has prepared."""
_numbers = count()


@dataclass
class Answer:
    """What a statement gave, once the trip is over."""

    rows: Sequence[Row] = ()

    @property
    def row(self) -> Row | None:
        """The first row, if there is one."""
        return self.rows[0] if self.rows else None


@dataclass
class _Statement:
    """What is sent, and what came of it."""

    query: LiteralString
    parameters: Parameters
    answer: Answer


class Batch:
    """The statements of one trip."""

    def __init__(self) -> None:
        self._statements: list[_Statement] = []
        self._meanwhile: list[Callable[[], object]] = []

    def send(self, query: LiteralString, parameters: Parameters = ()) -> Answer:
        """Take a statement along; its answer is there after the trip."""
        statement = _Statement(query, parameters, Answer())
        self._statements.append(statement)
        return statement.answer

    def meanwhile(self, work: Callable[[], object]) -> None:
        """Do this while the server works."""
        self._meanwhile.append(work)

    def commit(self) -> None:
        """End the transaction with this trip, where Django would end it in one of its own right after.

        Inside another transaction, and where it has been given up, nothing happens: Django does what is due.
        """
        if connection.in_atomic_block and not connection.savepoint_ids and not connection.needs_rollback:
            self.send("COMMIT")

    def go(self) -> None:
        """Make the trip."""
        if not self._statements:
            return
        with connection.wrap_database_errors:
            connection.ensure_connection()
            _make(connection.connection, self._statements, self._meanwhile)


def run(query: LiteralString, parameters: Parameters = ()) -> Sequence[Row]:
    """The rows that one statement gives."""
    with batch() as b:
        answer = b.send(query, parameters)
    return answer.rows


@contextmanager
def batch() -> Iterator[Batch]:
    """Make a trip with what is put in, when the block ends."""
    statements = Batch()
    yield statements
    statements.go()


def _make(raw: Connection, statements: Sequence[_Statement], meanwhile: Sequence[Callable[[], object]]) -> None:
    """Send the statements and read their answers; those that this connection does not know yet are prepared on the way."""
    if not raw.autocommit and raw.pgconn.transaction_status == TransactionStatus.IDLE:
        statements = [_Statement("BEGIN", (), Answer()), *statements]
    known = _known.setdefault(raw, set())
    new = {
        name: query for query in dict.fromkeys(each.query for each in statements) if (name := _name(query)) not in known
    }
    steps = [partial(raw.pgconn.send_prepare, name, query.encode()) for name, query in new.items()]
    steps += [partial(raw.pgconn.send_query_prepared, *_bound(each), BINARY) for each in statements]
    try:
        results = raw.wait(_exchange(raw.pgconn, steps, meanwhile))
    except BaseException:
        raw.close()  # nobody knows what has been done
        raise
    known |= {name for name, result in zip(new, results, strict=False) if result.status in GOOD}
    for result in results:
        if result.status not in GOOD:
            raise psycopg.errors.error_from_result(result)
    reader = Transformer(raw)
    for each, result in zip(statements, results[len(new) :], strict=True):
        if result.ntuples:
            reader.set_pgresult(result)
            each.answer.rows = reader.load_rows(0, result.ntuples, tuple)


def _exchange(
    pg: PGconn, steps: Sequence[Callable[[], None]], meanwhile: Sequence[Callable[[], object]]
) -> PQGen[list[PGresult]]:
    """One result for each step; the first bad one is followed by such as were not tried."""
    pg.enter_pipeline_mode()
    for step in steps:
        step()
    pg.pipeline_sync()
    while pg.flush():
        if (yield Wait.RW) & Ready.R:
            pg.consume_input()
    for work in meanwhile:
        work()
    found = list[PGresult]()
    while True:
        while pg.is_busy():
            yield Wait.R
            pg.consume_input()
        result = pg.get_result()
        if result is None:  # between the results of two statements
            if pg.status == ConnStatus.BAD:
                raise psycopg.OperationalError("the connection is lost")
        elif result.status == ExecStatus.PIPELINE_SYNC:
            pg.exit_pipeline_mode()
            return found
        else:
            found.append(result)


@cache
def _name(query: str) -> bytes:
    return b"batch%d" % next(_numbers)


def _bound(statement: _Statement) -> tuple[bytes, list[bytes | None], list[int]]:
    """The name of a statement, its parameters as PostgreSQL takes them, and in which format each is."""
    values = [_value(each) for each in statement.parameters]
    formats = [TEXT if isinstance(each, list) and _is_empty(each) else BINARY for each in statement.parameters]
    return _name(statement.query), values, formats


def _value(parameter: Any) -> bytes | None:
    if parameter is None:
        return None
    if isinstance(parameter, list):
        return _listed(parameter)
    return _writer(type(parameter))[1](parameter)


def _listed(items: Sequence[Any]) -> bytes:
    """A list as an array of one dimension; one that says nothing of its type goes as text."""
    if _is_empty(items):
        return b"{%s}" % b",".join([b"NULL"] * len(items))
    number, write = _writer(next(type(item) for item in items if item is not None))
    written = [None if item is None else write(item) for item in items]
    parts = [b"\xff\xff\xff\xff" if each is None else _length(len(each)) + each for each in written]
    return _array(1, None in written, number, len(items), 1) + b"".join(parts)


def _is_empty(items: Sequence[Any]) -> bool:
    return all(item is None for item in items)


def _writer(kind: type) -> tuple[int, Callable[[Any], bytes]]:
    try:
        return _WRITERS[kind]
    except KeyError:
        raise TypeError(f"{kind.__name__} is no parameter of a plain statement") from None


def _microseconds(moment: datetime) -> bytes:
    since = moment - EPOCH
    return _bigint((since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds)


_WRITERS: Mapping[type, tuple[int, Callable[[Any], bytes]]] = {
    UUID: (2950, lambda id: id.bytes),
    str: (25, str.encode),
    bytes: (17, bytes),
    int: (20, _bigint),
    datetime: (1184, _microseconds),
}
"""For each type PostgreSQL's number of it, and how it is written."""
