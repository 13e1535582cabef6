"""Health for machines: alive, ready, degraded, down."""

import json
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import RequestFactory

from apps.api.health import health_urlpatterns, livez, readyz


def _asked(view: Any, method: str = "get") -> tuple[int, dict[str, Any]]:
    answer = view(getattr(RequestFactory(), method)("/"))
    return answer.status_code, json.loads(answer.content or b"{}")


def test_it_lives() -> None:
    assert _asked(livez) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_it_is_ready_with_both() -> None:
    assert _asked(readyz) == (200, {"status": "ok", "postgresql": True, "redis": True})


@pytest.mark.django_db
def test_without_redis_it_is_degraded_but_ready(settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert _asked(readyz) == (200, {"status": "degraded", "postgresql": True, "redis": False})


def test_without_postgresql_it_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("away")

    monkeypatch.setattr(connection, "cursor", away)
    status, body = _asked(readyz)
    assert (status, body["status"]) == (503, "down")


def test_only_questions_are_answered() -> None:
    assert _asked(livez, "post")[0] == 405
    assert [pattern.name for pattern in health_urlpatterns] == ["livez", "readyz"]
