"""Addresses of sockets."""

from channels.routing import URLRouter
from django.urls import path

from apps.live.consumers import RoomConsumer, Unknown

sockets = URLRouter(
    [path("live/rounds/<uuid:round>/", RoomConsumer.as_asgi()), path("<path:anything>", Unknown.as_asgi())]
)
