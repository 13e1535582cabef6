"""Who is here: which seats are connected, over all socket processes. Kept in Redis with an end; without it, this process only."""

import json
import time
from collections.abc import Mapping
from uuid import UUID, uuid4

import redis.asyncio as redis

LASTS = 15  # seconds after which a process that says nothing more is taken for gone
Seats = dict[str, tuple[str, str]]
"""Seat id -> key and name of its group."""


class Presence:
    """Tells other processes who is connected here, and hears who is connected there."""

    def __init__(self, client: "redis.Redis") -> None:
        self._client = client
        self._process = uuid4().hex

    async def exchange(self, here: Mapping[UUID, Seats]) -> dict[UUID, Seats]:
        """Say who is here, by round; returns who is connected elsewhere. Raises RedisError, OSError."""
        if not here:
            return {}
        async with self._client.pipeline(transaction=False) as pipeline:
            for round, seats in here.items():
                pipeline.hset(_key(round), self._process, json.dumps({"at": time.time(), "seats": seats}))
                pipeline.expire(_key(round), LASTS * 2)
                pipeline.hgetall(_key(round))
            answers = await pipeline.execute()
        return {round: self._elsewhere(found) for round, found in zip(here, answers[2::3], strict=True)}

    async def leave(self, round: UUID) -> None:
        """Nobody is here any more. Raises RedisError, OSError."""
        await self._client.hdel(_key(round), self._process)

    def _elsewhere(self, found: Mapping[str, str]) -> Seats:
        seats: Seats = {}
        for process, text in found.items():
            said = json.loads(text)
            if process != self._process and said["at"] > time.time() - LASTS:
                seats |= {seat: (key, name) for seat, (key, name) in said["seats"].items()}
        return seats


def _key(round: UUID) -> str:
    return f"negotiator:present:{round}"
