"""A thread with a database connection of its own, for callers on the event loop: kept open, and opened anew when it dies."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connection

P = ParamSpec("P")
T = TypeVar("T")
CONNECTION_LOST = (OperationalError, InterfaceError)


def with_connection(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call with this thread's connection, once more with a fresh one if the old one was dead. For what may be done twice."""
    try:
        return function(*args, **kwargs)
    except CONNECTION_LOST:
        connection.close()
        return function(*args, **kwargs)


class DatabaseThread:
    """Runs functions one after the other on one thread. They must be harmless when run twice."""

    def __init__(self, name: str) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The function's result. Raises what it raises."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, lambda: with_connection(function, *args, **kwargs))

    async def close(self) -> None:
        """Close the connection and end the thread."""
        await asyncio.get_running_loop().run_in_executor(self._executor, _disconnect)
        self._executor.shutdown(wait=False)


def _disconnect() -> None:
    connection.close()  # looked up here: each thread has its own
