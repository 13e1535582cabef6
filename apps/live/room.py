"""One round's room in this process: reads what is new once, encodes it once for each audience, and sends it to everybody here."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, replace
from time import monotonic
from typing import Literal
from uuid import UUID

from django.db import DatabaseError

from apps.common import clock
from apps.common.errors import Invalid, Refusal
from apps.deliberation.presenting import Audience, ResyncFrame, StateFrame, encode, missed
from apps.live.line import Line, Message, message
from apps.live.messages import VERSION, Hello
from apps.live.news import News, Seen, read_on
from apps.live.presence import Seats
from apps.live.signing_in import Credentials, Entered
from apps.live.threads import DatabaseThread
from apps.partnerships.actors import Actor

Liveness = Literal["immediate", "delayed"]
PACE = 0.15
"""Seconds from the beginning of a broadcast to that of the next: what comes in between is told together."""
AT_A_TIME = 250
"""How many sockets are served before others have a turn."""
PATIENCE = 1.0  # seconds before the database is asked again after it failed
log_line = logging.getLogger(__name__)


@dataclass(frozen=True)
class Broadcast:
    """What one audience gets: encoded once, sent to many."""

    messages: tuple[Message, ...]
    state: Message


class Room:
    """`cursor` is the number of the entry that has not been read yet. Belongs to one event loop."""

    def __init__(
        self,
        id: UUID,
        log: UUID,
        reading: DatabaseThread,
        live: Callable[[], Liveness],
        concern: Callable[[frozenset[UUID]], None],
    ) -> None:
        self.id, self.log = id, log
        self.lines: set[Line] = set()
        self.elsewhere: Seats = {}
        self.cursor: int | None = None
        self._reading, self._live, self._concern = reading, live, concern
        self._news: News | None = None
        self._states: dict[Audience, Message] = {}
        self._inside: dict[Credentials, Line] = {}
        self._lock = asyncio.Lock()
        self._dirty = False
        self.work: asyncio.Task[None] | None = None

    async def greet(self, line: Line) -> None:
        """Let a socket in: it hears where the record stands and how the round stands, and then what follows."""
        self.lines.add(line)
        self._inside[line.credentials] = line
        audience = line.entered.audience
        await self._refresh(unless=audience)
        if audience not in self._states or self.cursor is None:
            raise Invalid("room.unavailable", "The room cannot be opened just now. Try again in a moment.")
        line.cursor = self.cursor
        hello = Hello(VERSION, line.cursor, audience, clock.now())
        line.offer((message(encode(hello)), self._states[audience]), self._catch_up)

    def known(self, credentials: Credentials) -> Entered | None:
        """As what somebody with the same sign-in (or, of the public, with none) is in the room already."""
        line = self._inside.get(credentials)
        return line.entered if line is not None else None

    async def resume(self, line: Line, since: int) -> None:
        """Send from entry `since` on. Raises `Invalid` (cursor.unknown) for a cursor this record cannot have given."""
        if since > (self.cursor or 0):
            await self._refresh()
        if since > (self.cursor or 0):
            raise Invalid(
                "cursor.unknown", f"This record has {self.cursor} entries: ask from one of those.", {"from": "unknown"}
            )
        line.cursor = since
        self._catch_up(line)

    def leave(self, line: Line) -> None:
        """A socket is gone."""
        self.lines.discard(line)
        if self._inside.get(line.credentials) is line:
            del self._inside[line.credentials]
        line.hang_up()
        if not self.lines and self.work is not None:
            self.work.cancel()

    def touch(self) -> None:
        """Something may have changed: tell everybody, at once or together with what else changes within the pace."""
        self._dirty = True
        if self.work is None and self.lines:
            self.work = asyncio.create_task(self._work())
            self.work.add_done_callback(self._worked)

    def here(self) -> Seats:
        """The seats connected to this process."""
        seats = (line.entered.actor.seat for line in self.lines)
        return {str(seat.id): (seat.group.key, seat.group.name) for seat in seats if seat is not None}

    async def _work(self) -> None:
        while self._dirty:
            self._dirty = False
            begun = monotonic()
            try:
                await self._refresh()
                await asyncio.sleep(max(PACE - (monotonic() - begun), PACE / 3))
            except DatabaseError as error:
                log_line.warning("room %s cannot read: %s", self.id, error)
                self._dirty = True
                await asyncio.sleep(PATIENCE)

    def _worked(self, task: "asyncio.Task[None]") -> None:
        self.work = None
        if task.cancelled():
            return
        if (error := task.exception()) is not None:
            log_line.error("room %s stumbled", self.id, exc_info=error)
        if self._dirty:  # touched between the last look and now
            self.touch()

    async def _refresh(self, unless: Audience | None = None) -> None:
        """Read on and tell everybody; not needed if it is only for an audience that has a state by now."""
        async with self._lock:
            if unless in self._states:
                return
            since = self.cursor
            self._news = news = await self._reading.run(read_on, self.id, self._news, self._viewers())
            broadcasts = self._encode(news)
            self.cursor = news.until
            self._states = {audience: broadcast.state for audience, broadcast in broadcasts.items()}
            if news.concerned:
                self._concern(news.concerned)
            await self.spread(news.until if since is None else since, broadcasts)

    def _viewers(self) -> dict[Audience, Actor]:
        """One of each audience, for whom the news is read."""
        return {line.entered.audience: line.entered.actor for line in self.lines}

    def _encode(self, news: News) -> dict[Audience, Broadcast]:
        here = self._presence()
        states = {audience: news.company.seen(seen.state, here) for audience, seen in news.seen.items()}
        return {audience: self._broadcast(seen, states[audience], news.until) for audience, seen in news.seen.items()}

    def _broadcast(self, seen: Seen, stands: StateFrame, until: int) -> Broadcast:
        state = message(encode(replace(stands, live=self._live())))
        if seen.entries is None:
            return Broadcast((message(encode(ResyncFrame(until))), state), state)
        if seen.entries.from_ == until:
            return Broadcast((state,), state)
        return Broadcast((message(encode(seen.entries)), state), state)

    def _presence(self) -> Mapping[str, Set[str]]:
        """The seats of each group that are connected, here and elsewhere."""
        groups: dict[str, set[str]] = {}
        for seat, (group, _) in (self.elsewhere | self.here()).items():
            groups.setdefault(group, set()).add(seat)
        return groups

    async def spread(self, since: int, broadcasts: Mapping[Audience, Broadcast]) -> None:
        """Send to everybody who stands at `since`; who does not, or is busy, catches up afterwards."""
        for count, line in enumerate(tuple(self.lines), start=1):
            broadcast = broadcasts.get(line.entered.audience)
            if line.cursor != since or line.busy:
                self._pass_over(line)
            elif broadcast is not None:
                line.cursor = self.cursor
                line.offer(broadcast.messages, self._catch_up)
            if count % AT_A_TIME == 0:
                await asyncio.sleep(0)

    def _pass_over(self, line: Line) -> None:
        if line.cursor is not None:
            line.skipped = True
            self._catch_up(line)

    def _catch_up(self, line: Line) -> None:
        """Send a socket what it has missed, as soon as it takes it."""
        if line.busy or line.gone or (line.cursor == self.cursor and not line.skipped):
            return
        line.skipped = False
        line.begin(self._send_missed(line), self._catch_up)

    async def _send_missed(self, line: Line) -> None:
        try:
            await self._send_entries(line)
            state = self._states.get(line.entered.audience)
            if state is not None:
                await line.send(state)
        except DatabaseError:
            await asyncio.sleep(PATIENCE)
        except Refusal:
            line.cursor = self.cursor  # may not read any more; its consumer is about to be told

    async def _send_entries(self, line: Line) -> None:
        if line.cursor is None or self.cursor is None or line.cursor == self.cursor:
            return
        for frame in await self._reading.run(missed, line.entered.actor, line.cursor, self.cursor):
            line.cursor = frame.at if isinstance(frame, ResyncFrame) else frame.to
            await line.send(message(encode(frame)))
