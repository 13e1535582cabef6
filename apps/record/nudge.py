"""After an act has committed: wake the readers and the live rooms. A nudge may be lost; nothing depends on it.

It is sent on a thread of its own, so that nobody who has acted waits for Redis. Of what waits for one log only the newest size is
told: acts in quick succession are one nudge.
"""

import atexit
import json
import logging
import os
from collections.abc import Set
from functools import cache
from threading import Condition, Thread
from time import sleep
from uuid import UUID

import redis
from django.conf import settings

from apps.record import readers
from apps.record.tasks import advance

CHANNEL = "negotiator:nudge"
PACE = 0.05
"""Seconds between two sendings."""
AT_THE_END = 2.0
"""Seconds for which a process that ends waits for its last nudges."""
log_line = logging.getLogger(__name__)


@cache
def _client() -> "redis.Redis":
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=settings.NUDGE_TIMEOUT, socket_connect_timeout=settings.NUDGE_TIMEOUT
    )


def send(log: UUID, size: int, types: Set[str]) -> None:
    """Tell the live rooms how long the log is now, and the workers which readers have something to read.

    Without Redis this is a line in the log: rooms poll, and beat advances what lags.
    """
    _sender().put(log, size, types)


class _Sender:
    """The nudges of a process that wait to be sent."""

    def __init__(self) -> None:
        self._waiting: dict[UUID, tuple[int, Set[str]]] = {}
        self._changed = Condition()
        self._ending = False
        self._thread = Thread(target=self._work, name="nudges", daemon=True)
        self._thread.start()
        atexit.register(self.end)

    def put(self, log: UUID, size: int, types: Set[str]) -> None:
        with self._changed:
            before, known = self._waiting.get(log, (0, frozenset()))
            self._waiting[log] = max(before, size), known | types
            self._changed.notify()

    def end(self) -> None:
        """Send what waits, within reason."""
        with self._changed:
            self._ending = True
            self._changed.notify()
        self._thread.join(AT_THE_END)

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._ending)
                if not self._waiting:
                    return
                waiting, self._waiting = self._waiting, {}
            for log, (size, types) in waiting.items():
                _tell(log, size, types)
            sleep(PACE)


@cache
def _sender() -> _Sender:
    return _Sender()


os.register_at_fork(after_in_child=_sender.cache_clear)  # threads do not survive a fork


def _tell(log: UUID, size: int, types: Set[str]) -> None:
    try:
        _client().publish(CHANNEL, json.dumps({"log": str(log), "size": size}))
        for name in readers.interested_in(types):
            advance.apply_async((name, str(log)), retry=False)
    except (redis.RedisError, OSError, ConnectionError) as error:
        log_line.warning("no nudge for log %s at %s: %s", log, size, error)
