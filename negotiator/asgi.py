"""Pages and API over HTTP, live rooms over sockets, in one process."""

import os
import sys

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "negotiator.settings")
http = get_asgi_application()
sys.setswitchinterval(0.001)  # the threads with a database connection wait no longer for a busy event loop

from apps.live.routing import sockets  # noqa: E402 (Django must be set up first)

application = ProtocolTypeRouter({"http": http, "websocket": sockets})
