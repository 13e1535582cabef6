"""Who has taken part in a round so far: read from its ballots once, then kept up with as they come in."""

from collections import OrderedDict, defaultdict
from collections.abc import Mapping
from threading import Lock
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from apps.common.sql import run
from apps.deliberation.domain.floor import FLOOR

NEWER = """
SELECT item_id, group_key, seat_id, min(seq), max(id) FROM deliberation_ballot WHERE round_id = $1 AND id > $2
GROUP BY item_id, group_key, seat_id ORDER BY min(seq)
"""
"""A round's ballots get their ids while it is locked, so none can come in below an id that has been read."""
KEPT = 100
"""Of so many rounds a process remembers who has taken part."""


class Voted(NamedTuple):
    """How many seats of a group have voted on an item, and the entry with which the fifth did."""

    seats: int
    fifth: int | None = None


Cell = tuple[UUID, str]
"""An item and a group."""


class TakingPart:
    """Who has voted on each item. A seat is a bit, so that ten thousand seats on a hundred items are little to remember."""

    def __init__(self, round: UUID) -> None:
        self._round, self._last = round, 0
        self._bits: dict[UUID, int] = {}
        self._seats: dict[Cell, int] = defaultdict(int)
        self._fifth: dict[Cell, int] = {}

    def catch_up(self) -> Mapping[Cell, Voted]:
        """How many have voted, as of now. Reading a ballot twice changes nothing."""
        for item, group, seat, first, last in run(NEWER, [self._round, self._last]):
            self._count((item, group), self._bits.setdefault(seat, 1 << len(self._bits)), first)
            self._last = max(self._last, last)
        return {cell: Voted(seats.bit_count(), self._fifth.get(cell)) for cell, seats in self._seats.items()}

    def _count(self, cell: Cell, seat: int, first: int) -> None:
        before = self._seats[cell]
        self._seats[cell] = before | seat
        if not before & seat and before.bit_count() + 1 == FLOOR:
            self._fifth[cell] = first


_kept: OrderedDict[UUID, TakingPart] = OrderedDict()
_lock = Lock()


def taking_part(round: UUID) -> Mapping[Cell, Voted]:
    """By item and group how many seats have voted, cheap to ask again. Within a transaction, which may be undone, read anew."""
    if connection.in_atomic_block:
        return TakingPart(round).catch_up()
    with _lock:
        kept = _kept.setdefault(round, TakingPart(round))
        _kept.move_to_end(round)
        if len(_kept) > KEPT:
            _kept.popitem(last=False)
        return kept.catch_up()
