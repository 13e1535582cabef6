"""After an act has committed: wake the readers and the live rooms. A nudge may be lost; nothing depends on it."""

import json
import logging
from collections.abc import Set
from functools import cache
from uuid import UUID

import redis
from django.conf import settings

from apps.record import readers
from apps.record.tasks import advance

CHANNEL = "negotiator:nudge"
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
    try:
        _client().publish(CHANNEL, json.dumps({"log": str(log), "size": size}))
        for name in readers.interested_in(types):
            advance.apply_async((name, str(log)), retry=False)
    except (redis.RedisError, OSError, ConnectionError) as error:
        log_line.warning("no nudge for log %s at %s: %s", log, size, error)
