"""The ballot box of a socket process: takes whatever ballots have gathered and records them in one act.

Where several were answered just now, it gives as many a moment to come again, so that those who vote together share one commit
instead of falling apart into two halves that wait for each other. Everybody is answered after commit. One thread with one
connection does it: sixty-four voters cost one lock and one commit.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Condition, Thread

from django.conf import settings
from django.db import DatabaseError, connection

from apps.common.errors import Refusal, TooMany
from apps.deliberation.services import Cast, Receipt, cast_ballots
from apps.live.limits import Limit
from apps.live.threads import with_connection

AT_ONCE = 500
WAITING_AT_MOST = 5000
LINGER = 0.003
"""The longest that ballots wait for as many as were answered just now, in seconds."""
log_line = logging.getLogger(__name__)

Answer = Receipt | Refusal
Record = Callable[[Sequence[Cast]], Sequence[Answer]]


class Unavailable(Refusal):
    """The database cannot be reached at this moment."""

    status = 503


@dataclass(frozen=True)
class _Waiting:
    cast: Cast
    answer: "asyncio.Future[Answer]"


class BallotBox:
    """`await box.put(cast)` gives a receipt, or the refusal with its reason. Belongs to one event loop."""

    def __init__(
        self, record: Record = cast_ballots, capacity: int = WAITING_AT_MOST, limit: Limit | None = None
    ) -> None:
        self._record, self._capacity = record, capacity
        self._limit = limit or Limit(*settings.LIVE_BALLOTS)
        self._loop = asyncio.get_running_loop()
        self._waiting: list[_Waiting] = []
        self._expected = 1
        self._changed = Condition()
        self._closed = False
        self._thread = Thread(target=self._work, name="ballot-box", daemon=True)
        self._thread.start()

    async def put(self, cast: Cast) -> Answer:
        """Record a ballot; returns after commit. Too many from one person, or a full box, is refused at once."""
        if not self._limit.allows(cast.person.id):
            return TooMany(
                "ballots.too_often", "These are many votes in a short time. Wait a moment, then send it again."
            )
        waiting = _Waiting(cast, self._loop.create_future())
        with self._changed:
            if len(self._waiting) >= self._capacity or self._closed:
                return TooMany("ballots.busy", "Very many are voting at this moment. Send it again in a few seconds.")
            self._waiting.append(waiting)
            if len(self._waiting) in {1, self._expected}:
                self._changed.notify()
        return await waiting.answer

    async def close(self) -> None:
        """Record what has come in, then end the thread and its connection."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        await asyncio.to_thread(self._thread.join)

    def _work(self) -> None:
        try:
            while batch := self._next():
                answers = self._answers([waiting.cast for waiting in batch])
                self._loop.call_soon_threadsafe(_settle, batch, answers)
        except RuntimeError:
            log_line.warning("the event loop ended before its ballot box")
        finally:
            connection.close()

    def _next(self) -> list[_Waiting]:
        """What has gathered; waits while there is nothing, and is empty when the box has been closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            self._changed.wait_for(lambda: len(self._waiting) >= self._expected or self._closed, LINGER)
            batch, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
            self._expected = max(len(batch), 1)
            return batch

    def _answers(self, casts: list[Cast]) -> Sequence[Answer]:
        """Never raises: an error that stopped this thread would leave everybody waiting."""
        try:
            return self._recorded(casts)
        except Exception:
            log_line.exception("%s ballots could not be recorded", len(casts))
            return [_not_recorded() for _ in casts]

    def _recorded(self, casts: list[Cast]) -> Sequence[Answer]:
        """All at once; if that fails in the database, each apart, so that what fails fails alone."""
        try:
            return with_connection(self._record, casts)
        except DatabaseError as error:
            if len(casts) > 1 and _reachable():
                return [answer for cast in casts for answer in self._answers([cast])]
            log_line.warning("%s ballots not recorded: %s", len(casts), error)
            connection.close()
            return [_not_recorded() for _ in casts]


def _reachable() -> bool:
    try:
        connection.ensure_connection()
        return connection.is_usable()
    except DatabaseError:
        return False


def _not_recorded() -> Refusal:
    return Unavailable(
        "ballots.unavailable", "Your vote could not be recorded just now. Send it again: however often, it counts once."
    )


def _settle(batch: Sequence[_Waiting], answers: Sequence[Answer]) -> None:
    for waiting, answer in zip(batch, answers, strict=True):
        if not waiting.answer.done():
            waiting.answer.set_result(answer)
