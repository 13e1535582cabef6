"""For WSGI servers, where pages and API run apart from the sockets."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "negotiator.settings")
os.environ.setdefault("CONN_MAX_AGE", "60")  # their threads stay, and each keeps its connection
application = get_wsgi_application()

from negotiator.settling import settle  # noqa: E402 (Django must be set up first)

settle()
