"""One database, two spellings: that of django-environ and that of libpq."""

from pathlib import Path

import environ
import pytest

from negotiator.launcher import postgres
from negotiator.launcher.engines import libpq
from negotiator.launcher.places import Place


def test_django_reads_the_folder_of_the_socket_and_the_name_of_the_database() -> None:
    url = postgres.url(Place(Path("/data"), Path("/run/negotiator-0-ab"), None, Path("/bin")))
    about = environ.Env.db_url_config(url)
    assert (about["HOST"], about["NAME"], about["USER"]) == ("/run/negotiator-0-ab", "negotiator", "negotiator")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("postgres://negotiator@//run/sockets/negotiator", "host=/run/sockets user=negotiator dbname=negotiator"),
        ("postgres://a:b@db:5432/c", "postgres://a:b@db:5432/c"),
        ("postgresql://a@db/c", "postgresql://a@db/c"),
    ],
)
def test_libpq_gets_its_own_spelling(given: str, expected: str) -> None:
    assert libpq(given) == expected
