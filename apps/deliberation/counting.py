"""Counting the ballots of a round by item, group and choice: by the database, or kept up with as they come in."""

from collections import OrderedDict, defaultdict
from collections.abc import Iterator
from threading import Lock
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from apps.record import selectors as record

Votes = dict[str, dict[str, dict[str, int]]]
"""Item -> group -> choice -> how many seats stand by it."""
LATEST = """
SELECT DISTINCT ON (item_id, seat_id) item_id, seat_id, group_key, choice
FROM deliberation_ballot WHERE round_id = %s ORDER BY item_id, seat_id, seq DESC
"""
COUNTED = f"""
SELECT item_id::text, group_key, json_object_agg(choice, number)
FROM (SELECT item_id, group_key, choice, count(*) AS number FROM ({LATEST}) AS latest GROUP BY 1, 2, 3) AS counted
GROUP BY 1, 2
"""  # noqa: S608 (one statement inside the other)
KEPT = 16
"""Of so many open rounds a process keeps the counts."""


class Standing(NamedTuple):
    """What a seat stands by on an item."""

    item: str
    seat: str
    group: str
    choice: str


def recount(round: UUID) -> Votes:
    """The latest ballot of each seat on each item, counted by the database."""
    votes: Votes = defaultdict(lambda: defaultdict(dict))
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, [round])
        for item, group, choices in cursor:
            votes[item][group] = choices
    return votes


class LiveCounts:
    """The counts of an open round in which votes are not private: read once, then kept up with from the record's entries.

    Entries are numbered and committed in order, so nothing can come in below a number that has been read.
    """

    def __init__(self, log: UUID, round: UUID) -> None:
        self.log, self.round = log, round
        self.size = record.size(log)
        self.votes: Votes = defaultdict(lambda: defaultdict(dict))
        self._standing: dict[tuple[str, str], Standing] = {}
        for one in self._ballots():
            self._count(one)

    def catch_up(self) -> Votes:
        """The counts as of now. Counting a ballot twice changes nothing."""
        size = record.size(self.log)
        for entry in record.entries(self.log, since=self.size, until=size, types=["ballot.cast"], subject=self.round):
            data = entry.data
            self._count(Standing(data["item"], entry.by["seat"], data["group"], data["choice"]))
        self.size = size
        return self.votes

    def _count(self, new: Standing) -> None:
        here = self.votes[new.item]
        before = self._standing.get((new.item, new.seat))
        if before is not None:
            here[before.group][before.choice] -= 1
        self._standing[new.item, new.seat] = new
        here[new.group][new.choice] = here[new.group].get(new.choice, 0) + 1

    def _ballots(self) -> Iterator[Standing]:
        with connection.cursor() as cursor:
            cursor.execute(LATEST, [self.round])
            for item, seat, group, choice in cursor:
                yield Standing(str(item), str(seat), group, choice)


_live: OrderedDict[UUID, LiveCounts] = OrderedDict()
_lock = Lock()


def live_votes(log: UUID, round: UUID) -> Votes:
    """The counts of an open round as of now, cheap to ask again. Within a transaction, which may be undone, by the database."""
    if connection.in_atomic_block:
        return recount(round)
    with _lock:
        counts = _live.get(round) or LiveCounts(log, round)
        _live[round] = counts
        _live.move_to_end(round)
        while len(_live) > KEPT:
            _live.popitem(last=False)
        votes = counts.catch_up()
        return {
            item: {group: _standing(choices) for group, choices in groups.items()} for item, groups in votes.items()
        }


def _standing(choices: dict[str, int]) -> dict[str, int]:
    return {choice: number for choice, number in choices.items() if number}
