"""The product's own rooms, with one address more on which each frame asks for one broadcast to everybody in them."""

from typing import Any

from negotiator.asgi import application as product
from negotiator.bench.servers.payload import CONTROL, PAYLOAD

from apps.live import process  # isort: skip (Django must be set up first)
from apps.live.line import message
from apps.live.room import Broadcast

TOLD = message(PAYLOAD.decode())


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    await (control if scope["path"] == CONTROL else product)(scope, receive, send)


async def control(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """A socket of its own, outside the rooms."""
    await receive()
    await send({"type": "websocket.accept"})
    while (await receive())["type"] == "websocket.receive":
        for room in process.here().hub.rooms.values():
            audiences = {line.entered.audience for line in room.lines}
            await room.spread(room.cursor or 0, {audience: Broadcast((TOLD,), TOLD) for audience in audiences})
