"""Readers of the record: each holds its own position per log, and writes results and new position in one transaction.

So a killed worker loses nothing and doubles nothing. Which readers there are stands in `negotiator/consequences.py`.
"""

from collections.abc import Callable, Set
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import BigIntegerField, Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from apps.record.domain.entry import Entry
from apps.record.models import Entry as Row
from apps.record.models import Log, ReaderPosition


@dataclass(frozen=True)
class Reader:
    """A consequence: what to do with each entry of these types, in order, once."""

    name: str
    types: frozenset[str]
    handle: Callable[[Entry], None]


_readers: dict[str, Reader] = {}


def register(reader: Reader) -> None:
    """Make a reader known. Called once per reader, when the application starts."""
    _readers[reader.name] = reader


def interested_in(types: Set[str]) -> list[str]:
    """Names of the readers that read any of these types, in the order of their registration."""
    return [reader.name for reader in _readers.values() if reader.types & types]


def advance(name: str, log: UUID) -> int:
    """Let one reader read on in one log until it has seen everything; returns how many entries it handled.

    A second worker that comes while the first is reading walks away.
    """
    handled = 0
    while _step(_readers[name], log):
        handled += 1
    return handled


def advance_all(log: UUID) -> None:
    """Let every reader read until none finds anything new: what workers do over time, at once."""
    waiting, handled = _waiting(log), True
    while handled:
        handled = False
        for name in _readers:
            if name in waiting and advance(name, log):
                waiting, handled = _waiting(log), True


def lagging() -> list[tuple[str, UUID]]:
    """Readers and logs where there is something to read that the reader has not dealt with."""
    return [
        (reader.name, log)
        for reader in _readers.values()
        for log in _unread(reader).values_list("log", flat=True).distinct()
    ]


def is_behind(log: UUID) -> bool:
    """Whether consequences of what stands in a log are still to come."""
    return any(_unread(reader).filter(log=log).exists() for reader in _readers.values())


def _waiting(log: UUID) -> set[str]:
    """Names of the readers that something in a log waits for."""
    read = dict(ReaderPosition.objects.filter(log=log).values_list("name", "seq"))
    rows = Row.objects.filter(log=log)
    if not interested_in({"ballot.cast"}):  # by far the most there are, and in no index of types
        rows = rows.exclude(type="ballot.cast")
    last = dict(rows.values_list("type").annotate(Max("seq")))
    return {
        reader.name
        for reader in _readers.values()
        if max((last.get(type, -1) for type in reader.types), default=-1) > read.get(reader.name, -1)
    }


def _unread(reader: Reader) -> QuerySet[Row]:
    position = ReaderPosition.objects.filter(name=reader.name, log=OuterRef("log")).values("seq")
    return Row.objects.filter(
        log__paused=False,
        type__in=reader.types,
        seq__gt=Coalesce(Subquery(position), Value(-1), output_field=BigIntegerField()),
    )


@transaction.atomic
def _step(reader: Reader, log: UUID) -> bool:
    ReaderPosition.objects.bulk_create([ReaderPosition(name=reader.name, log_id=log)], ignore_conflicts=True)
    position = ReaderPosition.objects.select_for_update(skip_locked=True).filter(name=reader.name, log=log).first()
    if position is None:
        return False
    last = Log.objects.values_list("size", flat=True).get(id=log) - 1
    row = (
        Row.objects.filter(log=log, seq__gt=position.seq, seq__lte=last, type__in=reader.types).order_by("seq").first()
    )
    if row is not None:
        reader.handle(Entry.from_bytes(bytes(row.body)))
    position.seq = row.seq if row is not None else last
    position.save(update_fields=["seq"])
    return row is not None
