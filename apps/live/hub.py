"""The hub of a socket process: all rooms that are open here, and what wakes them.

A nudge wakes the rooms of its log. While nudges are away the sizes of the open rooms' logs are asked for every two seconds, in one
query; while they come, less often, because a nudge may be lost. Nothing else differs.
"""

import asyncio
import logging
from collections.abc import Coroutine, Iterable
from contextlib import suppress
from typing import Any
from uuid import UUID

import redis.asyncio as redis
from django.db import DatabaseError

from apps.common.errors import Refusal
from apps.live import nudges
from apps.live.line import Line
from apps.live.presence import Presence
from apps.live.room import Liveness, Room
from apps.live.signing_in import enter
from apps.live.threads import DatabaseThread
from apps.record.selectors import sizes

POLL_DELAYED, POLL_IMMEDIATE = 2.0, 10.0  # seconds
PRESENCE_EVERY = 5.0
LOOK_AGAIN_EVERY = 30.0
"""Seconds between two looks at whether somebody is still signed in and may still be there."""
log_line = logging.getLogger(__name__)


class Hub:
    """One per process. `doors` is the thread on which people are let in; reading the news has a thread of its own."""

    def __init__(self, redis_url: str, doors: DatabaseThread) -> None:
        self.rooms: dict[UUID, Room] = {}
        self.live: Liveness = "delayed"
        self._doors = doors
        self._reading = DatabaseThread("live-reading")
        self._client = nudges.connect(redis_url)
        self._presence = Presence(self._client)
        self._woken = asyncio.Event()
        self._tasks = [asyncio.create_task(step) for step in self._steps()]
        self._looking: set[asyncio.Task[None]] = set()

    async def join(self, round: UUID, line: Line) -> Room:
        """Let a socket into the room of a round, which opens with the first."""
        log = line.entered.actor.log
        room = self.rooms.get(round)
        if room is None:
            room = self.rooms[round] = Room(round, log, self._reading, lambda: self.live, self._look_again_at)
        try:
            await room.greet(line)
        except BaseException:
            self.leave(room, line)
            raise
        room.touch()
        return room

    def leave(self, room: Room, line: Line) -> None:
        """A socket is gone; its room closes with the last."""
        room.leave(line)
        if room.lines:
            room.touch()
        elif self.rooms.get(room.id) is room:
            del self.rooms[room.id]

    async def close(self) -> None:
        """End everything; sockets are not told."""
        pending = {*self._tasks, *self._looking}
        while pending:  # the Redis client may take a cancellation for a lost connection, and go on
            for task in pending:
                task.cancel()
            _, pending = await asyncio.wait(pending, timeout=0.5)
        await self._client.aclose()
        await self._reading.close()

    def _steps(self) -> Iterable[Coroutine[Any, Any, None]]:
        yield nudges.listen(self._client, self._heard, self._connected)
        yield self._poll()
        yield self._exchange_presence()
        yield self._look_again()

    def _heard(self, log: UUID, size: int) -> None:
        for room in self.rooms.values():
            if room.log == log and (room.cursor is None or size > room.cursor):
                room.touch()

    def _connected(self, connected: bool) -> None:
        live: Liveness = "immediate" if connected else "delayed"
        if live == self.live:
            return
        self.live = live
        self._woken.set()
        for room in self.rooms.values():
            room.touch()

    async def _poll(self) -> None:
        while True:
            await self._ask_sizes()
            self._woken.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(POLL_DELAYED if self.live == "delayed" else POLL_IMMEDIATE):
                    await self._woken.wait()

    async def _ask_sizes(self) -> None:
        logs = {room.log for room in self.rooms.values()}
        if not logs:
            return
        try:
            found = await self._reading.run(sizes, logs)
        except DatabaseError as error:
            log_line.warning("the sizes of open rooms cannot be read: %s", error)
            return
        for log, size in found.items():
            self._heard(log, size)

    async def _exchange_presence(self) -> None:
        while True:
            await asyncio.sleep(PRESENCE_EVERY)
            try:
                elsewhere = await self._presence.exchange({id: room.here() for id, room in self.rooms.items()})
            except (redis.RedisError, OSError):
                elsewhere = {}
            for id, room in self.rooms.items():
                if (seats := elsewhere.get(id, {})) != room.elsewhere:
                    room.elsewhere = seats
                    room.touch()

    async def _look_again(self) -> None:
        while True:
            await asyncio.sleep(LOOK_AGAIN_EVERY)
            for room in tuple(self.rooms.values()):
                for line in tuple(room.lines):
                    await self._look_at(room, line)

    def _look_again_at(self, people: frozenset[UUID]) -> None:
        """Entries have changed what these people are: look before they go on."""
        for room in self.rooms.values():
            for line in room.lines:
                if line.entered.actor.person is not None and line.entered.actor.person.id in people:
                    task = asyncio.create_task(self._look_at(room, line))
                    self._looking.add(task)
                    task.add_done_callback(self._looking.discard)

    async def _look_at(self, room: Room, line: Line) -> None:
        before = line.entered
        signed_in = before.actor.person is not None
        try:
            line.entered = await self._doors.run(enter, line.credentials, room.id, signed_in=signed_in)
        except Refusal as refusal:
            await line.dismiss(refusal)
        except DatabaseError as error:
            log_line.warning("cannot look at who is in room %s: %s", room.id, error)
        else:
            if line.entered != before:
                room.touch()
