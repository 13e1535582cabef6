"""Pages and API over HTTP, live rooms over sockets, in one process."""

import os

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "negotiator.settings")
http = get_asgi_application()

from apps.live.routing import sockets  # noqa: E402 (Django must be set up first)
from negotiator.settling import settle  # noqa: E402

application = ProtocolTypeRouter({"http": http, "websocket": sockets})
settle()
