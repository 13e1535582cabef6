"""Delivery as Channels does it: every socket in a group of the Redis channel layer, and one `group_send` for all."""

import os
from typing import Any

import django
from channels.generic.websocket import AsyncWebsocketConsumer
from channels_redis.core import RedisChannelLayer
from django.conf import settings

from negotiator.bench.servers.payload import CONTROL, PAYLOAD

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "negotiator.settings")
django.setup()
HOST = {"address": settings.REDIS_URL, "max_connections": 100_000, "socket_timeout": None}
settings.CHANNEL_LAYERS = {"default": {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": [HOST]}}}
GROUP = "bench"


class Listener(AsyncWebsocketConsumer):  # type: ignore[misc]
    """A socket that only listens."""

    channel_layer: RedisChannelLayer
    groups = [GROUP]

    async def tell(self, message: dict[str, Any]) -> None:
        """Send what the group is told."""
        await self.send(text_data=message["text"])


class Control(AsyncWebsocketConsumer):  # type: ignore[misc]
    """The socket on which each frame asks for one broadcast."""

    channel_layer: RedisChannelLayer

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.channel_layer.group_send(GROUP, {"type": "tell", "text": PAYLOAD.decode()})


listener, control = Listener.as_asgi(), Control.as_asgi()


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    await (control if scope["path"] == CONTROL else listener)(scope, receive, send)
