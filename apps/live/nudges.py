"""Hearing of new entries: one subscription per process to the nudges that acts send. While it is down, the hub polls."""

import asyncio
import json
import logging
from collections.abc import Callable
from random import random
from uuid import UUID

import redis.asyncio as redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from apps.record.nudge import CHANNEL

SILENCE = 3.0  # seconds without a word before the connection is asked whether it lives
WAITS = (0.2, 0.5, 1.0, 2.0)  # seconds before each new attempt; the last repeats
log_line = logging.getLogger(__name__)


def connect(url: str) -> "redis.Redis":
    """A client that gives up soon and leaves trying again to us."""
    return redis.Redis.from_url(
        url, decode_responses=True, socket_timeout=1.0, socket_connect_timeout=1.0, retry=Retry(NoBackoff(), 0)
    )


async def listen(client: "redis.Redis", heard: Callable[[UUID, int], None], connected: Callable[[bool], None]) -> None:
    """Never ends: calls `heard(log, size)` for each nudge, and `connected` when the subscription stands or is lost."""
    attempt = 0
    while True:
        try:
            async with client.pubsub() as subscription:
                await subscription.subscribe(CHANNEL)
                async for kind, data in _messages(subscription):
                    if kind == "subscribe":
                        attempt = 0
                        connected(True)
                    elif kind == "message":
                        _pass_on(data, heard)
        except (RedisError, OSError) as error:
            log_line.warning("nudges are away: %s", error)
        connected(False)
        await asyncio.sleep(WAITS[min(attempt, len(WAITS) - 1)] * (0.75 + random() / 2))  # noqa: S311 (spread, not secret)
        attempt += 1


async def _messages(subscription: "redis.client.PubSub"):  # type: ignore[no-untyped-def]
    """Kind and data of each message. Raises ConnectionError when a question whether it lives stays unanswered."""
    asked = False
    while True:
        message = await subscription.get_message(timeout=SILENCE)
        if message is not None:
            asked = False
            yield message["type"], message["data"]
        elif asked:
            raise redis.ConnectionError("no answer")
        else:
            asked = True
            await subscription.ping()


def _pass_on(data: str, heard: Callable[[UUID, int], None]) -> None:
    try:
        nudge = json.loads(data)
        heard(UUID(nudge["log"]), int(nudge["size"]))
    except (ValueError, KeyError, TypeError):
        log_line.warning("a nudge that says nothing: %.100r", data)
