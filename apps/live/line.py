"""One socket of a room, as the hub sees it: where it stands in the record, and a way to send that never makes the room wait."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Generator, Sequence
from typing import Any

from apps.common.errors import Refusal
from apps.live.signing_in import Credentials, Entered

Message = dict[str, Any]
"""What the socket server takes; made once and sent to many."""
Send = Callable[[Message], Awaitable[None]]


def message(text: str) -> Message:
    """A text as the socket server takes it."""
    return {"type": "websocket.send", "text": text}


class Line:
    """`cursor` is the number of the entry that comes next for this socket, None until it has been greeted; `skipped` says that
    it was passed over since. `dismiss` tells its holder that it may not stay."""

    def __init__(
        self, send: Send, dismiss: Callable[[Refusal], Awaitable[None]], credentials: Credentials, entered: Entered
    ) -> None:
        self.send, self.dismiss = send, dismiss
        self.credentials, self.entered = credentials, entered
        self.cursor: int | None = None
        self.skipped = False
        self.gone = False
        self._sending: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        """Whether something is still being sent: a slow socket is passed over and catches up afterwards."""
        return self._sending is not None

    def offer(self, messages: Sequence[Message], then: "Callable[[Line], None]") -> None:
        """Send what the socket takes at once in this very step; the rest in a task, and call `then` when that is done."""
        sending = self._all(messages)
        try:
            waits_for = sending.send(None)
        except StopIteration:
            return
        except Exception:  # the socket is gone: its consumer hears of it too
            self.gone = True
            return
        self.begin(_Rest(sending, waits_for), then)

    def begin(self, sending: Awaitable[None], then: "Callable[[Line], None]") -> None:
        """Send something that takes time, and call `then` when it is done."""

        def done(task: "asyncio.Task[None]") -> None:
            self._sending = None
            if task.cancelled() or task.exception() is not None:
                self.gone = True
            else:
                then(self)

        self._sending = asyncio.ensure_future(sending)
        self._sending.add_done_callback(done)

    def hang_up(self) -> None:
        """Stop whatever is being sent."""
        self.gone = True
        if self._sending is not None:
            self._sending.cancel()

    async def _all(self, messages: Sequence[Message]) -> None:
        for one in messages:
            await self.send(one)


class _Rest:
    """A coroutine that has been begun and waits for something: awaiting this goes on with it."""

    def __init__(self, begun: Coroutine[Any, Any, None], waits_for: Any) -> None:
        self._begun, self._waits_for = begun, waits_for

    def __await__(self) -> Generator[Any, Any, None]:
        try:
            yield self._waits_for
            yield from self._begun.__await__()
        finally:
            self._begun.close()
