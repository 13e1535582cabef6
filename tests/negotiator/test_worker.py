"""A real Celery worker, killed without warning at each step between closing and verdict: nothing is lost, nothing doubled."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connections

from apps.deliberation.models import Ballot, Round, RoundKey
from apps.deliberation.services import close_round
from apps.record import readers
from apps.record import selectors as record
from apps.record.models import Log
from apps.record.tasks import advance
from apps.record.verify import verify_log
from negotiator.consequences import CONSEQUENCES
from tests.deliberation.test_rounds import ALL_FOR
from tests.people import Lismorrow
from tests.waiting import eventually

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
STEPS = ("tally", "decide", "adopt", "verdict")
READERS = tuple(reader.name for reader in CONSEQUENCES)
FOLLOWS = ["round.closed", "round.tallied", "decision.made", "element.changed", "verdict.recorded"]


@pytest.fixture
def worker(child_environment: dict[str, str]) -> Iterator[Callable[[], "subprocess.Popen[bytes]"]]:
    """Starts workers; those still running are killed at the end."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> "subprocess.Popen[bytes]":
        command = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "negotiator",
            "worker",
            "--pool",
            "solo",
            "-Q",
            queue,
            "-l",
            "error",
        ]
        process = subprocess.Popen(command, env=child_environment)
        started.append(process)
        return process

    queue = f"test{time.monotonic_ns()}"
    start.queue = queue  # type: ignore[attr-defined]
    yield start
    for process in started:
        process.kill()
        process.wait()


HEAD = "SELECT 1 FROM record_log WHERE id = %s FOR UPDATE"
KEY = """
SELECT 1 FROM deliberation_roundkey JOIN deliberation_round ON round_id = deliberation_round.id
JOIN frameworks_framework ON framework_id = frameworks_framework.id
JOIN partnerships_partnership ON partnership_id = partnerships_partnership.id
WHERE log_id = %s FOR UPDATE OF deliberation_roundkey
"""


@contextmanager
def held(lismorrow: Lismorrow, what: str = HEAD) -> Iterator[None]:
    """Hold a lock over a connection of our own, so that whoever wants to append (or to delete a key) stands still."""
    other = connections.create_connection("default")
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(what, [lismorrow.log])
        yield
    finally:
        other.rollback()
        other.close()


def somebody_waits() -> bool:
    with connections["default"].cursor() as cursor:
        cursor.execute("SET ROLE NONE")  # the application's role sees nothing of other sessions
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        found = bool(cursor.fetchone()[0])
        cursor.execute("RESET ROLE")
    return found


def told(lismorrow: Lismorrow) -> list[str]:
    return [entry.type for entry in record.entries(lismorrow.log, types=FOLLOWS)]


@pytest.mark.parametrize("step", range(len(STEPS)))
def test_a_worker_killed_in_a_step_leaves_each_entry_exactly_once(
    live_lismorrow: Lismorrow, worker: Callable[[], "subprocess.Popen[bytes]"], step: int
) -> None:
    lismorrow = live_lismorrow
    round = lismorrow.open(lismorrow.propose())
    lismorrow.vote(round, **ALL_FOR)
    close_round(by=lismorrow.orla, round=round)
    for name in STEPS[:step]:
        readers.advance(name, lismorrow.log)
    queue = worker.queue  # type: ignore[attr-defined]
    with held(lismorrow):
        process = worker()
        advance.apply_async((STEPS[step], str(lismorrow.log)), queue=queue)
        eventually(somebody_waits)
        process.kill()
        process.wait()
        assert told(lismorrow) == FOLLOWS[: step + 1]
    worker()
    for name in READERS:
        advance.apply_async((name, str(lismorrow.log)), queue=queue)
    for _ in range(len(STEPS)):
        eventually(lambda: len(told(lismorrow)) > step + 1)
        for name in READERS:
            advance.apply_async((name, str(lismorrow.log)), queue=queue)
    eventually(lambda: not readers.is_behind(lismorrow.log))
    assert told(lismorrow) == FOLLOWS
    assert list(verify_log(Log.objects.get(id=lismorrow.log))) == []
    assert Round.objects.get(id=round.id).state == "tallied"


@pytest.mark.parametrize("where", [HEAD, KEY], ids=["before it writes", "before it deletes"])
def test_a_worker_killed_while_it_counts_a_secret_round_loses_and_keeps_nothing(
    live_lismorrow: Lismorrow, worker: Callable[[], "subprocess.Popen[bytes]"], where: str
) -> None:
    lismorrow = live_lismorrow
    round = lismorrow.open(lismorrow.propose(), secrecy="secret")
    lismorrow.vote(round, **ALL_FOR)
    lismorrow.vote(round, moira="against")
    close_round(by=lismorrow.orla, round=round)
    queue = worker.queue  # type: ignore[attr-defined]
    with held(lismorrow, where):
        process = worker()
        advance.apply_async(("tally", str(lismorrow.log)), queue=queue)
        eventually(somebody_waits)
        process.kill()
        process.wait()
    assert (told(lismorrow), Ballot.objects.count(), RoundKey.objects.count()) == (["round.closed"], 10, 1)
    worker()
    advance.apply_async(("tally", str(lismorrow.log)), queue=queue)
    eventually(lambda: told(lismorrow) == ["round.closed", "round.tallied"])
    assert (Ballot.objects.count(), RoundKey.objects.count()) == (0, 0)
    (counted,) = record.entries(lismorrow.log, types=["round.tallied"])
    assert sum(line["count"] for line in counted.data["multiset"]) == 9
    assert list(verify_log(Log.objects.get(id=lismorrow.log))) == []


def test_what_a_lost_nudge_would_have_started_is_found(live_lismorrow: Lismorrow) -> None:
    lismorrow = live_lismorrow
    round = lismorrow.open(lismorrow.propose())
    lismorrow.vote(round, **ALL_FOR)
    close_round(by=lismorrow.orla, round=round)
    assert ("tally", lismorrow.log) in readers.lagging()
    while readers.lagging():
        for name, log in readers.lagging():
            readers.advance(name, log)
    assert told(lismorrow) == FOLLOWS


def test_a_second_worker_walks_away_while_the_first_is_reading(live_lismorrow: Lismorrow) -> None:
    lismorrow = live_lismorrow
    close_round(by=lismorrow.orla, round=lismorrow.open(lismorrow.propose()))
    readers.advance("verdict", lismorrow.log)
    other = connections.create_connection("default")
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM record_readerposition WHERE log_id = %s FOR UPDATE", [lismorrow.log])
        assert readers.advance("verdict", lismorrow.log) == 0
    finally:
        other.rollback()
        other.close()
