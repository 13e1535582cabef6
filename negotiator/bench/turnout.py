"""From a ballot to its turnout on every screen: 2,000 sockets listen while 200 ballots a second come in."""

import time
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import cycle
from uuid import uuid4

import orjson

from negotiator.bench.crowd import Crowd, Line
from negotiator.bench.hall import Hall, gather
from negotiator.bench.measuring import Measured, percentile
from negotiator.bench.serving import uvicorn

LISTENERS, VOTERS, RATE, WITHIN = 2000, 50, 200, 10.0
AFTERWARDS = 3.0
"""Seconds for which the last ballots are still waited for."""

Seen = list[tuple[int, float]]
"""When a socket heard of which size of the record."""


def measure() -> Iterator[Measured]:
    """Ballots are sent at their rate whatever is answered, and each is looked for on every listening socket."""
    hall = gather("Turnout", seats=VOTERS)
    with uvicorn() as server, Crowd() as crowd:
        listeners = crowd.join(server.port, hall.path, [[]] * LISTENERS)
        voters = crowd.join(server.port, hall.path, hall.sign_in(VOTERS))
        while any(crowd.heard(1.0)):
            pass
        sent, seqs, seen = _run(crowd, voters, hall)
    took = [late for line in listeners for late in _latencies(sent, seqs, seen.get(line, []))]
    what = f"ballot to visible turnout on {LISTENERS:,} sockets, {len(seqs) / WITHIN:.0f} ballots/s"
    yield Measured(f"{what}, p50", percentile(took, 0.5) * 1000, "ms")
    yield Measured(f"{what}, p99", percentile(took, 0.99) * 1000, "ms", at_most=500)


def _run(crowd: Crowd, voters: Sequence[Line], hall: Hall) -> tuple[dict[str, float], dict[str, int], dict[Line, Seen]]:
    sent: dict[str, float] = {}
    seqs: dict[str, int] = {}
    seen: dict[Line, Seen] = {}
    turns, began = cycle(voters), time.perf_counter()
    while (now := time.perf_counter() - began) < WITHIN + AFTERWARDS:
        while now < WITHIN and len(sent) < now * RATE:
            id = str(len(sent))
            sent[id] = time.perf_counter()
            next(turns).say(_ballot(hall, id))
        for line, texts in crowd.heard(1 / RATE):
            for text in texts:
                _note(line, orjson.loads(text), seqs, seen)
    return sent, seqs, seen


def _note(line: Line, frame: dict[str, object], seqs: dict[str, int], seen: dict[Line, Seen]) -> None:
    if frame["t"] == "state":
        seen.setdefault(line, []).append((int(str(frame["at"])), time.perf_counter()))
    elif frame["t"] == "receipt":
        seqs[str(frame["id"])] = frame["receipt"]["seq"]  # type: ignore[index]
    elif frame["t"] == "refused":
        raise RuntimeError(str(frame))


def _latencies(sent: dict[str, float], seqs: dict[str, int], seen: Seen) -> list[float]:
    """How long after each ballot was sent this socket first heard of a record that holds it."""
    ends = [at for at, _ in seen]
    places = ((id, bisect_left(ends, seq + 1)) for id, seq in seqs.items())
    return [seen[place][1] - sent[id] if place < len(seen) else WITHIN for id, place in places]


def _ballot(hall: Hall, id: str) -> bytes:
    return orjson.dumps({"t": "cast", "id": id, "item": hall.items[0], "choice": "for", "key": uuid4()})
