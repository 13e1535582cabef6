"""Delivery of one message to many sockets of one process: our rooms, held against a bare broadcast and against `group_send`.

The next is asked for when everybody has the last one, so what is measured is how soon a room hears, not how much can pile up.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

from negotiator.bench.crowd import Crowd, Line
from negotiator.bench.hall import gather
from negotiator.bench.measuring import Measured, Timed, side_by_side
from negotiator.bench.servers.payload import CONTROL
from negotiator.bench.serving import Server, free_port, running, uvicorn

SIZES = (500, 2000, 5000)
WITHIN = 1.5
"""Seconds of each run; a broadcast that takes longer is waited for."""
BARE, CHANNELS = 0.45, 10.0


def measure() -> Iterator[Measured]:
    """Three servers, each with the same number of sockets, asked in turn."""
    hall = gather("Delivery", seats=2)
    for size in SIZES:
        with ExitStack() as stack:
            audience = partial(_audience, stack, size)
            ours = audience("negotiator.bench.servers.rooms:application", hall.path)
            bare = audience("", "/")
            channels = audience("negotiator.bench.servers.group_send:application", "/")
            got, limit = side_by_side(ours, lambda bare=bare: bare().rate)  # type: ignore[misc]
            theirs = channels().rate
        yield Measured(f"delivered to {size:,} sockets of one process", got.rate, "/s", limit,
                       "a bare picows broadcast", at_least=BARE)  # fmt: skip
        yield Measured(f"the same, to {size:,}", got.rate, "/s", theirs, "Channels group_send", at_least=CHANNELS)
        yield Measured(f"until all {size:,} have it, p50", got.percentile(0.5), "ms")


def _audience(stack: ExitStack, size: int, application: str, path: str) -> "partial[Timed]":
    """A server with this many listeners; returns what measures it."""
    server = stack.enter_context(uvicorn(application) if application else _bare())
    crowd = stack.enter_context(Crowd())
    crowd.join(server.port, path, [[]] * size)
    control = stack.enter_context(Crowd()).join(server.port, CONTROL, [[]])[0]
    _settle(crowd)
    return partial(_broadcasts, crowd, control)


def _broadcasts(crowd: Crowd, control: Line) -> Timed:
    """Ask for a broadcast, wait until everybody has it, ask again."""
    took: list[float] = []
    began = time.perf_counter()
    while not took or time.perf_counter() - began < WITHIN:
        asked, missing = time.perf_counter(), len(crowd.lines)
        control.say(b"go")
        while missing > 0:
            missing -= sum(len(texts) for _, texts in crowd.heard(10.0))
        took.append(time.perf_counter() - asked)
    return Timed(len(took) * len(crowd.lines) / sum(took), took)


def _settle(crowd: Crowd) -> None:
    """Read what a room tells newcomers, until it is quiet."""
    while any(crowd.heard(1.0)):
        pass


@contextmanager
def _bare() -> Iterator[Server]:
    port = free_port()
    with running(["-m", "negotiator.bench.servers.bare", str(port)], port, {}) as server:
        yield server
