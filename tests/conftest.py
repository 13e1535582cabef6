"""What every test can ask for. Databases are copied from one migrated template; transactional tests take a fresh copy each.

The engines are those of DATABASE_URL and REDIS_URL, or embedded ones started here. Nothing is emptied by TRUNCATE, because
the record refuses it.
"""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import django
import pytest

from negotiator.launcher.engines import provide_engines

provide_engines()
django.setup()

from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase
from pytest_django.plugin import DjangoDbBlocker

from tests.databases import copy, drop, make_template, point_to
from tests.once import Stages, told_once
from tests.people import Lismorrow, found_lismorrow


@pytest.fixture(scope="session")
def run_id(request: pytest.FixtureRequest) -> str:
    """One id for all workers of this run."""
    return str(getattr(request.config, "workerinput", {}).get("testrunuid", f"solo{uuid4().hex}"))[:12]


@pytest.fixture(scope="session")
def template_database(run_id: str, django_db_blocker: DjangoDbBlocker) -> str:
    """The migrated template, made by whichever worker comes first."""
    name = f"template_{run_id}"
    mark = Path(gettempdir()) / f"negotiator-{name}"
    with django_db_blocker.unblock(), mark.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not mark.exists():
            make_template(name)
            mark.touch()
    return name


@pytest.fixture(scope="session")
def django_db_setup(
    template_database: str, run_id: str, django_db_blocker: DjangoDbBlocker, worker_id: str
) -> Iterator[None]:
    """This worker's own copy."""
    name = f"test_{run_id}_{worker_id}"
    with django_db_blocker.unblock():
        copy(template_database, name)
        point_to(name)

    def fresh_copy(self: TransactionTestCase) -> None:
        connections.close_all()
        copy(template_database, name)

    TransactionTestCase._fixture_teardown = fresh_copy  # type: ignore[attr-defined]
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        drop(name)


@pytest.fixture(scope="session")
def stages(
    template_database: str, run_id: str, django_db_setup: None, django_db_blocker: DjangoDbBlocker, worker_id: str
) -> Iterator[Stages]:
    """Where the stories of this worker stand that are told once."""
    made = Stages(template_database, f"test_{run_id}_{worker_id}")
    yield made
    with django_db_blocker.unblock():
        made.close()


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, settings: Any) -> None:
    """Mails and checkpoints of a test stay in its own folder."""
    settings.OUTBOX_DIR = tmp_path / "outbox"
    settings.CHECKPOINT_DIR = tmp_path / "checkpoints"


@told_once
def lismorrow() -> Lismorrow:
    """The partnership of the tests: everybody seated, a framework begun, nothing proposed."""
    return found_lismorrow()


@pytest.fixture
def live_lismorrow(transactional_db: None) -> Lismorrow:
    """The same, committed, for tests with several connections."""
    return found_lismorrow()


@pytest.fixture
def child_environment(transactional_db: None, tmp_path: Path) -> dict[str, str]:
    """The environment of a server or worker process that works on this test's own database."""
    about = connection.settings_dict
    password, port = (
        (f":{quote(about['PASSWORD'])}" if about["PASSWORD"] else ""),
        (f":{about['PORT']}" if about["PORT"] else ""),
    )
    url = f"postgres://{about['USER']}{password}@{quote(about['HOST'], safe='')}{port}/{about['NAME']}"
    return os.environ | {
        "DATABASE_URL": url,
        "DATABASE_ROLE": "app",
        "NEGOTIATOR_ENV": "test",
        "CHECKPOINT_DIR": str(tmp_path / "checkpoints"),
        "RECORD_KEY_FILE": str(settings.RECORD_KEY_FILE),
        "PYTHONUNBUFFERED": "1",
    }
