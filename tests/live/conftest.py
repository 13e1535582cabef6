"""Rooms for tests: what the process has is ended after each test."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from django.db import connections

from apps.deliberation.models import Round
from apps.live import process
from tests.people import Lismorrow


@pytest.fixture(autouse=True)
def _orm_on_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests act by the services in between; that the loop waits meanwhile harms nobody here."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest_asyncio.fixture
async def live() -> AsyncIterator[None]:
    """A socket process that is ended afterwards."""
    yield
    try:
        await process.close()
    finally:
        connections.close_all()


@pytest.fixture
def lismorrow(live_lismorrow: Lismorrow) -> Lismorrow:
    """Committed: hub and ballot box have connections of their own."""
    return live_lismorrow


@pytest.fixture
def round(lismorrow: Lismorrow) -> Round:
    """An open round on one proposal, private until closing."""
    return lismorrow.open(lismorrow.propose())
