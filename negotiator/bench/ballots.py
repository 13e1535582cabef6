"""Ballots a second as voters send them: over sockets, each waiting for the receipt; and by REST, singly and in lists."""

import http.client
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import cycle
from typing import Any
from uuid import uuid4

import orjson

from apps.accounts.models import ApiToken
from negotiator.bench import pgbench
from negotiator.bench.crowd import Crowd, Line
from negotiator.bench.hall import Hall, gather
from negotiator.bench.measuring import Measured, Timed, side_by_side
from negotiator.bench.serving import gunicorn, uvicorn

WITHIN = 3.0
"""Seconds of each run."""
GOALS = {8: 0.20, 32: 0.35}
LIST = 100


def measure() -> Iterator[Measured]:
    """Every vote with all its checks, its entry, its commitment and its receipt."""
    with uvicorn() as server:
        for senders, goal in GOALS.items():
            hall = gather(f"Sockets {senders}", seats=64)
            with Crowd() as crowd:
                crowd.join(server.port, hall.path, hall.sign_in(senders))
                got, limit = side_by_side(partial(_vote, crowd, hall), partial(pgbench.commits, senders))
            yield Measured(f"ballots over sockets, {senders} senders", got.rate, "/s", limit,
                           f"pgbench: ballot + entry per commit, {senders} clients", at_least=goal)  # fmt: skip
            yield Measured(f"a ballot over a socket, {senders} senders, p50", got.percentile(0.5), "ms")
            yield Measured(f"a ballot over a socket, {senders} senders, p99", got.percentile(0.99), "ms", at_most=20)
    yield from _by_rest()


def _by_rest() -> Iterator[Measured]:
    hall = gather("REST", seats=64)
    with gunicorn() as server:
        ask = partial(_ask, server.port, hall)
        got, limit = side_by_side(partial(ask, 8, "/api/ballots/", _single), partial(pgbench.commits, 8))
        yield Measured("ballots by REST, singly, 8 senders", got.rate, "/s", limit,
                       "pgbench: ballot + entry per commit, 8 clients", at_least=0.03)  # fmt: skip
        lists = ask(8, f"/api/rounds/{hall.round.id}/ballots/", _list)
        yield Measured(f"ballots by REST, in lists of {LIST}", lists.rate * LIST, "/s", at_least=1000)


def _vote(crowd: Crowd, hall: Hall) -> Timed:
    """Everybody votes, waits for the receipt, and votes again."""
    sent: dict[Line, float] = {}
    choices, took = cycle(("for", "against")), []
    began = time.perf_counter()
    for line in crowd.lines:
        _cast(line, hall, next(choices), sent)
    while sent:
        for line, texts in crowd.heard(5.0):
            if any(_is_answer(text) for text in texts):
                now = time.perf_counter()
                took.append(now - sent.pop(line))
                if now - began < WITHIN:
                    _cast(line, hall, next(choices), sent)
    return Timed(len(took) / (time.perf_counter() - began), took)


def _cast(line: Line, hall: Hall, choice: str, sent: dict[Line, float]) -> None:
    message = {"t": "cast", "id": "b", "item": hall.items[0], "choice": choice, "key": uuid4()}
    sent[line] = time.perf_counter()
    line.say(orjson.dumps(message))


def _is_answer(text: bytes) -> bool:
    if text.startswith(b'{"t":"refused"'):
        raise RuntimeError(text.decode())
    return text.startswith(b'{"t":"receipt"')


def _single(hall: Hall) -> dict[str, Any]:
    return {"round": hall.round.id} | _ballot(hall)


def _list(hall: Hall) -> dict[str, Any]:
    return {"ballots": [_ballot(hall) for _ in range(LIST)]}


def _ballot(hall: Hall) -> dict[str, Any]:
    return {"item": hall.items[0], "choice": "for", "key": uuid4()}


def _ask(port: int, hall: Hall, senders: int, path: str, body: Any) -> Timed:
    """Senders on connections of their own, each asking again as soon as it is answered."""
    headers = [_headers(hall, number) for number in range(senders)]
    with ThreadPoolExecutor(senders) as pool:
        each = list(pool.map(lambda own: _asking(port, hall, path, body, own), headers))
    return Timed(sum(one.rate for one in each), [took for one in each for took in one.took])


def _asking(port: int, hall: Hall, path: str, body: Any, headers: Mapping[str, str]) -> Timed:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    began, took = time.perf_counter(), []
    while (now := time.perf_counter()) - began < WITHIN:
        connection.request("POST", path, orjson.dumps(body(hall)), dict(headers))
        answer = connection.getresponse()
        told = answer.read()
        if answer.status not in {200, 201}:
            raise RuntimeError(told.decode())
        took.append(time.perf_counter() - now)
    connection.close()
    return Timed(len(took) / (time.perf_counter() - began), took)


def _headers(hall: Hall, number: int) -> dict[str, str]:
    token = ApiToken.make(hall.people[number], "bench")
    return {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
