"""Whether the process lives, and whether it can do its work. For machines; outside the API's own rules."""

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def livez(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 as long as PostgreSQL answers; without Redis the work is slower, not wrong: `degraded`."""
    parts = {"postgresql": _database(), "redis": _redis()}
    if not parts["postgresql"]:
        return JsonResponse({"status": "down", **parts}, status=503)
    return JsonResponse({"status": "ok" if parts["redis"] else "degraded", **parts})


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _redis() -> bool:
    patience = settings.NUDGE_TIMEOUT
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=patience, socket_connect_timeout=patience
        ) as client:
            return bool(client.ping())
    except (redis.RedisError, OSError):
        return False


health_urlpatterns = [path("livez", livez, name="livez"), path("readyz", readyz, name="readyz")]
