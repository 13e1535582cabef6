"""Several statements in one trip: what they give, what a bad one does, and how the transaction ends with them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from apps.common.sql import batch
from apps.record.models import Log

INSERT = "INSERT INTO record_log (id, name, demo, paused, size, frontier) VALUES ($1, $2, false, false, 0, $3)"
NAMES = "SELECT name FROM record_log WHERE name LIKE 'batch%' ORDER BY name"
ECHO = "SELECT $1::uuid, $2::text, $3::bytea, $4::bigint, $5::timestamptz"
ECHO_LISTS = "SELECT $1::uuid[], $2::text[], $3::bytea[], $4::bigint[]"

# PostgreSQL keeps no NUL in a text, no half of a surrogate pair, and years up to 9999 of ours.
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
numbers = st.integers(-(2**63), 2**63 - 1)
moments = st.datetimes(datetime(1000, 1, 1), datetime(9999, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def asked(query: Any, parameters: list[Any]) -> tuple[Any, ...]:
    """The first row of what one statement gives."""
    with batch() as b:
        answer = b.send(query, parameters)
    assert answer.row is not None
    return answer.row


@pytest.mark.django_db
class TestOneTrip:
    @given(st.uuids(), texts, st.binary(), numbers, moments)
    def test_what_is_sent_comes_back_as_it_was(
        self, id: UUID, text: str, blob: bytes, number: int, moment: datetime
    ) -> None:
        assert asked(ECHO, [id, text, blob, number, moment]) == (id, text, blob, number, moment)

    @given(st.lists(st.uuids() | st.none()), st.lists(texts | st.none()), st.lists(st.binary() | st.none()),
           st.lists(numbers | st.none()))  # fmt: skip
    def test_so_do_lists_also_empty_ones_and_such_as_hold_nothing(
        self, ids: list[UUID | None], words: list[str | None], blobs: list[bytes | None], counts: list[int | None]
    ) -> None:
        assert asked(ECHO_LISTS, [ids, words, blobs, counts]) == (ids, words, blobs, counts)

    def test_and_nothing_at_all(self) -> None:
        assert asked(ECHO, [None] * 5) == (None,) * 5

    def test_statements_are_answered_in_their_order_and_see_what_those_before_did(self) -> None:
        with batch() as b:
            before = b.send(NAMES)
            b.send(INSERT, [uuid4(), "batch one", b""])
            b.send(INSERT, [uuid4(), "batch two", b""])
            after = b.send(NAMES)
        assert before.row is None
        assert after.rows == [("batch one",), ("batch two",)]

    def test_a_kind_that_it_does_not_know_is_refused_before_anything_is_sent(self) -> None:
        with pytest.raises(TypeError, match="float"), batch() as b:
            b.send(INSERT, [uuid4(), "batch", b""])
            b.send(ECHO, [1.5] * 5)
        assert not Log.objects.filter(name="batch").exists()

    def test_nothing_is_sent_when_the_block_fails(self) -> None:
        with pytest.raises(ZeroDivisionError), batch() as b:
            b.send(INSERT, [uuid4(), "batch", b""])
            1 / 0  # noqa: B018
        assert not Log.objects.filter(name="batch").exists()

    def test_a_bad_statement_takes_the_others_with_it_and_the_connection_goes_on(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic(), batch() as b:
            b.send(INSERT, [uuid4(), "batch", b""])
            b.send(INSERT, [uuid4(), "batch", b""])
            b.send(NAMES)
        assert not Log.objects.filter(name="batch").exists()
        assert asked(INSERT + " RETURNING name", [uuid4(), "batch", b""]) == ("batch",)

    def test_a_statement_that_cannot_be_understood_can_be_sent_again(self) -> None:
        for _ in range(2):
            with pytest.raises(DatabaseError, match="nowhere"), transaction.atomic(), batch() as b:
                b.send("SELECT count(*) FROM nowhere")
        with batch() as b:
            count = b.send("SELECT count(*) FROM (VALUES (1), (2)) AS two")
        assert count.row == (2,)

    def test_much_goes_both_ways_at_once(self) -> None:
        large = b"x" * 3_000_000
        with batch() as b:
            answers = [b.send("SELECT $1::bytea || $1::bytea", [large]) for _ in range(4)]
        assert [len(answer.row[0]) for answer in answers if answer.row] == [6_000_000] * 4

    def test_within_another_transaction_the_end_is_left_to_it(self) -> None:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            with transaction.atomic(), batch() as b:
                b.send(INSERT, [uuid4(), "batch", b""])
                b.commit()
            1 / 0  # noqa: B018
        assert not Log.objects.filter(name="batch").exists()


@pytest.mark.django_db(transaction=True)
class TestTheEndOfATransaction:
    def test_it_ends_with_the_trip_and_what_waits_for_it_happens_afterwards(self) -> None:
        happened = []
        with transaction.atomic():
            transaction.on_commit(lambda: happened.append("after"))
            with batch() as b:
                b.send(INSERT, [uuid4(), "batch", b""])
                b.commit()
            assert happened == []
        assert happened == ["after"]
        assert connection.get_autocommit()
        connection.close()
        assert Log.objects.filter(name="batch").exists()

    def test_what_only_the_end_forbids_undoes_everything(self) -> None:
        orphan = "INSERT INTO record_node (log_id, level, index, hash) VALUES ($1, 1, 0, '')"
        happened = []
        with pytest.raises(IntegrityError), transaction.atomic():
            transaction.on_commit(lambda: happened.append("after"))
            with batch() as b:
                b.send(INSERT, [uuid4(), "batch", b""])
                b.send(orphan, [uuid4()])
                b.commit()
        assert happened == []
        assert not Log.objects.filter(name="batch").exists()

    def test_one_that_was_given_up_is_undone(self) -> None:
        with transaction.atomic():
            with batch() as b:
                b.send(INSERT, [uuid4(), "batch", b""])
            transaction.set_rollback(True)
            with batch() as b:
                b.commit()
        assert not Log.objects.filter(name="batch").exists()

    def test_a_connection_that_dies_on_the_way_is_an_error_and_the_next_one_works(self) -> None:
        with pytest.raises(OperationalError), transaction.atomic(), batch() as b:
            b.send(INSERT, [uuid4(), "batch", b""])
            b.send("SET ROLE NONE")  # only an administrator may
            b.send("SELECT pg_terminate_backend(pg_backend_pid())")
            b.commit()
        assert not Log.objects.filter(name="batch").exists()

    def test_without_a_transaction_a_trip_is_one(self) -> None:
        with pytest.raises(IntegrityError), batch() as b:
            b.send(INSERT, [uuid4(), "batch", b""])
            b.send(INSERT, [uuid4(), "batch", b""])
        assert not Log.objects.filter(name="batch").exists()

    def test_a_moment_of_another_zone_is_the_same_moment(self) -> None:
        moment = datetime(2026, 3, 1, 12, tzinfo=UTC)
        elsewhere = moment.astimezone(tz=datetime.now().astimezone().tzinfo) + timedelta(0)
        assert asked(ECHO, [None, None, None, None, elsewhere])[4] == moment
