"""The ballot box: what has gathered is recorded at once, everybody is answered after commit, and nobody pays for another."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, OperationalError, connection, connections, transaction

from apps.accounts.models import Person
from apps.common.errors import Conflict, Refusal
from apps.deliberation.models import Ballot, Round
from apps.deliberation.services import Cast, Receipt, cast_ballots
from apps.live import ballot_box
from apps.live.ballot_box import Answer, BallotBox
from apps.live.limits import Bucket, Limit
from tests.people import Lismorrow

Record = Callable[[Sequence[Cast]], Sequence[Answer]]


def cast(key: UUID | None = None, person: Person | None = None, choice: str = "for") -> Cast:
    return Cast(person or Person(id=uuid4()), UUID(int=1), UUID(int=2), choice, key or uuid4())


def receipt(given: Cast) -> Receipt:
    return Receipt(given.item, given.choice, UUID(int=3), 4, "", "", "")


@asynccontextmanager
async def box_with(record: Record, **more: Any) -> AsyncIterator[BallotBox]:
    box = BallotBox(record, **more)
    try:
        yield box
    finally:
        await box.close()


async def test_what_gathers_while_one_batch_is_written_is_the_next_batch() -> None:
    batches: list[int] = []
    go_on = threading.Event()

    def record(casts: Sequence[Cast]) -> Sequence[Answer]:
        go_on.wait(5)
        batches.append(len(casts))
        return [receipt(one) for one in casts]

    async with box_with(record) as box:
        first = asyncio.create_task(box.put(cast()))
        await asyncio.sleep(0.1)
        rest = [asyncio.create_task(box.put(cast())) for _ in range(20)]
        await asyncio.sleep(0.1)
        assert not first.done()
        go_on.set()
        answers = await asyncio.gather(first, *rest)
    assert batches == [1, 20]
    assert all(isinstance(answer, Receipt) for answer in answers)


async def test_those_who_voted_together_are_recorded_together_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ballot_box, "LINGER", 5.0)
    batches: list[int] = []

    def record(casts: Sequence[Cast]) -> Sequence[Answer]:
        batches.append(len(casts))
        return [receipt(one) for one in casts]

    async with box_with(record) as box:
        box._expected = 4
        for _ in range(3):
            await asyncio.gather(*(box.put(cast()) for _ in range(4)))
    assert batches == [4, 4, 4]


async def test_nobody_waits_long_for_others_who_do_not_come() -> None:
    async with box_with(lambda casts: [receipt(one) for one in casts]) as box:
        box._expected = 4
        async with asyncio.timeout(2):
            assert isinstance(await box.put(cast()), Receipt)
            assert isinstance(await box.put(cast()), Receipt)


async def test_each_gets_the_answer_to_the_own_ballot() -> None:
    def record(casts: Sequence[Cast]) -> Sequence[Answer]:
        return [receipt(one) if one.choice != "no" else Conflict("round.not_open", "Closed.") for one in casts]

    async with box_with(record) as box:
        answers = await asyncio.gather(*(box.put(cast(choice=choice)) for choice in ("a", "no", "b")))
    assert [answer.choice if isinstance(answer, Receipt) else answer.code for answer in answers] == [
        "a",
        "round.not_open",
        "b",
    ]


@pytest.mark.django_db
async def test_what_fails_in_the_database_fails_alone() -> None:
    def record(casts: Sequence[Cast]) -> Sequence[Answer]:
        if any(one.choice == "poison" for one in casts):
            raise DatabaseError("no")
        return [receipt(one) for one in casts]

    async with box_with(record) as box:
        answers = await asyncio.gather(*(box.put(cast(choice=choice)) for choice in ("a", "poison", "b")))
    assert [isinstance(answer, Receipt) for answer in answers] == [True, False, True]


@pytest.mark.django_db
async def test_while_the_database_is_away_everybody_is_told_to_send_again() -> None:
    away = True

    def record(casts: Sequence[Cast]) -> Sequence[Answer]:
        if away:
            raise OperationalError("the connection is lost")
        return [receipt(one) for one in casts]

    async with box_with(record) as box:
        answers = await asyncio.gather(*(box.put(cast()) for _ in range(3)))
        assert {answer.code for answer in answers if isinstance(answer, Refusal)} == {"ballots.unavailable"}
        away = False
        assert isinstance(await box.put(cast()), Receipt)


async def test_an_error_of_ours_does_not_stop_the_box() -> None:
    def record(casts: Sequence[Cast]) -> Sequence[Answer]:
        if casts[0].choice == "bug":
            raise ZeroDivisionError
        return [receipt(one) for one in casts]

    async with box_with(record) as box:
        assert isinstance(await box.put(cast(choice="bug")), Refusal)
        assert isinstance(await box.put(cast()), Receipt)


async def test_a_full_box_refuses_at_once() -> None:
    go_on = threading.Event()

    def record(casts: Sequence[Cast]) -> Sequence[Answer]:
        go_on.wait(5)
        return [receipt(one) for one in casts]

    async with box_with(record, capacity=2) as box:
        waiting = [asyncio.create_task(box.put(cast()))]
        await asyncio.sleep(0.1)
        waiting += [asyncio.create_task(box.put(cast())) for _ in range(2)]
        await asyncio.sleep(0)
        refused = await box.put(cast())
        go_on.set()
        assert isinstance(refused, Refusal)
        assert refused.code == "ballots.busy"
        assert all(isinstance(answer, Receipt) for answer in await asyncio.gather(*waiting))


async def test_a_flood_from_one_person_is_refused_and_others_are_not() -> None:
    flooder = Person(id=uuid4())
    async with box_with(lambda casts: [receipt(one) for one in casts], limit=Limit(5, 0.001)) as box:
        answers = await asyncio.gather(*(box.put(cast(person=flooder)) for _ in range(50)), box.put(cast()))
    assert sum(isinstance(answer, Receipt) for answer in answers[:-1]) == 5
    assert {answer.code for answer in answers[:-1] if isinstance(answer, Refusal)} == {"ballots.too_often"}
    assert isinstance(answers[-1], Receipt)


async def test_who_leaves_before_the_answer_has_voted_all_the_same() -> None:
    recorded: list[Cast] = []
    go_on = threading.Event()

    def record(casts: Sequence[Cast]) -> Sequence[Answer]:
        go_on.wait(5)
        recorded.extend(casts)
        return [receipt(one) for one in casts]

    async with box_with(record) as box:
        waiting = asyncio.create_task(box.put(cast()))
        await asyncio.sleep(0.1)
        waiting.cancel()
        go_on.set()
    assert len(recorded) == 1


def end_connection(pid: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")  # the application may not do this; whoever connects as it may
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


@pytest.mark.django_db(transaction=True)
async def test_a_dead_connection_is_replaced_without_anybody_noticing(lismorrow: Lismorrow, round: Round) -> None:
    item = round.items.get().id
    pids: list[int] = []

    def record(casts: Sequence[Cast]) -> Sequence[Answer]:
        answers = cast_ballots(casts)
        pids.append(connection.connection.info.backend_pid)
        return answers

    async with box_with(record) as box:
        for name in ("Ify", "Ruth"):
            answer = await box.put(Cast(lismorrow.people[name], round.id, item, "for", uuid4()))
            assert isinstance(answer, Receipt)
            end_connection(pids[-1])
    connections.close_all()
    assert len(set(pids)) == 2
    assert Ballot.objects.count() == 2


@pytest.mark.django_db(transaction=True)
async def test_one_commit_serves_many_and_keeps_their_order(lismorrow: Lismorrow, round: Round) -> None:
    item = round.items.get().id
    people = [lismorrow.people[name] for name in ("Ify", "Ruth", "Samira", "Pat", "Jamie")]
    async with box_with(cast_ballots) as box:
        casts = [Cast(person, round.id, item, "for", uuid4()) for person in people]
        receipts = await asyncio.gather(*(box.put(one) for one in casts))
    seqs = [one.seq for one in receipts if isinstance(one, Receipt)]
    assert seqs == list(range(seqs[0], seqs[0] + 5))
    connections.close_all()


def test_a_bucket_refills_with_time() -> None:
    bucket = Bucket(2, 1, 2, 0)
    assert [bucket.take(now) for now in (0, 0, 0, 0.5, 1.5, 1.6, 100, 100, 100)] == [
        True,
        True,
        False,
        False,
        True,
        False,
        True,
        True,
        False,
    ]


def test_each_has_a_bucket_of_ones_own() -> None:
    limit = Limit(1, 0, clock=lambda: 0)
    assert [limit.allows(name) for name in ("a", "a", "b", "b")] == [True, False, True, False]
