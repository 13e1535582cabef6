"""What 10,000 idle sockets on two processes cost: resident memory of the servers, before and after."""

from collections.abc import Iterator
from contextlib import ExitStack

from negotiator.bench.crowd import Crowd
from negotiator.bench.hall import gather
from negotiator.bench.measuring import Measured
from negotiator.bench.serving import uvicorn

SOCKETS, PROCESSES, FIRST = 10_000, 2, 100


def measure() -> Iterator[Measured]:
    """The first hundred sockets of each process are not counted: they bring up what every process has once."""
    hall = gather("Idle", seats=2)
    with ExitStack() as stack:
        servers = [stack.enter_context(uvicorn()) for _ in range(PROCESSES)]
        crowd = stack.enter_context(Crowd())
        for server in servers:
            crowd.join(server.port, hall.path, [[]] * FIRST)
        _listen(crowd)
        before = sum(server.memory() for server in servers)
        for server in servers:
            crowd.join(server.port, hall.path, [[]] * (SOCKETS // PROCESSES - FIRST))
            _listen(crowd)
        grown = sum(server.memory() for server in servers) - before
    each = grown / (SOCKETS - PROCESSES * FIRST) / 1024
    yield Measured(f"memory of an idle socket, {SOCKETS:,} on {PROCESSES} processes", each, "kB", at_most=40)


def _listen(crowd: Crowd) -> None:
    while any(crowd.heard(1.0)):
        pass
