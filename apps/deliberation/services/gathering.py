"""Ballots that several threads of a process bring at the same moment are recorded together.

Each transaction holds its round and the head of the log, so that the next has to wait for its commit. Whoever comes first
records everything that waits by then, and the others find their answers. (Sockets gather in apps/live/ballot_box.py, because
an event loop cannot wait like this.)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from threading import Condition
from typing import Generic, TypeVar

Sent = TypeVar("Sent")
Answer = TypeVar("Answer")


@dataclass
class _Waiting(Generic[Sent, Answer]):
    """What one thread has brought, and what came of it."""

    sent: Sequence[Sent]
    answers: list[Answer] | None = None
    error: Exception | None = None

    @property
    def is_done(self) -> bool:
        return self.answers is not None or self.error is not None


class Gathering(Generic[Sent, Answer]):
    """`record` gives as many answers as it gets, in their order; it is asked for at most `at_once` together."""

    def __init__(self, record: Callable[[Sequence[Sent]], Sequence[Answer]], at_once: int) -> None:
        self._record, self._at_once = record, at_once
        self._waiting: list[_Waiting[Sent, Answer]] = []
        self._changed = Condition()
        self._is_recording = False

    def bring(self, sent: Sequence[Sent]) -> list[Answer]:
        """The answers to what is brought, recorded with whatever else waits. Raises what recording it raised."""
        mine = _Waiting[Sent, Answer](sent)
        with self._changed:
            self._waiting.append(mine)
            self._changed.wait_for(lambda: mine.is_done or not self._is_recording)
            leads = not mine.is_done
            self._is_recording = self._is_recording or leads
        if leads:
            self._lead(mine)
        if mine.answers is None:
            raise mine.error or RuntimeError("neither an answer nor an error")
        return mine.answers

    def _lead(self, mine: _Waiting[Sent, Answer]) -> None:
        """Record until one's own is recorded; then somebody else whose turn it is goes on."""
        try:
            while not mine.is_done:
                self._settle(self._next())
        finally:
            with self._changed:
                self._is_recording = False
                self._changed.notify_all()

    def _next(self) -> list[_Waiting[Sent, Answer]]:
        """Those who came first, as many as go together, and at least one."""
        with self._changed:
            batch = [self._waiting.pop(0)]
            size = len(batch[0].sent)
            while self._waiting and (size := size + len(self._waiting[0].sent)) <= self._at_once:
                batch.append(self._waiting.pop(0))
            return batch

    def _settle(self, batch: Sequence[_Waiting[Sent, Answer]]) -> None:
        try:
            answers = iter(self._record([each for one in batch for each in one.sent]))
        except Exception as error:  # everybody's: nothing of it was recorded
            for one in batch:
                one.error = error
        else:
            for one in batch:
                one.answers = list(islice(answers, len(one.sent)))
