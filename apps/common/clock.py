"""The server's clock. Only a demo or a rehearsal moves it, and only for logs that say so (see apps.record.services)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_moved: ContextVar[datetime | None] = ContextVar("moved_clock", default=None)


def now() -> datetime:
    """The present moment, in UTC."""
    return _moved.get() or datetime.now(UTC)


def is_moved() -> bool:
    """Whether somebody has moved the clock in this context."""
    return _moved.get() is not None


@contextmanager
def moved_to(moment: datetime) -> Iterator[None]:
    """Let the clock stand at `moment` (with a time zone) inside the block."""
    token = _moved.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _moved.reset(token)
