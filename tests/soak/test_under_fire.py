"""A checker in the spirit of Jepsen (jepsen.io): twenty clients vote and vote again while web, worker, Valkey and PostgreSQL are
killed (-9) and started again at random. Every confirmed ballot counts once with its latest value, nothing is doubled, each outcome
is recorded once, and the record verifies.

`SOAK_ROUNDS=20` makes it long, `SOAK_SEED` repeats a run's choices (not its timing).
"""

import asyncio
import os
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import httpx
import pytest
from django.db import DatabaseError, connection, connections
from pytest_django.plugin import DjangoDbBlocker

from apps.accounts.models import ApiToken
from apps.deliberation.models import Round, RoundState
from apps.partnerships.actors import actor_in
from apps.record.models import Log
from apps.record.verify import verify_log
from negotiator.bench.hall import Hall, gather
from tests.soak.cluster import PARTS, Cluster, cluster
from tests.soak.judging import faults
from tests.soak.voters import AWAY, Voter
from tests.waiting import eventually

pytestmark = [pytest.mark.services, pytest.mark.timeout(3600)]
T = TypeVar("T")
ROUNDS = int(os.environ.get("SOAK_ROUNDS", "3"))
CLIENTS, ITEMS = 20, 2


@pytest.fixture
def ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker, settings: Any
) -> Iterator[Cluster]:
    """A cluster, and this process as one of its clients."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    with cluster(tmp_path / "cluster.log") as found, django_db_blocker.unblock():
        assert found.engines.place is not None
        connections.close_all()
        where = {"HOST": str(found.engines.place.sockets), "PORT": "", "USER": "negotiator", "NAME": "negotiator"}
        for name, value in where.items():
            monkeypatch.setitem(connection.settings_dict, name, value)
        settings.REDIS_URL, settings.RECORD_KEY_FILE = found.env["REDIS_URL"], Path(found.env["RECORD_KEY_FILE"])
        yield found
        connections.close_all()


async def test_no_confirmed_ballot_is_lost_and_nothing_is_doubled(ours: Cluster) -> None:
    seed = int(os.environ.get("SOAK_SEED", time.time_ns() % 1_000_000))
    for number in range(1, ROUNDS + 1):
        chance = Random(f"{seed}/{number}")
        hall = await _apart(partial(gather, f"Round {number}", seats=CLIENTS, items=ITEMS))
        voters = await _apart(partial(_voters, hall, list(ours.ports.values()), chance))
        killed = await _under_fire(ours, voters, chance)
        await _close(ours, await _apart(partial(_token, hall)), hall)
        told = await _apart(partial(_judged, hall, voters))
        votes = [vote for voter in voters for vote in voter.history]
        confirmed = sum(vote.receipt is not None for vote in votes)
        print(f"round {number} (seed {seed}): {confirmed} of {len(votes)} votes confirmed, killed {', '.join(killed)}")
        assert told == []
        assert confirmed > CLIENTS


async def _apart(work: Callable[[], T]) -> T:
    """Work with the database in a thread, on a connection that is new: the engine may have been killed since the last."""

    def run() -> T:
        try:
            return work()
        finally:
            connection.close()

    return await asyncio.to_thread(run)


def _voters(hall: Hall, ports: Sequence[int], chance: Random) -> list[Voter]:
    return [
        Voter(
            token=ApiToken.make(person, "soak"),
            seat=actor_in(hall.convenor.partnership, person).require_seat().id,
            round=hall.round.id,
            items=hall.items,
            ports=ports,
            chance=Random(chance.random()),
        )
        for person in hall.people
    ]


async def _under_fire(ours: Cluster, voters: Sequence[Voter], chance: Random) -> list[str]:
    """Let everybody vote while each part is killed, in any order, and a moment longer. Returns what was killed."""
    over, before = asyncio.Event(), len(ours.killed)
    voting = [asyncio.create_task(voter.vote_until(over)) for voter in voters]
    await asyncio.sleep(1)
    for part in chance.sample(PARTS, len(PARTS)):
        await asyncio.to_thread(ours.kill, part)
        await asyncio.sleep(chance.uniform(0, 1))
        await asyncio.to_thread(ours.start, part)
        await asyncio.sleep(chance.uniform(0.2, 1.5))
    await asyncio.sleep(2)
    over.set()
    await asyncio.gather(*voting)
    return ours.killed[before:]


async def _close(ours: Cluster, token: str, hall: Hall) -> None:
    """Close the round by the API, as often as it takes."""
    path, headers = f"/api/rounds/{hall.round.id}/closing/", {"Authorization": f"Bearer {token}"}
    for attempt in range(200):
        port = list(ours.ports.values())[attempt % 2]
        try:
            async with httpx.AsyncClient(timeout=10) as client:
                answer = await client.post(f"http://127.0.0.1:{port}{path}", headers=headers)
            if answer.status_code == 200 or answer.json().get("code") == "round.not_open":
                return
        except AWAY:
            pass
        await asyncio.sleep(0.3)
    raise AssertionError(f"the round could not be closed: {ours.log.read_text()[-2000:]}")


def _token(hall: Hall) -> str:
    assert hall.convenor.person is not None
    return ApiToken.make(hall.convenor.person, "soak")


def _judged(hall: Hall, voters: Sequence[Voter]) -> list[str]:
    eventually(lambda: _is_decided(hall), 90)
    round = Round.objects.select_related("framework__partnership").get(id=hall.round.id)
    found = list(faults(round, voters))
    log = Log.objects.get(id=round.framework.partnership.log_id)
    return found + [f"the record does not verify: {finding}" for finding in verify_log(log)]


def _is_decided(hall: Hall) -> bool:
    try:
        round = Round.objects.get(id=hall.round.id)
        return round.state == RoundState.TALLIED and round.items.filter(decisions__isnull=True).count() == 0
    except DatabaseError:
        connection.close()
        return False
