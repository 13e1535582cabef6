"""A kept connection is found dead when the server has ended it, and nobody is asked while it lives."""

import time

import psycopg
import pytest
from django.db import connection

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_living_connection_is_usable_without_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    connection.ensure_connection()
    monkeypatch.setattr(
        "django.db.backends.postgresql.base.DatabaseWrapper.is_usable", lambda self: pytest.fail("asked")
    )
    assert connection.is_usable()


def test_a_connection_that_the_server_has_ended_is_not() -> None:
    connection.ensure_connection()
    about = connection.settings_dict
    address = psycopg.conninfo.make_conninfo(
        host=about["HOST"], port=about["PORT"] or None, user=about["USER"], dbname=about["NAME"]
    )
    with psycopg.connect(address, password=about["PASSWORD"] or None, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    end = time.monotonic() + 10
    while connection.is_usable() and time.monotonic() < end:
        time.sleep(0.01)
    assert not connection.is_usable()
    connection.close()
    connection.ensure_connection()
    assert connection.is_usable()


def test_one_that_has_something_to_say_and_lives_is_asked() -> None:
    connection.ensure_connection()
    connection.connection.execute("LISTEN something")
    connection.connection.execute("NOTIFY something")
    connection.connection.pgconn.send_query(b"SELECT 1")  # an answer that nobody has read yet
    end = time.monotonic() + 10
    try:
        while time.monotonic() < end and connection.connection.pgconn.is_busy():
            connection.connection.pgconn.consume_input()
        while connection.connection.pgconn.get_result() is not None:
            pass
        assert connection.is_usable()
    finally:
        connection.connection.execute("UNLISTEN something")


def test_none_is_not_usable() -> None:
    connection.close()
    assert not connection.is_usable()
