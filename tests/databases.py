"""The databases under test: how they are made, copied and dropped beside the connection that is being tested."""

import time
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections


def make_template(name: str) -> None:
    """A migrated database with nothing in it, for others to be copied from."""
    with _admin() as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        admin.execute(f'CREATE DATABASE "{name}"')
    point_to(name)
    options = connection.settings_dict["OPTIONS"]
    as_app, options["options"] = options["options"], ""
    call_command("migrate", verbosity=0, interactive=False)
    point_to(name)
    options["options"] = as_app


def copy(template: str, name: str) -> None:
    """A fresh copy of a database to which nobody is connected."""
    with _admin() as admin:
        _drop(admin, name)
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')


def drop(*names: str) -> None:
    with _admin() as admin:
        for name in names:
            _drop(admin, name)


def point_to(name: str) -> None:
    """Let the connection under test work with this database."""
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def _admin() -> "psycopg.Connection[Any]":
    """A connection as the owner, beside the databases under test."""
    about = settings.DATABASES["default"]
    parameters = {"host": about["HOST"], "port": about["PORT"], "user": about["USER"], "password": about["PASSWORD"]}
    return psycopg.connect(
        dbname="postgres", autocommit=True, **{key: value for key, value in parameters.items() if value}
    )


def _drop(admin: "psycopg.Connection[Any]", name: str) -> None:
    """Drop a database, whoever is still connected; the server's own vacuum, which nobody may end, is waited for."""
    for _ in range(100):
        try:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            return
        except psycopg.errors.InsufficientPrivilege:
            time.sleep(0.1)
    admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
