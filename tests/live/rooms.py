"""Sockets under a test's hand: someone in a room who says things and waits for what comes."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

from asgiref.testing import ApplicationCommunicator

from apps.accounts.models import ApiToken, Person
from apps.live.routing import sockets

Frame = dict[str, Any]
Header = tuple[bytes, bytes]
PATIENCE = 5.0


class Guest:
    """Somebody with a socket. `all` is everything heard so far, `closed` the code with which the server has closed it."""

    def __init__(
        self, round: UUID | str, *headers: Header, host: bytes = b"testserver", offers: tuple[str, ...] = ()
    ) -> None:
        scope = {
            "type": "websocket",
            "path": f"/live/rounds/{round}/",
            "query_string": b"",
            "headers": [(b"host", host), *headers],
            "subprotocols": list(offers),
        }
        self.line: Any = ApplicationCommunicator(sockets, scope)  # type: ignore[no-untyped-call]
        self.all: list[Frame] = []
        self.closed: int | None = None
        self.subprotocol: str | None = None

    async def knock(self) -> bool:
        """Ask to be let in; False if the door stays shut."""
        await self.line.send_input({"type": "websocket.connect"})
        output = await self.line.receive_output(timeout=PATIENCE)
        self.closed, self.subprotocol = output.get("code"), output.get("subprotocol")
        return bool(output["type"] == "websocket.accept")

    async def leave(self) -> None:
        """Close the socket from this side, unless it has been closed."""
        await self.line.send_input({"type": "websocket.disconnect", "code": 1001})
        await self.line.wait(timeout=PATIENCE)

    async def say(self, message: Any) -> None:
        """Send a message: text and bytes as they are, anything else as JSON."""
        if isinstance(message, bytes):
            await self.line.send_input({"type": "websocket.receive", "bytes": message})
        else:
            text = message if isinstance(message, str) else json.dumps(message)
            await self.line.send_input({"type": "websocket.receive", "text": text})

    async def next(self, patience: float = PATIENCE) -> Frame:
        """The next frame. A socket that is closed instead gives `{"t": "closed", "code": ...}`."""
        output = await self.line.receive_output(timeout=patience)
        if output["type"] == "websocket.close":
            self.closed = output["code"]
            return {"t": "closed", "code": output["code"]}
        frame: Frame = json.loads(output["text"])
        self.all.append(frame)
        return frame

    async def hear(
        self, t: str, fits: Callable[[Frame], bool] = lambda frame: True, patience: float = PATIENCE
    ) -> Frame:
        """The next frame of a kind that fits; others are passed over."""
        async with asyncio.timeout(patience):
            while True:
                frame = await self.next(patience)
                if frame["t"] == t and fits(frame):
                    return frame

    async def vote(self, item: UUID, choice: str = "for", key: UUID | None = None) -> Frame:
        """Cast a ballot; returns the answer."""
        id = uuid4().hex
        await self.say({"t": "cast", "id": id, "item": str(item), "choice": choice, "key": str(key or uuid4())})
        while (frame := await self.next()).get("id") != id:
            pass
        return frame


def bearer(person: Person) -> Header:
    """A header with a token of this person."""
    return b"authorization", f"Bearer {ApiToken.make(person, 'a test')}".encode()


@asynccontextmanager
async def entered(round: UUID, person: Person | None = None, *headers: Header) -> AsyncIterator[Guest]:
    """Somebody in the room, who has been accepted but heard nothing yet."""
    guest = Guest(round, *([bearer(person)] if person else []), *headers)
    assert await guest.knock()
    try:
        yield guest
    finally:
        await guest.leave()


def turnout(frame: Frame) -> dict[str, int]:
    """Who has voted on the first item, by group."""
    return {group["group"]: group["took_part"] for group in frame["turnout"][0]["groups"]}


def here(frame: Frame) -> dict[str, int]:
    """How many are connected, of each group of which somebody is."""
    return {group["group"]: group["here"] for group in frame["present"] if group["here"]}
