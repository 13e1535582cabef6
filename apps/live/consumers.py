"""One socket in the room of a round: lets it in, reads what it says, answers it. What everybody hears comes from the hub."""

import asyncio
import logging
from contextlib import suppress
from time import monotonic
from typing import Any

from channels.consumer import get_handler_name
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.db import DatabaseError

from apps.accounts.models import Person
from apps.common.errors import Invalid, NotSignedIn, Refusal, TooMany
from apps.deliberation.presenting import encode
from apps.deliberation.services import Cast as Ballot
from apps.live import process
from apps.live.decoding import decode, id_of
from apps.live.limits import Bucket
from apps.live.line import Line
from apps.live.line import message as outgoing
from apps.live.messages import (
    SUBPROTOCOL,
    Cast,
    ClientMessage,
    Done,
    FloorMessage,
    Ping,
    Pong,
    Recorded,
    Resume,
    refused,
)
from apps.live.room import Room
from apps.live.signing_in import Credentials, credentials_of, enter, is_from_here

MALFORMED, NOT_SIGNED_IN, FOREIGN, UNKNOWN, TOO_OFTEN, LATER = 4400, 4401, 4403, 4404, 4429, 1013
CODES = {401: NOT_SIGNED_IN, 404: UNKNOWN, 429: TOO_OFTEN}
"""Status of a refusal to the code with which the socket is closed."""
PAUSE = 0.5
"""Seconds for which nothing is read from a socket that sends more: its messages wait on its own side, at nobody's cost."""
HELD = 2.0
"""Seconds for which a socket waits to be answered that is opened again and again: opening costs more than anything else here."""
FAULTS_AT_MOST = 20
"""After how many malformed messages a socket is closed."""
log_line = logging.getLogger(__name__)


class Unknown(AsyncWebsocketConsumer):  # type: ignore[misc]
    """A socket to an address where there is nothing."""

    async def connect(self) -> None:
        await self.close(UNKNOWN)


class RoomConsumer(AsyncWebsocketConsumer):  # type: ignore[misc]
    """A socket in the room of a round."""

    room: Room | None = None
    line: Line | None = None
    faults = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """As inherited, but one message after the other in this very task: there is no channel layer to listen to beside."""
        self.scope, self.base_send = scope, send
        with suppress(StopConsumer):
            while True:
                await self.dispatch(await receive())

    async def dispatch(self, message: dict[str, Any]) -> None:
        """As inherited, without a trip to a thread for each message: nothing here uses the event loop's own connection.

        What somebody says comes first, as most of what comes is that.
        """
        if message["type"] == "websocket.receive":
            await self.receive(message.get("text"))
        else:
            await getattr(self, get_handler_name(message))(message)

    async def connect(self) -> None:
        """Let somebody in, or say why not and close. A page that is not ours never gets a socket."""
        headers, offered = dict(self.scope["headers"]), self.scope.get("subprotocols", [])
        if not is_from_here(headers):
            await self.close(FOREIGN)
            return
        self.process = process.here()
        credentials = credentials_of(headers, offered)
        welcome = credentials == Credentials() or self.process.entries.allows(credentials)
        if not welcome:
            await asyncio.sleep(HELD)
        await self.accept(subprotocol=SUBPROTOCOL if SUBPROTOCOL in offered else None)
        self.bucket = Bucket.full(*settings.LIVE_MESSAGES)
        try:
            if not welcome:
                raise TooMany("socket.too_often", "This room is opened again and again from here. Wait a moment.")
            await self._enter(credentials)
        except Refusal as refusal:
            await self._dismiss(refusal)
        except DatabaseError as error:
            log_line.warning("nobody can be let in: %s", error)
            await self.close(LATER)

    async def disconnect(self, code: int) -> None:
        """The socket is gone."""
        self._leave()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Do what a message asks for. Whatever is wrong with it is said to its sender; nobody else is affected."""
        if self.room is None or self.line is None:
            return
        try:
            await self._allow()
            await self._do(self.room, self.line, decode(text_data))
        except Refusal as refusal:
            await self._refuse(refusal, id_of(text_data))
        except DatabaseError as error:
            log_line.warning("a message could not be answered: %s", error)
            await self._refuse(
                Invalid("room.unavailable", "This cannot be answered just now. Try again."), id_of(text_data)
            )

    async def _enter(self, credentials: Credentials) -> None:
        here = self.process
        round = self.scope["url_route"]["kwargs"]["round"]
        room = here.hub.rooms.get(round)
        entered = room.known(credentials) if room is not None else None
        if entered is None:
            entered = await here.doors.run(enter, credentials, round)
        line = Line(self.base_send, self._dismiss, credentials, entered)
        self.room = await here.hub.join(round, line)
        self.line = line

    async def _allow(self) -> None:
        if not self.bucket.take(monotonic()):
            await asyncio.sleep(PAUSE)
            raise TooMany("frame.too_often", "You send too much at once. Wait a moment.")

    async def _do(self, room: Room, line: Line, message: ClientMessage) -> None:
        if isinstance(message, Resume):
            await room.resume(line, message.from_)
        elif isinstance(message, Cast):
            await self._cast(room, line, message)
        elif isinstance(message, Ping):
            await line.send(outgoing(encode(Pong())))
        else:
            await self._say(room, line, message)

    async def _say(self, room: Room, line: Line, message: FloorMessage) -> None:
        await self.process.floor.do(_person(line), room.id, message)
        room.touch()
        await line.send(outgoing(encode(Done(message.id))))

    async def _cast(self, room: Room, line: Line, message: Cast) -> None:
        ballot = Ballot(_person(line), room.id, message.item, message.choice, message.key)
        answer = await self.process.box.put(ballot)
        if isinstance(answer, Refusal):
            raise answer
        room.touch()  # a nudge says so too, if it comes
        await line.send(outgoing(encode(Recorded(message.id, answer))))

    def _leave(self) -> None:
        """From now on nothing is heard or said here."""
        if self.room is not None and self.line is not None:
            self.process.hub.leave(self.room, self.line)
        self.room = self.line = None

    async def _refuse(self, refusal: Refusal, id: str) -> None:
        await self.send(refused(refusal, id))
        if refusal.code == "frame.malformed":
            self.faults += 1
        if self.faults > FAULTS_AT_MOST:
            self._leave()
            await self.close(MALFORMED)

    async def _dismiss(self, refusal: Refusal) -> None:
        """Say why somebody cannot be here (any more), and close."""
        self._leave()
        await self.send(refused(refusal))
        await self.close(CODES.get(refusal.status, LATER))


def _person(line: Line) -> Person:
    """Who is at the other end. Raises `NotSignedIn`."""
    person = line.entered.actor.person
    if person is None:
        raise NotSignedIn("person.not_signed_in", "Sign in first.")
    return person
