"""Closing a round of 100,000 ballots: from the closing to the recorded outcome, and until everything is decided."""

from collections.abc import Iterator
from time import perf_counter
from uuid import uuid4

from apps.common.errors import Refusal
from apps.deliberation.services import Cast, cast_ballots, close_round
from apps.record import readers
from negotiator.bench.hall import Hall, gather
from negotiator.bench.measuring import Measured

SEATS, ITEMS = 1000, 100
AT_ONCE = 1000


def measure() -> Iterator[Measured]:
    """Every seat has voted on every item, privately; each reader of the record is run in turn, as a worker does."""
    hall = gather("Closing", seats=SEATS, items=ITEMS)
    log = hall.convenor.partnership.log_id
    began = perf_counter()
    _vote(hall)
    yield Measured(f"ballots in lists of {AT_ONCE:,}, in one process", SEATS * ITEMS / (perf_counter() - began), "/s")
    began = perf_counter()
    close_round(by=hall.convenor, round=hall.round)
    readers.advance("tally", log)
    counted = perf_counter() - began
    readers.advance_all(log)
    decided = perf_counter() - began
    yield Measured(f"closing {SEATS * ITEMS:,} ballots to the recorded outcome", counted, "s", at_most=5)
    yield Measured(f"the same until all {ITEMS} items are decided and adopted", decided, "s")


def _vote(hall: Hall) -> None:
    casts = [
        Cast(person, hall.round.id, item, "for" if (number + place) % 3 else "against", uuid4())
        for place, item in enumerate(hall.items)
        for number, person in enumerate(hall.people)
    ]
    for start in range(0, len(casts), AT_ONCE):
        refused = [answer for answer in cast_ballots(casts[start : start + AT_ONCE]) if isinstance(answer, Refusal)]
        if refused:
            raise refused[0]
