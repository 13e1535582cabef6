"""What a flood from one seat costs the others: how long their ballots take with it and without it, in turn."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import cycle
from uuid import uuid4

import orjson

from negotiator.bench.crowd import Crowd, Line
from negotiator.bench.hall import Hall, gather
from negotiator.bench.measuring import Measured, Timed, side_by_side
from negotiator.bench.serving import ROOT, uvicorn

VOTERS, RATE, WITHIN = 32, 200, 4.0
"""Voters, their ballots a second together (within everybody's limits), and the seconds of each run."""


def measure() -> Iterator[Measured]:
    """The limits are those of every server. The figure is how many ballots could be answered one after the other."""
    hall = gather("Flood", seats=VOTERS + 2)
    headers = hall.sign_in(VOTERS + 1)
    with uvicorn(env={}) as server, Crowd() as crowd:
        crowd.join(server.port, hall.path, headers[:VOTERS])
        calm = partial(_paced, crowd, hall)
        flooded, alone = side_by_side(
            partial(_flooded, calm, server.port, hall, headers[VOTERS][0]), lambda: calm().rate
        )
    yield Measured(f"ballots beside a flood from one seat, {VOTERS} voters", flooded.rate, "/s of waiting", alone,
                   "the same without the flood", at_least=0.9)  # fmt: skip
    yield Measured("a ballot beside a flood, p99", flooded.percentile(0.99), "ms")


def _paced(crowd: Crowd, hall: Hall) -> Timed:
    """Ballots at a steady rate. The rate returned is the inverse of what the median ballot took."""
    sent: dict[Line, float] = {}
    took, turns, began, count = [], cycle(crowd.lines), time.perf_counter(), 0
    while (now := time.perf_counter() - began) < WITHIN or (sent and now < WITHIN + 5):
        while now < WITHIN and count < now * RATE:
            line, count = next(turns), count + 1
            if line not in sent:
                sent[line] = time.perf_counter()
                message = {"t": "cast", "id": "b", "item": hall.items[0], "choice": "for", "key": uuid4()}
                line.say(orjson.dumps(message))
        for line, texts in crowd.heard(1 / RATE):
            if any(text.startswith((b'{"t":"receipt"', b'{"t":"refused"')) for text in texts) and line in sent:
                took.append(time.perf_counter() - sent.pop(line))
    return Timed(1 / sorted(took)[len(took) // 2], took)


def _flooded(calm: "partial[Timed]", port: int, hall: Hall, header: str) -> Timed:
    with _flood(port, hall, header):
        return calm()


@contextmanager
def _flood(port: int, hall: Hall, header: str) -> Iterator[None]:
    arguments = [str(port), hall.path, str(hall.items[0]), header]
    process = subprocess.Popen([sys.executable, "-m", "negotiator.bench.flooder", *arguments], cwd=ROOT)
    try:
        time.sleep(1.5)  # until its first rush is over
        yield
    finally:
        process.kill()
        process.wait()
